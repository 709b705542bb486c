package outlet

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
	"everykit/web/scanning"
)

// deed is a form and what is made of its answers.
type deed struct {
	page   string // its template
	title  string
	fields []string // those that a fault may stand beside; any other fault stands over the form
	draw   func(*desk.Visit, *answers) (any, error)
	// save does the deed and gives the address to go on to; an empty one draws the form again as it was typed.
	save func(*desk.Visit, *answers) (to string, err error)

	// A form with a scan field has the field's box, and what a code does to the form.
	box  func(*desk.Visit) *page.Scan
	rule scanning.Rule
}

// common is what the form of every deed needs.
type common struct {
	ID   string // of the entry that the form makes
	Home string // the outlet's page
}

// form shows the form empty. What its address proposes (a lot, a reason) is filled in.
func (d deed) form(v *desk.Visit) error {
	return d.show(v, &answers{start: v.R.URL.Query()}, scanning.Answer{}, nil)
}

// send does the deed, or shows the form again with what was wrong. A form that was sent to be filled in by a code is shown
// again with what the code says, and nothing is done.
func (d deed) send(v *desk.Visit) error {
	sent, err := scanning.Read(v)
	if err != nil {
		return err
	}
	a := &answers{typed: sent.Values, start: url.Values{}}
	if d.rule != nil && sent.Pressed() {
		said, err := sent.Answer(v, d.rule)
		if err == nil {
			said.Into(a.typed)
		}
		return d.show(v, a, said, err)
	}
	to, err := d.save(v, a)
	if err == nil && to != "" {
		return v.Go(to)
	}
	return d.show(v, a, scanning.Answer{}, err)
}

func (d deed) show(v *desk.Visit, a *answers, said scanning.Answer, cause error) error {
	pv := view(v, d.title)
	if d.box != nil {
		pv.Scan = d.box(v)
		said.Box(pv.Scan)
	}
	status := http.StatusOK
	if a.typed != nil {
		a.keepID()
		pv.Form = a.typed
	}
	if cause != nil {
		if !pv.Fail(onForm(cause), a.typed) {
			return cause
		}
		status = page.Status(cause)
		for i := range pv.Errors {
			if !slices.Contains(d.fields, pv.Errors[i].Field) {
				pv.Errors[i].Field = ""
			}
		}
	}
	body, err := d.draw(v, a)
	if err != nil {
		return err
	}
	pv.Body = body
	return pages.Render(v.W, status, d.page, pv)
}

// onForm lets a form come back, with all that was typed, where the ledger cannot answer just now.
func onForm(err error) error {
	if !fault.Is(err, fault.Unavailable) {
		return err
	}
	var list fault.List
	for _, f := range fault.Of(err) {
		list = append(list, fault.New(fault.Refused, "%s", f.Message).At(f.Field).Hint("%s", f.Next).Because(f.Unwrap()))
	}
	return list
}

// begin gives what every form needs. A form shown again keeps its id; a fresh one has a new one.
func begin(v *desk.Visit) common {
	return common{ID: ledger.NewID().String(), Home: desk.OutletPath(v.Outlet.ID)}
}

// view begins a page of this outlet.
func view(v *desk.Visit, title string) page.View {
	pv := v.View(title)
	pv.Caption = v.Outlet.Name
	pv.Crumbs = append(above(v), page.Link{Text: v.Outlet.Name, Href: desk.OutletPath(v.Outlet.ID)})
	return pv
}

// above leads to where this person's work at several outlets begins, if they have it.
func above(v *desk.Visit) []page.Link {
	if home := desk.Home(v.Snap, v.Who); home != desk.OutletPath(v.Outlet.ID) && v.Area != nil {
		if home == "/areas/"+v.Area.Code {
			return []page.Link{{Text: v.Area.Name, Href: home}}
		}
		if home == "/outlets" {
			return []page.Link{{Text: "My outlets", Href: home}}
		}
	}
	return nil
}

// entryPath is the address of an entry of this outlet.
func entryPath(v *desk.Visit, id uuid.UUID) string {
	return desk.OutletPath(v.Outlet.ID) + "/entries/" + id.String()
}
