package registry

// Form is what a pack holds. 0 is not known.
type Form uint8

// The forms. Their numbers are in the database and never change.
const (
	PrefilledSyringe Form = iota + 1
	NasalSpray
	Ampoule
	Vial
	Autoinjector
)

var forms = words[Form]{
	what: "a form",
	keys: []string{"", "prefilled_syringe", "nasal_spray", "ampoule", "vial", "autoinjector"},
	said: []string{"", "Prefilled syringe", "Nasal spray", "Ampoule", "Vial", "Autoinjector"},
	also: map[string]Form{
		"pre_filled_syringe": PrefilledSyringe, "syringe": PrefilledSyringe, "pfs": PrefilledSyringe, "nasal": NasalSpray,
		"spray": NasalSpray, "ampule": Ampoule, "ampul": Ampoule, "auto_injector": Autoinjector,
	},
}

// ParseForm reads a form; empty is 0.
func ParseForm(s string) (Form, error) { return forms.parse(s) }

// Forms lists them all.
func Forms() []Form { return forms.all() }

// String is the key that files have: nasal_spray.
func (f Form) String() string { return forms.key(f) }

// Words is how a page writes it: Nasal spray.
func (f Form) Words() string { return forms.word(f) }

// Route is how a product is given. 0 is not known.
type Route uint8

// The routes. Their numbers are in the database and never change.
const (
	Intramuscular Route = iota + 1
	Intranasal
	Subcutaneous
	Intravenous
)

var routes = words[Route]{
	what: "a route",
	keys: []string{"", "intramuscular", "intranasal", "subcutaneous", "intravenous"},
	said: []string{"", "Intramuscular", "Intranasal", "Subcutaneous", "Intravenous"},
	also: map[string]Route{"im": Intramuscular, "nasal": Intranasal, "in": Intranasal, "sc": Subcutaneous, "iv": Intravenous},
}

// ParseRoute reads a route; empty is 0.
func ParseRoute(s string) (Route, error) { return routes.parse(s) }

// Routes lists them all.
func Routes() []Route { return routes.all() }

// String is the key that files have: intramuscular.
func (r Route) String() string { return routes.key(r) }

// Words is how a page writes it: Intramuscular.
func (r Route) Words() string { return routes.word(r) }
