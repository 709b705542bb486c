package registry_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/registry"
)

// TestChanges: until the instant it names nothing changes, and there it does.
func TestChanges(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	hours := []string{"Mo-Fr 09:00-17:00", "24/7", "Fr,Sa 22:00-04:00", "Mo-Su 00:00-24:00; PH off", "Mo 09:00-12:00,12:00-14:00; PH 10:00-11:00", "off", "Su 00:30-02:30"}
	holiday := func(d civil.Date) bool { return d%9 == 0 }
	rapid.Check(t, func(r *rapid.T) {
		h, err := registry.ParseHours(rapid.SampledFrom(hours).Draw(r, "hours"))
		if err != nil {
			r.Fatal(err)
		}
		at := time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(r, "minute")) * time.Minute) // over the end of summer time
		was := h.OpenAt(at, london, holiday)
		next, ok := h.Changes(at, london, holiday)
		end := next
		if !ok {
			end = at.Add(14 * 24 * time.Hour)
		}
		for m := at; m.Before(end); m = m.Add(time.Minute) {
			if h.OpenAt(m, london, holiday) != was {
				r.Fatalf("at %v it changed, and %v was said", m, next)
			}
		}
		if ok && h.OpenAt(next, london, holiday) == was {
			r.Fatalf("nothing changes at %v", next)
		}
	})
}

func TestDay(t *testing.T) {
	h, err := registry.ParseHours("Mo-Fr 13:00-15:00,09:00-12:00; Sa 22:00-04:00; PH off")
	if err != nil {
		t.Fatal(err)
	}
	if d := h.Day(time.Monday); len(d) != 2 || d[0] != (registry.Opening{From: 540, To: 720}) || d[1].From != 780 || d[0].WholeDay() {
		t.Errorf("Monday is %v", d)
	}
	if d := h.Day(time.Saturday); len(d) != 1 || d[0] != (registry.Opening{From: 1320, To: 1680}) {
		t.Errorf("Saturday is %v", d)
	}
	if d := h.Day(time.Sunday); len(d) != 0 {
		t.Errorf("Sunday is %v", d)
	}
	if list, told := h.Holidays(); len(list) != 0 || !told {
		t.Errorf("on holidays %v, %v", list, told)
	}
	all, _ := registry.ParseHours("24/7")
	if d := all.Day(time.Sunday); len(d) != 1 || !d[0].WholeDay() {
		t.Errorf("always is %v", d)
	}
}
