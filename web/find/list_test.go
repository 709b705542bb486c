package find_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/registry"
	"everykit/web/webtest"
)

const emergency = "If someone is not responding, call 999 now."

// at is a form with a place.
func place(typed string, more ...string) url.Values {
	form := url.Values{"place": {typed}, "lat": {""}, "lon": {""}}
	for i := 0; i < len(more); i += 2 {
		form.Add(more[i], more[i+1])
	}
	return form
}

// TestFindByPostcode walks through every sloppy form of one postcode: the nearest is first, with what is known of it.
func TestFindByPostcode(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	w.Receive(w.Home, "prenoxad", "A1", "2028-03", 3, webtest.Today-20)
	v := w.As(webtest.Public)
	for _, typed := range []string{"IG11 7LZ", " ig117lz ", "IGll 7LZ", "Ig1I-7lz", "IG11  7LZ.", "ＩＧ１１ ７ＬＺ"} {
		a := v.Post("/find", place(typed))
		if typed == "IGll 7LZ" { // a small L is no 1: it is not a postcode, and no place is called so
			a.Is(t, http.StatusUnprocessableEntity, "", "We do not know this place")
			continue
		}
		a.Is(t, http.StatusOK, "", emergency, "Places near you", "3 places found", "0.1 miles (0.2 km) away", "Has kits", "Open now", "It is open until 18:00.",
			"You can walk in", "a spray for the nose, and an injection", "No name needed", "a short training first", "You can get in without steps", "English, Polish",
			`href="tel:02079460001"`, "IG11\u00a07LZ", "last confirmed on 1 September 2026", "people aged")
		a.Lacks(t, "Clyde pharmacy", "Leith drop-in", "{", "Monday to Friday: 09:30 to 17:00")
		a.Says(t, "Monday to Friday: 09:30 to 18:00; Saturday: 10:00 to 13:00; Sunday: Closed")
		home, sister, across := strings.Index(a.Body, "Harbour Street"), strings.Index(a.Body, "St Anne"), strings.Index(a.Body, "Barnet outreach")
		if !(0 < home && home < sister && sister < across) {
			t.Errorf("%q: the order is %d %d %d", typed, home, sister, across)
		}
		if strings.Contains(strings.ToUpper(a.Header.Get("Location")+a.To), "IG11") || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q: headers %v", typed, a.Header)
		}
	}
	v.Post("/find", place("IG11")).Is(t, http.StatusOK, "", "about 0.", "Harbour Street")
	v.Post("/find", place("IM1 1AA")).Is(t, http.StatusOK, "", "no place within 10 miles", "These are the nearest we know", "Harbour Street")
	a := v.Post("/find", place("SW1A 1AA"))
	a.Is(t, http.StatusUnprocessableEntity, "", "This postcode is not in our list", `value="SW1A 1AA"`, "Barking and Dagenham")
	v.Post("/find", place("ZZ99 9ZZ9")).Is(t, http.StatusUnprocessableEntity, "", "We do not know this place")
}

// TestWithoutTable offers the list of authorities.
func TestWithoutTable(t *testing.T) {
	w := world(t)
	v := w.As(webtest.Public)
	v.Get("/find").Is(t, http.StatusOK, "", `<details class="nhsuk-details" open>`, `href="/find/E09000002"`, "Type a council")
	v.Post("/find", place("IG11 7LZ")).Is(t, http.StatusUnprocessableEntity, "", "We cannot look up postcodes here", "Choose your council from the list")
	a := v.Get("/find/E09000002")
	a.Is(t, http.StatusOK, "", emergency, "Barking and Dagenham", "Harbour Street", "St Anne", "2 places found", "your name", "a letter from another service", "Phone:", "Address:", "We have no phone number for it")
	a.Lacks(t, "Barnet outreach", "miles", "Clyde")
	if a.Header.Get("Cache-Control") != "public, max-age=60" || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("headers %v", a.Header)
	}
	v.Get("/find/e09000004").Is(t, http.StatusOK, "", "no place in this area", "These are the nearest we know", "about ")
	for _, path := range []string{"/find/E92000001", "/find/NOWHERE", "/find/outlet", "/find/outlet/0", "/find/outlet/x", "/find/outlet/" + itoa(w.Abroad.ID), "/find/outlet/" + itoa(w.Abroad.ID) + "/wrong"} {
		v.Get(path).Is(t, http.StatusNotFound, "")
	}
}

// TestNames finds authorities and outlets by their names, and asks where there are several.
func TestNames(t *testing.T) {
	w := world(t)
	other := more(w, "BD-09", "Harbour Street chemist", 51.560, 0.100)
	other.Area = w.Across.Area
	far := more(w, "BD-10", "Ynys Môn & Llŷn pharmacy", 53.2, -4.3)
	put(t, w, other, far)
	v := w.As(webtest.Public)
	v.Post("/find", place("barking")).Is(t, http.StatusOK, "", "Barking and Dagenham", "St Anne")
	v.Post("/find", place("ST ANNES")).Is(t, http.StatusOK, "", "Near:", "St Anne", "very near", "Places near you")
	v.Post("/find", place("ynys mon and llyn")).Is(t, http.StatusOK, "", "Near:", "Ynys Môn")
	a := v.Post("/find", place("harbour street", "only", "walk-in"))
	a.Is(t, http.StatusOK, "", "Which place do you mean?", "Harbour Street needle exchange, Barking and Dagenham", "Harbour Street chemist, Barnet", `value="walk-in" checked`)
	a.Lacks(t, "miles")
	v.Post("/find", url.Values{"choice": {"outlet:" + itoa(w.Home.ID)}, "only": {"walk-in"}}).Is(t, http.StatusOK, "", "Near:", "1 place found", "Places that have not told us are left out")
	v.Post("/find", place("newcastle")).Is(t, http.StatusOK, "", "Newcastle upon Tyne", "no place in this area")
	for _, c := range []string{"outlet:" + itoa(w.Abroad.ID), "outlet:-1", "area:E92000001", "area:", "x", "outlet:9999999999999999999999"} {
		v.Post("/find", url.Values{"choice": {c}}).Is(t, http.StatusUnprocessableEntity, "", "We do not know this place")
	}
}

// TestOddInput is refused in words, and none of it comes back as markup.
func TestOddInput(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	v := w.As(webtest.Public)
	for typed, says := range map[string]string{
		"":                             "Type a postcode or a place",
		"   \u200b ":                   "We do not know this place",
		"<script>alert(1)</script>":    "We do not know this place",
		"\u202eIG11\u0000\xff":         "We do not know this place",
		"😀":                            "We do not know this place",
		strings.Repeat("a ", 3000):     "We do not know this place",
		strings.Repeat("e\u0301", 200): "We do not know this place",
		"'; DROP TABLE outlet; --":     "We do not know this place",
	} {
		a := v.Post("/find", place(typed))
		a.Is(t, http.StatusUnprocessableEntity, "", says, emergency)
		a.Lacks(t, "<script>alert")
	}
	a := v.Post("/find", place(strings.Repeat("b", 1<<20)))
	if a.Status != http.StatusUnprocessableEntity || len(a.Body) > 64<<10 {
		t.Errorf("a million letters: %d, %d bytes", a.Status, len(a.Body))
	}
	for _, p := range [][2]string{{"NaN", "0"}, {"51.5", ""}, {"", "1"}, {"91", "0"}, {"0", "181"}, {"+Inf", "0"}, {"x", "y"}} {
		v.Post("/find", url.Values{"lat": {p[0]}, "lon": {p[1]}}).Is(t, http.StatusUnprocessableEntity, "", "We could not read where you are")
	}
	a = v.Post("/find", url.Values{"lat": {"51.53812345"}, "lon": {"0.08098765"}})
	a.Is(t, http.StatusOK, "", "Harbour Street")
	a.Lacks(t, "51.5381", "0.0809")
}

// TestFilters leaves out what is not known.
func TestFilters(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	v := w.As(webtest.Public)
	const home, sister, across = "Harbour Street", "St Anne", "Barnet outreach"
	for _, c := range []struct {
		with        []string
		says, lacks []string
	}{
		{nil, []string{home, sister, across}, nil},
		{[]string{"only", "open"}, []string{home, across}, []string{sister}},
		{[]string{"only", "walk-in"}, []string{home}, []string{sister, across}},
		{[]string{"only", "no-name"}, []string{home}, []string{sister, across}},
		{[]string{"only", "step-free"}, []string{home}, []string{sister, across}},
		{[]string{"kind", "nasal"}, []string{home, sister}, []string{across}},
		{[]string{"kind", "injection"}, []string{home, across}, []string{sister}},
		{[]string{"kind", "nasal", "only", "open", "only", "no-name"}, []string{home}, []string{sister, across}},
		{[]string{"kind", "teapot", "only", "x"}, []string{home, sister, across}, nil},
	} {
		a := v.Post("/find", place("IG11 7LZ", c.with...))
		a.Is(t, http.StatusOK, "", c.says...)
		a.Lacks(t, c.lacks...)
	}
}

// TestMore shows ten, then twenty, and no more.
func TestMore(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	for i := range 25 {
		put(t, w, more(w, "BX-"+itoa(100+i), "Pharmacy number "+itoa(100+i), 51.54+float64(i)/1000, 0.08))
	}
	v := w.As(webtest.Public)
	a := v.Post("/find", place("IG11 7LZ", "kind", ""))
	a.Is(t, http.StatusOK, "", "10 places found", "Show more places", `name="lat" value="51.538"`)
	if n := strings.Count(a.Body, "<article"); n != 10 {
		t.Errorf("%d are shown", n)
	}
	var next url.Values
	for _, f := range webtest.Forms(a.Body, "/find") {
		if f.Values.Get("most") != "" {
			next = f.Values
		}
	}
	a = v.Post("/find", next)
	a.Is(t, http.StatusOK, "", "20 places found")
	a.Lacks(t, "Show more places", "IG11 7LZ\"")
	if n := strings.Count(a.Body, "<article"); n != 20 {
		t.Errorf("%d are shown", n)
	}
}

// TestWhoIsNotListed keeps outlets away that are not for the public, closed, stores, or give nothing.
func TestWhoIsNotListed(t *testing.T) {
	w := world(t)
	hidden, unknown, closed, store, none, closing := more(w, "N1", "Hidden one", 51.54, 0.08), more(w, "N2", "Unknown one", 51.54, 0.08), more(w, "N3", "Closed one", 51.54, 0.08), more(w, "N4", "Store one", 51.54, 0.08), more(w, "N5", "Nothing one", 51.54, 0.08), more(w, "N6", "Closing one", 51.54, 0.08)
	hidden.Public, unknown.Public, closed.ClosedOn, store.Kind, none.Gives, closing.ClosedOn = registry.No, 0, webtest.Today, registry.Store, []string{"none"}, webtest.Today+1
	put(t, w, hidden, unknown, closed, store, none, closing)
	v := w.As(webtest.Public)
	a := v.Get("/find/E09000002")
	a.Is(t, http.StatusOK, "", "Closing one")
	a.Lacks(t, "Hidden one", "Unknown one", "Closed one", "Store one", "Nothing one")
	w.Wait(24 * time.Hour)
	v.Get("/find/E09000002").Lacks(t, "Closing one")
	for _, name := range []string{"hidden one", "store one"} {
		v.Post("/find", place(name)).Is(t, http.StatusUnprocessableEntity, "", "We do not know this place")
	}
}

// TestOpenNow goes by the clock, the bank holidays of the nation, and nights.
func TestOpenNow(t *testing.T) {
	w := world(t)
	night, ph, quiet := more(w, "H1", "Night one", 51.54, 0.08), more(w, "H2", "Holiday one", 51.54, 0.08), more(w, "H3", "Quiet one", 51.54, 0.08)
	night.Open, ph.Open, quiet.Open = "Fr 22:00-04:00", "Mo-Su 09:00-17:00; PH 10:00-12:00", "Mo-Fr 09:00-17:00"
	put(t, w, night, ph, quiet)
	v := w.As(webtest.Public)
	line := func(o registry.Outlet, says ...string) {
		t.Helper()
		of, _ := w.Snap().OutletByCode(o.Code)
		v.Get("/find/outlet/"+itoa(of.ID)).Is(t, http.StatusOK, "", says...)
	}
	line(night, "Closed now", "It opens on Friday at 22:00.", "22:00 to 04:00", "Saturday to Sunday")
	line(quiet, "Open now", "It is open until 17:00.")
	at := func(day civil.Date, hour time.Duration) {
		w.Wait(day.Time().Add(hour).Sub(w.DB.Now()))
	}
	at(civil.On(2026, 11, 28), 3*time.Hour+59*time.Minute) // Saturday, still the night of Friday
	line(night, "Open now", "It is open until 04:00.")
	at(civil.On(2026, 11, 28), 4*time.Hour)
	line(night, "Closed now", "It opens on Friday at 22:00.")
	at(civil.On(2026, 11, 28), 20*time.Hour)
	line(quiet, "Closed now", "It opens on Monday at 09:00.")
	at(civil.On(2026, 12, 25), 13*time.Hour)
	line(ph, "Closed now", "It opens tomorrow at 09:00.")
	line(quiet, "Open now", "Today is a bank holiday, so the times may be different.")
	line(ph, "Bank holidays", "10:00 to 12:00")
	at(civil.On(2026, 12, 28), 11*time.Hour) // in place of Boxing Day, a Saturday
	line(ph, "Open now", "It is open until 12:00.")
	v.Get("/find/outlet/"+itoa(w.Across.ID)).Is(t, http.StatusOK, "", "It is always open.", "Open all day")
	v.Get("/find/outlet/"+itoa(w.Sister.ID)).Is(t, http.StatusOK, "", "We do not know: when it is open, if you need an appointment, if there are steps.")
}
