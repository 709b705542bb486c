package outlet_test

import (
	"strings"
	"testing"

	"everykit/web/webtest"
)

// What goes with a kit is offered on its receipt; a reminder is asked for on the public page, which learns only the lot.
func TestWhatIsOfferedWithAKit(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	v := w.As(webtest.Worker)
	receipt := v.Saved(w.Path("/give-out"), "kits", "1")
	receipt.Says(t, "Print a card", "Offer one e-mail before it expires")
	at := strings.Index(receipt.Body, "/check/remind?")
	if at < 0 {
		t.Fatal("no reminder is offered")
	}
	href, _, _ := strings.Cut(receipt.Body[at:], `"`)
	href = strings.ReplaceAll(href, "&amp;", "&")
	page := w.As(webtest.Public).Open(href)
	page.Says(t, "One reminder by e-mail")
	page.Lacks(t, w.Home.Name)
	if id := receipt.To[strings.LastIndex(receipt.To, "/")+1:]; id != "" && strings.Contains(href, id) {
		t.Error("the address of the reminder names the supply")
	}
}
