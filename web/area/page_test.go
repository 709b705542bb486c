package area

import (
	"encoding/csv"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"everykit/measure"
	"everykit/staff"
	"everykit/web/browser"
	"everykit/web/figures/figurestest"
)

const own = "/areas/" + barking

var tags = regexp.MustCompile(`<[^>]*>`)

// readable is the words of a page.
func readable(body string) string {
	return html.UnescapeString(strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " "))
}

// must reads a page that has to be there.
func must(t *testing.T, w *figurestest.World, url string) string {
	t.Helper()
	status, body := w.Get(url)
	if status != http.StatusOK {
		t.Fatalf("%s answers %d: %.300s", url, status, readable(body))
	}
	return body
}

// file reads a file that has to be there, its head first.
func file(t *testing.T, w *figurestest.World, url string) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(must(t, w, url))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func holds(t *testing.T, where, text string, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("%s lacks %q", where, s)
		}
	}
}

// TestCoordinatorSeesTheAuthority looks for each part of the page with its words.
func TestCoordinatorSeesTheAuthority(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	text := readable(must(t, w, site+own))
	holds(t, "the page", text, "Dispensed, 2026/27 so far", "Purchased, 2026/27 so far", "Coverage, 2026/27 so far", "for 1,210 people who use opiates",
		"Divided by", "1,210 (980 to 1,490) people who use opiates", "1 September 2025", "made up for a test", "Prison: not in it",
		"Last whole quarter, July to September 2026", "On hand", "6 expired", "With people, at most", "expiring in 90 days",
		"1 outlet has no usable kit", "6 kits on shelves past their date", "has made no entry since 1 October 2026",
		"Harbour Lane drug service", "Turned away, 2026/27 so far", "No stock", "A requirement was not met", "An assessment", "Not known: nobody has said")
	body := must(t, w, site+own)
	for _, href := range []string{`href="/definitions#coverage"`, `href="/definitions#dispensed"`, `href="/definitions#purchased"`, `href="/definitions#onhand"`, `href="/definitions#expiring"`} {
		holds(t, "the page", body, href)
	}
	o, _ := w.Snap().OutletByCode("BD-1")
	holds(t, "the page", body, `href="/outlets/`+itoa(o.ID)+`"`)
	for _, never := range []string{"Barnet", "style=", "onclick="} {
		if strings.Contains(body, never) {
			t.Errorf("the page has %q", never)
		}
	}
}

// TestAnalystSeesTotalsOnly asks that an analyst gets no way to an outlet, and no count of people at one.
func TestAnalystSeesTotalsOnly(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Analyst, england, Routes)
	body := must(t, w, site+own)
	holds(t, "the analyst's page", readable(body), "Harbour Lane drug service", "Given out (kits)", "England")
	for _, never := range []string{`href="/outlets/`, "Turned away (people)"} {
		if strings.Contains(body, never) {
			t.Errorf("the analyst's page has %q", never)
		}
	}
	if file := must(t, w, site+own+"/in-and-out.csv"); strings.Contains(file, "turned_away") {
		t.Errorf("the analyst's file has people turned away at each outlet:\n%s", file)
	}
	if months := must(t, w, site+own+"/months"); strings.Contains(months, `href="/outlets/`) {
		t.Error("the analyst's months lead to outlets")
	}
}

// TestFilesSayWhatThePageSays reads every file and compares what can be compared with the page.
func TestFilesSayWhatThePageSays(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	page := must(t, w, site+own)
	files := map[string][][]string{}
	for _, m := range regexp.MustCompile(`href="(/areas/[^"]*\.csv[^"]*)"`).FindAllStringSubmatch(page, -1) {
		records := file(t, w, site+html.UnescapeString(m[1]))
		name, _, _ := strings.Cut(strings.TrimPrefix(m[1], own+"/"), ".csv")
		files[name] = records
	}
	for name, rows := range map[string]int{"figures": len(measure.Keys()), "supplies": 8, "requirements-by-outlet": 7, "outlets": 8, "in-and-out": 8, "by-month": 19, "channels": 3, "expiring": 0, "turned-away": 2, "requirements": 5} {
		if got := len(files[name]) - 1; rows > 0 && got != rows || got < 1 {
			t.Errorf("%s.csv has %d rows, want %d: %v", name, got, rows, files[name])
		}
	}
	given := 0
	for _, r := range files["in-and-out"][1:] {
		if r[0] == "BD-4" && (r[3] != "" || r[8] != "7") {
			t.Errorf("an outlet that never said a word has numbers: %v", r)
		}
		given += atoi(t, r[3])
	}
	if want := files["figures"][2][5]; itoa(given) != want {
		t.Errorf("the outlets gave out %d kits, the authority %s", given, want)
	}
	holds(t, "the page", readable(page), "All outlets "+number(given))
}

// TestMonthsKeepSilenceApart reads the file of outlets and months: silent, nought and counted months are three things.
func TestMonthsKeepSilenceApart(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	records := file(t, w, site+own+"/months.csv?period=2026-27")
	got := map[string]string{}
	for _, r := range records[1:] {
		got[r[0]+" "+r[2]] = r[3] + " " + r[4]
	}
	for cell, want := range map[string]string{
		"BD-2 2026-05": "zero 0", "BD-3 2026-08": "no_reply ", "BD-4 2026-04": "no_reply ", "BD-3 2026-10": "zero 0",
	} {
		if got[cell] != want {
			t.Errorf("%s is %q, want %q", cell, got[cell], want)
		}
	}
	if _, there := got["BD-1 2026-12"]; there {
		t.Error("the file has a month that is still to come")
	}
	body := must(t, w, site+own+"/months")
	holds(t, "the page", readable(body), "silent", "All outlets", "it is not nought", "Kits given out by outlet and month")
}

// TestBeforeItBegan asks for a year before the first entry: nothing is known of it, and that is not nought.
func TestBeforeItBegan(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	records := file(t, w, site+own+"/in-and-out.csv?period=2023-24")
	for _, r := range records[1:] {
		if strings.Join(r[3:8], "") != "" || r[8] != "12" {
			t.Errorf("a number from before the first entry: %v", r)
		}
	}
	if text := readable(must(t, w, site+own+"?period=2023-24")); strings.Contains(text, "All outlets 0") {
		t.Error("the sum of what is not known is 0")
	}
}

// TestNothingIsKnown is an authority without outlets: words, and no 0 anywhere among its figures.
func TestNothingIsKnown(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.National, england, Routes)
	text := readable(must(t, w, site+"/areas/E09000005"))
	holds(t, "the page", text, "not asked", "This authority has no outlets here yet", "There is nothing to draw")
	if strings.Contains(text, " 0 kits") {
		t.Errorf("unknown is shown as 0: %s", text)
	}
	must(t, w, site+"/areas/E09000005/months")
	if file := must(t, w, site+"/areas/E09000005/figures.csv?period=2025-26"); strings.Contains(file, ",0,") {
		t.Errorf("unknown is 0 in the file:\n%s", file)
	}
}

// TestWhoMaySee asks for the page as others.
func TestWhoMaySee(t *testing.T) {
	w := authority(t)
	for _, c := range []struct {
		role staff.Role
		area string
		path string
		want int
	}{
		{staff.Coordinator, barnet, own, http.StatusForbidden},
		{staff.Coordinator, barnet, own + "/outlets.csv", http.StatusForbidden},
		{staff.Worker, barking, own, http.StatusForbidden},
		{staff.National, "S92000003", own + "/months", http.StatusForbidden},
		{staff.Administrator, "", own, http.StatusOK},
	} {
		site := w.Site(c.role, c.area, Routes)
		if got, _ := w.Get(site + c.path); got != c.want {
			t.Errorf("%s of %s gets %d for %s, want %d", c.role, c.area, got, c.path, c.want)
		}
		if c.role != staff.Administrator {
			continue
		}
		for path, want := range map[string]int{
			"/areas/" + england: http.StatusNotFound, "/areas/X1": http.StatusNotFound, own + "?period=soon": http.StatusUnprocessableEntity,
			own + "?period=2026-27-q2": http.StatusOK, own + "?period=2026-07": http.StatusOK, own + "?period=2031-32": http.StatusUnprocessableEntity,
		} {
			if got, body := w.Get(site + path); got != want {
				t.Errorf("%s answers %d, want %d: %.200s", path, got, want, readable(body))
			}
		}
	}
}

// TestPagesForEverybody runs axe on the pages at both widths, with the script and without, and chooses a period by
// keyboard alone.
func TestPagesForEverybody(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	b := browser.Start(t)
	b.Check(site+own, http.StatusOK)
	b.Check(site+own+"/months", http.StatusOK)
	b.DisableJS()
	b.Open(site + own)
	browserFocus(b)
	b.Press("Down", "Tab")
	b.PressAndWait("Enter")
	if got := b.URL(); !strings.HasSuffix(got, own+"?period=2025-26") {
		t.Errorf("choosing the year before leads to %s", got)
	}
	if text := b.Text("main"); !strings.Contains(text, "Dispensed, 2025/26") {
		t.Errorf("the page of 2025/26 is %.200s", text)
	}
}

// browserFocus walks with Tab to the choice of a period.
func browserFocus(b *browser.Browser) {
	for range 20 {
		if b.Press("Tab"); b.Focused() == "#period" {
			return
		}
	}
}

// BenchmarkArea is the authority's page with all its parts.
func BenchmarkArea(b *testing.B) {
	w := authority(b)
	site := w.Site(staff.Coordinator, barking, Routes)
	for b.Loop() {
		if status, _ := w.Get(site + own); status != http.StatusOK {
			b.Fatal(status)
		}
	}
}
