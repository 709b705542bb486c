package find_test

import (
	"net/http"
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestPagesAreClean opens every page at both widths, with the script and without: axe finds nothing, nothing sticks out.
func TestPagesAreClean(t *testing.T) {
	w := world(t)
	postcodes(t, w)
	w.Receive(w.Home, "prenoxad", "A1", "2028-03", 3, webtest.Today-20)
	for i := range 12 {
		put(t, w, more(w, "BX-"+itoa(100+i), "Pharmacy with a long name that goes on number "+itoa(100+i), 51.56+float64(i)/1000, 0.08))
	}
	one := "/find/outlet/" + itoa(w.Home.ID)
	b := w.Check(webtest.Public, "/find", "/find/E09000002", "/find/E09000004", one, one+"/wrong", one+"/thanks")
	for _, script := range []bool{true, false} {
		b.BlockScript(!script)
		for _, typed := range []string{"IG11 7LZ", "nowhere at all", "pharmacy"} {
			for _, width := range browser.Widths {
				b.SetWidth(width)
				b.Open(w.URL + "/find")
				b.Type("#place", typed)
				b.Follow("main button[type=submit]")
				b.Fit()
				for _, v := range b.Axe() {
					t.Errorf("%s at %d: %s", typed, width, v)
				}
				if b.URL() != w.URL+"/find" {
					t.Errorf("%s leads to %s", typed, b.URL())
				}
			}
		}
	}
	b.Open(w.URL + "/find/E09000002")
	if _, sheets := b.PDF(); sheets < 1 || sheets > 5 {
		t.Errorf("the list takes %d sheets", sheets)
	}
	w.Check(webtest.Coordinator, "/areas/E09000002/wrong")
}

// TestUseMyLocation asks the browser only when the button is pressed, and sends three decimals in the body of a form.
func TestUseMyLocation(t *testing.T) {
	w := world(t)
	b := w.Browse(webtest.Public)
	b.Open(w.URL + "/find")
	const stand = `(() => { window.asked = 0; navigator.geolocation.getCurrentPosition = (yes, no) => { window.asked++; window.refuse ? no({ code: 1 }) : yes({ coords: { latitude: 51.53812345, longitude: 0.0809876 } }) }; return true })()`
	browser.Eval[bool](b, stand)
	if n := browser.Eval[int](b, `window.asked`); n != 0 || browser.Eval[bool](b, `document.querySelector('[data-locate]').hidden`) {
		t.Errorf("it was asked %d times before the button was pressed, or the button does not show", n)
	}
	browser.Eval[bool](b, `window.refuse = true`)
	b.Click("[data-locate]")
	if got := b.Text("[data-locate-failed]"); !strings.Contains(got, "did not tell us where you are") || b.URL() != w.URL+"/find" {
		t.Errorf("a refusal says %q", got)
	}
	b.Fit()
	browser.Eval[bool](b, `window.refuse = false, true`)
	b.Follow("[data-locate]")
	if got := b.Text("main"); !strings.Contains(got, "Harbour Street") || !strings.Contains(got, "Places near you") || b.URL() != w.URL+"/find" {
		t.Errorf("at %s: %.300s", b.URL(), got)
	}
	if lat, lon := b.Attribute(`input[name="lat"]`, "value"), b.Attribute(`input[name="lon"]`, "value"); lat != "51.538" || lon != "0.081" {
		t.Errorf("the page holds %s, %s", lat, lon)
	}
	b.DisableJS()
	b.Open(w.URL + "/find")
	if b.Count("[data-locate][hidden]") != 1 {
		t.Error("without scripts the button shows")
	}
	if a := w.As(webtest.Public).Get("/find"); !strings.Contains(a.Header.Get("Permissions-Policy"), "geolocation=(self)") {
		t.Errorf("the browser may not be asked: %v", a.Header)
	}
	if a := w.As(webtest.Public).Get("/check"); a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Permissions-Policy"), "geolocation=()") {
		t.Errorf("another page may ask: %v", a.Header)
	}
}
