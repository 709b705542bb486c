package find_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/registry"
	"everykit/web/webtest"
)

// TestStockIsYesOrPhoneFirst: the pages are the same to the byte for one kit and for any number, and for none and for an outlet
// of which the ledger has never heard.
func TestStockIsYesOrPhoneFirst(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	home := *w.Home
	v := w.As(webtest.Public)
	look := func() string {
		w.Wait(time.Minute) // the ledger is believed for so long
		var all strings.Builder
		for _, a := range []webtest.Answer{v.Post("/find", place("IG11 7LZ")), v.Get("/find/E09000002"), v.Get("/find/outlet/" + itoa(home.ID)), v.Post("/find", url.Values{"choice": {"area:E09000002"}, "kind": {"injection"}})} {
			a.Is(t, http.StatusOK, "")
			all.WriteString(a.Body)
		}
		return all.String()
	}
	never := look()
	if !strings.Contains(never, "Phone first") || strings.Contains(never, "Has kits") {
		t.Error("an outlet of which nothing is known does not say “phone first”")
	}
	w.Receive(w.Home, "prenoxad", "OLD", "2026-10", 40, webtest.Today-200) // past its date
	if look() != never {
		t.Error("kits that cannot be given out are seen")
	}
	w.Receive(w.Home, "prenoxad", "L0", "2028-03", 1, webtest.Today-20)
	one := look()
	if !strings.Contains(one, "Has kits") || one == never {
		t.Error("one kit is not seen")
	}
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		w.Receive(w.Home, "prenoxad", "L"+itoa(n), "2028-03", rapid.IntRange(1, 100000).Draw(r, "kits"), webtest.Today-20)
		if n%20 == 1 && look() != one {
			r.Error("the page tells how many there are")
		}
	})
	if look() != one {
		t.Error("the page tells how many there are")
	}
}

// TestStockOfAKind says "has kits" of the kind that was asked for.
func TestStockOfAKind(t *testing.T) {
	w := world(t)
	w.Receive(w.Home, "prenoxad", "L1", "2028-03", 4, webtest.Today-20)
	v := w.As(webtest.Public)
	v.Post("/find", url.Values{"choice": {"area:E09000002"}, "kind": {"injection"}}).Says(t, "Has kits")
	a := v.Post("/find", url.Values{"choice": {"area:E09000002"}, "kind": {"nasal"}})
	a.Says(t, "Harbour Street", "Phone first")
	a.Lacks(t, "Has kits")
}

// TestLastDay: a kit is there to the end of its last day.
func TestLastDay(t *testing.T) {
	w := world(t)
	w.Receive(w.Home, "prenoxad", "L1", "23/11/2026", 4, webtest.Today-20)
	v := w.As(webtest.Public)
	v.Get("/find/E09000002").Says(t, "Has kits")
	w.Wait(12 * time.Hour)
	v.Get("/find/E09000002").Lacks(t, "Has kits")
}

// TestOfferByPost leads to the form only where the authority sends kits.
func TestOfferByPost(t *testing.T) {
	w := world(t)
	v := w.As(webtest.Public)
	v.Get("/find/E09000002").Lacks(t, `<a class="nhsuk-link" href="/request"`)
	o := offer(w)
	w.Must(w.Requests.SetOffer(t.Context(), w.Person(webtest.Coordinator), o))
	w.Wait(time.Minute)
	v.Get("/find/E09000002").Says(t, `<a class="nhsuk-link" href="/request"`)
	v.Get("/find/E09000003").Lacks(t, `<a class="nhsuk-link" href="/request"`)
	v.Post("/find", url.Values{"lat": {"51.54"}, "lon": {"0.08"}}).Says(t, "In some areas you can", `<a class="nhsuk-link" href="/request"`)
	v.Get("/find/outlet/"+itoa(w.Home.ID)).Says(t, `<a class="nhsuk-link" href="/request"`)
}

// TestRegistryIsSeenAtOnce: a change of the registry does not wait for the ledger's minute.
func TestRegistryIsSeenAtOnce(t *testing.T) {
	w := world(t)
	v := w.As(webtest.Public)
	v.Get("/find/E09000002").Says(t, "Harbour Street")
	o := *w.Snap().Outlet(w.Home.ID)
	o.Public = registry.No
	put(t, w, o)
	v.Get("/find/E09000002").Lacks(t, "Harbour Street")
	w.Must(w.Registry.CloseOutlet(t.Context(), w.Sister.ID, webtest.Today))
	v.Get("/find/E09000002").Lacks(t, "St Anne")
}
