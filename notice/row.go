package notice

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

const noticeColumns = `id, number, regulator, drill, COALESCE(copy_of, 0), issued_on, title, body, source, action, severity, class, level, due_on, state,
	published_at, closed_at, COALESCE(closed_why, '')`

// read gives notices by a condition, with their lines.
func read(ctx context.Context, tx *store.Tx, where string, args ...any) ([]*Notice, error) {
	var all []*Notice
	byID := map[int]*Notice{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		n := &Notice{}
		var drill, issued int
		var due *int
		var published, closed *int64
		err := scan(&n.ID, &n.Number, &n.Regulator, &drill, &n.Of, &issued, &n.Title, &n.Text, &n.Source, &n.Action, &n.Severity, &n.Class, &n.Level, &due,
			&n.State, &published, &closed, &n.ClosedWhy)
		n.Drill, n.IssuedOn, n.DueOn = drill > 0, civil.Date(issued), civil.None
		if due != nil {
			n.DueOn = civil.Date(*due)
		}
		n.PublishedAt, n.ClosedAt = instant(published), instant(closed)
		all = append(all, n)
		byID[n.ID] = n
		return err
	}, "SELECT "+noticeColumns+" FROM notice WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	for from := 0; from < len(all); from += mostMarks {
		some := all[from:min(from+mostMarks, len(all))]
		ids := make([]any, len(some))
		for i, n := range some {
			ids[i] = n.ID
		}
		if err := readLines(ctx, tx, byID, ids); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// mostMarks is how many ids one statement names.
const mostMarks = 200

func readLines(ctx context.Context, tx *store.Tx, byID map[int]*Notice, ids []any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var l Line
		var id int
		var expiry, becomes *int
		err := scan(&id, &l.Product, &l.Number, &expiry, &l.Expiry.Day, &becomes, &l.NewExpiry.Day, &l.Lot)
		if expiry != nil {
			l.Expiry.Last, l.Expiry.Known = civil.Date(*expiry), true
		}
		if becomes != nil {
			l.NewExpiry.Last, l.NewExpiry.Known = civil.Date(*becomes), true
		}
		byID[id].Lines = append(byID[id].Lines, l)
		return err
	}, "SELECT notice, product, number, expiry, expiry_day, becomes, becomes_day, COALESCE(lot, 0) FROM notice_line WHERE notice IN ("+store.Marks(len(ids))+") ORDER BY notice, line", ids...)
}

// readOne gives one notice; NotFound if there is none.
func readOne(ctx context.Context, tx *store.Tx, id int) (*Notice, error) {
	all, err := read(ctx, tx, "id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, noNotice()
	}
	return all[0], nil
}

func noNotice() error { return fault.New(fault.NotFound, "there is no such notice") }

// Get reads a notice; NotFound if there is none.
func (n *Notices) Get(ctx context.Context, id int) (*Notice, error) {
	var found *Notice
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		found, err = readOne(ctx, tx, id)
		return err
	})
	return found, err
}

// Filter says which notices to list. The nought Filter lists all.
type Filter struct {
	States []State // none: any
	Area   int     // only those of which an outlet or a link of this authority was told
}

// List reads notices, those issued last first.
func (n *Notices) List(ctx context.Context, f Filter) ([]*Notice, error) {
	where, args := "1 = 1", []any(nil)
	if len(f.States) > 0 {
		where = "state IN (" + store.Marks(len(f.States)) + ")"
		for _, s := range f.States {
			args = append(args, int(s))
		}
	}
	if f.Area != 0 {
		where += ` AND (EXISTS (SELECT 1 FROM notice_outlet o WHERE o.area = ? AND o.notice = notice.id)
			OR EXISTS (SELECT 1 FROM notice_link k WHERE k.area = ? AND k.notice = notice.id))`
		args = append(args, f.Area, f.Area)
	}
	var all []*Notice
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = read(ctx, tx, where+" ORDER BY issued_on DESC, id DESC", args...)
		return err
	})
	return all, err
}

// ByNumber finds a notice by its number as somebody types it, without case or spaces: NotFound if there is none, Conflict
// if two regulators have one of this number. Drafts and drills are not found.
func (n *Notices) ByNumber(ctx context.Context, number string) (*Notice, error) {
	var all []*Notice
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = read(ctx, tx, "number_key = ? AND drill = 0 AND state <> ? ORDER BY id", numberKey(number), int(Draft))
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		return nil, fault.New(fault.NotFound, "there is no notice %.80q", number).At("notice").Hint("check its number; drafts are not found")
	case len(all) > 1:
		return nil, fault.New(fault.Conflict, "two regulators have a notice %.80q", number).At("notice").Hint("open it from the list of notices")
	}
	return all[0], nil
}

// OpenLots reads, for each of some of the ledger's lots, the notices that name it and are published and open, the latest
// first, without drills. It does not look at lots that are joined to one: ask with the whole Family.
func (n *Notices) OpenLots(ctx context.Context, lots ...int) (map[int][]*Notice, error) {
	found := map[int][]*Notice{}
	if len(lots) == 0 {
		return found, nil
	}
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		found = map[int][]*Notice{}
		for from := 0; from < len(lots); from += mostMarks {
			some := lots[from:min(from+mostMarks, len(lots))]
			args := []any{int(Published)}
			asked := map[int]bool{}
			for _, id := range some {
				args, asked[id] = append(args, id), true
			}
			all, err := read(ctx, tx, "state = ? AND drill = 0 AND id IN (SELECT notice FROM notice_line WHERE lot IN ("+store.Marks(len(some))+")) ORDER BY issued_on DESC, id DESC", args...)
			if err != nil {
				return err
			}
			for _, of := range all {
				for _, lot := range of.Lots() {
					if asked[lot] {
						found[lot] = append(found[lot], of)
					}
				}
			}
		}
		return nil
	})
	return found, err
}

func instant(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// null gives NULL for nought or nothing.
func null[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func dayValue(d civil.Date) any {
	if d == civil.None {
		return nil
	}
	return int(d)
}

func expiryValue(e civil.Expiry) any {
	if !e.Known {
		return nil
	}
	return int(e.Last)
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
