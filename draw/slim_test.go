package draw_test

import (
	"strings"
	"testing"

	"everykit/draw"
)

func TestSlim(t *testing.T) {
	c := draw.Chart{ID: "c", Title: "All of it", Unit: "kits", Labels: []string{"Q1", "Q2"}, Series: []draw.Series{{Name: "A", Values: []float64{3, 12}}}}
	full := draw.Columns(c)
	slim := draw.Slim(full)
	if n := strings.Count(full, "<title>Q2: 12 kits</title>"); n != 2 {
		t.Fatalf("a value is named %d times in two drawings", n)
	}
	if n := strings.Count(slim, "<title>Q2: 12 kits</title>"); n != 1 {
		t.Errorf("a value is named %d times, and not in the wide drawing alone", n)
	}
	wide, narrow, _ := strings.Cut(slim, `draw-narrow"`)
	if !strings.Contains(wide, "<title>Q1: 3 kits</title>") || strings.Contains(narrow, "<title>Q") {
		t.Error("the names were taken from the wrong drawing")
	}
	for _, keep := range []string{`<title id="c-narrow-t">All of it</title>`, `<title id="c-wide-t">All of it</title>`, `id="c-narrow-d"`} {
		if !strings.Contains(slim, keep) {
			t.Errorf("%s is lost", keep)
		}
	}
	if strings.Count(slim, "<rect") != strings.Count(full, "<rect") || strings.Count(slim, "<svg") != 2 {
		t.Error("something is lost that is drawn")
	}
	if draw.Slim(slim) != slim {
		t.Error("to slim again changes something")
	}
}

func TestSlimDiamonds(t *testing.T) {
	f := draw.FunnelChart{
		ID: "f", Title: "T", Unit: "per 100", SizeUnit: "people", Average: 10, Points: []draw.FunnelPoint{{Name: "Fife", Size: 100, Value: 30, Out: 2}, {Name: "Moray", Size: 60, Value: 1, Out: -2}},
		Band: []draw.FunnelBand{{Size: 10, Low: 1, High: 25, LowOuter: 0, HighOuter: 40}, {Size: 110, Low: 5, High: 15, LowOuter: 2, HighOuter: 20}},
	}
	full := draw.Funnel(f)
	slim := draw.Slim(full)
	if n := strings.Count(slim, "l6 6l-6 6l-6 -6Z"); n != 5 { // two in each drawing, and the key's
		t.Errorf("%d diamonds are written in steps\n%s", n, slim)
	}
	if len(slim) >= len(full) {
		t.Errorf("%d bytes became %d", len(full), len(slim))
	}
	const other = `<path d="M0 0L6 1L3 9L1 4Z"/>`
	if got := draw.Slim(other); got != other {
		t.Errorf("another shape of four corners became %s", got)
	}
}
