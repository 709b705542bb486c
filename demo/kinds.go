package demo

import "everykit/registry"

// trait is what outlets of one kind have in common here.
type trait struct {
	share   float64 // how common the kind is
	busy    float64 // how much it gives out beside the others
	pattern pattern
	channel registry.Channel
	hours   []string
	public  bool
	bulk    float64 // how often a supply is for many
	buys    bool    // from the supplier itself, since somebody else pays for it
}

var officeHours = []string{"Mo-Fr 09:00-17:00", "Mo-Fr 09:30-16:30; We 09:30-19:00", "Mo-Fr 10:00-18:00; PH off", "Mo,We,Fr 09:00-13:00"}

var shopHours = []string{"Mo-Fr 09:00-18:00; Sa 09:00-13:00", "Mo-Sa 08:30-18:30", "Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-12:00"}

var eveningHours = []string{"Mo-Su 18:00-23:00", "Tu-Sa 17:00-22:00", "Mo,We,Fr 19:00-01:00"}

var openAlways = []string{"24/7"}

var traits = map[registry.OutletKind]trait{
	registry.DrugService:      {14, 6, weekdays, registry.Community, officeHours, true, 0.002, false},
	registry.NeedleExchange:   {10, 5, weekdays, registry.Community, officeHours, true, 0.002, false},
	registry.Pharmacy:         {38, 1.2, shopDays, registry.Community, shopHours, true, 0, false},
	registry.Hostel:           {12, 1, everyDay, registry.Community, openAlways, false, 0.004, false},
	registry.HomelessOutreach: {6, 2.5, everyDay, registry.Community, eveningHours, true, 0.01, false},
	registry.Outreach:         {4, 2, everyDay, registry.Community, eveningHours, true, 0.015, false},
	registry.Hospital:         {3, 1.5, everyDay, registry.Community, openAlways, true, 0, false},
	registry.Police:           {2, 0.5, everyDay, registry.OtherChannel, openAlways, false, 0, false},
	registry.Probation:        {3, 0.6, weekdays, registry.Community, officeHours, false, 0, false},
	registry.PeerNetwork:      {3, 2.2, everyDay, registry.Peer, eveningHours, true, 0.02, false},
	registry.FamilyService:    {2, 0.8, weekdays, registry.Community, officeHours, true, 0.01, false},
	registry.PrimaryCare:      {2, 0.4, weekdays, registry.CommunityPrescription, officeHours, true, 0, false},
	registry.PostalDesk:       {1.5, 2, postDays, registry.Post, officeHours, true, 0, false},
	registry.LockedBox:        {0.5, 0.4, everyDay, registry.Community, openAlways, true, 0, false},
	registry.Store:            {0, 0, noPattern, registry.Community, officeHours, false, 0, true},
	registry.PrisonOutlet:     {0, 0, weekdays, registry.Prison, nil, false, 0, true},
	registry.AmbulanceStation: {0, 0, everyDay, registry.Ambulance, openAlways, false, 0, true},
}

// commonKinds are the kinds drawn for an authority once it has those it must have, with how common each is.
var commonKinds = func() []weighted[registry.OutletKind] {
	var list []weighted[registry.OutletKind]
	for _, k := range registry.OutletKinds() {
		if t := traits[k]; t.share > 0 {
			list = append(list, weighted[registry.OutletKind]{k, t.share})
		}
	}
	return list
}()

// needed are the kinds an authority has first, as far as its number of outlets goes.
var needed = []registry.OutletKind{
	registry.DrugService, registry.Pharmacy, registry.NeedleExchange, registry.Hostel, registry.Store, registry.Pharmacy,
	registry.HomelessOutreach, registry.Hospital,
}

// firstKinds are those of the authority to look at first.
var firstKinds = []registry.OutletKind{
	registry.DrugService, registry.Pharmacy, registry.NeedleExchange, registry.Hostel, registry.Store, registry.Pharmacy, registry.HomelessOutreach,
	registry.Hospital, registry.PeerNetwork, registry.FamilyService, registry.PostalDesk, registry.Outreach, registry.Probation, registry.PrimaryCare,
}
