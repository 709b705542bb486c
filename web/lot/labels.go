package lot

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// The kinds of label.
const (
	stockLabel = "stock" // 62 by 29 mm, one a page: for a label printer
	sheetLabel = "sheet" // A4, 24 to a sheet
	kitCard    = "card"  // 85 by 55 mm: for the person
)

// A sheet of labels, as sold: 3 across and 8 down, 63.5 by 33.9 mm each.
const (
	aSheet     = 24
	mostLabels = 10 * aSheet
	mostInBox  = 1_000 // kits that one label may stand for
)

// labelsBody is the page on which labels are chosen.
type labelsBody struct {
	Path  string
	Site  string
	Plain string // why there is no GS1 code; empty if there is one
	Of    label
}

// labelsForm asks which labels, and how many.
func labelsForm(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	return t.drawLabels(nil)
}

func (t *traced) drawLabels(cause error) error {
	pv := t.view("Labels and cards for lot " + t.lot.Number)
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, t.R.URL.Query()) {
			return cause
		}
		status = page.Status(cause)
	}
	var err error
	if pv.Warning, err = t.mindNotices(); err != nil {
		return err
	}
	l, err := t.label(1)
	if err != nil {
		return err
	}
	pv.Body = labelsBody{Path: Path(t.lot.ID), Site: t.site(), Plain: l.Plain, Of: l}
	return pages.Render(t.W, status, "labels", pv)
}

// mindNotices warns whoever is about to label kits that may not be given out.
func (t *traced) mindNotices() (string, error) {
	open, err := t.Notices.OpenLots(t.Ctx(), t.ids()...)
	for _, l := range t.family {
		for _, n := range open[l.ID] {
			if n.Bars() {
				return "Notice " + n.Number + " names this lot. Do what it says before these kits are given out.", err
			}
		}
	}
	return "", err
}

// printBody is the labels themselves.
type printBody struct {
	Path   string
	What   string
	Sheets [][]*label // one of all labels that have a page each, or one a sheet; nil is a label that is left free
	Hint   string
}

// labelsPrint shows labels as they come out of the printer.
func labelsPrint(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	query := v.R.URL.Query()
	if len(query) == 0 { // an address typed by hand: one label
		query.Set("what", stockLabel)
	}
	asked, err := choiceOf(query)
	if err != nil {
		return t.drawLabels(err)
	}
	l, err := t.label(asked.kits)
	if err != nil {
		return err
	}
	if asked.what == kitCard {
		if l, err = t.card(); err != nil {
			return err
		}
	}
	pv := t.view("Labels for lot " + t.lot.Number)
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Labels", Href: Path(t.lot.ID) + "/labels"})
	b := printBody{Path: Path(t.lot.ID), What: asked.what, Sheets: asked.lay(&l), Hint: hints[asked.what]}
	if asked.what == kitCard {
		pv.Title = "Cards for lot " + t.lot.Number
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "print", pv)
}

// hints say what to set before printing.
var hints = map[string]string{
	stockLabel: "Labels of 62 by 29 mm, one a page. In the print window choose the label printer, no margins and 100%.",
	sheetLabel: "A4 sheets of 24 labels, 63.5 by 33.9 mm each. In the print window choose A4 and 100%.",
	kitCard:    "Cards of 85 by 55 mm, one a page. In the print window choose no margins and 100%.",
}

// choice is what was chosen on the form.
type choice struct {
	what        string
	count, kits int
	start       int // place of the first label on its sheet, 1 to 24
}

func choiceOf(asked url.Values) (choice, error) {
	var faults fault.List
	whole := func(field, what string, otherwise, most int) int {
		s := strings.TrimSpace(asked.Get(field))
		if s == "" {
			return otherwise
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > most {
			faults = append(faults, fault.New(fault.Invalid, "%s is a number from 1 to %d", what, most).At(field).Hint("write it in figures"))
			return otherwise
		}
		return n
	}
	c := choice{
		what: asked.Get("what"), count: whole("count", "how many", 1, mostLabels), kits: whole("kits", "how many kits", 1, mostInBox),
		start: whole("start", "the place on the sheet", 1, aSheet),
	}
	if hints[c.what] == "" {
		faults = append(faults, fault.New(fault.Invalid, "choose what to print").At("what"))
	}
	return c, faults.Err()
}

// lay puts copies of a label on sheets.
func (c choice) lay(l *label) [][]*label {
	var all []*label
	if c.what == sheetLabel {
		all = make([]*label, c.start-1)
	}
	for range c.count {
		all = append(all, l)
	}
	if c.what != sheetLabel {
		return [][]*label{all}
	}
	var sheets [][]*label
	for len(all) > 0 {
		n := min(len(all), aSheet)
		sheets, all = append(sheets, all[:n]), all[n:]
	}
	return sheets
}
