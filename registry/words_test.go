package registry_test

import (
	"strings"
	"testing"

	"everykit/registry"
)

func TestWordsAreForgivingAndNeverGuessed(t *testing.T) {
	for _, c := range []struct {
		parse func(string) (string, error)
		give  string
		want  string // a key, or part of the message after "!"
	}{
		{channel, "Community Prescription", "community_prescription"},
		{channel, " community-prescription ", "community_prescription"},
		{channel, "", ""},
		{channel, "comunity", "!did you mean community?"},
		{channel, "carrier pigeon", "!write one of community, prison"},
		{outletKind, "Needle Exchange", "needle_exchange"},
		{outletKind, "NSP", "needle_exchange"},
		{outletKind, "shop", "!is not a kind of outlet"},
		{population, "Opiate users", "opiate_users"},
		{population, "people who use opiates or crack", "opiate_crack_users"},
		{population, "residents 15-64", "residents_15_64"},
		{population, "opiate_user", "!did you mean opiate_users?"},
		{requires, "", ""},
		{requires, "None", "none"},
		{requires, "training, In treatment", "in_treatment training"},
		{requires, "referral assessment", "referral assessment"},
		{requires, "local address; name", "local_address name"},
		{requires, "referal", "!did you mean referral?"},
		{requires, "none training", "!none"},
		{answer, "Y", "yes"},
		{answer, "perhaps", "!is not yes or no"},
		{walkIn, "By appointment", "appointment"},
	} {
		got, err := c.parse(c.give)
		if part, bad := strings.CutPrefix(c.want, "!"); bad {
			if err == nil || !strings.Contains(err.Error(), part) || got == "other" {
				t.Errorf("%q gave %q, %v; want an error with %q", c.give, got, err, part)
			}
		} else if err != nil || got != c.want {
			t.Errorf("%q gave %q, %v; want %q", c.give, got, err, c.want)
		}
	}
}

func channel(s string) (string, error)    { return key(registry.ParseChannel(s)) }
func outletKind(s string) (string, error) { return key(registry.ParseOutletKind(s)) }
func population(s string) (string, error) { return key(registry.ParsePopulation(s)) }
func requires(s string) (string, error)   { return key(registry.ParseRequires(s)) }
func answer(s string) (string, error)     { return key(registry.ParseAnswer(s)) }
func walkIn(s string) (string, error)     { return key(registry.ParseWalkIn(s)) }

func key[T interface{ String() string }](v T, err error) (string, error) { return v.String(), err }

func TestEveryKeyReadsBackAndHasWords(t *testing.T) {
	for _, c := range registry.Channels() {
		if got, err := registry.ParseChannel(c.String()); got != c || err != nil || c.Words() == "" {
			t.Errorf("channel %d: %v, %v, %q", c, got, err, c.Words())
		}
	}
	for _, k := range registry.OutletKinds() {
		if got, err := registry.ParseOutletKind(k.String()); got != k || err != nil || k.Words() == "" {
			t.Errorf("kind %d: %v, %v, %q", k, got, err, k.Words())
		}
		if got, err := registry.ParseOutletKind(k.Words()); got != k || err != nil {
			t.Errorf("the page's %q reads back as %v, %v", k.Words(), got, err)
		}
	}
	for _, p := range registry.Populations() {
		got, err := registry.ParsePopulation(p.String())
		byWords, err2 := registry.ParsePopulation(p.Words())
		if got != p || byWords != p || err != nil || err2 != nil {
			t.Errorf("population %d: %v %v %v %v", p, got, byWords, err, err2)
		}
		if strings.Contains(strings.ToLower(p.Words()), "user") {
			t.Errorf("a page would say %q", p.Words())
		}
	}
	if registry.Community != 1 || registry.OtherChannel != 7 || registry.OtherOutlet != 18 || registry.Residents15to64 != 6 {
		t.Error("numbers that stand in databases have moved")
	}
}

func TestUnknownRequirementsAreNotNone(t *testing.T) {
	var unknown registry.Requires
	none := registry.RequiresOf()
	some := registry.RequiresOf(registry.Training, registry.Referral)
	if unknown.Known() || !none.Known() || !some.Known() || unknown == none || len(none.List()) != 0 {
		t.Error("not known and none are the same")
	}
	if !some.Has(registry.Training) || some.Has(registry.Assessment) || len(some.List()) != 2 || some.String() != "referral training" {
		t.Errorf("set: %v", some.List())
	}
}

func TestPublishedKeepsPrecision(t *testing.T) {
	for _, c := range []struct{ give, text, last, words string }{
		{"2019", "2019", "2019-12-31", "2019"},
		{"2019-03", "2019-03", "2019-03-31", "March 2019"},
		{"14/03/2019", "2019-03-14", "2019-03-14", "14 March 2019"},
		{"", "", "", ""},
	} {
		p, err := registry.ParsePublished(c.give)
		if err != nil || string(p) != c.text || p.Last().String() != c.last || p.Words() != c.words {
			t.Errorf("%q: %q, last %s, %q, %v", c.give, p, p.Last(), p.Words(), err)
		}
	}
	for _, bad := range []string{"2018/19", "2018/19-Q1", "spring", "2019-13"} {
		if p, err := registry.ParsePublished(bad); err == nil {
			t.Errorf("%q was read as %q", bad, p)
		}
	}
}
