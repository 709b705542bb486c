package survey

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/mail"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type respondentsBody struct {
	Back  string
	Rows  []respondentRow
	Kinds []page.Option
	Whole string
}

// respondentRow is one of those asked: the names of its fields.
type respondentRow struct {
	Number                int
	Name, Under, Code     string
	CodeField, Email, Out string
}

func respondentField(i int, part string) string { return "rows." + strconv.Itoa(i) + "." + part }

// mostPasted bounds what a box for pasting takes.
const mostPasted = 5000

func respondentsForm(v *desk.Visit) error {
	r, list, err := drafted(v)
	if err != nil {
		return err
	}
	return drawRespondents(v, r, list, typedRespondents(list, nil), nil)
}

// drafted is a draft and those it asks.
func drafted(v *desk.Visit) (*survey.Round, []survey.Respondent, error) {
	r, err := draftOf(v)
	if err != nil {
		return nil, nil, err
	}
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	return r, respondents(replies), err
}

// typedRespondents gives those asked as the form holds them; what else was typed stays.
func typedRespondents(list []survey.Respondent, form url.Values) url.Values {
	typed := url.Values{}
	for name, value := range form {
		if !strings.HasPrefix(name, "rows.") {
			typed[name] = value
		}
	}
	for i, r := range list {
		typed.Set(respondentField(i, "code"), r.Code)
		typed.Set(respondentField(i, "email"), r.Email)
	}
	return typed
}

// saveRespondents reads the table, then what was pasted: nothing is kept unless all of it can be read.
func saveRespondents(v *desk.Visit) error {
	r, list, err := drafted(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	var bad fault.List
	var kept []survey.Respondent
	for i, one := range list {
		if form.Get(respondentField(i, "code")) != one.Code {
			return drawRespondents(v, r, list, typedRespondents(list, form), fault.New(fault.Conflict, "somebody else has changed this list since the page was opened").Hint("look at it, then make your changes again"))
		}
		if form.Get(respondentField(i, "out")) == "yes" {
			continue
		}
		one.Email = strings.TrimSpace(form.Get(respondentField(i, "email")))
		if one.Email != "" && mail.CheckAddress(one.Email) != nil {
			bad = append(bad, fault.New(fault.Invalid, "the address of %s cannot be one", one.Name).At(respondentField(i, "email")).Hint("write it like name@example.org"))
		}
		kept = append(kept, one)
	}
	bad = append(bad, pasteAddresses(form.Get("paste"), kept)...)
	more, others := pasteOthers(v, form)
	if bad = append(bad, others...); len(bad) == 0 {
		all := append(kept, more...)
		if err = v.Surveys.SaveRespondents(v.Ctx(), v.Who, r.ID, all); err == nil {
			err = askToo(v, r, all)
		}
	} else {
		err = bad
	}
	if err != nil {
		return drawRespondents(v, r, list, form, err)
	}
	return v.Go(pathOf(v, r) + "?saved=respondents")
}

// askToo gives a draft the built-in questions of those it asks and has no question for: prisons that were added later.
func askToo(v *desk.Visit, r *survey.Round, all []survey.Respondent) error {
	changed := *r
	changed.Questions = slices.Clone(r.Questions)
	for _, kind := range survey.RespondentKinds() {
		asked := slices.ContainsFunc(all, func(x survey.Respondent) bool { return x.Kind == kind })
		if !asked || len(r.QuestionsOf(kind)) > 0 {
			continue
		}
		for _, q := range survey.Template() {
			if q.IsFor(kind) && !slices.ContainsFunc(changed.Questions, func(has survey.Question) bool { return has.Key == q.Key }) {
				changed.Questions = append(changed.Questions, q)
			}
		}
	}
	if len(changed.Questions) == len(r.Questions) {
		return nil
	}
	return v.Surveys.Save(v.Ctx(), v.Who, &changed)
}

// pasted parts a box at its lines, and each line at its commas, semicolons or tabs.
func pasted(text string, cells int) (rows [][]string, long bool) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if len(rows) == mostPasted {
			return rows, true
		}
		separator := ","
		for _, s := range []string{"\t", ";"} {
			if strings.Contains(line, s) {
				separator = s
			}
		}
		row := strings.SplitN(line, separator, cells)
		for i := range row {
			row[i] = strings.Trim(strings.TrimSpace(row[i]), `"`)
		}
		rows = append(rows, row)
	}
	return rows, false
}

// pasteAddresses puts the addresses of lines "code, e-mail" to those they belong to.
func pasteAddresses(text string, list []survey.Respondent) fault.List {
	var bad fault.List
	rows, long := pasted(text, 2)
	if long {
		return fault.List{fault.New(fault.Invalid, "these are more than %d lines", mostPasted).At("paste").Hint("paste them in parts")}
	}
	for n, row := range rows {
		i := slices.IndexFunc(list, func(r survey.Respondent) bool {
			return strings.EqualFold(r.Code, row[0]) || strings.EqualFold(r.Name, row[0])
		})
		switch {
		case n == 0 && i < 0 && strings.EqualFold(row[0], "code"): // the heads of the columns
		case i < 0:
			bad = append(bad, fault.New(fault.Invalid, "line %d: this round asks nobody called %.40q", n+1, row[0]).At("paste").Hint("write the code as in the table"))
		case len(row) < 2 || mail.CheckAddress(row[1]) != nil:
			bad = append(bad, fault.New(fault.Invalid, "line %d: the address of %s cannot be one", n+1, list[i].Name).At("paste").Hint("write a code, a comma, an e-mail address"))
		default:
			list[i].Email = row[1]
		}
	}
	return bad
}

// pasteOthers reads lines "code, name, authority's code, e-mail" of prisons and young offender institutions.
func pasteOthers(v *desk.Visit, form url.Values) ([]survey.Respondent, fault.List) {
	var list []survey.Respondent
	var bad fault.List
	rows, long := pasted(form.Get("others"), 4)
	if long {
		return nil, fault.List{fault.New(fault.Invalid, "these are more than %d lines", mostPasted).At("others").Hint("paste them in parts")}
	}
	kind, ok := kindKeys[form.Get("others_kind")]
	if len(rows) > 0 && !ok {
		bad = append(bad, fault.New(fault.Invalid, "choose what kind they are").At("others_kind"))
	}
	for n, row := range rows {
		if len(row) < 3 || row[0] == "" || row[1] == "" {
			bad = append(bad, fault.New(fault.Invalid, "line %d is not whole", n+1).At("others").Hint("write a code, a name and the code of the authority, with commas between"))
			continue
		}
		one := survey.Respondent{Kind: kind, Code: row[0], Name: row[1]}
		area, found := v.Snap.AreaByCode(row[2])
		if !found {
			bad = append(bad, fault.New(fault.Invalid, "line %d: there is no authority %.20q", n+1, row[2]).At("others"))
			continue
		}
		one.Area = area.ID
		if len(row) > 3 {
			one.Email = row[3]
		}
		if one.Email != "" && mail.CheckAddress(one.Email) != nil {
			bad = append(bad, fault.New(fault.Invalid, "line %d: the address of %s cannot be one", n+1, one.Name).At("others").Hint("write it like name@example.org"))
		}
		list = append(list, one)
	}
	return list, bad
}

func drawRespondents(v *desk.Visit, r *survey.Round, list []survey.Respondent, form url.Values, cause error) error {
	pv := view(v, "Who is asked", r)
	pv.Wide = true
	pv.Form = form
	b := respondentsBody{Back: pathOf(v, r), Whole: whole(list), Kinds: []page.Option{{Label: "Choose"}}}
	for _, o := range kindOptions[1:] {
		b.Kinds = append(b.Kinds, page.Option{Value: o.Value, Label: o.Label})
	}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		for i, e := range pv.Errors {
			if !strings.HasPrefix(e.Field, "rows.") && !slices.Contains([]string{"paste", "others", "others_kind"}, e.Field) {
				pv.Errors[i].Field = ""
			}
		}
	}
	for i, one := range list {
		row := respondentRow{
			Number: i + 1, Name: one.Name, Under: one.Code, Code: one.Code,
			CodeField: respondentField(i, "code"), Email: respondentField(i, "email"), Out: respondentField(i, "out"),
		}
		if area := v.Snap.Area(one.Area); one.Kind != survey.Authority && area != nil {
			row.Under += ", " + one.Kind.Words() + " in " + area.Name
		}
		b.Rows = append(b.Rows, row)
	}
	pv.Body = b
	return pages.Render(v.W, status, "respondents", pv)
}
