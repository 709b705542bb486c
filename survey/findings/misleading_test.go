package findings_test

import (
	"strings"
	"testing"

	"everykit/survey"
	"everykit/survey/findings"
)

// TestLateIsOfThoseWhoAnsweredInFull: a part that came in time is not late because the rest never came.
func TestLateIsOfThoseWhoAnsweredInFull(t *testing.T) {
	in := synthetic()
	for i := range in.Replies {
		in.Replies[i].Late = false
	}
	for i := range in.Replies {
		if in.Replies[i].Status == survey.Answered {
			in.Replies[i].Status, in.Replies[i].Late = survey.InPart, true
			break
		}
	}
	if s, is := findings.Compose(in).Sentence("who.late"); is {
		t.Errorf("%s", s.Text)
	}
}

// TestARefusalOfTheRest: what was answered before it counts everywhere, and what was not is refused.
func TestARefusalOfTheRest(t *testing.T) {
	in := synthetic()
	was := findings.Compose(in)
	i := 3
	delete(in.Replies[i].Answers, "policy")
	in.Replies[i].Status = survey.Refused
	is := findings.Compose(in)
	for _, key := range []string{"who.answered", "provides.yes", "dispensed.given", "anyone.yes"} {
		a, _ := was.Sentence(key)
		b, _ := is.Sentence(key)
		if a.Text != b.Text {
			t.Errorf("%s: was %q, is %q", key, a.Text, b.Text)
		}
	}
	if s, is := is.Sentence("who.in_part"); !is || !strings.Contains(s.Text, in.Replies[i].Name) {
		t.Errorf("in part: %s", s.Text)
	}
}

// TestDoubtsForEverybody: one that tells of what is not public is not told, and what staff only asked is no doubt of the checks.
func TestDoubtsForEverybody(t *testing.T) {
	in := synthetic()
	in.Replies[3].Doubts = []survey.Doubt{
		{Question: "provides", Says: "They answered \"No\", and yet wrote Comments: canary.", Private: true},
		{Question: "dispensed", Asked: "Is that so?"},
	}
	d := findings.Compose(in).Document()
	if page := string(d.Page()); strings.Contains(page, "canary") || strings.Contains(page, "Doubts about answers") {
		t.Error("a doubt is told that is not for everybody")
	}
}

// TestAFewKitsInPrisons: a sum that could tell of one institution is not told, in no sentence and no table.
func TestAFewKitsInPrisons(t *testing.T) {
	for _, x := range []struct {
		institutions int
		kits         float64
		told         bool
	}{{3, 2, true}, {2, 40, false}, {4, 1, false}, {4, 0, true}} {
		in := synthetic()
		gave := 0
		for i := range in.Replies {
			r := &in.Replies[i]
			if _, has := r.Answers["prison_dispensed"]; r.Kind != survey.Prison || !has {
				continue
			}
			if gave++; gave > x.institutions {
				delete(r.Answers, "prison_dispensed")
				continue
			}
			r.Answers["prison_dispensed"] = number(x.kits)
		}
		f := findings.Compose(in)
		doc := f.Document()
		if s, told := f.Sentence("prison.kits"); told != x.told {
			t.Errorf("%d institutions with %g kits each: told is %v: %s", x.institutions, x.kits, told, s.Text)
		}
		if hidden := strings.Contains(string(doc.Body()), ">[c]<"); hidden == x.told {
			t.Errorf("%d institutions with %g kits each: hidden in the table is %v", x.institutions, x.kits, hidden)
		}
	}
}
