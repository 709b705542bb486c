package request

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/request"
	"everykit/web/desk"
	"everykit/web/page"
)

// instead is a page that says where to go, because a kit cannot be asked for here.
type instead struct {
	Council string
	Near    []near
	MinAge  int
	Closed  bool // requests are not taken at all
}

// drawNone says that an authority offers nothing.
func drawNone(w *walk, status int) error {
	pv := w.View(w.T("request.title-none"))
	b := instead{Closed: w.area == nil}
	if w.area != nil {
		b.Council, b.Near = w.area.Name, w.nearest()
	}
	pv.Body = b
	return pages.Render(w.W, status, "none", pv)
}

func (w *walk) drawYoung() error {
	pv := w.View(w.T("request.title-young"))
	pv.Body = instead{Council: w.area.Name, Near: w.nearest(), MinAge: w.minAge}
	return pages.Render(w.W, http.StatusOK, "young", pv)
}

// done is the last page. It answers the form itself, so that the reference is in no address; sent again, the form has the same answer.
type done struct {
	Reference string
	Post      bool
	Place     string
	Note      string
	KeepDays  int
	Letter    bool // a letter comes
	Contact   bool
}

func (w *walk) done(reference string) error {
	a := w.ask()
	pv := w.View(w.T("request.title-done"))
	b := done{Reference: reference, Post: a.How == request.ByPost, Note: w.offer.Note, KeepDays: w.offer.KeepDays, Contact: a.Contact != ""}
	if o := w.Snap.Outlet(w.collectAt()); o != nil && !b.Post {
		b.Place = placeWords(o)
	}
	pv.Body = b
	return pages.Render(w.W, http.StatusOK, "done", pv)
}

// far is how far a request has come.
type far struct {
	Known     bool
	Reference string
	State     string
	On        string
	What      string // what it means
	Why       string // somebody's own words
	Place     string
	Withdraw  bool
}

func lookUp(v *desk.Visit) error { return drawFar(v, far{}, nil, nil) }

// progress looks a reference up, or takes the request back.
func progress(v *desk.Visit) error {
	form, err := readForm(v)
	if err != nil {
		return err
	}
	reference := form.Get("reference")
	if form.Get("do") == "withdraw" {
		err = v.Requests.Withdraw(v.Ctx(), reference)
	}
	if err != nil && !fault.Is(err, fault.Refused) {
		return drawFar(v, far{}, url.Values{"reference": {reference}}, err)
	}
	p, wrong := v.Requests.Progress(v.Ctx(), reference)
	if wrong != nil {
		return drawFar(v, far{}, url.Values{"reference": {reference}}, wrong)
	}
	f := far{Known: true, Reference: reference, On: v.Words().Date(v.Ledger.Day(p.At)), Why: p.Why, Withdraw: p.State == request.Asked || p.State == request.Approved}
	key := stateKeys[p.State]
	if p.State == request.Approved && p.How == request.ToCollect {
		key = "approved-collect"
	}
	f.State, f.What = v.T("request.state-"+stateKeys[p.State]), v.T("request.means-"+key)
	if o := v.Snap.Outlet(p.Collect); o != nil && p.How == request.ToCollect {
		f.Place = placeWords(o)
	}
	return drawFar(v, f, nil, err)
}

// stateKeys are the states as messages and forms have them.
var stateKeys = map[request.State]string{
	request.Asked: "asked", request.Approved: "approved", request.Sent: "sent", request.Ready: "ready", request.Collected: "collected",
	request.Refused: "refused", request.Withdrawn: "withdrawn",
}

func drawFar(v *desk.Visit, f far, typed url.Values, wrong error) error {
	pv := v.View(v.T("request.title-progress"))
	status := http.StatusOK
	if wrong != nil {
		if fault.Is(wrong, fault.NotFound) {
			wrong = fault.New(fault.Invalid, "there is no request with this reference").At("reference").Hint("check the letters and numbers")
		}
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
	}
	pv.Body = f
	return pages.Render(v.W, status, "progress", pv)
}
