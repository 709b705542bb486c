package check_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"everykit/web/webtest"
)

const canary = "canary.person@example.net"

// letter sends what waits in the outbox, and gives the one letter to the canary.
func letter(t *testing.T, w *webtest.World) string {
	t.Helper()
	for n := 1; n > 0; {
		var err error
		n, err = w.Post.Once(t.Context())
		w.Must(err)
	}
	names, err := filepath.Glob(filepath.Join(w.Letters, "*.eml"))
	w.Must(err)
	var found []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		w.Must(err)
		if strings.Contains(string(text), "To: <"+canary+">") {
			found = append(found, strings.ReplaceAll(strings.ReplaceAll(string(text), "=\r\n", ""), "=3D", "="))
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d letters", len(found))
	}
	return found[0]
}

// unseen fails if the address stands anywhere that lasts.
func unseen(t *testing.T, w *webtest.World, answers ...webtest.Answer) {
	t.Helper()
	look := func(text, where string) {
		if strings.Contains(strings.ToLower(text), "canary.person") {
			t.Errorf("the address is in %s", where)
		}
	}
	look(w.Log.String(), "the log")
	for _, table := range w.Tables() {
		look(table.Text, "table "+table.Name)
	}
	for _, a := range answers {
		look(a.Body, "a page")
		look(a.To, "an address")
	}
}

// TestReminder follows a reminder over its pages.
func TestReminder(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	to := regexp.MustCompile(`/check/remind\?[^"]*`).FindString(v.Get("/check?lot=IN1").Body)
	asked := v.Saved(strings.ReplaceAll(to, "&amp;", "&"), "email", canary)
	asked.Says(t, "Look in your e-mail")
	unseen(t, w, asked)
	m := letter(t, w)
	at := regexp.MustCompile(`/reminders/[A-Za-z0-9_-]+`).FindString(m)
	opened := v.Open(at)
	opened.Says(t, "Do you want this reminder?", "31 May 2027", "Yes, remind me", "delete it now")
	for range 3 { // as programs do that look through mail
		v.Open(at).Says(t, "Do you want this reminder?")
	}
	v.Open(at+"/delete").Says(t, "Do you want this reminder?")
	v.Open(at).Says(t, "Do you want this reminder?")
	v.Post(at+"/confirm", nil).Is(t, http.StatusSeeOther, at)
	set := v.Open(at)
	set.Says(t, "Your reminder is set", "Delete it now")
	set.Lacks(t, "Yes, remind me")
	if set.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page of a link is kept: %v", set.Header)
	}
	unseen(t, w, opened, set)
	w.Must(w.Reminders.Tick(context.Background()))
	// As a mail program does for somebody who leaves: without a browser.
	v.Post(at+"/delete", url.Values{"List-Unsubscribe": {"One-Click"}}).Is(t, http.StatusSeeOther, at)
	v.Open(at).Says(t, "Nothing is kept here")
	unseen(t, w)
}

// TestRefusedReminder shows the form again.
func TestRefusedReminder(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	v.Refused("/check/remind?lot=IN1&expiry=2027-06", "email", "canary.person").Says(t, "This is not an e-mail address", `href="#email"`, `value="IN1"`)
	v.Refused("/check/remind?lot=IN1&expiry=2026-01", "email", canary).Says(t, "There is no time left for a reminder")
	v.Refused("/check/remind", "email", canary).Says(t, "Type the lot number", "Type the date on the pack")
	unseen(t, w)
}

// TestWithoutReminders is a site without a key.
func TestWithoutReminders(t *testing.T) {
	w := stocked(t)
	w.Reminders = nil
	v := w.As(webtest.Public)
	v.Get("/check?lot=IN1").Lacks(t, "/check/remind")
	v.Open("/check/remind").Says(t, "cannot be taken here")
	v.Post("/check/remind", url.Values{"email": {canary}}).Is(t, http.StatusSeeOther, "/check/remind")
	v.Open("/reminders/x").Says(t, "Nothing is kept here")
	v.Post("/reminders/x/confirm", nil).Is(t, http.StatusSeeOther, "/reminders/x")
}

// TestPagesOfChecking opens every page of the folder at both widths, with and without the script.
func TestPagesOfChecking(t *testing.T) {
	w := stocked(t)
	b := w.Check(webtest.Public, "/check", "/check?lot=NEEDLE1", "/check?lot=MOVED1&expiry=2026-10", "/check?lot=NOBODY1&expiry=2026-10", "/check/remind?lot=IN1&expiry=2027-06", "/check/remind/sent", "/reminders/x")
	b.Check(w.URL+"/check?lot=1&expiry=soon", http.StatusUnprocessableEntity)
	form := url.Values{"lot": {"IN1"}, "expiry": {"2027-06"}, "email": {canary}}
	w.As(webtest.Public).Post("/check/remind", form)
	b.Check(w.URL+regexp.MustCompile(`/reminders/[A-Za-z0-9_-]+`).FindString(letter(t, w)), http.StatusOK)
	w.Check(webtest.Administrator, "/wording")
}
