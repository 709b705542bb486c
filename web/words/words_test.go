package words_test

import (
	"net/http"
	"strings"
	"testing"

	"everykit/measure"
	"everykit/web/webtest"
)

func TestEveryFigureAndStateIsDefined(t *testing.T) {
	w := webtest.New(t)
	got := w.As(webtest.Public).Get("/definitions")
	for _, d := range measure.Definitions() {
		if !strings.Contains(got.Body, `id="`+string(d.Key)+`"`) || !strings.Contains(got.Body, d.Version) {
			t.Errorf("%s is not defined", d.Key)
		}
	}
	for _, s := range measure.States() {
		if !strings.Contains(got.Body, `id="state_`+s.String()+`"`) {
			t.Errorf("the state %s is not explained", s)
		}
	}
	if got.Status != http.StatusOK || strings.Count(got.Body, "<h1") != 1 {
		t.Errorf("the page answers %d", got.Status)
	}
}

func TestTheWordsArePersonFirst(t *testing.T) {
	w := webtest.New(t)
	for _, path := range []string{"/definitions", "/accessibility", "/privacy", "/cookies"} {
		body := strings.ToLower(w.As(webtest.Public).Open(path).Body)
		for _, word := range []string{"addict", "abuser", "junkie", "clean "} {
			if strings.Contains(body, word) {
				t.Errorf("%s says %q", path, word)
			}
		}
	}
}
