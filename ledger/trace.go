package ledger

import (
	"context"
	"strings"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// Traced is where an outlet's kits of a lot went: a row of the trace. The kits over all rows but those at the supplier and
// outside sum to what came in.
type Traced struct {
	Area, Outlet, Lot int
	Counts
}

// Trace reads where all kits of lots are, one row an outlet and lot, those of any outlet that ever had some. What is
// joined to a lot is not added: ask for the whole Family.
func (l *Ledger) Trace(ctx context.Context, lots ...int) ([]Traced, error) {
	var all []Traced
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = l.TraceIn(ctx, tx, lots...)
		return err
	})
	return all, err
}

// TraceIn is Trace inside the caller's transaction.
func (l *Ledger) TraceIn(ctx context.Context, tx *store.Tx, lots ...int) ([]Traced, error) {
	var all []Traced
	err := inChunks(lots, func(marks string, args []any) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var t Traced
			dest := []any{&t.Area, &t.Outlet, &t.Lot}
			for p := Supplier; p < places; p++ {
				dest = append(dest, &t.Counts[p])
			}
			err := scan(dest...)
			all = append(all, t)
			return err
		}, "SELECT area, outlet, lot, "+strings.Join(stockColumns, ", ")+" FROM stock WHERE lot IN ("+marks+") ORDER BY area, outlet, lot", args...)
	})
	return all, err
}

// mostMarks is how many lots one statement names.
const mostMarks = 200

func inChunks(lots []int, fn func(marks string, args []any) error) error {
	for len(lots) > 0 {
		n := min(len(lots), mostMarks)
		args := make([]any, n)
		for i, id := range lots[:n] {
			args[i] = id
		}
		if err := fn(store.Marks(n), args); err != nil {
			return err
		}
		lots = lots[n:]
	}
	return nil
}

// OnTheWay reads the open deliveries of lots, inside the caller's transaction: who is to receive them must hear of a
// notice too.
func (l *Ledger) OnTheWay(ctx context.Context, tx *store.Tx, lots ...int) ([]Transfer, error) {
	var all []Transfer
	err := inChunks(lots, func(marks string, args []any) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var t Transfer
			var id []byte
			err := scan(&t.Area, &id, &t.Outlet, &t.ToArea, &t.To, &t.Lot, &t.SentOn, &t.Kits)
			copy(t.ID[:], id)
			all = append(all, t)
			return err
		}, `SELECT t.area, t.id, t.outlet, t.to_area, t.to_outlet, t.lot, t.sent_on, t.kits FROM stock s
			JOIN transfer t ON t.area = s.area AND t.outlet = s.outlet AND t.lot = s.lot AND t.arrival IS NULL
			WHERE s.transit > 0 AND s.lot IN (`+marks+") ORDER BY t.area, t.id", args...)
	})
	return all, err
}

// ever is true of every movement. Naming all four columns of the index movement_stock has SQLite take it, where with three it
// walks the whole authority.
const ever = "occurred_on > 0"

// WeekCount is the kits that moved one way at an outlet in a week.
type WeekCount struct {
	Area, Outlet, Lot int
	Week              civil.Date // its Monday
	Kind              Kind
	Kits              int // less what was reversed
}

// TraceWeeks reads what happened to lots at each outlet by week: receipts, deliveries, supplies and all else. It costs as many rows
// as the lots have movements.
func (l *Ledger) TraceWeeks(ctx context.Context, lots ...int) ([]WeekCount, error) {
	var all []WeekCount
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return inChunks(lots, func(marks string, args []any) error {
			return tx.Each(ctx, func(scan func(...any) error) error {
				var w WeekCount
				var week int
				err := scan(&w.Area, &w.Outlet, &w.Lot, &week, &w.Kind, &w.Kits)
				w.Week = civil.Date(week*7 - 3) // day 0 was a Thursday
				all = append(all, w)
				return err
			}, `SELECT s.area, s.outlet, s.lot, (m.occurred_on + 3) / 7, m.kind, CAST(SUM(CASE WHEN m.reverses IS NULL THEN m.kits ELSE -m.kits END) AS BIGINT)
				FROM stock s JOIN movement m ON m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot AND m.`+ever+`
				WHERE s.lot IN (`+marks+`) GROUP BY s.area, s.outlet, s.lot, (m.occurred_on + 3) / 7, m.kind
				HAVING SUM(CASE WHEN m.reverses IS NULL THEN m.kits ELSE -m.kits END) <> 0 ORDER BY 1, 2, 3, 4, 5`, args...)
		})
	})
	return all, err
}

// TracePage reads the movements at an outlet of a lot, given with all entries that are joined to it, the latest first, down to
// each supply with what was recorded of it: at most limit after skipping some, and whether there are more. It goes by way of the
// stock, so that SQLite takes the index also where there is more than one entry.
func (l *Ledger) TracePage(ctx context.Context, o *registry.Outlet, skip, limit int, lots ...int) ([]*Movement, bool, error) {
	args := []any{o.Area, o.ID}
	for _, id := range lots {
		args = append(args, id)
	}
	var all []*Movement
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			m, err := scanMovement(scan)
			all = append(all, m)
			return err
		}, "SELECT "+prefixed("m", allColumns)+` FROM stock s JOIN movement m ON m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot AND m.`+ever+`
			WHERE s.area = ? AND s.outlet = ? AND s.lot IN (`+store.Marks(len(lots))+`)
			ORDER BY m.occurred_on DESC, m.recorded_at DESC, m.id DESC LIMIT ? OFFSET ?`, append(args, limit+1, skip)...)
	})
	if len(all) > limit {
		return all[:limit], true, err
	}
	return all, false, err
}
