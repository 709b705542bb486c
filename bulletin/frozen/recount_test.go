package frozen_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// outletOf is an outlet of a made-up nation.
type outletOf struct{ code, area, kind, channel string }

var outlets = []outletOf{
	{"A1", "S08000015", "drug_service", "community"},
	{"A2", "S08000015", "pharmacy", "community"},
	{"A3", "S08000015", "prison", "prison"},
	{"A4", "S08000015", "pharmacy", "community_prescription"},
	{"B1", "S08000016", "drug_service", "community"},
	{"B2", "S08000016", "prison", "prison"},
	{"B3", "S08000016", "ambulance", "ambulance"},
	{"C1", "S08000017", "hostel", "community"},
	{"C2", "S08000017", "post", "post"},
	{"D1", "S08000019", "drug_service", "community"},
}

// history imports made-up supplies of some outlets from April 2020 to September 2021, some of them reversed.
func (w *world) history(rnd *rand.Rand, supplies int) {
	var sites, receipts, given strings.Builder
	sites.WriteString("code,name,kind,authority,channel\n")
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	given.WriteString("occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex\n")
	products := []string{"prenoxad", "nyxoid"}
	first := on("2020-04-01")
	for _, o := range outlets {
		fmt.Fprintf(&sites, "%s,Outlet %s,%s,%s,%s\n", o.code, o.code, o.kind, o.area, o.channel)
		for _, p := range products {
			fmt.Fprintf(&receipts, "%s,%s,%s,L-%s,2024-06,%d\n", first, o.code, p, p, 5*supplies)
		}
	}
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	for range supplies {
		o := outlets[rnd.IntN(len(outlets))]
		if rnd.IntN(3) > 0 {
			o = outlets[[...]int{0, 4, 7}[rnd.IntN(3)]] // most are of a few
		}
		if o.kind == "prison" && rnd.IntN(3) > 0 {
			continue
		}
		p := pick(products...)
		supply, reason := pick("first", "first", "repeat", "repeat", "not_known", ""), ""
		if supply == "repeat" {
			reason = pick("used_on_self", "used_on_other", "lost", "expired", "", "notice")
		}
		day := first + civil.Date(rnd.IntN(548))
		fmt.Fprintf(&given, "%s,%s,%s,L-%s,%d,%s,%s,%s,%s,%s\n", day, o.code, p, p, 1+rnd.IntN(2), pick("person_at_risk", "person_at_risk", "person_at_risk", "family_or_friend", "worker", ""),
			supply, reason, pick("under_25", "25_34", "35_44", "45_over", "45_over", ""), pick("male", "male", "female", "other", ""))
	}
	w.take("outlets", sites.String())
	w.take("receipts", receipts.String())
	w.take("supplies", given.String())
}

// count recounts over the movements, by a condition on them: kits, or times.
func (w *world) count(what string, from, to civil.Date, where string, args ...any) int {
	n := 0
	must(w.t, w.DB.Read(w.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Get(w.t.Context(), []any{&n}, "SELECT COALESCE(SUM(CASE WHEN m.reverses IS NULL THEN "+what+" ELSE -("+what+") END), 0) FROM movement m "+
			"JOIN outlet o ON o.id = m.outlet JOIN area a ON a.id = o.area JOIN product p ON p.id = m.product WHERE m.occurred_on BETWEEN ? AND ? AND "+where,
			append([]any{int(from), int(to)}, args...)...)
		return err
	}))
	return n
}

// numbers are the small numbers of words in the ledger, written out here again so that a slip in reading them shows.
var numbers = map[string]map[string]int{
	"channel":   {"community": 1, "prison": 2, "community_prescription": 3, "ambulance": 4, "post": 5, "peer": 6, "other": 7},
	"recipient": {"not_recorded": 0, "person_at_risk": 1, "family_or_friend": 2, "worker": 3, "not_known": 4},
	"supply":    {"not_recorded": 0, "first": 1, "repeat": 2, "not_known": 3},
	"reason":    {"not_recorded": 0, "used_on_self": 1, "used_on_other": 2, "lost": 3, "expired": 6, "notice": 9},
	"age":       {"not_recorded": 0, "under_25": 1, "25_34": 2, "35_44": 3, "45_over": 4},
	"sex":       {"not_recorded": 0, "female": 1, "male": 2, "other": 3},
}

var columnOf = map[string]string{"channel": "m.split", "recipient": "m.recipient", "supply": "m.supply", "reason": "m.reason", "age": "m.age_band", "sex": "m.sex"}

// recount is a count of a figure by plain SQL over the movements.
func (w *world) recount(t *testing.T, f *frozen.Figure) int {
	p := period(f.Period)
	what, where, args := "m.kits", "m.kind = 7", []any(nil)
	add := func(condition string, more ...any) {
		where += " AND " + condition
		args = append(args, more...)
	}
	switch f.Measure {
	case "purchased":
		where = "m.kind = 2"
	case "supplies":
		what = "1"
	case "first_supplies":
		what = "1"
		add("m.supply = 1 AND m.recipient = 1")
	}
	if f.Area != scotland {
		add("a.code = ?", f.Area)
	}
	for _, s := range f.Split {
		switch s.Key {
		case "product":
			add("p.name = ?", s.Word)
		case "setting":
			switch s.Word {
			case "drug_treatment":
				add("o.kind = 1")
			case "non_drug_treatment":
				add("o.kind <> 1")
			default:
				kind, err := registry.ParseOutletKind(s.Word)
				must(t, err)
				add("o.kind = ?", int(kind))
			}
		default:
			n, known := numbers[s.Key][s.Word]
			if !known {
				t.Fatalf("no recount of %s", f.ID)
			}
			add("COALESCE("+columnOf[s.Key]+", 0) = ?", n)
			if s.Key == "reason" && n == 0 {
				add("m.supply = 2") // of repeats
			}
		}
	}
	return w.count(what, p.First(), p.Last(), where, args...)
}

// ratio holds the kits of a ratio against a recount, and its value against its parts. It reports whether there were any. No kit of
// these histories is used, lost or out of date: all that were given out are with people.
func (w *world) ratio(t *testing.T, f *frozen.Figure) bool {
	if f.Numerator == nil {
		return false
	}
	p, where := period(f.Period), "m.kind = 7"
	from := p.First()
	switch f.Measure {
	case "coverage", "coverage_treatment":
		where += " AND m.split NOT IN (2, 4)" // neither of a prison nor of an ambulance
	case "live_coverage":
		from = on("2000-01-01")
	}
	var args []any
	if f.Area != scotland {
		where += " AND a.code = ?"
		args = append(args, f.Area)
	}
	if got, want := measure.Number(f.Numerator), fmt.Sprint(w.count("m.kits", from, p.Last(), where, args...)); got != want {
		t.Errorf("%s stands on %s kits, the movements say %s", f.ID, got, want)
	}
	if f.Value != nil && f.Denominator != nil {
		want := measure.Key(f.Measure).Per() * *f.Numerator / *f.Denominator
		if d := *f.Value - want; d > 1e-6*want || d < -1e-6*want {
			t.Errorf("%s is %v, its parts say %v", f.ID, *f.Value, want)
		}
	}
	return true
}

// Every number of a bulletin from a ledger is what plain SQL over the movements counts, on both engines.
func TestFiguresEqualARecount(t *testing.T) {
	seed := rand.Uint64()
	var told string
	eachWorld(t, "2021-11-15", func(t *testing.T, w *world) {
		w.history(rand.New(rand.NewPCG(seed, 3)), 3000)
		body := ""
		for _, of := range [][2]string{{scotland, "2021/22-Q2"}, {scotland, "2020/21"}, {"S08000015", "2021/22-Q1"}} {
			s := w.freeze(of[0], of[1], "")
			body += encoded(t, s)
			seen := map[string]int{}
			for i := range s.Figures {
				f := &s.Figures[i]
				switch f.Measure {
				case "dispensed", "purchased", "supplies", "first_supplies":
				case "coverage", "coverage_treatment", "live_coverage", "kits_per_death":
					if w.ratio(t, f) {
						seen[f.Measure]++
					}
					continue
				default:
					continue
				}
				if f.Value == nil {
					if f.Hidden() {
						if n := w.recount(t, f); n == 0 {
							t.Errorf("seed %d: %s is hidden and nought", seed, f.ID)
						}
						seen["hidden"]++
					}
					continue
				}
				if got, want := measure.Number(f.Value), fmt.Sprint(w.recount(t, f)); got != want {
					t.Errorf("seed %d: %s is %s, the movements say %s", seed, f.ID, got, want)
				}
				seen[f.Measure]++
				for _, split := range f.Split {
					seen[split.Key]++
				}
			}
			for _, what := range []string{"dispensed", "purchased", "supplies", "first_supplies", "coverage", "live_coverage", "channel", "setting", "recipient", "supply", "reason", "age", "sex", "product"} {
				if seen[what] == 0 {
					t.Errorf("seed %d: of %s no figure of %s was seen: %v", seed, of, what, seen)
				}
			}
			for _, sum := range s.Sums {
				if sum.Remainder != nil && *sum.Remainder != 0 {
					t.Errorf("seed %d: the parts of %s leave %v", seed, sum.Total, *sum.Remainder)
				}
			}
			w.recountShares(t, s, seed)
		}
		s := w.freeze(scotland, "2021/22-Q2", "")
		if len(s.Silent) != 10 { // of 14 boards four have a ledger
			t.Errorf("silent: %+v", s.Silent)
		}
		says(t, s, "dispensed|S08000020|2021/22-Q2|channel=community", "not_asked", "")
		if s.Mark.Returns != 0 || s.Mark.Entries < 2000 {
			t.Errorf("mark %+v", s.Mark)
		}
		if told != "" && told != body {
			t.Errorf("seed %d: the two engines differ", seed)
		}
		told = body
	})
}

// recountShares checks the ratios that are made of what was recorded.
func (w *world) recountShares(t *testing.T, s *frozen.Snapshot, seed uint64) {
	t.Helper()
	p := period(s.Period)
	here := ""
	if s.Kind == frozen.Local {
		here = " AND a.code = '" + s.Area.Code + "'"
	}
	share := s.Figure(frozen.ID("repeat_share", s.Area.Code, s.Period))
	used := s.Figure(frozen.ID("repeat_used", s.Area.Code, s.Period))
	reach := s.Figure(frozen.ID("reach", s.Area.Code, s.Period))
	for _, x := range []struct {
		got  *float64
		want string
		from civil.Date
	}{
		{share.Numerator, "m.kind = 7 AND m.split NOT IN (3, 4) AND m.supply = 2", p.First()},
		{share.Denominator, "m.kind = 7 AND m.split NOT IN (3, 4)", p.First()},
		{used.Numerator, "m.kind = 7 AND m.split NOT IN (3, 4) AND m.reason IN (1, 2)", p.First()},
		{used.Denominator, "m.kind = 7 AND m.split NOT IN (3, 4) AND m.supply = 2", p.First()},
		{reach.Numerator, "m.kind = 7 AND m.supply = 1 AND m.recipient = 1", 0},
	} {
		if x.got == nil {
			continue // hidden, or nothing to divide by
		}
		if n := w.count("1", x.from, p.Last(), x.want+here); measure.Number(x.got) != fmt.Sprint(n) {
			t.Errorf("seed %d: %s of %s is %s, the movements say %d", seed, x.want, s.Period, measure.Number(x.got), n)
		}
	}
}

// The kinds that the recount names by number are these.
func TestNumbersOfTheRecount(t *testing.T) {
	if ledger.KindSupply != 7 || ledger.KindReceive != 2 || registry.DrugService != 1 || ledger.ReasonNotice != 9 || registry.Ambulance != 4 {
		t.Error("the ledger's small numbers are others")
	}
}
