package nation

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
)

const england = "E92000001"

// TestMapAndTableSayTheSame reads every hexagon and every row of the page, and the file, and compares them.
func TestMapAndTableSayTheSame(t *testing.T) {
	w := country(t)
	site := w.Site(staff.Analyst, england, Routes)
	for _, measure := range measure.Keys() {
		measure := string(measure)
		status, body := w.Get(site + "/nation?measure=" + measure)
		if status != http.StatusOK {
			t.Fatalf("%s answers %d: %s", measure, status, body)
		}
		onMap, inTable, inFile := hexes(body), rows(t, body), fileValues(t, w.Get, site, body)
		if len(inTable) < 150 || len(onMap) != len(inTable) || len(inFile) != len(inTable) {
			t.Fatalf("%s: %d hexagons, %d rows, %d in the file", measure, len(onMap), len(inTable), len(inFile))
		}
		for name, value := range inTable {
			if onMap[name] != value {
				t.Errorf("%s of %s: %q on the map, %q in the table", measure, name, onMap[name], value)
			}
			if known := strings.ContainsAny(value, "0123456789"); known != (inFile[name] != "") {
				t.Errorf("%s of %s: %q on the page, %q in the file", measure, name, value, inFile[name])
			}
		}
	}
}

var (
	hexPattern  = regexp.MustCompile(`class="draw-cell"[^>]*><title>([^<]*)</title>`)
	rowPattern  = regexp.MustCompile(`(?s)<th scope="row"[^>]*>(.*?)</th><td[^>]*>(.*?)</td>`)
	tagPattern  = regexp.MustCompile(`<[^>]*>`)
	subPattern  = regexp.MustCompile(`(?s)<span class="ek-sub">.*?</span>`)
	filePattern = regexp.MustCompile(`href="(/nation/[A-Z0-9]+/figures\.csv[^"]*)"`)
	numberFirst = regexp.MustCompile(`^[0-9][0-9,.]*`)
)

// hexes is what the map says of each authority: the number, or that there is none.
func hexes(body string) map[string]string {
	said := map[string]string{}
	for _, m := range hexPattern.FindAllStringSubmatch(body, -1) {
		name, value, _ := strings.Cut(html.UnescapeString(m[1]), ": ")
		said[name] = number(value)
	}
	return said
}

func number(s string) string {
	if n := numberFirst.FindString(s); n != "" {
		return n
	}
	return "none"
}

func rows(t *testing.T, body string) map[string]string {
	t.Helper()
	_, body, found := strings.Cut(body, `id="authorities"`)
	if !found {
		t.Fatal("there is no table of authorities")
	}
	body, _, _ = strings.Cut(body, "</section>")
	said := map[string]string{}
	for _, m := range rowPattern.FindAllStringSubmatch(body, -1) {
		said[words(m[1])] = number(words(m[2]))
	}
	return said
}

func words(markup string) string {
	return strings.TrimSpace(html.UnescapeString(tagPattern.ReplaceAllString(subPattern.ReplaceAllString(markup, ""), "")))
}

func fileValues(t *testing.T, get func(string) (int, string), site, body string) map[string]string {
	t.Helper()
	link := filePattern.FindStringSubmatch(body)
	if link == nil {
		t.Fatal("the page leads to no file")
	}
	status, text := get(site + html.UnescapeString(link[1]))
	if status != http.StatusOK {
		t.Fatalf("the file answers %d", status)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(records[0], ","); got != strings.Join(measure.Columns, ",") {
		t.Errorf("the file's columns are %s", got)
	}
	said := map[string]string{}
	for _, r := range records[1:] {
		if strings.HasPrefix(r[1], "E92") || strings.HasPrefix(r[1], "E12") {
			continue
		}
		said[r[2]] = r[5]
	}
	return said
}

// TestSorting looks at the order of the table, and that authorities without a number come last whichever way it goes.
func TestSorting(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	for _, order := range []string{"highest", "lowest"} {
		_, body := w.Get(site + "/nation?measure=dispensed&sort=" + order)
		_, body, _ = strings.Cut(body, `id="authorities"`)
		body, _, _ = strings.Cut(body, "</section>")
		var list []string
		for _, m := range rowPattern.FindAllStringSubmatch(body, -1) {
			list = append(list, strings.ReplaceAll(number(words(m[2])), ",", ""))
		}
		last := list[len(list)-1]
		if last != "none" {
			t.Errorf("%s: the last is %q, not one without a number", order, last)
		}
		for i := 1; i < len(list) && list[i] != "none"; i++ {
			if less := len(list[i-1]) < len(list[i]) || len(list[i-1]) == len(list[i]) && list[i-1] < list[i]; less != (order == "lowest") && list[i-1] != list[i] {
				t.Errorf("%s: %s stands before %s", order, list[i-1], list[i])
				break
			}
		}
	}
}

// TestStatesAreWords asks that an authority without a number is named with its state, and never shown as 0.
func TestStatesAreWords(t *testing.T) {
	w := country(t)
	_, body := w.Get(w.Site(staff.National, england, Routes) + "/nation?measure=dispensed&period=2025-26")
	for _, state := range []string{"refused", "no reply", "not asked", "reported"} {
		if !strings.Contains(strings.ToLower(body), ">"+state+"<") {
			t.Errorf("%q is not on the page", state)
		}
	}
	for name, value := range rows(t, body) {
		if value == "0" {
			t.Errorf("%s is 0: nobody reported that", name)
		}
	}
	if strings.Contains(body, "style=") || strings.Contains(body, "onclick") {
		t.Error("the page has an inline style or script")
	}
}

// TestBadAddresses asks for what there is not.
func TestBadAddresses(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	for path, want := range map[string]int{
		"/nation?measure=kits": http.StatusUnprocessableEntity, "/nation?period=soon": http.StatusUnprocessableEntity,
		"/nation/S92000003": http.StatusForbidden, "/nation/E92000001": http.StatusOK, "/nation?measure=coverage&period=2025-26-q1": http.StatusOK,
		"/nation?measure=purchased&period=1999-00": http.StatusOK, "/nation?sort=anything": http.StatusOK,
	} {
		if got, body := w.Get(site + path); got != want {
			t.Errorf("%s answers %d, not %d: %.300s", path, got, want, words(body))
		}
	}
}

// TestOtherNations asks for nations of which nothing is known, and of one that has no authorities here at all.
func TestOtherNations(t *testing.T) {
	w := country(t)
	site := w.Site(staff.Administrator, "", Routes)
	for _, code := range []string{"S92000003", "W92000004", "N92000002"} {
		for _, measure := range []string{"coverage", "dispensed", "onhand", "expiring"} {
			status, body := w.Get(site + "/nation/" + code + "?measure=" + measure)
			if status != http.StatusOK {
				t.Fatalf("%s of %s answers %d", measure, code, status)
			}
			for name, value := range rows(t, body) {
				if value != "none" {
					t.Errorf("%s of %s is %q, and nobody has said so", measure, name, value)
				}
			}
		}
	}
}

// TestPageForEverybody runs axe at both widths, with the script and without, and goes from the map to an authority by
// keyboard alone.
func TestPageForEverybody(t *testing.T) {
	w := country(t)
	site := w.Site(staff.National, england, Routes)
	b := browser.Start(t)
	b.Check(site+"/nation", http.StatusOK)
	b.Check(site+"/nation/"+england+"?measure=dispensed&period=2025-26&sort=lowest", http.StatusOK)
	b.SetWidth(1280)
	b.Open(site + "/nation")
	browser.Eval[bool](b, `(document.querySelector('.draw-cell').focus(), true)`)
	if got := b.Focused(); !strings.HasPrefix(got, "a ") {
		t.Errorf("the keyboard is on %q, not on a hexagon", got)
	}
	b.PressAndWait("Enter")
	if got := b.URL(); !strings.Contains(got, "/areas/E") {
		t.Errorf("a hexagon leads to %s", got)
	}
}

// BenchmarkNation is the page as it is asked for again and again: the hexagons are where they were.
func BenchmarkNation(b *testing.B) {
	w := country(b)
	site := w.Site(staff.National, england, Routes)
	for b.Loop() {
		if status, _ := w.Get(site + "/nation"); status != http.StatusOK {
			b.Fatal(status)
		}
	}
}
