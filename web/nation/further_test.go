package nation

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"everykit/measure"
	"everykit/staff"
	"everykit/web/browser"
)

// TestEveryMeasureCanBeChosen follows the links from the page: each measure is at most two links away, and none of the two
// rows of links is longer than a phone can show.
func TestEveryMeasureCanBeChosen(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	links := regexp.MustCompile(`class="ek-pills__link" href="/nation\?measure=([a-z_]+)`)
	found := map[string]bool{}
	status, front := w.Get(site + "/nation")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	for _, first := range links.FindAllStringSubmatch(front, -1) {
		_, body := w.Get(site + "/nation?measure=" + first[1])
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			found[m[1]] = true
		}
	}
	for _, k := range measure.Keys() {
		if !found[string(k)] {
			t.Errorf("no link leads to %s", k)
		}
	}
	for _, f := range families {
		if len(f.members) > 5 || len(families) > 5 {
			t.Errorf("%s has %d measures in a row", f.name, len(f.members))
		}
	}
}

func TestFunnel(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	for key, has := range map[measure.Key]bool{measure.Coverage: true, measure.KitsPerDeath: true, measure.CoverageTreatment: true, measure.Dispensed: false, measure.Reach: false} {
		_, body := w.Get(site + "/nation?period=2025-26&measure=" + string(key))
		if strings.Contains(body, `id="funnel"`) != has {
			t.Errorf("%s: a funnel is there: %v", key, !has)
		}
		if !has {
			continue
		}
		for _, must := range []string{"How far each authority is from the average", "Far above the average", "Far below the average", "Authorities and what chance would leave", "a reason to ask", "as chance would have it"} {
			if !strings.Contains(body, must) {
				t.Errorf("%s: the funnel lacks %q", key, must)
			}
		}
		if strings.Contains(body, "NaN") || strings.Contains(body, "Inf") {
			t.Errorf("%s: a number is none", key)
		}
	}
	// Where nothing is known there is nothing to draw.
	if _, body := w.Get(site + "/nation?period=2023-24&measure=coverage"); strings.Contains(body, `id="funnel"`) {
		t.Error("a funnel of nothing")
	}
}

// TestBothDenominators: who looks at a coverage sees the same kits over the other number of people too.
func TestBothDenominators(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	_, body := w.Get(site + "/nation?period=2025-26")
	if text := words(body); !strings.Contains(text, "Coverage of people in treatment, pooled ratio") || !strings.Contains(body, `href="/nation?measure=coverage_treatment`) {
		t.Errorf("the other denominator is not there: %.300s", text)
	}
	_, body = w.Get(site + "/nation?period=2025-26&measure=live_coverage")
	if text := words(body); !strings.Contains(text, "at most") || !strings.Contains(text, "if a kit lasts 15.5 months on average") {
		t.Error("live coverage does not say that it is at most, or what is likely")
	}
}

// TestAreasOfThenAndOfToday: the page says for which authorities it is, and leads to the others where they have changed.
func TestAreasOfThenAndOfToday(t *testing.T) {
	w := country(t)
	w.Take("returns", "area,period,measure,value,source\nE10000023,2022/23,dispensed,77,letter\n")
	site := w.Site(staff.National, england, Routes)
	_, body := w.Get(site + "/nation?measure=dispensed&period=2022-23")
	if !strings.Contains(body, "Authorities as they stood on 31 March 2023.") || !strings.Contains(body, "areas=today") || rows(t, body)["Cumbria"] == "" {
		t.Error("the page of 2022/23 is not for the authorities of then")
	}
	_, body = w.Get(site + "/nation?measure=dispensed&period=2022-23&areas=today")
	said := rows(t, body)
	if !strings.Contains(body, "Authorities as they stand today.") || said["Cumberland"] == "" || said["Cumbria"] != "" || said["North Yorkshire"] != "77" {
		t.Errorf("with today's authorities: Cumberland %q, Cumbria %q, North Yorkshire %q", said["Cumberland"], said["Cumbria"], said["North Yorkshire"])
	}
	if _, body = w.Get(site + "/nation?measure=dispensed&period=2025-26"); strings.Contains(body, "areas=today") {
		t.Error("a page whose authorities are those of today offers others")
	}
}

// TestFurtherPagesForEverybody runs axe on the pages with a funnel, an interval and a state, at both widths.
func TestFurtherPagesForEverybody(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	b := browser.Start(t)
	for _, key := range []measure.Key{measure.KitsPerDeath, measure.LiveCoverage, measure.Requirements} {
		b.Check(site+"/nation?period=2025-26&measure="+string(key), http.StatusOK)
	}
}
