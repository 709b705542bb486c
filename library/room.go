package library

import (
	"sync"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Library is the room's deeds on one database. Make one with New; it is safe for use by many goroutines.
type Library struct {
	db    *store.DB
	today func() civil.Date
	limit *limiter

	finder  Finder // nil: nobody is asked
	version version

	mu     sync.Mutex
	secret []byte // of form tokens, once it is known
}

// New makes the room on a database that has had Schema applied. today says which day it is where the programme is.
func New(db *store.DB, today func() civil.Date) *Library {
	return &Library{db: db, today: today, limit: newLimiter()}
}

// Keeps reports whether a person keeps the shelf: accepts, changes and highlights items, and decides on suggestions. It is
// whoever writes guidance for a nation; the shelf is one for all nations.
func Keeps(by staff.Person) bool {
	return by.May(staff.GiveSupport, staff.Place{Nation: by.Area})
}

// mustKeep is Keeps as an error.
func mustKeep(by staff.Person) error {
	if Keeps(by) {
		return nil
	}
	return fault.New(fault.Forbidden, "you may not change the research library").Hint("ask the national team or an administrator")
}

func noItem() *fault.Error {
	return fault.New(fault.NotFound, "there is no such research here").Hint("search the library")
}
