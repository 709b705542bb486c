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

// TestFirstAid keeps what is said of an overdose under its version: whoever changes a word here changes the version, and
// has it approved again.
func TestFirstAid(t *testing.T) {
	w := webtest.New(t)
	got := w.As(webtest.Public).Get("/")
	for _, must := range []string{
		"Call 999. Say that the person is not responding.", "If there is a naloxone kit, give it as its leaflet shows.",
		"Do what the 999 operator tells you.", "Stay until the ambulance comes, also if the person wakes up. Naloxone wears off.",
		"Wording overdose/1. Not yet approved by a clinician.",
	} {
		if !strings.Contains(got.Body, must) {
			t.Errorf("the front page lacks %q", must)
		}
	}
}

func TestFrontDoor(t *testing.T) {
	w := webtest.New(t)
	if got := w.As(webtest.Public).Get("/"); !strings.Contains(got.Body, `href="/sign-in"`) || got.Header.Get("Set-Cookie") != "" || !strings.Contains(got.Header.Get("Cache-Control"), "public") {
		t.Errorf("the public's front page: %v", got.Header)
	}
	if got := w.As(webtest.National).Get("/"); !strings.Contains(got.Body, `href="/nation"`) || strings.Contains(got.Body, `href="/sign-in"`) {
		t.Error("somebody who is signed in is asked to sign in")
	}
	for _, word := range []string{"addict", "abuser", "junkie", "clean "} {
		for _, path := range []string{"/", "/definitions", "/accessibility", "/privacy"} {
			if strings.Contains(strings.ToLower(w.As(webtest.Public).Get(path).Body), word) {
				t.Errorf("%s says %q", path, word)
			}
		}
	}
}
