package check_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"everykit/web/webtest"
)

// TestCalendar reads the file as a calendar does.
func TestCalendar(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	a := v.Get("/check.ics?expiry=2027-06&lot=0116917&product=prenoxad")
	if a.Status != http.StatusOK || a.Type != "text/calendar; charset=utf-8" || !strings.Contains(a.Header.Get("Content-Disposition"), `"check-date.ics"`) || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Set-Cookie") != "" {
		t.Fatalf("%d %s %v", a.Status, a.Type, a.Header)
	}
	for _, line := range strings.Split(strings.TrimSuffix(a.Body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("the line %q has %d octets", line, len(line))
		}
	}
	whole := strings.ReplaceAll(a.Body, "\r\n ", "")
	for _, must := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "DTSTART;VALUE=DATE:20270531\r\nDTEND;VALUE=DATE:20270601\r\n", "DTSTART;VALUE=DATE:20270630\r\nDTEND;VALUE=DATE:20270701\r\n",
		"SUMMARY:Check date\r\n", "DTSTAMP:20261123T120000Z\r\n", "The date is on 30 June 2027.", "END:VCALENDAR\r\n",
	} {
		if !strings.Contains(whole, must) {
			t.Errorf("the file lacks %q", must)
		}
	}
	if n := strings.Count(whole, "BEGIN:VEVENT"); n != 2 || strings.Contains(whole, "TZID") || strings.Contains(whole, "DATE-TIME") {
		t.Errorf("%d events: %s", n, whole)
	}
	for _, word := range []string{"naloxone", "kit", "prenoxad", "0116917", "overdose", "lot"} {
		if strings.Contains(strings.ToLower(whole), word) {
			t.Errorf("the file says %q", word)
		}
	}
	again := v.Get("/check.ics?expiry=2027-06").Body
	if again != a.Body {
		t.Error("the same days make other entries")
	}
	if near := v.Get("/check.ics?expiry=2026-11-30").Body; strings.Count(near, "BEGIN:VEVENT") != 1 || !strings.Contains(near, "DTSTART;VALUE=DATE:20261130") {
		t.Errorf("a week before the end: %s", near)
	}
	for _, path := range []string{"/check.ics", "/check.ics?expiry=2026-10", "/check.ics?expiry=soon"} {
		if a := v.Get(path); a.Status != http.StatusUnprocessableEntity || strings.Contains(a.Type, "calendar") {
			t.Errorf("%s answers %d", path, a.Status)
		}
	}
	w.Wait(-12*time.Hour + time.Second) // the first second of the day
	if first := v.Get("/check.ics?expiry=2026-11-23").Body; strings.Count(first, "BEGIN:VEVENT") != 1 {
		t.Errorf("on the last day: %s", first)
	}
}
