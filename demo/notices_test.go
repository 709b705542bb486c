package demo_test

import (
	"strings"
	"testing"

	"everykit/demo"
	"everykit/mail"
	"everykit/notice"
	"everykit/store"
	"everykit/store/storetest"
)

// TestNotices builds a nation with its notices: the outlet to look at first has kits to check and others to give out, some
// outlets have answered, and nothing passes for a real notice.
func TestNotices(t *testing.T) {
	storetest.EachAt(t, clock, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		must(t, db.Migrate(h.ctx, mail.Schema...))
		must(t, db.Migrate(h.ctx, notice.Schema...))
		o := demo.Small(today)
		o.Scale = 0.1
		made := h.build(t, o)
		n := notice.New(db, h.reg, h.l, mail.New(db, mail.Options{Key: []byte("a key of thirty-two bytes, more.")}), "http://127.0.0.1:8080")
		must(t, demo.Notices(h.ctx, made, h.reg, h.l, n))
		h.clean(t)
		all, err := n.List(h.ctx, notice.Filter{})
		must(t, err)
		if len(all) != 4 {
			t.Fatalf("%d notices, want 4", len(all))
		}
		answered := 0
		for _, of := range all {
			if !strings.Contains(of.Regulator, "made up") || !strings.Contains(of.Title, "made up") {
				t.Errorf("notice %s of %s passes for a real one", of.Number, of.Regulator)
			}
			told, err := n.ToldIn(h.ctx, of.ID, 0)
			must(t, err)
			for _, at := range told {
				if at.Done() {
					answered++
				}
			}
			effect, err := n.Effect(h.ctx, of.ID, 0)
			must(t, err)
			e := effect.Total
			if sum := e.Shelf + e.Held + e.Transit + e.People + e.Used + e.Destroyed + e.Returned + e.Lost; sum != e.Received {
				t.Errorf("notice %s: %d kits received, %d found", of.Number, e.Received, sum)
			}
		}
		here, err := n.ForOutlet(h.ctx, made.Outlet.ID)
		must(t, err)
		if answered == 0 || len(here) == 0 || here[0].Done() || here[0].Unchecked == 0 {
			t.Errorf("%d outlets have answered; told at the outlet to look at first: %+v", answered, here)
		}
		stock, err := h.l.Stock(h.ctx, made.Outlet.ID)
		must(t, err)
		if p := stock.Picks(1); len(p) == 0 || p[0].Blocked != "" {
			t.Error("the outlet to look at first has nothing to give out")
		}
	})
}
