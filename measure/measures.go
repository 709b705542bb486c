package measure

import (
	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// Measures reads figures and keeps returns. Make one with New; it is safe for use by many goroutines.
type Measures struct {
	db    *store.DB
	reg   *registry.Registry
	today func() civil.Date
}

// New makes the room on a store that has had Schema applied (and the ledger's and the registry's). today is the civil
// date where the outlets are.
func New(db *store.DB, reg *registry.Registry, today func() civil.Date) *Measures {
	return &Measures{db: db, reg: reg, today: today}
}

// Query asks for figures.
type Query struct {
	Measure Key
	Period  civil.Period
	Area    string     // code of an authority, region or nation; empty: see Figures
	AsOf    civil.Date // the day as of which estimates, returns and stock are taken; 0 or civil.None: today
	Vintage civil.Date // areas as they stood on this day; 0 or civil.None: on the last day of the period
}
