package page_test

import (
	"strings"
	"testing"

	"everykit/web/browser"
)

// TestKeyboardAlone goes from the address bar to the first field, and opens the menu of a phone, without a mouse.
func TestKeyboardAlone(t *testing.T) {
	home := site(t, shell())
	b := browser.Start(t)
	b.SetWidth(320)
	b.Open(home + "/sink")
	b.Press("Tab")
	if got := b.Focused(); got != "a Skip to main content" {
		t.Errorf("the first stop is %q", got)
	}
	b.Press("Enter", "Tab")
	if got := b.Focused(); !strings.Contains(got, "Give out") {
		t.Errorf("after the skip link comes %q", got)
	}
	b.Open(home + "/sink")
	b.Press("Tab", "Tab", "Tab")
	if got := b.Focused(); got != "summary Menu" {
		t.Fatalf("the third stop is %q", got)
	}
	b.Press("Enter")
	b.Fit()
	b.Press("Tab", "Tab")
	if got := b.Focused(); got != "a Day sheet" {
		t.Errorf("in the menu comes %q", got)
	}
}

func TestPlusAndMinus(t *testing.T) {
	home := site(t, shell())
	b := browser.Start(t)
	b.Open(home + "/sink")
	b.Click("[data-step] .ek-step:last-of-type")
	b.Click("[data-step] .ek-step:last-of-type")
	if got := b.Value("#kits"); got != "3" {
		t.Errorf("two more than 1 is %q", got)
	}
	for range 4 {
		b.Click("[data-step] .ek-step:first-of-type")
	}
	if got := b.Value("#kits"); got != "1" {
		t.Errorf("the least is %q", got)
	}
	b.DisableJS()
	b.Open(home + "/sink")
	if b.Attribute("#kits", "value") != "1" {
		t.Error("without scripts there is no count")
	}
}
