package demo

import (
	"context"
	"fmt"
	"math"
	"time"

	"everykit/civil"
	"everykit/registry"
)

// policy is what an authority has its services ask of people.
type policy struct {
	known    bool
	requires registry.Requires
}

// policyOf draws one: nearly a fifth of areas ask for a referral or an appointment, over a fifth for an assessment, as
// Release found in 2017/18.
func policyOf(d dice) policy {
	var list []registry.Requirement
	if d.chance(0.19) {
		list = append(list, one(d, []registry.Requirement{registry.Referral, registry.Appointment, registry.Appointment}))
	}
	if d.chance(0.22) {
		list = append(list, registry.Assessment)
	}
	for _, rare := range []registry.Requirement{registry.InTreatment, registry.Training, registry.LocalAddress, registry.PersonName} {
		if d.chance(0.05) {
			list = append(list, rare)
		}
	}
	return policy{known: len(list) > 0 || d.chance(0.8), requires: registry.RequiresOf(list...)}
}

// site makes an outlet up, with the nth code of its authority.
func (p *plan) site(d dice, a *authority, k registry.OutletKind, nth int, name string, pol policy) *site {
	t := traits[k]
	s := &site{authority: a, trait: t, tidy: 0.3, ends: p.Today, months: map[civil.Month]bool{}, ordered: civil.None}
	s.main = a.first && nth == 1
	s.codes = k == registry.DrugService && (s.main || d.chance(0.2))
	if d.chance(0.25) {
		s.tidy = 0.01 // leaves what has expired where it is
	}
	o := &s.Outlet
	*o = registry.Outlet{
		Code: fmt.Sprintf("%s-%03d", a.Code, nth), Name: name, Kind: k, Area: a.ID, Channel: t.channel,
		Provider: one(d, providers) + madeUp, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
	}
	o.Lat, o.Lon = near(d, a.Lat), near(d, a.Lon)
	if len(t.hours) > 0 && d.chance(0.9) {
		o.Open = one(d, t.hours)
	}
	s.describe(d, pol)
	o.LegalBasis, o.LegalFrom = legal(d, k)
	if d.chance(0.85) {
		o.ConfirmedOn = max(p.Today-civil.Date(d.IntN(400)), p.start)
	}
	if !s.main && nth > 2 && k != registry.Store && a.habit == counts && d.chance(0.02) {
		s.ends = p.start + civil.Date(d.IntN(int(p.Today-p.start)+1))
		o.ClosedOn = s.ends + 1
		o.ConfirmedOn = min(o.ConfirmedOn, s.ends)
		if o.ClosedOn > p.Today || o.ClosedOn < o.LegalFrom {
			s.ends, o.ClosedOn = p.Today, civil.None
		}
	}
	return s
}

// describe fills in what the public would ask. Some of it is left unknown, as in life.
func (s *site) describe(d dice, pol policy) {
	o := &s.Outlet
	switch {
	case o.Kind == registry.Store:
		o.Gives = []string{"none"}
	case o.Kind == registry.Police || d.chance(0.15):
		o.Gives = []string{"nyxoid"}
	case d.chance(0.6):
		o.Gives = []string{"nyxoid", "prenoxad"}
	default:
		o.Gives = []string{"prenoxad"}
	}
	switch {
	case o.Kind == registry.DrugService || o.Kind == registry.NeedleExchange:
		if pol.known {
			o.Requires = pol.requires
		}
	case o.Kind == registry.Store:
	case d.chance(0.6):
		o.Requires = registry.NothingRequired
	case pol.known && d.chance(0.5):
		o.Requires = pol.requires
	}
	if o.Kind != registry.Store && o.Kind != registry.PrisonOutlet {
		o.WalkIn = pick(d, []weighted[registry.WalkIn]{{registry.WalkInYes, 6}, {registry.WalkInNo, 1}, {0, 1}})
		if o.Requires.Has(registry.Appointment) {
			o.WalkIn = registry.ByAppointment
		}
	}
	o.Public = registry.No
	if s.public && !d.chance(0.04) {
		o.Public = registry.Yes
		o.Phone = fmt.Sprintf("01632 960%03d", d.IntN(1000)) // a range kept for drama: it rings nowhere
		o.Email = "kits-" + fmt.Sprintf("%03d", d.IntN(1000)) + "@demo.example"
	}
	o.StepFree = pick(d, []weighted[registry.Answer]{{registry.Yes, 5}, {registry.No, 2}, {0, 3}})
	if d.chance(0.15) {
		o.Languages = one(d, []string{"English, Polish", "English, Urdu, Punjabi", "English, British Sign Language", "English, Romanian"})
	}
}

// near moves a coordinate by up to some kilometres, to the metre.
func near(d dice, at *float64) *float64 {
	if at == nil {
		return nil
	}
	v := math.Round((*at+0.08*(d.Float64()-0.5))*1e5) / 1e5
	return &v
}

// The days from which kinds of service may supply without a prescription.
var (
	drugServicesMay = civil.On(2015, time.October, 1)
	othersMay       = civil.On(2024, time.December, 2)
)

// legal gives a legal basis of the kind, and since when this outlet has it.
func legal(d dice, k registry.OutletKind) (string, civil.Date) {
	switch {
	case d.chance(0.07):
		return "", civil.None
	case k == registry.DrugService || k == registry.NeedleExchange || k == registry.Store:
		return "Drug treatment services: supply without prescription since October 2015", drugServicesMay + civil.Date(d.IntN(1500))
	case k == registry.PrimaryCare || k == registry.Hospital:
		return "Patient group direction", drugServicesMay + civil.Date(d.IntN(3000))
	}
	return "Human Medicines Regulations 2012, regulation 237A", othersMay + civil.Date(d.IntN(100))
}

// putOutlets registers every outlet and learns their numbers.
func putOutlets(ctx context.Context, reg *registry.Registry, p *plan) error {
	var list []registry.Outlet
	for _, of := range p.sites {
		for _, s := range of {
			list = append(list, s.Outlet)
		}
	}
	if _, err := reg.PutOutlet(ctx, list...); err != nil {
		return err
	}
	snap, err := reg.Now(ctx)
	if err != nil {
		return err
	}
	for _, of := range p.sites {
		for _, s := range of {
			if o, ok := snap.OutletByCode(s.Outlet.Code); ok {
				s.Outlet.ID = o.ID
			}
		}
	}
	return nil
}
