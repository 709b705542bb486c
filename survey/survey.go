package survey

import (
	"strings"

	"everykit/civil"
	"everykit/mail"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// Survey is the room's deeds. Make one with New; it is safe for use by many goroutines.
type Survey struct {
	db    *store.DB
	reg   *registry.Registry
	m     *measure.Measures
	post  *mail.Outbox
	site  string
	today func() civil.Date
}

// New makes the room on a store that has had Schema applied. today is the civil date where the authorities are; site is
// where people reach the pages, for the links in letters.
func New(db *store.DB, reg *registry.Registry, m *measure.Measures, post *mail.Outbox, today func() civil.Date, site string) *Survey {
	return &Survey{db: db, reg: reg, m: m, post: post, site: strings.TrimRight(site, "/"), today: today}
}
