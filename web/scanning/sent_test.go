package scanning_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const form = "/outlets/1/receive"

// post sends parts as they are.
func post(w *webtest.World, body string) webtest.Answer {
	return w.As(webtest.Worker).Upload(form, url.Values{"scan": {"read"}, "kits": {"7"}, "note": {"by hand"}}, "photo", "pack.jpg", body)
}

// A photo that is none, is too large or shows nothing brings the form back as it was typed.
func TestPhotosThatCannotBeRead(t *testing.T) {
	w := webtest.NewBare(t)
	var blank bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 300, 300))); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"no picture": "this is no picture", "cut short": blank.String()[:40], "nothing on it": blank.String(), "wild bytes": "\x89PNG\r\n\x1a\n" + strings.Repeat("\xff", 1000),
	} {
		a := post(w, body)
		if a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d: %s", name, a.Status, a.Words())
		}
		a.Says(t, `id="code-error"`, "type")
		if held := webtest.Held(a.Body); held.Get("kits") != "7" || held.Get("note") != "by hand" {
			t.Errorf("%s: what was typed is gone: %v", name, held)
		}
	}
	a := post(w, strings.Repeat("x", 13<<20))
	if a.Status != http.StatusUnprocessableEntity {
		t.Errorf("13 MB answer %d", a.Status)
	}
	a.Says(t, "larger than 12 MB")
	if strings.Contains(w.Log.String(), "pack.jpg") {
		t.Error("the name of a photo is in the log")
	}
}

// An empty file field is no photo: the code that was typed counts.
func TestNoPhotoIsChosen(t *testing.T) {
	w := webtest.NewBare(t)
	a := w.As(webtest.Worker).Upload(form, url.Values{"scan": {"read"}, "code": {"5026468663361"}}, "photo", "", "")
	if got := webtest.Held(a.Body).Get("product"); a.Status != http.StatusOK || got != "prenoxad" {
		t.Errorf("answers %d with %q", a.Status, got)
	}
}

func TestBrokenParts(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Worker)
	for _, kind := range []string{"multipart/form-data", "multipart/form-data; boundary=x"} {
		if a := v.Do(http.MethodPost, form, url.Values{"scan": {"read"}}, "Content-Type", kind); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", kind, a.Status)
		}
	}
	many := url.Values{}
	for i := range 300 {
		many.Set("f"+strings.Repeat("x", i), "1")
	}
	if a := v.Upload(form, many, "photo", "", ""); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("300 fields answer %d", a.Status)
	}
	// A form that is saved comes without parts, and with the name of the photo where there is one.
	a := v.Post(form, v.Fill(form, "kits", "2", "product", "prenoxad", "lot", "A1", "photo", "IMG_1234.jpg"))
	if a.Status != http.StatusSeeOther {
		t.Errorf("saving answers %d: %s", a.Status, a.Words())
	}
}
