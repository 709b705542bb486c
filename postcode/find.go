package postcode

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

// Postcodes is the table of postcodes. Make one with New; it is safe for use by many goroutines.
type Postcodes struct {
	db  *store.DB
	reg *registry.Registry
}

// New makes the room on a store that has had Schema applied.
func New(db *store.DB, reg *registry.Registry) *Postcodes { return &Postcodes{db: db, reg: reg} }

// Place is where a postcode is.
type Place struct {
	Lat, Lon float64 // WGS 84, degrees
	Area     int     // authority; 0 where the table does not say, or none is known by it
	Rough    bool    // the middle of an outcode: its Area is told only where all its postcodes lie in one
}

// units are how many of the table's whole numbers make a degree: about a metre each.
const units = 100_000

// lies are the areas that a postcode lies in, by the codes of the file.
type lies struct{ county, district, health string }

// Find looks a postcode up. One that is not in the table is fault.NotFound; where there is no table at all,
// fault.Unavailable. Neither message holds the postcode.
func (p *Postcodes) Find(ctx context.Context, c Code) (Place, error) {
	c, ok := written(squeezed(c))
	if !ok {
		return Place{}, fault.New(fault.Invalid, "this is not a postcode of the United Kingdom").At("postcode").Hint("write it like SW1A 1AA, or only its first half")
	}
	snap, err := p.reg.Now(ctx)
	if err != nil {
		return Place{}, err
	}
	var at Place
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		var found bool
		var err error
		day := civil.In(tx.Now, time.UTC)
		if c.Whole() {
			at, found, err = whole(ctx, tx, snap, c, day)
		} else {
			at, found, err = middle(ctx, tx, snap, c, day)
		}
		if err != nil || found {
			return err
		}
		n, err := kept(ctx, tx)
		switch {
		case err != nil:
			return err
		case n == 0:
			return fault.New(fault.Unavailable, "postcodes cannot be looked up here").At("postcode").Hint("choose the council from the list")
		case c.Whole():
			return fault.New(fault.NotFound, "this postcode is not in our list").At("postcode").Hint("check it, or type its first half alone")
		}
		return fault.New(fault.NotFound, "no postcode in our list begins like this").At("postcode").Hint("check it, or choose the council from the list")
	})
	if err != nil {
		return Place{}, err
	}
	return at, nil
}

func squeezed(c Code) string { s, _ := squeeze(string(c)); return s }

// whole finds a whole postcode.
func whole(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, c Code, day civil.Date) (Place, bool, error) {
	var lat, lon int
	var l lies
	found, err := tx.Get(ctx, []any{&lat, &lon, &l.county, &l.district, &l.health},
		"SELECT p.lat, p.lon, l.county, l.district, l.health FROM postcode p JOIN postcode_lies l ON l.id = p.lies WHERE p.code = ?", pack(c))
	return Place{Lat: degrees(lat), Lon: degrees(lon), Area: l.area(snap, day)}, found, err
}

// middle finds the middle of a first half's postcodes.
func middle(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, c Code, day civil.Date) (Place, bool, error) {
	at := Place{Rough: true}
	n, area := 0, -1
	var lat, lon float64
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var times, la, lo int
		var l lies
		if err := scan(&times, &la, &lo, &l.county, &l.district, &l.health); err != nil {
			return err
		}
		n += times
		lat, lon = lat+float64(times)*degrees(la), lon+float64(times)*degrees(lo)
		switch a := l.area(snap, day); {
		case area == -1:
			area = a
		case area != a:
			area = 0
		}
		return nil
	}, "SELECT o.times, o.lat, o.lon, l.county, l.district, l.health FROM postcode_out o JOIN postcode_lies l ON l.id = o.lies WHERE o.code = ?", packOut(c))
	if err != nil || n == 0 {
		return Place{}, false, err
	}
	at.Lat, at.Lon, at.Area = lat/float64(n), lon/float64(n), area
	return at, true, nil
}

func degrees(n int) float64 { return float64(n) / units }

// area is the authority that stands today: of the county where there are two tiers, else of the district, else of the
// health board. 0 where none of them is an authority, or what was one has been divided.
func (l lies) area(snap *registry.Snapshot, day civil.Date) int {
	for _, code := range [...]string{l.county, l.district, l.health} {
		a, ok := snap.AreaByCode(code)
		if code == "" || !ok || !a.IsAuthority() {
			continue
		}
		if a.On(day) {
			return a.ID
		}
		if now := snap.SuccessorsOn(a.ID, day); len(now) == 1 {
			return now[0].ID
		}
	}
	return 0
}

// Any reports whether a table was imported, and how many postcodes it has.
func (p *Postcodes) Any(ctx context.Context) (n int, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		n, err = kept(ctx, tx)
		return err
	})
	return n, err
}

func kept(ctx context.Context, tx *store.Tx) (int, error) {
	n := 0
	_, err := tx.Get(ctx, []any{&n}, "SELECT kept FROM postcode_import WHERE id = 1")
	return n, err
}
