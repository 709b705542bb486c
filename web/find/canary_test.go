package find_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/registry"
	"everykit/web/webtest"
)

const typedForm = "application/x-www-form-urlencoded"

// TestWhereSomebodyIsStaysWithThem: what was typed, and coordinates, are in no log line, no header, no address and no table.
func TestWhereSomebodyIsStaysWithThem(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	v := w.As(webtest.Public)
	before := map[string]string{}
	for _, table := range w.Tables() {
		before[table.Name] = table.Sum
	}
	canaries := []string{"IG11 8AA", "IG118AA", "ig11+8aa", "SW1A 9ZZ", "canaryville", "51.5451", "51.545", "0.0854321"}
	taken := 0
	for _, form := range []url.Values{
		place("IG11 8AA"), place("ig11 8aa", "only", "open"), place("SW1A 9ZZ"), place("canaryville"), place(strings.Repeat("canaryville", 50000)),
		{"lat": {"51.54512"}, "lon": {"0.0854321"}},
		{"lat": {"51.54512"}, "lon": {"canaryville"}},
		{"lat": {"51.545"}, "lon": {"0.085"}, "most": {"20"}},
	} {
		a := v.Do(http.MethodPost, "/find", form, "Content-Type", typedForm, "Cookie", "everykit=canaryville", "Referer", "http://example.org/canaryville")
		if a.Status == http.StatusOK {
			taken++
		}
		if a.To != "" {
			t.Errorf("it leads on to %s", a.To)
		}
		for name, values := range a.Header {
			for _, c := range canaries {
				if strings.Contains(strings.Join(values, " "), c) {
					t.Errorf("the header %s holds %q", name, c)
				}
			}
		}
		for _, m := range strings.Split(a.Body, `href="`)[1:] {
			href, _, _ := strings.Cut(m, `"`)
			for _, c := range canaries {
				if strings.Contains(href, c) || strings.Contains(href, "?") && strings.HasPrefix(href, "/find") {
					t.Errorf("the address %s is on the page", href)
				}
			}
		}
		if a.Header.Get("Referrer-Policy") != "no-referrer" || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("headers %v", a.Header)
		}
	}
	if taken != 4 {
		t.Errorf("%d forms were answered with a list", taken)
	}
	for _, table := range w.Tables() {
		if before[table.Name] != table.Sum {
			t.Errorf("the table %s has changed", table.Name)
		}
		if table.Name != "postcode" && strings.Contains(strings.ToLower(table.Text), "canaryville") {
			t.Errorf("the table %s holds what was typed", table.Name)
		}
	}
	for _, c := range canaries {
		if strings.Contains(strings.ToLower(w.Log.String()), strings.ToLower(c)) {
			t.Errorf("the log holds %q", c)
		}
	}
}

// TestBudget: every page with its style and script is under 50 KB compressed.
func TestBudget(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	var list []registry.Outlet
	for i := range 100 { // an authority with many, no two alike
		o := more(w, "BX-"+itoa(100+i), "Pharmacy number "+itoa(i*7919%1000), 51.54+float64(i)/1000, 0.08)
		o.Provider, o.Phone, o.Postcode = "Chemist "+itoa(i*104729%9973), "020 7946 0"+itoa(100+i*37%900), "IG"+itoa(1+i%11)+" "+itoa(i%10)+string(rune('A'+i%2))+"D"
		o.Open, o.Requires, o.ConfirmedOn = "Mo-Fr 09:00-1"+itoa(i%9)+":30; Sa 10:00-12:00", registry.RequiresOf(registry.Requirements()[i%8]), webtest.Today-civil.Date(i)
		list = append(list, o)
	}
	put(t, w, list...)
	v := w.As(webtest.Public)
	size := func(path string, form url.Values) int {
		method := http.MethodGet
		if form != nil {
			method = http.MethodPost
		}
		a := v.Do(method, path, form, "Content-Type", typedForm, "Accept-Encoding", "gzip")
		if a.Status != http.StatusOK || a.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: %d %v", path, a.Status, a.Header)
		}
		return len(a.Body)
	}
	rest := 0
	body := v.Get("/find").Body
	for _, m := range strings.Split(body, `="/assets/`)[1:] {
		asset, _, _ := strings.Cut(m, `"`)
		rest += len(v.Do(http.MethodGet, "/assets/"+asset, nil, "Accept-Encoding", "gzip").Body)
	}
	if rest < 10_000 {
		t.Fatalf("style and script are %d bytes: this test does not see them", rest)
	}
	for name, n := range map[string]int{"form": size("/find", nil), "list": size("/find", place("IG11", "most", "20")), "area": size("/find/E09000002", nil), "outlet": size("/find/outlet/1", nil)} {
		t.Logf("%s: %d bytes, %d in all", name, n, n+rest)
		if n+rest > 50<<10 {
			t.Errorf("%s: %d bytes compressed", name, n+rest)
		}
	}
}
