package survey_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"everykit/measure"
	"everykit/survey"
	"everykit/web/webtest"
)

const barking = "foi@barking.example.org"

// formOf is the form of a page that is sent to an address.
func formOf(t *testing.T, a webtest.Answer, here, action string) webtest.Form {
	t.Helper()
	for _, f := range webtest.Forms(a.Body, here) {
		if f.Action == action {
			return f
		}
	}
	t.Fatalf("no form of %s is sent to %s", here, action)
	return webtest.Form{}
}

// TestALinkNeedsNoAccount reads and answers a round by a personal link: a part, then all, then a correction.
func TestALinkNeedsNoAccount(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	a := v.Open(link)
	a.Says(t, "Barking and Dagenham", "the national naloxone team of England", "2025/26", "Please answer by 22 December 2026", "Freedom of Information Act 2000", "become public",
		"Only if your answer to question 1 is “Yes”", "Information not held", "This is not published", "keeps nothing on your device", `name="robots"`)
	a.Lacks(t, "/nation/", "HMP", "Set-Cookie")
	if a.Header.Get("Set-Cookie") != "" || a.Header.Get("Referrer-Policy") != "no-referrer" || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("X-Robots-Tag") == "" {
		t.Errorf("headers %v", a.Header)
	}
	v.Post(link+"/acknowledge", nil).Is(t, http.StatusSeeOther, link+"?saved=noted")
	v.Open(link+"?saved=noted").Says(t, "We know that you have it")
	v.Open(link).Lacks(t, "/acknowledge")

	form := formOf(t, v.Open(link), link, link).Held
	form.Set("do", "s2")
	form.Set("q.provides", "yes")
	form.Set("q.dispensed", "1,058")
	form.Set("q.clients.why", "not_held")
	v.Post(link, form).Is(t, http.StatusSeeOther, link+"?saved=part#s2")
	part := v.Open(link)
	part.Says(t, `value="1058"`)
	form = formOf(t, part, link, link).Held
	if form.Get("q.provides") != "yes" || form.Get("q.clients.why") != "not_held" {
		t.Errorf("the form holds %v", form)
	}
	form.Set("do", "send")
	form["q.gives"] = []string{"pharmacy", "hostel"}
	for range 2 { // the same form twice is one
		v.Post(link, form).Is(t, http.StatusSeeOther, link+"/sent")
	}
	thanks := v.Open(link + "/sent")
	thanks.Says(t, "Thank you", "1,058", "information not held", "change our answers")
	reply := replyOf(t, w, r, 1)
	if reply.Status != survey.Answered || *reply.Answers["dispensed"].Number != 1058 || reply.Answers["clients"].State != measure.NotHeld {
		t.Errorf("stored: %v %v", reply.Status, reply.Answers)
	}

	form = formOf(t, v.Open(link), link, link).Held // a correction: one number emptied, a ticked box taken away
	form.Set("do", "send")
	form.Set("q.dispensed", "")
	form.Set("q.dispensed.why", "dont_know")
	form["q.gives"] = []string{"hostel"}
	v.Post(link, form).Is(t, http.StatusSeeOther, link+"/sent")
	reply = replyOf(t, w, r, 1)
	if reply.Answers["dispensed"].State != measure.DontKnow || len(reply.Answers["gives"].Options) != 1 {
		t.Errorf("after the correction: %v", reply.Answers)
	}
	w.As(webtest.National).Open(england+"/2025-26/respondents/1").Says(t, "was 1,058", "Corrected")
	if token := strings.TrimPrefix(link, "/s/"); strings.Contains(w.Log.String(), token) || strings.Contains(w.Log.String(), token[len(token)-20:]) {
		t.Error("the log holds the token")
	}
}

func replyOf(t *testing.T, w *webtest.World, r *survey.Round, number int) *survey.Reply {
	t.Helper()
	x, err := w.Surveys.Reply(t.Context(), r.ID, number)
	w.Must(err)
	return x
}

// TestWhatIsWrongIsSaidBesideTheField sends what cannot be meant: nothing of it is stored, and what was typed comes back.
func TestWhatIsWrongIsSaidBesideTheField(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	for name, c := range map[string]struct {
		set  map[string][]string
		says []string
	}{
		"no number":             {map[string][]string{"q.dispensed": {"many"}}, []string{`href="#q.dispensed"`, "Question 2: &#34;many&#34; is not a number", `value="many"`}},
		"hexadecimal":           {map[string][]string{"q.dispensed": {"0x10"}}, []string{`href="#q.dispensed"`}},
		"below nought":          {map[string][]string{"q.dispensed": {"-4"}}, []string{`href="#q.dispensed"`, "below nought"}},
		"a half":                {map[string][]string{"q.dispensed": {"2.5"}}, []string{"whole number"}},
		"two meanings":          {map[string][]string{"q.dispensed": {"4"}, "q.dispensed.why": {"not_held"}}, []string{`href="#q.dispensed"`, "keep one of the two", `value="4"`}},
		"two reasons":           {map[string][]string{"q.gives": {"why:not_held", "why:refused"}}, []string{`href="#q.gives"`, "two reasons"}},
		"none and one":          {map[string][]string{"q.requires": {"none", "training"}}, []string{`href="#q.requires"`, "cannot stand together"}},
		"no such option":        {map[string][]string{"q.gives": {"moon"}}, []string{`href="#q.gives"`, "not one of the choices"}},
		"no such reason":        {map[string][]string{"q.dispensed.why": {"counted"}}, []string{`href="#q.dispensed"`}},
		"all missing":           {map[string][]string{}, []string{`href="#q.provides"`, "Question 1: this must be answered"}},
		"no number of the form": {map[string][]string{"id": {"x"}, "q.provides": {"no"}}, []string{"this form is not whole"}},
	} {
		form := formOf(t, v.Open(link), link, link).Held
		form.Set("do", "send")
		if len(c.set) > 0 {
			form.Set("q.provides", "yes")
			form.Set("q.started", "It began in 2015")
		}
		for field, values := range c.set {
			form[field] = values
		}
		a := v.Post(link, form)
		if a.Status < 400 || a.Status > 499 {
			t.Errorf("%s is taken: %d", name, a.Status)
		}
		for _, says := range c.says {
			if !strings.Contains(strings.ToLower(a.Body), strings.ToLower(says)) {
				t.Errorf("%s: %q is not said in %.900s", name, says, a.Words())
			}
		}
		if len(c.set) > 0 && !strings.Contains(a.Body, "It began in 2015") {
			t.Errorf("%s: what was typed is lost", name)
		}
		if again := webtest.Forms(a.Body, link); uuid.Validate(again[len(again)-1].Held.Get("id")) != nil {
			t.Errorf("%s: the form comes back without a number of its own", name)
		}
	}
	if x := replyOf(t, w, r, 1); len(x.Answers) != 0 {
		t.Errorf("something was stored: %v", x.Answers)
	}
}

// TestTwoAtOneLink lets two people answer at one link: the later one is told what has changed, and loses nothing typed.
func TestTwoAtOneLink(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	one, two := formOf(t, v.Open(link), link, link).Held, formOf(t, v.Open(link), link, link).Held
	one.Set("do", "save")
	one.Set("q.provides", "yes")
	one.Set("q.dispensed", "58")
	v.Post(link, one).Is(t, http.StatusSeeOther, link+"?saved=part")
	two.Set("do", "save")
	two.Set("q.provides", "yes")
	two.Set("q.dispensed", "85")
	a := v.Post(link, two)
	a.Is(t, http.StatusConflict, "", `href="#q.dispensed"`, "somebody else", "58 kits", `value="85"`)
	again := formOf(t, a, link, link).Held
	again.Set("do", "save")
	v.Post(link, again).Is(t, http.StatusSeeOther, link+"?saved=part")
	if n := *replyOf(t, w, r, 1).Answers["dispensed"].Number; n != 85 {
		t.Errorf("stored: %g", n)
	}
	other := formOf(t, v.Open(link), link, link).Held // the number of a form that was used for something else
	other.Set("id", one.Get("id"))
	other.Set("do", "save")
	other.Set("q.dispensed", "3")
	a = v.Post(link, other)
	a.Is(t, http.StatusConflict, "", "Nothing was changed")
	if formOf(t, a, link, link).Held.Get("id") == one.Get("id") {
		t.Error("the form keeps the number that was used")
	}
}

// TestAClosedRoundIsReadOnly opens a link after closing, and links that are none.
func TestAClosedRoundIsReadOnly(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	form := formOf(t, v.Open(link), link, link).Held
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(link, "/s/"), full(58)))
	w.Must(w.Surveys.Close(t.Context(), w.Person(webtest.National), r.ID))
	a := v.Open(link)
	a.Says(t, "no longer takes answers", "58 kits", "naloxone@example.org")
	a.Lacks(t, "<textarea", "Send our answers", "Please answer by")
	form.Set("do", "send")
	form.Set("q.provides", "no")
	v.Post(link, form).Is(t, http.StatusConflict, "", "has closed", "58 kits")
	v.Post(link+"/acknowledge", nil).Is(t, http.StatusConflict, "", "has closed")
	v.Open(link+"/sent").Lacks(t, "change our answers")

	for _, bad := range []string{link[:len(link)-1] + "7", "/s/x", link + "7"} {
		for _, part := range []string{"", "/sent", "/print"} {
			v.Get(bad+part).Is(t, http.StatusNotFound, "", "This link does not work")
		}
		for _, part := range []string{"", "/acknowledge", "/explain"} {
			v.Post(bad+part, form).Is(t, http.StatusNotFound, "", "This link does not work")
		}
	}
}

// TestAQueryIsAnsweredByLink asks about an answer and reads what they say to it.
func TestAQueryIsAnsweredByLink(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	sent := full(158)
	forty := 40.0
	sent.Answers["purchased"] = survey.Answer{Number: &forty, State: measure.Reported} // fewer bought than given out
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(link, "/s/"), sent))
	v, nat := w.As(webtest.Public), w.As(webtest.National)
	x := replyOf(t, w, r, 1)
	if len(x.Doubts) == 0 {
		t.Fatal("nobody doubts that more was given out than bought")
	}
	key := x.Doubts[0].Question
	v.Open(link+"/sent").Says(t, "Please look at these again", "You bought 40 kits")
	at := england + "/2025-26/respondents/1"
	nat.Open(at).Says(t, "Doubts", "40")
	nat.Open(england+"/2025-26?status=doubts").Says(t, "Barking and Dagenham")
	v.Open(link).Lacks(t, "We asked you about an answer")
	nat.Post(at, map[string][]string{"do": {"ask"}, "question": {key}, key + ".query": {""}}).Is(t, http.StatusUnprocessableEntity, "", `href="#`+key+`.query"`)
	nat.Post(at, map[string][]string{"do": {"ask"}, "question": {key}, key + ".query": {"Were some bought earlier?"}}).Is(t, http.StatusSeeOther, at+"?saved=asked")
	page := v.Open(link)
	page.Says(t, "We asked you about an answer", "Were some bought earlier?")
	form := formOf(t, page, link, link+"/explain").Held
	v.Post(link+"/explain", form).Is(t, http.StatusUnprocessableEntity, "", `href="#`+key+`.explained"`)
	form.Set(key+".explained", "Yes, the year before.")
	v.Post(link+"/explain", form).Is(t, http.StatusSeeOther, link+"?saved=heard")
	v.Open(link).Lacks(t, "We asked you about an answer")
	nat.Open(at).Says(t, "Yes, the year before.", "explained")
}
