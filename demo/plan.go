package demo

import (
	"math"
	"slices"

	"everykit/civil"
	"everykit/registry"
)

// At scale 1.
const (
	outletsAtOne  = 2000
	suppliesAtOne = 300_000
	prisonsAtOne  = 109
	stationsAtOne = 40
	leastOutlets  = 2  // of an authority that has any
	firstOutlets  = 14 // of the authority to look at first, at least
)

// site is an outlet as it is planned, and while it is played through.
type site struct {
	*authority
	registry.Outlet
	trait
	hub    *site   // whom it gets its kits from; itself if it buys
	rate   float64 // supplies on an ordinary day
	need   float64 // kits it gives out or sends on in a day
	codes  bool    // types client codes
	tidy   float64
	writer writer
	ends   civil.Date // its last day
	main   bool       // the outlet to look at first

	shelf   shelf
	coming  []parcel
	ordered civil.Date // when its last parcel was sent
	months  map[civil.Month]bool
}

// plan is the whole nation before anything happens.
type plan struct {
	Options
	start       civil.Date
	authorities []*authority
	sites       [][]*site // by authority
}

// planSites makes the outlets of every authority and says how busy each is, so that about as many supplies come out as
// the scale asks for.
func planSites(p *plan) {
	names := newNamer(diceFor(p.Seed, "names"))
	total := float64(outletsAtOne) * p.Scale
	prisons, stations := p.spread("prisons", prisonsAtOne), p.spread("stations", stationsAtOne)
	for i, a := range p.authorities {
		var list []*site
		if a.habit != absent {
			d := diceFor(p.Seed, "outlets of ", a.Code)
			kinds := a.kinds(d, max(leastOutlets, int(math.Round(total*a.share))))
			for range prisons[i] {
				kinds = append(kinds, registry.PrisonOutlet)
			}
			for range stations[i] {
				kinds = append(kinds, registry.AmbulanceStation)
			}
			policy := policyOf(d)
			for n, k := range kinds {
				list = append(list, p.site(d, a, k, n+1, names.name(k), policy))
			}
			a.rates(d, list)
		}
		p.sites = append(p.sites, list)
	}
	p.busyness()
}

// spread shares a number of outlets of one kind out over the authorities, mostly to large ones, three at most to each.
// The authority to look at first has none.
func (p *plan) spread(what string, most int) []int {
	d := diceFor(p.Seed, what)
	of := make([]int, len(p.authorities))
	var list []weighted[int]
	for i, a := range p.authorities {
		if a.habit == counts && !a.first {
			list = append(list, weighted[int]{i, a.share})
		}
	}
	for n := int(math.Round(float64(most) * math.Min(1, math.Max(0.1, p.Scale)))); n > 0 && len(list) > 0; n-- {
		i := pick(d, list)
		if of[i]++; of[i] == 3 {
			list = slices.DeleteFunc(list, func(w weighted[int]) bool { return w.of == i })
		}
	}
	return of
}

func (a *authority) kinds(d dice, n int) []registry.OutletKind {
	list := needed
	if a.first {
		list, n = firstKinds, max(n, firstOutlets)
	}
	list = append([]registry.OutletKind(nil), list[:min(n, len(list))]...)
	for len(list) < n {
		list = append(list, pick(d, commonKinds))
	}
	return list
}

// rates shares an authority's kits out over its outlets, and says where each gets its own from: from the store, or else
// from the first drug service.
func (a *authority) rates(d dice, list []*site) {
	hub, sum := list[0], 0.0
	for _, s := range list {
		if s.Kind == registry.Store {
			hub = s
		}
		if s.Kind == registry.PrisonOutlet || s.Kind == registry.AmbulanceStation {
			continue
		}
		s.rate = s.busy * d.around(0.5)
		sum += s.rate
	}
	for _, s := range list {
		s.rate *= a.share * a.zeal / sum
		switch s.Kind {
		case registry.PrisonOutlet:
			s.rate = 0.0008 * d.around(0.4)
		case registry.AmbulanceStation:
			s.rate = 0.0004 * d.around(0.4)
		}
		s.hub = hub
		if s.buys || s == hub {
			s.hub = s
		}
	}
}

// busyness turns the rates into supplies a day, so that their expected sum is the number asked for.
func (p *plan) busyness() {
	share, sum := 0.0, 0.0
	weights := map[pattern]map[civil.Date]float64{}
	for _, list := range p.sites {
		for _, s := range list {
			if !s.plays() {
				continue
			}
			byDay := weights[s.pattern]
			if byDay == nil {
				byDay = map[civil.Date]float64{}
				left := 0.0
				for day := p.Today; day >= p.start; day-- {
					left += s.pattern.weight(day, p.start)
					byDay[day] = left
				}
				weights[s.pattern] = byDay
			}
			share += s.rate
			sum += s.rate * (byDay[max(p.start, s.begins)] - byDay[s.ends+1])
		}
	}
	if sum == 0 {
		return
	}
	factor := suppliesAtOne * p.Scale / sum
	for _, list := range p.sites {
		for _, s := range list {
			s.rate *= factor
			if s.first && s.busy > 0 { // lively at any scale
				least := 0.06
				if s.main {
					least = 0.15
				}
				s.rate = math.Max(s.rate, least*s.busy)
			}
		}
	}
}

// plays reports whether the outlet makes entries.
func (s *site) plays() bool { return s.habit == counts || s.habit == late }
