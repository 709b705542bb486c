package compose_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/disclosure"
	"everykit/measure"
)

// built is a snapshot that is being put together by hand.
type built struct{ s *frozen.Snapshot }

func newSnapshot(kind frozen.Kind, code, name, period, asOf string) *built {
	return &built{&frozen.Snapshot{
		Kind: kind, Area: frozen.Area{Code: code, Name: name, Kind: "nation"}, Period: period, AsOf: asOf, Mark: frozen.Mark{Entries: 1234, Returns: 56},
		Definitions: []measure.Definition{measure.DefinitionOf(measure.Dispensed), measure.DefinitionOf(measure.Reach)},
	}}
}

// shape changes a figure that was put in.
type shape func(*frozen.Figure)

func state(s string) shape { return func(f *frozen.Figure) { f.State = s } }
func part(c string) shape  { return func(f *frozen.Figure) { f.State, f.Covers = "partial", c } }
func over(n, d float64) shape {
	return func(f *frozen.Figure) { f.Numerator, f.Denominator = &n, &d }
}

func none(state string) shape {
	return func(f *frozen.Figure) { f.State, f.Value = state, nil }
}

// put adds a figure by its ID.
func (b *built) put(id string, v float64, shapes ...shape) *built {
	words := strings.Split(id, "|")
	f := frozen.Figure{ID: id, Measure: words[0], Area: words[1], Period: words[2], State: "reported", Value: &v, Definition: words[0] + "/1", Source: "Quarterly bulletin"}
	for _, w := range words[3:] {
		key, word, _ := strings.Cut(w, "=")
		f.Split = append(f.Split, frozen.Split{Key: key, Word: word})
	}
	for _, do := range shapes {
		do(&f)
	}
	b.s.Figures = append(b.s.Figures, f)
	return b
}

// sum says that a total has parts, with what is left over where all are known.
func (b *built) sum(total string, parts ...string) *built {
	s := frozen.Sum{Total: total, Parts: parts}
	find := func(id string) *float64 {
		i := slices.IndexFunc(b.s.Figures, func(f frozen.Figure) bool { return f.ID == id })
		if i < 0 {
			return nil
		}
		return b.s.Figures[i].Value
	}
	if t := find(total); t != nil {
		left, known := *t, true
		for _, p := range parts {
			v := find(p)
			if known = known && v != nil; known {
				left -= *v
			}
		}
		if known {
			s.Remainder = &left
		}
	}
	b.s.Sums = append(b.s.Sums, s)
	return b
}

func (b *built) done() *frozen.Snapshot {
	slices.SortFunc(b.s.Figures, func(x, y frozen.Figure) int { return strings.Compare(x.ID, y.ID) })
	return b.s
}

const sco = "S92000003"

// scotlandQ1 is the first edition of the bulletin before: reach was given with two decimals.
func scotlandQ1() *frozen.Snapshot {
	return newSnapshot(frozen.Quarterly, sco, "Scotland", "2021/22-Q1", "2021-12-14").
		put("dispensed|"+sco+"|2021/22-Q1", 5363).
		put("dispensed|"+sco+"|2021/22-Q1|channel=community", 4049).
		put("dispensed|"+sco+"|2021/22-Q1|channel=prison", 391).
		put("dispensed|"+sco+"|2021/22-Q1|channel=community_prescription", 752).
		put("dispensed|"+sco+"|2021/22-Q1|channel=ambulance", 158, part("2/3")).
		put("reach|"+sco+"|2021/22-Q1", 59.17).done()
}

// scotlandQ2 has the figures of the bulletin for July to September 2021 as they were published.
func scotlandQ2() *frozen.Snapshot {
	b := newSnapshot(frozen.Quarterly, sco, "Scotland", "2021/22-Q2", "2022-03-29")
	q := func(p, rest string) string { return "dispensed|" + sco + "|" + p + rest }
	for p, list := range map[string][]float64{"2021/22-Q2": {7219, 5640, 1552, 399, 862, 295, 23, 61.2}, "2021/22-Q1": {5363, 4049, 357, 391, 752, 158, 13, 59.3}} {
		ambulance := state("reported")
		if p == "2021/22-Q1" {
			ambulance = part("2/3")
		}
		b.put(q(p, ""), list[0]).put(q(p, "|channel=community"), list[1]).put(q(p, "|channel=community|setting=non_drug_treatment"), list[2]).
			put(q(p, "|channel=prison"), list[3]).put(q(p, "|channel=community_prescription"), list[4]).put(q(p, "|channel=ambulance"), list[5], ambulance).
			sum(q(p, ""), q(p, "|channel=community"), q(p, "|channel=prison"), q(p, "|channel=community_prescription"), q(p, "|channel=ambulance")).
			put(q(p, "|channel=not_attributed"), list[6]).put("reach|"+sco+"|"+p, list[7])
	}
	slices.SortFunc(b.s.Sums, func(x, y frozen.Sum) int { return strings.Compare(x.Total, y.Total) })
	b.put(q("2020/21-Q4", ""), 0, none("not_provided")).put(q("2020/21-Q4", "|channel=community"), 2985).put("reach|"+sco+"|2020/21-Q4", 57.53)
	b.s.Areas = []frozen.Area{{Code: "S08000015", Name: "Ayrshire and Arran", Kind: "health_board"}, {Code: "S08000029", Name: "Fife", Kind: "health_board"}}
	for _, a := range b.s.Areas {
		b.put("dispensed|"+a.Code+"|2021/22-Q2", 0, none("not_asked"))
	}
	b.s.Estimates = []frozen.Estimate{{Area: sco, Population: "problem_drug_users", Period: "2015/16", Source: "ISD Scotland", Published: "2019-03-05", Value: 57300}}
	return b.done()
}

func scotlandInput() compose.Input {
	return compose.Input{
		Snapshot: scotlandQ2(), Slug: "2021-22-q2", Edition: 1, PublishedOn: "2022-03-29", Contact: "naloxone@example.org",
		Earlier: []compose.Published{{Slug: "2021-22-q1", Period: "2021/22-Q1", Edition: 1, On: "2021-12-14", Snapshot: scotlandQ1()}},
	}
}

const eng = "E92000001"

// england is an invented quarter of 152 authorities with real names and places: some silent, small numbers hidden, all splits.
func england(t testing.TB) *frozen.Snapshot {
	t.Helper()
	b := newSnapshot(frozen.Quarterly, eng, "England", "2025/26-Q2", "2025-11-20")
	f, err := os.Open("../../data/areas.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r[2] != "authority" || !strings.HasPrefix(r[0], "E") || len(b.s.Areas) == 152 {
			continue
		}
		a := frozen.Area{Code: r[0], Name: r[1], Kind: r[2], Region: r[3]}
		if lat, err := strconv.ParseFloat(r[6], 64); err == nil {
			lon, _ := strconv.ParseFloat(r[7], 64)
			a.Lat, a.Lon = &lat, &lon
		}
		b.s.Areas = append(b.s.Areas, a)
	}
	if len(b.s.Areas) != 152 {
		t.Fatalf("%d authorities", len(b.s.Areas))
	}
	slices.SortFunc(b.s.Areas, func(x, y frozen.Area) int { return strings.Compare(x.Code, y.Code) })
	b.fill(rand.New(rand.NewPCG(1, 2)), 7)
	return b.done()
}

var channelKeys = []string{"community", "prison", "community_prescription", "ambulance", "post", "peer"}

// fill makes up figures for all areas of a nation's snapshot: every silent-th authority says nothing.
func (b *built) fill(r *rand.Rand, silent int) {
	p, _ := civil.ParsePeriod(b.s.Period)
	nation := b.s.Area.Code
	periods := []civil.Period{p}
	for len(periods) < 9 {
		periods = append(periods, periods[len(periods)-1].Before())
	}
	near := []civil.Period{p, p.Before(), periods[4]}
	for _, q := range periods {
		total := 0.0
		var parts []string
		for i, c := range channelKeys {
			v := float64(r.IntN(4000)/(i+1) + 20)
			total += v
			id := frozen.ID("dispensed", nation, q.String(), frozen.Split{Key: "channel", Word: c})
			b.put(id, v, state("counted"))
			parts = append(parts, id)
		}
		all := frozen.ID("dispensed", nation, q.String())
		b.put(all, total, state("counted")).sum(all, parts...)
		if silent > 0 && q == p { // what is a sum of authorities, of whom some are silent, is partial
			for i := range b.s.Figures {
				if f := &b.s.Figures[i]; f.ID == all || slices.Contains(parts, f.ID) {
					f.State, f.With, f.Of = "partial", len(b.s.Areas)-(len(b.s.Areas)+silent-1)/silent, len(b.s.Areas)
				}
			}
		}
		b.put("first_supplies|"+nation+"|"+q.String(), float64(r.IntN(900)), state("counted"))
	}
	for _, words := range [][]string{
		{"recipient", "person_at_risk", "family_or_friend", "worker", "not_recorded"},
		{"supply", "first", "repeat", "not_recorded"},
		{"age", "under_25", "25_34", "35_44", "45_over", "not_recorded"},
		{"sex", "female", "male", "other", "not_recorded"},
		{"reason", "used_on_self", "used_on_other", "lost", "expired", "not_recorded"},
		{"product", "Prenoxad", "Nyxoid"},
	} {
		key, words := words[0], words[1:]
		for _, q := range near {
			var release disclosure.Release
			for _, w := range words {
				id := frozen.ID("dispensed", nation, q.String(), frozen.Split{Key: key, Word: w})
				if v := r.IntN(2000); v%5 == 0 {
					b.put(id, 0, none("suppressed"))
					release.Cells = append(release.Cells, disclosure.Cell{ID: id, Value: 3, Hidden: true})
				} else {
					b.put(id, float64(v), state("counted"))
					release.Cells = append(release.Cells, disclosure.Cell{ID: id, Value: int64(v), Shown: int64(v)})
				}
			}
			b.s.Releases = append(b.s.Releases, release)
			b.s.ReleaseKeys = append(b.s.ReleaseKeys, key+"|"+q.String())
		}
	}
	fin := "2024/25"
	kits, people := 0.0, 0.0
	for i, a := range b.s.Areas {
		if silent > 0 && i%silent == 0 {
			b.put("dispensed|"+a.Code+"|"+p.String(), 0, none("no_reply")).put("coverage|"+a.Code+"|"+fin, 0, none("no_reply"))
			b.s.Silent = append(b.s.Silent, frozen.Silent{Area: a.Code, Months: []string{"2025-07"}, Why: "no_reply"})
			continue
		}
		for _, q := range near {
			b.put("dispensed|"+a.Code+"|"+q.String(), float64(r.IntN(300)), state("counted"))
		}
		for _, c := range channelKeys[:4] {
			b.put(frozen.ID("dispensed", a.Code, p.String(), frozen.Split{Key: "channel", Word: c}), float64(r.IntN(99)), state("counted"))
		}
		n, d := float64(r.IntN(1500)), float64(500+r.IntN(6000))
		kits, people = kits+n, people+d
		b.put("coverage|"+a.Code+"|"+fin, 100*n/d, state("counted"), over(n, d))
		b.put("live_coverage|"+a.Code+"|"+p.String(), 80*n/d, state("counted"), over(.8*n, d))
		b.s.Estimates = append(b.s.Estimates, frozen.Estimate{Area: a.Code, Population: "opiate_users", Period: "2019/20", Source: "OHID", Published: "2023-09-12", Value: d})
	}
	if people > 0 {
		b.put("coverage|"+nation+"|"+fin, 100*kits/people, state("counted"), over(kits, people))
	}
	b.put("coverage|"+nation+"|"+fin+"|row=mean", 21.4, state("counted"))
	for _, q := range near {
		b.put("live_coverage|"+nation+"|"+q.String(), float64(r.IntN(400))/10, state("counted"), over(1000, 9000))
		b.put("repeat_share|"+nation+"|"+q.String(), float64(r.IntN(900))/10, state("counted"), over(100, 900))
	}
	for y := 2015; y < 2025; y++ {
		b.put(fmt.Sprintf("deaths|%s|%d", nation, y), float64(1000+r.IntN(900)))
	}
	b.put("kits_per_death|"+nation+"|"+fin, 9.25, over(18500, 2000))
	b.s.Products = []frozen.Product{{Name: "Nyxoid", Form: "nasal_spray", Route: "intranasal"}, {Name: "Prenoxad", Form: "prefilled_syringe", Route: "intramuscular"}}
	b.s.Notices = []frozen.Notice{{Number: "NatPSA/2025/001", Regulator: "MHRA", Title: "Needles may be missing", Action: "check", IssuedOn: "2025-08-10", Lots: 24, Outlets: 310, Answered: 288}}
}

// text is all that a content says in words, a line each.
func text(c *content.Content) []string {
	list := []string{c.Title, c.Subtitle}
	for _, ch := range c.Chapters {
		list = append(list, "# "+ch.Title)
		for _, b := range ch.Blocks {
			switch b := b.(type) {
			case content.Heading:
				list = append(list, b.Text)
			case content.Para:
				list = append(list, b.Text)
			case content.Points:
				list = append(list, b.Items...)
			case *content.Picture:
				list = append(list, b.Title, b.Subtitle, b.Alt)
			case *content.Table:
				list = append(list, fmt.Sprintf("Table %d: %s. %s", b.Number, b.Title, b.Subtitle))
				list = append(list, b.Notes...)
			}
		}
	}
	return list
}

// table finds a table by its key.
func table(t testing.TB, c *content.Content, key string) *content.Table {
	t.Helper()
	for _, x := range c.Tables() {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("there is no table %s", key)
	return nil
}

// shown is a table as text, a line a row.
func shown(x *content.Table) string {
	var b strings.Builder
	for _, r := range x.Rows {
		for i := range x.Columns {
			if i > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(r.Cell(i).Shown(x.Columns[i].Places))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func composed(t testing.TB, in compose.Input) *content.Content {
	t.Helper()
	c, err := compose.Compose(in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
