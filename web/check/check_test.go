package check_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/notice"
	"everykit/staff"
	"everykit/web/webtest"
)

// always is what every answer ends with.
const always = "If someone is overdosing and this is the only kit you have, use it and call 999."

// publish makes a notice and publishes it.
func publish(t *testing.T, w *webtest.World, n notice.Notice) {
	t.Helper()
	n.Regulator, n.IssuedOn, n.DueOn = "MHRA", civil.On(2026, 11, 20), civil.None
	if n.Title == "" {
		n.Title = "Notice " + n.Number
	}
	id, err := w.Notices.Save(t.Context(), staff.Operator(), n)
	w.Must(err)
	_, err = w.Notices.Publish(t.Context(), staff.Operator(), id, true)
	w.Must(err)
}

func line(w *webtest.World, lot string) []notice.Line {
	return []notice.Line{{Product: w.Product("prenoxad"), Number: lot}}
}

func form(lot, expiry string) url.Values { return url.Values{"lot": {lot}, "expiry": {expiry}} }

// stocked is a world with a lot for each case.
func stocked(t *testing.T) *webtest.World {
	t.Helper()
	w := webtest.NewBare(t)
	for lot, expiry := range map[string]string{"IN1": "2027-06", "LAST1": "23/11/2026", "MONTH1": "2026-11", "GONE1": "2026-10", "YESTERDAY1": "22/11/2026", "NEEDLE1": "2027-06", "BACK1": "2027-06", "INSIDE1": "2027-06", "MOVED1": "2026-10", "TOLD1": "2027-06"} {
		w.Receive(w.Home, "prenoxad", lot, expiry, 3, webtest.Today-60)
	}
	publish(t, w, notice.Notice{Number: "NatPSA/2022/009/MHRA", Action: notice.Check, Level: notice.People, Lines: line(w, "NEEDLE1")})
	publish(t, w, notice.Notice{Number: "W/1", Action: notice.Withdraw, Level: notice.People, Lines: line(w, "BACK1"), Source: "https://example.org/w1", Text: "It may leak."})
	publish(t, w, notice.Notice{Number: "O/1", Action: notice.Withdraw, Level: notice.Outlets, Lines: line(w, "INSIDE1")})
	moved := line(w, "MOVED1")
	moved[0].NewExpiry = civil.ExpiresIn(civil.MonthOf(2027, 10))
	publish(t, w, notice.Notice{Number: "X/1", Action: notice.ChangeExpiry, Level: notice.People, Lines: moved})
	publish(t, w, notice.Notice{Number: "I/1", Action: notice.Inform, Level: notice.People, Lines: line(w, "TOLD1"), Text: "The box looks new."})
	return w
}

// TestAnswers is the table of what people are told on the page.
func TestAnswers(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	for _, c := range []struct {
		name        string
		form        url.Values
		says, lacks []string
	}{
		{"in date", form("in 1", "06/2027"), []string{"<h1", "This kit is in date until the end of June 2027", "remind?", "check.ics?"}, []string{"We do not know", "out of date"}},
		{"in date, nothing typed", form("IN1", ""), []string{"in date until the end of June 2027", "This is the date we have for this lot"}, nil},
		{"last day", form("LAST1", "23/11/2026"), []string{"Today is the last day of this kit"}, []string{"remind?", "check.ics?"}},
		{"last day of the month to come", form("MONTH1", "11/2026"), []string{"in date until the end of November 2026"}, nil},
		{"the day after", form("YESTERDAY1", "22/11/2026"), []string{"This kit is out of date", "22 November 2026"}, []string{"in date until"}},
		{"expired", form("GONE1", "10/26"), []string{"This kit is out of date", "the end of October 2026"}, []string{"in date until", "remind?"}},
		{"named: needles", form("NEEDLE1", "06/2027"), []string{"Check that both needles are in this kit", "two dark shapes", "NatPSA/2022/009/MHRA", "It has not passed", "check-needles/1"}, []string{"is in date until", "You can keep this kit. Get"}},
		{"named: withdrawn", form("BACK1", ""), []string{"This kit has been called back", "Notice W/1 by MHRA, 20 November 2026", "It may leak.", `href="https://example.org/w1"`}, []string{"is in date until", "remind?", "check.ics?"}},
		{"a notice for outlets alone", form("INSIDE1", ""), []string{"in date until the end of June 2027"}, []string{"O/1", "called back"}},
		{"only told", form("TOLD1", ""), []string{"in date until the end of June 2027", "The box looks new.", "Notice I/1"}, nil},
		{"changed", form("MOVED1", "10/2026"), []string{"in date until the end of October 2027", "The date of this kit was changed", "X/1", "end of October 2026"}, []string{"out of date"}},
		{"another date", form("IN1", "06/2026"), []string{"The date you typed is not the one we have for this lot", "the end of June 2027", "the end of June 2026", "It has passed", "Go by the pack"}, []string{"is in date until"}},
		{"unknown", form("NOBODY1", "06/2027"), []string{"We do not know this lot", "Go by the date printed on the pack", "The date you typed is the end of June 2027. It has not passed."}, []string{"is in date", "can keep"}},
		{"unknown and past", form("NOBODY1", "06/2026"), []string{"We do not know this lot", "It has passed"}, []string{"is in date", "can keep", "remind?"}},
		{"unknown, no date", form("NOBODY1", ""), []string{"We do not know this lot", "Look for the date on the pack"}, []string{"is in date", "can keep"}},
		{"no number", form("", "06/2027"), []string{"Without a lot number we can only speak of the date", "It has not passed", "check.ics?"}, []string{"is in date", "can keep", "remind?"}},
	} {
		for way, a := range map[string]webtest.Answer{"sent": v.Post("/check", c.form), "opened": v.Get("/check?" + c.form.Encode())} {
			t.Run(c.name+" "+way, func(t *testing.T) {
				a.Is(t, http.StatusOK, "", append(c.says, always, "Where to get another kit", "ot yet approved by a clinician")...)
				a.Lacks(t, append(c.lacks, "is good", "still good until", "{")...)
				if n := strings.Count(a.Body, "<h1"); n != 1 {
					t.Errorf("%d headings", n)
				}
				if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Set-Cookie") != "" || a.Header.Get("Referrer-Policy") != "no-referrer" {
					t.Errorf("headers %v", a.Header)
				}
				if i, j := strings.Index(a.Body, always), strings.Index(a.Body, "Where to get another kit"); i > j {
					t.Error("what to do at an overdose does not come first at the end")
				}
			})
		}
	}
}

// TestWhichKit asks where two kinds of kit bear one number.
func TestWhichKit(t *testing.T) {
	w := webtest.NewBare(t)
	w.Receive(w.Home, "prenoxad", "77", "2027-06", 3, webtest.Today-60)
	w.Receive(w.Home, "nyxoid", "77", "2026-10", 3, webtest.Today-60)
	v := w.As(webtest.Public)
	a := v.Get("/check?lot=77")
	a.Is(t, http.StatusOK, "", "Which kit is it?", "product=nyxoid", "product=prenoxad", always)
	a.Lacks(t, "is in date until", "is out of date")
	v.Get("/check?lot=77&product=nyxoid").Is(t, http.StatusOK, "", "This kit is out of date")
	v.Get("/check?lot=77&product=prenoxad").Is(t, http.StatusOK, "", "in date until the end of June 2027")
}

// TestWhatCannotBeRead keeps the form, with what is wrong beside the field.
func TestWhatCannotBeRead(t *testing.T) {
	v := webtest.NewBare(t).As(webtest.Public)
	for path, says := range map[string]string{
		"/check?lot=" + strings.Repeat("9", 41): "longer than 40 letters",
		"/check?lot=1&expiry=soon":              "This is not a date as packs have it",
		"/check?lot=1&product=teapot":           "We do not know this kind of kit",
		"/01/5026468663362/10/0116917":          "There is a problem",
	} {
		v.Get(path).Is(t, http.StatusUnprocessableEntity, "", says, `action="/check"`, "There is a problem")
	}
	a := v.Post("/check", url.Values{"lot": {"ABC"}, "expiry": {"soon"}, "product": {""}})
	a.Is(t, http.StatusUnprocessableEntity, "", `value="ABC"`, `value="soon"`)
	v.Post("/check", url.Values{}).Is(t, http.StatusUnprocessableEntity, "", "Type the lot number")
}

// TestCodes fills the form in from a code, and opens the address of a card.
func TestCodes(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	a := v.Post("/check", url.Values{"scan": {"read"}, "code": {"(01)05026468663361(17)270630(10)IN1"}, "lot": {""}, "expiry": {""}, "product": {""}})
	a.Is(t, http.StatusOK, "", `value="IN1"`, `value="prenoxad" selected`)
	a.Lacks(t, "is in date until") // a scan fills in; the button answers
	v.Open("/01/05026468663361/10/IN1?17=270630").Says(t, "in date until", "IN1", "Prenoxad")
	for _, path := range []string{"/01/05026468663361", "/check?product=prenoxad"} {
		a = v.Open(path)
		a.Says(t, `value="prenoxad" selected`)
		a.Lacks(t, "There is a problem")
	}
	if a = v.Upload("/check", url.Values{"scan": {"read"}}, "photo", "x.png", "no picture"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a photo that is none answers %d", a.Status)
	}
	v.Post("/check/scan", url.Values{"scan": {"read"}, "code": {"(10)IN1"}}).Is(t, http.StatusOK, "", `"lot":"IN1"`)
}

// TestNothingIsStored asks in every way, and compares the whole database, and what is logged.
func TestNothingIsStored(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	before := w.Tables()
	for _, path := range []string{"/check", "/check?lot=CANARYLOT&expiry=2027-06", "/check?lot=IN1", "/check.ics?expiry=2027-06", "/check/remind?lot=CANARYLOT", "/01/05026468663361/10/CANARYLOT", "/reminders/canarylot"} {
		a := v.Get(path)
		if a.Status >= http.StatusInternalServerError || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s answers %d, %v", path, a.Status, a.Header)
		}
	}
	v.Post("/check", form("CANARYLOT", "2027-06"))
	v.Post("/check", form("CANARYLOT", "never"))
	v.Post("/check", url.Values{"scan": {"read"}, "code": {"(10)CANARYLOT"}})
	v.Post("/check/scan", url.Values{"scan": {"read"}, "code": {"(10)CANARYLOT"}})
	for i, table := range w.Tables() {
		if before[i] != table {
			t.Errorf("the table %s has changed", table.Name)
		}
	}
	if strings.Contains(strings.ToLower(w.Log.String()), "canarylot") {
		t.Errorf("the log holds what was asked: %s", w.Log)
	}
}

// TestNoCookieIsRead opens pages as somebody who is signed in: they are those of anybody.
func TestNoCookieIsRead(t *testing.T) {
	w := stocked(t)
	for _, path := range []string{"/check", "/check?lot=IN1", "/check/remind", "/check/remind/sent", "/reminders/x"} {
		anybody, known := w.As(webtest.Public).Get(path), w.As(webtest.Administrator).Get(path)
		if anybody.Body != known.Body || strings.Contains(known.Body, webtest.Name(webtest.Administrator)) {
			t.Errorf("%s knows who is signed in", path)
		}
	}
	if a := w.As(webtest.Public).Get("/check"); !strings.Contains(a.Header.Get("Cache-Control"), "public") {
		t.Errorf("the empty form is not kept: %v", a.Header)
	}
}

// TestTheDayChanges asks at both sides of midnight.
func TestTheDayChanges(t *testing.T) {
	w := stocked(t)
	v := w.As(webtest.Public)
	w.Wait(12*time.Hour - time.Second)
	v.Get("/check?lot=LAST1").Says(t, "Today is the last day of this kit")
	w.Wait(time.Second)
	v.Get("/check?lot=LAST1").Says(t, "This kit is out of date")
}

// TestSize keeps the page and its script under 50 KB on the way, without the looks that all pages share.
func TestSize(t *testing.T) {
	w := stocked(t)
	for _, path := range []string{"/check", "/check?lot=NEEDLE1"} {
		if n := len(w.As(webtest.Public).Get(path).Body); n > 16<<10 {
			t.Errorf("%s has %d bytes before it is compressed", path, n)
		}
	}
}

// TestApprovedWording has somebody approve a text, and reads it on the pages.
func TestApprovedWording(t *testing.T) {
	w := stocked(t)
	admin := w.As(webtest.Administrator)
	admin.Open("/wording").Says(t, "two dark shapes", "Wording check-needles/1, for notice NatPSA/2022/009/MHRA. Not yet approved by a clinician.")
	approval := url.Values{"wording": {"last-resort/1"}, "name": {"Dr Canary Name"}, "role": {"consultant"}, "on": {"2026-11-20"}}
	for field, wrong := range map[string]string{"name": "", "role": "", "on": "2027-01-01"} {
		bad := url.Values{}
		for k := range approval {
			bad.Set(k, approval.Get(k))
		}
		bad.Set(field, wrong)
		admin.Post("/wording", bad).Is(t, http.StatusUnprocessableEntity, "", "There is a problem", `href="#`+field+`"`)
	}
	admin.Post("/wording", approval).Is(t, http.StatusSeeOther, "/wording")
	admin.Post("/wording", approval).Is(t, http.StatusConflict, "", "approved already")
	admin.Open("/wording").Says(t, "Wording last-resort/1. Approved by Dr Canary Name, consultant, 20 November 2026.")
	a := w.As(webtest.Public).Get("/check?lot=IN1")
	a.Says(t, "Wording last-resort/1: approved by Dr Canary Name, consultant, 20 November 2026.", "in-date/1: not yet approved by a clinician.")
	log, err := w.Staff.AuditLog(context.Background(), w.Person(webtest.Administrator), staff.Place{}, "", 10)
	w.Must(err)
	found := false
	for _, e := range log {
		found = found || (e.Deed == "approve wording" && e.Subject == "last-resort/1" && e.Detail == "")
	}
	if !found || strings.Contains(w.Log.String(), "Canary") {
		t.Errorf("the audit log: %+v", log)
	}
}
