package disclosure

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// nation is a table of 152 areas in 9 regions by 12 kinds, with totals both ways and every area's own total to be kept.
func nation(seed uint64, keep bool) Release {
	rnd := rand.New(rand.NewPCG(seed, 1))
	const areas, kinds = 152, 12
	var r Release
	values := map[string]int64{}
	put := func(id string, v int64) { values[id] += v }
	for a := range areas {
		size := 1 + rnd.Int64N(60)
		for k := range kinds {
			v := rnd.Int64N(size + 1)
			put(fmt.Sprintf("a%d|%d", a, k), v)
			put(fmt.Sprintf("a%d|all", a), v)
			put(fmt.Sprintf("r%d|%d", a%9, k), v)
			put(fmt.Sprintf("r%d|all", a%9), v)
			put(fmt.Sprintf("n|%d", k), v)
			put("n|all", v)
		}
	}
	cell := func(id string, keep bool) { r.Cells = append(r.Cells, Cell{ID: id, Value: values[id], Keep: keep}) }
	row := func(name string) {
		s := Sum{Total: name + "|all"}
		for k := range kinds {
			cell(fmt.Sprintf("%s|%d", name, k), false)
			s.Parts = append(s.Parts, fmt.Sprintf("%s|%d", name, k))
		}
		cell(s.Total, keep)
		r.Sums = append(r.Sums, s)
	}
	for a := range areas {
		row(fmt.Sprintf("a%d", a))
	}
	row("n")
	for g := range 9 {
		row(fmt.Sprintf("r%d", g))
	}
	for k := range kinds + 1 {
		name := fmt.Sprint(k)
		if k == kinds {
			name = "all"
		}
		up := Sum{Total: "n|" + name}
		for g := range 9 {
			up.Parts = append(up.Parts, fmt.Sprintf("r%d|%s", g, name))
			down := Sum{Total: up.Parts[g]}
			for a := g; a < areas; a += 9 {
				down.Parts = append(down.Parts, fmt.Sprintf("a%d|%s", a, name))
			}
			r.Sums = append(r.Sums, down)
		}
		r.Sums = append(r.Sums, up)
	}
	return r
}

// TestANationIsQuick protects and attacks the largest table that is published, with and without totals that must be kept.
func TestANationIsQuick(t *testing.T) {
	for _, keep := range []bool{false, true} {
		begun := time.Now()
		r, err := Protect(nation(3, keep), Rule{})
		if err != nil {
			t.Fatal(err)
		}
		protecting := time.Since(begun)
		begun = time.Now()
		found := Attack(r.Public())
		attacking := time.Since(begun)
		small, hidden := 0, 0
		for _, c := range r.Cells {
			if c.Hidden {
				hidden++
			}
			if r.Rule.Small(c.Value) && !c.Keep {
				small++
			}
			if c.Keep && c.Hidden {
				t.Errorf("%s is hidden, and was to be kept", c.ID)
			}
		}
		for _, e := range sure(found, r.Rule, []Release{r}) {
			t.Errorf("%+v", e)
		}
		t.Logf("%d cells, %d small, %d hidden; protect %s, attack %s", len(r.Cells), small, hidden, protecting, attacking)
		if protecting+attacking > 20*time.Second {
			t.Errorf("it takes %s to protect and %s to attack", protecting, attacking)
		}
	}
}
