package survey_test

import (
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/measure"
	"everykit/survey"
	"everykit/web/webtest"
)

// everything makes one of each thing that the pages show, and gives their addresses by who looks at them.
func everything(t *testing.T, w *webtest.World) map[string]map[string]string {
	t.Helper()
	nat := w.Person(webtest.National)
	answer := func(link string, sent survey.Sent) {
		w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(link, "/s/"), sent))
	}
	old := draft(t, w, "2024-25", 2024)
	links := open(t, w, old)
	answer(links[barking], full(40))
	answer(links["foi@barnet.example.org"], full(90))
	gone := links[barking]
	w.Must(w.Surveys.Close(t.Context(), nat, old.ID))
	w.Must(w.Surveys.Publish(t.Context(), nat, old.ID))

	r := &survey.Round{
		Title: "Take-home naloxone in England, 2025/26", Nation: old.Nation, Period: civil.FinancialYear(2025), Act: survey.Act2000, DueOn: civil.None, ClosesOn: civil.None,
		Contact: "naloxone@example.org",
	}
	w.Must(w.Surveys.Save(t.Context(), nat, r))
	var asked []survey.Respondent
	for i, x := range respondents(t, w, r.Key) {
		if i > 11 {
			break
		}
		x.Number, x.Email = i+1, strings.ToLower(x.Code)+"@example.org"
		asked = append(asked, x.Respondent)
	}
	asked[11].Email = ""
	asked = append(asked, survey.Respondent{Number: 13, Kind: survey.Prison, Area: asked[1].Area, Code: "HMP-1", Name: "HMP Somewhere"})
	w.Must(w.Surveys.SaveRespondents(t.Context(), nat, r.ID, asked))
	links = open(t, w, r)
	of := func(i int) string { return links[asked[i].Email] }
	for i := range 5 {
		answer(of(i), full(float64(100+400*i)))
	}
	odd := full(158)
	low := 40.0
	odd.Answers["purchased"] = survey.Answer{Number: &low, State: measure.Reported}
	answer(of(5), odd)
	w.Must(w.Surveys.Ask(t.Context(), nat, r.ID, 6, "purchased", "Were some bought the year before?"))
	part := full(70)
	part.Done = false
	delete(part.Answers, "gives")
	answer(of(6), part)
	w.Must(w.Surveys.Acknowledge(t.Context(), nat, r.ID, 8, webtest.Today))
	w.Must(w.Surveys.Pause(t.Context(), nat, r.ID, 9, webtest.Today, "Do kits of pharmacies count?"))
	w.Must(w.Surveys.Refuse(t.Context(), nat, r.ID, 10, "Section 12: it would cost too much"))
	letter := full(33)
	letter.Letter, letter.Name = []byte("%PDF-1.4 a letter"), "letter.pdf"
	w.Must(w.Surveys.AnswerFor(t.Context(), nat, r.ID, 13, survey.Sent{ID: letter.ID, Done: true, Source: "letter of 3 March", Letter: letter.Letter, Name: letter.Name, Answers: map[string]survey.Answer{
		"prison_programme": {Options: []string{"no"}, State: measure.Reported}, "prison_plans": {State: measure.DontKnow},
	}}))
	draft(t, w, "next", 2026)
	w.Wait(40 * 24 * time.Hour)
	now, drafted := england+"/2025-26", england+"/next"
	return map[string]map[string]string{
		webtest.Public: {
			"link": of(7), "link-part": of(6), "link-asked": of(5), "link-closed": gone, "sent": of(5) + "/sent", "link-print": of(7) + "/print", "nolink": "/s/x",
			"findings-public": "/findings/2024-25", "published": "/findings",
		},
		webtest.National: {
			"list": "/survey", "new": england + "/new", "progress": now, "late": now + "?status=late", "progress-draft": drafted, "edit": drafted + "/edit", "questions": drafted + "/questions",
			"respondents": drafted + "/respondents", "letter": drafted + "/letter", "send": drafted + "/send", "remind": now + "/remind", "close": now + "/close", "print": now + "/print",
			"reply-waiting": now + "/respondents/8", "reply-doubt": now + "/respondents/6", "reply-paused": now + "/respondents/9", "reply-paper": now + "/respondents/12",
			"reply-letter": now + "/respondents/13", "answer": now + "/respondents/6/answer", "print-one": now + "/respondents/13/print",
			"findings": now + "/findings", "compare": england + "/compare?a=2024-25&b=2025-26", "compare-choose": england + "/compare",
		},
		webtest.Coordinator: {"area": "/areas/E09000002/survey", "area-old": "/areas/E09000002/survey/2024-25"},
	}
}

// TestPagesAreUsableByAll opens every page of the folder at both widths, with and without the script.
func TestPagesAreUsableByAll(t *testing.T) {
	w := world(t)
	for who, list := range everything(t, w) {
		b := w.Browse(who)
		for _, path := range list {
			status := 200
			if path == "/s/x" {
				status = 404
			}
			b.Check(w.URL+path, status)
		}
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := world(t)
	for who, list := range everything(t, w) {
		w.Pictures(w.Browse(who), dir, list)
	}
}
