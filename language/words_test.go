package language_test

import (
	"html/template"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/language"
)

// TestNumbersAndDatesAreThoseOfPages compares with what the rest of the pages write.
func TestNumbersAndDatesAreThoseOfPages(t *testing.T) {
	e := language.English()
	for got, want := range map[string]string{
		e.Number(0): "0", e.Number(999): "999", e.Number(-1234567): "−1,234,567", e.Number(math.MinInt64): "−9,223,372,036,854,775,808",
		e.Decimal(12345.678, 2): "12,345.68", e.Decimal(-0.04, 1): "0.0", e.Decimal(-2.5, 1): "−2.5", e.Decimal(math.NaN(), 1): "not known",
		e.ExpiryWithin(civil.ExpiresIn(civil.MonthOf(2027, 6))): "the end of June 2027", e.ExpiryWithin(civil.ExpiresOn(civil.On(2027, 6, 9))): "9 June 2027",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := civil.Date(rapid.IntRange(0, 40_000).Draw(t, "day"))
		for got, want := range map[string]string{
			e.Date(d): d.Words(), e.Expiry(civil.ExpiresOn(d)): civil.ExpiresOn(d).Words(),
			e.Expiry(civil.ExpiresIn(d.Month())): civil.ExpiresIn(d.Month()).Words(), e.Expiry(civil.Expiry{}): civil.Expiry{}.Words(),
		} {
			if got != want {
				t.Fatalf("%q, not %q", got, want)
			}
		}
	})
}

func TestMessages(t *testing.T) {
	e := language.English()
	for got, want := range map[string]string{
		e.T("shell.menu"): "Menu",
		e.T("data.rows-made", "count", 1, "date", civil.On(2026, 11, 23)):       "1 row, 23 November 2026",
		e.T("data.rows-made", "count", 0, "date", "today"):                      "0 rows, today",
		e.T("data.rows-made", "count", int64(1234), "date", civil.None):         "1,234 rows, ",
		e.T("check.typed-in-date"):                                              "The date you typed is {date}. It has not passed.",
		e.T("nothing.here", "x", 1):                                             "nothing.here",
		string(e.HTML("shell.error-number", "id", `<b>&"`)):                     "Error number <code>&lt;b&gt;&amp;&#34;</code>",
		string(e.HTML("shell.error-number", "id", template.HTML("<em>1</em>"))): "Error number <code><em>1</em></code>",
		string(e.HTML("check.not-sure")):                                        "I am not sure",
		string(e.HTML("nothing.<b>")):                                           "nothing.&lt;b&gt;",
		string(e.HTML("check.one-email", "here", "javascript:alert(1)")):        `<a href="#">Get one e-mail</a> 30 days before, or if there is news about this lot`,
		string(e.HTML("check.one-email", "here", `/x?a="&b`)):                   `<a href="/x?a=&#34;&amp;b">Get one e-mail</a> 30 days before, or if there is news about this lot`,
		(*language.Words)(nil).T("shell.menu"):                                  "Menu",
		(*language.Words)(nil).Link("/find"):                                    "/find",
		(*language.Words)(nil).Lang() + (*language.Words)(nil).Dir():            "en-GBltr",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	if !language.Has("shell.menu") || language.Has("shell.menus") {
		t.Error("Has is wrong")
	}
}

// TestLinks keeps a reader in their language, and never puts it before what has none.
func TestLinks(t *testing.T) {
	w := language.Pseudo()
	for path, want := range map[string]string{
		"/find": "/xx/find", "/": "/xx/", "/check?lot=1": "/xx/check?lot=1", "/xx/find": "/xx/find", "/xx": "/xx", "/xxl": "/xx/xxl", "#top": "#top",
		"https://example.org/": "https://example.org/", "//example.org/": "//example.org/", "/sign-in": "/sign-in", "": "",
	} {
		if got := w.Link(path); got != want {
			t.Errorf("Link(%q) is %q, not %q", path, got, want)
		}
	}
	if got := string(w.HTML("remind.not-here")); !strings.Contains(got, `<a href="/xx/check">`) {
		t.Errorf("a link in a message leads elsewhere: %s", got)
	}
	if got := string(w.HTML("check.one-email", "here", "/check/remind?lot=1")); !strings.Contains(got, `<a href="/xx/check/remind?lot=1">`) {
		t.Errorf("a link that is a place leads elsewhere: %s", got)
	}
}

// TestAddresses are not in parallel: the list of languages is the program's.
func TestAddresses(t *testing.T) {
	p := language.Pseudo()
	if w, rest := language.For("/xx/find"); w != language.English() || rest != "/xx/find" {
		t.Error("a language is there before it is loaded")
	}
	remove := language.Use(p)
	for path, want := range map[string]string{"/xx/find": "/find", "/xx": "/", "/xx/": "/", "/xx/01/5/10/A%2FB": "/01/5/10/A%2FB"} {
		if w, rest := language.For(path); w != p || rest != want {
			t.Errorf("%s is %s in %s", path, rest, w.Tag)
		}
	}
	for _, path := range []string{"/find", "/xxl", "/XX/find", "xx/find", ""} {
		if w, rest := language.For(path); w != language.English() || rest != path {
			t.Errorf("%s is %s in %s", path, rest, w.Tag)
		}
	}
	if all := language.All(); len(all) != 2 || all[0] != language.English() || all[1] != p {
		t.Errorf("there are %d languages", len(all))
	}
	remove()
	if len(language.All()) != 1 {
		t.Error("a language that was taken away is still there")
	}
}

// TestPseudo holds the made-up language to what tests rely on: brackets, no plain letter, a third longer, all places, the same
// markup.
func TestPseudo(t *testing.T) {
	w := language.Pseudo()
	for _, key := range language.Keys() {
		m, _ := language.About(key)
		if strings.HasPrefix(key, "numbers.") {
			continue
		}
		var pairs []any
		for _, p := range m.Places {
			pairs = append(pairs, p, 7)
		}
		if slices.Contains(m.Places, "count") {
			m.Texts["other"] = strings.ReplaceAll(m.Texts["other"], "{count}", "7")
		}
		got := w.T(key, pairs...)
		if !strings.HasPrefix(got, language.OpenBracket) || !strings.HasSuffix(got, language.CloseBracket) {
			t.Errorf("%s is not in brackets: %s", key, got)
		}
		if strings.ContainsAny(got, "{}") {
			t.Errorf("%s keeps a place: %s", key, got)
		}
		if n := len([]rune(got)); !m.Markup && float64(n) < 1.2*float64(len([]rune(m.Texts["other"]))) && n > 12 && len(m.Places) == 0 && !strings.Contains(m.Texts["other"], "/") {
			t.Errorf("%s is hardly longer: %s", key, got)
		}
		if words := strings.Trim(outside(got), " 0123456789"); strings.ContainsAny(words, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			t.Errorf("%s has plain letters: %s", key, got)
		}
	}
	if got := w.T("data.rows-made", "count", 1, "date", civil.On(2026, 11, 23)); !strings.Contains(got, "1 ŕö") || !strings.Contains(got, "23 ⟦Ñ") {
		t.Errorf("a count and a date become %s", got)
	}
}

// outside is what is in no element.
func outside(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestFaults finds what rooms below say by their English words.
func TestFaults(t *testing.T) {
	w := language.Pseudo()
	if got := w.Fault("the lot number is longer than 40 letters"); got != w.T("faults.lot-long", "letters", "40") || !strings.Contains(got, "40") {
		t.Errorf("it is said as %s", got)
	}
	if got := w.Fault("copy it from the pack"); got != w.T("faults.lot-long-hint") {
		t.Errorf("it is said as %s", got)
	}
	for _, text := range []string{"", "a fault that nobody has written down", "copy it from the pack\nnow"} {
		if got := w.Fault(text); got != text {
			t.Errorf("%q is said as %s", text, got)
		}
	}
	if got := language.English().Fault("copy it from the pack"); got != "copy it from the pack" {
		t.Errorf("English says %s", got)
	}
}

// TestEnglishPluralsHavePlaces: a message with plural forms shows its count in "other", and the same places in both forms.
func TestEnglishPluralsHavePlaces(t *testing.T) {
	n := 0
	for _, key := range language.Keys() {
		m, _ := language.About(key)
		one, two := m.Texts["one"], m.Texts["other"]
		if one == "" {
			continue
		}
		n++
		for _, p := range m.Places {
			if !strings.Contains(two, "{"+p+"}") || p != "count" && !strings.Contains(one, "{"+p+"}") {
				t.Errorf("%s lacks {%s} in one of %q and %q", key, p, one, two)
			}
		}
	}
	if n == 0 {
		t.Error("no message has plural forms")
	}
}
