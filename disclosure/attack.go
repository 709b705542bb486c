package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// Exposure is a hidden cell of which more can be found out than its mark says.
type Exposure struct {
	Release   int    // index of the release that hides it, the first of several
	Cell      string // id
	Low, High int64  // what it can be, both included; High is math.MaxInt64 where there is no end
	Sure      bool   // it is certainly small: of others it is only known that they could be, and then what they are not
	If        string // the id of a cell: found only if that one was revised between two releases and the other hidden ones were not
}

// Pinned reports whether it is known what it is.
func (e Exposure) Pinned() bool { return e.Low == e.High }

// Attack finds out what it can about hidden cells from what releases show, oldest first, taken together. It gives those of which a
// part of 1 to threshold-1 can be ruled out although they can be small, the surest first. It reads nothing that is not published.
//
// Every shown number and every relation is a line or an interval; the bounds of a cell are found by narrowing intervals until
// nothing moves and then by linear programming, with whole numbers at both ends. Cells of one id and revision are one count. Where
// that contradicts itself (releases read from files do not say what was revised) it supposes in turn that just one hidden cell was
// revised, and looks at each release alone.
func Attack(releases ...Release) []Exposure {
	found, ok := attack(releases, nil)
	if !ok {
		found = supposing(releases)
		for k := range releases {
			alone, _ := attack(releases[k:k+1], nil)
			for _, e := range alone {
				e.Release = k
				found = append(found, e)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Exposure) int {
		return cmp.Or(sureFirst(a, b), cmp.Compare(a.Release, b.Release), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.If, b.If))
	})
	return slices.CompactFunc(found, func(a, b Exposure) bool { return a == b })
}

func sureFirst(a, b Exposure) int {
	switch {
	case a.Sure == b.Sure:
		return 0
	case a.Sure:
		return -1
	}
	return 1
}

// mostSuppositions is how many cells are supposed to be the one that was revised.
const mostSuppositions = 300

// supposing attacks under each supposition that one cell, hidden in one of two releases, was revised between them.
func supposing(releases []Release) []Exposure {
	var found []Exposure
	tried := 0
	for k := 1; k < len(releases); k++ {
		before := map[string]Cell{}
		for _, c := range releases[k-1].Cells {
			before[c.ID] = c
		}
		for _, c := range releases[k].Cells {
			b, there := before[c.ID]
			if !there || b.Revision != c.Revision || !b.Hidden && !c.Hidden {
				continue
			}
			if tried++; tried > mostSuppositions {
				return found
			}
			list, ok := attack(releases, &split{k, c.ID})
			for _, e := range list {
				if e.If = c.ID; ok {
					found = append(found, e)
				}
			}
		}
	}
	return found
}

// split says that from one release on a cell is another count than before.
type split struct {
	from int
	id   string
}

// unknown is a count as the attacker knows it.
type unknown struct {
	id        string
	release   int // the first that hides it
	hidden    bool
	rule      Rule
	low, high float64 // high may be infinite
}

// linear is sum of coef x unknown = constant.
type linear struct {
	of       map[int]float64
	constant float64
}

// attack is one attack; ok is false where what is shown contradicts itself.
func attack(releases []Release, apart *split) ([]Exposure, bool) {
	var all []*unknown
	var rows []*linear
	index := map[revision]int{}
	for k, r := range releases {
		at := map[string]int{}
		for _, c := range r.Cells {
			key := revision{c.ID, c.Revision}
			if apart != nil && apart.id == c.ID && k >= apart.from {
				key.number = -1 - c.Revision
			}
			i, there := index[key]
			if !there {
				i = len(all)
				index[key] = i
				all = append(all, &unknown{id: c.ID, high: math.Inf(1)})
			}
			at[c.ID] = i
			all[i].see(k, r.Rule, c)
		}
		for _, s := range r.Sums {
			row := &linear{of: map[int]float64{}}
			row.of[at[s.Total]]--
			for _, p := range s.Parts {
				row.of[at[p]]++
			}
			rows = append(rows, row)
		}
		rows = readRatios(r, at, &all, rows)
	}
	if !narrow(all, rows) {
		return nil, false
	}
	var found []Exposure
	for _, p := range parts(all, rows) {
		list, ok := p.bound()
		if !ok {
			return nil, false
		}
		found = append(found, list...)
	}
	return found, true
}

// see takes in what one release shows of a count.
func (u *unknown) see(k int, rule Rule, c Cell) {
	if c.Hidden {
		if !u.hidden {
			u.hidden, u.release, u.rule = true, k, rule
		}
		return
	}
	low, high := float64(c.Shown), float64(c.Shown)
	if b := float64(rule.Round); rule.Round > 1 && !c.Keep {
		// Half up: the count lies in [shown - b/2, shown + b/2). A small one would have been hidden.
		low, high = math.Ceil(low-b/2), math.Ceil(high+b/2)-1
		small := float64(rule.threshold())
		if high >= small && (low >= 1 || rule.HideNought || c.Shown > 0) {
			low = math.Max(low, small)
		}
		if high < small && !rule.HideNought && c.Shown == 0 {
			high = 0
		}
	}
	u.low, u.high = math.Max(u.low, math.Max(low, 0)), math.Min(u.high, high)
}

// readRatios takes in what shown ratios say: an interval where the denominator is known, else a line with slack.
func readRatios(r Release, at map[string]int, all *[]*unknown, rows []*linear) []*linear {
	cells := r.ByID()
	for _, q := range r.Ratios {
		of, by := cells[q.Of], cells[q.By]
		if q.Hidden {
			continue
		}
		half := math.Pow10(-q.Decimals) / 2 / q.per()
		value := q.Shown / q.per()
		under := q.Over
		if q.By != "" {
			under = float64(by.Shown)
		}
		if !of.Hidden && !by.Hidden && math.Abs(float64(of.Shown)/under-value) <= half*1.000001 {
			continue // made from what is shown: nothing new
		}
		if q.By == "" || !by.Hidden && (r.Rule.Round < 2 || by.Keep) {
			u := (*all)[at[q.Of]]
			u.low = math.Max(u.low, math.Ceil((value-half)*under-1e-9))
			u.high = math.Min(u.high, math.Floor((value+half)*under+1e-9))
			continue
		}
		// (value - half) by <= of <= (value + half) by, each with a slack that is nought or more.
		for _, side := range []float64{-1, 1} {
			slack := len(*all)
			*all = append(*all, &unknown{high: math.Inf(1)})
			rows = append(rows, &linear{of: map[int]float64{at[q.Of]: side, slack: 1, at[q.By]: -side * (value + side*half)}})
		}
	}
	return rows
}
