package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/web"
	"everykit/web/webtest"
)

// shownAt says where what was typed into a field may be seen again, by patterns of addresses; "*" stands for any ending.
// What is not here is seen nowhere. A form that is shown again after a refusal keeps what was typed, and is not counted.
var shownAt = map[string][]string{}

// stored are the fields whose words may be in the database as they were typed.
var stored = []string{}

// fits are answers for fields that take no free words, so that forms are taken.
var fits = map[string]string{
	"kits": "1", "expiry": "2029-01", "email": "canary-email@example.org", "password": "three wise canaries", "pin": "4072", "good": "5", "broken": "0",
	"unit_price": "12.50", "doses": "1", "kits-1": "1", "kits_1": "1",
}

// canary is what is typed into a field of words.
func canary(field string) string { return "Canary" + regexp.MustCompile(`[^a-z_]`).ReplaceAllString(field, "") + "bird" }

var canaries = regexp.MustCompile(`(?i)canary[a-z_]*bird|canary-email@example.org|three wise canaries`)

// typed fills in every form of every page as the role it is made for, and gives where the answers led on to.
func typed(t *testing.T, w *webtest.World) (led []string, fields map[string]bool) {
	t.Helper()
	fields = map[string]bool{}
	taken := map[string]bool{}
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method != http.MethodGet || isFile(path) || strings.Contains(path, "/files/") {
			continue
		}
		who := usedBy(r.Pattern)
		for _, f := range webtest.Forms(w.As(who).Get(path).Body, path) {
			for name := range f.Values {
				if good, ok := fits[name]; ok && f.Values.Get(name) == "" {
					f.Values.Set(name, good)
				}
			}
			for _, name := range f.Words {
				if _, ok := fits[name]; !ok {
					f.Values.Set(name, canary(name))
					fields[name] = true
				}
			}
			var got webtest.Answer
			if f.Method == http.MethodPost {
				got = w.As(who).Post(f.Action, f.Values)
			} else {
				got = w.As(who).Get(f.Action + "?" + f.Values.Encode())
			}
			if got.Status >= http.StatusInternalServerError {
				t.Errorf("%s answers %d", f.Action, got.Status)
			}
			if found := canaries.FindString(got.To); found != "" {
				t.Errorf("%s puts what was typed into an address: %s", f.Action, got.To)
			}
			if got.Status == http.StatusSeeOther {
				taken[path] = true
				led = append(led, got.To)
			}
		}
	}
	for _, needed := range []string{"give-out", "receive", "used", "handed-back", "write-off", "turned-away", "day-sheet", "count"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(taken)), func(p string) bool { return strings.Contains(p, needed) }) {
			t.Errorf("the form of %s was not taken: the canary never flew", needed)
		}
	}
	return led, fields
}

// TestCanaries types a word of its own into each field of each form, and looks for it everywhere.
func TestCanaries(t *testing.T) {
	w := webtest.New(t)
	led, fields := typed(t, w)
	for name := range shownAt {
		if _, ok := fits[name]; !ok && !fields[name] {
			t.Errorf("no form has a field %q any more", name)
		}
	}
	found := map[string]map[string]bool{} // canary: where
	note := func(text, where string) {
		for _, c := range canaries.FindAllString(text, -1) {
			c = strings.ToLower(c)
			if found[c] == nil {
				found[c] = map[string]bool{}
			}
			found[c][where] = true
		}
	}
	for _, who := range webtest.Everybody {
		v := w.As(who)
		for _, r := range web.Routes() {
			if method, path := address(w, r.Pattern, places(w)[0]); method == http.MethodGet {
				note(v.Get(path).Body, who+" "+r.Pattern)
			}
		}
		for _, to := range led {
			note(v.Get(to).Body, who+" "+pathKind(to))
		}
	}
	note(w.Log.String(), "the log")
	if strings.Contains(w.Log.String(), "@example.org") {
		t.Error("the log holds an e-mail address")
	}
	for _, table := range w.Tables() {
		note(table.Text, "table "+table.Name)
	}
	for c, places := range found {
		for _, p := range slices.Sorted(maps.Keys(places)) {
			fmt.Println(c, p)
		}
	}
}

var numbers = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b`)

// pathKind is an address with its numbers taken out.
func pathKind(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	return numbers.ReplaceAllString(u.Path, "{}")
}

var _ = strconv.Itoa
