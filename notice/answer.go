package notice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/store"
)

// Answer is what an outlet says to a notice: that it was done as asked, and what was found.
type Answer struct {
	ID       uuid.UUID // made with the form
	Notice   int
	Outlet   int
	Lots     []LotAnswer
	Replaced int    // kits that people got in place of theirs
	Note     string // no names: nothing here is ever about a person
}

// LotAnswer is what an outlet found of one of the ledger's lots. A lot that is not in the answer was not counted; nought is
// nought.
type LotAnswer struct{ Lot, Good, Faulty int }

// said is an answer on its way into the tables, whoever gave it.
type said struct {
	Answer
	area         int
	staff        int
	holder       string // of the link it came by
	good, faulty int
}

// Answer takes an answer, as often as an outlet gives one. Of a notice that asks for a check the ledger learns in the same
// transaction which kits were good (they may be given out) and which were faulty (they are set aside for good); a drill and
// all other notices only keep the counts. The same id with the same answer again changes nothing; with another it is a
// Conflict. A notice that has been closed is Refused.
func (n *Notices) Answer(ctx context.Context, who staff.Person, a Answer) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		o, err := n.outletFor(ctx, tx, who, a.Outlet)
		if err != nil {
			return err
		}
		s := said{Answer: a, area: o.Area, staff: who.ID}
		if err := s.check(); err != nil {
			return err
		}
		if done, err := s.stored(ctx, tx); done || err != nil {
			return err
		}
		of, err := openNotice(ctx, tx, a.Notice)
		if err != nil {
			return err
		}
		if err := isTold(ctx, tx, o.Area, a.Notice, o.ID); err != nil {
			return err
		}
		lines, _, err := n.family(ctx, tx, of)
		if err != nil {
			return err
		}
		for i, l := range s.Lots {
			if _, named := lines[l.Lot]; !named {
				return fault.New(fault.Invalid, "this notice does not name this lot").At(fmt.Sprintf("lots.%d.lot", i))
			}
		}
		if done, err := s.store(ctx, tx); done || err != nil {
			return err
		}
		if of.Action == Check && of.Bars() {
			return n.check(ctx, tx, who, s)
		}
		return nil
	})
}

// openNotice gives a notice that can be answered.
func openNotice(ctx context.Context, tx *store.Tx, id int) (*Notice, error) {
	of, err := readOne(ctx, tx, id)
	switch {
	case err != nil:
		return nil, err
	case of.State == Draft:
		return nil, noNotice()
	case of.State == Closed:
		return nil, fault.New(fault.Refused, "this notice has been closed: no answer is needed any more").Hint("thank you; there is nothing left to do")
	}
	return of, nil
}

// check has the ledger know what was found.
func (n *Notices) check(ctx context.Context, tx *store.Tx, who staff.Person, s said) error {
	for i, l := range s.Lots {
		if l.Good+l.Faulty == 0 {
			continue
		}
		id := ledger.TextID("notice answer", fmt.Sprintf("%s/%d", s.ID, l.Lot))
		err := n.led.CheckBarred(ctx, tx, who, ledger.Checked{ID: id, Outlet: s.Outlet, Lot: l.Lot, Notice: s.Notice, Good: l.Good, Faulty: l.Faulty, Note: s.Note})
		var f *fault.Error
		if errors.As(err, &f) {
			at, field := *f, f.Field
			if field == "" {
				field = "lot"
			}
			return at.At(fmt.Sprintf("lots.%d.%s", i, field))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// check is what must hold of an answer in itself. It adds up the counts.
func (s *said) check() error {
	var bad fault.List
	add := func(field, format string, args ...any) {
		bad = append(bad, fault.New(fault.Invalid, format, args...).At(field))
	}
	if s.ID == uuid.Nil {
		add("id", "the answer has no number of its own")
	}
	seen := map[int]bool{}
	for i, l := range s.Lots {
		if seen[l.Lot] {
			add(fmt.Sprintf("lots.%d.lot", i), "this lot is there twice")
		}
		seen[l.Lot] = true
		checkKits(l.Good, fmt.Sprintf("lots.%d.good", i), add)
		checkKits(l.Faulty, fmt.Sprintf("lots.%d.faulty", i), add)
		s.good, s.faulty = s.good+l.Good, s.faulty+l.Faulty
	}
	if len(s.Lots) > MostLines {
		add("lots", "these are more lots than a notice can have")
	}
	checkKits(s.Replaced, "replaced", add)
	s.Note = strings.TrimSpace(s.Note)
	if utf8.RuneCountInString(s.Note) > ledger.MostNote {
		add("note", "this is longer than %d letters", ledger.MostNote)
	} else if !utf8.ValidString(s.Note) || strings.ContainsRune(s.Note, 0) {
		add("note", "this holds a character that cannot be stored")
	}
	return bad.Err()
}

func checkKits(kits int, field string, add func(field, format string, args ...any)) {
	switch {
	case kits < 0:
		add(field, "the number of kits cannot be below nought")
	case kits > ledger.MostKits:
		add(field, "this is more than the %d kits that one entry may hold", ledger.MostKits)
	}
}

// body is a hash of all that was said.
func (s *said) body() []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %d %d %d %q %q\n", s.Notice, s.Outlet, s.good, s.faulty, s.Replaced, s.holder, s.Note)
	lots := slices.SortedFunc(slices.Values(s.Lots), func(a, b LotAnswer) int { return a.Lot - b.Lot })
	for _, l := range lots {
		fmt.Fprintf(h, "%d %d %d\n", l.Lot, l.Good, l.Faulty)
	}
	return h.Sum(nil)
}

// stored reports whether this very answer was taken before; Conflict if its id was used for another.
func (s *said) stored(ctx context.Context, tx *store.Tx) (bool, error) {
	var body []byte
	found, err := tx.Get(ctx, []any{&body}, "SELECT body FROM notice_answer WHERE area = ? AND id = ?", s.area, s.ID[:])
	if err != nil || !found {
		return false, err
	}
	if !bytes.Equal(body, s.body()) {
		return true, fault.New(fault.Conflict, "this answer's number was used before for another answer").At("id").
			Hint("nothing was changed; open the notice again and answer afresh")
	}
	return true, nil
}

// store writes an answer down; done is true if it was there already.
func (s *said) store(ctx context.Context, tx *store.Tx) (done bool, err error) {
	now := tx.Now.UnixMilli()
	fresh, err := tx.Exec(ctx, `INSERT INTO notice_answer (area, id, notice, outlet, at, staff, holder, good, faulty, replaced, note, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (area, id) DO NOTHING`, s.area, s.ID[:], s.Notice, s.Outlet, now, s.staff, null(s.holder), s.good, s.faulty, s.Replaced, s.Note, s.body())
	if err != nil {
		return false, err
	}
	if fresh == 0 { // sent twice at the same moment
		return s.stored(ctx, tx)
	}
	const columns = 5
	var values []any
	for _, l := range s.Lots {
		if l.Lot == 0 { // a link's count of all lots together
			continue
		}
		values = append(values, s.area, s.ID[:], l.Lot, l.Good, l.Faulty)
	}
	if _, err := tx.Insert(ctx, "INSERT INTO notice_answer_lot (area, id, lot, good, faulty) VALUES", columns, values, ""); err != nil || s.Outlet == 0 {
		return false, err
	}
	return false, s.mark(ctx, tx, s.Outlet)
}

// mark adds an answer to what an outlet has said.
func (s *said) mark(ctx context.Context, tx *store.Tx, outlet int) error {
	now := tx.Now.UnixMilli()
	_, err := tx.Exec(ctx, `UPDATE notice_outlet SET seen_by = CASE WHEN seen_at IS NULL THEN ? ELSE seen_by END, seen_at = COALESCE(seen_at, ?), answered_at = ?, answered_by = ?,
		good = good + ?, faulty = faulty + ?, replaced = replaced + ? WHERE area = ? AND notice = ? AND outlet = ?`,
		s.staff, now, now, s.staff, s.good, s.faulty, s.Replaced, s.area, s.Notice, outlet)
	return err
}

// Release puts kits that a withdrawal holds at an outlet back on its shelf, and lets later ones stay there; kits may be 0.
// It is a coordinator's deed. The same id again changes nothing.
func (n *Notices) Release(ctx context.Context, who staff.Person, id uuid.UUID, notice, outlet, lot, kits int) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		of, err := readOne(ctx, tx, notice)
		if err != nil {
			return err
		}
		return n.led.ReleaseBarred(ctx, tx, who, ledger.Release{ID: id, Outlet: outlet, Lot: lot, Notice: of.ID, Kits: kits, Note: "Notice " + of.Number})
	})
}

// Given is one answer as it was given.
type Given struct {
	ID       uuid.UUID
	Outlet   int // 0: of an authority without an outlet here
	At       time.Time
	Staff    int  // the account; 0 by a link, or the operator
	ByLink   bool // from somebody without an account
	Good     int
	Faulty   int
	Replaced int
	Note     string
	Lots     []LotAnswer
}

// Answers reads what an outlet (0: all of the authority) has answered to a notice, the latest first.
func (n *Notices) Answers(ctx context.Context, notice, area, outlet int) ([]Given, error) {
	var all []Given
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		at := map[uuid.UUID]int{}
		where := " FROM notice_answer WHERE area = ? AND notice = ? AND (? = 0 OR outlet = ?)"
		err := tx.Each(ctx, func(scan func(...any) error) error {
			var g Given
			var id []byte
			var ms int64
			err := scan(&id, &g.Outlet, &ms, &g.Staff, &g.ByLink, &g.Good, &g.Faulty, &g.Replaced, &g.Note)
			copy(g.ID[:], id)
			g.At, at[g.ID] = time.UnixMilli(ms), len(all)
			all = append(all, g)
			return err
		}, "SELECT id, outlet, at, staff, CASE WHEN holder IS NULL THEN 0 ELSE 1 END, good, faulty, replaced, note"+where+" ORDER BY at DESC, id DESC", area, notice, outlet, outlet)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var l LotAnswer
			var id []byte
			err := scan(&id, &l.Lot, &l.Good, &l.Faulty)
			if i, ok := at[uuid.UUID(id)]; ok {
				all[i].Lots = append(all[i].Lots, l)
			}
			return err
		}, "SELECT id, lot, good, faulty FROM notice_answer_lot WHERE area = ? AND id IN (SELECT id"+where+") ORDER BY id, lot", area, area, notice, outlet, outlet)
	})
	return all, err
}
