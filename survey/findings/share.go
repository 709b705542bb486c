package findings

import (
	"fmt"
	"math"
	"strings"
)

// share is so many of so many.
type share struct{ n, of int }

// fewest is the base from which a share is put in rounded words and a percentage. Below it a single answer moves the share
// by more than five points, and the plain numbers say it best.
const fewest = 20

// within is how far, as a part of the whole, a share may lie from the fraction that it is "nearly" or "just over".
const within = 0.02

// fraction is a share that has a word.
type fraction struct {
	over, under int // over / under: 1/3
	words       string
}

func (f fraction) value() float64 { return float64(f.over) / float64(f.under) }

// fractions are those words, from the least. Where a share lies between two of them and near neither, it is "over" the
// lower one.
var fractions = []fraction{
	{1, 10, "1 in 10"},
	{3, 20, "15%"},
	{1, 5, "1 in 5"},
	{1, 4, "a quarter"},
	{3, 10, "30%"},
	{1, 3, "a third"},
	{2, 5, "40%"},
	{1, 2, "half"},
	{3, 5, "60%"},
	{2, 3, "two thirds"},
	{7, 10, "70%"},
	{3, 4, "three quarters"},
	{4, 5, "80%"},
	{9, 10, "90%"},
}

// rounded puts a share of a base of at least fewest in words: "exactly a third" where it is just that, "nearly a third"
// from two points below, "just over a third" to two points above; between two words the lower one, "over 40%". None, all
// and the ends are told as what they are: "nearly all" from two points below, "fewer than 1 in 10".
func (s share) rounded() string {
	p := float64(s.n) / float64(s.of)
	switch {
	case s.n == 0:
		return "none"
	case s.n == s.of:
		return "all"
	case p >= 1-within-slack:
		return "nearly all"
	}
	best, distance, below := fraction{}, math.Inf(1), ""
	for _, f := range fractions {
		if s.n*f.under == f.over*s.of {
			return "exactly " + f.words
		}
		if d := math.Abs(p - f.value()); d < distance-slack {
			best, distance = f, d
		}
		if f.value() < p {
			below = f.words
		}
	}
	switch {
	case distance <= within+slack && p < best.value():
		return "nearly " + best.words
	case distance <= within+slack:
		return "just over " + best.words
	case below == "":
		return "fewer than 1 in 10"
	}
	return "over " + below
}

// slack is for what floats lose.
const slack = 1e-9

// percent writes it whole. What is not nought is never 0%, what is not all never 100%.
func (s share) percent() string {
	whole := int(math.Round(100 * float64(s.n) / float64(s.of)))
	switch {
	case s.n > 0 && whole == 0:
		return "under 1%"
	case s.n < s.of && whole == 100:
		return "over 99%"
	}
	return fmt.Sprintf("%d%%", whole)
}

// short is the share for a table: "45 of 138 (33%)".
func (s share) short() string {
	switch {
	case s.of == 0:
		return "nobody answered"
	case s.of < fewest:
		return count(s.n) + " of " + count(s.of)
	}
	return fmt.Sprintf("%s of %s (%s)", count(s.n), count(s.of), s.percent())
}

// noun is what a share is of, for one and for many: "authority that answered", "authorities that answered".
type noun struct{ one, many string }

// lead begins a sentence: "Nearly a third (45 of 138, 33%) of the authorities that answered", "3 of the 12 authorities
// that answered", "None of the 138 authorities ...", "All 138 authorities ...". alone reports whether a verb after it is of
// one.
func (s share) lead(of noun) (begin string, alone bool) {
	switch {
	case s.of == 1:
		return fmt.Sprintf("%d of 1 %s", s.n, of.one), true
	case s.n == 0:
		return fmt.Sprintf("None of the %s %s", count(s.of), of.many), false
	case s.n == s.of:
		return fmt.Sprintf("All %s %s", count(s.of), of.many), false
	case s.of < fewest:
		return fmt.Sprintf("%d of the %d %s", s.n, s.of, of.many), s.n == 1
	}
	words, percent := s.rounded(), ", "+s.percent()
	if strings.HasPrefix(words, "exactly ") {
		percent = ""
	}
	return fmt.Sprintf("%s (%s of %s%s) of the %s", capital(words), count(s.n), count(s.of), percent, of.many), false
}
