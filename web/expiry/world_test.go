package expiry_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/web/webtest"
)

var ctx = context.Background()

// world is webtest's with shelves on which something is to be done. Home gives out little and has 40 kits of KEEP1, which
// will be left over; Sister gives out about 13 a month and would use many of them. SOON1 at Home is too short-dated for
// anybody, OLD1 has expired: 6 on the shelf and 4 with people. NODATE has no date.
type world struct {
	*webtest.World
	keep, soon, old, undated int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{World: webtest.NewBare(t)}
	w.keep = w.Receive(w.Home, "prenoxad", "KEEP1", "2027-06", 43, webtest.Today-110)
	w.give(w.Home, w.keep, 3, webtest.Today-50)
	w.soon = w.Receive(w.Home, "prenoxad", "SOON1", "2027-01", 8, webtest.Today-200)
	w.old = w.Receive(w.Home, "nyxoid", "OLD1", "2026-10", 10, webtest.Today-300)
	w.give(w.Home, w.old, 4, webtest.Today-250)
	w.undated = w.Receive(w.Home, "nyxoid", "NODATE", "", 5, webtest.Today-20)
	busy := w.Receive(w.Sister, "prenoxad", "BUSY1", "2028-03", 60, webtest.Today-110)
	w.give(w.Sister, busy, 50, webtest.Today-40)
	return w
}

// far gives Home more than its authority would use, and Across and Abroad much to give out, so that kits could go there.
func (w *world) far() {
	w.Receive(w.Home, "prenoxad", "KEEP2", "2027-08", 150, webtest.Today-20)
	for _, o := range []*registry.Outlet{w.Across, w.Abroad} {
		lot := w.Receive(o, "prenoxad", "FAR"+o.Code, "2028-03", 90, webtest.Today-110)
		w.give(o, lot, 85, webtest.Today-40)
	}
}

func (w *world) give(o *registry.Outlet, lot, kits int, on civil.Date) {
	w.Must(w.Ledger.Supply(ctx, staff.Operator(), ledger.SupplyOf{Entry: webtest.NewEntry(o, kits, on), Lot: lot}))
}

func (w *world) area() string { return "/areas/" + w.Area(w.Home).Code }

// letters are what was sent, in the order in which it was.
func (w *world) letters(t *testing.T) []string {
	t.Helper()
	w.Must(w.Expiry.Tick(ctx))
	if _, err := w.Post.Once(ctx); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(w.Letters, "*"))
	w.Must(err)
	var all []string
	for _, f := range files {
		body, err := os.ReadFile(f)
		w.Must(err)
		all = append(all, strings.ReplaceAll(string(body), "=\r\n", ""))
	}
	return all
}

var offLink = regexp.MustCompile(`https://kits\.example\.org(/digest/off/[A-Za-z0-9_-]+)`)

// refuse writes down that the mail server refuses somebody's address, as the digest does when it learns of it.
func (w *world) refuse(who string) {
	w.Must(w.Expiry.Wish(ctx, w.Person(who), true))
	w.Must(w.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE digest_wish SET stopped_at = ?, stopped_for = ? WHERE account = ?", tx.Now.UnixMilli(), sum(webtest.Email(who)), w.Account(who))
		return err
	}))
}
