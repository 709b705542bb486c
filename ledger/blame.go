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
	row  int
	on   civil.Date
	kits int
}

// blame finds the rows behind shortfalls by reading the file once more, and notes a fault for each: the last rows, by day
// and place in the file, up to the day of the shortfall, until what was missing is covered.
func (im *importer) blame(ctx context.Context, short []Shortfall) error {
	takers := map[int][]taker{} // by index of short
	byStock := map[stockKey][]int{}
	for i, s := range short {
		k := stockKey{int32(s.Area), int32(s.Outlet), int32(s.Lot)}
		byStock[k] = append(byStock[k], i)
	}
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
			break
		} else if err != nil {
			return err
		}
		d := draft{row: row.Number}
		c.row, c.bad = row, false
		im.parse(c, &d)
		k := stockKey{int32(d.m.Area), int32(d.m.Outlet), int32(d.m.Lot)}
		for _, i := range byStock[k] {
			s := short[i]
			from := d.m.From
			if s.Place == Spoiled && d.any {
				from = Spoiled
			}
			if from == s.Place && d.m.OccurredOn <= s.On {
				takers[i] = append(takers[i], taker{row.Number, d.m.OccurredOn, d.m.Kits})
			}
		}
	}
	for i, s := range short {
		if err := im.blameRows(ctx, s, takers[i]); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) blameRows(ctx context.Context, s Shortfall, of []taker) error {
	reason, err := im.shortReason(ctx, s)
	if err != nil {
		return err
	}
	slices.SortFunc(of, func(a, b taker) int { return cmp.Or(cmp.Compare(b.on, a.on), cmp.Compare(b.row, a.row)) })
	missing := s.Short
	for _, t := range of {
		if missing <= 0 {
			break
		}
		im.faults.Add(t.row, "kits", strconv.Itoa(t.kits), reason)
		missing -= t.kits
	}
	if len(of) == 0 { // what is short was taken by an arrival or the like that names no place of its own
		im.faults.Add(0, "kits", "", reason)
	}
	return nil
}

func (im *importer) shortReason(ctx context.Context, s Shortfall) (string, error) {
	lot := im.lots.byID(s.Lot)
	var first *int
	if _, err := im.tx.Get(ctx, []any{&first}, "SELECT min(day) FROM stock_day WHERE area = ? AND outlet = ? AND lot = ? AND shelf > 0", s.Area, s.Outlet, s.Lot); err != nil {
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
