package find

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"everykit/civil"
	"everykit/postcode"
	"everykit/registry"
	"everykit/web/desk"
)

func itoa(n int) string { return strconv.Itoa(n) }

// place is an outlet that anybody may be told of, with what is worked out from it once.
type place struct {
	*registry.Outlet
	area, nation *registry.Area
	hours        *registry.Hours // nil where they are not known
	lat, lon     float64
	located      bool
	forms        form   // what it gives
	minAge       int    // of the licence; 0 where it is not known
	words        string // of its name, folded
}

// form is the ways in which a kit is given, as bits; none where that is not known.
type form uint8

const (
	nasal form = 1 << iota
	injection
)

// known is what all pages of this folder are made from. It never changes.
type known struct {
	version int64 // of the registry
	day     civil.Date
	at      time.Time // when the ledger was read
	places  []*place
	byID    map[int]*place
	byArea  map[int][]*place
	has     map[int]form // what can be given out today; outlets without any are not in it
	posts   map[int]bool // authorities that send kits, or have them ready, for people who ask
	table   bool         // postcodes can be looked up
}

// keepFor is how long what the ledger said is believed.
const keepFor = time.Minute

// readFor is how long reading it may take: nobody waits longer than that for a list.
const readFor = 5 * time.Second

// memory is what one site knows. One reader at a time makes it anew, and meanwhile the others have what there was.
type memory struct {
	now   atomic.Pointer[known]
	mu    sync.Mutex
	codes map[postcode.Code]postcode.Place // of outlets that have a postcode and no coordinates
	reads atomic.Int64                     // how often the ledger was read
}

// memories are those of the sites of this process: one, but in tests.
var memories sync.Map

func memoryOf(app *desk.App) *memory {
	m, ok := memories.Load(app)
	if !ok {
		m, _ = memories.LoadOrStore(app, &memory{codes: map[postcode.Code]postcode.Place{}})
	}
	return m.(*memory)
}

// lookUp gives what is known now.
func lookUp(v *desk.Visit) *known {
	m, now, today := memoryOf(v.App), v.DB.Now(), v.Ledger.Today()
	k := m.now.Load()
	if k.holds(v.Snap, now, today) {
		return k
	}
	if k == nil {
		m.mu.Lock()
	} else if !m.mu.TryLock() {
		return k
	}
	defer m.mu.Unlock()
	if k = m.now.Load(); k.holds(v.Snap, now, today) {
		return k
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(v.Ctx()), readFor) // whoever asked may go: others wait for it too
	defer stop()
	next := &known{version: v.Snap.Version, day: today, byID: map[int]*place{}, byArea: map[int][]*place{}}
	if k.fresh(now, today) {
		next.at, next.has, next.posts, next.table = k.at, k.has, k.posts, k.table
	} else {
		next.at = now
		m.read(ctx, v, next)
	}
	m.list(ctx, v, next)
	m.now.Store(next)
	return next
}

func (k *known) holds(snap *registry.Snapshot, now time.Time, today civil.Date) bool {
	return k.fresh(now, today) && k.version >= snap.Version
}

func (k *known) fresh(now time.Time, today civil.Date) bool {
	return k != nil && k.day == today && !now.Before(k.at) && now.Before(k.at.Add(keepFor))
}

// read asks the rooms. Where one does not answer, nothing is known: the list is there all the same, and says "phone first".
func (m *memory) read(ctx context.Context, v *desk.Visit, k *known) {
	m.reads.Add(1)
	k.has, k.posts = map[int]form{}, map[int]bool{}
	have, err := v.Ledger.Have(ctx)
	if err != nil {
		v.Log.Warn("what outlets have is not known", "cause", err)
	}
	for outlet, products := range have {
		for _, id := range products {
			k.has[outlet] |= formOf(v.Snap.Product(id))
		}
	}
	offers, err := v.Requests.Offers(ctx)
	if err != nil {
		v.Log.Warn("what is offered to people who ask is not known", "cause", err)
	}
	for _, o := range offers {
		k.posts[o.Area] = o.On && o.Post
	}
	n, err := v.Postcodes.Any(ctx)
	if err != nil {
		v.Log.Warn("whether there are postcodes is not known", "cause", err)
	}
	k.table = n > 0
}

// anyForm is a kit of which it is not known how it is given.
const anyForm form = 1 << 7

func formOf(p *registry.Product) form {
	switch {
	case p == nil || p.Route == 0:
		return anyForm
	case p.Route == registry.Intranasal:
		return nasal
	}
	return injection
}

// list takes the outlets that anybody may be told of.
func (m *memory) list(ctx context.Context, v *desk.Visit, k *known) {
	for _, o := range v.Snap.Outlets() {
		if o.Public != registry.Yes || !o.OpenOn(k.day) || o.Kind == registry.Store || slices.Contains(o.Gives, "none") {
			continue
		}
		p := &place{Outlet: o, area: v.Snap.Area(o.Area), nation: v.Snap.NationOf(o.Area), words: fold(o.Name)}
		if h, err := registry.ParseHours(o.Open); err == nil {
			p.hours = h
		}
		for _, g := range o.Gives {
			if of, err := registry.ParseForm(g); err == nil && of != 0 {
				if of == registry.NasalSpray {
					p.forms |= nasal
				} else {
					p.forms |= injection
				}
			} else if product, ok := v.Snap.FindProduct(g); ok {
				p.forms |= formOf(product) &^ anyForm
			}
		}
		p.minAge, _ = v.Snap.MinAge(o)
		m.locate(ctx, v, k, p)
		k.places, k.byID[o.ID] = append(k.places, p), p
		k.byArea[o.Area] = append(k.byArea[o.Area], p)
	}
	for _, list := range k.byArea {
		slices.SortFunc(list, byName)
	}
}

// locate finds where an outlet is: as registered, else by its postcode.
func (m *memory) locate(ctx context.Context, v *desk.Visit, k *known, p *place) {
	if p.Lat != nil && p.Lon != nil {
		p.lat, p.lon, p.located = *p.Lat, *p.Lon, true
		return
	}
	c, err := postcode.Parse(p.Postcode)
	if err != nil || !k.table {
		return
	}
	where, ok := m.codes[c]
	if !ok {
		if where, err = v.Postcodes.Find(ctx, c); err != nil {
			return
		}
		m.codes[c] = where
	}
	p.lat, p.lon, p.located = where.Lat, where.Lon, true
}
