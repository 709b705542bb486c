package frozen

import (
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/registry"
	"everykit/store"
)

// Of names what is frozen.
type Of struct {
	Area   string // code of a nation or an authority
	Period civil.Period
	AsOf   civil.Date // 0: today. Estimates and returns are those that were published by then
}

// Rooms are what is read from. Data may be nil: then nothing is known of what the open data have shown.
type Rooms struct {
	DB       *store.DB
	Registry *registry.Registry
	Measures *measure.Measures
	Notices  *notice.Notices
	Data     *opendata.Store
	Today    func() civil.Date
}

// Take freezes. Earlier are the snapshots of all published editions of the nation, its authorities' own among them, oldest
// first: small numbers are hidden so that none of them, nor the open data, gives one back. A period that has not ended, an
// area without any data, is a fault with what to do.
func Take(ctx context.Context, r Rooms, of Of, earlier []*Snapshot) (*Snapshot, error) {
	t := &taking{Rooms: r, of: of, today: r.Today(), earlier: earlier, figures: map[string]*Figure{}, counted: map[string]bool{}, estimates: map[string]Estimate{}}
	if t.of.AsOf == 0 || t.of.AsOf == civil.None {
		t.of.AsOf = t.today
	}
	if err := checkPeriod(of.Period, t.of.AsOf, t.today); err != nil {
		return nil, err
	}
	t.calendar = calendarOf(of.Period)
	if err := r.DB.Moment(ctx, t.read); err != nil {
		return nil, err
	}
	t.sum()
	if err := t.protect(); err != nil {
		return nil, err
	}
	return t.snapshot(), nil
}

// taking is one snapshot in the making.
type taking struct {
	Rooms
	calendar
	of      Of
	today   civil.Date
	earlier []*Snapshot

	snap      *registry.Snapshot
	area      *registry.Area
	nation    *registry.Area // that the area is, or lies in; the area itself where it lies in none
	local     bool
	areas     []*registry.Area // authorities of a nation's table
	published bool             // the nation's total of the period is its own published one

	figures   map[string]*Figure
	counted   map[string]bool // IDs of figures that the ledger has a part in
	estimates map[string]Estimate
	parts     map[string][]measure.Part // of the area that is frozen and, by channel, of its authorities: by area, period and row
	sums      []Sum
	out       Snapshot
	data      []kept // what the open data have shown
}

// read reads everything. It runs within one moment of the database.
func (t *taking) read(ctx context.Context) error {
	if err := t.locate(ctx); err != nil {
		return err
	}
	steps := []func(context.Context) error{t.readKept, t.readSeries, t.readRatios, t.readParts, t.readMark, t.known, t.readNotices, t.readSilent}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	t.takeDeaths()
	return nil
}

// locate finds the area.
func (t *taking) locate(ctx context.Context) error {
	err := t.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		t.snap, err = t.Registry.In(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	a, found := t.snap.AreaByCode(t.of.Area)
	switch {
	case !found && strings.TrimSpace(t.of.Area) == "":
		return fault.New(fault.Invalid, "the area is missing").At("area").Hint("give the code of a nation or of an authority")
	case !found:
		return fault.New(fault.NotFound, "%s", t.snap.UnknownArea(t.of.Area)).At("area").Hint("areas come in with: everykit import areas FILE")
	case !a.IsAuthority() && a.Kind != registry.Nation:
		return fault.New(fault.Invalid, "%s is a region: a bulletin is of a nation or of one authority", a.Name).At("area")
	case !a.On(t.period.Last()) && a.ValidTo != civil.None && a.ValidTo < t.period.First():
		return fault.New(fault.Invalid, "%s ended on %s, before %s", a.Name, a.ValidTo.Words(), t.period).At("area")
	}
	t.area, t.nation, t.local = a, a, a.IsAuthority()
	if n := t.snap.NationOf(a.ID); n != nil {
		t.nation = n
	}
	return nil
}

// kind is what sort of bulletin it is.
func (t *taking) kind() Kind {
	switch {
	case t.local:
		return Local
	case isQuarter(t.period):
		return Quarterly
	}
	return Annual
}

// known refuses a period of which nothing is known.
func (t *taking) known(context.Context) error {
	for _, f := range t.figures {
		if f.Period == t.period.String() && f.Value != nil && (f.Measure == string(measure.Dispensed) || f.Measure == string(measure.Purchased)) {
			return nil
		}
	}
	return fault.New(fault.Invalid, "nothing is known of %s in %s (%s): no kit was recorded, no month confirmed as nil, and no return had been published by %s",
		t.area.Name, t.period, t.period.Words(), t.of.AsOf.Words()).At("period").
		Hint("import what there is first: everykit import supplies FILE, or everykit import returns FILE")
}

// snapshot puts everything in order.
func (t *taking) snapshot() *Snapshot {
	s := &t.out
	s.Kind, s.Area, s.Period, s.AsOf = t.kind(), t.place(t.area), t.period.String(), t.of.AsOf.String()
	s.Areas, s.Sums = []Area{}, append([]Sum{}, t.sums...)
	for _, a := range t.areas {
		s.Areas = append(s.Areas, t.place(a))
	}
	s.Figures = []Figure{}
	for _, f := range t.figures {
		s.Figures = append(s.Figures, *f)
	}
	slices.SortFunc(s.Figures, func(a, b Figure) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Sums, func(a, b Sum) int { return strings.Compare(a.Total, b.Total) })
	s.Definitions = definitionsOf(s.Figures)
	s.Estimates = []Estimate{}
	for _, key := range sorted(t.estimates) {
		s.Estimates = append(s.Estimates, t.estimates[key])
	}
	s.Products = t.products()
	return s
}

func (t *taking) place(a *registry.Area) Area {
	p := Area{Code: a.Code, Name: a.Name, Kind: a.Kind, Lat: round(a.Lat), Lon: round(a.Lon)}
	if above := t.snap.Area(a.Parent); above != nil && above.Kind == registry.Region {
		p.Region = above.Code
	}
	return p
}

// products are those that figures name.
func (t *taking) products() []Product {
	named := map[string]bool{}
	for _, f := range t.figures {
		if w := f.Word("product"); w != "" {
			named[w] = true
		}
	}
	list := []Product{}
	seen := map[string]bool{}
	for _, p := range t.snap.Products() {
		if named[p.Name] && !seen[p.Name] {
			seen[p.Name] = true
			list = append(list, Product{p.Name, p.Form.String(), p.Route.String()})
		}
	}
	slices.SortFunc(list, func(a, b Product) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// sorted gives the keys of a map in order.
func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
