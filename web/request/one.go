package request

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/request"
	"everykit/web/desk"
	"everykit/web/page"
)

type oneBody struct {
	Facts   []page.Fact
	Approve bool
	Send    bool
	Refuse  bool
	Gave    bool
	Lots    []page.Option
	First   string
	NoKit   bool // nothing on the shelf can be sent
	Shelf   string
	Button  string
	Label   string
	At      string // the form that was sent, shown open
}

func one(v *desk.Visit) error { return drawOne(v, nil, nil) }

// flashes are what is said after a deed.
var flashes = map[string]string{
	"approve": "Approved. Pick a kit and send it.", "refuse": "Refused. Whoever asked can read why.",
	"send": "The kit has left the shelf. Print the label if you have not.", "ready": "The kit has left the shelf and is ready to be collected.", "gave": "Collected.",
}

func drawOne(v *desk.Visit, form url.Values, wrong error) error {
	o, err := enterOffice(v)
	if err != nil {
		return err
	}
	r, offer, err := o.found()
	if err != nil {
		return err
	}
	b := oneBody{Facts: o.facts(r), Gave: r.State == request.Ready && !r.Reversed}
	waits := r.State == request.Asked || r.State == request.Approved
	if o.sends(offer) && (waits || r.Reversed && !r.Erased) {
		b.Approve, b.Send, b.Refuse = r.State == request.Asked && !r.Sending, true, !r.Sending
		if b.Lots, b.First, err = o.lots(offer, r); err != nil {
			return err
		}
		b.NoKit = !slices.ContainsFunc(b.Lots, func(l page.Option) bool { return !l.Disabled })
		b.Shelf, b.Button = desk.OutletPath(offer.Outlet), "Send it"
		if r.How == request.ToCollect {
			b.Button = "Put it aside"
		}
		if r.Sending { // its kit may have left the shelf already: no other is chosen
			b.Lots, b.NoKit = nil, false
		}
	}
	if r.How == request.ByPost && !r.Erased && r.Address != "" {
		b.Label = o.path(r) + "/label"
	}
	pv := v.View("A request")
	pv.Caption = v.Area.Name // and not the reference: titles are kept in the history of a browser
	pv.Crumbs = append(o.up(), page.Link{Text: "Requests", Href: o.base})
	pv.Form = url.Values{"version": {versionOf(r.Version)}, "lot": {b.First}}
	status := http.StatusOK
	if wrong == nil {
		pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	} else {
		for _, name := range []string{"lot", "why"} {
			if form.Has(name) {
				pv.Form.Set(name, form.Get(name))
			}
		}
		if !pv.Fail(wrong, pv.Form) {
			return wrong
		}
		status, b.At = page.Status(wrong), form.Get("do")
		for i, e := range pv.Errors {
			if e.Field != "lot" && e.Field != "why" || e.Field == "lot" && len(b.Lots) == 0 || e.Field == "why" && !b.Refuse {
				pv.Errors[i].Field = ""
			}
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "one", pv)
}

// forWords say for whom a kit is.
var forWords = map[request.For]string{request.Myself: "Whoever asks", request.SomeoneIKnow: "Somebody they know", request.Work: "Their work"}

// facts are what those who send need to know. Names and addresses stand here and on the label, nowhere else.
func (o *office) facts(r *request.Request) []page.Fact {
	list := []page.Fact{
		{Key: "Reference", Value: page.TextCell(r.Reference)},
		{Key: "State", Value: page.TagCell(stateTag(r)).Under(r.Why)},
		{Key: "What", Value: page.TextCell(whatWords(o.Snap, r))},
		{Key: "For", Value: page.TextCell(forWords[r.For])},
		{Key: "Asked", Value: page.TextCell(o.Ledger.Day(r.AskedAt).Words())},
	}
	add := func(key, text string) {
		if text != "" {
			list = append(list, page.Fact{Key: key, Value: page.TextCell(text)})
		}
	}
	if r.Erased {
		add("Name and address", "Deleted")
	} else {
		add("Name", r.Name)
		add("Address", strings.ReplaceAll(r.Address, "\n", ", "))
		add("Contact", r.Contact)
		if r.Name+r.Address+r.Contact != "" && !r.EraseBy.IsZero() {
			add("Deleted by", o.Ledger.Day(r.EraseBy).Words())
		}
	}
	if r.OldEnough {
		add("Age", "Said that they are old enough for the licence")
	}
	cardsWords := "Skipped"
	if r.Trained {
		cardsWords = "Read"
	}
	add("How to use it", cardsWords)
	if out := o.Snap.Outlet(r.Outlet); out != nil && (r.State == request.Sent || r.State == request.Ready || r.State == request.Collected) {
		list = append(list, page.Fact{Key: "From the shelf of", Value: page.LinkCell(out.Name, desk.OutletPath(out.ID)+"/entries/"+r.Supply.String())})
	}
	return list
}

// handle does what a form of a request's page asks for.
func handle(v *desk.Visit) error {
	o, err := enterOffice(v)
	if err != nil {
		return err
	}
	r, _, err := o.found()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	do, version, said := form.Get("do"), versionIn(form), form.Get("do")
	switch do {
	case "approve":
		err = v.Requests.Approve(v.Ctx(), v.Who, r.Area, r.ID, version)
	case "refuse":
		err = v.Requests.Refuse(v.Ctx(), v.Who, r.Area, r.ID, version, form.Get("why"))
	case "send":
		lot := 0
		if form.Get("lot") != "" {
			if lot, err = strconv.Atoi(form.Get("lot")); err != nil || lot < 1 {
				return drawOne(v, form, fault.New(fault.Invalid, "choose a lot from the list").At("lot"))
			}
		}
		err = v.Requests.Send(v.Ctx(), v.Who, r.Area, r.ID, version, lot)
		if r.How == request.ToCollect {
			said = "ready"
		}
	case "gave":
		err = v.Requests.Gave(v.Ctx(), v.Who, r.Area, r.ID, version)
	default:
		err = fault.New(fault.Invalid, "nothing was done").Hint("press one of the buttons on this page")
	}
	if err != nil {
		return drawOne(v, form, err)
	}
	return v.Go(o.path(r) + "?saved=" + said)
}

// label is what is written on the envelope, to be printed.
func label(v *desk.Visit) error {
	o, err := enterOffice(v)
	if err != nil {
		return err
	}
	r, _, err := o.found()
	if err != nil {
		return err
	}
	lines, err := v.Requests.Label(v.Ctx(), v.Who, r.Area, r.ID)
	if err != nil {
		return err
	}
	to, back := lines, []string(nil)
	if i := slices.Index(lines, ""); i >= 0 {
		to, back = lines[:i], lines[i+1:]
	}
	pv := v.View("Label")
	pv.Crumbs = append(o.up(), page.Link{Text: "Requests", Href: o.base}, page.Link{Text: r.Reference, Href: o.path(r)})
	pv.Body = struct{ To, Back []string }{to, back}
	return pages.Render(v.W, http.StatusOK, "label", pv)
}
