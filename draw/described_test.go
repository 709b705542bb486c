package draw_test

import (
	"html"
	"strings"
	"testing"

	"everykit/draw"
)

func TestDescribedIsWhatIsDrawn(t *testing.T) {
	c := draw.Chart{ID: "c", Title: "T", Unit: "kits", Labels: []string{"Q1", "Q2"}, Series: []draw.Series{{Name: "A", Values: []float64{3, 1204}}}}
	if words := c.Described(); words == "" || !strings.Contains(words, "1,204 kits") || !strings.Contains(draw.Columns(c), html.EscapeString(words)) {
		t.Errorf("a chart is drawn with other words than %q", words)
	}
	c.Desc = "As told."
	if got := c.Described(); got != "As told." {
		t.Errorf("%q in place of the words that were given", got)
	}
	f := draw.FunnelChart{ID: "f", Title: "T", Unit: "per 100", Average: 10, Points: []draw.FunnelPoint{{Name: "Fife", Size: 100, Value: 12}}, Band: []draw.FunnelBand{{Size: 100, Low: 5, High: 15, LowOuter: 2, HighOuter: 20}}}
	if words := f.Described(); words == "" || !strings.Contains(draw.Funnel(f), html.EscapeString(words)) {
		t.Errorf("a funnel is drawn with other words than %q", words)
	}
}
