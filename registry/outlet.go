package registry

import (
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// Outlet is a place that gives kits out, or a store that holds them. What is not known of it is empty, nil, 0 or
// civil.None, and never means no.
type Outlet struct {
	ID       int
	Code     string
	Name     string
	Kind     OutletKind
	Area     int // its authority; a nation for one that serves all of it, such as a postal desk
	Channel  Channel
	Provider string // the organisation that runs it
	Postcode string
	Lat, Lon *float64

	Open     string // opening hours as OpenStreetMap writes them; see ParseHours
	WalkIn   WalkIn
	Requires Requires
	Gives    []string // codes of products and keys of forms; just "none" for a place that gives nothing out

	Phone, Email string // of the outlet, for the public: never of a person
	Public       Answer // may anybody be told of it
	StepFree     Answer
	Languages    string

	LegalBasis string // under what rule it may supply, in its own words
	LegalFrom  civil.Date

	ConfirmedOn civil.Date // when these facts were last confirmed
	ClosedOn    civil.Date // the first day it was closed
}

// OpenOn reports whether the outlet had not yet closed for good on a day.
func (o *Outlet) OpenOn(day civil.Date) bool { return o.ClosedOn == civil.None || day < o.ClosedOn }

// same reports whether two outlets are equal in all that a file says of them.
func (o *Outlet) same(b *Outlet) bool {
	return slices.Equal(o.words(), b.words()) && slices.Equal(o.Gives, b.Gives) && sameNumber(o.Lat, b.Lat) && sameNumber(o.Lon, b.Lon) &&
		o.Kind == b.Kind && o.Area == b.Area && o.Channel == b.Channel && o.WalkIn == b.WalkIn && o.Requires == b.Requires &&
		o.Public == b.Public && o.StepFree == b.StepFree && o.LegalFrom == b.LegalFrom && o.ConfirmedOn == b.ConfirmedOn && o.ClosedOn == b.ClosedOn
}

func (o *Outlet) words() []string {
	return []string{o.Code, o.Name, o.Provider, o.Postcode, o.Open, o.Phone, o.Email, o.Languages, o.LegalBasis}
}

// check is what must hold of an outlet alone, as of today.
func (o *Outlet) check(today civil.Date) fault.List {
	var bad fault.List
	bad = checkCode(bad, o.Code, "code", true)
	bad = checkText(bad, o.Name, "name", mostName, true)
	if o.Kind == 0 || !outletKinds.known(o.Kind) {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("kind"))
	}
	if o.Channel == 0 || !channels.known(o.Channel) {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("channel"))
	}
	for _, t := range []struct{ field, text string }{
		{"provider", o.Provider}, {"postcode", o.Postcode}, {"languages", o.Languages}, {"legal_basis", o.LegalBasis}, {"open", o.Open},
	} {
		bad = checkText(bad, t.text, t.field, mostText, false)
	}
	bad = checkPlace(bad, o.Lat, o.Lon)
	if o.Open != "" {
		if _, err := ParseHours(o.Open); err != nil {
			bad = append(bad, fault.New(fault.Invalid, "%s", err.Error()).At("open"))
		}
	}
	bad = checkPhone(bad, o.Phone)
	bad = checkEmail(bad, o.Email)
	return o.checkDays(bad, today)
}

func (o *Outlet) checkDays(bad fault.List, today civil.Date) fault.List {
	if o.ConfirmedOn != civil.None && o.ConfirmedOn > today+1 { // one day of grace: somewhere it is tomorrow already
		bad = append(bad, fault.New(fault.Invalid, "%s is in the future", o.ConfirmedOn).At("confirmed_on"))
	}
	if o.ClosedOn == civil.None {
		return bad
	}
	if o.ConfirmedOn != civil.None && o.ClosedOn < o.ConfirmedOn {
		bad = append(bad, fault.New(fault.Invalid, "it closed on %s but was confirmed later, on %s", o.ClosedOn, o.ConfirmedOn).At("closed_on"))
	}
	if o.LegalFrom != civil.None && o.ClosedOn < o.LegalFrom {
		bad = append(bad, fault.New(fault.Invalid, "it closed on %s, before its legal basis began on %s", o.ClosedOn, o.LegalFrom).At("closed_on"))
	}
	return bad
}

func checkPhone(bad fault.List, s string) fault.List {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-() .extEXT#", r):
			return append(bad, fault.New(fault.Invalid, "%q is not a telephone number", s).At("phone"))
		}
	}
	if s != "" && (digits < 3 || digits > 20) {
		return append(bad, fault.New(fault.Invalid, "%q is not a telephone number", s).At("phone"))
	}
	return bad
}

func checkEmail(bad fault.List, s string) fault.List {
	name, host, ok := strings.Cut(s, "@")
	if s != "" && (!ok || name == "" || !strings.Contains(strings.Trim(host, "."), ".") || strings.ContainsAny(s, " \t,;<>\"") ||
		strings.Contains(host, "@") || len(s) > 254) {
		return append(bad, fault.New(fault.Invalid, "%.80q is not an e-mail address", s).At("email"))
	}
	return bad
}
