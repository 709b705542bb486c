package token_test

import (
	"bytes"
	"strings"
	"testing"

	"everykit/token"
)

func TestTokens(t *testing.T) {
	seen := map[string]bool{}
	for area := range 200 {
		text, hash := token.New(area)
		if seen[text] || len(text) < 28 || strings.ToLower(text) != text {
			t.Fatalf("a token is %q", text)
		}
		seen[text] = true
		for _, typed := range []string{text, " " + strings.ToUpper(text) + "\n"} {
			at, got, ok := token.Read(typed)
			if !ok || at != area || !bytes.Equal(got, hash) {
				t.Fatalf("%q is read as area %d, %v", typed, at, ok)
			}
		}
		if bytes.Contains([]byte(text), hash) {
			t.Fatal("what is kept is in the token")
		}
	}
}

// TestOneWayToWrite: what differs in any letter is another token or none.
func TestOneWayToWrite(t *testing.T) {
	text, hash := token.New(35)
	for _, wrong := range []string{"", "-", "nothing", text + "a", text[:len(text)-1], "0" + text, "+" + text, strings.Replace(text, "-", "--", 1), strings.Replace(text, "-", "", 1), "zzzzzzzzz" + text, text + "="} {
		if _, _, ok := token.Read(wrong); ok {
			t.Errorf("%q is read", wrong)
		}
	}
	for i := range text {
		for _, c := range "a7q" {
			other := text[:i] + string(c) + text[i+1:]
			if other == text {
				continue
			}
			if area, got, ok := token.Read(other); ok && area == 35 && bytes.Equal(got, hash) {
				t.Fatalf("%q is read as %q", other, text)
			}
		}
	}
}
