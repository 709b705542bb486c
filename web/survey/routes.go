package survey

import (
	"embed"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Where all addresses of a nation's rounds, of one round, and of one of those it asks begin.
const (
	atAll   = "/nation/{nation}/survey"
	atRound = atAll + "/{round}"
	atReply = atRound + "/respondents/{number}"
)

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	{Pattern: "GET /survey", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: list},
	{Pattern: "GET " + atAll, Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: list},
	{Pattern: "GET " + atAll + "/new", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: newRound},
	{Pattern: "POST " + atAll + "/new", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: saveRound},
	{Pattern: "GET " + atAll + "/compare", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: compare},

	{Pattern: "GET " + atRound, Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: progress},
	{Pattern: "GET " + atRound + "/edit", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: editRound},
	{Pattern: "POST " + atRound + "/edit", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: saveRound},
	{Pattern: "GET " + atRound + "/questions", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: questionsForm},
	{Pattern: "POST " + atRound + "/questions", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: saveQuestions},
	{Pattern: "GET " + atRound + "/respondents", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: respondentsForm},
	{Pattern: "POST " + atRound + "/respondents", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: saveRespondents},
	{Pattern: "GET " + atRound + "/letter", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: letterForm},
	{Pattern: "POST " + atRound + "/letter", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: saveLetter},
	{Pattern: "GET " + atRound + "/send", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: sendPage},
	{Pattern: "POST " + atRound + "/send", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: send},
	{Pattern: "GET " + atRound + "/remind", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: remindPage},
	{Pattern: "POST " + atRound + "/remind", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: remind},
	{Pattern: "GET " + atRound + "/close", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: closePage},
	{Pattern: "POST " + atRound + "/close", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: closeRound},
	{Pattern: "GET " + atRound + "/publish", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: publishPage},
	{Pattern: "POST " + atRound + "/publish", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: publish},
	{Pattern: "GET " + atRound + "/print", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: printForm},
	{Pattern: "GET " + atRound + "/answers.csv", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: answersFile},
	{Pattern: "GET " + atRound + "/findings", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: findingsPage},
	{Pattern: "GET " + atRound + "/findings.pdf", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: findingsPDF},

	{Pattern: "GET " + atReply, Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: replyPage},
	{Pattern: "POST " + atReply, Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: deed},
	{Pattern: "GET " + atReply + "/answer", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: answerForm},
	{Pattern: "POST " + atReply + "/answer", Scope: desk.AtNation, Deed: staff.RunSurvey, Handle: answer},
	{Pattern: "GET " + atReply + "/letter", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: attached},
	{Pattern: "GET " + atReply + "/print", Scope: desk.AtNation, Deed: staff.SeeSurvey, Handle: printForm},

	{Pattern: "GET /areas/{area}/survey", Scope: desk.AtArea, Deed: staff.SeeSurvey, Handle: areaPage},
	{Pattern: "GET /areas/{area}/survey/{round}", Scope: desk.AtArea, Deed: staff.SeeSurvey, Handle: areaPage},

	{Pattern: "GET /s/{token}", Scope: desk.Public, Handle: linkPage},
	{Pattern: "POST /s/{token}", Scope: desk.Public, Handle: linkAnswer},
	{Pattern: "GET /s/{token}/sent", Scope: desk.Public, Handle: sentPage},
	{Pattern: "GET /s/{token}/print", Scope: desk.Public, Handle: linkPrint},
	{Pattern: "POST /s/{token}/acknowledge", Scope: desk.Public, Handle: acknowledge},
	{Pattern: "POST /s/{token}/explain", Scope: desk.Public, Handle: explain},

	{Pattern: "GET /findings", Scope: desk.Public, Handle: published},
	{Pattern: "GET /findings/{round}", Scope: desk.Public, Handle: publicFindings},
}

// allPath is the address of a nation's rounds.
func allPath(v *desk.Visit) string { return "/nation/" + v.Area.Code + "/survey" }

// Path is the address of a round among those of a nation.
func Path(nation, round string) string { return "/nation/" + nation + "/survey/" + round }

// PublicPath is where everybody reads the findings of a published round.
func PublicPath(round string) string { return "/findings/" + round }

func pathOf(v *desk.Visit, r *survey.Round) string { return Path(v.Area.Code, r.Key) }

func replyPath(v *desk.Visit, r *survey.Round, number int) string {
	return pathOf(v, r) + "/respondents/" + strconv.Itoa(number)
}

// runs reports whether this person may do more than read.
func runs(v *desk.Visit) bool { return v.May(staff.RunSurvey) }

// roundOf finds the round that an address names, among those of its nation. A draft is there only for those who write it.
func roundOf(v *desk.Visit) (*survey.Round, error) {
	r, err := v.Surveys.Round(v.Ctx(), v.R.PathValue("round"))
	if err != nil {
		return nil, err
	}
	if r.Nation != v.Area.ID || (r.State == survey.Draft && !runs(v)) {
		return nil, noSuch()
	}
	return r, nil
}

// draftOf is roundOf for what can only be done before a round is sent.
func draftOf(v *desk.Visit) (*survey.Round, error) {
	r, err := roundOf(v)
	if err == nil && r.State != survey.Draft {
		return nil, fault.New(fault.Refused, "this round has been sent, and its questions stand").Hint("go back to the round")
	}
	return r, err
}

func noSuch() error {
	return fault.New(fault.NotFound, "there is no such round here").Hint("choose one from the list of rounds")
}

// replyOf finds one of those that a round asks.
func replyOf(v *desk.Visit) (*survey.Round, *survey.Reply, error) {
	r, err := roundOf(v)
	if err != nil {
		return nil, nil, err
	}
	n, err := strconv.Atoi(v.R.PathValue("number"))
	if err != nil || n < 1 || n > 1<<31-1 {
		return nil, nil, fault.New(fault.NotFound, "this round asks nobody of that number").Hint("choose one from the page of the round")
	}
	reply, err := v.Surveys.Reply(v.Ctx(), r.ID, n)
	return r, reply, err
}

// view begins a page of a round.
func view(v *desk.Visit, title string, r *survey.Round) page.View {
	pv := v.View(title)
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: "/nation/" + v.Area.Code}, {Text: "Survey", Href: allPath(v)}}
	if r != nil {
		pv.Caption = r.Title
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: r.Title, Href: pathOf(v, r)})
	}
	pv.Flash = flash(v)
	return pv
}

// unset reports whether a day has not been set: a round that was never sent has none.
func unset(d civil.Date) bool { return d == civil.None || d == 0 }
