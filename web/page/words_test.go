package page_test

import (
	"math"
	"net/url"
	"testing"

	"everykit/civil"
	"everykit/web/page"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{page.Number(0), "0"},
		{page.Number(999), "999"},
		{page.Number(1000), "1,000"},
		{page.Number(-1234567), "−1,234,567"},
		{page.Number(math.MinInt64), "−9,223,372,036,854,775,808"},
		{page.Decimal(6.74, 1), "6.7"},
		{page.Decimal(12345.678, 2), "12,345.68"},
		{page.Decimal(-0.04, 1), "0.0"},
		{page.Decimal(-2.5, 1), "−2.5"},
		{page.Decimal(math.NaN(), 1), "not known"},
		{page.Decimal(math.Inf(1), 0), "not known"},
		{page.Kits(1), "1 kit"},
		{page.Kits(0), "0 kits"},
		{page.Kits(1234), "1,234 kits"},
		{page.KitsAndDoses(12, 5), "12 kits (60 doses)"},
		{page.KitsAndDoses(1, 1), "1 kit (1 dose)"},
		{page.KitsAndDoses(3, 0), "3 kits"},
		{page.DaysWords(0), "today"},
		{page.DaysWords(1), "tomorrow"},
		{page.DaysWords(-1), "yesterday"},
		{page.DaysWords(20), "in 20 days"},
		{page.DaysWords(-3), "3 days ago"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestExpiryTagAtItsEdges(t *testing.T) {
	on := func(days int) civil.Expiry { return civil.ExpiresOn(today + civil.Date(days)) }
	for _, c := range []struct {
		expiry civil.Expiry
		want   page.Tag
		said   bool
	}{
		{on(91), page.Tag{}, false},
		{on(90), page.Tag{Text: "expires in 90 days", Tone: page.Soon}, true},
		{on(1), page.Tag{Text: "expires tomorrow", Tone: page.Soon}, true},
		{on(0), page.Tag{Text: "expires today", Tone: page.Soon}, true},
		{on(-1), page.Tag{Text: "expired yesterday", Tone: page.Bad}, true},
		{civil.Expiry{}, page.Tag{Text: "expiry not known", Tone: page.Quiet}, true},
	} {
		got, said := page.ExpiryTag(c.expiry, today)
		if got != c.want || said != c.said {
			t.Errorf("%v: got %v %v, want %v %v", c.expiry, got, said, c.want, c.said)
		}
	}
}

func TestStatesAreSaidInWords(t *testing.T) {
	for key, want := range map[string]string{"no_reply": "no reply", "suppressed": "suppressed [c]", "zero": "nought", "odd": "odd"} {
		if got := page.StateTag(key).Text; got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

func TestPaginate(t *testing.T) {
	at, err := url.Parse("/card?outlet=3&page=4")
	if err != nil {
		t.Fatal(err)
	}
	if p := page.Paginate("Card", 1, 1, at); p.Next != "" || p.Previous != "" || p.Items != nil {
		t.Errorf("one page has a pager: %+v", p)
	}
	p := page.Paginate("Card", 4, 9, at)
	if p.Previous != "/card?outlet=3&page=3" || p.Next != "/card?outlet=3&page=5" {
		t.Errorf("steps are %q and %q", p.Previous, p.Next)
	}
	line := ""
	for _, i := range p.Items {
		switch {
		case i.Gap:
			line += " …"
		case i.Here:
			line += " [" + page.Number(int64(i.Number)) + "]"
		default:
			line += " " + page.Number(int64(i.Number))
		}
	}
	if want := " 1 … 3 [4] 5 … 9"; line != want {
		t.Errorf("items are%s, want%s", line, want)
	}
	if last := page.Paginate("Card", 9, 9, at); last.Next != "" {
		t.Errorf("the last page leads on to %q", last.Next)
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "choose a lot": "Choose a lot.", "Choose a lot.": "Choose a lot.", "did you mean A1?": "Did you mean A1?", "\"x\" is no date": "\"x\" is no date.", "é": "É.",
	} {
		if got := page.Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
