package civil

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-23": "2026-11-23", "23/11/2026": "2026-11-23", "3/1/2026": "2026-01-03", "29/02/2024": "2024-02-29",
		"31.12.1999": "1999-12-31",
	} {
		d, err := ParseDate(in)
		if err != nil || d.String() != want {
			t.Errorf("ParseDate(%q) = %v, %v; want %s", in, d, err, want)
		}
	}
	for _, in := range []string{
		"", "2026-13-01", "2026-02-30", "29/02/2025", "11/23/2026", "23/11/26", "20261123", "2026-11", "tomorrow",
		"0001-01-01", "99999-01-01", "2026-11-23T00:00", "-2026-11-23", "2026--23", "1/2/3/4",
	} {
		if d, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", in, d)
		}
	}
}

func TestParseExpiry(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11": "2026-11", "11/2026": "2026-11", "11/26": "2026-11", "1/27": "2027-01", "15/11/2026": "2026-11-15",
		"2026-11-30": "2026-11-30", "261115": "2026-11-15", "261100": "2026-11", "280200": "2028-02", "": "",
		"NOV 2026": "2026-11", "nov-26": "2026-11", " 11-2026 ": "2026-11",
	} {
		e, err := ParseExpiry(in)
		if err != nil || e.String() != want {
			t.Errorf("ParseExpiry(%q) = %v, %v; want %q", in, e, err, want)
		}
	}
	for _, in := range []string{"13/2026", "2026", "261301", "261132", "31/02/2026", "soon", "00/26", "11/226"} {
		if e, err := ParseExpiry(in); err == nil {
			t.Errorf("ParseExpiry(%q) = %v, want an error", in, e)
		}
	}
}

func TestExpiryMonthMeansLastDay(t *testing.T) {
	e, _ := ParseExpiry("02/28")
	if e.Last.String() != "2028-02-29" {
		t.Fatalf("end of February 2028 is %s", e.Last)
	}
	if e.Past(On(2028, time.February, 29)) || !e.Past(On(2028, time.March, 1)) {
		t.Fatal("a kit is in date on its last day and past on the next")
	}
	if (Expiry{}).Past(On(2099, 1, 1)) {
		t.Fatal("an unknown expiry is not known to be past")
	}
	// The civil date of an instant depends on the place asked about, an expiry never does.
	auckland := time.FixedZone("UTC+13", 13*3600)
	late := time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC)
	if In(late, auckland).String() != "2028-03-01" || In(late, time.UTC).String() != "2028-02-29" {
		t.Fatal("In does not use the zone")
	}
}

func TestPeriods(t *testing.T) {
	for in, want := range map[string][2]string{
		"2021/22": {"2021-04-01", "2022-03-31"}, "2021/22-Q2": {"2021-07-01", "2021-09-30"}, "2021/22-q4": {"2022-01-01", "2022-03-31"},
		"2021": {"2021-01-01", "2021-12-31"}, "2021-07": {"2021-07-01", "2021-07-31"}, "1999/00": {"1999-04-01", "2000-03-31"},
		"2006/2007": {"2006-04-01", "2007-03-31"},
	} {
		p, err := ParsePeriod(in)
		if err != nil || p.First().String() != want[0] || p.Last().String() != want[1] {
			t.Errorf("ParsePeriod(%q) = %v..%v, %v", in, p.First(), p.Last(), err)
		}
	}
	for _, in := range []string{"", "2021/23", "2021/22-Q5", "2021-13", "21/22", "2021/22Q2", "2021-7", "last year"} {
		if p, err := ParsePeriod(in); err == nil {
			t.Errorf("ParsePeriod(%q) = %v, want an error", in, p)
		}
	}
}

func TestPeriodNamesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(MinYear, 2150).Draw(t, "year")
		p := rapid.SampledFrom([]Period{
			FinancialYear(y), Quarter(y, rapid.IntRange(1, 4).Draw(t, "q")), Year(y),
			MonthPeriod(MonthOf(y, time.Month(rapid.IntRange(1, 12).Draw(t, "m")))),
		}).Draw(t, "period")
		for _, parse := range []func() (Period, error){
			func() (Period, error) { return ParsePeriod(p.String()) },
			func() (Period, error) { return ParseSlug(p.Slug()) },
		} {
			if got, err := parse(); err != nil || got != p {
				t.Fatalf("%v came back as %v (%v), slug %s", p, got, err, p.Slug())
			}
		}
		if p.After().Before() != p || p.After().First() != p.Last()+1 {
			t.Fatalf("%v: after %v, before that %v", p, p.After(), p.After().Before())
		}
	})
}

func TestDatesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(int32(On(MinYear, 1, 1)), int32(On(MaxYear, 12, 31))).Draw(t, "day"))
		if got, err := ParseDate(d.String()); err != nil || got != d {
			t.Fatalf("%v came back as %v (%v)", d, got, err)
		}
		for _, e := range []Expiry{ExpiresOn(d), ExpiresIn(d.Month())} {
			if got, err := ParseExpiry(e.String()); err != nil || got != e {
				t.Fatalf("%v came back as %v (%v)", e, got, err)
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-11-23", "11/26", "261100", "2021/22-Q2", "", "½/26"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil {
			if again, err := ParseDate(d.String()); err != nil || again != d {
				t.Fatalf("%q -> %v -> %v (%v)", s, d, again, err)
			}
		}
		if e, err := ParseExpiry(s); err == nil {
			if again, err := ParseExpiry(e.String()); err != nil || again != e {
				t.Fatalf("%q -> %v -> %v (%v)", s, e, again, err)
			}
		}
		if p, err := ParsePeriod(s); err == nil {
			if again, err := ParsePeriod(p.String()); err != nil || again != p {
				t.Fatalf("%q -> %v -> %v (%v)", s, p, again, err)
			}
		}
	})
}
