package registry

// Population is who or what an estimate counts. One never stands in for another: people who use opiates are fewer than
// people who use opiates or crack, and a coverage over the wrong one would look worse, or better, than it is.
type Population uint8

// The populations. Their numbers are in the database and never change.
const (
	OpiateUse       Population = iota + 1 // people who use opiates, 15 to 64
	OpiateCrackUse                        // people who use opiates, crack or both, 15 to 64
	OpiateClients                         // people in treatment for opiates in the period
	ProblemDrugUse                        // Scotland's problem use of opioids or benzodiazepines, 15 to 64
	OpioidDeaths                          // deaths related to opioids, registered in the period
	Residents15to64                       // everybody of that age
)

var populations = words[Population]{
	what: "a population",
	keys: []string{
		"", "opiate_users", "opiate_crack_users", "opiate_clients", "problem_drug_users", "opioid_deaths", "residents_15_64",
	},
	said: []string{
		"", "People who use opiates", "People who use opiates or crack", "People in treatment for opiates",
		"People with problem drug use", "Opioid-related deaths", "Residents aged 15 to 64",
	},
	also: map[string]Population{
		"people_who_use_opiates": OpiateUse, "people_using_opiates": OpiateUse, "opiate_use": OpiateUse,
		"ocu": OpiateCrackUse, "opiate_and_crack_users": OpiateCrackUse, "opiate_or_crack_users": OpiateCrackUse,
		"opiate_and/or_crack_users": OpiateCrackUse, "people_who_use_opiates_or_crack": OpiateCrackUse,
		"people_in_treatment_for_opiates": OpiateClients, "opiate_clients_in_treatment": OpiateClients,
		"people_with_problem_drug_use": ProblemDrugUse, "problem_drug_use": ProblemDrugUse,
		"opioid_related_deaths": OpioidDeaths, "opiate_related_deaths": OpioidDeaths, "opiate_deaths": OpioidDeaths,
		"residents": Residents15to64, "residents_aged_15_to_64": Residents15to64, "population_15_64": Residents15to64,
		"residents_15_to_64": Residents15to64,
	},
}

// ParsePopulation reads a population; empty is 0.
func ParsePopulation(s string) (Population, error) { return populations.parse(s) }

// Populations lists them all.
func Populations() []Population { return populations.all() }

// String is the key that files have: opiate_users.
func (p Population) String() string { return populations.key(p) }

// Words is how a page writes it: People who use opiates.
func (p Population) Words() string { return populations.word(p) }

// mayBeNought reports whether a count of 0 can be true: a year without a death, an area with nobody in treatment.
func (p Population) mayBeNought() bool { return p == OpioidDeaths || p == OpiateClients }
