package registry_test

import (
	"testing"
	"time"

	"everykit/civil"
	"everykit/registry"
)

func TestHours(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	// 23 November 2026 is a Monday; 25 December 2026 a Friday.
	christmas := func(d civil.Date) bool { return d == civil.On(2026, time.December, 25) }
	for _, c := range []struct {
		hours, at string
		open      bool
	}{
		{"24/7", "2026-11-29 03:00", true},
		{"24/7", "2026-12-25 12:00", true},
		{"Mo-Fr 09:00-17:00", "2026-11-23 09:00", true},
		{"Mo-Fr 09:00-17:00", "2026-11-23 08:59", false},
		{"Mo-Fr 09:00-17:00", "2026-11-23 17:00", false},
		{"Mo-Fr 09:00-17:00", "2026-11-28 12:00", false},
		{"Mo-Fr 09:00-17:00; We off", "2026-11-25 12:00", false},
		{"Mo-Fr 09:00-17:00; We off", "2026-11-26 12:00", true},
		{"Mo-Fr 09:00-17:00; PH off", "2026-12-25 12:00", false},
		{"Mo-Fr 09:00-17:00", "2026-12-25 12:00", true},
		{"Mo,We,Fr 9:00-12:00, 13:00-16:30", "2026-11-25 12:30", false},
		{"Mo,We,Fr 9:00-12:00, 13:00-16:30", "2026-11-25 16:29", true},
		{"Fr-Mo 10:00-12:00", "2026-11-29 11:00", true},
		{"Fr-Mo 10:00-12:00", "2026-11-24 11:00", false},
		{"Fr 22:00-02:00", "2026-11-28 01:59", true},
		{"Fr 22:00-02:00", "2026-11-28 02:00", false},
		{"Fr 22:00-02:00", "2026-11-27 01:00", false},
		{"10:00-16:00", "2026-11-29 10:00", true},
		{"Sa", "2026-11-28 23:59", true},
		{"off", "2026-11-28 12:00", false},
		{"mo-su 09:00-24:00", "2026-11-28 23:59", true},
		{"Mo-Fr 09:00-17:00", "2026-07-20 16:30", true}, // summer time: 15:30 in UTC
	} {
		h, err := registry.ParseHours(c.hours)
		if err != nil {
			t.Errorf("%q: %v", c.hours, err)
			continue
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, london)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.OpenAt(at.UTC(), london, christmas); got != c.open {
			t.Errorf("%q at %s: open is %v", c.hours, c.at, got)
		}
	}
	for _, bad := range []string{"", ";", "nine to five", "Mo-Fr 9-5", "Mo-Fr 09:00", "Mo-Fr 25:00-26:00", "Xx 09:00-10:00", "Mo 09:00-17:00 sometimes", "Mo 09:61-10:00"} {
		if _, err := registry.ParseHours(bad); err == nil {
			t.Errorf("%q was understood", bad)
		}
	}
}

func TestHoursOfAnOutlet(t *testing.T) {
	at := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	o := registry.Outlet{ClosedOn: civil.None}
	if open, known := o.OpenAt(at, time.UTC, nil); open || known {
		t.Error("hours that nobody told are known")
	}
	o.Open = "Mo 10:00-14:00"
	if open, known := o.OpenAt(at, time.UTC, nil); !open || !known {
		t.Error("it should be open")
	}
	o.ClosedOn = civil.On(2026, time.November, 23)
	if open, known := o.OpenAt(at, time.UTC, nil); open || !known {
		t.Error("it closed for good that day")
	}
}

func FuzzHours(f *testing.F) {
	for _, s := range []string{"Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off", "24/7", "Fr-Mo,PH 22:00-02:00,03:00-04:00 open", "-", "Mo-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := registry.ParseHours(s)
		if (err == nil) != (h != nil) {
			t.Fatalf("%q: %v, %v", s, h, err)
		}
		if h != nil {
			h.OpenAt(time.Unix(1700000000, 0), time.UTC, nil)
		}
	})
}
