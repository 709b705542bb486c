package survey

// RespondentKind is who is asked. Numbers are stored.
type RespondentKind uint8

// The kinds of respondent.
const (
	Authority     RespondentKind = 1
	Prison        RespondentKind = 2
	YoungOffender RespondentKind = 3 // a young offender institution
)

// RespondentKinds lists them all.
func RespondentKinds() []RespondentKind { return []RespondentKind{Authority, Prison, YoungOffender} }

// String is the kind's key.
func (k RespondentKind) String() string {
	return keyOf([]string{"", "authority", "prison", "young_offender"}, int(k))
}

// Words is how a page writes it.
func (k RespondentKind) Words() string {
	return keyOf([]string{"", "Authority", "Prison", "Young offender institution"}, int(k))
}

// Respondent is who is asked.
type Respondent struct {
	Number int // within the round, from 1
	Kind   RespondentKind
	Area   int    // the authority, or the one a prison stands in (the nation where that is not known)
	Code   string // the area's code, or a prison's
	Name   string
	Email  string // empty: on paper only
}
