package request

import (
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/mail"
	"everykit/postcode"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Requests is the room: kits that people ask for. Make one with New; it is safe for use by many goroutines.
type Requests struct {
	db     *store.DB
	reg    *registry.Registry
	ledger *ledger.Ledger
	codes  *postcode.Postcodes
	outbox *mail.Outbox
	keys   *keys // nil: none can be taken
	forms  []byte
	misses misses
	today  func() civil.Date
	site   string

	between func() error // tests break off a sending here; nil elsewhere
}

// New makes the room on a database that has had Schema applied. key is the program's secret, which addresses and contacts
// are sealed with: without one no request can be taken. site is where people reach the pages, "https://kits.example.org".
func New(db *store.DB, reg *registry.Registry, book *ledger.Ledger, codes *postcode.Postcodes, outbox *mail.Outbox, key []byte, today func() civil.Date, site string) *Requests {
	r := &Requests{db: db, reg: reg, ledger: book, codes: codes, outbox: outbox, keys: newKeys(key), today: today, site: strings.TrimRight(site, "/")}
	r.forms = r.keys.formKey()
	return r
}

// Ready reports whether requests can be taken: there is a key to seal addresses with.
func (r *Requests) Ready() bool { return r.keys != nil }

func noKey() error {
	return fault.New(fault.Unavailable, "requests cannot be taken here: no key file is set").Hint("find a place near you instead")
}

// placeOf is an authority as a place, for asking what somebody may do there.
func placeOf(snap *registry.Snapshot, area, outlet int) staff.Place {
	at := staff.Place{Area: area, Outlet: outlet}
	if n := snap.NationOf(area); n != nil {
		at.Nation = n.ID
	}
	return at
}

// authority gives the authority of an id that stands today, following one that has ended to the one in its place.
func (r *Requests) authority(snap *registry.Snapshot, id int) *registry.Area {
	a := snap.Area(id)
	if a == nil || !a.IsAuthority() {
		return nil
	}
	if a.On(r.today()) {
		return a
	}
	if now := snap.SuccessorsOn(id, r.today()); len(now) == 1 {
		return now[0]
	}
	return nil
}
