package scorecard

import (
	"math"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/measure"
)

var whyNot = map[measure.State]string{
	measure.NotAsked: "nobody asked", measure.NoReply: "no reply", measure.DontKnow: "it answered that it does not know",
	measure.NotHeld: "information not held", measure.Refused: "refused", measure.NotProvided: "it answered, but not this",
	measure.NoDenominator: "no estimate to divide by", measure.Suppressed: "suppressed",
}

// notKnown says why something is not known: "Not known: no reply."
func notKnown(state measure.State, open civil.Date) string {
	why := whyNot[state]
	if why == "" {
		why = whyNot[measure.NotAsked]
	}
	if open != civil.None {
		why += " yet, due by " + open.Words()
	}
	return "Not known: " + why + "."
}

// whole writes a number with commas: 1,234.
func whole(n float64) string {
	s := strconv.FormatFloat(math.Round(math.Abs(n)), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if n < 0 && s != "0" {
		s = "-" + s
	}
	return s
}

// tenth writes a number with one decimal.
func tenth(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }

// many writes a number with what it counts.
func many(n float64, one, more string) string {
	if math.Round(n) == 1 {
		return "1 " + one
	}
	return whole(n) + " " + more
}

func kits(n float64) string { return many(n, "kit", "kits") }

// sentences joins what there is.
func sentences(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, " ")
}

// listed is "a, b and c".
func listed(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

func number[N int | float64](n N) *float64 {
	f := float64(n)
	return &f
}

// lower and upper change the first letter.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
