package registry_test

import (
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

// TestConfirmOutlet writes the day and nothing else.
func TestConfirmOutlet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		must(t, r, "areas", someAreas)
		barnet := area(t, now(t, r), "E09000003")
		if _, err := r.PutOutlet(ctx, registry.Outlet{Code: "O1", Name: "One", Kind: registry.Pharmacy, Area: barnet.ID, Channel: registry.Community, Phone: "020 7946 0001"}); err != nil {
			t.Fatal(err)
		}
		before, _ := now(t, r).OutletByCode("O1")
		day := civil.On(2026, time.November, 1)
		for range 2 { // again changes nothing
			if err := r.ConfirmOutlet(ctx, before.ID, day); err != nil {
				t.Fatal(err)
			}
		}
		after := now(t, r).Outlet(before.ID)
		if after.ConfirmedOn != day || after.Phone != before.Phone || after.Name != before.Name || before.ConfirmedOn == day {
			t.Errorf("it is %+v, and was %+v", after, before)
		}
		version := now(t, r).Version
		if err := r.ConfirmOutlet(ctx, before.ID, day); err != nil || now(t, r).Version != version {
			t.Errorf("the same day again makes a new version: %v", err)
		}
		if err := r.ConfirmOutlet(ctx, 99, day); !fault.Is(err, fault.NotFound) {
			t.Errorf("an outlet that is not there: %v", err)
		}
		if err := r.ConfirmOutlet(ctx, before.ID, civil.On(2099, time.January, 1)); !fault.Is(err, fault.Invalid) {
			t.Errorf("a day to come: %v", err)
		}
	})
}
