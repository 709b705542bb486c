package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// series is one figure, once a round.
type series []float64

// median of no rounds is 0.
func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// ratio is the median of the rounds' ratios: what else ran in a round fell on both.
func (s series) ratio(peer series) float64 {
	var each series
	for i := range min(len(s), len(peer)) {
		if peer[i] > 0 {
			each = append(each, s[i]/peer[i])
		}
	}
	return each.median()
}

// line is one line of the table: ours, the peer's where there is one, and how good it must be.
type line struct {
	what     string
	unit     string
	ours     series
	peerName string
	peer     series
	aim      float64 // of the ratio where there is a peer and most is not set, else of our figure; 0: none
	most     bool    // aim is the most our figure may be
}

func (l line) cells() []string {
	ours, peer, ratio, aim := "-", "", "", ""
	if len(l.ours) > 0 {
		ours = amount(l.ours.median())
	}
	if l.peerName != "" {
		peer = amount(l.peer.median())
	}
	judged := l.ours.median()
	if l.peerName != "" && len(l.ours) > 0 && len(l.peer) > 0 {
		ratio = fmt.Sprintf("%.2f", l.ours.ratio(l.peer))
		if !l.most {
			judged = l.ours.ratio(l.peer)
		}
	}
	switch {
	case l.aim == 0:
	case l.most:
		aim = fmt.Sprintf("at most %g %s", l.aim, l.unit)
	default:
		aim = fmt.Sprintf("%g times", l.aim)
	}
	met := judged >= l.aim
	if l.most {
		met = judged <= l.aim
	}
	switch {
	case aim == "" || len(l.ours) == 0:
	case met:
		aim += ": met"
	default:
		aim += ": not met"
	}
	return []string{l.what, l.unit, ours, peer, l.peerName, ratio, aim}
}

// amount writes a number with as many digits as mean something.
func amount(f float64) string {
	if f < 100 {
		return fmt.Sprintf("%.1f", f)
	}
	digits := fmt.Sprintf("%.0f", f)
	var parts []string
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, ",")
}

// writeTable prints the table.
func writeTable(out io.Writer, lines []line) error {
	var text strings.Builder
	t := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tunit\tEverykit\tpeer\tpeer is\tratio\taim")
	for _, l := range lines {
		fmt.Fprintln(t, strings.Join(l.cells(), "\t"))
	}
	t.Flush()
	for row := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(out, strings.TrimRight(row, " \n")); err != nil {
			return err
		}
	}
	return nil
}
