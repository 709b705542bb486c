package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/table"
)

// taker is a row that takes kits from a place that ended below zero.
type taker struct {
	file *importer
	row  int
	on   civil.Date
	kits int
}

// blame finds the rows behind shortfalls by reading the files once more, and notes a fault for each: the last rows, by
// day and place in the file, up to the day of the shortfall, until what was missing is covered.
func (all *importers) blame(ctx context.Context, short []Shortfall) error {
	takers := make([][]taker, len(short))
	byStock := map[stockKey][]int{}
	for i, s := range short {
		k := stockKey{int32(s.Area), int32(s.Outlet), int32(s.Lot)}
		byStock[k] = append(byStock[k], i)
	}
	for _, im := range all.files {
		err := im.again(func(d *draft) {
			for _, i := range byStock[stockKey{int32(d.m.Area), int32(d.m.Outlet), int32(d.m.Lot)}] {
				s := short[i]
				if d.takesFrom(s.Place) && d.m.OccurredOn <= s.On {
					takers[i] = append(takers[i], taker{im, d.row, d.m.OccurredOn, d.m.Kits})
				}
			}
		})
		if err != nil {
			return err
		}
	}
	for i, s := range short {
		if err := all.blameRows(ctx, s, takers[i]); err != nil {
			return err
		}
	}
	return nil
}

// takesFrom reports whether a row takes kits from a place; one that says only "held" may take either kind.
func (d *draft) takesFrom(p Place) bool { return d.m.From == p || (d.any && p == Spoiled) }

// again reads a file a second time, as far as that goes without the database.
func (im *importer) again(fn func(*draft)) error {
	rd, err := im.Open()
	if err != nil {
		return err
	}
	defer rd.Close()
	rd.Faults = &table.Faults{} // none is new: the first reading found no other
	c := &cells{kind: im.kind, faults: rd.Faults, snap: im.snap, dates: map[string]civil.Date{}}
	for {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		d := draft{row: row.Number}
		c.row, c.bad = row, false
		im.parse(c, &d)
		fn(&d)
	}
}

func (all *importers) blameRows(ctx context.Context, s Shortfall, of []taker) error {
	reason, err := all.shortReason(ctx, s)
	if err != nil {
		return err
	}
	slices.SortFunc(of, func(a, b taker) int { return cmp.Or(cmp.Compare(b.on, a.on), cmp.Compare(b.row, a.row)) })
	missing := s.Short
	for _, t := range of {
		if missing <= 0 {
			break
		}
		t.file.faults.Add(t.row, "kits", strconv.Itoa(t.kits), reason)
		missing -= t.kits
	}
	if len(of) == 0 { // what is short was taken by an arrival or the like that names no place of its own
		all.files[0].faults.Add(0, "kits", "", reason)
	}
	return nil
}

func (all *importers) shortReason(ctx context.Context, s Shortfall) (string, error) {
	im := all.files[0]
	lot := im.lots.byID(s.Lot)
	var first *int
	if _, err := all.tx.Get(ctx, []any{&first}, "SELECT min(day) FROM stock_day WHERE area = ? AND outlet = ? AND lot = ? AND shelf > 0", s.Area, s.Outlet, s.Lot); err != nil {
		return "", err
	}
	msg := fmt.Sprintf("%d kits too many: lot %s %s at %s on %s would be %d below nought", s.Short, lot.Number, s.Place.Words(), outletName(im.snap, s.Outlet), s.On, s.Short)
	switch {
	case s.Place != Shelf:
	case first == nil:
		msg += "; none of this lot ever came there"
	case civil.Date(*first) > s.On:
		msg += "; the first of this lot came there on " + civil.Date(*first).String()
	}
	return msg, nil
}
