package staff_test

import (
	"strings"
	"testing"

	"everykit/fault"
	"everykit/staff"
)

// The second table of what anybody may do, written apart from the first. A letter stands for a place where it is
// allowed: o own outlet, a another outlet of the own authority, A the authority itself, n another authority's outlet in the
// own nation, N the nation itself, x another nation's outlet, - no place at all.
const everywhere = "oaAnNx-"

var allowed = map[staff.Deed][7]string{
	//                     worker coord. national analyst admin     counter, nobody / a worker acting
	staff.SeeOutlet:      {"o", "oaA", "oaAnN", "", everywhere, "o", "o"},
	staff.SeeEntries:     {"o", "oaA", "oaAnN", "", everywhere, "", "o"},
	staff.MoveKits:       {"o", "oaA", "", "", everywhere, "", "o"},
	staff.Count:          {"o", "oaA", "", "", everywhere, "", "o"},
	staff.SignCount:      {"o", "oaA", "", "", everywhere, "", "o"},
	staff.Reverse:        {"o", "oaA", "", "", everywhere, "", "o"},
	staff.ReleaseHold:    {"", "oaA", "", "", everywhere, "", ""},
	staff.OpenCounter:    {"o", "oaA", "", "", everywhere, "", "o"},
	staff.SeeArea:        {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.ManageArea:     {"", "oaA", "", "", everywhere, "", ""},
	staff.SeeNation:      {"", "", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.SeeFigures:     {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.Download:       {"o", "oaA", "oaAnN", "", everywhere, "", "o"},
	staff.Import:         {"", "", "", "", everywhere, "", ""},
	staff.ManageWorkers:  {"", "oaA", "", "", everywhere, "", ""},
	staff.ManageAccounts: {"", "", "", "", everywhere, "", ""},
	staff.ManageRegistry: {"", "", "", "", everywhere, "", ""},
	staff.SeeAudit:       {"", "oaA", "oaAnN", "", everywhere, "", ""},
	staff.SeeNotices:     {"o", "oaA", "oaAnN", "oaAnN", everywhere, "", "o"},
	staff.WriteNotices:   {"", "", "oaAnN", "", everywhere, "", ""},
	staff.SeeSurvey:      {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.RunSurvey:      {"", "", "oaAnN", "", everywhere, "", ""},
	staff.SeeScorecard:   {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.AskSupport:     {"", "oaA", "oaAnN", "", everywhere, "", ""},
	staff.GiveSupport:    {"", "", "oaAnN", "", everywhere, "", ""},
	staff.SeeBulletins:   {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.WriteBulletins: {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.SignBulletins:  {"", "oaA", "oaAnN", "oaAnN", everywhere, "", ""},
	staff.HandleRequests: {"o", "oaA", "", "", everywhere, "", "o"},
	staff.OfferRequests:  {"", "oaA", "", "", everywhere, "", ""},
}

func TestWhoMayDoWhatWhere(t *testing.T) {
	people := [7]staff.Person{
		{ID: 1, Role: staff.Worker, Area: kent, Outlets: []int{canal}},
		{ID: 2, Role: staff.Coordinator, Area: kent},
		{ID: 3, Role: staff.National, Area: nation},
		{ID: 4, Role: staff.Analyst, Area: nation},
		{ID: 5, Role: staff.Administrator},
		{Role: staff.Worker, Outlets: []int{canal}, Counter: canal},
		{ID: 1, Role: staff.Worker, Area: kent, Outlets: []int{canal}, Counter: canal},
	}
	places := map[string]staff.Place{
		"o": outlet(canal), "a": outlet(harbour), "A": {Nation: nation, Area: kent}, "n": outlet(heath), "N": {Nation: nation},
		"x": {Nation: 901, Area: 30, Outlet: 301}, "-": {},
	}
	checked := 0
	for d, row := range allowed {
		for i, p := range people {
			for letter, at := range places {
				want := strings.Contains(row[i], letter)
				if got := p.May(d, at); got != want {
					t.Errorf("deed %d, person %d (%s, counter %d), place %s: may is %v", d, i, p.Role, p.Counter, letter, got)
				}
				err := p.Must(d, at)
				if (err == nil) != want || (err != nil && !fault.Is(err, fault.Forbidden)) {
					t.Errorf("deed %d, person %d, place %s: must gives %v", d, i, letter, err)
				}
				checked++
			}
		}
	}
	// Every deed has a row: the next number is no deed, and not even an administrator may do it.
	last := staff.Deed(len(allowed))
	if people[4].May(last, staff.Place{}) || !people[4].May(last-1, staff.Place{}) {
		t.Errorf("there are other deeds than the %d of this table", len(allowed))
	}
	if want := 30 * 7 * 7; checked != want {
		t.Errorf("%d cases checked, want %d", checked, want)
	}
}

func TestNobodyMayDoNothing(t *testing.T) {
	unplaced := []staff.Person{
		{},
		{ID: 9},
		{ID: 9, Role: 77},
		{ID: 9, Role: staff.Worker},
		{ID: 9, Role: staff.Worker, Outlets: []int{0}},
		{ID: 9, Role: staff.Coordinator},
		{ID: 9, Role: staff.National},
		{ID: 9, Role: staff.Analyst},
	}
	for d := range allowed {
		for _, p := range unplaced {
			for _, at := range []staff.Place{{}, outlet(canal), {Nation: nation}} {
				if p.May(d, at) {
					t.Errorf("%+v may do deed %d at %+v", p, d, at)
				}
			}
		}
	}
}

// A refusal must read the same for a place that is there and one that is not.
func TestARefusalTellsNothing(t *testing.T) {
	p := staff.Person{ID: 1, Role: staff.Worker, Area: kent, Outlets: []int{canal}}
	for d := range allowed {
		here, nowhere := p.Must(d, outlet(heath)), p.Must(d, staff.Place{Outlet: 999999})
		if here == nil || nowhere == nil {
			t.Fatalf("deed %d was allowed", d)
		}
		if here.Error() != nowhere.Error() || fault.Of(here)[0].Next != fault.Of(nowhere)[0].Next {
			t.Errorf("deed %d: %q and %q", d, here, nowhere)
		}
		if strings.ContainsAny(here.Error(), "0123456789") || !strings.HasPrefix(here.Error(), "you may not ") {
			t.Errorf("deed %d: %q", d, here)
		}
	}
}

func TestRoleNames(t *testing.T) {
	for _, r := range staff.Roles {
		got, err := staff.ParseRole(" " + strings.ToUpper(r.String()))
		if err != nil || got != r {
			t.Errorf("%s reads as %s (%v)", r, got, err)
		}
	}
	for _, s := range []string{"", "nobody", "root"} {
		if r, err := staff.ParseRole(s); !fault.Is(err, fault.Invalid) || r != staff.Nobody {
			t.Errorf("%q reads as %s (%v)", s, r, err)
		}
	}
}
