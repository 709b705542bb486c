package survey_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
	"everykit/web/webtest"
)

// TestNobodyIsOverwrittenUnseen: two people fill in the form behind one link, and the slower one must send theirs again, for
// something wrong in it or for what the other has answered. What the other one wrote meanwhile stays.
func TestNobodyIsOverwrittenUnseen(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	slow := formOf(t, v.Open(link), link, link).Held
	quick := formOf(t, v.Open(link), link, link).Held
	quick.Set("do", "save")
	quick.Set("q.provides", "yes")
	quick.Set("q.dispensed", "58")
	quick.Set("q.policy", "no")
	quick["q.gives"] = []string{"pharmacy", "hostel"}
	quick.Set("q.clients.why", "not_held")
	v.Post(link, quick).Is(t, http.StatusSeeOther, link+"?saved=part")

	slow.Set("do", "save")
	slow.Set("q.provides", "yes")
	slow.Set("q.dispensed", "6o")
	a := v.Post(link, slow)
	a.Says(t, "is not a number")
	slow = formOf(t, a, link, link).Held
	slow.Set("do", "save")
	slow.Set("q.dispensed", "60")
	a = v.Post(link, slow)
	if a.Status != http.StatusConflict {
		t.Errorf("58 was overwritten unseen: %d", a.Status)
	}
	a.Says(t, "answered by somebody else meanwhile", "58")
	slow = formOf(t, a, link, link).Held
	if slow.Get("q.dispensed") != "60" || slow.Get("q.policy") != "no" || len(slow["q.gives"]) != 2 || slow.Get("q.clients.why") != "not_held" {
		t.Errorf("the form holds %v", slow)
	}
	slow.Set("do", "save")
	v.Post(link, slow).Is(t, http.StatusSeeOther, link+"?saved=part")
	x := replyOf(t, w, r, 1)
	if *x.Answers["dispensed"].Number != 60 || len(x.Answers["gives"].Options) != 2 || len(x.Answers["policy"].Options) != 1 || x.Answers["clients"].State != measure.NotHeld {
		t.Errorf("stored: %v", x.Answers)
	}
}

// TestNumbersThatMayMeanTwo are asked about and not guessed.
func TestNumbersThatMayMeanTwo(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	for _, typed := range []string{"12,5", "1.000", "5 8", "1,2345", ",58", "58,"} {
		form := formOf(t, v.Open(link), link, link).Held
		form.Set("do", "save")
		form.Set("q.provides", "yes")
		form.Set("q.dispensed", typed)
		v.Post(link, form).Says(t, "is not a number")
	}
	if x := replyOf(t, w, r, 1); len(x.Answers) != 0 {
		t.Errorf("stored: %v", x.Answers)
	}
}

// TestOddInput sends what no authority would: it is refused, or stored as the text that it is, and shown as such.
func TestOddInput(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v, nat := w.As(webtest.Public), w.As(webtest.National)
	for typed, status := range map[string]int{
		strings.Repeat("é", 500_000): http.StatusUnprocessableEntity, "a\x00b": http.StatusUnprocessableEntity, "\xff\xfe": http.StatusUnprocessableEntity,
		"<script>alert(1)</script>": http.StatusSeeOther, "=cmd|' /C calc'!A0": http.StatusSeeOther, "\u202etxt.exe": http.StatusSeeOther,
	} {
		form := formOf(t, v.Open(link), link, link).Held
		form.Set("do", "save")
		form.Set("q.provides", "yes")
		form.Set("q.started", typed)
		if a := v.Post(link, form); a.Status != status || strings.Contains(a.Body, "<script>alert") {
			t.Errorf("%.20q: %d", typed, a.Status)
		}
		nat.Open(england+"/2025-26/respondents/1").Lacks(t, "<script>alert")
		nat.Open(england+"/2025-26/answers.csv").Lacks(t, ",=cmd", "\x00")
	}
	for _, path := range []string{"/s/%00", "/s/%ff", "/s/" + strings.Repeat("a", 100_000), "/findings/%00", england + "/%00", england + "/2025-26/respondents/%00", "/areas/E09000002/survey/%00"} {
		if a := nat.Get(path); a.Status != http.StatusNotFound {
			t.Errorf("%.40s: %d", path, a.Status)
		}
	}
}

// TestClosedWhileTyping gives back what was typed while the round closed, for it is stored nowhere.
func TestClosedWhileTyping(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	v := w.As(webtest.Public)
	form := formOf(t, v.Open(link), link, link).Held
	w.Must(w.Surveys.Close(t.Context(), w.Person(webtest.National), r.ID))
	form.Set("do", "send")
	form.Set("q.dispensed", "1,058")
	form.Set("q.clients.why", "not_held")
	form["q.gives"] = []string{"why:refused"}
	a := v.Post(link, form)
	if a.Status != http.StatusConflict {
		t.Errorf("status %d", a.Status)
	}
	a.Says(t, "What you typed, which is not stored", "1,058")
	a.Lacks(t, "why:refused", ">not_held<")
	v.Open(link).Lacks(t, "What you typed")
}

// TestARoundOfPrisonsOnly asks as many prisons as the nation has authorities, and none of these.
func TestARoundOfPrisonsOnly(t *testing.T) {
	w := world(t)
	wales, _ := w.Snap().AreaByCode("W92000004")
	n := 0
	for _, a := range w.Snap().AuthoritiesOf(wales.ID, civil.FinancialYear(2025).Last()) {
		n++
		_, err := w.Registry.PutOutlet(t.Context(), registry.Outlet{
			Code: fmt.Sprintf("HMP-%d", n), Name: fmt.Sprintf("HMP %d", n), Area: a.ID, Kind: registry.PrisonOutlet, Provider: "HMPPS", Channel: registry.Prison,
			LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
		})
		w.Must(err)
	}
	v := w.As(webtest.Administrator)
	form := v.Fill("/nation/W92000004/survey/new", "title", "Prisons", "period", "2025-26", "act", "none")
	form["kinds"] = []string{"prisons"}
	v.Post("/nation/W92000004/survey/new", form).Is(t, http.StatusSeeOther, "/nation/W92000004/survey/2025-26?saved=draft")
	r, err := w.Surveys.Round(t.Context(), "2025-26")
	w.Must(err)
	replies, err := w.Surveys.Replies(t.Context(), r.ID)
	w.Must(err)
	for _, x := range replies {
		if x.Kind != survey.Prison {
			t.Errorf("%s is asked", x.Name)
		}
	}
	if len(replies) != n || n == 0 {
		t.Errorf("%d asked, of %d", len(replies), n)
	}
}
