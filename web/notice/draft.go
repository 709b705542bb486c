package notice

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// draftBody is the form in which a notice is written.
type draftBody struct {
	Back     string
	Actions  []page.Option
	Levels   []page.Option
	Classes  []page.Option
	Products []page.Option
	Rows     []draftRow
	Changes  bool // the action changes expiry dates
	Drill    bool
}

// draftRow is one line of the form: names of its fields, and its number as people count.
type draftRow struct {
	Number                        int
	Product, Lot, Expiry, Becomes string
}

// draftFields are those that a fault may stand beside, apart from the rows.
var draftFields = []string{
	"number", "regulator", "issued_on", "title", "action", "severity", "class", "level", "due_on", "text", "source", "paste", "paste_product",
}

// spareRows is how many empty rows the form ends with, and how many more each press of the button brings.
const spareRows = 3

func newDraft(v *desk.Visit) error {
	return drawDraft(v, nil, url.Values{"action": {""}, "level": {notice.Outlets.String()}}, 0, "", nil)
}

func editDraft(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	if n.State != notice.Draft {
		return v.Go(Path(n.ID))
	}
	return drawDraft(v, n, typedOf(v, n), 0, "", nil)
}

// typedOf gives a draft as its form holds it.
func typedOf(v *desk.Visit, n *notice.Notice) url.Values {
	form := url.Values{}
	for name, value := range map[string]string{
		"number": n.Number, "regulator": n.Regulator, "issued_on": n.IssuedOn.String(), "title": n.Title, "action": n.Action.String(),
		"severity": n.Severity, "level": n.Level.String(), "text": n.Text, "source": n.Source,
	} {
		form.Set(name, value)
	}
	if n.DueOn != civil.None {
		form.Set("due_on", n.DueOn.String())
	}
	if n.Class > 0 {
		form.Set("class", strconv.Itoa(n.Class))
	}
	rows := make([]typedRow, len(n.Lines))
	for i, l := range n.Lines {
		rows[i] = rowOf(v, l)
	}
	setRows(form, rows)
	return form
}

// sendDraft saves a draft, or does what another button of the form asks for and shows the form again: takes the pasted
// lots into rows, or brings more rows. What stands in the box for pasting is never lost by saving: it is taken in first.
func sendDraft(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var of *notice.Notice
	if v.R.PathValue("notice") != "" {
		if of, err = noticeOf(v); err != nil {
			return err
		}
	}
	rows := typedRows(form)
	said, bad := paste(v, form, &rows)
	setRows(form, rows)
	switch {
	case form.Get("do") == "rows":
		return drawDraft(v, of, form, 10, said, bad.Err())
	case form.Get("do") == "paste" || len(bad) > 0:
		if said == "" && len(bad) == 0 {
			bad = append(bad, fault.New(fault.Invalid, "there is nothing to add").At("paste").Hint("paste the lots, one a line"))
		}
		return drawDraft(v, of, form, 0, said, bad.Err())
	}
	n, bad := readDraft(v, form, rows)
	if of != nil {
		n.ID = of.ID
	}
	if err = bad.Err(); err == nil {
		if n.ID, err = v.Notices.Save(v.Ctx(), v.Who, n); err == nil {
			return v.Go(Path(n.ID) + "?saved=draft")
		}
	}
	return drawDraft(v, of, form, 0, "", err)
}

// paste takes the lots of the box into rows, and says how many there were. The lines that cannot be read stay in the box.
func paste(v *desk.Visit, form url.Values, rows *[]typedRow) (said string, bad fault.List) {
	text := form.Get("paste")
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	id, _ := strconv.Atoi(form.Get("paste_product"))
	lines, bad := notice.Paste(v.Snap, id, text)
	kept := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var left []string
	for _, f := range bad {
		if f.Field == "product" {
			f.Field = "paste_product"
			return "", bad
		}
		number, isLine := strings.CutPrefix(f.Field, "paste.")
		if at, err := strconv.Atoi(number); isLine && err == nil && at >= 1 && at <= len(kept) {
			left = append(left, kept[at-1])
		} else if !isLine {
			left = kept // too much of it: nothing is taken
			lines = nil
		}
		f.Field = "paste"
	}
	form.Set("paste", strings.Join(left, "\n"))
	for _, l := range lines {
		*rows = append(*rows, rowOf(v, l))
	}
	if len(lines) > 0 {
		said = page.Plural(int64(len(lines)), "lot is", "lots are") + " added below. Nothing is saved yet."
	}
	return said, bad
}

// readDraft reads the form. What the room checks itself it is left to check: an answer that is none is given to it as one
// that cannot be.
func readDraft(v *desk.Visit, form url.Values, rows []typedRow) (notice.Notice, fault.List) {
	n := notice.Notice{
		Number: form.Get("number"), Regulator: form.Get("regulator"), Title: form.Get("title"), Text: form.Get("text"), Source: form.Get("source"),
		Severity: form.Get("severity"), DueOn: civil.None, IssuedOn: civil.None,
	}
	var bad fault.List
	wrong := func(field string, err error) {
		for _, f := range fault.Of(err) {
			bad = append(bad, f.At(field))
		}
	}
	var err error
	n.Action, _ = notice.ParseAction(form.Get("action"))
	if n.Level, err = notice.ParseLevel(form.Get("level")); err != nil {
		n.Level = notice.People + 1
	}
	if s := strings.TrimSpace(form.Get("issued_on")); s != "" {
		if n.IssuedOn, err = civil.ParseDate(s); err != nil {
			wrong("issued_on", err)
		}
	}
	if s := strings.TrimSpace(form.Get("due_on")); s != "" {
		if n.DueOn, err = civil.ParseDate(s); err != nil {
			wrong("due_on", err)
		}
	}
	if s := form.Get("class"); s != "" {
		if n.Class, err = strconv.Atoi(s); err != nil {
			n.Class = -1
		}
	}
	lines, more := readRows(v, rows)
	n.Lines = lines
	return n, append(bad, more...)
}

// drawDraft draws the form with what it holds, more empty rows than usual where asked for, and what was wrong.
func drawDraft(v *desk.Visit, of *notice.Notice, form url.Values, more int, said string, cause error) error {
	pv := v.View("New notice")
	pv.Crumbs = []page.Link{{Text: "Notices", Href: "/notices"}}
	b := draftBody{Back: "/notices", Products: productOptions(v), Changes: form.Get("action") == notice.ChangeExpiry.String()}
	if of != nil {
		pv.Title, pv.Caption = "Change the draft", of.Number
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: title(of), Href: Path(of.ID)})
		b.Back, b.Drill = Path(of.ID), of.Drill
	}
	pv.Wide = true
	pv.Flash = said
	pv.Form = form
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
	}
	rows := typedRows(form)
	b.Rows = draftRows(len(rows) + spareRows + more)
	for i := range pv.Errors {
		if f := pv.Errors[i].Field; !slices.Contains(draftFields, f) && !strings.HasPrefix(f, "lines.") {
			pv.Errors[i].Field = ""
		}
	}
	for _, a := range notice.Actions {
		b.Actions = append(b.Actions, page.Option{Value: a.String(), Label: a.Words(), Hint: a.Explain()})
	}
	for _, l := range notice.Levels {
		b.Levels = append(b.Levels, page.Option{Value: l.String(), Label: l.Words()})
	}
	b.Classes = []page.Option{{Label: "Not given"}}
	for i, words := range []string{"at once", "within 2 days", "within 5 days", "take care"} {
		n := strconv.Itoa(i + 1)
		b.Classes = append(b.Classes, page.Option{Value: n, Label: "Class " + n + ": " + words})
	}
	pv.Body = b
	return pages.Render(v.W, status, "draft", pv)
}

func productOptions(v *desk.Visit) []page.Option {
	list := []page.Option{{Label: "Choose"}}
	for _, p := range v.Snap.Products() {
		list = append(list, page.Option{Value: strconv.Itoa(p.ID), Label: p.Name})
	}
	return list
}
