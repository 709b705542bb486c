package scorecard

import (
	"fmt"
	"math"

	"everykit/civil"
	"everykit/registry"
	"everykit/support"
	"everykit/survey"
)

// gaps finds the gaps of an authority, in the order of their kinds.
func (f *facts) gaps(want float64) []Gap {
	var list []Gap
	weight := f.without()
	add := func(g *Gap) {
		if g != nil {
			g.Area, g.Weight = f.area.ID, weight
			list = append(list, *g)
		}
	}
	none := f.noProvision(want)
	add(none)
	if none == nil {
		add(f.lowCoverage(want))
		add(f.noOutlet())
		add(f.asking())
	}
	add(f.expiring())
	add(f.silent())
	add(f.noReply())
	return list
}

// without is how many people of the area have no kit, if each kit went to another person; 0 where it is not known how many
// there are.
func (f *facts) without() float64 {
	if f.people == nil {
		return 0
	}
	given := 0.0
	if f.given != nil {
		given = *f.given
	}
	return max(0, *f.people-given)
}

// missing is how many kits more the year needs to come to a target; nil where people are not known.
func (f *facts) missing(want, given float64) *int {
	if f.people == nil {
		return nil
	}
	n := int(math.Ceil(*f.people*want/100 - given - 1e-9))
	return &n
}

func (f *facts) noProvision(want float64) *Gap {
	l := f.lined[0]
	if l.Verdict != NotMet && l.Verdict != Partly {
		return nil
	}
	g := &Gap{Kind: support.NoProvision, Says: l.Evidence, Since: civil.None, Kits: f.missing(want, 0)}
	switch {
	case g.Kits == nil:
		g.Close = "Begin to provide kits. How many is not known: there is no estimate of people."
	default:
		g.Close = fmt.Sprintf("Begin to provide: %s would be %s for each 100 people.", kits(float64(*g.Kits)), trim(want))
	}
	if l.Plans {
		g.Close = "Carry out the plan. " + g.Close
	}
	return g
}

func (f *facts) lowCoverage(want float64) *Gap {
	v := f.cover.value
	if v == nil || f.lined[1].Verdict == NotKnown || *v >= want {
		return nil
	}
	g := &Gap{Kind: support.LowCoverage, Says: f.lined[1].Evidence, Since: civil.None}
	if f.people != nil && f.cover.kits != nil {
		g.Kits = f.missing(want, *f.cover.kits)
		g.Close = fmt.Sprintf("%s more in the year would be %s for each 100 people.", upper(kits(float64(*g.Kits))), trim(want))
	} else if f.cover.people == nil {
		g.Close = "How many kits are missing is not known: only the ratio was published."
	} else {
		g.Close = "How many kits are missing here alone is not known: the estimate is for several areas together."
	}
	return g
}

// noOutlet: no public outlet in the area, or none near its middle. Where no public outlet of the whole nation is known, the
// registry says nothing.
func (f *facts) noOutlet() *Gap {
	if !f.recent || len(f.open) == 0 {
		return nil
	}
	here := f.openIn[f.area.ID]
	near, far := f.nearest(here > 0)
	if here > 0 && (near == nil || far <= Reach) {
		return nil
	}
	g := &Gap{Kind: support.NoOutlet, Since: civil.None, Close: "Open a public outlet, or mark one as public that may be."}
	if here > 0 {
		g.Says = many(float64(here), "public outlet is", "public outlets are") + " open."
	} else {
		g.Says = "No public outlet is open in the area."
		if n := f.notPublic(); n > 0 {
			g.Says = "No public outlet is open in the area. It is not known whether people may be told of " + many(float64(n), "outlet", "outlets") + "."
		}
	}
	switch {
	case near == nil:
		g.Says += " How far the nearest is, is not known."
	case far > Reach:
		g.Says += fmt.Sprintf(" The nearest, %s, is %.0f km from the middle of the area: out of reach.", near.Name, far)
		if here > 0 {
			g.Close = "Open a public outlet nearer to the middle of the area, or send kits by post."
		}
	default:
		g.Says += fmt.Sprintf(" The nearest, %s, is %.0f km from the middle of the area.", near.Name, far)
	}
	return g
}

// notPublic counts the open outlets of the area of which nobody has said whether they are public.
func (f *facts) notPublic() int {
	n := 0
	for _, o := range f.snap.OutletsOf(f.area.ID) {
		if givesOut(o, f.today) && o.Public == 0 {
			n++
		}
	}
	return n
}

// nearest finds the public outlet nearest to the middle of the area, and how far it is in kilometres as the crow flies; nil
// and infinite if that is not known. anyNear stops at the first within reach.
func (f *facts) nearest(anyNear bool) (*registry.Outlet, float64) {
	var near *registry.Outlet
	far := math.Inf(1)
	a := f.area
	if a.Lat == nil || a.Lon == nil {
		return nil, far
	}
	const km = 111.2 // a degree of latitude
	for _, o := range f.open {
		if o.Lat == nil || o.Lon == nil {
			continue
		}
		north := (*a.Lat - *o.Lat) * km
		if math.Abs(north) >= far {
			continue
		}
		east := (*a.Lon - *o.Lon) * km * math.Cos((*a.Lat+*o.Lat)/2*math.Pi/180)
		if d := math.Hypot(north, east); d < far {
			near, far = o, d
		}
		if anyNear && far <= Reach {
			break
		}
	}
	return near, far
}

func (f *facts) asking() *Gap {
	l := f.lined[3]
	if l.Verdict != NotMet && !(l.Verdict == Partly && l.Value != nil && *l.Value > 0) {
		return nil
	}
	return &Gap{Kind: support.Requirements, Says: l.Evidence, Since: l.On, Close: "Stop asking for it: give a kit to whoever asks."}
}

func (f *facts) expiring() *Gap {
	fig := f.unused[f.area.ID]
	if fig == nil || fig.Value == nil || *fig.Value < 1 {
		return nil
	}
	until := civil.FinancialYearOf(f.today).After().Last()
	return &Gap{
		Kind: support.ExpiresFaster, Since: civil.None,
		Says:  fmt.Sprintf("%s on shelves will expire unused by %s at today's rate of supply.", upper(kits(*fig.Value)), until.Words()),
		Close: fmt.Sprintf("Give out more, or move %s to where they are used in time.", kits(*fig.Value)),
	}
}

// silent: outlets that neither recorded anything nor confirmed a nil in the last whole month, in an area whose ledger has
// begun.
func (f *facts) silent() *Gap {
	if !f.recent {
		return nil
	}
	whole := f.today.Month() - 1 // the last whole month
	begun, quiet, never, open := false, 0, 0, 0
	last := civil.Month(0)
	for _, o := range f.snap.OutletsOf(f.area.ID) {
		h, is := f.heard[o.ID]
		begun = begun || is && h.First != 0
		last = max(last, h.Last)
		if !o.OpenOn(f.today) {
			continue
		}
		open++
		switch {
		case !is:
			never++
		case max(h.Last, h.Nil) < whole:
			quiet++
		}
	}
	if !begun || quiet+never == 0 {
		return nil
	}
	g := &Gap{Kind: support.Silent, Since: civil.None, Close: "Enter what happened, or confirm that there was nothing to record."}
	if quiet+never == open {
		g.Since = (last + 1).First()
		g.Says = "Silent since " + last.Words() + ": no outlet has recorded anything or confirmed a nil in " + whole.Words() + "."
		return g
	}
	switch {
	case quiet > 0 && never > 0:
		g.Says = fmt.Sprintf("%d of %s recorded nothing and confirmed no nil in %s; %d never have.", quiet+never, many(float64(open), "outlet", "outlets"), whole.Words(), never)
	case never > 0:
		g.Says = fmt.Sprintf("%d of %s never recorded anything.", never, many(float64(open), "outlet", "outlets"))
	default:
		g.Says = fmt.Sprintf("%d of %s recorded nothing and confirmed no nil in %s.", quiet, many(float64(open), "outlet", "outlets"), whole.Words())
	}
	return g
}

func (f *facts) noReply() *Gap {
	late, since := f.late()
	if !late {
		return nil
	}
	g := &Gap{Kind: support.NoReply, Since: since, Says: "No reply to the round " + f.round.Title + ".", Close: "Answer it, in part if need be; or ask for a call."}
	if f.round.State == survey.Open && since != civil.None {
		g.Says = "No reply yet to the round " + f.round.Title + ", which was due on " + since.Words() + "."
	}
	if f.round.State != survey.Open {
		g.Close = "Send what is known; the national team can still enter it."
	}
	return g
}

// trim writes a target without needless decimals.
func trim(n float64) string {
	if n == math.Trunc(n) {
		return whole(n)
	}
	return tenth(n)
}
