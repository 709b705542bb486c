package expiry

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// mostMoves bounds the proposals on a page: the next ones show when these are done.
const mostMoves = 20

// proposed is one proposal as a board shows it.
type proposed struct {
	What, Why string
	Href      string // where it is confirmed; empty for whoever may not
}

// moves puts what could be moved on a board: within an authority as things to confirm, in a nation as offers to read.
func (p *place) moves(b *boardBody) error {
	all, err := p.Expiry.Proposals(p.Ctx(), p.Area.ID)
	if err != nil {
		return err
	}
	if p.ofNation() {
		b.Offers = p.offers(all)
		return nil
	}
	for _, m := range all {
		if p.Outlet != nil && m.From.ID != p.Outlet.ID && m.To.ID != p.Outlet.ID {
			continue
		}
		if len(b.Moves) == mostMoves {
			b.Later++
			continue
		}
		one := proposed{What: "Move " + whatMoves(m) + " from " + m.From.Name + " to " + m.To.Name, Why: m.Why}
		if p.Outlet != nil {
			one.Why = ownWords(m) // how much another outlet gives out is not told at an outlet
		}
		if p.Who.May(staff.MoveKits, ledger.PlaceOf(p.Snap, m.From)) {
			one.Href = movePath(m)
		}
		b.Moves = append(b.Moves, one)
	}
	return nil
}

func whatMoves(m expiry.Proposal) string {
	return page.Kits(int64(m.Kits)) + " of lot " + m.Lot.Number + " (" + desk.ProductName(m.Product) + ")"
}

// ownWords is why, without the rates.
func ownWords(m expiry.Proposal) string {
	return page.Kits(int64(m.Left)) + " of this lot would be left over at " + m.From.Name + ". " + m.To.Name + " would use " +
		page.Kits(int64(m.Kits)) + " by " + m.UseBy.Words() + "."
}

// movePath is the address of the page on which a proposal is confirmed.
func movePath(m expiry.Proposal) string {
	q := url.Values{"to": {strconv.Itoa(m.To.ID)}, "lot": {strconv.Itoa(m.Lot.ID)}, "kits": {strconv.Itoa(m.Kits)}}
	return desk.OutletPath(m.From.ID) + "/move?" + q.Encode()
}

// offers is what is left over in one authority and would be used in another.
func (p *place) offers(all []expiry.Proposal) page.Table {
	t := page.Table{
		Caption: "Offers between authorities", Hide: true, Stack: true, Columns: page.Columns("Lot", "#Kits", "From", "To", "Why"),
		Empty: "Nothing that will be left over in one authority would be used in another.",
		Note:  "The two authorities agree first. Then the outlet that has the kits sends them.",
	}
	for _, m := range all[:min(len(all), lotsOnPage)] {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(m.Lot.Number, lotPath(m.Lot.ID)).Under(desk.ProductName(m.Product)), page.CountCell(int64(m.Kits)),
			p.outletCell(m.From).Under(p.areaName(m.From.Area)), p.outletCell(m.To).Under(p.areaName(m.To.Area)), page.TextCell(m.Why),
		}})
	}
	if n := len(all) - len(t.Rows); n > 0 {
		t.Note += " " + page.Plural(int64(n), "offer is", "offers are") + " not shown: those here come first."
	}
	return t
}

func (p *place) areaName(id int) string {
	if a := p.Snap.Area(id); a != nil {
		return a.Name
	}
	return ""
}

type moveBody struct {
	ID     string
	Facts  []page.Fact
	Why    string
	To     string
	Lot    string
	Kits   int
	Stands bool // the proposal is one still
	Board  page.Link
	Home   string
}

// asked is what the address or the form names.
type asked struct{ to, lot, kits int }

func moveForm(v *desk.Visit) error {
	q := v.R.URL.Query()
	var a asked
	a.to, _ = strconv.Atoi(q.Get("to"))
	a.lot, _ = strconv.Atoi(q.Get("lot"))
	a.kits, _ = strconv.Atoi(q.Get("kits"))
	return movePage(v, a, nil, nil)
}

// movePage shows a proposal with the one button that makes it a transfer; or, where it is one no longer, says so.
func movePage(v *desk.Visit, a asked, typed url.Values, cause error) error {
	all, err := v.Expiry.Proposals(v.Ctx(), v.Outlet.Area)
	if err != nil {
		return err
	}
	b := moveBody{
		ID: ledger.NewID().String(), To: strconv.Itoa(a.to), Lot: strconv.Itoa(a.lot), Home: desk.OutletPath(v.Outlet.ID),
		Board: page.Link{Text: "Look at the proposals again", Href: desk.OutletPath(v.Outlet.ID) + "/expiry"},
	}
	if v.Who.May(staff.SeeArea, desk.AreaPlace(v.Snap, v.Area)) {
		b.Board.Href = "/areas/" + v.Area.Code + "/expiry"
	}
	for _, m := range all {
		if m.From.ID == v.Outlet.ID && m.To.ID == a.to && m.Lot.ID == a.lot {
			b.Stands, b.Why, b.Kits = true, ownWords(m), m.Kits
			if v.Who.May(staff.SeeArea, desk.AreaPlace(v.Snap, v.Area)) {
				b.Why = m.Why
			}
			if a.kits > 0 && a.kits < m.Kits {
				b.Kits = a.kits
			}
			b.Facts = []page.Fact{
				{Key: "Lot", Value: page.LinkCell(m.Lot.Number, lotPath(m.Lot.ID)).Under(desk.ProductName(m.Product))},
				{Key: "Expires", Value: expires(m.Lot)},
				{Key: "From", Value: page.TextCell(m.From.Name)},
				{Key: "To", Value: page.TextCell(m.To.Name)},
				{Key: "Kits to move", Value: page.CountCell(int64(m.Kits)).Under("of " + page.Kits(int64(m.Left)) + " of this lot that would be left over")},
				{Key: "Can be given out there until", Value: page.TextCell(m.UseBy.Words())},
			}
		}
	}
	pv := v.View("Move these kits?")
	if !b.Stands {
		pv.Title = "These kits cannot be moved now"
	}
	pv.Caption = v.Outlet.Name
	pv.Crumbs = []page.Link{{Text: v.Outlet.Name, Href: b.Home}, {Text: "What expires", Href: b.Home + "/expiry"}}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, typed) {
			return cause
		}
		status = page.Status(cause)
		for i := range pv.Errors {
			if pv.Errors[i].Field != "kits" || !b.Stands { // only that field is on the page
				pv.Errors[i].Field = ""
			}
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "move", pv)
}

// move makes a proposal a transfer. The same form again leads to the same receipt.
func move(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var bad fault.List
	read := func(field, what string) int {
		n, err := strconv.Atoi(strings.TrimSpace(form.Get(field)))
		if err != nil || n < 1 {
			bad = append(bad, fault.New(fault.Invalid, "%s", what).At(field))
			return 0
		}
		return n
	}
	a := asked{to: read("to", "the form does not say where the kits go"), lot: read("lot", "the form does not say which lot"), kits: read("kits", "say how many kits, 1 or more")}
	id, err := uuid.Parse(form.Get("id"))
	if err != nil || id == uuid.Nil {
		form.Set("id", ledger.NewID().String())
		bad = append(bad, fault.New(fault.Invalid, "this form came without its own number").At("id").Hint("look it over, and send it again"))
	}
	if err = bad.Err(); err == nil {
		err = v.Expiry.Confirm(v.Ctx(), v.Who, expiry.Move{From: v.Outlet.ID, To: a.to, Lot: a.lot, Kits: a.kits}, id)
	}
	if err != nil {
		return movePage(v, a, form, err)
	}
	return v.Go(desk.OutletPath(v.Outlet.ID) + "/entries/" + id.String())
}
