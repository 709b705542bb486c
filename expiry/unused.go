package expiry

import (
	"cmp"
	"math"
	"slices"
)

// holding is kits of one lot on one shelf. until is the last day on which they can be given out there, in days after
// today; below nought they never can again.
type holding struct {
	lot   int
	until int
	kits  int
}

// fefo puts holdings in the order in which they are given out: first expiry, first out.
func fefo(hs []holding) {
	slices.SortFunc(hs, func(a, b holding) int { return cmp.Or(cmp.Compare(a.until, b.until), cmp.Compare(a.lot, b.lot)) })
}

// unused gives, for each of the holdings of one product on one shelf, how many of its kits will be left when they can no
// longer be given out. It puts hs in the order of fefo first and answers in that order.
//
// Kits are given out at the rate from tomorrow on, one lot after the other. So by the last day of a lot the lots up to
// it have had rate.by(until) kits taken from them together, or all they had.
func unused(r Rate, hs []holding) []int {
	fefo(hs)
	left := make([]int, len(hs))
	given := 0
	for i, h := range hs {
		n := min(h.kits, max(0, r.by(h.until)-given))
		given += n
		left[i] = h.kits - n
	}
	return left
}

// after gives what will still be on the shelf, and can still be given out, so many days from now.
func after(r Rate, hs []holding, days int) []holding {
	fefo(hs)
	var still []holding
	given := 0
	for _, h := range hs {
		n := min(h.kits, max(0, r.by(min(h.until, days))-given))
		given += n
		if h.kits -= n; h.kits > 0 && h.until > days {
			still = append(still, h)
		}
	}
	return still
}

// room is how many kits, arriving so many days from now and good there until a day, would be used beyond what is on the
// shelf and still good then, in the order of fefo (then: what after gives, and what else comes), without more of anything
// left over.
//
// What is left over in the end is the most by which, on the last day of any lot, the kits due until then exceed those that
// can be given out until then. More kits may come as long as none of these excesses, from their own last day on, grows
// beyond what is left over anyway. So kits that are good for longer never find less room.
func room(r Rate, then []holding, days, until int) int {
	gone := r.by(days)
	if until <= days || r.by(until) == gone {
		return 0
	}
	left, due := 0, 0                 // left over in the end; kits due until the lot looked at
	before, worst := 0, math.MinInt/2 // kits due until the new ones' last day; the worst excess after it
	for _, h := range then {
		due += h.kits
		over := due - max(0, r.by(h.until)-gone)
		left = max(left, over)
		if h.until > until {
			worst = max(worst, over)
		} else {
			before = due
		}
	}
	return max(0, min(left+r.by(until)-gone-before, left-worst))
}
