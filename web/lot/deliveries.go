package lot

import (
	"strconv"

	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// mostDeliveries bounds the deliveries on the page; the file has all.
const mostDeliveries = 100

// deliveries are what went between outlets, where this person sees one of the two. The other is then "another outlet".
func (t *traced) deliveries() (page.Table, error) {
	g, err := t.deliveryRows()
	if err != nil {
		return page.Table{}, err
	}
	if n := len(g.Rows) - mostDeliveries; n > 0 {
		g.Rows = g.Rows[:mostDeliveries]
		g.Note = "And " + page.Plural(int64(n), "earlier delivery", "earlier deliveries") + ": see the file."
	}
	tab := g.Table(Path(t.lot.ID) + "/deliveries.csv")
	return tab, nil
}

func (t *traced) deliveryRows() (figures.Grid, error) {
	g := figures.Grid{
		File: t.file("deliveries"), Caption: "Deliveries between outlets", Hide: true, Stack: true,
		Columns: []figures.Column{
			{Key: "sent_on", Label: "Sent"},
			{Key: "from_outlet", Label: "From"},
			{Key: "to_outlet", Label: "To"},
			{Key: "kits", Label: "Kits", Numeric: true},
			{Key: "arrived_on", Label: "Arrived"},
			{Key: "arrived_kits", Label: "Arrived whole (kits)", Numeric: true},
			{Key: "broken_kits", Label: "Broken (kits)", Numeric: true},
		},
	}
	all, err := t.Ledger.Sent(t.Ctx(), t.ids()...)
	for _, d := range all {
		if !t.maySee(d.Outlet) && !t.maySee(d.To) {
			continue
		}
		sent := figures.Words(d.SentOn.Words())
		sent.Raw = d.SentOn.String()
		cells := []figures.Cell{sent, t.end(d.Outlet), t.end(d.To), figures.Count(d.Kits)}
		g.Rows = append(g.Rows, figures.Row{Cells: append(cells, arrival(d)...)})
	}
	return g, err
}

// arrival is what came of a delivery.
func arrival(d ledger.Transfer) []figures.Cell {
	if d.Open() {
		return []figures.Cell{{Show: page.TagCell(page.Tag{Text: "on the way", Tone: page.Notice})}, {}, {}}
	}
	arrived := figures.Words(d.ArrivedOn.Words())
	arrived.Raw = d.ArrivedOn.String()
	return []figures.Cell{arrived, figures.Count(d.Good), figures.Count(d.Broken)}
}

func (t *traced) maySee(outlet int) bool {
	o := t.Snap.Outlet(outlet)
	return o != nil && maySee(t.Visit, o)
}

// end is one end of a delivery. An outlet that this person may not see keeps its name.
func (t *traced) end(outlet int) figures.Cell {
	if !t.maySee(outlet) {
		return figures.Unknown("another outlet")
	}
	o := t.Snap.Outlet(outlet)
	return figures.Cell{Raw: o.Code, Show: page.TextCell(o.Name)}
}

func deliveriesFile(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	g, err := t.deliveryRows()
	if err != nil {
		return err
	}
	return g.Send(v)
}

// outletName is what an outlet is called.
func (t *traced) outletName(id int) string {
	if o := t.Snap.Outlet(id); o != nil {
		return o.Name
	}
	return "outlet " + strconv.Itoa(id)
}
