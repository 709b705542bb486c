package measure

import (
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/table"
)

// What a return may be of. reach and the two coverages are ratios as they were published; the others count.
var returnMeasures = []string{
	"purchased", "dispensed", "first_supplies", "first_supplies_cumulative", "repeat_supplies", "repeat_used", "trained", reachMeasure,
	string(Coverage), string(CoverageTreatment),
}

const reachMeasure = "reach"

// isRatioTold reports whether a return is a ratio that was published, with or without its parts.
func isRatioTold(measure string) bool {
	return measure == reachMeasure || measure == string(Coverage) || measure == string(CoverageTreatment)
}

// ReturnMeasures lists what a return may be of.
func ReturnMeasures() []string { return slices.Clone(returnMeasures) }

// settings are the parts that bulletins split a channel into, beside the kinds of outlet.
var settings = func() []string {
	list := []string{"drug_treatment", "non_drug_treatment", "other_non_drug_treatment", "homelessness", "peer", "family", "on_release", "in_custody", "community"}
	for _, k := range registry.OutletKinds() {
		if k != registry.OtherOutlet && k != registry.Store {
			list = append(list, k.String())
		}
	}
	return list
}()

// word reads one of a list of keys in any case, with spaces, "-" or "_". Empty stays empty; what is not understood is an
// error, never "other".
func word(what string, known []string, also map[string]string, s string) (string, error) {
	folded := table.Fold(s)
	if folded == "" || slices.Contains(known, folded) {
		return folded, nil
	}
	if k, ok := also[folded]; ok {
		return k, nil
	}
	if near := table.Nearest(folded, known); near != "" {
		return "", fault.New(fault.Invalid, "%q is not %s: did you mean %s?", s, what, near)
	}
	return "", fault.New(fault.Invalid, "%q is not %s; write one of %s", s, what, strings.Join(known, ", "))
}

// keysOf takes the keys of a form's choices, and their words as other forms of them.
func keysOf(options []ledger.Option, more map[string]string) (keys []string, also map[string]string) {
	also = map[string]string{}
	for _, o := range options {
		keys = append(keys, o.Key)
		also[table.Fold(o.Words)] = o.Key
	}
	for word, key := range more {
		also[word] = key
	}
	return keys, also
}

var (
	recipientKeys, recipientWords = keysOf(ledger.RecipientOptions(), map[string]string{
		"at_risk": "person_at_risk", "persons_at_risk": "person_at_risk", "people_at_risk": "person_at_risk", "family": "family_or_friend",
		"friend": "family_or_friend", "family_friend": "family_or_friend", "family_and_friends": "family_or_friend", "carer": "family_or_friend",
		"service_worker": "worker", "staff": "worker", "unknown": "not_known",
	})
	supplyKeys, supplyWords = keysOf(ledger.FirstOptions(), map[string]string{
		"first_supply": "first", "new": "first", "repeat_supply": "repeat", "resupply": "repeat", "re_supply": "repeat", "unknown": "not_known",
	})
	reasonKeys, reasonWords = keysOf(ledger.ReasonOptions(), map[string]string{
		"self": "used_on_self", "used_self": "used_on_self", "used_other": "used_on_other", "used_on_another": "used_on_other",
		"faulty": "damaged", "broken": "damaged", "out_of_date": "expired", "police": "confiscated", "unknown": "not_known",
	})
	settingWords = map[string]string{
		"drug_treatment_services": "drug_treatment", "non_drug_treatment_services": "non_drug_treatment", "homeless": "homelessness",
		"homelessness_services": "homelessness", "peers": "peer", "families": "family", "community_pharmacy": "pharmacy", "hospitals": "hospital",
		"pharmacies": "pharmacy",
	}
)

// parseCovers reads "2/3": two of a period's three parts. All of them is the same as empty.
func parseCovers(s string) (covered, of int, err error) {
	if s == "" {
		return 0, 0, nil
	}
	a, b, ok := strings.Cut(strings.ReplaceAll(strings.ToLower(s), " of ", "/"), "/")
	covered, errA := strconv.Atoi(strings.TrimSpace(a))
	of, errB := strconv.Atoi(strings.TrimSpace(b))
	if !ok || errA != nil || errB != nil || covered < 1 || of < covered || of > 366 {
		return 0, 0, fault.New(fault.Invalid, "%q does not say which part is covered; write 2/3 for two of a quarter's three months", s)
	}
	if covered == of {
		return 0, 0, nil
	}
	return covered, of, nil
}
