package draw

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

var quarters = Chart{
	ID: "q", Title: "Kits by quarter", Subtitle: "England", Source: "the ledger", Unit: "kits",
	Labels: []string{"Q1 2016/17", "Q2 2016/17", "Q3 2016/17", "Q4 2016/17"},
	Series: []Series{
		{Name: "Purchased", Values: []float64{1200, 900, 1450, 1100}},
		{Name: "Given out", Values: []float64{800, unknown, 0, 1000}, States: []State{"", Suppressed}},
	},
}

// perSheet halves a count over both sheets of a chart.
func perSheet(t *testing.T, n int) int {
	t.Helper()
	if n%2 != 0 {
		t.Fatalf("%d marks: the wide and the narrow sheet differ", n)
	}
	return n / 2
}

func TestColumns(t *testing.T) {
	nodes := parse(t, Columns(quarters))
	mustHold(t, nodes, "Kits by quarter", "England", "Source: the ledger", "Purchased", "Given out", "Q1", "2016/17",
		"1,450", "Q3 2016/17, Purchased: 1,450 kits", "Q2 2016/17, Given out: suppressed: a small number", "Q3 2016/17, Given out: 0 kits")
	if got := perSheet(t, count(nodes, "draw-bar")); got != 7 {
		t.Errorf("%d bars, want 7: one for each known value, nought among them, and none for the unknown", got)
	}
	if strings.Contains(texts(nodes), "Given out: NaN") {
		t.Error("NaN is said")
	}
	// One gap in the key, one on each sheet.
	if got := count(nodes, "draw-gap"); got != 3 {
		t.Errorf("%d hatched marks, want 3", got)
	}
	imgs := 0
	for _, n := range nodes {
		if n.attr["role"] == "img" {
			imgs++
			if n.attr["aria-labelledby"] == "" || n.attr["aria-describedby"] == "" {
				t.Error("an image without a name or a description")
			}
		}
	}
	if imgs != 2 {
		t.Errorf("%d images, want a wide and a narrow one", imgs)
	}
}

// TestBarHeights reads the heights back: they must be in proportion to the values.
func TestBarHeights(t *testing.T) {
	c := Chart{ID: "h", Title: "h", Labels: []string{"a", "b", "c"}, Series: []Series{{Values: []float64{100, 50, 0}}}}
	var heights []float64
	for _, n := range parse(t, Columns(c)) {
		if n.has("draw-bar") {
			h, err := strconv.ParseFloat(n.attr["height"], 64)
			if err != nil {
				t.Fatal(err)
			}
			heights = append(heights, h)
		}
	}
	if len(heights) != 6 || math.Abs(heights[0]-2*heights[1]) > 0.2 || heights[2] != 0 {
		t.Errorf("heights %v of 100, 50 and 0", heights)
	}
}

func TestGapsNextToEachOtherAreOne(t *testing.T) {
	c := Chart{ID: "g", Title: "g", Labels: []string{"Apr 2016", "May 2016", "Jun 2016", "Jul 2016"}, Series: []Series{
		{Values: []float64{4, unknown, math.Inf(1), 6}, States: []State{"", NoReply, NoReply}},
	}}
	for name, s := range map[string]string{"columns": Columns(c), "lines": Lines(c)} {
		nodes := parse(t, s)
		mustHold(t, nodes, "May 2016 to Jun 2016: no reply")
		if got := count(nodes, "draw-gap"); got != 3 {
			t.Errorf("%s: %d hatched marks, want one in the key and one on each sheet", name, got)
		}
	}
}

func TestLinesBreakAtWhatIsNotKnown(t *testing.T) {
	c := Chart{ID: "l", Title: "l", Labels: []string{"a", "b", "c", "d", "e"}, Series: []Series{{Values: []float64{5, 4, unknown, 3, 2}}}}
	nodes := parse(t, Lines(c))
	for _, n := range nodes {
		if n.has("draw-line") {
			if moves, steps := strings.Count(n.attr["d"], "M"), strings.Count(n.attr["d"], "L"); moves != 2 || steps != 2 {
				t.Errorf("a line of %d runs and %d steps, want 2 and 2: %s", moves, steps, n.attr["d"])
			}
		}
	}
	if got := perSheet(t, count(nodes, "draw-dot")); got != 4 {
		t.Errorf("%d dots, want 4", got)
	}
	mustHold(t, nodes, "c: not known", "d: 3", "1 not known")
}

func TestLinesPartGapNamesTheSeries(t *testing.T) {
	nodes := parse(t, Lines(quarters))
	mustHold(t, nodes, "Q2 2016/17, Given out: suppressed: a small number")
}

func TestStackedBars(t *testing.T) {
	c := Chart{
		ID: "s", Title: "Who the kits went to", Unit: "kits", Labels: []string{"Drug service", "Pharmacy", "Hostel"},
		Series: []Series{
			{Name: "Person at risk", Values: []float64{1200, 90, 0}},
			{Name: "Family or friend", Values: []float64{300, unknown, 0}, States: []State{"", Refused}},
			{Name: "Worker", Values: []float64{0, 10, 0}},
		},
	}
	nodes := parse(t, StackedBars(c))
	mustHold(t, nodes, "Drug service", "1,500", "Family or friend: refused", "Pharmacy, Person at risk: 90 kits")
	if got := perSheet(t, count(nodes, "draw-bar")); got != 4 {
		t.Errorf("%d pieces, want 4", got)
	}
	for _, n := range nodes {
		if n.text == "100" {
			t.Error("a row of which part is not known has a total")
		}
	}
	c.Shares = true
	nodes = parse(t, StackedBars(c))
	mustHold(t, nodes, "80%", "20%", "Drug service, Person at risk: 1,200 kits (80%)")
	if got := perSheet(t, count(nodes, "draw-bar")); got != 2 {
		t.Errorf("%d pieces, want 2: a row of which part is not known has no shares", got)
	}
	c.Series[0].Values[0] = -5
	if strings.Contains(StackedBars(c), "-5") {
		t.Error("a part below nought is drawn")
	}
	if c.Series[0].Values[0] != -5 {
		t.Error("the caller's values were changed")
	}
}

func TestAtMostEightLabels(t *testing.T) {
	for _, n := range []int{1, 2, 7, 8, 9, 24, 36, 60, 100, 500} {
		c := Chart{ID: "n", Title: "n", Series: []Series{{}}}
		for i := range n {
			c.Labels = append(c.Labels, "m"+strconv.Itoa(i))
			c.Series[0].Values = append(c.Series[0].Values, 5)
		}
		parse(t, Columns(c))
		for _, s := range []sheet{wideSheet, narrowSheet} {
			var m markup
			m.open("g")
			p := s.axes(&m, c, 4)
			m.close("g")
			shown := 0
			for _, node := range parse(t, m.String()) {
				if strings.HasPrefix(node.text, "m") {
					shown++
				}
			}
			if shown < 1 || shown > p.labels {
				t.Errorf("%s: %d labels of %d bars, want 1 to %d", s.name, shown, n, p.labels)
			}
		}
	}
}

func TestMonthLabelsKeepTheirQuarter(t *testing.T) {
	c := Chart{ID: "m", Title: "m", Series: []Series{{}}}
	for i := range 24 {
		month := []string{"Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"}[i%12]
		c.Labels = append(c.Labels, month+" "+strconv.Itoa(2016+(i+3)/12))
		c.Series[0].Values = append(c.Series[0].Values, float64(i))
	}
	var m markup
	m.open("g")
	wideSheet.axes(&m, c, 4)
	m.close("g")
	var said []string
	for _, n := range parse(t, m.String()) {
		if len(n.text) > 2 && n.text[0] > '9' || strings.HasPrefix(n.text, "201") {
			said = append(said, n.text)
		}
	}
	if got, want := strings.Join(said, " "), "Apr 2016 Jul Oct Jan 2017 Apr Jul Oct Jan 2018"; got != want {
		t.Errorf("labels %q, want %q", got, want)
	}
}

func TestTargetIsInView(t *testing.T) {
	c := Chart{ID: "t", Title: "t", Labels: []string{"a"}, Series: []Series{{Values: []float64{6.7}}}, Decimals: 1, Target: 100, TargetWords: "Target: 100"}
	nodes := parse(t, Columns(c))
	mustHold(t, nodes, "Target: 100", "100", "6.7")
	if count(nodes, "draw-target") != 2 {
		t.Error("no line for the target")
	}
}

func TestSpark(t *testing.T) {
	nodes := parse(t, Spark(Trend{Words: "Kits, April to July", Values: []float64{3, unknown, 4, 5}}))
	mustHold(t, nodes, "Kits, April to July")
	if count(nodes, "draw-gap") != 1 || count(nodes, "draw-dot") != 1 {
		t.Error("want one gap and one dot")
	}
	if nodes := parse(t, Spark(Trend{Words: "none"})); count(nodes, "draw-dot") != 0 {
		t.Error("a dot without a value")
	}
}
