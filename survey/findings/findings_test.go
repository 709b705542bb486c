package findings_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/document"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
	"everykit/survey/findings"
)

// TestSentences is the report of a round of which all shares are known, to the letter.
func TestSentences(t *testing.T) {
	f := findings.Compose(synthetic())
	for i, want := range sentences {
		if i >= len(f.Sentences) {
			t.Fatalf("there is no %s", want.key)
		}
		if s := f.Sentences[i]; s.Key != want.key || s.Text != want.text {
			t.Errorf("sentence %d is %s\n %s\nwant %s\n %s", i, s.Key, s.Text, want.key, want.text)
		}
	}
	if n := len(f.Sentences); n != len(sentences) {
		t.Errorf("there are %d sentences more", n-len(sentences))
	}
	for _, s := range f.Sentences {
		if s.Base == 0 || s.Count > s.Base || s.Label == "" || s.Chapter == "" || s.Of == "" {
			t.Errorf("%s stands on %d of %d %q, in %q, as %q", s.Key, s.Count, s.Base, s.Of, s.Chapter, s.Label)
		}
	}
}

// changed gives the keys of the sentences in which two findings differ.
func changed(a, b *findings.Findings) []string {
	texts := map[string]string{}
	for _, s := range a.Sentences {
		texts[s.Key] = s.Text
	}
	differ := map[string]bool{}
	for _, s := range b.Sentences {
		if was, is := texts[s.Key]; !is || was != s.Text {
			differ[s.Key] = true
		}
		delete(texts, s.Key)
	}
	for key := range texts {
		differ[key] = true
	}
	return slices.Sorted(maps.Keys(differ))
}

// TestOneAnswer changes one answer at a time, and finds that the right sentences change and no others.
func TestOneAnswer(t *testing.T) {
	in := synthetic()
	before := findings.Compose(in)
	for _, c := range []struct {
		what     string
		i        int
		question string
		answer   survey.Answer
		want     string
	}{
		{"the same again", 50, "dispensed", number(100), ""},
		{"one setting more", 40, "gives", option("drug_treatment", "needle_exchange", "homeless_outreach"), "gives.not.needle_exchange"},
		{"not known any more where", 129, "gives", state(measure.DontKnow), "gives.not.drug_treatment gives.not.family_service gives.not.homeless_outreach gives.not.hospital gives.not.hostel gives.not.ambulance gives.not.needle_exchange gives.not.outreach gives.not.peer_network gives.not.pharmacy gives.not.police_custody gives.not.post gives.not.primary_care gives.not.probation gives.states"},
		{"a referral", 60, "requires", option("referral"), "requires.none requires.referral requires.referral_or_appointment"},
		{"an appointment beside a referral", 5, "requires", option("referral", "appointment", "assessment"), "requires.appointment"},
		{"expiry no longer monitored", 10, "monitors_expiry", option("no"), "monitors_expiry.yes records.all"},
		{"expiry not known", 10, "monitors_expiry", state(measure.DontKnow), "monitors_expiry.states monitors_expiry.yes records.all"},
		{"ten kits more", 50, "dispensed", number(110), "coverage.pooled coverage.region.R2 coverage.treatment dispensed.total kits.per_death"},
		{"not held is another state than not known", 120, "dispensed", state(measure.NotHeld), "dispensed.states"},
		{"a count that was not there", 120, "dispensed", number(5), "coverage.1_to_20 coverage.mean coverage.pooled coverage.region.R7 coverage.target coverage.under_20 coverage.no_estimate dispensed.given dispensed.middle dispensed.none dispensed.states dispensed.total"},
		{"the best is another", 100, "dispensed", number(900), "coverage.best coverage.mean coverage.pooled coverage.region.R5 dispensed.middle dispensed.total"},
		{"plans given up", 138, "plans", option("no"), "plans.no plans.yes"},
		{"a comment", 3, "comments", survey.Answer{State: measure.Reported, Text: "many thanks"}, ""},
		{"kits of a prison", 152, "prison_dispensed", number(11), "prison.kits"},
		{"a young offender institution", 262, "prison_programme", option("no"), "young.programme"},
	} {
		got := changed(before, findings.Compose(with(in, c.i, c.question, c.answer)))
		want := strings.Fields(c.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: what changed is\n %v\nwant\n %v", c.what, got, want)
		}
	}
}

// TestAnyAnswer takes away, one at a time, answers drawn by lot: only sentences that stand on their question change.
func TestAnyAnswer(t *testing.T) {
	in := synthetic()
	before := findings.Compose(in)
	stands := map[string]string{}
	for _, s := range before.Sentences {
		stands[s.Key] = s.Question
	}
	lot := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		i := lot.IntN(len(in.Replies))
		keys := slices.Sorted(maps.Keys(in.Replies[i].Answers))
		if len(keys) == 0 {
			continue
		}
		q := keys[lot.IntN(len(keys))]
		if q == "provides" || q == "dispensed" || q == "prison_programme" { // others depend on them
			continue
		}
		after := findings.Compose(with(in, i, q, state(measure.DontKnow)))
		for _, s := range after.Sentences {
			stands[s.Key] = s.Question
		}
		for _, key := range changed(before, after) {
			on := stands[key]
			if key == "records.all" && strings.HasPrefix(q, "records_") || on == "purchased_before" && q == "purchased" {
				continue // they stand on more than one
			}
			if on != q {
				t.Errorf("without the answer of %s to %s, %s changed, which stands on %q", in.Replies[i].Name, q, key, on)
			}
		}
	}
}

// TestOrder is that nothing hangs on the order in which replies come.
func TestOrder(t *testing.T) {
	in := synthetic()
	other := synthetic()
	slices.Reverse(other.Replies)
	if c := changed(findings.Compose(in), findings.Compose(other)); len(c) > 0 {
		t.Error(c)
	}
}

// TestStatesAreNotNo puts every state in place of every answer of one authority: no share's count may grow by it.
func TestStatesAreNotNo(t *testing.T) {
	in := synthetic()
	before := findings.Compose(in)
	for _, st := range []measure.State{measure.DontKnow, measure.NotHeld, measure.Refused, measure.NotProvided, measure.NoReply} {
		for q := range in.Replies[20].Answers {
			after := findings.Compose(with(in, 20, q, state(st)))
			for _, s := range after.Sentences {
				was, is := before.Sentence(s.Key)
				if !is || strings.HasSuffix(s.Key, ".states") || s.Key == "dispensed.given" || s.Question != q || s.Value != nil {
					continue
				}
				if s.Count > was.Count || s.Base > was.Base || s.Base-s.Count > was.Base-was.Count {
					t.Errorf("%s for %s: %s was %d of %d, is %d of %d", st, q, s.Key, was.Count, was.Base, s.Count, s.Base)
				}
			}
		}
	}
}

// TestLedger is what stands where the ledger counted too.
func TestLedger(t *testing.T) {
	in := synthetic()
	counted := func(kits float64, s measure.State) measure.Figure {
		return measure.Figure{State: s, Numerator: &kits, Basis: measure.FromLedger, Source: "ledger"}
	}
	in.Counted = map[int]measure.Figure{
		51:  counted(100, measure.Counted), // says the same
		52:  counted(130, measure.Counted), // differs
		53:  counted(40, measure.Partial),  // only a part: the answer stands
		121: counted(70, measure.Counted),  // the answer was that they do not know
		140: counted(9, measure.Counted),   // says that it does not provide
	}
	f := findings.Compose(in)
	for key, want := range map[string]string{
		"dispensed.total":  "In all, 17,910 kits were given out in community settings by the 118 authorities that gave numbers.",
		"dispensed.ledger": "Of the 118 numbers, 3 were counted in the ledger of the authority's outlets; the others are answers.",
		"dispensed.clash":  "For 2 of the 118 the answer and the ledger differ: Area 051 and Area 052. The two are not added; the part on method has both.",
		"dispensed.states": "Of the 138, 20 gave no number: 9 answered that they do not know, 5 answered that the information is not held, 3 refused and 3 left it open. They are not counted as nought.",
	} {
		if s, _ := f.Sentence(key); s.Text != want {
			t.Errorf("%s: %s", key, s.Text)
		}
	}
	d := f.Document()
	page := string(d.Page())
	for _, want := range []string{
		"Area 051 answered 100 kits; its ledger counts 130. The ledger is taken.",
		"Area 052 answered 100 kits; its ledger counts 40 in a part of the period. The answer is taken.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say: %s", want)
		}
	}
	for _, r := range f.Coverage {
		if r.Area == "E051" && (*r.Value != 13 || r.Basis != measure.FromLedger) {
			t.Errorf("coverage of Area 051 is %v, %v", *r.Value, r.Basis)
		}
	}
}

// TestGroups is one estimate for several authorities: one ratio of them all, counted once, and none while one is silent.
func TestGroups(t *testing.T) {
	in := synthetic()
	check := func(in findings.Input, ratios string, with int, value float64) *findings.Findings {
		t.Helper()
		f := findings.Compose(in)
		if s, _ := f.Sentence("coverage.mean"); !strings.Contains(s.Text, ratios) {
			t.Errorf("%s", s.Text)
		}
		if s, _ := f.Sentence("coverage.pooled"); s.Count != with {
			t.Errorf("%d authorities have coverage, not %d", s.Count, with)
		}
		for _, r := range f.Coverage {
			if r.Area == "E114" || r.Area == "E115" {
				if value == 0 && r.Value != nil || value != 0 && (r.Value == nil || *r.Value != value) || strings.Join(r.Group, " ") != "E114 E115" {
					t.Errorf("%s of %v has %v", r.Area, r.Group, r.Value)
				}
			}
		}
		return f
	}
	check(in, "115 ratios", 116, 30)
	f := check(with(in, 115, "dispensed", state(measure.Refused)), "114 ratios", 114, 0)
	if s, _ := f.Sentence("coverage.group"); s.Text != "For 1 of the 116 that gave numbers the estimate is for several authorities together, of which not all gave a number: Area 114. They have no coverage." {
		t.Error(s.Text)
	}
	in.Replies = slices.Delete(slices.Clone(in.Replies), 115, 116) // it was not even asked
	check(in, "114 ratios", 114, 0)
}

// TestNothingIsDivided is no estimate, an estimate of nobody, nobody in treatment, nobody who died.
func TestNothingIsDivided(t *testing.T) {
	in := synthetic()
	in.Estimates = map[int]registry.Estimate{1: {Areas: []int{1}, Population: registry.OpiateUse, Period: civil.FinancialYear(2014)}}
	for i := range authorities {
		if _, has := in.Replies[i].Answers["clients"]; has {
			in = with(with(in, i, "clients", number(0)), i, "deaths", number(0))
		}
	}
	f := findings.Compose(in)
	for _, s := range f.Sentences {
		if strings.HasPrefix(s.Key, "coverage.") && s.Key != "coverage.no_estimate" || s.Key == "kits.per_death" {
			t.Errorf("%s: %s", s.Key, s.Text)
		}
		if strings.Contains(s.Text, "NaN") || strings.Contains(s.Text, "Inf") {
			t.Errorf("%s: %s", s.Key, s.Text)
		}
	}
	for _, r := range f.Coverage {
		if r.Value != nil {
			t.Errorf("%s has a coverage of %v", r.Name, *r.Value)
		}
	}
	if s, _ := f.Sentence("coverage.no_estimate"); s.Count != counts {
		t.Errorf("%s", s.Text)
	}
}

// TestOddRounds composes what is hardly a round, and writes it.
func TestOddRounds(t *testing.T) {
	empty := findings.Input{Round: &survey.Round{Key: "x", Period: civil.FinancialYear(2017)}, Nation: "England", AsOf: civil.On(2018, 9, 3)}
	draft := synthetic()
	draft.Round.State = survey.Draft
	for i := range draft.Replies {
		draft.Replies[i].Status, draft.Replies[i].Answers = survey.NotSent, nil
	}
	silent := synthetic()
	silent.Round.State = survey.Open
	for i := range silent.Replies {
		silent.Replies[i].Status, silent.Replies[i].Answers = survey.Waiting, nil
	}
	one := synthetic()
	one.Replies = one.Replies[:1]
	other := synthetic() // its own questions, none of which has a sentence
	other.Round.Questions = []survey.Question{{Key: "mine", Text: "Why?", Kind: survey.Any, Options: []survey.Option{{Key: "a", Words: "A"}}}}
	strange := synthetic() // options that nobody foresaw
	for i := range strange.Round.Questions {
		if q := &strange.Round.Questions[i]; q.Key == "gives" || q.Key == "requires" || q.Key == "recipients" || q.Key == "help" || q.Key == "trains" {
			q.Options = append(slices.Clone(q.Options), survey.Option{Key: "vending", Words: "Vending <machine>"})
		}
	}
	for name, c := range map[string]struct {
		in  findings.Input
		has string
	}{
		"empty":   {empty, "Nobody has been asked yet."},
		"draft":   {draft, "Nobody has been asked yet."},
		"silent":  {silent, "None of the 152 authorities that were asked answered."},
		"one":     {one, "1 of 1 authority that was asked answered."},
		"other":   {other, "Nearly all (151 of 152, 99%) of the authorities that were asked answered."},
		"strange": {strange, "None of the 130 authorities that provide and answered this give kits out (Vending &lt;machine&gt;)."},
	} {
		f := findings.Compose(c.in)
		d := f.Document()
		page := string(d.Page())
		if !strings.Contains(page, c.has) {
			t.Errorf("%s: the page does not say %q", name, c.has)
		}
		if strings.Contains(page, "NaN") || strings.Contains(page, "<machine>") {
			t.Errorf("%s: the page has what is no number, or no text", name)
		}
		for _, s := range f.Sentences {
			if s.Question != "" && c.in.Round.Questions != nil && !slices.ContainsFunc(c.in.Round.Questions, func(q survey.Question) bool { return q.Key == s.Question }) {
				t.Errorf("%s: %s stands on a question that was not asked", name, s.Key)
			}
		}
		compared := findings.Compare(f, findings.Compose(synthetic()))
		if body := string(compared.Body()); body == "" || strings.Contains(body, "NaN") {
			t.Errorf("%s: nothing can be set beside it", name)
		}
	}
}

// TestPrivateStaysPrivate puts a word into every answer that is not public, and finds it nowhere.
func TestPrivateStaysPrivate(t *testing.T) {
	in := synthetic()
	const canary = "Canary Jones 07700 900123"
	in = with(in, 3, "comments", survey.Answer{State: measure.Reported, Text: canary})
	in.Replies[3].Email = canary
	in.Replies[3].Doubts = []survey.Doubt{{Question: "comments", Says: canary}, {Question: "dispensed", Says: "They said 3, and 300 a year before.", Explained: canary, Asked: canary}}
	d := findings.Compose(in).Document()
	page := string(d.Page())
	if strings.Contains(page, "Canary") {
		t.Error("what is not public is in the report")
	}
	if !strings.Contains(page, "They said 3, and 300 a year before.") {
		t.Error("a doubt is not told")
	}
}

// TestDocument is the report as a page: its chapters, its pictures with their words and their tables.
func TestDocument(t *testing.T) {
	f := findings.Compose(synthetic())
	d := f.Document()
	var chapters []string
	for _, c := range d.Chapters {
		chapters = append(chapters, c.Key)
		for i, b := range c.Blocks {
			p, is := b.(document.Picture)
			if !is {
				continue
			}
			if _, beneath := c.Blocks[i+1].(document.Table); !beneath || p.Alt == "" || p.Title == "" || p.Source == "" || p.Markup == "" {
				t.Errorf("the picture %s has no table beneath, or not all its words", p.Key)
			}
		}
	}
	if got := strings.Join(chapters, " "); got != "summary who provision coverage given requirements records help prisons method answers" {
		t.Error(got)
	}
	page := string(d.Page())
	for _, s := range f.Sentences {
		if !strings.Contains(page, strings.ReplaceAll(s.Text, "'", "&#39;")) {
			t.Errorf("%s is not in the document", s.Key)
		}
	}
	for i := range authorities {
		if !strings.Contains(page, ">"+name(i)+"</th>") {
			t.Errorf("%s is not in the table of authorities", name(i))
		}
	}
	for _, want := range []string{"138 of the 148 authorities that answered provide take-home naloxone", "Coverage was highest in Region 6 (27.2) and lowest in Region 0 (8.2)", "Coverage was under 20 kits per 100 people in 75 of 115 figures", "29 of 130 authorities ask for something before they give a kit"} {
		if !strings.Contains(page, want) {
			t.Errorf("no picture says %q", want)
		}
	}
	if strings.Contains(page, "{area}") || strings.Contains(page, "{period}") {
		t.Error("a question is not filled in")
	}
}

// TestCompare sets the round beside another of the year before.
func TestCompare(t *testing.T) {
	before := synthetic()
	before.Round.Key, before.Round.Period = "2016-17", civil.FinancialYear(2016)
	before.Round.Questions = slices.DeleteFunc(before.Round.Questions, func(q survey.Question) bool { return q.Key == "reissues" || q.Key == "gives" })
	before = with(before, 0, "provides", option("no"))
	before = with(before, 50, "dispensed", number(60))
	d := findings.Compare(findings.Compose(before), findings.Compose(synthetic()))
	rows := map[string][]string{}
	var text strings.Builder
	for _, c := range d.Chapters {
		for _, b := range c.Blocks {
			switch b := b.(type) {
			case document.Table:
				for _, r := range b.Rows {
					rows[r.Cells[0]] = r.Cells[1:]
				}
			case document.Points:
				text.WriteString(strings.Join(b.Items, "\n"))
			case document.Para:
				text.WriteString(b.Text)
			}
		}
	}
	for label, want := range map[string]string{
		"Provide take-home naloxone": "137 of 148 (93%)|138 of 148 (93%)|+0.7 points",
		"Kits given out in all":      "17,770 (116 of 137)|17,810 (117 of 138)|+40.0",
		"Area 050":                   "6.0|10.0",
		"Area 151":                   "no reply|no reply",
		"No requirement":             "101 of 129 (78%)|101 of 130 (78%)|−0.6 points",
	} {
		if got := strings.Join(rows[label], "|"); got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
	for label := range rows {
		if strings.HasPrefix(label, "Not given through") {
			t.Errorf("%s stands on a question that one round did not ask", label)
		}
	}
	for _, want := range []string{
		"1 authority that answered no in 2016/17 provided it in 2017/18: Area 000.",
		"The 116 authorities that gave numbers in both rounds gave out 17,770 kits in 2016/17 and 17,810 in 2017/18.",
		"0 questions were asked only in 2016/17 and 2 only in 2017/18",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("it does not say %q: %s", want, text.String())
		}
	}
}
