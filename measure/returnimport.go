package measure

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"everykit/fault"
	"everykit/registry"
	"everykit/store"
	"everykit/table"
)

// errDry ends a transaction that was only to show what it would do.
var errDry = errors.New("dry run")

// returnKey is what makes a return itself: another date of publication is another vintage.
type returnKey struct {
	area                               int
	period, measure                    string
	channel                            registry.Channel
	setting, recipient, supply, reason string
	published                          registry.Published
}

func (t *Return) key() returnKey {
	return returnKey{t.Area, t.Period.String(), t.Measure, t.Channel, t.Setting, t.Recipient, t.Supply, t.Reason, t.Published}
}

// same reports whether two returns say the same. The source is what told it, not what was told.
func (t *Return) same(o *Return) bool {
	return Number(t.Value) == Number(o.Value) && t.State == o.State && t.Covered == o.Covered && t.CoversOf == o.CoversOf
}

// ImportReturns takes in a whole file of returns, or nothing of it; with dry it says what it would do and stores
// nothing. Everything wrong with it is in rd.Faults, which the error leads to as well.
//
// A row that stands already changes nothing, so a file can be given twice. The same cell with another date of
// publication is a revision and is kept beside the earlier one; with the same date and another value it is a fault,
// since what was published does not change.
func (m *Measures) ImportReturns(ctx context.Context, rd *table.Reader, dry bool) (registry.Result, error) {
	snap, err := m.reg.Now(ctx)
	if err != nil {
		return registry.Result{}, err
	}
	list, rows, total, err := m.readReturnsFile(rd, snap)
	if err != nil {
		return registry.Result{}, err
	}
	var result registry.Result
	err = m.db.Bulk(ctx, func(tx *store.Tx) error {
		result = registry.Result{Rows: total}
		fresh, err := newReturns(ctx, tx, list, rows, rd.Faults)
		if err != nil {
			return err
		}
		if err := rd.Faults.Err(); err != nil {
			return err
		}
		result.New = len(fresh)
		result.Same = len(list) - len(fresh)
		if dry {
			return errDry
		}
		return insertReturns(ctx, tx, fresh)
	})
	if err != nil && !errors.Is(err, errDry) {
		return registry.Result{}, err
	}
	return result, nil
}

// readReturnsFile reads and checks all rows by themselves. rows are the numbers of those that are right.
func (m *Measures) readReturnsFile(rd *table.Reader, snap *registry.Snapshot) (list []Return, rows []int, total int, err error) {
	for {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return list, rows, total, nil
		} else if err != nil {
			return nil, nil, 0, err
		}
		total++
		c := &returnRow{row: row, faults: rd.Faults, snap: snap, today: m.today()}
		if t, ok := c.read(); ok {
			list = append(list, t)
			rows = append(rows, row.Number)
		}
	}
}

// newReturns gives the returns that are not stored yet, each once, and notes those that say otherwise than what is.
func newReturns(ctx context.Context, tx *store.Tx, list []Return, rows []int, faults *table.Faults) ([]Return, error) {
	known, err := storedReturns(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	inFile := map[returnKey]int{}
	var fresh []Return
	for i := range list {
		t := &list[i]
		k := t.key()
		before, had := known[k]
		if !had {
			known[k] = t
			inFile[k] = rows[i]
			fresh = append(fresh, *t)
			continue
		}
		if before.same(t) {
			continue
		}
		where := "stands already"
		if n, ok := inFile[k]; ok {
			where = "stands in row " + strconv.Itoa(n)
		}
		said := Number(before.Value)
		if before.Value == nil {
			said = before.State.String()
		}
		if before.CoversOf > 0 {
			said += fmt.Sprintf(" covering %d/%d", before.Covered, before.CoversOf)
		}
		faults.Add(rows[i], "value", Number(t.Value), fmt.Sprintf("this return %s with another value, %s; a revision has another published_on", where, said))
	}
	return fresh, nil
}

func storedReturns(ctx context.Context, tx *store.Tx, list []Return) (map[returnKey]*Return, error) {
	var areas []int
	for i := range list {
		areas = append(areas, list[i].Area)
	}
	known := map[returnKey]*Return{}
	for part := range slices.Chunk(distinct(areas), 200) {
		in, args := idList(part)
		err := eachReturn(ctx, tx, func(t Return) error {
			known[t.key()] = &t
			return nil
		}, "area IN ("+in+")", args...)
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// ExportReturns writes every return, all vintages, by area, period and measure, and says how many rows that were. out was
// made with the columns of Kind. It does not close out.
func (m *Measures) ExportReturns(ctx context.Context, out table.Out) (int, error) {
	rows := 0
	err := m.db.Read(ctx, func(tx *store.Tx) error {
		snap, err := m.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		return eachReturn(ctx, tx, func(t Return) error {
			a := snap.Area(t.Area)
			if a == nil {
				return fault.New(fault.Internal, "a return is of an area that is not there")
			}
			rows++
			return out.Write(t.cells(a.Code)...)
		}, "1 = 1 ORDER BY area, period, measure, channel, setting, recipient, supply, reason, published")
	})
	return rows, err
}

func (t *Return) cells(area string) []string {
	covers, state := "", ""
	if t.CoversOf > 0 {
		covers = fmt.Sprintf("%d/%d", t.Covered, t.CoversOf)
	}
	if t.Value == nil || t.State == Partial {
		state = t.State.String()
	}
	value := ""
	if t.Value != nil {
		value = strconv.FormatFloat(*t.Value, 'f', -1, 64)
	}
	return []string{
		area, t.Period.String(), t.Measure, value, t.Channel.String(), t.Setting, t.Recipient, t.Supply, t.Reason, covers, string(t.Published),
		state, t.Source,
	}
}
