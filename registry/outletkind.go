package registry

// OutletKind is what sort of place an outlet is. 0 is not known.
type OutletKind uint8

// The kinds of outlet. Their numbers are in the database and never change.
const (
	DrugService OutletKind = iota + 1
	NeedleExchange
	Pharmacy
	Hostel
	HomelessOutreach
	Outreach
	Hospital
	PrisonOutlet
	Police
	Probation
	AmbulanceStation
	PeerNetwork
	FamilyService
	PrimaryCare
	PostalDesk
	LockedBox
	Store // gives nothing out: it holds stock for other outlets
	OtherOutlet
)

var outletKinds = words[OutletKind]{
	what: "a kind of outlet",
	keys: []string{
		"", "drug_service", "needle_exchange", "pharmacy", "hostel", "homeless_outreach", "outreach", "hospital", "prison",
		"police", "probation", "ambulance", "peer_network", "family_service", "primary_care", "post", "locked_box", "store", "other",
	},
	said: []string{
		"", "Drug service", "Needle and syringe programme", "Pharmacy", "Hostel", "Homeless outreach", "Outreach", "Hospital",
		"Prison", "Police", "Probation", "Ambulance station", "Peer network", "Family service", "Primary care", "Postal desk",
		"Locked box", "Store", "Other",
	},
	also: map[string]OutletKind{
		"drug_treatment": DrugService, "drug_treatment_service": DrugService, "treatment_service": DrugService,
		"drug_services": DrugService, "nsp": NeedleExchange, "needle_and_syringe_programme": NeedleExchange,
		"needle_syringe_programme": NeedleExchange, "syringe_exchange": NeedleExchange, "community_pharmacy": Pharmacy,
		"chemist": Pharmacy, "homeless_hostel": Hostel, "street_outreach": Outreach, "outreach_team": Outreach,
		"outreach_van": Outreach, "accident_and_emergency": Hospital, "emergency_department": Hospital,
		"ambulance_station": AmbulanceStation, "ambulance_service": AmbulanceStation, "peer": PeerNetwork,
		"peers": PeerNetwork, "family_support": FamilyService, "gp": PrimaryCare, "gp_practice": PrimaryCare, "postal": PostalDesk,
		"postal_desk": PostalDesk, "postal_service": PostalDesk, "vending_machine": LockedBox, "warehouse": Store,
	},
}

// ParseOutletKind reads a kind of outlet from a file or form; empty is 0.
func ParseOutletKind(s string) (OutletKind, error) { return outletKinds.parse(s) }

// OutletKinds lists them all.
func OutletKinds() []OutletKind { return outletKinds.all() }

// String is the key that files have: drug_service.
func (k OutletKind) String() string { return outletKinds.key(k) }

// Words is how a page writes it: Needle and syringe programme.
func (k OutletKind) Words() string { return outletKinds.word(k) }
