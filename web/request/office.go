package request

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/request"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// ownQueue leads whoever is signed in to the requests they answer: letters name this address.
func ownQueue(v *desk.Visit) error {
	switch {
	case v.Who.Counter != 0:
		return v.Go(DeskPath(v.Who.Counter))
	case v.Who.Role == staff.Coordinator:
		if a := v.Snap.Area(v.Who.Area); a != nil {
			return v.Go(AreaPath(a))
		}
	case v.Who.Role == staff.Worker:
		offers, err := v.Requests.Offers(v.Ctx())
		if err != nil {
			return err
		}
		for _, id := range v.Who.Outlets { // the first of theirs that sends or hands out
			if slices.ContainsFunc(offers, func(o request.Offer) bool { return concerns(o, id) }) {
				return v.Go(DeskPath(id))
			}
		}
		if len(v.Who.Outlets) > 0 {
			return v.Go(DeskPath(v.Who.Outlets[0]))
		}
	}
	return v.Go(desk.Home(v.Snap, v.Who))
}

// AreaPath is the address of the requests of an authority.
func AreaPath(a *registry.Area) string { return "/areas/" + a.Code + "/requests" }

// DeskPath is the address of the requests that an outlet sends or hands out.
func DeskPath(outlet int) string { return desk.OutletPath(outlet) + "/requests" }

// OfferPath is the address at which an authority says what it offers.
func OfferPath(a *registry.Area) string { return "/areas/" + a.Code + "/offer" }

// concerns reports whether an outlet sends the kits of an offer, or hands them out.
func concerns(o request.Offer, outlet int) bool {
	return o.Outlet == outlet || slices.Contains(o.Places(), outlet)
}

// office is where requests are looked at: an authority, or an outlet.
type office struct {
	*desk.Visit
	base   string
	offers []request.Offer // whose requests are shown
}

func enterOffice(v *desk.Visit) (*office, error) {
	o := &office{Visit: v}
	own, err := v.Requests.OfferOf(v.Ctx(), v.Area.ID)
	if err != nil {
		return nil, err
	}
	own.Area = v.Area.ID
	if v.Outlet == nil {
		o.base, o.offers = AreaPath(v.Area), []request.Offer{own}
		return o, nil
	}
	o.base = DeskPath(v.Outlet.ID)
	all, err := v.Requests.Offers(v.Ctx())
	if err != nil {
		return nil, err
	}
	if !own.On {
		all = append(all, own) // what was asked for before it was switched off
	}
	for _, offer := range all {
		if concerns(offer, v.Outlet.ID) {
			o.offers = append(o.offers, offer)
		}
	}
	return o, nil
}

// path is the address of one request.
func (o *office) path(r *request.Request) string {
	if o.Outlet == nil {
		return o.base + "/" + r.ID.String()
	}
	return o.base + "/" + o.Snap.Area(r.Area).Code + "/" + r.ID.String()
}

// has reports whether a request is shown in this office: an outlet at which kits are collected has those alone.
func (o *office) has(offer request.Offer, r *request.Request) bool {
	return o.Outlet == nil || offer.Outlet == o.Outlet.ID || r.Outlet == o.Outlet.ID || r.How == request.ToCollect && r.Collect == o.Outlet.ID
}

// shows are the lists of a queue: what is open, and what became of the rest.
var shows = []struct {
	key, label string
	state      request.State
}{
	{"", "Open", 0},
	{"sent", "Sent", request.Sent},
	{"collected", "Collected", request.Collected},
	{"refused", "Refused", request.Refused},
	{"withdrawn", "Withdrawn", request.Withdrawn},
}

type queueBody struct {
	Lists []page.Link
	Here  string
	Table page.Table
	Off   bool // nothing is offered
	Offer string
	Wrong string // where reports of the public are read
}

func queue(v *desk.Visit) error {
	o, err := enterOffice(v)
	if err != nil {
		return err
	}
	show := shows[0]
	for _, s := range shows {
		if s.key == v.R.URL.Query().Get("show") {
			show = s
		}
	}
	b := queueBody{Here: show.label, Off: true}
	for _, s := range shows {
		l := page.Link{Text: s.label, Href: o.base}
		if s.key != "" {
			l.Href += "?show=" + s.key
		}
		b.Lists = append(b.Lists, l)
	}
	var list []request.Request
	for _, offer := range o.offers {
		b.Off = b.Off && !offer.On
		some, err := v.Requests.Queue(v.Ctx(), v.Who, offer.Area, show.state)
		if err != nil {
			return err
		}
		for _, r := range some {
			if o.has(offer, &r) {
				list = append(list, r)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b request.Request) int {
		if show.state != 0 {
			a, b = b, a // what is over: the latest first
		}
		return a.AskedAt.Compare(b.AskedAt)
	})
	b.Table = o.table(list, show.state == 0)
	if v.Outlet == nil && v.May(staff.OfferRequests) {
		b.Offer, b.Wrong = OfferPath(v.Area), "/areas/"+v.Area.Code+"/wrong"
	}
	pv := v.View("Requests")
	pv.Caption = v.Area.Name
	pv.Crumbs = o.up()
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "queue", pv)
}

// up is the way down to the pages of an office.
func (o *office) up() []page.Link {
	if o.Outlet != nil {
		return []page.Link{{Text: o.Outlet.Name, Href: desk.OutletPath(o.Outlet.ID)}}
	}
	return []page.Link{{Text: o.Area.Name, Href: "/areas/" + o.Area.Code}}
}

func (o *office) table(list []request.Request, open bool) page.Table {
	t := page.Table{Caption: "Requests", Hide: true, Stack: true, Words: nil, Columns: page.Columns("Reference", "What", "State", "Asked"), Empty: "Nobody is waiting."}
	if !open {
		t.Empty = "There is none."
		t.Columns[3].Label = "Since"
	}
	today := o.Ledger.Today()
	for i := range list {
		r := &list[i]
		since := r.ChangedAt
		if open {
			since = r.AskedAt
		}
		day := o.Ledger.Day(since)
		cell := page.TextCell(day.Words())
		if open {
			cell = page.TextCell(page.DaysWords(int(day - today))).Under(day.Words())
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(r.Reference, o.path(r)), page.TextCell(whatWords(o.Snap, r)), page.TagCell(stateTag(r)), cell,
		}})
	}
	return t
}

// whatWords say what is asked for, and nothing of who asks.
func whatWords(snap *registry.Snapshot, r *request.Request) string {
	words := page.Kits(int64(r.Kits)) + ", " + routeWords(r.Route)
	if r.How == request.ByPost {
		return words + ", by post"
	}
	if o := snap.Outlet(r.Collect); o != nil {
		return words + ", collected at " + o.Name
	}
	return words + ", collected"
}

func routeWords(r registry.Route) string {
	switch r {
	case registry.Intranasal:
		return "nasal spray"
	case registry.Intramuscular:
		return "injection"
	}
	return "either kind"
}

// stateTag is where a request stands.
func stateTag(r *request.Request) page.Tag {
	words := strings.ToUpper(r.State.Words()[:1]) + r.State.Words()[1:]
	switch {
	case r.Sending:
		return page.Tag{Text: "Sending broke off", Tone: page.Bad}
	case r.Reversed && !r.Erased:
		return page.Tag{Text: "To be sent again", Tone: page.Bad}
	case r.State == request.Asked:
		return page.Tag{Text: words, Tone: page.Notice}
	case r.State == request.Approved, r.State == request.Ready:
		return page.Tag{Text: words, Tone: page.Cool}
	case r.State == request.Refused, r.State == request.Withdrawn:
		return page.Tag{Text: words, Tone: page.Quiet}
	}
	return page.Tag{Text: words, Tone: page.Good}
}

// found is the request that an address names, with the offer it is under.
func (o *office) found() (*request.Request, request.Offer, error) {
	none := fault.New(fault.NotFound, "there is no such request")
	area := o.Area
	if o.Outlet != nil {
		area, _ = o.Snap.AreaByCode(o.R.PathValue("from"))
	}
	id, err := uuid.Parse(o.R.PathValue("request"))
	if err != nil || area == nil {
		return nil, request.Offer{}, none
	}
	for _, offer := range o.offers {
		if offer.Area != area.ID {
			continue
		}
		r, err := o.Requests.Get(o.Ctx(), o.Who, area.ID, id)
		if err != nil {
			return nil, offer, err
		}
		if !o.has(offer, r) {
			return nil, offer, none
		}
		return r, offer, nil
	}
	return nil, request.Offer{}, none
}

// sends reports whether whoever looks may approve, refuse and send, and not only hand out what is ready.
func (o *office) sends(offer request.Offer) bool {
	at := staff.Place{Area: offer.Area, Outlet: offer.Outlet}
	if n := o.Snap.NationOf(offer.Area); n != nil {
		at.Nation = n.ID
	}
	return o.Who.May(staff.HandleRequests, at)
}

// lots are what can be sent: the one due first at the top.
func (o *office) lots(offer request.Offer, r *request.Request) ([]page.Option, string, error) {
	if o.Snap.Outlet(offer.Outlet) == nil {
		return nil, "", nil
	}
	stock, err := o.Ledger.Stock(o.Ctx(), offer.Outlet)
	if err != nil {
		return nil, "", err
	}
	if r.Route != 0 {
		stock.Lines = slices.DeleteFunc(stock.Lines, func(l ledger.StockLine) bool { return l.Product == nil || l.Product.Route != r.Route })
	}
	var list, blocked []page.Option
	first := ""
	for _, p := range stock.Picks(r.Kits) {
		option := page.Option{Value: strconv.Itoa(p.Lot.ID), Label: desk.ProductName(p.Product) + ", lot " + p.Lot.Number}
		hint := "Expiry not known"
		if p.Lot.Expiry.Known {
			hint = "Expires " + p.Lot.Expiry.Words()
		}
		switch {
		case p.Blocked != "":
			option.Hint, option.Disabled = page.Sentence("not to be sent: "+p.Blocked), true
			blocked = append(blocked, option)
			continue
		case p.Proposed:
			option.Tag, first = &page.Tag{Text: "send this first", Tone: page.Good}, option.Value
			option.Hint = hint + " · " + page.Kits(int64(p.Usable(o.Ledger.Today()))) + " here"
		default:
			option.Hint = hint + " · " + page.Kits(int64(p.Usable(o.Ledger.Today()))) + " here · " + p.Reason
		}
		list = append(list, option)
	}
	return append(list, blocked...), first, nil
}

// versionOf is how often a request has been changed, which a form sends back so that two people do not undo each other.
func versionOf(n int) string { return strconv.Itoa(n) }

func versionIn(form url.Values) int {
	n, err := strconv.Atoi(form.Get("version"))
	if err != nil {
		return -1 // none was made on it
	}
	return n
}
