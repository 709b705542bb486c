package table

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"Person at risk":       "person_at_risk",
		"person-at-risk":       "person_at_risk",
		" Person__at - RISK ":  "person_at_risk",
		"person\u00a0at\trisk": "person_at_risk",
		"not–known":            "not_known",
		"ÉCOLE":                "école",
		"-":                    "",
		"_a_":                  "a",
		"a1":                   "a1",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { Fold("person_at_risk") }); n != 0 {
		t.Errorf("%v allocations for a folded word", n)
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "s"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
		if strings.Contains(once, "__") || strings.ContainsAny(once, " -\t") {
			t.Fatalf("%q", once)
		}
	})
}

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"plain":         "plain",
		"=1+1":          "'=1+1",
		"+1+1":          "'+1+1",
		"-cmd":          "'-cmd",
		"-":             "'-",
		"@SUM(A1)":      "'@SUM(A1)",
		"\t=1":          "'\t=1",
		"\r=1":          "'\r=1",
		" =1":           "' =1",
		" x":            " x",
		"-1.25":         "-1.25",
		"+447700900123": "+447700900123",
		"-1.":           "'-1.",
		"-1e5":          "'-1e5",
		"'=1":           "''=1",
		"'-1.25":        "''-1.25",
		"'tis":          "'tis",
		"it's =":        "it's =",
	} {
		if got := Guard(in); got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Unguard("'-1.25"); got != "-1.25" {
		t.Errorf("a number somebody else guarded: %q", got)
	}
}

// cellText draws text of the sort that makes trouble in files.
func cellText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("'\"=+-@,;\t\r\n ab1.09_x\u00e9\u00a0\x01€𝄞")), 0, 12, -1),
		rapid.StringMatching(`'*[=+\-@\t\r ]?-?[0-9a]{0,3}\.?[0-9]?`),
		rapid.String(),
	)
}

func TestUnguardUndoesGuard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := cellText().Draw(t, "s")
		g := Guard(s)
		if back := Unguard(g); back != s {
			t.Fatalf("%q, then %q, then %q", s, g, back)
		}
		if g != "" && strings.IndexByte("=+-@\t\r", g[0]) >= 0 && !plainNumber(g) {
			t.Fatalf("%q was let out", g)
		}
	})
}
