package outlet_test

import (
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/draw"
	"everykit/web/browser"
	"everykit/web/webtest"
)

// until waits for something that a script does.
func until(t *testing.T, b *browser.Browser, what string) {
	t.Helper()
	for range 400 {
		if browser.Eval[bool](b, what) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("it never came true that %s; the box says %q", what, b.Text("[data-scan-said]"))
}

// said waits until the box says something.
func said(t *testing.T, b *browser.Browser, words string) {
	t.Helper()
	until(t, b, fmt.Sprintf("document.querySelector('[data-scan-said]').textContent.includes(%q)", words))
}

// values checks fields of the form that the browser shows.
func values(t *testing.T, b *browser.Browser, want ...string) {
	t.Helper()
	for i := 0; i < len(want); i += 2 {
		if got := browser.Eval[string](b, fmt.Sprintf("document.querySelector('form [name=code]').form.elements.namedItem(%q).value", want[i])); got != want[i+1] {
			t.Errorf("%s is %q, not %q", want[i], got, want[i+1])
		}
	}
}

// photograph takes a picture of our own label, as the browser shows it, on a grey table.
func photograph(t *testing.T, elements string) image.Image {
	t.Helper()
	label, err := draw.DataMatrix(elements, draw.CodeStyle{Title: "A pack", Millimetres: 40})
	if err != nil {
		t.Fatal(err)
	}
	table := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>label</title><body style="margin:150px 220px;background:#9a9a9a">%s`, label)
	}))
	t.Cleanup(table.Close)
	b := browser.Start(t)
	b.SetWidth(640)
	b.Open(table.URL)
	file := filepath.Join(t.TempDir(), "label.png")
	b.Screenshot(file)
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	shot, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 640, 480))
	stddraw.Draw(picture, picture.Bounds(), image.NewUniform(color.Gray{0x9a}), image.Point{}, stddraw.Src)
	stddraw.Draw(picture, picture.Bounds(), shot, shot.Bounds().Min, stddraw.Src)
	return picture
}

// film writes pictures one after another, as a camera's file.
func film(t *testing.T, pictures ...image.Image) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "film.mjpeg")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range pictures {
		if err := jpeg.Encode(f, p, &jpeg.Options{Quality: 90}); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

const newPackElements = prenoxad + "10AB1234\x1d17280300"

// fetched tells whether the reader that we serve was asked for.
const fetched = `performance.getEntriesByType('resource').some(e => e.name.startsWith(location.origin + '/assets/') && e.name.endsWith('/reader.wasm'))`

func TestCameraFillsTheForm(t *testing.T) {
	for name, x := range map[string]struct{ elements, lot string }{
		"a mark between the parts": {newPackElements, "AB1234"},
		// Typed by a scanner that loses marks, this could be a lot and a serial number too. The camera loses none.
		"no mark": {prenoxad + "1728030010AB21123", "AB21123"},
	} {
		t.Run(name, func(t *testing.T) {
			w := webtest.NewBare(t)
			b := browser.StartCamera(t, film(t, photograph(t, x.elements)))
			b.Open(w.WayIn(webtest.Worker))
			b.Open(w.URL + receive)
			if browser.Eval[bool](b, fetched) || browser.Eval[bool](b, `'BarcodeDetector' in window`) {
				t.Error("the reader is fetched before it is needed, or this browser does not need it")
			}
			b.Type("#kits", "12")
			b.Click(".ek-scan button[type=button]")
			until(t, b, `document.querySelector('#lot').value !== ''`)
			values(t, b, "product", "prenoxad", "lot", x.lot, "expiry", "2028-03", "kits", "12", "code", "")
			if !browser.Eval[bool](b, fetched) {
				t.Error("nothing was fetched, and yet read")
			}
			if other := browser.Eval[string](b, `performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin + '/')).join(' ')`); other != "" {
				t.Errorf("something came from elsewhere: %s", other)
			}
			if b.Count("video") != 0 || b.Text(".ek-scan button[type=button]") != "Use the camera" {
				t.Error("the camera is still on")
			}
			said(t, b, "expires end of March 2028")
			if n := movements(t, w); n != 0 {
				t.Errorf("looking saved %d entries", n)
			}
			b.Follow(".ek-actions button")
			if n := w.Shelf(w.LotOf(x.lot)); n != 12 {
				t.Errorf("%d on the shelf", n)
			}
		})
	}
}

// A browser that reads the codes of packs itself is let do so. Chromium on Linux has no such reader: one is put in its place,
// which gives what those of telephones give.
func TestBrowserReadsForItself(t *testing.T) {
	w := webtest.NewBare(t)
	b := browser.StartCamera(t, film(t, image.NewRGBA(image.Rect(0, 0, 640, 480))))
	b.Open(w.WayIn(webtest.Worker))
	for _, x := range []struct {
		formats string
		own     bool
	}{{`['qr_code', 'data_matrix', 'pdf417']`, true}, {`['qr_code']`, false}} {
		b.Open(w.URL + receive)
		browser.Eval[bool](b, `!!(window.BarcodeDetector = class {
			static async getSupportedFormats () { return `+x.formats+` }
			constructor (o) { window.asked = o.formats.join(' ') }
			async detect () { return [{ rawValue: '5026468663361' }, { rawValue: '\u001d`+prenoxad+`1728030010AB21123' }] }
		})`)
		b.Click(".ek-scan button[type=button]")
		if !x.own { // it cannot read a pack: ours is fetched
			until(t, b, fetched)
			b.Press("Escape")
			continue
		}
		until(t, b, `document.querySelector('#lot').value !== ''`)
		values(t, b, "product", "prenoxad", "lot", "AB21123", "expiry", "2028-03")
		if got := browser.Eval[string](b, `window.asked`); got != "data_matrix qr_code" || browser.Eval[bool](b, fetched) {
			t.Errorf("it was asked for %q, or ours was fetched beside it", got)
		}
	}
}

// A camera that sees nothing is on until somebody turns it off, and everybody can use the page meanwhile.
func TestCameraIsTurnedOff(t *testing.T) {
	w := webtest.NewBare(t)
	blank := image.NewRGBA(image.Rect(0, 0, 640, 480))
	b := browser.StartCamera(t, film(t, blank))
	b.Open(w.WayIn(webtest.Worker))
	for _, width := range browser.Widths {
		b.SetWidth(width)
		b.Open(w.URL + receive)
		b.Click(".ek-scan button[type=button]")
		said(t, b, "The camera is on")
		until(t, b, `document.querySelector('video').videoWidth > 0`)
		browser.Eval[bool](b, `(window.track = document.querySelector('video').srcObject.getTracks()[0]).readyState === 'live'`)
		b.Fit()
		b.Press("Escape")
		said(t, b, "The camera is off")
		if b.Count("video") != 0 || browser.Eval[string](b, `window.track.readyState`) != "ended" {
			t.Error("Escape leaves the camera on")
		}
		b.Click(".ek-scan button[type=button]")
		said(t, b, "The camera is on")
		b.Click(".ek-scan button[type=button]")
		said(t, b, "The camera is off")
	}
}

// photo writes a picture as a phone would send it.
func photo(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pack.jpg")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jpeg.Encode(f, photograph(t, newPackElements), nil); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestPhotoFillsTheForm(t *testing.T) {
	w := webtest.NewBare(t)
	name := photo(t)
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + receive)
	b.Click(".ek-scan summary")
	b.Type("#photo", name) // with scripts it is read as soon as it is chosen
	until(t, b, `document.querySelector('#lot').value !== ''`)
	values(t, b, "product", "prenoxad", "lot", "AB1234", "expiry", "2028-03")
	b = browser.Start(t)
	b.DisableJS()
	b.Open(w.WayIn(webtest.Worker))
	b.Open(w.URL + receive)
	b.Type("#kits", "8")
	b.Click(".ek-scan summary")
	b.Type("#photo", name)
	b.Follow(".ek-scan details button")
	if b.Value("#lot") != "AB1234" || b.Value("#expiry") != "2028-03" || b.Value("#product") != "prenoxad" || b.Value("#kits") != "8" {
		t.Errorf("without scripts: %q %q %q %q", b.Value("#product"), b.Value("#lot"), b.Value("#expiry"), b.Value("#kits"))
	}
	if n := movements(t, w); n != 0 {
		t.Errorf("a photo saved %d entries", n)
	}
}

// A scanner types fast, sends the mark between parts as Ctrl and ], and ends with Enter, some with two.
func TestScannerTypesIntoTheForm(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	before := movements(t, w)
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + receive)
	onKits(t, b)
	b.Press("7") // and straight after it the scanner, into the same field
	b.Press("]d2"+prenoxad+"10AB1234", "Ctrl+]", "17280300", "Enter", "Enter")
	until(t, b, `document.querySelector('#lot').value !== ''`)
	values(t, b, "product", "prenoxad", "lot", "AB1234", "expiry", "2028-03", "kits", "7")
	b.Type("#lot", "other")
	b.Type("#code", prenoxad+"10AB1234")
	b.Press("Enter")
	said(t, b, "The form says lot other. The code says lot AB1234")
	values(t, b, "lot", "other")
	for _, width := range browser.Widths {
		b.SetWidth(width)
		b.Fit()
	}
	b.Click(".ek-card button")
	until(t, b, `document.querySelector('#lot').value === 'AB1234'`)
	b.Open(w.URL + receive)
	b.Click("#code")
	b.Press("Enter") // in the empty field
	said(t, b, "No code was scanned yet")
	if !strings.HasSuffix(b.URL(), receive) || movements(t, w) != before {
		t.Fatalf("a scan saved, and led to %s", b.URL())
	}

	b.Open(w.URL + giveOut)
	for n := 1; n <= 3; n++ {
		onKits(t, b)
		b.Press(firstLot, "Enter")
		until(t, b, fmt.Sprintf(`document.querySelector('#kits').value === '%d' && document.querySelector('[name=scanned]').value !== ''`, n))
	}
	values(t, b, "lot", strconv.Itoa(first))
	if n := movements(t, w); n != before {
		t.Fatalf("scanning three packs saved %d entries", n-before)
	}
	until(t, b, `performance.now() > (window.then ??= performance.now()) + 700`) // as long as it takes to put the scanner down
	b.PressAndWait("Enter")                                                      // in the number, as always, it saves
	if got := b.Text("h1"); got != "3 kits given out" {
		t.Errorf("after Enter: %q", got)
	}
	if n := w.Shelf(first); n != 21 {
		t.Errorf("%d on the shelf", n)
	}
}

func TestScannerWithoutScripts(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	before := movements(t, w)
	b := browser.Start(t)
	b.DisableJS()
	b.Open(w.WayIn(webtest.Worker))
	b.Open(w.URL + receive)
	b.Type("#kits", "6")
	b.Type("#code", "]d2"+prenoxad+"17280300"+"10AB1234")
	b.PressAndWait("Enter")
	if b.Value("#lot") != "AB1234" || b.Value("#expiry") != "2028-03" || b.Value("#product") != "prenoxad" || b.Value("#kits") != "6" || b.Value("#code") != "" {
		t.Errorf("after Enter: %q %q %q %q %q", b.Value("#product"), b.Value("#lot"), b.Value("#expiry"), b.Value("#kits"), b.Value("#code"))
	}
	b.Type("#code", prenoxad+"10AB1299")
	b.PressAndWait("Enter")
	if got := b.Text("[data-scan-said]"); !strings.Contains(got, "The form says lot AB1234. The code says lot AB1299") {
		t.Errorf("the question is %q", got)
	}
	b.Follow(".ek-card button")
	if b.Value("#lot") != "AB1299" || b.Value("#kits") != "6" {
		t.Errorf("after the answer: %q, %q", b.Value("#lot"), b.Value("#kits"))
	}
	for _, path := range []string{receive, giveOut} { // Enter in the empty field, or a code in the wrong one
		b.Open(w.URL + path)
		b.Type("#code", "")
		b.PressAndWait("Enter")
		b.Type("#kits", firstLot)
		b.PressAndWait("Enter")
	}
	if n := movements(t, w); n != before {
		t.Errorf("Enter saved %d entries", n-before)
	}
	b.Open(w.URL + receive)
	b.Type("#kits", "6")
	b.Type("#code", "]d2"+prenoxad+"17280300"+"10AB1234")
	b.PressAndWait("Enter")
	b.Follow(".ek-actions button")
	if n := w.Shelf(w.LotOf("AB1234")); n != 6 {
		t.Errorf("%d on the shelf", n)
	}
}
