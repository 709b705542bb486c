package ledger

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/store"
)

// clash is an id that was used before for another movement.
type clash struct {
	asked, stored *Movement
}

const conflictTail = "ON CONFLICT (area, id) DO NOTHING"

// record inserts movements and counts those that are new. What is stored already under the same id is passed over if it
// is the same, and given back as a clash if not; with a clash nothing more should be done in the transaction.
func (b *batch) record(ctx context.Context, ms []*Movement) ([]clash, error) {
	if len(ms) == 1 {
		return b.recordOne(ctx, ms[0])
	}
	// In the order of the key the table's tree is walked once.
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, byKey)
	known, err := b.mayKnow(ctx, ms)
	if err != nil {
		return nil, err
	}
	if known {
		var clashes []clash
		if ms, clashes, err = b.unknown(ctx, ms); err != nil || len(clashes) > 0 {
			return clashes, err
		}
	}
	inserted, err := b.insertRows(ctx, ms)
	if err != nil {
		return nil, err
	}
	if inserted != len(ms) {
		return nil, b.raced()
	}
	for _, m := range ms {
		b.add(m)
	}
	return nil, b.flush(ctx)
}

// mayKnow reports whether any of the movements, in the order of area and id, may be stored already or be there twice. It
// asks only whether anything is stored between the first and the last id of each area, which for ids made in the order
// of time or of a file's rows is the same question and costs nothing.
func (b *batch) mayKnow(ctx context.Context, ms []*Movement) (bool, error) {
	if b.hopeful {
		return false, nil
	}
	for from := 0; from < len(ms); {
		to := from + 1
		for ; to < len(ms) && ms[to].Area == ms[from].Area; to++ {
			if ms[to].ID == ms[to-1].ID {
				return true, nil
			}
		}
		var n int
		found, err := b.tx.Get(ctx, []any{&n}, "SELECT 1 FROM movement WHERE area = ? AND id BETWEEN ? AND ? LIMIT 1",
			ms[from].Area, idValue(ms[from].ID), idValue(ms[to-1].ID))
		if found || err != nil {
			return found, err
		}
		from = to
	}
	return false, nil
}

func (b *batch) recordOne(ctx context.Context, m *Movement) ([]clash, error) {
	inserted, err := b.insertRows(ctx, []*Movement{m})
	if err != nil {
		return nil, err
	}
	if inserted == 0 {
		s, err := movementByID(ctx, b.tx, m.Area, m.ID)
		if err != nil || s == nil || m.same(s) {
			return nil, err
		}
		return []clash{{m, s}}, nil
	}
	b.add(m)
	return nil, b.flush(ctx)
}

// insertRows inserts the movements of each family of columns and says how many were new.
func (b *batch) insertRows(ctx context.Context, ms []*Movement) (int, error) {
	total := 0
	for f := range families {
		v := b.values[:0]
		for _, m := range ms {
			if m.Kind.family() == f {
				v = m.values(v)
			}
		}
		b.values = v
		if len(v) == 0 {
			continue
		}
		n, err := b.insertFamily(ctx, f, v)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (b *batch) insertFamily(ctx context.Context, f family, values []any) (int, error) {
	n, err := b.tx.Insert(ctx, "INSERT INTO movement ("+familyColumns[f]+") VALUES", familyCounts[f], values, conflictTail)
	return int(n), err
}

// insertNew inserts rows none of which was known a moment ago.
func (b *batch) insertNew(ctx context.Context, f family, values []any, want int) error {
	n, err := b.insertFamily(ctx, f, values)
	if err == nil && n != want {
		err = b.raced()
	}
	return err
}

// errKnown breaks off a hopeful import: some of its rows are known, and only a careful one sees which.
var errKnown = errors.New("some rows are known")

// raced says that rows came to be known between the look and the insert, or that nobody looked.
func (b *batch) raced() error {
	if b.hopeful {
		return errKnown
	}
	return fault.New(fault.Unavailable, "somebody else sent the same entries at the same moment").Hint("send them again")
}

// unknown parts the movements that are not stored from those that are, and from those that clash.
func (b *batch) unknown(ctx context.Context, ms []*Movement) (fresh []*Movement, clashes []clash, err error) {
	byArea := map[int][]*Movement{}
	for _, m := range ms {
		byArea[m.Area] = append(byArea[m.Area], m)
	}
	known := map[areaID]*Movement{}
	for area, of := range byArea {
		for part := range slices.Chunk(of, 200) {
			if err := readMany(ctx, b.tx, area, part, known); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, m := range ms {
		k := areaID{m.Area, m.ID}
		s := known[k]
		switch {
		case s == nil:
			known[k] = m
			fresh = append(fresh, m)
		case !m.same(s):
			clashes = append(clashes, clash{m, s})
		}
	}
	return fresh, clashes, nil
}

type areaID struct {
	area int
	id   uuid.UUID
}

func readMany(ctx context.Context, tx *store.Tx, area int, ms []*Movement, into map[areaID]*Movement) error {
	args := []any{area}
	for _, m := range ms {
		args = append(args, idValue(m.ID))
	}
	return eachMovement(ctx, tx, func(s *Movement) error {
		into[areaID{area, s.ID}] = s
		return nil
	}, "area = ? AND id IN ("+store.Marks(len(ms))+")", args...)
}
