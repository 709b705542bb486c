package draw

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func sampleMap() Map {
	m := Map{
		ID: "m", Title: "Coverage", Subtitle: "2017/18", Unit: "kits per 100 people", KeyTitle: "Kits per 100", Desc: "Coverage by authority.",
		Source: "made up", Ranges: Ranges([]float64{10, 20, 50, 100}, 0),
	}
	states := []State{NotAsked, NoReply, DontKnow, NotHeld, Refused, NotProvided, NoDenominator, Suppressed, "", "something_new"}
	for i, c := range Hexes(southEast) {
		h := HexCell{Cell: c, Href: "/areas/" + c.Code}
		switch {
		case i < len(states):
			h.State = states[i]
		case i == len(states):
			h.Class, h.Value, h.State = 2, "12", Partial
		default:
			h.Class, h.Value = i%5+1, "7"
		}
		m.Cells = append(m.Cells, h)
	}
	return m
}

func TestHexMap(t *testing.T) {
	m := sampleMap()
	nodes := parse(t, HexMap(m))
	mustHold(t, nodes, "Coverage", "2017/18", "Kits per 100", "under 10", "10 to 19", "100 and over", "Source: made up",
		"not asked", "no reply", "answered: don’t know; information not held", "not provided; refused", "no denominator",
		"suppressed: a small number", "not known; something new", "part of the period only")
	links, patterns := map[string]string{}, map[string]bool{}
	for i, n := range nodes {
		if n.name == "a" && n.has("draw-cell") {
			if n.attr["aria-label"] != "" || nodes[i+1].name != "title" {
				t.Errorf("%s is not named by its title", n.attr["href"])
			}
			links[n.attr["href"]] = nodes[i+2].text
		}
		if n.name == "pattern" {
			patterns[n.attr["id"]] = true
		}
		if n.attr["role"] == "img" {
			t.Error("a map with links must not be an image: its links would be hidden from assistive technology")
		}
	}
	if len(links) != len(m.Cells) {
		t.Fatalf("%d links for %d places", len(links), len(m.Cells))
	}
	for i, c := range m.Cells {
		want := c.Name + ": 7 kits per 100 people"
		switch {
		case i < 10:
			want = c.Name + ": " + c.State.Words()
		case i == 10:
			want = c.Name + ": 12 kits per 100 people (part of the period only)"
		}
		if got := links["/areas/"+c.Code]; got != want {
			t.Errorf("link of %s is named %q, want %q", c.Code, got, want)
		}
		mustHold(t, nodes, want) // also as a title, for the mouse
	}
	if len(patterns) != 7 {
		t.Errorf("%d patterns, want one for each group of states", len(patterns))
	}
	if got := count(nodes, "draw-hatched"); got != 10+7 {
		t.Errorf("%d hatched hexagons, want 10 on the map and 7 in the key", got)
	}
}

// TestHexMapWithoutNumber: a place without a number has no class colour and no
// figure, whatever stands in Value.
func TestHexMapWithoutNumber(t *testing.T) {
	nodes := parse(t, HexMap(Map{ID: "m", Title: "t", Cells: []HexCell{{Cell: Cell{Code: "a", Name: "Ash"}, Value: "0", State: Suppressed}}}))
	for class := 1; class <= 5; class++ {
		if count(nodes, fmt.Sprintf("draw-c%d", class)) != 0 {
			t.Errorf("a suppressed figure is coloured as class %d", class)
		}
	}
	if count(nodes, "draw-hex-value") != 0 || count(nodes, "draw-skip") != 0 {
		t.Error("a suppressed figure is shown, or a map without links has a link to skip it")
	}
	mustHold(t, nodes, "Ash: suppressed: a small number")
}

func TestHexMapLeavesItsInputAlone(t *testing.T) {
	m := sampleMap()
	before := slices.Clone(m.Cells)
	first := HexMap(m)
	if !slices.Equal(before, m.Cells) {
		t.Error("the caller's cells were changed")
	}
	slices.Reverse(m.Cells)
	if HexMap(m) != first {
		t.Error("another order of the same cells gives other markup")
	}
}

func TestShortLabels(t *testing.T) {
	names := []string{"Hartlepool", "Barking and Dagenham", "North East Lincolnshire", "Harrow", "Haringey", "City of London", "Bristol, City of", "of", "", "Ü"}
	got := shortLabels(names, map[string]bool{})
	if want := []string{"Har", "BaD", "NEL", "Hao", "Hai", "Lon", "Bri", "Of", "", "Ü"}; !slices.Equal(got, want) {
		t.Errorf("labels %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for _, p := range southEast {
		l := shortLabels([]string{p.Name}, seen)[0]
		if n := utf8.RuneCountInString(l); n < 2 || n > 3 {
			t.Errorf("label %q of %s", l, p.Name)
		}
	}
	if len(seen) != len(southEast) {
		t.Errorf("%d labels for %d names", len(seen), len(southEast))
	}
}

// TestStylesheetKnowsTheMarkup: each class the stylesheet names is one that the
// markup has, so that neither drifts from the other.
func TestStylesheetKnowsTheMarkup(t *testing.T) {
	many := Map{ID: "x", Title: "x", Cells: []HexCell{{}, {Cell: Cell{Col: 12}}}}
	most := Map{ID: "y", Title: "y", Cells: []HexCell{{}, {Cell: Cell{Col: 22}}}}
	c := quarters
	c.TargetWords = "Target"
	c.Series = append(slices.Clone(c.Series), c.Series...)
	all := HexMap(sampleMap()) + HexMap(many) + HexMap(most) + Columns(c) + Lines(c) + StackedBars(c) + Spark(Trend{})
	for _, name := range regexp.MustCompile(`\.(draw[a-z0-9-]*)`).FindAllStringSubmatch(CSS, -1) {
		if !regexp.MustCompile(`class="([^"]* )?` + name[1] + `[ "]`).MatchString(all) {
			t.Errorf("the stylesheet has .%s, the markup has not", name[1])
		}
	}
	if strings.Contains(CSS, "url(") || strings.Contains(CSS, "@import") {
		t.Error("the stylesheet refers to something outside")
	}
	for _, want := range []string{"@media print", "forced-colors: active", ":focus"} {
		if !strings.Contains(CSS, want) {
			t.Errorf("the stylesheet has no rule for %s", want)
		}
	}
}
