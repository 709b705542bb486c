package frozen_test

import (
	"strings"
	"testing"

	"everykit/fault"
)

// What cannot be frozen is refused with what is wrong and what to do.
func TestRefusals(t *testing.T) {
	eachWorld(t, "2022-06-15", func(t *testing.T, w *world) {
		w.publishedReturns()
		for _, x := range []struct {
			area, period, asOf string
			kind               fault.Kind
			says, hint         string
		}{
			{scotland, "2022/23-Q1", "", fault.Invalid, "2022/23-Q1 has not ended: its last day is 30 June 2022", "2021/22-Q4 is the latest"},
			{scotland, "2021/22-Q3", "2021-11-30", fault.Invalid, "had not ended on 30 November 2021: its last day is 31 December 2021", "2021/22-Q2"},
			{scotland, "2021/22-Q2", "2022-06-16", fault.Invalid, "16 June 2022 is in the future", "today or an earlier day"},
			{scotland, "2021-07", "", fault.Invalid, "a quarter or of a financial year, and 2021-07 is neither", "2021/22-Q2 or 2021/22"},
			{scotland, "2021", "", fault.Invalid, "2021 is neither", "2021/22"},
			{"S99", "2021/22-Q2", "", fault.NotFound, "S99", "import areas"},
			{"", "2021/22-Q2", "", fault.Invalid, "the area is missing", "code"},
			{"E12000003", "2021/22-Q2", "", fault.Invalid, "is a region", ""},
			{scotland, "2021/22-Q3", "", fault.Invalid, "nothing is known of Scotland in 2021/22-Q3 (October 2021 to December 2021)", "everykit import returns FILE"},
			{"S08000015", "2021/22-Q2", "", fault.Invalid, "nothing is known of", "import"},
		} {
			s, err := w.tryFreeze(x.area, x.period, x.asOf)
			if s != nil || !fault.Is(err, x.kind) || !strings.Contains(err.Error(), x.says) {
				t.Errorf("%s in %s: %v, not %q", x.area, x.period, err, x.says)
				continue
			}
			if list := fault.Of(err); len(list) != 1 || !strings.Contains(list[0].Next, x.hint) {
				t.Errorf("%s in %s: the hint is %q, not %q", x.area, x.period, list[0].Next, x.hint)
			}
		}
	})
}
