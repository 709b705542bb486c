package draw

import (
	"math"
	"strings"
	"testing"
)

func funnel() FunnelChart {
	f := FunnelChart{
		ID: "f", Title: "Coverage & size", Subtitle: "England", Unit: "kits per 100 people", SizeUnit: "people", Decimals: 1, Average: 16, AverageWords: "England: 16.0",
		Points: []FunnelPoint{
			{"Far <above>", 900, 40, 2}, {"Far below", 800, 2, -2}, {"Near", 400, 18, 0}, {"Inner", 500, 21, 1}, {"Unknown", 300, math.NaN(), 0}, {"Nobody", 0, 5, 0},
		},
	}
	for n := 10.0; n <= 1000; n += 50 {
		spread := 60 / math.Sqrt(n)
		f.Band = append(f.Band, FunnelBand{n, 16 - 2*spread, 16 + 2*spread, 16 - 3*spread, 16 + 3*spread})
	}
	return f
}

func TestFunnel(t *testing.T) {
	nodes := parse(t, Funnel(funnel()))
	mustHold(t, nodes, "Coverage & size", "England", "England: 16.0", "Far <above>: 40.0 kits per 100 people, 900 people; above the outer limits",
		"Near: 18.0 kits per 100 people, 400 people", "Inner: 21.0 kits per 100 people, 500 people; above the inner limits", "average",
		"4 places; the average is 16.0. 1 lie above the outer limits and 1 below")
	if got := perSheet(t, count(nodes, "draw-dot")); got != 2 {
		t.Errorf("%d circles, want the 2 within the outer limits", got)
	}
	if got := perSheet(t, count(nodes, "draw-point")); got != 4 {
		t.Errorf("%d points: a value that is not known, or a place of no size, was drawn", got)
	}
	if got := perSheet(t, count(nodes, "draw-line")); got != 4 {
		t.Errorf("%d limits", got)
	}
	names := 0
	for _, n := range nodes {
		if n.text == "Far <above>" || n.text == "Far below" {
			names++
		}
		if strings.Contains(n.attr["d"], "NaN") || strings.Contains(n.attr["d"], "Inf") {
			t.Error("a limit is drawn at no number")
		}
	}
	if names != 4 {
		t.Errorf("%d names beside points, want the two outside on each sheet", names)
	}
}

// TestFunnelOfNothing: no points, one point, no limits.
func TestFunnelOfNothing(t *testing.T) {
	for _, f := range []FunnelChart{{ID: "f"}, {ID: "f", Title: "x", Points: []FunnelPoint{{"A", 1, 0, 0}}}, {ID: "f", Average: 3, Band: []FunnelBand{{1, 0, math.Inf(1), 0, math.Inf(1)}}}} {
		if s := Funnel(f); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Errorf("%s", s)
		}
		parse(t, Funnel(f))
	}
}

// TestFunnelNamesDoNotMeet: of many places outside at one spot only as many are named as there is room for.
func TestFunnelNamesDoNotMeet(t *testing.T) {
	f := funnel()
	for i := range 100 {
		f.Points = append(f.Points, FunnelPoint{"A place with a name " + strings.Repeat("x", i%7), 700 + float64(i%5), 35 + float64(i%3), 2})
	}
	nodes := parse(t, Funnel(f))
	names := 0
	for _, n := range nodes {
		if strings.HasPrefix(n.text, "A place") && !strings.Contains(n.text, ":") {
			names++
		}
	}
	if names > 8 {
		t.Errorf("%d names in one spot", names)
	}
}

// TestFunnelOfOneFarAbove: one place far above all others does not press them to the foot, and its number is said.
func TestFunnelOfOneFarAbove(t *testing.T) {
	f := funnel()
	for i := range 30 {
		f.Points = append(f.Points, FunnelPoint{"Other", 100 + 20*float64(i), 15 + float64(i%4), 0})
	}
	f.Points = append(f.Points, FunnelPoint{"Highest", 30, 4000, 2})
	nodes := parse(t, Funnel(f))
	mustHold(t, nodes, "Highest 4,000.0", "Highest: 4,000.0 kits per 100 people")
	for _, n := range nodes {
		if n.text == "4,000" || n.text == "2,000" {
			t.Errorf("the axis goes to %s", n.text)
		}
	}
}
