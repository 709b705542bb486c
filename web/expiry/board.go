package expiry

import (
	"net/http"
	"strconv"

	"everykit/draw"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

type boardBody struct {
	Figures []page.Figure
	Reissue string
	Nation  bool
	Outlet  bool
	Silent  []page.Link // people whose daily e-mail is refused, for whoever can put it right

	Moves  []proposed
	Later  int // proposals that are not shown yet
	Offers page.Table

	Chart  *page.Chart
	Places page.Table

	Pills []pill
	Lots  page.Table
	Pager page.Pager

	Rate, Unused string
}

// boardMonths is how many months the chart has; its table has all.
const boardMonths = 18

// board is the page of what expires when at a place.
func board(p *place) error {
	read, err := p.Expiry.Board(p.Ctx(), p.scope)
	if err != nil {
		return err
	}
	b := boardBody{
		Figures: p.headline(read), Reissue: p.path + "/reissue", Nation: p.ofNation(), Outlet: p.Outlet != nil,
		Chart: months(read), Places: p.places(read), Rate: expiry.RateDefinition, Unused: expiry.UnusedDefinition,
	}
	if err := p.moves(&b); err != nil {
		return err
	}
	if b.Nation && p.Who.May(staff.ManageAccounts, staff.Place{}) {
		if b.Silent, err = p.silent(); err != nil {
			return err
		}
	}
	p.lots(read, &b)
	pv := p.view("What expires")
	pv.Body = b
	return pages.Render(p.W, http.StatusOK, "board", pv)
}

// silent are the people of a place whose daily e-mail stopped, with their accounts.
func (p *place) silent() ([]page.Link, error) {
	all, err := p.Expiry.Bounced(p.Ctx(), p.Area.ID)
	var list []page.Link
	for _, one := range all {
		list = append(list, page.Link{Text: one.Name, Href: "/accounts/" + strconv.Itoa(one.Account)})
	}
	return list, err
}

// headline is the few numbers that most people come for.
func (p *place) headline(b *expiry.Board) []page.Figure {
	expired := page.Figure{Label: "Expired, on shelves", Value: number(b.Expired.Shelf), Unit: "kits", Beside: "None to write off"}
	if p.Outlet != nil {
		expired.Label = "Expired, on the shelf"
	}
	if b.Expired.Shelf > 0 {
		expired.Tone, expired.Beside = page.Bad, "To be written off"
		if p.Outlet != nil {
			expired.Href = p.writeOff(b.Lots)
		} else {
			expired.Href = "?show=expired#lots"
		}
	}
	if b.Expired.Held > 0 {
		expired.Beside += "; " + number(b.Expired.Held) + " more are held"
	}
	list := []page.Figure{expired}
	for _, w := range b.Within {
		if w.Days != 30 && w.Days != 90 {
			continue
		}
		f := page.Figure{Label: "Expire within " + strconv.Itoa(w.Days) + " days", Value: number(w.Shelf), Unit: "kits", Beside: "On shelves"}
		if p.Outlet != nil {
			f.Beside = "On the shelf"
		}
		if w.People > 0 {
			f.Beside += "; at most " + number(w.People) + " more with people"
		}
		if w.Shelf > 0 {
			f.Tone, f.Href = page.Soon, "?show=soon#lots"
		}
		list = append(list, f)
	}
	unused := page.Figure{Label: "Will expire unused", Value: number(b.Unused()), Unit: "kits", Beside: "At today’s rate"}
	if b.Unused() > 0 {
		unused.Tone = page.Soon
	}
	with := page.Figure{Label: "Expired, with people", Value: number(b.Expired.People), Unit: "kits", Beside: "At most: not every use is told"}
	if b.Expired.People > 0 {
		with.Tone = page.Bad
		if !p.ofNation() {
			with.Href = p.path + "/reissue"
		}
	}
	return append(list, unused, with)
}

func number(n int) string { return page.Number(int64(n)) }

// writeOff is the address of the form that writes off what expired first at an outlet; empty if there is nothing, or it is
// not this person's to do.
func (p *place) writeOff(lots []expiry.LotRow) string {
	for _, l := range lots {
		if to := p.writeOffLot(l); to != "" {
			return to
		}
	}
	return ""
}

func (p *place) writeOffLot(l expiry.LotRow) string {
	if p.Outlet == nil || l.State != expiry.Expired || l.Shelf <= 0 || !p.May(staff.MoveKits) {
		return ""
	}
	return p.path + "/write-off?what=expired&lot=" + strconv.Itoa(l.Lot.ID) + "&kits=" + strconv.Itoa(l.Shelf)
}

// months draws kits by the month of their last day. None is drawn where nothing in date is anywhere.
func months(b *expiry.Board) *page.Chart {
	if len(b.Months) == 0 {
		return nil
	}
	c := draw.Chart{ID: "by-month", Title: "Kits by the month in which they expire", Unit: "kits", Subtitle: "As they are today, " + b.Today.Words() + ". Without those that are held"}
	shelf, people := draw.Series{Name: "On shelves"}, draw.Series{Name: "With people, at most"}
	for _, m := range b.Months[:min(len(b.Months), boardMonths)] {
		c.Labels = append(c.Labels, m.Month.First().Time().Format("Jan 2006"))
		shelf.Values, people.Values = append(shelf.Values, float64(m.Shelf)), append(people.Values, float64(m.People))
	}
	c.Series = []draw.Series{shelf, people}
	t := page.Table{
		Caption: "Kits by the month in which they expire", Note: "With people is at most: not every use or loss is told. Will expire unused is of those on shelves.",
		Columns: page.Columns("Expire", "#On shelves (kits)", "#Held (kits)", "#With people (kits)", "#Will expire unused (kits)"),
	}
	row := func(words string, k expiry.Kits, unused bool) {
		if k == (expiry.Kits{}) {
			return
		}
		last := page.CountCell(int64(k.Unused))
		if !unused {
			last = page.Cell{}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(words), page.CountCell(int64(k.Shelf)), page.CountCell(int64(k.Held)), page.CountCell(int64(k.People)), last,
		}})
	}
	row("Already expired", b.Expired, false)
	for _, m := range b.Months {
		row(m.Month.Words(), m.Kits, true)
	}
	row("Not known", b.Summary.Unknown, false)
	all := b.All()
	t.Rows = append(t.Rows, page.Row{Total: true, Cells: []page.Cell{
		page.TextCell("All"), page.CountCell(int64(all.Shelf)), page.CountCell(int64(all.Held)), page.CountCell(int64(all.People)), page.CountCell(int64(b.Unused())),
	}})
	chart := page.Drawing(draw.Columns(c), t)
	return &chart
}

// places is the board by outlet, or by authority, those with most to do first.
func (p *place) places(b *expiry.Board) page.Table {
	t := page.Table{
		Caption: "By outlet", Hide: true, Empty: "No outlet has a kit here, or with people.",
		Columns: page.Columns("Outlet", "#Expired (kits)", "#90 days left or fewer (kits)", "#Will expire unused (kits)", "#In date for longer (kits)", "#Date not known (kits)", "#Held (kits)", "#With people, expired (kits)"),
		Note:    "On shelves, but for the last two columns. With people is at most.",
	}
	add := func(name page.Cell, s expiry.Summary) {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			name, toned(s.Expired.Shelf, page.Bad), toned(s.Soon.Shelf, page.Soon), toned(s.Unused(), page.Soon),
			page.CountCell(int64(s.InDate.Shelf)), page.CountCell(int64(s.Unknown.Shelf)), page.CountCell(int64(s.All().Held)), page.CountCell(int64(s.Expired.People)),
		}})
	}
	for _, o := range b.Outlets {
		add(p.outletCell(o.Outlet), o.Summary)
	}
	if p.ofNation() {
		t.Caption, t.Columns[0].Label, t.Empty = "By authority", "Authority", "No outlet in this nation has a kit, or gave one out that is still with people."
		for _, a := range b.Areas {
			add(page.LinkCell(a.Area.Name, "/areas/"+a.Area.Code+"/expiry"), a.Summary)
		}
	}
	return t
}

// outletCell names an outlet and leads to its board, for whoever may see that.
func (p *place) outletCell(o *registry.Outlet) page.Cell {
	if p.Who.May(staff.SeeOutlet, ledger.PlaceOf(p.Snap, o)) {
		return page.LinkCell(o.Name, desk.OutletPath(o.ID)+"/expiry")
	}
	return page.TextCell(o.Name)
}

// toned is a count in a colour where there is any.
func toned(n int, tone page.Tone) page.Cell {
	if n <= 0 {
		return page.CountCell(int64(n))
	}
	return page.TagCell(page.Tag{Text: number(n), Tone: tone})
}
