package request

import (
	"time"

	"github.com/google/uuid"

	"everykit/registry"
)

// For is for whom a kit is.
type For uint8

// For whom. Numbers are stored.
const (
	Myself For = iota + 1
	SomeoneIKnow
	Work
)

// How a kit comes. Numbers are stored.
type How uint8

// The ways.
const (
	ByPost How = iota + 1
	ToCollect
)

// Ask is what a person asks for. Nothing says why.
type Ask struct {
	ID        uuid.UUID // made with the form
	Area      int       // authority; 0: by Postcode
	Postcode  string    // finds the authority, and is added to an address that has none; kept nowhere else
	For       For
	Route     registry.Route // intranasal or intramuscular; 0: either
	Kits      int            // 1 if 0
	How       How
	Collect   int    // outlet
	Name      string // any name for the envelope
	Address   string // of post: lines
	Contact   string // e-mail or telephone; only if wanted
	OldEnough bool   // answers "are you N or over?" where it was asked
	Trained   bool   // looked at the five cards
}

// State is where a request stands.
type State uint8

// The states. Numbers are stored.
const (
	Asked State = iota + 1
	Approved
	Sent  // by post
	Ready // to be collected
	Collected
	Refused
	Withdrawn
	Unmet // the area offers none: counted as a gap, and no request is kept
)

// IsOpen reports whether something is still to be done.
func (s State) IsOpen() bool { return s == Asked || s == Approved || s == Ready }

// next are the states that one may become by a deed. A sent or ready request whose supply was reversed is Approved.
var next = map[State][]State{
	Asked:    {Approved, Sent, Ready, Refused, Withdrawn},
	Approved: {Sent, Ready, Refused, Withdrawn},
	Ready:    {Collected},
}

// Request is one.
type Request struct {
	Area      int
	ID        uuid.UUID
	Reference string // for looking it up without an account
	Ask
	State     State
	AskedAt   time.Time
	ChangedAt time.Time
	Supply    uuid.UUID // the movement by which the kit left the shelf
	SupplyIn  int       // the area in whose ledger it stands: that of Outlet
	Outlet    int       // from whose shelf; 0 until it was sent
	Reversed  bool      // a supply was reversed: it waits to be sent again
	Sending   bool      // a sending broke off, or is under way: send it again
	Why       string    // of a refusal; erased with the rest
	Erased    bool      // name, address and contact are gone
	EraseBy   time.Time // when they will be, at the latest; zero once they are
	Version   int
}

// Bounds of what may be typed, in letters.
const (
	MostName     = 100
	MostAddress  = 400
	MostContact  = 254
	MostWhy      = 500
	MostReport   = 1000
	mostLines    = 8  // of an address
	mostKits     = 50 // that an authority may let people ask for at once
	mostKeepDays = 90
	mostNote     = 500
	mostListed   = 1000 // requests in a queue
)

// How long things are kept.
const (
	KeepDays   = 14 // days after the end, unless an authority sets another
	LongestFor = 90 * 24 * time.Hour
)
