package survey_test

import (
	"testing"
	"time"

	"everykit/civil"
	"everykit/survey"
)

// TestBankHoliday goes by the nation: days that are one in some parts of the United Kingdom alone.
func TestBankHoliday(t *testing.T) {
	for _, c := range []struct {
		day                civil.Date
		e, w, s, n, nobody bool
	}{
		{civil.On(2026, time.December, 25), true, true, true, true, false},
		{civil.On(2026, time.November, 30), false, false, true, false, false},
		{civil.On(2026, time.July, 13), false, false, false, true, false},
		{civil.On(2026, time.August, 31), true, true, false, true, false},
		{civil.On(2026, time.December, 26), false, false, false, false, false}, // a Saturday: the Monday is
		{civil.On(2026, time.November, 23), false, false, false, false, false},
	} {
		for code, want := range map[string]bool{"E92000001": c.e, "W92000004": c.w, "S92000003": c.s, "N92000002": c.n, "X1": c.nobody, "": c.nobody} {
			if got := survey.BankHoliday(code, c.day); got != want {
				t.Errorf("%s in %q: %v", c.day, code, got)
			}
		}
	}
}
