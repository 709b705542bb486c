package demo

import (
	"fmt"

	"everykit/civil"
)

// showcase sees to it that the outlet to look at first has one of everything whatever chance brought: a lot that has
// expired on the shelf, one that is about to, some kits set aside, and a parcel on its way. It uses kits of its own, so that nothing played
// before is short of them.
func (t *town) showcase() {
	var main *site
	for _, s := range t.sites {
		if s.main {
			main = s
		}
	}
	month := t.Today.Month()
	t.now = max(t.begins, t.Today-100)
	var last *lot
	for i, expires := range []civil.Month{month - 1, month + 1, month + 2} {
		last = t.own(i, expires)
		t.receipt(main, last, 6+6*i, false)
	}
	t.now = max(t.begins, t.Today-9)
	t.writeOff(main, last, 3, "shelf", "held", "box damaged by water: to be looked at")
	t.now = max(t.begins, t.Today-4)
	l := t.own(9, month+30)
	t.receipt(main.hub, l, 40, false)
	t.now = max(t.begins, t.Today-1)
	t.transfer(main.hub, main, l, 20, "", "", "")
}

// own is a lot of the showcase.
func (t *town) own(i int, expires civil.Month) *lot {
	return &lot{ware: &wares[0], number: fmt.Sprintf("%07d", firstLot-100+i), expiry: civil.ExpiresIn(expires)}
}
