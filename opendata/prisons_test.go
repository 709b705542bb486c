package opendata

import "testing"

// The findings tell what prisons gave and what young offender institutions gave, and of each what those with a programme gave: none
// of these sums gives a small number back.
func TestSmallNumbersOfPrisonsByKind(t *testing.T) {
	const answer = 3
	for name, x := range map[string]struct {
		rows   [][]any
		hidden []string // beside the small number itself
	}{
		"the other of its kind": {[][]any{
			{"r", "prison/E1//One", prisonKits, "6", "reported", nil},
			{"r", "prison/E1//Two", prisonKits, "60", "reported", nil},
			{"r", "young_offender/E1//Small", prisonKits, "3", "reported", nil},
			{"r", "young_offender/E1//Other", prisonKits, "50", "reported", nil},
		}, []string{"young_offender/E1//Other"}},
		"the other with a programme": {[][]any{
			{"r", "prison/E1//Small", prisonProgramme, "yes", "reported", nil},
			{"r", "prison/E1//Two", prisonProgramme, "yes", "reported", nil},
			{"r", "prison/E1//Small", prisonKits, "3", "reported", nil},
			{"r", "prison/E1//Two", prisonKits, "60", "reported", nil},
			{"r", "prison/E1//Three", prisonKits, "7", "reported", nil},
			{"r", "prison/E1//Four", prisonKits, "8", "reported", nil},
		}, []string{"prison/E1//Two"}},
	} {
		table := answersTable()
		table.Rows = x.rows
		hidePrisons(table)
		hidden := map[string]bool{}
		for _, row := range table.Rows {
			hidden[text(row[1])] = hidden[text(row[1])] || row[answer] == Hidden
		}
		for who, is := range hidden {
			small := who == "prison/E1//Small" || who == "young_offender/E1//Small"
			if want := small || who == x.hidden[0]; is != want {
				t.Errorf("%s: %s hidden: %v", name, who, is)
			}
		}
	}
}
