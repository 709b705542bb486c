package measure_test

import (
	"testing"

	"everykit/data"
	"everykit/measure"
)

// TestWhatIsPublished takes in the returns that the program ships with: a coverage that was published stands as it was,
// beside the kits where they are known, and beside the one that is computed from both parts; never in its place.
func TestWhatIsPublished(t *testing.T) {
	eachWorldOn(t, "2022-06-15", func(t *testing.T, w *world) {
		w.take(t, "returns", string(data.Returns))
		for _, x := range []struct{ area, value, kits, people, told string }{
			{"E09000017", "3", "40", "", ""},
			{"E09000009", "6", "", "", ""},
			{"E09000002", Number(100 * 58 / 861.0), "58", "861", "7"},
		} {
			f := w.row(t, measure.Own, measure.Coverage, "2016/17", x.area, "")
			got := []string{measure.Number(f.Value), measure.Number(f.Numerator), measure.Number(f.Denominator), measure.Number(f.Told)}
			if f.State != measure.Reported || got[0] != x.value || got[1] != x.kits || got[2] != x.people || got[3] != x.told {
				t.Errorf("%s: %v of %v", x.area, got, f.Cells())
			}
		}
		england := w.row(t, measure.PublishedRatio, measure.Coverage, "2017/18", "E92000001", "")
		says(t, england, measure.Reported, "16")
		pool := w.row(t, measure.Pooled, measure.Coverage, "2016/17", "E92000001", "") // only of the one with both parts
		says(t, pool, measure.Partial, Number(100*58/861.0))
	})
}
