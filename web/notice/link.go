package notice

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// linkBody is the page behind a personal link.
type linkBody struct {
	Do       []string
	Facts    []page.Fact
	Text     []string
	Lots     page.Table
	About    []string // names of outlets
	Outlets  []page.Option
	ID       string
	Open     bool
	Answered bool
	Counts   bool // asks for numbers
	Good     string
	Faulty   string
	Press    string
}

// linkPage shows a notice to somebody without an account.
func linkPage(v *desk.Visit) error { return drawLink(v, nil, nil) }

// linkAnswer keeps what they say.
func linkAnswer(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	a, err := readLink(form)
	if err == nil {
		if err = v.Notices.AnswerByToken(v.Ctx(), v.R.PathValue("token"), a); err == nil {
			return v.Go(v.R.URL.Path + "?saved=answered")
		}
	}
	if fault.Is(err, fault.Conflict) || form.Get("id") == "" {
		form.Set("id", ledger.NewID().String())
	}
	return drawLink(v, form, err)
}

func readLink(form url.Values) (notice.LinkAnswer, error) {
	var bad fault.List
	a := notice.LinkAnswer{Note: form.Get("note")}
	var err error
	if a.ID, err = uuid.Parse(form.Get("id")); err != nil {
		bad = append(bad, fault.New(fault.Invalid, "this form is not whole").Hint("send it again"))
	}
	if text := form.Get("outlet"); text != "" {
		if a.Outlet, err = strconv.Atoi(text); err != nil || a.Outlet < 0 {
			bad = append(bad, fault.New(fault.Invalid, "choose an outlet").At("outlet"))
		}
	}
	a.Checked, _ = kitsIn(form, "checked", &bad)
	a.Faulty, _ = kitsIn(form, "faulty", &bad)
	a.Replaced, _ = kitsIn(form, "replaced", &bad)
	return a, bad.Err()
}

func drawLink(v *desk.Visit, form url.Values, cause error) error {
	view, err := v.Notices.ByToken(v.Ctx(), v.R.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		pv := v.View("This link does not work")
		return pages.Render(v.W, http.StatusNotFound, "nolink", pv)
	}
	if err != nil {
		return err
	}
	n := view.Notice
	pv := v.View(title(n))
	pv.Caption = "Notice " + n.Number
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	if n.Drill {
		pv.Warning = "This is a drill. Please do all you would do for a real notice. Nothing is wrong with these kits."
	}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		for i, e := range pv.Errors {
			switch e.Field {
			case "outlet", "checked", "faulty", "replaced", "note":
			default:
				pv.Errors[i].Field = ""
			}
		}
	}
	b := linkBody{
		Facts: facts(v, n), Text: paragraphs(n.Text), Lots: linkLots(v, n), ID: ledger.NewID().String(), Open: view.Open(), Answered: !view.AnsweredAt.IsZero(),
		Press: "I have read this",
	}
	b.Do = paperSteps(n.Action)
	b.Do[len(b.Do)-1] = "Tell us below that you have done it."
	switch n.Action {
	case notice.Check:
		b.Counts, b.Good, b.Faulty, b.Press = true, "Good kits", "Faulty kits", "Send"
	case notice.Withdraw:
		b.Counts, b.Faulty, b.Press = true, "Kits put aside", "Send"
	}
	for _, t := range view.Outlets {
		b.About = append(b.About, outletName(v, t.Outlet))
		b.Outlets = append(b.Outlets, page.Option{Value: strconv.Itoa(t.Outlet), Label: outletName(v, t.Outlet)})
	}
	if len(b.Outlets) > 1 {
		b.Outlets = append([]page.Option{{Value: "0", Label: "All of them together"}}, b.Outlets...)
	} else {
		b.Outlets = nil
	}
	pv.Body = b
	return pages.Render(v.W, status, "link", pv)
}

// linkLots are the lots, which lead nowhere: their pages need an account.
func linkLots(v *desk.Visit, n *notice.Notice) page.Table {
	plain := *n
	plain.Lines = make([]notice.Line, len(n.Lines))
	for i, l := range n.Lines {
		l.Lot = 0
		plain.Lines[i] = l
	}
	return lotsTable(v, &plain)
}
