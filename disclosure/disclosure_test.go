package disclosure

import (
	"slices"
	"testing"
	"time"

	"everykit/fault"
)

// TestAttackerFindsNothing protects random tables edition by edition and lets the attacker have all of them.
func TestAttackerFindsNothing(t *testing.T) {
	rules := []Rule{{}, {Threshold: 7}, {HideNought: true}, {Round: 5}, {Round: 3, Threshold: 4}}
	broken, forgetful := 0, 0
	hidden, cells, needed, refused, took := 0, 0, 0, 0, [2]time.Duration{}
	for seed := range uint64(100) {
		m, rule := newMaker(seed), rules[seed%uint64(len(rules))]
		var kept, seen, bare, alone []Release
		for edition := range 2 + int(seed%3) {
			if edition > 0 {
				m.revise()
			}
			begun := time.Now()
			r, err := Protect(m.release(), rule, kept...)
			if fault.Is(err, fault.Refused) {
				refused++
				if dark := hideAll(m.release(), rule, kept); len(sure(Attack(append(slices.Clone(seen), dark.Public())...), rule, append(slices.Clone(kept), dark))) == 0 {
					t.Errorf("seed %d, edition %d: it could be protected, and was refused: %v", seed, edition, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("seed %d, edition %d: %v", seed, edition, err)
			}
			took[0] += time.Since(begun)
			kept, seen = append(kept, r), append(seen, r.Public())
			for _, c := range r.Cells {
				cells++
				if c.Hidden {
					hidden++
				}
				if rule.Small(c.Value) {
					needed++
				}
			}
			bare = append(bare, onlySmall(r))
			if one, err := Protect(m.release(), rule); err == nil {
				for i := range one.Cells {
					one.Cells[i].Revision = r.Cells[i].Revision
				}
				alone = append(alone, one.Public())
			}
		}
		begun := time.Now()
		for _, e := range sure(Attack(seen...), rule, kept) {
			t.Errorf("seed %d: %+v, which is %d", seed, e, kept[e.Release].ByID()[e.Cell].Value)
		}
		took[1] += time.Since(begun)
		if len(sure(Attack(bare...), rule, kept)) > 0 {
			broken++
		}
		if len(alone) == len(kept) && len(sure(Attack(alone...), rule, kept)) > 0 {
			forgetful++
		}
	}
	if broken < 80 { // the attacker is able: the same tables with nothing hidden but small cells
		t.Errorf("the attacker breaks only %d of 100 tables that are not protected", broken)
	}
	if forgetful < 30 { // and with each edition protected as if it were the first
		t.Errorf("the attacker breaks only %d of 100 tables by their editions", forgetful)
	}
	t.Logf("%d of %d cells small, %d hidden; %d editions refused; protect %s, attack %s; %d broken without protection, %d without history", needed, cells, hidden, refused, took[0], took[1], broken, forgetful)
}

// sure are the exposures of cells that are small in truth.
func sure(found []Exposure, rule Rule, kept []Release) []Exposure {
	return slices.DeleteFunc(found, func(e Exposure) bool {
		r := kept[e.Release]
		return !e.Sure && !rule.Small(r.ByID()[e.Cell].Value) || slices.Contains(r.Given, e.Cell)
	})
}

// hideAll is a release that shows nothing but what must not be hidden.
func hideAll(r Release, rule Rule, earlier []Release) Release {
	r.Rule = rule
	revise(&r, earlier)
	for i := range r.Cells {
		c := &r.Cells[i]
		c.Hidden = !c.Keep && (c.Value > 0 || rule.HideNought)
	}
	for i := range r.Ratios {
		r.Ratios[i].Hidden = true
	}
	return r
}

// onlySmall is a release with nothing hidden but small cells, as seen by anybody.
func onlySmall(r Release) Release {
	r = r.clone()
	for i := range r.Cells {
		c := &r.Cells[i]
		c.Hidden = r.Rule.Small(c.Value) && !c.Keep
		c.Shown = r.Rule.rounded(c.Value, c.Keep)
	}
	r.divide()
	return r.Public()
}
