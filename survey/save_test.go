package survey

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
)

func TestTemplate(t *testing.T) {
	list := Template()
	if bad := checkQuestions(list); len(bad) > 0 {
		t.Fatal(bad)
	}
	r := Round{Period: civil.FinancialYear(2017), Questions: list}
	keys := map[string]bool{}
	for _, q := range list {
		keys[q.Key] = true
		said := q.Words(&r, Respondent{Name: "Fife"})
		if strings.ContainsAny(said.Text+said.Help, "{}") {
			t.Errorf("%s is not filled in: %s %s", q.Key, said.Text, said.Help)
		}
		for _, word := range []string{" user", "addict", "abuse", "clean", "victim", "client"} {
			if strings.Contains(strings.ToLower(q.Text+q.Help+q.Section), word) {
				t.Errorf("%s says %q", q.Key, word)
			}
		}
		alone := slices.Contains([]string{"provides", "plans", "policy", "in_tender", "clients", "deaths", "help", "comments"}, q.Key)
		if !alone && q.IsFor(Authority) && (q.Only == nil || q.Only.Question != "provides" || q.Only.Options[0] != "yes") {
			t.Errorf("%s is asked where nothing is provided", q.Key)
		}
	}
	for _, key := range strings.Fields(`provides plans started in_tender policy dispensed purchased purchased_before purchased_two_before buys plans_to_purchase clients deaths gives recipients
		anyone requires most_kits age trains trainer records_purchased records_dispensed monitors_expiry recalls reissues help comments prison_programme prison_plans prison_dispensed
		prison_offer prison_trains prison_comments`) {
		if !keys[key] {
			t.Errorf("nobody asks %s", key)
		}
		delete(keys, key)
	}
	for key := range keys {
		t.Errorf("%s is asked, and nobody knows it", key)
	}
	before := r.question("purchased_two_before").Words(&r, Respondent{})
	equal(t, "two years before", before.Text, "How many kits were bought in the year April 2015 to March 2016?")
}

func TestSave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		good := Round{Title: " A  round ", Nation: w.id("E92000001"), Period: civil.FinancialYear(2017), Act: Act2000, Letter: "Hello {area}"}
		for _, c := range []struct {
			field, words string
			spoil        func(*Round)
		}{
			{"title", "filled in", func(r *Round) { r.Title = " " }},
			{"title", "longer than", func(r *Round) { r.Title = strings.Repeat("a", 201) }},
			{"letter", "cannot be stored", func(r *Round) { r.Letter = "a\x00" }},
			{"period", "financial year", func(r *Round) { r.Period = civil.Year(2017) }},
			{"key", "small letters", func(r *Round) { r.Key = "a/b" }},
			{"key", "something else", func(r *Round) { r.Key = "Compare" }},
			{"act", "choose the law", func(r *Round) { r.Act = 9 }},
			{"questions.0.text", "filled in", func(r *Round) { r.Questions[0].Text = "" }},
			{"questions.1.key", "that of question 1", func(r *Round) { r.Questions[1].Key = r.Questions[0].Key }},
			{"questions.1.number", "of its own", func(r *Round) { r.Questions[1].Number = "1" }},
			{"questions.0.key", "all questions", func(r *Round) { r.Questions[0].Key = "all" }},
			{"questions.0.options", "from 2 to", func(r *Round) { r.Questions[0].Options = nil }},
			{"questions.0.options", "twice", func(r *Round) { r.Questions[0].Options[1] = r.Questions[0].Options[0] }},
			{"questions.0.options", "offers", func(r *Round) { r.Questions[0].Options[1].Key = "not_held" }},
			{"questions.0.only", "before it", func(r *Round) { r.Questions[0].Only = &Condition{Question: "dispensed", More: true} }},
			{"questions.1.only", "no option", func(r *Round) { r.Questions[1].Only.Options = []string{"perhaps"} }},
			{"questions.1.only", "options", func(r *Round) { r.Questions[1].Only.More = true }},
			{"questions.5.only", "not asked of everybody", func(r *Round) { r.Questions[5].Of = []RespondentKind{Authority, Prison} }},
			{"questions.5.options", "only a question with choices", func(r *Round) { r.Questions[5].Options = r.Questions[0].Options }},
			{"questions.5.kind", "look like", func(r *Round) { r.Questions[5].Kind = 7 }},
		} {
			r := good
			r.Questions = Template()
			c.spoil(&r)
			err := w.Save(w.ctx, operator, &r)
			refused(t, err, fault.Invalid, c.words)
			equal(t, c.words, fault.Of(err)[0].Field, c.field)
		}
		bad := good
		bad.Nation = w.id("E01")
		refused(t, w.Save(w.ctx, operator, &bad), fault.Invalid, "nation: choose")
		equal(t, "nothing stored", len(must1(w.Rounds(w.ctx, 0))(t)), 0)

		r := good
		must(t, w.Save(w.ctx, w.nora, &r))
		if r.ID == 0 || r.Key != "2017-18" || r.Title != "A round" || r.State != Draft || r.MadeBy != w.nora.ID || len(r.Questions) != len(Template()) {
			t.Fatalf("saved: %+v", r)
		}
		equal(t, "everybody is asked", len(must1(w.Replies(w.ctx, r.ID))(t)), 3)
		again := good
		again.Key = "2017/18"
		refused(t, w.Save(w.ctx, w.nora, &again), fault.Conflict, "2017-18 already")
		equal(t, "by its year", must1(w.Round(w.ctx, " 2017/18"))(t).ID, r.ID)
		_, err := w.Round(w.ctx, "none")
		refused(t, err, fault.NotFound, "no such round")

		r.Questions = r.Questions[:1]
		must(t, w.Save(w.ctx, w.nora, &r))
		equal(t, "fewer questions", len(must1(w.Round(w.ctx, r.Key))(t).Questions), 1)
		must(t, w.Open(w.ctx, w.nora, r.ID))
		r = *must1(w.Round(w.ctx, r.Key))(t)
		r.Title, r.ClosesOn = "Another title", r.DueOn+1
		must(t, w.Save(w.ctx, w.nora, &r))
		r.Questions = Template()
		refused(t, w.Save(w.ctx, w.nora, &r), fault.Refused, "was sent")
		refused(t, w.SaveRespondents(w.ctx, w.nora, r.ID, nil), fault.Refused, "was sent")
		equal(t, "title", must1(w.Round(w.ctx, r.Key))(t).Title, "Another title")
	})
}

func TestWhoIsAsked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r := w.draft(Act2000)
		prisons := must1(w.Prisons(w.ctx, r.Nation, r.Period))(t)
		if len(prisons) != 1 || prisons[0].Code != "HMP1" || prisons[0].Area != w.id("E02") {
			t.Fatalf("prisons: %+v", prisons)
		}
		list := append(w.respondents(r.ID), prisons[0], Respondent{Kind: YoungOffender, Name: "HMYOI Typed", Email: "yoi@example.org"})
		must(t, w.SaveRespondents(w.ctx, w.nora, r.ID, list))
		for _, c := range []struct {
			p     Respondent
			words string
		}{
			{Respondent{Kind: Authority, Area: w.id("S01")}, "of the nation that is asked"},
			{Respondent{Kind: Authority, Area: r.Nation}, "choose an authority"},
			{Respondent{Kind: Authority, Area: w.id("E01")}, "there twice"},
			{Respondent{Kind: Prison, Area: w.id("S01"), Name: "X"}, "of the nation that is asked"},
			{Respondent{Kind: Prison}, "filled in"},
			{Respondent{Name: "X"}, "choose what this is"},
			{Respondent{Kind: Prison, Name: "X", Email: "x"}, "not an e-mail address"},
			{Respondent{Kind: Prison, Name: "X", Number: 1}, "two have the number 1"},
		} {
			refused(t, w.SaveRespondents(w.ctx, w.nora, r.ID, append(slices.Clone(list), c.p)), fault.Invalid, fmt.Sprintf("respondents.%d.", len(list)))
			refused(t, w.SaveRespondents(w.ctx, w.nora, r.ID, append(slices.Clone(list), c.p)), fault.Invalid, c.words)
		}
		must(t, w.Open(w.ctx, w.nora, r.ID))
		token := w.letterTo("yoi").token(t)
		f := must1(w.ByToken(w.ctx, token))(t)
		if f.Reply.Kind != YoungOffender || len(f.Round.QuestionsOf(YoungOffender)) != 6 {
			t.Errorf("form of a young offender institution: %+v", f.Reply)
		}
		must(t, w.AnswerByToken(w.ctx, token, form("prison_programme", "yes", "prison_dispensed", "12", "prison_offer", "everyone")))
		var got Reply
		for _, p := range must1(w.Replies(w.ctx, r.ID))(t) {
			if p.Kind == YoungOffender {
				got = p
			}
		}
		equal(t, "status", got.Status, Answered)
		_, replies, err := w.ForPeriod(w.ctx, r.Nation, r.Period)
		if must(t, err); len(replies) != 3 {
			t.Errorf("only authorities are read for a period: %v", replies)
		}
		next := &Round{Title: "Next", Nation: r.Nation, Period: civil.FinancialYear(2018), Act: Act2000}
		must(t, w.Save(w.ctx, w.nora, next))
		equal(t, "addresses are carried over", w.reply(next.ID, "E02").Email, "e02@example.org")
	})
}

func TestLetterFiles(t *testing.T) {
	var docx, odt, other bytes.Buffer
	for _, z := range []struct {
		to         *bytes.Buffer
		name, body string
	}{{&docx, "word/document.xml", "<w/>"}, {&odt, "mimetype", "application/vnd.oasis.opendocument.text"}, {&other, "a.exe", "MZ"}} {
		out := zip.NewWriter(z.to)
		f := must1(out.Create(z.name))(t)
		must1(f.Write([]byte(z.body)))(t)
		must(t, out.Close())
	}
	for _, c := range []struct{ name, body, kept string }{
		{"../../Reply from us.PDF", "%PDF-1.4 ...", "Reply from us.pdf"},
		{`C:\letters\scan.jpeg`, "\xff\xd8\xff\xe0....", "scan.jpg"},
		{"a.exe", "\x89PNG\r\n\x1a\n....", "a.png"},
		{"letter", docx.String(), "letter.docx"},
		{"letter.doc", odt.String(), "letter.odt"},
		{"", "Dear all,\r\nwe gave out 58.\n", "letter.txt"},
		{"mail", "From: a@example.org\r\nSubject: Kits\r\n\r\n58\r\n", "mail.eml"},
		{"x.pdf", "MZ\x90\x00\x03", ""},
		{"x.zip", other.String(), ""},
		{"x.html", "\x00\x01", ""},
		{"big.txt", strings.Repeat("a", MostLetter+1), ""},
	} {
		kept, bad := checkLetter(c.name, []byte(c.body))
		if kept != c.kept || (bad == nil) != (c.kept != "") {
			t.Errorf("%s: %q, %v", c.name, kept, bad)
		}
	}
	eachWorld(t, func(t *testing.T, w *world) {
		r, _, _ := w.opened(Act2000)
		n := w.reply(r.ID, "E01").Number
		_, _, err := w.LetterFile(w.ctx, w.nora, r.ID, n)
		refused(t, err, fault.NotFound, "no letter")
		s := form("provides", "no")
		s.Name, s.Letter = "reply.pdf", []byte("MZ")
		refused(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, Sent{ID: uuid.New(), Answers: s.Answers, Name: "x", Letter: []byte{0, 1}}), fault.Invalid, "letter: this file is of a kind")
		equal(t, "nothing is stored", w.reply(r.ID, "E01").Status, Waiting)
		s.Letter = []byte("%PDF-1.4 the first")
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, s))
		s = form("provides", "no")
		s.Name, s.Letter = "second.pdf", []byte("%PDF-1.4 the second")
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, s))
		name, body, err := w.LetterFile(w.ctx, staff.Person{Role: staff.Coordinator, Area: w.id("E01")}, r.ID, n)
		must(t, err)
		if name != "second.pdf" || string(body) != "%PDF-1.4 the second" || w.reply(r.ID, "E01").Letter != name || LetterType(name) != "application/pdf" {
			t.Errorf("letter: %s %q", name, body)
		}
		holds(t, "history", w.history(r.ID, "E01"), "Letter attached: reply.pdf")
		_, _, err = w.LetterFile(w.ctx, staff.Person{Role: staff.Coordinator, Area: w.id("E02")}, r.ID, n)
		refused(t, err, fault.Forbidden, "")
	})
}
