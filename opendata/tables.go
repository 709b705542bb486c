package opendata

import (
	"context"
	"slices"
	"strings"
)

// tables makes all tables, in the order to show them.
func (s *Store) tables(ctx context.Context) ([]*Table, error) {
	published, err := s.editions(ctx)
	if err != nil {
		return nil, err
	}
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	base, err := s.registryTables(ctx)
	if err != nil {
		return nil, err
	}
	outlets, err := s.outletsTable(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.figureTables(ctx, snap, published)
	if err != nil {
		return nil, err
	}
	list = append(list, suppliesTable(snap, published))
	for _, more := range []func(context.Context) ([]*Table, error){s.scorecardTables, s.surveyTables} {
		some, err := more(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	list = append(append(list, base[0], outlets), base[1:]...)
	for _, t := range list {
		t.sort()
	}
	return list, nil
}

// sort brings rows into the order of their key, where there is one, so that the same data always make the same bytes.
func (t *Table) sort() {
	var by []int
	for _, k := range t.Key {
		by = append(by, slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == k }))
	}
	slices.SortStableFunc(t.Rows, func(a, b []any) int {
		for _, i := range by {
			if c := compare(a[i], b[i]); c != 0 {
				return c
			}
		}
		return 0
	})
}

func compare(a, b any) int {
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return int(x - y)
		}
	}
	return strings.Compare(text(a), text(b))
}
