package frozen_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/disclosure"
	"everykit/opendata"
)

// open are the editions of the open data with all that ties them to bulletins, under the names of both.
func (w *world) open() (own, whole []disclosure.Release) {
	w.t.Helper()
	list, err := w.Data.KeptSupplies(w.t.Context(), scotland)
	must(w.t, err)
	for _, k := range list {
		own = append(own, k.Release)
		r := k.Release
		r.Cells, r.Sums = slices.Concat(r.Cells, k.Beside.Cells), slices.Concat(r.Sums, k.Beside.Sums)
		whole = append(whole, r)
	}
	return own, whole
}

// Bulletins of the quarters of a year are published first, then the open data of the year, and then more bulletins. Somebody who has
// all of it, and adds quarters to years, finds no hidden number out. Without joining the two rooms they would in some nations.
func TestOpenDataAfterBulletins(t *testing.T) {
	seeds := []uint64{16500101081635915864} // found out a number of all authorities but one, when bulletins looked at the open data's totals alone
	for len(seeds) < attacks/4 {
		seeds = append(seeds, seedOfNations(t)+uint64(len(seeds)))
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := oneWorld(t, "2021-11-15")
			rnd := rand.New(rand.NewPCG(seed, 11))
			w.history(rnd, []int{40, 150, 400, 1500}[seed%4]+rnd.IntN(200))
			var all []*frozen.Snapshot
			freeze := func(area, p string) { all = append(all, w.freeze(area, p, "", all...)) }
			for _, q := range []string{"2020/21-Q1", "2020/21-Q2", "2020/21-Q3", "2020/21-Q4"} {
				freeze(scotland, q)
				if seed%2 == 0 {
					freeze("S08000015", q)
				}
			}
			if seed%3 == 0 {
				freeze(scotland, "2020/21")
			}
			if seed%5 == 0 {
				w.late(rnd, 4)
			}
			w.Data.Beside(func(_ context.Context, nation string, year civil.Period) (opendata.Others, error) {
				return frozen.Beside(all, nation, year), nil
			})
			_, err := w.Data.List(t.Context())
			must(t, err)
			own, whole := w.open()
			first := len(all)
			if len(own) > 0 {
				shown := slices.ContainsFunc(own[0].Cells, func(c disclosure.Cell) bool { return !c.Hidden && c.Value > 0 })
				linked := slices.ContainsFunc(whole[0].Cells, func(c disclosure.Cell) bool {
					return strings.HasPrefix(c.ID, "supplies|"+scotland+"|2020/21-Q3|") && c.Value > 0
				})
				t.Logf("something is shown: %v; %d cells of bulletins", shown, len(whole[0].Cells)-len(own[0].Cells))
				if !linked {
					t.Error("the quarters are not tied to the year")
				}
			} else {
				t.Log("nothing could be published of the year")
			}
			w.attackAll(t, all, whole, first)
			freeze(scotland, "2021/22-Q1")
			freeze(scotland, "2020/21")
			w.attackAll(t, all, whole, first)
		})
	}
}

// attackAll lets the attacker have bulletins and open data; the open data came out after the first so many bulletins.
func (w *world) attackAll(t *testing.T, all []*frozen.Snapshot, open []disclosure.Release, first int) {
	t.Helper()
	list := slices.Concat(kept(all[:first], "told"), open, kept(all[first:], "told"))
	list = frozen.Renumber(list)
	dark := slices.ContainsFunc(list, func(r disclosure.Release) bool {
		return !slices.ContainsFunc(r.Cells, func(c disclosure.Cell) bool { return !c.Hidden })
	})
	var public []disclosure.Release
	for _, r := range list {
		public = append(public, r.Public())
	}
	for _, e := range disclosure.Attack(public...) {
		c := list[e.Release].ByID()[e.Cell]
		if (e.Pinned() || rule.Small(c.Value) && !dark) && !given(list, e) {
			t.Errorf("found out: %+v, which is %d", e, c.Value)
		}
	}
}

var rule = disclosure.Rule{Threshold: disclosure.Threshold}
