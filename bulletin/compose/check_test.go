package compose_test

import (
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/disclosure"
)

// finding gives the one with a key.
func finding(list []compose.Finding, key string) *compose.Finding {
	i := slices.IndexFunc(list, func(f compose.Finding) bool {
		return f.Key == key || strings.HasSuffix(key, "*") && strings.HasPrefix(f.Key, strings.TrimSuffix(key, "*"))
	})
	if i < 0 {
		return nil
	}
	return &list[i]
}

// TestChecksOfScotland: two remainders and nothing else, told with the numbers.
func TestChecksOfScotland(t *testing.T) {
	in := scotlandInput()
	list := compose.Check(in, composed(t, in))
	if len(list) != 2 {
		t.Errorf("there are %d findings: %+v", len(list), list)
	}
	f := finding(list, "sum:dispensed|"+sco+"|2021/22-Q2")
	if f == nil || !f.Waive || f.What != "Kits given out in Scotland, Q2 2021/22: the total is 7,219, and its parts by channel add up to 7,196. 23 are not attributed." {
		t.Errorf("of the remainder it says %+v", f)
	}
	in.Earlier[0].Snapshot.Sums = in.Snapshot.Sums[:1]
	if finding(compose.Check(in, composed(t, in)), "sum:dispensed|"+sco+"|2021/22-Q1") != nil {
		t.Error("a remainder is told again that was told and published before")
	}
}

func TestWrongRemainder(t *testing.T) {
	in := scotlandInput()
	at := slices.IndexFunc(in.Snapshot.Sums, func(s frozen.Sum) bool { return s.Total == "dispensed|"+sco+"|2021/22-Q2" })
	in.Snapshot.Sums[at].Remainder = new(float64)
	f := finding(compose.Check(in, composed(t, in)), "sum:dispensed|"+sco+"|2021/22-Q2:wrong")
	if f == nil || f.Waive {
		t.Errorf("a remainder that is wrong: %+v", f)
	}
}

// TestUndone: a hidden number that its total gives away cannot be waived, and its number is not told.
func TestUndone(t *testing.T) {
	hide := func(value int64, both bool) compose.Input {
		in := scotlandInput()
		id := func(w string) string { return "dispensed|" + sco + "|2021/22-Q2|sex=" + w }
		in.Snapshot.Releases = []disclosure.Release{{
			Cells: []disclosure.Cell{{ID: "all", Value: 100, Shown: 100, Keep: true}, {ID: id("female"), Value: value, Hidden: true}, {ID: id("male"), Value: 60, Shown: 60, Hidden: both}, {ID: id("other"), Value: 40 - value, Shown: 40 - value, Hidden: both}},
			Sums:  []disclosure.Sum{{Total: "all", Parts: []string{id("female"), id("male"), id("other")}}},
		}}
		in.Snapshot.ReleaseKeys = []string{"sex"}
		for _, w := range []string{"female", "male", "other"} {
			f := frozen.Figure{ID: id(w), Measure: "dispensed", Area: sco, Period: "2021/22-Q2", Split: []frozen.Split{{Key: "sex", Word: w}}, State: "suppressed"}
			in.Snapshot.Figures = append(in.Snapshot.Figures, f)
		}
		return in
	}
	in := hide(3, false)
	f := finding(compose.Check(in, composed(t, in)), "undone:*")
	if f == nil || f.Waive || strings.Contains(f.What, "3") || !strings.Contains(f.What, "female") {
		t.Errorf("a number that can be worked out: %+v", f)
	}
	in = hide(3, true)
	if f := finding(compose.Check(in, composed(t, in)), "undone:*"); f != nil {
		t.Errorf("a number that cannot be worked out is told as such: %+v", f)
	}
	// A share of all, rounded, says of a hidden number that it is 3 to 7. Where it is small that is more than its mark says; a larger
	// one, hidden for another's sake, may be known so far.
	for value, told := range map[int64]bool{3: true, 6: false} {
		in = hide(2, true)
		r := &in.Snapshot.Releases[0]
		r.Cells[2].Value, r.Sums = value, nil
		r.Ratios = []disclosure.Ratio{{ID: "share", Of: r.Cells[2].ID, By: "all", Per: 20, Shown: 1}}
		if f := finding(compose.Check(in, composed(t, in)), "undone:*"); (f != nil) != told {
			t.Errorf("of %d it is known that it is 3 to 7: %+v", value, f)
		}
	}
	in = hide(3, true)
	// An earlier edition that showed it, with a total that did not change, gives it away; and where that was so before, nothing can be done.
	shown := hide(3, true).Snapshot
	for i := range shown.Releases[0].Cells {
		shown.Releases[0].Cells[i].Hidden = i == 1
	}
	in.Earlier = append(in.Earlier, compose.Published{Slug: "2021-22-q2", Period: "2021/22-Q2", Edition: 1, Snapshot: shown})
	if f := finding(compose.Check(in, composed(t, in)), "undone:*"); f != nil {
		t.Errorf("what the earlier edition alone gives away is told: %+v", f)
	}
}

// TestStandsAnyway: a hidden number in the figures or in a table is found, wherever it came from.
func TestStandsAnyway(t *testing.T) {
	in := scotlandInput()
	id := "dispensed|" + sco + "|2021/22-Q2|channel=prison"
	c := composed(t, in)
	in.Snapshot.Releases = []disclosure.Release{{Cells: []disclosure.Cell{{ID: id, Value: 399, Hidden: true}}}}
	list := compose.Check(in, c)
	n := 0
	for _, f := range list {
		if strings.HasPrefix(f.Key, "hidden:"+id) {
			n++
			if f.Waive || strings.Contains(f.What, "399") {
				t.Errorf("it may be waived, or tells the number: %+v", f)
			}
		}
	}
	if n < 4 { // the snapshot, the list of figures, two tables or more
		t.Errorf("it was found in %d places: %+v", n, list)
	}
	if list[0].Waive {
		t.Error("what cannot be waived does not come first")
	}
}

func TestMissingAndRanges(t *testing.T) {
	in := compose.Input{Snapshot: england(t)}
	list := compose.Check(in, composed(t, in))
	f := finding(list, "missing:no_reply:*")
	if f == nil || !f.Waive || !strings.Contains(f.What, "Hartlepool") {
		t.Errorf("who is missing: %+v", f)
	}
	key := f.Key
	if again := finding(compose.Check(in, composed(t, in)), key); again == nil {
		t.Error("the key of a finding changes while it is the same")
	}
	in.Snapshot.Silent = in.Snapshot.Silent[1:]
	if finding(compose.Check(in, composed(t, in)), key) != nil {
		t.Error("a waiver would hold although others are missing")
	}
	in.Snapshot.Silent = in.Snapshot.Silent[:2]
	one := finding(compose.Check(in, composed(t, in)), "missing:"+in.Snapshot.Silent[0].Area+":*")
	if one == nil || !strings.Contains(one.What, "no reply, July 2025") {
		t.Errorf("two who are missing: %+v", one)
	}
	for i := range in.Snapshot.Figures {
		if f := &in.Snapshot.Figures[i]; f.ID == "first_supplies|"+eng+"|2025/26-Q2" {
			*f.Value = 90000
		}
	}
	if f := finding(compose.Check(in, composed(t, in)), "range:first_supplies|"+eng+"|2025/26-Q2"); f == nil || !strings.Contains(f.What, "90,000") || !f.Waive {
		t.Errorf("a hundred times as many as ever: %+v", f)
	}
}

func TestReachFalls(t *testing.T) {
	in := scotlandInput()
	for i := range in.Snapshot.Figures {
		if f := &in.Snapshot.Figures[i]; f.ID == "reach|"+sco+"|2021/22-Q2" {
			*f.Value = 55.5
		}
	}
	if f := finding(compose.Check(in, composed(t, in)), "range:reach|"+sco+"|2021/22-Q2"); f == nil || !strings.Contains(f.What, "59.3% to 55.5%") {
		t.Errorf("reach that falls: %+v", f)
	}
}

func TestHistory(t *testing.T) {
	in := scotlandInput()
	was := in.Earlier[0].Snapshot
	for i := range was.Figures {
		switch f := &was.Figures[i]; f.ID {
		case "dispensed|" + sco + "|2021/22-Q1":
			*f.Value = 4000
		case "dispensed|" + sco + "|2021/22-Q1|channel=prison":
			*f.Value = 390
		}
	}
	list := compose.Check(in, composed(t, in))
	if f := finding(list, "history:dispensed|"+sco+"|2021/22-Q1:5,363"); f == nil || f.What != "Kits given out in Scotland, Q1 2021/22, was 4,000 in the bulletin for Q1 2021/22, edition 1, and is 5,363." {
		t.Errorf("history that changed: %+v", list)
	}
	if f := finding(list, "history:dispensed|"+sco+"|2021/22-Q1|channel=prison*"); f != nil {
		t.Errorf("a change of one kit is told: %+v", f)
	}
}

func TestTexts(t *testing.T) {
	in := scotlandInput()
	in.Commentary = map[string]string{"prison": "See [the table](#table-kits_prison), [all](#combined), [this](#no_such), [that](http://example.org/a), <https://example.org>, [inside](/data), [mail](mailto:a@example.org), [run](javascript:alert(1)).", "deaths": "There were fewer."}
	in.Template = compose.Usual(frozen.Quarterly, sco)
	for i := range in.Template.Chapters {
		if in.Template.Chapters[i].Key == "deaths" {
			in.Template.Chapters[i].Out = true
		}
	}
	in.Titles = map[string]string{"kits_prison_chart": "Prisons gave out 399 kits and not 500", "weather_chart": "Rain", "kits_community_chart": "5,640 kits in Q2 2021/22"}
	list := compose.Check(in, composed(t, in))
	for _, want := range []string{"link:prison:#no_such", "link:prison:http://example.org/a", "link:prison:/data", "link:prison:javascript:alert(1)", "title:kits_prison_chart:500", "title:weather_chart", "commentary:deaths"} {
		if f := finding(list, want); f == nil || !f.Waive {
			t.Errorf("%s: %+v", want, f)
		}
	}
	for _, never := range []string{"link:prison:#table-kits_prison", "link:prison:#combined", "link:prison:https*", "link:prison:mailto*", "title:kits_prison_chart:399", "title:kits_community_chart*"} {
		if f := finding(list, never); f != nil {
			t.Errorf("%s is told: %+v", never, f)
		}
	}
}

func TestPictureWithoutWords(t *testing.T) {
	in := scotlandInput()
	c := composed(t, in)
	ch := c.Chapter("prison")
	for i, b := range ch.Blocks {
		if p, is := b.(*content.Picture); is {
			p.Alt = " "
			ch.Blocks[i+1] = content.Para{Text: "In place of the table."}
		}
	}
	c.Chapters = append(c.Chapters, content.Chapter{Key: "hollow", Title: "Hollow", Blocks: []content.Block{content.Heading{Text: "Nothing"}}})
	list := compose.Check(in, c)
	for _, key := range []string{"picture:kits_prison_chart:words", "picture:kits_prison_chart:table"} {
		if f := finding(list, key); f == nil || f.Waive {
			t.Errorf("%s: %+v", key, f)
		}
	}
	if f := finding(list, "empty:hollow"); f == nil {
		t.Error("an empty chapter is not told")
	}
	if list := compose.Check(in, nil); len(list) != 1 || list[0].Waive {
		t.Errorf("no content: %+v", list)
	}
}

// TestFragments: what the check takes for a place in the page is one.
func TestFragments(t *testing.T) {
	in := scotlandInput()
	page := string(composed(t, in).Document().Body())
	for _, id := range []string{"table-kits_prison", "prison", "kits_prison_chart"} {
		if !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("nothing in the page has the id %s", id)
		}
	}
}
