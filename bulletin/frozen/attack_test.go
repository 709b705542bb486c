package frozen_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/bulletin/frozen"
	"everykit/disclosure"
)

// attacks is how many nations are attacked.
const attacks = 8

// seedOfNations is where the seeds of made-up nations begin: always the same, so that a test that fails says something of what was
// changed, or what EVERYKIT_SEED says ("random" for any).
func seedOfNations(t *testing.T) uint64 {
	switch text := os.Getenv("EVERYKIT_SEED"); text {
	case "":
		return 20171218
	case "random":
		return rand.Uint64()
	default:
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("EVERYKIT_SEED is no number: %q", text)
		}
		return seed
	}
}

// kept are the releases of one key, after those of the open data.
func kept(snapshots []*frozen.Snapshot, key string, more ...disclosure.Release) []disclosure.Release {
	all := more
	for _, s := range snapshots {
		for i, k := range s.ReleaseKeys {
			if strings.HasPrefix(k, key) {
				all = append(all, s.Releases[i])
			}
		}
	}
	return frozen.Renumber(all)
}

// Somebody who has the bulletins of five quarters of a small nation, the year's bulletin that came out between them, one of an
// authority, a correction and the open data, and knows of each number whether it was revised, finds no hidden number out. Where every
// bulletin could be protected they cannot even rule out a part of what a small hidden number may be.
func TestAttack(t *testing.T) {
	base := seedOfNations(t)
	for i := range attacks {
		seed := base + uint64(i)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := oneWorld(t, "2021-11-15")
			rnd := rand.New(rand.NewPCG(seed, 9))
			w.history(rnd, []int{40, 150, 400, 1500}[seed%4]+rnd.IntN(200))
			var all []*frozen.Snapshot
			freeze := func(area, p string) {
				all = append(all, w.freeze(area, p, "", all...))
			}
			if seed%3 == 0 {
				_, err := w.Data.List(t.Context())
				must(t, err)
			}
			for _, q := range []string{"2020/21-Q1", "2020/21-Q2", "2020/21-Q3"} {
				freeze(scotland, q)
			}
			freeze("S08000015", "2020/21-Q3")
			if seed%2 == 0 { // late entries
				w.late(rnd, 5)
			}
			freeze(scotland, "2020/21-Q4")
			freeze(scotland, "2020/21")
			w.late(rnd, 3)
			freeze(scotland, "2020/21-Q2")
			freeze(scotland, "2021/22-Q1")
			freeze("S08000015", "2020/21")
			hidden, dark := 0, 0
			for _, s := range all {
				for _, r := range s.Releases {
					if !slices.ContainsFunc(r.Cells, func(c disclosure.Cell) bool { return !c.Hidden }) {
						dark++
					}
				}
				for _, f := range s.Figures {
					if f.Hidden() {
						hidden++
						if f.Value != nil || f.Numerator != nil || f.Denominator != nil || f.Low != nil || f.High != nil {
							t.Fatalf("%s is hidden and has a number", f.ID)
						}
					}
				}
			}
			if hidden == 0 {
				t.Error("nothing is hidden in so small a nation")
			}
			t.Logf("%d figures hidden, %d of %d releases show nothing", hidden, dark, 2*len(all))
			open, err := frozen.OpenTold(t.Context(), w.Rooms, scotland)
			must(t, err)
			for _, releases := range [][]disclosure.Release{kept(all, "told", open...), kept(all, "channels")} {
				var public []disclosure.Release
				for _, r := range releases {
					public = append(public, r.Public())
				}
				for _, e := range disclosure.Attack(public...) {
					r := releases[e.Release]
					c := r.ByID()[e.Cell]
					narrowed := r.Rule.Small(c.Value) && dark == 0
					if (e.Pinned() || narrowed) && !given(releases, e) {
						t.Errorf("found out: %+v, which is %d", e, c.Value)
					}
				}
			}
		})
	}
}

// given reports whether a number was known before the release that is the first to hide it: nothing can take that back. A release
// that shows nothing at all gives nothing away.
func given(releases []disclosure.Release, e disclosure.Exposure) bool {
	r := releases[e.Release]
	c := r.ByID()[e.Cell]
	dark := !slices.ContainsFunc(r.Cells, func(c disclosure.Cell) bool { return !c.Hidden })
	for _, before := range releases[:e.Release] {
		if b, there := before.ByID()[e.Cell]; there && !b.Hidden && b.Revision == c.Revision {
			return true
		}
	}
	return dark || slices.Contains(r.Given, e.Cell)
}

// late imports some supplies of long ago.
func (w *world) late(rnd *rand.Rand, n int) {
	var text strings.Builder
	text.WriteString("occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex,note\n")
	for i := range n {
		o := outlets[rnd.IntN(len(outlets))]
		fmt.Fprintf(&text, "2020-0%d-11,%s,prenoxad,L-prenoxad,1,person_at_risk,repeat,lost,25_34,female,%d\n", 4+rnd.IntN(6), o.code, time.Now().UnixNano()+int64(i))
	}
	w.take("supplies", text.String())
}
