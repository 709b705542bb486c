package main

import (
	"strings"
	"testing"
)

func TestMedianAndRatio(t *testing.T) {
	if got := (series{9, 1, 5}).median(); got != 5 {
		t.Errorf("median of three: %v", got)
	}
	if got := (series{4, 1, 3, 2}).median(); got != 2.5 {
		t.Errorf("median of four: %v", got)
	}
	// Each round's ratio is 2, 0.5 and 4: the ratio of the medians would be 1.
	if got := (series{2, 10, 40}).ratio(series{1, 20, 10}); got != 2 {
		t.Errorf("ratio: %v", got)
	}
}

func TestTableJudges(t *testing.T) {
	lines := []line{
		{what: "quick", unit: "/s", ours: series{4000}, peerName: "peer", peer: series{1000}, aim: 4},
		{what: "slow", unit: "/s", ours: series{3999}, peerName: "peer", peer: series{1000}, aim: 4},
		{what: "small", unit: "MB", ours: series{300}, aim: 300, most: true},
		{what: "large", unit: "MB", ours: series{301}, aim: 300, most: true},
		{what: "late", unit: "ms", ours: series{21}, peerName: "peer", peer: series{100}, aim: 20, most: true},
		{what: "peer only", unit: "/s", peerName: "peer", peer: series{1234567}, aim: 4},
	}
	var out strings.Builder
	if err := writeTable(&out, lines); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	for i, want := range []string{"4 times: met", "4 times: not met", "at most 300 MB: met", "at most 300 MB: not met", "at most 20 ms: not met", "4 times"} {
		if !strings.HasSuffix(rows[i], "  "+want) {
			t.Errorf("%q does not end in %q", rows[i], want)
		}
	}
	if !strings.Contains(rows[5], " 1,234,567 ") || strings.Contains(rows[5], "met") {
		t.Errorf("a peer alone: %q", rows[5])
	}
}
