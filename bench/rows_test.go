package main

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
)

var small = nation{rows: 5000, last: civil.On(2026, 3, 31), seed: 1, codes: 10}

func collect(n nation, kind ids) [][]string {
	var rows [][]string
	for cells := range n.supplies(kind) {
		rows = append(rows, slices.Clone(cells))
	}
	return rows
}

func TestSameSeedSameRows(t *testing.T) {
	equal := func(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }
	first := collect(small, randomIDs)
	if !equal(first, collect(small, randomIDs)) {
		t.Error("the same seed gave other rows")
	}
	other := small
	other.seed = 2
	if equal(first, collect(other, randomIDs)) {
		t.Error("another seed gave the same rows")
	}
	for i, row := range collect(small, noIDs) {
		if row[0] != "" || !slices.Equal(row[1:], first[i][1:]) {
			t.Fatalf("row %d differs in more than its id: %q, %q", i, row, first[i])
		}
	}
}

// No shelf may be asked for more than it was given, else the import is rightly refused.
func TestShelvesSuffice(t *testing.T) {
	for _, rows := range []int{1, 5000, 300_000} {
		n, given := small.sized(rows), map[[2]string]int{}
		count := 0
		for cells := range n.supplies(orderedIDs) {
			count++
			kits, err := strconv.Atoi(cells[kitsColumn])
			if err != nil || kits < 1 {
				t.Fatalf("kits %q", cells[kitsColumn])
			}
			given[[2]string{cells[2], cells[lotColumn]}] += kits
			if day, err := civil.ParseDate(cells[1]); err != nil || day < n.first() || day > n.last {
				t.Fatalf("day %s is not between %s and %s", cells[1], n.first(), n.last)
			}
			if lot := lotOf(cells[lotColumn]); lotNumber(lot) != cells[lotColumn] || product(lot) != cells[3] {
				t.Fatalf("lot %s of %s", cells[lotColumn], cells[3])
			}
		}
		if count != rows {
			t.Errorf("%d rows were asked for and %d made", rows, count)
		}
		for shelf, kits := range given {
			if kits > n.perShelf() {
				t.Errorf("with %d rows %v gives out %d kits of %d", rows, shelf, kits, n.perShelf())
			}
		}
	}
}

func TestIDs(t *testing.T) {
	for kind, version := range map[ids]uuid.Version{randomIDs: 4, orderedIDs: 7} {
		seen, before, inOrder := map[string]bool{}, "", true
		for _, row := range collect(small, kind) {
			id, err := uuid.Parse(row[0])
			if err != nil || id.Version() != version || id.Variant() != uuid.RFC4122 || seen[row[0]] {
				t.Fatalf("%s ids: %q: %v", kind, row[0], err)
			}
			seen[row[0]] = true
			inOrder = inOrder && before < row[0]
			before = row[0]
		}
		if inOrder != (kind == orderedIDs) {
			t.Errorf("%s ids: in order is %v", kind, inOrder)
		}
	}
}
