package find

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"everykit/civil"
	"everykit/postcode"
	"everykit/registry"
	"everykit/survey"
)

// found is an outlet that was looked for.
type found struct {
	*place
	metres float64
	far    bool // metres is known
	open   hoursNow
}

// clock is what the time is at the outlets.
type clock struct {
	now  time.Time
	zone *time.Location
}

func (c clock) today() civil.Date { return civil.In(c.now, c.zone) }

// nearby is as far as somebody may be sent without being told that it is far: ten miles.
const nearby = 10 * mile

const mile = 1609.344 // metres

// search gives the outlets that have what is asked for: the nearest first, then those of the same authority of which nobody
// knows where they are; or, where only an authority is known, its outlets and those for the whole nation by name. all counts
// them before they are cut short.
func (k *known) search(a asked, c clock, nation *registry.Area) (list []found, all int) {
	from := k.places
	if !a.located && a.area != nil {
		from = slices.Clone(k.byArea[a.area.ID])
		if nation != nil && nation.ID != a.area.ID {
			from = append(from, k.byArea[nation.ID]...)
		}
	}
	for _, p := range from {
		f := found{place: p}
		if a.located && p.located {
			f.metres, f.far = postcode.Distance(a.lat, a.lon, p.lat, p.lon), true
		}
		if a.located && !f.far && (a.area == nil || p.Area != a.area.ID) || !a.wants(p) {
			continue
		}
		if a.open && (p.hours == nil || !p.hours.OpenAt(c.now, c.zone, p.holiday)) {
			continue
		}
		list = append(list, f)
	}
	if a.located {
		slices.SortFunc(list, nearest)
	}
	all = len(list)
	list = list[:min(all, a.most)]
	for i := range list {
		list[i].open = list[i].openAt(c)
	}
	return list, all
}

func nearest(a, b found) int {
	if a.far != b.far {
		if a.far {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.metres, b.metres), byName(a.place, b.place))
}

func byName(a, b *place) int {
	return cmp.Or(strings.Compare(a.words, b.words), cmp.Compare(a.ID, b.ID))
}

// wants reports whether an outlet has what must be told of it to be shown.
func (a asked) wants(p *place) bool {
	return (!a.walkIn || p.walksIn()) && (!a.noName || p.noName()) && (!a.stepFree || p.StepFree == registry.Yes) && (a.form == 0 || p.forms&a.form != 0)
}

// walksIn reports whether it is known that nobody needs an appointment.
func (p *place) walksIn() bool {
	return p.WalkIn == registry.WalkInYes && !p.Requires.Has(registry.Appointment)
}

// namedBy are the requirements that cannot be met without saying who one is.
var namedBy = []registry.Requirement{registry.Referral, registry.Assessment, registry.InTreatment, registry.Identification, registry.LocalAddress, registry.PersonName}

// noName reports whether it is known that nobody has to say who they are.
func (p *place) noName() bool {
	return p.Requires.Known() && !slices.ContainsFunc(namedBy, p.Requires.Has)
}

// holiday tells the bank holidays where an outlet is.
func (p *place) holiday(day civil.Date) bool {
	return p.nation != nil && survey.BankHoliday(p.nation.Code, day)
}
