package survey

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// questionnaire is the questions of a form and the view that holds what was typed.
type questionnaire struct {
	View     page.View
	ID       string // made with the form, so that the same one twice is one
	Seen     string // the version of the answers that it shows
	Asked    string // which questions stand on it
	Sections []section
	Save     bool // parts can be saved
}

// formOf draws the questions that somebody is asked, with what the view holds of them.
func formOf(pv page.View, questions []survey.Question, x *survey.Reply, save bool) questionnaire {
	doubts := doubtsOf(x)
	if save { // it is their own form
		for key, says := range doubts {
			doubts[key] = toThem.Replace(says)
		}
	}
	seen := pv.Form.Get("seen") // what was typed was typed beside these answers, and not beside what has come since
	if seen == "" {
		seen = strconv.Itoa(x.Version)
	}
	return questionnaire{pv, pv.Form.Get("id"), seen, keysOf(questions), sections(questions, doubts), save}
}

// linkBody is the page behind a personal link.
type linkBody struct {
	Here        string
	Why         []string // who asks and why, by when, what becomes public
	Open        bool
	Contact     string
	Acknowledge bool    // nothing has been heard yet
	Queries     []doubt // what staff asked about, and waits for words
	Form        questionnaire
	Answers     []answered // what is stored, where it can no longer be changed
	Typed       page.Table // what was typed while the round closed
}

// linkPage shows the form to whoever has the letter.
func linkPage(v *desk.Visit) error { return drawLink(v, nil, nil) }

// behind reads what stands behind the link of this address. Nobody is to find such a page by searching. Where nothing
// stands behind it, the page that says so is drawn, and the form is nil.
func behind(v *desk.Visit) (*survey.Form, error) {
	v.W.Header().Set("X-Robots-Tag", "noindex, nofollow")
	f, err := v.Surveys.ByToken(v.Ctx(), v.R.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		return nil, pages.Render(v.W, http.StatusNotFound, "nolink", v.View("This link does not work"))
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// herePath is the address of the link itself, whichever of its pages was asked for.
func herePath(v *desk.Visit) string { return "/s/" + url.PathEscape(v.R.PathValue("token")) }

// linkAnswer takes the form: a part of it, or all.
func linkAnswer(v *desk.Visit) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	sent, bad := readSent(form, questionsOf(f.Round, f.Reply.Respondent))
	if err = bad.Err(); err == nil {
		if err = v.Surveys.AnswerByToken(v.Ctx(), v.R.PathValue("token"), sent); err == nil {
			if sent.Done {
				return v.Go(herePath(v) + "/sent")
			}
			return v.Go(herePath(v) + "?saved=part" + after(form.Get("do")))
		}
	}
	return drawLink(v, form, err)
}

// after is the part of the page to go on from: the section that was being filled in.
func after(do string) string {
	if strings.HasPrefix(do, "s") && len(do) <= 3 && strings.Trim(do[1:], "0123456789") == "" {
		return "#" + do
	}
	return ""
}

// readSent reads a form of questions. It is done unless a button that saves a part was pressed.
func readSent(form url.Values, questions []survey.Question) (survey.Sent, fault.List) {
	var bad fault.List
	id, err := uuid.Parse(form.Get("id"))
	if err != nil {
		bad = append(bad, fault.New(fault.Invalid, "this form is not whole").Hint("send it again"))
	}
	answers, more := readAnswers(form, questions)
	seen, _ := strconv.Atoi(form.Get("seen")) // of a form that does not say, nothing is checked
	return survey.Sent{ID: id, Seen: seen, Answers: answers, Done: form.Get("do") == "send"}, append(bad, more...)
}

// fresh gives a form that was refused a new id where the old one has been used for something else, or is none. Where newer
// answers stand against the form it is shown them: beside what was typed in the words of the fault, and in the fields that
// were left empty, so that the form, sent again, takes nothing back that it never showed.
func fresh(form url.Values, err error, questions []survey.Question, x *survey.Reply) {
	conflict := fault.Is(err, fault.Conflict)
	if _, bad := uuid.Parse(form.Get("id")); bad != nil || conflict {
		form.Set("id", ledger.NewID().String())
	}
	if !conflict || !form.Has("asked") {
		return
	}
	seen, _ := strconv.Atoi(form.Get("seen"))
	form.Set("seen", strconv.Itoa(x.Version))
	if fault.Of(err)[0].Field == "id" { // they went back and sent the same form with other answers
		return
	}
	stored := held(questions, x.Answers)
	for _, q := range questions {
		field, why := fieldOf(q.Key), whyOf(q.Key)
		if strings.TrimSpace(strings.Join(form[field], "")) == "" && form.Get(why) == "" && x.Answers[q.Key].Version > seen {
			form[field], form[why] = stored[field], stored[why]
		}
	}
}

// acknowledge keeps that they have the letter.
func acknowledge(v *desk.Visit) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	if err := v.Surveys.AcknowledgeByToken(v.Ctx(), v.R.PathValue("token")); err != nil {
		return drawLink(v, url.Values{}, err)
	}
	return v.Go(herePath(v) + "?saved=noted")
}

// explain keeps what they say to a query about one of their answers.
func explain(v *desk.Visit) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	key := form.Get("question")
	if key == "" {
		return drawLink(v, form, fault.New(fault.Invalid, "this form is not whole").Hint("send it again"))
	}
	if err := beside(v.Surveys.ExplainByToken(v.Ctx(), v.R.PathValue("token"), key, form.Get(key+".explained")), key+".explained"); err != nil {
		return drawLink(v, form, err)
	}
	return v.Go(herePath(v) + "?saved=heard")
}

// drawLink draws the form with what is stored, or with what was typed and what was wrong with it.
func drawLink(v *desk.Visit, form url.Values, cause error) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	pv := v.View(f.Round.Title)
	pv.Caption = f.Reply.Name
	pv.Flash = flash(v)
	questions := questionsOf(f.Round, f.Reply.Respondent)
	status := http.StatusOK
	if cause != nil {
		fresh(form, cause, questions, f.Reply)
		if !pv.Fail(cause, form) {
			return cause
		}
		aimed(&pv, questions, form.Get("question")+".explained")
		status = page.Status(cause)
	}
	if !form.Has("asked") { // nothing was typed into the form of questions
		pv.Form = held(questions, f.Reply.Answers)
		pv.Form.Set("id", ledger.NewID().String())
		for name, typed := range form {
			pv.Form[name] = typed
		}
	}
	b := linkBody{Here: herePath(v), Why: introduction(v, f), Open: f.Open, Contact: f.Round.Contact, Acknowledge: f.Open && f.Reply.Status == survey.Waiting}
	if f.Open {
		b.Form = formOf(pv, questions, f.Reply, true)
		for _, d := range f.Reply.Doubts {
			if !d.QueriedAt.IsZero() && d.Explained == "" {
				b.Queries = append(b.Queries, doubtOf(v, f.Round, d))
			}
		}
	} else {
		b.Answers = answersOf(f.Round, f.Reply)
		b.Typed = typedTable(form, questions)
	}
	pv.Body = b
	return pages.Render(v.W, status, "link", pv)
}

// typedTable is what somebody typed into a form that came too late, as they typed it: it is theirs to keep.
func typedTable(form url.Values, questions []survey.Question) page.Table {
	t := page.Table{Caption: "What you typed", Hide: true, Stack: true, Columns: page.Columns("Question", "What you typed")}
	for i := range questions {
		q := &questions[i]
		var words []string
		for _, typed := range slices.Concat(form[fieldOf(q.Key)], form[whyOf(q.Key)]) {
			if typed = strings.TrimSpace(typed); typed == "" {
				continue
			}
			if o := q.Option(typed); o != nil {
				typed = o.Words
			}
			if state := stateOf(strings.TrimPrefix(typed, reasonPrefix)); state != measure.NotAsked {
				typed = state.Words()
			}
			words = append(words, typed)
		}
		if len(words) > 0 {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(numbered(q)), page.TextCell(strings.Join(words, "; "))}})
		}
	}
	return t
}

// doubtsOf are the questions that a check asks about, each by its question, as long as nobody has explained.
func doubtsOf(r *survey.Reply) map[string]string {
	list := map[string]string{}
	for _, d := range r.Doubts {
		if d.Explained == "" {
			says := d.Says
			if says == "" {
				says = d.Asked
			}
			list[d.Question] = strings.TrimSpace(list[d.Question] + " " + page.Sentence(says))
		}
	}
	return list
}

// toThem turns what the room says of somebody's answers to themselves.
var toThem = strings.NewReplacer(
	"They answered", "You answered", "They bought", "You bought", "They say", "You say", "before they provided", "before you provided", "now they do not", "now you do not",
	"at the time they said", "at the time you said", "of their outlets", "of your outlets",
)

// introduction says who asks and why, by when, and what becomes public.
func introduction(v *desk.Visit, f *survey.Form) []string {
	nation := "the nation"
	if n := v.Snap.Area(f.Round.Nation); n != nil {
		nation = n.Name
	}
	who := "Who asks: the national naloxone team of " + nation + ", about " + f.Round.Period.String() + ". Why: to see where people can get take-home naloxone, and where they need help."
	list := []string{who}
	when := "Please answer by " + dateWords(f.Reply.DueOn) + "."
	if name := actName(f.Round.Act); name != "" {
		when += " This is a request under the " + name + "."
	}
	if f.Open && !unset(f.Reply.DueOn) {
		list = append(list, when)
	}
	return append(list, "Your answers become public, with the name of "+f.Reply.Name+", when the survey is published. An answer marked “not published” does not. Please write no person’s name.")
}

// sentPage thanks, and shows what is stored.
func sentPage(v *desk.Visit) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	if len(f.Reply.Answers) == 0 {
		return v.Go(herePath(v))
	}
	pv := v.View("Thank you")
	pv.Caption = f.Reply.Name
	b := sentBody{Here: herePath(v), Open: f.Open, Answers: answersOf(f.Round, f.Reply)}
	b.Panel = page.Panel{Title: "Thank you", Text: "Your answers are stored."}
	if f.Reply.Status == survey.InPart {
		b.Panel = page.Panel{Title: "Saved in part", Text: "Some questions are still open."}
	}
	for _, q := range f.Round.Questions {
		for _, d := range f.Reply.Doubts {
			if d.Question == q.Key && d.Explained == "" {
				b.Doubts = append(b.Doubts, strings.TrimSpace("Question "+q.Number+": ")+" "+toThem.Replace(page.Sentence(d.Says)))
			}
		}
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "sent", pv)
}

type sentBody struct {
	Here    string
	Panel   page.Panel
	Open    bool
	Doubts  []string
	Answers []answered
}
