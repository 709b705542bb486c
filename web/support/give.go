package support

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

// giveBody is the page on which an authority sends kits that another needs.
type giveBody struct {
	Says  []string
	Facts []page.Fact
	Open  bool
	ID    string
	Lots  []page.Option
	To    []page.Option
	Kits  string
	Back  string
	Other string // the name of the authority that needs them
}

// wanted is what other authorities need from this one.
func wanted(v *desk.Visit) (page.Table, error) {
	t := page.Table{Caption: "Kits that others need from you", Hide: true, Stack: true, Columns: page.Columns("Authority", "What they need", "#Kits", "State")}
	list, err := v.Support.GivenBy(v.Ctx(), v.Area.ID)
	for _, a := range list {
		area := v.Snap.Area(a.Area)
		if area == nil || !a.IsOpen() {
			continue
		}
		name := page.TextCell(area.Name)
		if v.May(staff.MoveKits) {
			name = page.LinkCell(area.Name, "/areas/"+v.Area.Code+"/give/"+strconv.Itoa(a.ID))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{name, page.TextCell(a.Says), kitsCell(left(&a)), page.TagCell(StateTag(a.State))}})
	}
	return t, err
}

// left is how many of the kits that were asked for have not been sent.
func left(a *support.Action) int {
	n := a.Kits
	for _, s := range a.Sends {
		n -= s.Kits
	}
	return max(n, 0)
}

// asksOfUs finds the action that an address names, if its nation has asked this authority for the kits. Any other is not
// there.
func asksOfUs(v *desk.Visit) (*support.Action, error) {
	none := fault.New(fault.NotFound, "there is no such ask")
	id, err := strconv.Atoi(v.R.PathValue("action"))
	if err != nil || id < 1 || id > 1<<31-1 {
		return nil, none
	}
	a, _, err := v.Support.Action(v.Ctx(), id)
	if fault.Is(err, fault.NotFound) || (err == nil && a.From != v.Area.ID) {
		return nil, none
	}
	return a, err
}

func giveForm(v *desk.Visit) error { return drawGive(v, nil, nil) }

// send makes the kits that were chosen a transfer. The same form again is the same transfer.
func send(v *desk.Visit) error {
	a, err := asksOfUs(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	var bad fault.List
	outlet, lot := readStock(form.Get("stock"))
	if o := v.Snap.Outlet(outlet); o == nil || o.Area != v.Area.ID {
		bad = append(bad, fault.New(fault.Invalid, "choose the kits").At("stock"))
	}
	to, err := strconv.Atoi(form.Get("to"))
	if err != nil {
		bad = append(bad, fault.New(fault.Invalid, "choose where they go").At("to"))
	}
	kits := readKits(form, &bad)
	if kits == 0 && len(bad) == 0 {
		bad = append(bad, fault.New(fault.Invalid, "say how many kits, 1 or more").At("kits"))
	}
	id, err := uuid.Parse(form.Get("key"))
	if err != nil || id == uuid.Nil {
		form.Set("key", ledger.NewID().String())
		bad = append(bad, fault.New(fault.Invalid, "this form came without its own number").Hint("look it over, and send it again"))
	}
	if err = bad.Err(); err == nil {
		err = v.Support.Send(v.Ctx(), v.Who, a.ID, outlet, lot, to, kits, id)
	}
	if err != nil {
		return drawGive(v, form, err)
	}
	return v.Go("/areas/" + v.Area.Code + "/give/" + strconv.Itoa(a.ID) + "?saved=sent")
}

// readStock reads an outlet and a lot: 12.407.
func readStock(s string) (outlet, lot int) {
	before, after, _ := strings.Cut(s, ".")
	outlet, err := strconv.Atoi(before)
	lot, other := strconv.Atoi(after)
	if err != nil || other != nil || outlet < 1 || lot < 1 {
		return 0, 0
	}
	return outlet, lot
}

func drawGive(v *desk.Visit, form url.Values, cause error) error {
	a, err := asksOfUs(v)
	if err != nil {
		return err
	}
	b := giveBody{
		Says: paragraphs(a.Says), Open: a.IsOpen(), ID: ledger.NewID().String(), To: takers(v, a.Area), Back: AreaPath(v.Area), Other: areaName(v.Snap, a.Area),
		Facts: []page.Fact{{Key: "State", Value: page.TagCell(StateTag(a.State))}},
	}
	if n := left(a); n > 0 {
		b.Kits = strconv.Itoa(n)
		b.Facts = append(b.Facts, page.Fact{Key: "Kits still needed", Value: page.CountCell(int64(n))})
	}
	if a.DueOn != civil.None {
		b.Facts = append(b.Facts, page.Fact{Key: "By when", Value: dueCell(*a, v.Ledger.Today())})
	}
	b.Facts = append(b.Facts, sends(v, a)...)
	if b.Open {
		if b.Lots, err = lotsHere(v, a.Area); err != nil {
			return err
		}
	}
	pv := v.View("Kits for " + b.Other)
	pv.Caption = v.Area.Name
	pv.Crumbs = up(v, false)
	status := http.StatusOK
	if cause == nil {
		pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	} else {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		for i, e := range pv.Errors {
			if e.Field == "lot" || e.Field == "from" {
				pv.Errors[i].Field = "stock"
			}
		}
		onlyFields(&pv, "stock", "to", "kits")
	}
	pv.Body = b
	return pages.Render(v.W, status, "give", pv)
}

// takers are the outlets of an authority that could take kits in.
func takers(v *desk.Visit, area int) []page.Option {
	var list []page.Option
	for _, o := range v.Snap.OutletsOf(area) {
		if o.OpenOn(v.Ledger.Today()) {
			list = append(list, page.Option{Value: strconv.Itoa(o.ID), Label: o.Name})
		}
	}
	return list
}

// lotsHere are the lots that this authority could give to another, outlet by outlet, of each the first to expire first. What
// a notice bars, what has expired, and what expires too soon for a person there to carry are not among them.
func lotsHere(v *desk.Visit, taker int) ([]page.Option, error) {
	days := 0
	if a := v.Snap.Area(taker); a != nil {
		days = a.MinDays
	}
	var list []page.Option
	for _, o := range v.Snap.OutletsOf(v.Area.ID) {
		stock, err := v.Ledger.Stock(v.Ctx(), o.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range stock.Lines {
			usable := l.Usable(stock.Today)
			if usable < 1 || l.Lot.Barred != 0 || !l.Lot.Expiry.Known || l.Lot.Expiry.DaysLeft(stock.Today) < days {
				continue
			}
			list = append(list, page.Option{
				Value: strconv.Itoa(o.ID) + "." + strconv.Itoa(l.Lot.ID), Label: o.Name + ": lot " + l.Lot.Number,
				Hint: page.Kits(int64(usable)) + " of " + desk.ProductName(l.Product) + ". Expires " + l.Lot.Expiry.Words() + ".",
			})
		}
	}
	return list, nil
}

// sends are the kits that were sent for an action, and whether they have come.
func sends(v *desk.Visit, a *support.Action) []page.Fact {
	var list []page.Fact
	for _, s := range a.Sends {
		from, to := v.Snap.Outlet(s.From), v.Snap.Outlet(s.To)
		words := page.Kits(int64(s.Kits))
		if from != nil && to != nil {
			words += " from " + from.Name + ", " + areaName(v.Snap, from.Area) + ", to " + to.Name
		}
		c := page.TextCell(words).Under("Sent on " + s.SentOn.Words())
		if s.Open() {
			c = c.Tagged(page.Tag{Text: "on the way", Tone: page.Notice})
		} else {
			c = c.Tagged(page.Tag{Text: number(s.Good) + " arrived", Tone: page.Good}).Under("Sent on " + s.SentOn.Words() + ", arrived on " + s.ArrivedOn.Words())
		}
		list = append(list, page.Fact{Key: "Kits sent", Value: c})
	}
	return list
}
