package notice

import (
	"strings"

	"everykit/ledger"
	"everykit/mail"
	"everykit/registry"
	"everykit/store"
)

// Notices is the room's deeds on one database. Make one with New; it is safe for use by many goroutines.
type Notices struct {
	db   *store.DB
	reg  *registry.Registry
	led  *ledger.Ledger
	post *mail.Outbox
	site string // where people reach the pages, without a slash at the end
}

// New makes the room on a database that has had Schema applied, and has the ledger tell it of landings (ledger.OnLanding).
// site is where people reach the pages, "https://kits.example.org": letters name it.
func New(db *store.DB, reg *registry.Registry, led *ledger.Ledger, post *mail.Outbox, site string) *Notices {
	n := &Notices{db: db, reg: reg, led: led, post: post, site: strings.TrimRight(site, "/")}
	led.OnLanding(n.landed)
	return n
}
