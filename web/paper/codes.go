package paper

import (
	"everykit/ledger"
	"everykit/web/page"
)

// code is an answer as paper has it: a letter or two to write by hand.
type code struct{ Code, Key, Words string }

// The codes of the day sheet. Each key is one of the ledger's; a test holds the two together.
var (
	recipientCodes = []code{
		{"R", "person_at_risk", "person at risk"},
		{"F", "family_or_friend", "family or friend"},
		{"W", "worker", "worker"},
		{"?", "not_known", "not known"},
	}
	firstCodes = []code{
		{"1", "first", "first kit"},
		{"R", "repeat", "repeat"},
		{"?", "not_known", "not known"},
	}
	reasonCodes = []code{
		{"U", "used_on_self", "used on the person"},
		{"O", "used_on_other", "used on somebody else"},
		{"L", "lost", "lost"},
		{"S", "stolen", "stolen"},
		{"C", "confiscated", "confiscated"},
		{"E", "expired", "expired"},
		{"D", "damaged", "damaged"},
		{"P", "spare", "spare kit"},
		{"N", "notice", "named by a notice"},
		{"?", "not_known", "not known"},
	}
	awayCodes = []code{
		{"1", "no_stock", "no stock"},
		{"2", "requirement", "a requirement was not met"},
		{"3", "age", "too young for the product"},
		{"4", "closed", "closed, or nobody trained here"},
		{"5", "other", "another reason"},
	}
	yesNoCodes = []code{{"Y", "yes", "yes"}, {"N", "no", "no"}}
	kindCodes  = []code{{"", given, "Given out"}, {"", used, "Used"}, {"", back, "Handed back"}, {"", away, "Turned away"}}
)

// What a row says happened.
const (
	given = "given"
	used  = "used"
	back  = "back"
	away  = "away"
)

// options makes the options of a cell, its codes first so that a key finds them.
func options(codes []code, before string) []page.Option {
	var list []page.Option
	for _, c := range codes {
		label := c.Words
		if c.Code != "" {
			label = c.Code + " " + before + c.Words
		}
		list = append(list, page.Option{Value: c.Key, Label: label})
	}
	return list
}

// place gives the small number of a key among the ledger's own, from 1; 0 for none.
func place(of []ledger.Option, key string) (n uint8, ok bool) {
	if key == "" {
		return 0, true
	}
	for i, o := range of {
		if o.Key == key {
			return uint8(i + 1), true
		}
	}
	return 0, false
}
