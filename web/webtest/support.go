package webtest

import (
	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/support"
)

// asks are one of Home's authority that nobody has answered, and one of Across's for which the nation has asked Home's to
// send kits.
func (w *World) asks() {
	w.t.Helper()
	w.Ask = w.ask(w.Home, support.LowCoverage, support.Call, 0)
	w.Wanted = w.ask(w.Across, support.LowCoverage, support.Stock, 10)
	a, _, err := w.Support.Action(w.ctx, w.Wanted)
	w.Must(err)
	a.From = w.Home.Area
	w.Must(w.Support.Change(w.ctx, staff.Operator(), *a, "They are near."))
}

// ask makes one, and gives its number.
func (w *World) ask(o *registry.Outlet, gap support.GapKind, help support.Help, kits int) int {
	w.t.Helper()
	w.Must(w.Support.Ask(w.ctx, staff.Operator(), ledger.NewID(), support.Action{Area: o.Area, Gap: gap, Help: help, Says: "Our hostels give out ten a week.", Kits: kits, DueOn: civil.None}))
	list, err := w.Support.Of(w.ctx, o.Area)
	w.Must(err)
	if len(list) != 1 {
		w.t.Fatalf("there are %d asks", len(list))
	}
	return list[0].ID
}
