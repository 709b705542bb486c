package table

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"everykit/fault"
)

func TestFaults(t *testing.T) {
	var f Faults
	check(t, f.Err())
	f.Add(9, "kits", "client AB-12", "must be a whole number")
	f.Add(4, "lot", "", "must be filled in")
	f.Add(9, "lot", "=1", "is not known")
	f.Add(4, "lot", "", "is not known") // the same cell
	f.Add(5, "", "", "comes twice")
	want := []Fault{
		{4, "lot", "", "must be filled in"},
		{5, "", "", "comes twice"},
		{9, "kits", "client AB-12", "must be a whole number"},
		{9, "lot", "=1", "is not known"},
	}
	same(t, f.List(), want)
	err := fmt.Errorf("import: %w", f.Err())
	var back *Faults
	if !fault.Is(err, fault.Invalid) || !errors.As(err, &back) || back != &f {
		t.Errorf("got %v", err)
	}
	same(t, f.Err().Error(), "4 cells are wrong: row 4, lot: must be filled in; row 5: comes twice; row 9, kits: must be a whole number; and 1 more")
	var b strings.Builder
	check(t, f.WriteCSV(&b))
	same(t, b.String(), "row,column,value,reason\n4,lot,,must be filled in\n5,,,comes twice\n9,kits,client AB-12,must be a whole number\n9,lot,'=1,is not known\n")
}

func TestFaultsKeepAFewAndCountAll(t *testing.T) {
	f := Faults{Limit: 2}
	for row := range 10 {
		f.Add(row+2, "kits", "x", "bad")
		f.Add(row+2, "kits", "x", "bad again")
	}
	if len(f.List()) != 2 || f.Count() != 10 {
		t.Errorf("%d kept of %d", len(f.List()), f.Count())
	}
	var most Faults
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for row := range 1000 {
				most.Add(worker*1000+row, "a", "", "bad")
			}
		})
	}
	wait.Wait()
	if len(most.List()) != 1000 || most.Count() != 4000 {
		t.Errorf("%d kept of %d", len(most.List()), most.Count())
	}
}

func TestValuesAreCut(t *testing.T) {
	for _, s := range []string{strings.Repeat("x", 81), strings.Repeat("𝄞", 200), strings.Repeat("\xff", 200), strings.Repeat("é", 1<<20)} {
		got := cut(s)
		if n := utf8.RuneCountInString(got); n > shownValue || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") {
			t.Errorf("%q has %d letters", got, n)
		}
	}
	if s := strings.Repeat("é", 80); cut(s) != s {
		t.Error("80 letters need no cut")
	}
}
