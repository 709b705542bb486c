package ledger

import "strconv"

// word is a small number with a key for files and words for pages. 0 is always "not recorded".
type wordList struct {
	keys  []string
	words []string
	also  map[string]uint8 // forgiving forms, folded
}

func (l *wordList) parse(folded string) (uint8, bool) {
	if folded == "" {
		return 0, true
	}
	for i, k := range l.keys {
		if k == folded {
			return uint8(i), true
		}
	}
	n, ok := l.also[folded]
	return n, ok
}

func (l *wordList) key(n uint8) string {
	if int(n) < len(l.keys) {
		return l.keys[n]
	}
	return strconv.Itoa(int(n))
}

func (l *wordList) word(n uint8) string {
	if int(n) < len(l.words) {
		return l.words[n]
	}
	return strconv.Itoa(int(n))
}

// Option is a key and its words, for a form.
type Option struct{ Key, Words string }

func (l *wordList) options() []Option {
	var o []Option
	for i := 1; i < len(l.keys); i++ {
		o = append(o, Option{l.keys[i], l.words[i]})
	}
	return o
}

// Recipient is who took the kits. 0 is not recorded.
type Recipient uint8

// The recipients.
const (
	PersonAtRisk Recipient = iota + 1
	FamilyOrFriend
	Worker
	RecipientNotKnown
)

var recipients = wordList{
	keys:  []string{"", "person_at_risk", "family_or_friend", "worker", "not_known"},
	words: []string{"", "Person at risk", "Family or friend", "Worker", "Not known"},
	also: map[string]uint8{
		"at_risk": 1, "person": 1, "client": 1, "self": 1, "family": 2, "friend": 2, "carer": 2, "family_friend": 2,
		"family_and_friend": 2, "family_friend_or_carer": 2, "service_worker": 3, "staff": 3, "unknown": 4, "dont_know": 4,
	},
}

// First says whether a supply is a person's first. 0 is not recorded.
type First uint8

// First or repeat.
const (
	FirstSupply First = iota + 1
	RepeatSupply
	FirstNotKnown
)

var firsts = wordList{
	keys:  []string{"", "first", "repeat", "not_known"},
	words: []string{"", "First kit", "Repeat", "Not known"},
	also:  map[string]uint8{"new": 1, "initial": 1, "first_supply": 1, "resupply": 2, "re_supply": 2, "repeat_supply": 2, "unknown": 3, "dont_know": 3},
}

// Reason is why a repeat kit was needed. 0 is not recorded.
type Reason uint8

// The reasons.
const (
	ReasonUsedOnSelf Reason = iota + 1
	ReasonUsedOnOther
	ReasonLost
	ReasonStolen
	ReasonConfiscated
	ReasonExpired
	ReasonDamaged
	ReasonSpare
	ReasonNotice
	ReasonNotKnown
)

var reasons = wordList{
	keys: []string{"", "used_on_self", "used_on_other", "lost", "stolen", "confiscated", "expired", "damaged", "spare", "notice", "not_known"},
	words: []string{
		"", "Used on the person", "Used on somebody else", "Lost", "Stolen", "Confiscated", "Expired", "Damaged", "Spare kit",
		"Named by a notice", "Not known",
	},
	also: map[string]uint8{
		"self": 1, "used_self": 1, "used_other": 2, "used_on_another": 2, "police": 5, "out_of_date": 6,
		"faulty": 7, "broken": 7, "recall": 9, "unknown": 10, "dont_know": 10,
	},
}

// Age is an age band. 0 is not recorded.
type Age uint8

var ages = wordList{
	keys:  []string{"", "under_25", "25_34", "35_44", "45_over", "not_known"},
	words: []string{"", "Under 25", "25 to 34", "35 to 44", "45 and over", "Not known"},
	also: map[string]uint8{
		"<25": 1, "u25": 1, "16_24": 1, "18_24": 1, "under25": 1, "25_to_34": 2, "35_to_44": 3, "45+": 4, "45_and_over": 4,
		"45_plus": 4, "over_45": 4, "unknown": 5,
	},
}

// Sex as recorded. 0 is not recorded.
type Sex uint8

var sexes = wordList{
	keys:  []string{"", "female", "male", "other", "not_known"},
	words: []string{"", "Female", "Male", "Other", "Not known"},
	also:  map[string]uint8{"f": 1, "woman": 1, "m": 2, "man": 2, "non_binary": 3, "x": 3, "unknown": 4, "prefer_not_to_say": 4},
}

// YesNo is a fact that may not have been recorded: 0 not recorded, 1 yes, 2 no.
type YesNo uint8

// The answers.
const (
	Yes YesNo = 1
	No  YesNo = 2
)

var yesNos = wordList{
	keys:  []string{"", "yes", "no"},
	words: []string{"", "Yes", "No"},
	also:  map[string]uint8{"y": 1, "true": 1, "1": 1, "n": 2, "false": 2, "0": 2},
}

// Outcome is how somebody was after a kit was used on them. 0 is not recorded.
type Outcome uint8

var outcomes = wordList{
	keys:  []string{"", "survived", "died", "not_known"},
	words: []string{"", "Survived", "Died", "Not known"},
	also:  map[string]uint8{"alive": 1, "recovered": 1, "dead": 2, "unknown": 3, "dont_know": 3},
}

// UnmetReason is why somebody who asked got no kit.
type UnmetReason uint8

var unmetReasons = wordList{
	keys:  []string{"", "no_stock", "requirement", "age", "closed", "other"},
	words: []string{"", "No stock", "A requirement was not met", "Too young for the product", "Closed or nobody trained here", "Another reason"},
	also:  map[string]uint8{"out_of_stock": 1, "stock": 1, "requirements": 2, "too_young": 3},
}

// String is the key in files.
func (v Recipient) String() string   { return recipients.key(uint8(v)) }
func (v First) String() string       { return firsts.key(uint8(v)) }
func (v Reason) String() string      { return reasons.key(uint8(v)) }
func (v Age) String() string         { return ages.key(uint8(v)) }
func (v Sex) String() string         { return sexes.key(uint8(v)) }
func (v YesNo) String() string       { return yesNos.key(uint8(v)) }
func (v Outcome) String() string     { return outcomes.key(uint8(v)) }
func (v UnmetReason) String() string { return unmetReasons.key(uint8(v)) }

// Words is how a page writes it.
func (v Recipient) Words() string   { return recipients.word(uint8(v)) }
func (v First) Words() string       { return firsts.word(uint8(v)) }
func (v Reason) Words() string      { return reasons.word(uint8(v)) }
func (v UnmetReason) Words() string { return unmetReasons.word(uint8(v)) }

// Words for the choices of a form, in order.
func RecipientOptions() []Option   { return recipients.options() }
func FirstOptions() []Option       { return firsts.options() }
func ReasonOptions() []Option      { return reasons.options() }
func AgeOptions() []Option         { return ages.options() }
func SexOptions() []Option         { return sexes.options() }
func OutcomeOptions() []Option     { return outcomes.options() }
func UnmetReasonOptions() []Option { return unmetReasons.options() }
