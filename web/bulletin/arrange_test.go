package bulletin

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestArranged moves single chapters, as people do who change one number and leave the others.
func TestArranged(t *testing.T) {
	for want, typed := range map[string]string{
		"a b c d": "1 2 3 4",
		"d a b c": "1 2 3 1", // the last to the front
		"b c a d": "3 2 3 4", // the first behind the third
		"a c b d": "1 3 2 4",
		"a b d":   "1 2 x 4", // left out
	} {
		order, out, err := arranged(chapters(strings.Fields(typed)))
		if err != nil || strings.Join(order, " ") != want {
			t.Errorf("%q is %v without %v, not %q: %v", typed, order, out, want, err)
		}
	}
	if _, _, err := arranged(chapters([]string{"1", "second"})); err == nil || !strings.Contains(err.Error(), "whole number") {
		t.Errorf("a word for a place: %v", err)
	}
	rapid.Check(t, func(r *rapid.T) { // whatever is typed, no chapter is lost or doubled
		typed := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", "4", "9", "x"}), 4, 4).Draw(r, "places")
		order, out, err := arranged(chapters(typed))
		seen := map[string]int{}
		for _, key := range append(order, out...) {
			seen[key]++
		}
		if err != nil || len(order)+len(out) != 4 || len(seen) != 4 {
			r.Fatalf("%v is %v without %v: %v", typed, order, out, err)
		}
	})
}

// chapters is the form of chapters a, b ... with the places that are typed; x is left out.
func chapters(places []string) (keys []string, form url.Values) {
	form = url.Values{}
	for i, p := range places {
		key := string(rune('a' + i))
		keys = append(keys, key)
		form.Set("place-"+key, p)
		if p == "x" {
			form.Set("out-"+key, "yes")
		}
	}
	return keys, form
}
