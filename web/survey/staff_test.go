package survey_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/survey"
	"everykit/web/webtest"
)

// TestARoundIsWrittenAndSent goes from a new round to its letters, with each form on the way.
func TestARoundIsWrittenAndSent(t *testing.T) {
	w := world(t)
	v := w.As(webtest.National)
	v.Refused(england+"/new", "title", "").Says(t, `href="#title"`, "The title must be filled in")
	a := v.Refused(england+"/new", "title", "Survey", "due_on", "someday", "act", "law")
	a.Says(t, `href="#due_on"`, `href="#act"`, `value="Survey"`)
	v.Saved(england+"/new", "title", "Take-home naloxone in England", "period", "2025-26").Says(t, "The draft is saved", "addresses missing")
	at := england + "/2025-26"
	v.Refused(england+"/new", "title", "Again", "key", "2025-26").Says(t, `href="#key"`)
	v.Refused(england+"/new", "title", "Again", "key", "compare").Says(t, `href="#key"`)
	none := v.Fill(england+"/new", "title", "Nobody")
	none.Del("kinds")
	v.Post(england+"/new", none).Is(t, http.StatusUnprocessableEntity, "", `href="#kinds"`)
	v.Saved(at+"/edit", "title", "Take-home naloxone in England, 2025/26", "closes_on", "2027-02-01").Says(t, "Take-home naloxone in England, 2025/26")
	v.Refused(at+"/edit", "due_on", "2027-03-01").Says(t, `href="#closes_on"`)

	// Addresses: typed, pasted, and prisons.
	v.Refused(at+"/respondents", "rows.0.email", "nobody").Says(t, `href="#rows.0.email"`)
	v.Refused(at+"/respondents", "paste", "E09000002, foi@barking.example.org\nX1, a@example.org").Says(t, `href="#paste"`, "Line 2", "foi@barking.example.org")
	v.Refused(at+"/respondents", "others", "P1, HMP Somewhere, E0900000").Says(t, `href="#others_kind"`, `href="#others"`)
	v.Saved(at+"/respondents", "paste", "code,email\nE09000002, foi@barking.example.org\nBarnet; foi@barnet.example.org", "others_kind", "prisons", "others", "P1, HMP Somewhere, E09000002, hmp@example.org").
		Says(t, "The addresses are saved", "1 prison")
	page := v.Open(at + "/respondents")
	page.Says(t, "foi@barking.example.org", "foi@barnet.example.org", "Prison in Barking and Dagenham")
	form := webtest.Held(page.Body)
	for i, x := range respondents(t, w, "2025-26") { // all but three are left out
		if x.Email == "" {
			form.Set("rows."+strconv.Itoa(i)+".out", "yes")
		}
	}
	v.Post(at+"/respondents", form).Is(t, http.StatusSeeOther, at+"?saved=respondents")
	v.Post(at+"/respondents", form).Is(t, http.StatusConflict, "", "Somebody else has changed this list")

	// The letter.
	look := v.Post(at+"/letter", url.Values{"do": {"look"}, "letter": {"Dear {area},\n\nplease tell us of {period}."}})
	look.Is(t, http.StatusOK, "", "<p>Dear Barking and Dagenham,</p>", "2025/26")
	v.Saved(at+"/letter", "letter", "Dear {area}, please.").Says(t, "Your own words")

	// Sending.
	v.Open(at+"/send").Says(t, "3 letters go out", "30 November", "22 December 2026", "20th working day", "Freedom of Information Act 2000", "1 February 2027")
	v.Post(at+"/send", url.Values{}).Is(t, http.StatusUnprocessableEntity, "", "Nothing was done")
	if got := links(t, w); len(got) != 0 {
		t.Fatalf("letters before anything was sent: %v", got)
	}
	v.Saved(at+"/send").Says(t, "the letters are on their way", "of 3")
	if got := links(t, w); len(got) != 3 {
		t.Errorf("the letters went to %v", got)
	}
	v.Get(at+"/send").Is(t, http.StatusSeeOther, at)
	v.Post(at+"/send", url.Values{"sure": {"yes"}}).Is(t, http.StatusConflict, "", "sent already")
	for _, part := range []string{"/edit", "/questions", "/respondents", "/letter"} {
		v.Get(at+part).Is(t, http.StatusConflict, "", "has been sent")
	}
}

func respondents(t *testing.T, w *webtest.World, key string) []survey.Reply {
	t.Helper()
	r, err := w.Surveys.Round(t.Context(), key)
	w.Must(err)
	list, err := w.Surveys.Replies(t.Context(), r.ID)
	w.Must(err)
	return list
}

// TestQuestionsAreChanged takes questions out, rewords one and adds others.
func TestQuestionsAreChanged(t *testing.T) {
	w := world(t)
	draft(t, w, "", 2025)
	at := england + "/2025-26"
	v := w.As(webtest.National)
	count := func() int {
		r, err := w.Surveys.Round(t.Context(), "2025-26")
		w.Must(err)
		return len(r.Questions)
	}
	before := count()
	form := v.Fill(at + "/questions")
	form.Del("questions.0.ask")
	v.Post(at+"/questions", form).Is(t, http.StatusUnprocessableEntity, "", `href="#questions.0.ask"`, "Question 1 decides whether")
	v.Refused(at+"/questions", "questions.1.wording", "").Says(t, `href="#questions.1.wording"`)
	v.Refused(at+"/questions", "new.wording", "Which one?", "new.kind", "one", "new.options", "Only this").Says(t, `href="#new.options"`, "Which one?")
	if count() != before {
		t.Fatalf("there are %d questions", count())
	}
	form = v.Fill(at+"/questions", "questions.1.wording", "Will you begin?", "new.wording", "Which of these?", "new.kind", "any", "new.options", "A box at the wall\nA van\n", "new.private", "yes", "do", "save")
	form.Del("questions.2.ask") // nothing depends on it
	v.Post(at+"/questions", form).Is(t, http.StatusSeeOther, at+"?saved=questions")
	if count() != before {
		t.Errorf("there are %d questions", count())
	}
	v.Open(at+"/print").Says(t, "Will you begin?", "Which of these?", "A box at the wall", "11")
	r, err := w.Surveys.Round(t.Context(), "2025-26")
	w.Must(err)
	if q := r.Questions[len(r.Questions)-1]; q.Key != "own_1" || q.Options[0].Key != "a_box_at_the_wall" || !q.Private || q.Section != "Further questions" {
		t.Errorf("the new question is %+v", q)
	}
	form.Set("questions.2.key", "plans")
	v.Post(at+"/questions", form).Is(t, http.StatusConflict, "", "Somebody else has changed the questions")
}

// TestTheClockIsKept uses each deed on the page of one of those asked.
func TestTheClockIsKept(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	old := open(t, w, r)[barking]
	at := england + "/2025-26/respondents/1"
	v := w.As(webtest.National)
	v.Open(at).Says(t, "Waiting", "22 December 2026", "20 working days after 23 November 2026", "bank holidays of any part")
	press := func(do string, pairs ...string) webtest.Answer {
		form := url.Values{"do": {do}}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return v.Post(at, form)
	}
	press("acknowledge", "acknowledged_on", "soon").Is(t, http.StatusUnprocessableEntity, "", `href="#acknowledged_on"`, `value="soon"`)
	press("acknowledge", "acknowledged_on", "2027-01-01").Is(t, http.StatusUnprocessableEntity, "", `href="#acknowledged_on"`, "in the future")
	press("acknowledge", "acknowledged_on", "2026-11-23").Is(t, http.StatusSeeOther, at+"?saved=acknowledged")
	press("pause", "paused_on", "2026-11-23", "paused_for", "").Is(t, http.StatusUnprocessableEntity, "", `href="#paused_for"`)
	press("pause", "paused_on", "2026-11-23", "paused_for", "Which year is meant?").Is(t, http.StatusSeeOther, at+"?saved=paused")
	v.Open(at).Says(t, "Which year is meant?", "The clock stands since")
	press("resume", "resumed_on", "2026-11-23").Is(t, http.StatusSeeOther, at+"?saved=resumed")
	press("extend", "extended_to", "2026-12-01", "extended_for", "Section 43").Is(t, http.StatusUnprocessableEntity, "", `href="#extended_to"`)
	press("extend", "extended_to", "2027-01-15", "extended_for", "Section 43").Is(t, http.StatusSeeOther, at+"?saved=extended")
	v.Open(at).Says(t, "15 January 2027", "Section 43")
	press("remind").Is(t, http.StatusSeeOther, at+"?saved=reminded")
	press("remind").Is(t, http.StatusConflict, "", "today already")
	press("refuse", "refused_for", "Section 12").Is(t, http.StatusSeeOther, at+"?saved=refused")
	v.Open(england+"/2025-26?status=refused").Says(t, "Barking and Dagenham")
	press("jump").Is(t, http.StatusUnprocessableEntity, "", "Use one of the buttons")
	press("address", "email", "nobody").Is(t, http.StatusUnprocessableEntity, "", `href="#email"`)
	a := press("link")
	a.Is(t, http.StatusOK, "", "shown once", webtest.Site+"/s/")
	fresh := personal.FindString(a.Body)
	p := w.As(webtest.Public)
	p.Open(fresh).Says(t, "Barking and Dagenham")
	p.Get(old).Is(t, http.StatusNotFound, "", "This link does not work")
	v.Open(at).Lacks(t, fresh)

	paper := england + "/2025-26/respondents/3"
	v.Open(paper).Says(t, "HMP Somewhere", "Prison in Barnet", "asked on paper only", "Start their clock")
	v.Post(paper, url.Values{"do": {"post"}, "posted_on": {"2026-11-25"}}).Is(t, http.StatusSeeOther, paper+"?saved=posted")
	v.Open(paper).Says(t, "24 December 2026")
	v.Open(paper+"/print").Says(t, "HMP Somewhere", "given take-home naloxone")
}

// TestStaffAnswerForThem types a letter in, with the letter attached, corrects it after closing, and takes the answers out
// as a file.
func TestStaffAnswerForThem(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	open(t, w, r)
	at := england + "/2025-26/respondents/1"
	v := w.As(webtest.National)
	form := v.Fill(at+"/answer", "source", "Letter of 3 March", "q.provides", "yes", "q.dispensed", "many", "do", "send")
	a := v.Upload(at+"/answer", form, "letter", "letter.pdf", "%PDF-1.4 a letter")
	a.Is(t, http.StatusUnprocessableEntity, "", `href="#q.dispensed"`, "Letter of 3 March")
	form.Set("q.dispensed", "58")
	v.Upload(at+"/answer", form, "letter", "virus.exe", "MZ\x00\x01\x02").Is(t, http.StatusUnprocessableEntity, "", `href="#letter"`)
	v.Upload(at+"/answer", form, "letter", "letter.pdf", "%PDF-1.4 a letter").Is(t, http.StatusSeeOther, at+"?saved=answered")
	v.Open(at).Says(t, "58 kits", "letter.pdf", webtest.Name(webtest.National))
	file := v.Open(at + "/letter")
	if file.Type != "application/pdf" || file.Body != "%PDF-1.4 a letter" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the letter is %s %q %v", file.Type, file.Body, file.Header)
	}
	v.Get(england+"/2025-26/respondents/2/letter").Is(t, http.StatusNotFound, "")
	v.Saved(england+"/2025-26/close").Says(t, "The round is closed", "No reply")
	form = v.Fill(at+"/answer", "q.dispensed", "60", "do", "send")
	v.Post(at+"/answer", form).Is(t, http.StatusSeeOther, at+"?saved=answered")
	v.Open(at).Says(t, "was 58 kits")
	csv := v.Open(england + "/2025-26/answers.csv")
	csv.Says(t, "round,authority,question,answer", "2025-26,E09000002,dispensed,60")
	if csv.Header.Get("Everykit-Rows") == "" {
		t.Error("the file does not say how many rows it has")
	}
	w.As(webtest.Coordinator).Open("/areas/E09000002/survey").Says(t, "60 kits", "2025/26")
	w.As(webtest.Coordinator).Open("/areas/E09000002/survey/2025-26").Says(t, "60 kits")
	w.As(webtest.Coordinator).Get("/areas/E09000002/survey/2016-17").Is(t, http.StatusNotFound, "")
	w.As(webtest.Elsewhere).Get("/areas/E09000002/survey").Is(t, http.StatusForbidden, "")
}

// TestARoundOfAnotherNationIsNotThere asks for rounds under the wrong nation, and for drafts as somebody who only reads.
func TestARoundOfAnotherNationIsNotThere(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	admin, analyst := w.As(webtest.Administrator), w.As(webtest.Analyst)
	for _, part := range []string{"", "/edit", "/questions", "/respondents", "/letter", "/send", "/print", "/answers.csv", "/respondents/1", "/respondents/1/answer", "/respondents/1/print"} {
		admin.Get("/nation/S92000003/survey/2025-26"+part).Is(t, http.StatusNotFound, "")
		admin.Get(england+"/2025-26"+part).Is(t, http.StatusOK, "")
	}
	admin.Post("/nation/S92000003/survey/2025-26/send", url.Values{"sure": {"yes"}}).Is(t, http.StatusNotFound, "")
	analyst.Get(england+"/2025-26").Is(t, http.StatusNotFound, "")
	analyst.Open(england).Lacks(t, "2025/26", "New round")
	open(t, w, r)
	analyst.Open(england+"/2025-26").Lacks(t, "Remind all", "Close the round")
	analyst.Get(england+"/2025-26/remind").Is(t, http.StatusForbidden, "")
	for _, number := range []string{"0", "9", "x", "99999999999"} {
		admin.Get(england+"/2025-26/respondents/"+number).Is(t, http.StatusNotFound, "")
	}
	admin.Get(england+"/2016-17").Is(t, http.StatusNotFound, "")
	for _, path := range []string{"/findings/2025-26", "/findings/2025-26.pdf", "/findings/x"} {
		w.As(webtest.Public).Get(path).Is(t, http.StatusNotFound, "")
	}
}

// TestRemindersGoToTheSilent reminds a week later: those who have not answered, once a day.
func TestRemindersGoToTheSilent(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(link, "/s/"), full(58)))
	v := w.As(webtest.National)
	at := england + "/2025-26"
	v.Open(at+"/remind").Says(t, "1 reminder goes out")
	v.Saved(at+"/remind").Says(t, "1 reminder is on the way")
	v.Open(at+"/remind").Says(t, "0 reminders go out", "1 has been reminded today already")
	w.Wait(7 * 24 * 3600e9)
	v = w.As(webtest.National)
	v.Open(at+"/remind").Says(t, "1 reminder goes out")
	v.Saved(at+"/remind").Says(t, "1 reminder is on the way")
	w.Wait(40 * 24 * 3600e9)
	v = w.As(webtest.National)
	v.Open(at).Says(t, "Late")
	v.Open(at+"?status=late").Says(t, "Barnet")
	v.Open(at+"?status=late").Lacks(t, ">Barking and Dagenham</a>")
	v.Open(at).Says(t, "22 December 2026")
}
