package expiry

import (
	"strings"
	"sync"

	"everykit/ledger"
	"everykit/mail"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Expiry does the deeds of this room. Make one with New; it is safe for use by many goroutines.
type Expiry struct {
	db      *store.DB
	reg     *registry.Registry
	led     *ledger.Ledger
	notices *notice.Notices
	people  *staff.Staff
	post    *mail.Outbox
	site    string // where people reach the pages, without a slash at the end

	confirming sync.Mutex // one proposal is looked at and confirmed at a time
	ticking    sync.Mutex // one Tick at a time; other processes are kept apart by digest_done
}

// New makes the room on a database that has had Schema applied (and those of the rooms it is given). site is where people
// reach the pages, "https://kits.example.org": the digest links there.
func New(db *store.DB, reg *registry.Registry, led *ledger.Ledger, notices *notice.Notices, people *staff.Staff, post *mail.Outbox, site string) *Expiry {
	return &Expiry{db: db, reg: reg, led: led, notices: notices, people: people, post: post, site: strings.TrimRight(site, "/")}
}
