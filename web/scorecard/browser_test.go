package scorecard_test

import (
	"strings"
	"testing"

	"everykit/web/webtest"
)

// everything gives the addresses of the pages by who looks at them.
func everything() map[string]map[string]string {
	return map[string]map[string]string{
		webtest.Coordinator: {"card": barking + "/scorecard", "card-running": barking + "/scorecard?period=2026-27"},
		webtest.National: {
			"card-nation": barking + "/scorecard", "card-silent": "/areas/E08000025/scorecard", "nation": england + "/scorecard", "nation-narrow": england + "/scorecard?region=E12000007&order=2&verdict=not_known&recommendation=2",
			"nation-none": england + "/scorecard?region=E12000007&recommendation=1&verdict=partly",
			"gaps":        england + "/gaps", "plan": england + "/plan", "plan-deaths": england + "/plan?by=deaths",
		},
		webtest.Analyst: {"nation-analyst": england + "/scorecard"},
	}
}

// TestPagesAreUsableByAll opens every page of the folder at both widths, with and without the script.
func TestPagesAreUsableByAll(t *testing.T) {
	w := country(t)
	for who, list := range everything() {
		b := w.Browse(who)
		for _, path := range list {
			b.Check(w.URL+path, 200)
		}
		if who == webtest.National {
			b.Check(w.URL+england+"/gaps?target=elf", 422)
		}
	}
}

// TestWithoutScript narrows the table, reads a sheet and comes to the form to plan an action, with scripts off and on a phone.
func TestWithoutScript(t *testing.T) {
	w := country(t)
	b := w.Browse(webtest.National)
	b.DisableJS()
	b.SetWidth(320)
	b.Open(w.URL + england + "/scorecard")
	b.Set("#region", "E12000007")
	b.Set("#order", "met")
	b.Follow("main form button")
	if rows := b.Count("#authorities ~ .ek-scroll tbody tr"); rows != 33 {
		t.Fatalf("%d authorities of London", rows)
	}
	b.Follow(`main a[href^="` + barking + `/scorecard"]`)
	b.Follow(`main a[href^="` + barking + `/support?gap="]`)
	if got := b.Text("#ask"); !strings.Contains(got, "Plan an action") {
		t.Errorf("the link leads to %q", got)
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := country(t)
	for who, list := range everything() {
		w.Pictures(w.Browse(who), dir, list)
	}
}
