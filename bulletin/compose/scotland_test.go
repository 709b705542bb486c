package compose_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
)

func points(t testing.TB, c *content.Content) []string {
	t.Helper()
	ch := c.Chapter("main_points")
	if ch == nil {
		t.Fatal("there are no main points")
	}
	for _, b := range ch.Blocks {
		if p, is := b.(content.Points); is {
			return p.Items
		}
	}
	t.Fatal("the main points have no list")
	return nil
}

// TestScotlandSecondQuarter is the bulletin of the issue.
func TestScotlandSecondQuarter(t *testing.T) {
	in := scotlandInput()
	c := composed(t, in)
	want := []string{
		"Services in Scotland gave out 7,219 take-home naloxone kits in July to September 2021, up by 1,856 (35%) from 5,363 the quarter before. Ambulance figures for the quarter before cover two of its three months.",
		"Community outlets gave out 5,640 of them (78%), up by 1,591 (39%) from 4,049 the quarter before. Of these, 1,552 were from services other than drug treatment, up by 1,195 from 357 the quarter before.",
		"Prisons gave out 399 (much the same as 391 the quarter before), community prescription 862 (up from 752) and the ambulance service 295 (158 the quarter before, for two of its three months). 23 kits are not attributed to any channel.",
		"By the end of September 2021, 61.2% of people at risk had been given a kit at some time, up around 2 points from 59.3% the quarter before. The figure for Q1 2021/22 is restated: the bulletin for Q1 2021/22, edition 1, gave 59.17%.",
	}
	if got := points(t, c); !slices.Equal(got, want) {
		t.Errorf("the main points are\n%s", strings.Join(got, "\n"))
	}
	if got := shown(table(t, c, "kits_by_channel")); got != "Q1 2021/22 | 4,049 | 391 | 752 | 158 [p] | 13 | 5,363\nQ2 2021/22 | 5,640 | 399 | 862 | 295 | 23 | 7,219\n" {
		t.Errorf("the channels are\n%s", got)
	}
	if got := shown(table(t, c, "kits_ambulance")); got != "Q1 2021/22 | 158 [p] | [x]\nQ2 2021/22 | 295 | 137 [p]\n" {
		t.Errorf("the ambulance service's are\n%s", got)
	}
	if got := shown(table(t, c, "reach")); got != "Q4 2020/21 | 57.5 | [x]\nQ1 2021/22 | 59.3 [r] | 1.8\nQ2 2021/22 | 61.2 | 1.9\n" {
		t.Errorf("reach is\n%s", got)
	}
	if got := shown(table(t, c, "revised_ratios")); got != "Reach | Scotland | Q1 2021/22 | 59.17 | 59.30 | 0.13 | Bulletin for Q1 2021/22, edition 1 | \n" {
		t.Errorf("what is revised is\n%s", got)
	}
	all := strings.Join(text(c), "\n")
	for _, says := range []string{
		"National Naloxone Programme Scotland: quarterly monitoring bulletin, July to September 2021", "against 158 the quarter before, for two of its three months, so the two cannot be compared",
		"The total was kept as it was given and not made to fit its parts.", "1 figure is not what the last edition that had it gave", "Nobody had early access.", "naloxone@example.org", "health board",
		"Fingerprint of the figures (SHA-256): " + in.Snapshot.Hash(), // nothing is hidden here
	} {
		if !strings.Contains(all, says) {
			t.Errorf("it nowhere says %q", says)
		}
	}
	for _, never := range []string{"authorit", "increase", "decrease", "7,196 kits", "a year before, ", "NaN", "{", "users", "people who use opiates"} {
		if strings.Contains(all, never) {
			t.Errorf("it says %q", never)
		}
	}
	if c.Chapter("areas") != nil || c.Chapter("deaths") != nil || c.Chapter("notices") != nil || c.Chapter("corrections") != nil {
		t.Error("a chapter stands of which nothing is known")
	}
	for _, f := range c.Figures {
		if f.ID == "reach|"+sco+"|2021/22-Q1" && (f.Was == nil || *f.Was != 59.17 || !slices.Contains(f.Marks, content.Revised)) {
			t.Errorf("the figure that was restated is %+v", f)
		}
		if f.ID == "dispensed|"+sco+"|2021/22-Q2" && (f.Was != nil || len(f.Marks) > 0) {
			t.Errorf("the total is %+v", f)
		}
	}
}

// TestTwice: the same input gives the same bytes, and nothing in it is changed by composing.
func TestTwice(t *testing.T) {
	for _, in := range []compose.Input{scotlandInput(), {Snapshot: england(t), Slug: "2025-26-q2", Edition: 1}} {
		hash := in.Snapshot.Hash()
		one, err := composed(t, in).Encode()
		if err != nil {
			t.Fatal(err)
		}
		two, err := composed(t, in).Encode()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Error("composed twice it is two things")
		}
		if in.Snapshot.Hash() != hash {
			t.Error("composing changed the snapshot")
		}
		if back, err := content.Decode(one); err != nil || back.Title == "" {
			t.Errorf("what was composed is not read back: %v", err)
		}
	}
}

// TestWhatPeopleAdd: commentary, titles, corrections, readers and waivers stand where they belong.
func TestWhatPeopleAdd(t *testing.T) {
	in := scotlandInput()
	in.Commentary = map[string]string{"prison": "Two prisons *opened* a programme."}
	in.Titles = map[string]string{"kits_prison_chart": "Prisons gave out 399 kits", "kits_prison": "Kits from prisons"}
	in.Correction = []compose.Correction{{Edition: 2, On: "2022-04-02", What: "Prison figures of July.", Why: "A return came late."}}
	in.EarlyAccess = []compose.Reader{{Who: "The minister's office", Why: "to answer questions on the day"}}
	in.Waived = []compose.Waiver{{Check: "The total is 7,219, and its parts add up to 7,196", Reason: "it was published so"}}
	c := composed(t, in)
	ch := c.Chapter("prison")
	commentary := slices.IndexFunc(ch.Blocks, func(b content.Block) bool {
		x, is := b.(content.Commentary)
		return is && x.Source == "Two prisons *opened* a programme."
	})
	picture := slices.IndexFunc(ch.Blocks, func(b content.Block) bool { _, is := b.(*content.Picture); return is })
	if commentary < 1 || picture < commentary {
		t.Errorf("commentary is block %d, the picture %d", commentary, picture)
	}
	if p := ch.Blocks[picture].(*content.Picture); p.Title != "Prisons gave out 399 kits" || !strings.Contains(string(p.Markup), "Prisons gave out 399 kits<") || strings.Contains(string(p.Markup), "much the same") {
		t.Errorf("the picture is titled %q", p.Title)
	}
	if got := table(t, c, "kits_prison").Title; got != "Kits from prisons" {
		t.Errorf("the table is titled %q", got)
	}
	all := strings.Join(text(c), "\n")
	for _, says := range []string{"Edition 2 (2 April 2022): Prison figures of July. Why: A return came late.", "The minister's office: to answer questions on the day", "The total is 7,219, and its parts add up to 7,196. Reason: it was published so.", "Table 3: Kits from prisons"} {
		if !strings.Contains(all, says) {
			t.Errorf("it nowhere says %q", says)
		}
	}
	if strings.Contains(all, "Nobody had early access") {
		t.Error("somebody had early access and it says that nobody did")
	}
}

// TestRevised: a number, a state, and one that was hidden; the last edition that had a figure counts.
func TestRevised(t *testing.T) {
	id := func(s string) string { return "dispensed|" + sco + "|2021/22-Q1" + s }
	edition := func(n int, total float64) compose.Published {
		s := newSnapshot(frozen.Quarterly, sco, "Scotland", "2021/22-Q1", "2021-12-14").put(id(""), total).put(id("|channel=prison"), 0, none("no_reply")).
			put(id("|recipient=worker"), 0, none("suppressed")).done()
		return compose.Published{Slug: "2021-22-q1", Period: "2021/22-Q1", Edition: n, Snapshot: s}
	}
	in := scotlandInput()
	in.Snapshot.Figures = append(in.Snapshot.Figures, frozen.Figure{ID: id("|recipient=worker"), Measure: "dispensed", Area: sco, Period: "2021/22-Q1", State: "reported", Value: new(float64), Split: []frozen.Split{{Key: "recipient", Word: "worker"}}})
	in.Earlier = []compose.Published{edition(1, 5000), edition(2, 5300)}
	got := shown(table(t, composed(t, in), "revised_counts"))
	want := "Kits given out | Scotland | Q1 2021/22 | 5,300 | 5,363 | 63 | Bulletin for Q1 2021/22, edition 2 | \n" +
		"Kits given out, prison | Scotland | Q1 2021/22 | [x] | 391 | [x] | Bulletin for Q1 2021/22, edition 2 | Was: no reply. Is: reported.\n" +
		"Kits given out, worker | Scotland | Q1 2021/22 | [c] | 0 | [c] | Bulletin for Q1 2021/22, edition 2 | Was: suppressed: a small number. Is: reported.\n"
	if got != want {
		t.Errorf("what is revised is\n%s", got)
	}
	in.Earlier = in.Earlier[:0]
	if all := strings.Join(text(composed(t, in)), "\n"); !strings.Contains(all, "This is the first bulletin here, so nothing is revised.") || strings.Contains(all, "[r]") {
		t.Error("the first bulletin has something to revise")
	}
}

// TestRefused: what cannot be a bulletin, with what to do.
func TestRefused(t *testing.T) {
	for name, in := range map[string]compose.Input{
		"no snapshot": {}, "no period": {Snapshot: &frozen.Snapshot{Period: "soon"}},
		"commentary":           {Snapshot: scotlandQ2(), Commentary: map[string]string{"weather": "Rain."}},
		"chapter":              {Snapshot: scotlandQ2(), Template: compose.Template{Chapters: []compose.ChapterTemplate{{Key: "weather"}}}},
		"chapter twice":        {Snapshot: scotlandQ2(), Template: compose.Template{Chapters: []compose.ChapterTemplate{{Key: "prison"}, {Key: "prison"}}}},
		"unfilled placeholder": {Snapshot: scotlandQ2(), Template: compose.Template{Title: "{moon}", Chapters: []compose.ChapterTemplate{{Key: "prison"}}}},
	} {
		if c, err := compose.Compose(in); err == nil {
			t.Errorf("%s: composed as %q", name, c.Title)
		}
		if list := compose.Check(in, &content.Content{}); len(list) != 1 || list[0].Waive {
			t.Errorf("%s: the check says %+v", name, list)
		}
	}
}

// TestEmpty: nothing is known, and nothing is made up.
func TestEmpty(t *testing.T) {
	for _, kind := range []frozen.Kind{frozen.Quarterly, frozen.Annual, frozen.Local} {
		in := compose.Input{Snapshot: newSnapshot(kind, eng, "England", "2025/26-Q2", "2025-11-20").done()}
		c := composed(t, in)
		for _, key := range []string{"main_points", "community", "combined", "areas", "coverage"} {
			if c.Chapter(key) != nil {
				t.Errorf("%s: the chapter %s stands", kind, key)
			}
		}
		if !slices.ContainsFunc(compose.Check(in, c), func(f compose.Finding) bool { return f.Key == "empty:figures" && !f.Waive }) {
			t.Errorf("%s: an empty bulletin may be signed", kind)
		}
	}
}

// TestOneChannelKnown: a channel of which nothing is known says so where its chapter would be.
func TestOneChannelKnown(t *testing.T) {
	s := newSnapshot(frozen.Quarterly, eng, "England", "2025/26-Q2", "2025-11-20").put("dispensed|"+eng+"|2025/26-Q2", 80).
		put("dispensed|"+eng+"|2025/26-Q2|channel=community", 80).put("dispensed|"+eng+"|2025/26-Q2|channel=ambulance", 0, none("no_reply")).done()
	c := composed(t, compose.Input{Snapshot: s})
	all := strings.Join(text(c), "\n")
	for _, says := range []string{"It is not known how many kits ambulance services gave out in July to September 2025: no reply.", "It is not known how many kits prisons gave out in July to September 2025."} {
		if !strings.Contains(all, says) {
			t.Errorf("it nowhere says %q", says)
		}
	}
	if strings.Contains(all, "gave out no kits") || strings.Contains(all, "up from") || c.Chapter("other_channels") != nil {
		t.Error("what is not known is told as nought, or as a change")
	}
}
