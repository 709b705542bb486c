package survey

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// roundBody is the form in which a round begins, or is changed before it is sent.
type roundBody struct {
	Back    string
	Periods []page.Option
	Acts    []page.Option
	Kinds   []page.Option // whom to ask; only of a new one
}

// firstYear is the first financial year that a round can ask about.
const firstYear = 2012

func newRound(v *desk.Visit) error {
	last := civil.FinancialYearOf(v.Ledger.Today()).Before()
	form := url.Values{"period": {last.Slug()}, "kinds": {"authorities"}, "act": {survey.Act2000.String()}}
	if n := v.Area.Code; strings.HasPrefix(n, "S") {
		form.Set("act", survey.ActScotland.String())
	}
	return drawRound(v, nil, form, nil)
}

func editRound(v *desk.Visit) error {
	r, err := draftOf(v)
	if err != nil {
		return err
	}
	form := url.Values{"title": {r.Title}, "key": {r.Key}, "contact": {r.Contact}, "period": {r.Period.Slug()}, "act": {r.Act.String()}}
	for field, day := range map[string]civil.Date{"due_on": r.DueOn, "closes_on": r.ClosesOn} {
		if !unset(day) {
			form.Set(field, day.String())
		}
	}
	return drawRound(v, r, form, nil)
}

// saveRound keeps a draft: a new one with the built-in questions of whom it asks, or what is changed of one.
func saveRound(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var r *survey.Round
	made := survey.Round{Nation: v.Area.ID, SentOn: civil.None, ClosedOn: civil.None}
	if v.R.PathValue("round") != "" {
		if r, err = draftOf(v); err != nil {
			return err
		}
		made = *r
	}
	bad := readRound(v, form, &made)
	if r == nil {
		made.Questions, err = chosen(form["kinds"])
		for _, f := range fault.Of(err) {
			bad = append(bad, f)
		}
	}
	if err = bad.Err(); err == nil {
		if err = v.Surveys.Save(v.Ctx(), v.Who, &made); err == nil && r == nil {
			err = firstRespondents(v, &made, form["kinds"])
		}
	}
	if err != nil {
		return drawRound(v, r, form, err)
	}
	return v.Go(pathOf(v, &made) + "?saved=draft")
}

// readRound reads the fields of the form into a round. What the room checks itself it is left to check.
func readRound(v *desk.Visit, form url.Values, r *survey.Round) fault.List {
	var bad fault.List
	var err error
	r.Title, r.Key, r.Contact = form.Get("title"), form.Get("key"), form.Get("contact")
	if r.Period, err = civil.ParseSlug(form.Get("period")); err != nil || !r.Period.IsFinancialYear() {
		bad = append(bad, fault.New(fault.Invalid, "choose the year that the round asks about").At("period"))
	}
	act, ok := parseAct(form.Get("act"))
	if !ok {
		bad = append(bad, fault.New(fault.Invalid, "choose the law whose clock the round runs by, or none").At("act"))
	}
	r.Act = act
	for field, to := range map[string]*civil.Date{"due_on": &r.DueOn, "closes_on": &r.ClosesOn} {
		*to = civil.None
		if s := strings.TrimSpace(form.Get(field)); s != "" {
			if *to, err = civil.ParseDate(s); err != nil {
				bad = append(bad, fault.New(fault.Invalid, "%.20q is not a date", s).At(field).Hint("write it like 2026-11-23"))
			}
		}
	}
	return bad
}

// chosen are the built-in questions of those who are asked.
func chosen(kinds []string) ([]survey.Question, error) {
	var list []survey.Question
	for _, q := range survey.Template() {
		for _, k := range kinds {
			if kind, ok := kindKeys[k]; ok && q.IsFor(kind) {
				list = append(list, q)
				break
			}
		}
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "choose whom to ask").At("kinds")
	}
	return list, nil
}

// firstRespondents are those a new round asks: the authorities are there from the start, and go if nobody wants them;
// prisons are those that have an outlet in the nation.
func firstRespondents(v *desk.Visit, r *survey.Round, kinds []string) error {
	var all []survey.Respondent
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	if err != nil {
		return err
	}
	if slices.Contains(kinds, "authorities") {
		all = respondents(replies)
	}
	if slices.Contains(kinds, "prisons") {
		prisons, err := v.Surveys.Prisons(v.Ctx(), r.Nation, r.Period)
		if err != nil {
			return err
		}
		all = append(all, prisons...)
	}
	if slices.Contains(kinds, "authorities") && len(all) == len(replies) {
		return nil
	}
	return v.Surveys.SaveRespondents(v.Ctx(), v.Who, r.ID, all)
}

func drawRound(v *desk.Visit, r *survey.Round, form url.Values, cause error) error {
	pv := view(v, "New round", r)
	b := roundBody{Back: allPath(v), Acts: acts, Kinds: kindOptions}
	if r != nil {
		pv.Title = "Change the draft"
		b.Back, b.Kinds = pathOf(v, r), nil
	}
	pv.Form = form
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		called(&pv, map[string]string{"title": "The title"})
		aimed(&pv, nil, "title", "period", "act", "due_on", "closes_on", "key", "kinds", "contact")
	}
	for p := civil.FinancialYearOf(v.Ledger.Today()); p.First() >= civil.FinancialYear(firstYear).First(); p = p.Before() {
		b.Periods = append(b.Periods, page.Option{Value: p.Slug(), Label: p.String()})
	}
	pv.Body = b
	return pages.Render(v.W, status, "round", pv)
}
