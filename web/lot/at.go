package lot

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"everykit/ledger"
	"everykit/staff"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// entriesAPage is how many movements a page of an outlet shows.
const entriesAPage = 50

// mostPages bounds how far one may leaf; the file has all.
const mostPages = 10_000

type atBody struct {
	Counts  page.Table
	Entries page.Table
	Pager   page.Pager
}

// atOutlet is a lot at one outlet, down to each movement: of a supply the day, for whom in a word, and the number of the
// card, where one was given. Nobody's name is in it, for none is in the ledger.
func atOutlet(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	if t.alias() {
		return v.Go(Path(t.lot.ID) + "/outlets/" + strconv.Itoa(v.Outlet.ID))
	}
	if err := t.trace(); err != nil {
		return err
	}
	n, err := strconv.Atoi(v.R.URL.Query().Get("page"))
	if err != nil || n < 1 || n > mostPages {
		n = 1
	}
	list, more, err := v.Ledger.TracePage(v.Ctx(), v.Outlet, (n-1)*entriesAPage, entriesAPage, t.ids()...)
	if err != nil {
		return err
	}
	pv := t.view("Lot " + t.lot.Number + " at " + v.Outlet.Name)
	pv.Wide = true
	b := atBody{Counts: t.here(), Entries: t.entries(list)}
	b.Pager = page.Pager{Label: "Entries"}
	turn := func(to int) string { return v.R.URL.Path + "?" + url.Values{"page": {strconv.Itoa(to)}}.Encode() }
	if n > 1 {
		b.Pager.Previous = turn(n - 1)
	}
	if more {
		b.Pager.Next = turn(n + 1)
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "at", pv)
}

// here is where the outlet's kits of the lot are.
func (t *traced) here() page.Table {
	tab := page.Table{Caption: "Kits of this lot at " + t.Outlet.Name, Hide: true, Columns: countColumns("Outlet")}
	for _, p := range t.rows {
		if p.outlet.ID == t.Outlet.ID {
			tab.Rows = append(tab.Rows, page.Row{Cells: append([]page.Cell{page.LinkCell(p.outlet.Name, desk.OutletPath(p.outlet.ID))}, countCells(p.Counts)...)})
		}
	}
	tab.Empty = "This outlet has never had any of this lot."
	return tab
}

// entries are movements of the lot as a table.
func (t *traced) entries(list []*ledger.Movement) page.Table {
	tab := page.Table{
		Caption: "Entries, the latest first", Stack: true, Empty: "No entry of this outlet names this lot.",
		Columns: page.Columns("Day", "What", "#Kits", "Who for", "First or repeat", "Card", "Replaces lot"),
		Note:    "What people tell another outlet of these kits (used, lost, handed back) is among that outlet’s entries, and counted here.",
	}
	if t.Who.May(staff.Download, ledger.PlaceOf(t.Snap, t.Outlet)) {
		tab.CSV = Path(t.lot.ID) + "/outlets/" + strconv.Itoa(t.Outlet.ID) + "/entries.csv"
	}
	for _, m := range list {
		what := page.LinkCell(m.Kind.Words(), desk.OutletPath(t.Outlet.ID)+"/entries/"+m.ID.String())
		if m.Other != 0 {
			what = what.Under(otherWords(m.Kind) + " " + t.outletName(m.Other))
		}
		row := page.Row{}
		if m.Reverses != uuid.Nil {
			what, row.Quiet = what.Tagged(page.Tag{Text: "a reversal", Tone: page.Notice}), true
		}
		supply := page.TextCell(m.Detail.Supply.Words())
		if m.Reason != 0 {
			supply = supply.Under(m.Reason.Words())
		}
		row.Cells = []page.Cell{
			page.TextCell(m.OccurredOn.Words()), what, page.CountCell(int64(m.Kits)), page.TextCell(m.Recipient.Words()), supply,
			page.TextCell(m.Card), page.TextCell(m.ReplacesLot),
		}
		tab.Rows = append(tab.Rows, row)
	}
	return tab
}

// otherWords says what the other outlet of a movement is to it.
func otherWords(k ledger.Kind) string {
	switch k {
	case ledger.KindSend:
		return "to"
	case ledger.KindArrive, ledger.KindShort, ledger.KindBroken:
		return "from"
	}
	return "given out by"
}

// filePart is how many movements a file reads at once.
const filePart = 5_000

var entryColumns = []string{
	"id", "occurred_on", "kind", "product", "lot", "kits", "from", "to", "other_outlet", "recipient", "supply", "reason", "card", "replaces_lot", "reverses",
}

// entriesFile is all movements of the lot at an outlet.
func entriesFile(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	code := ""
	if t.product != nil {
		code = t.product.Code
	}
	var out *table.Writer
	for skip := 0; ; skip += filePart {
		list, more, err := v.Ledger.TracePage(v.Ctx(), v.Outlet, skip, filePart, t.ids()...)
		if err != nil {
			return err
		}
		if out == nil {
			out = figures.BeginCSV(v, plain(v.Outlet.Code)+"-"+t.file("entries"), entryColumns...)
		}
		for _, m := range list {
			other, reverses := "", ""
			if o := v.Snap.Outlet(m.Other); o != nil {
				other = o.Code
			}
			if m.Reverses != uuid.Nil {
				reverses = m.Reverses.String()
			}
			err := out.Write(m.ID.String(), m.OccurredOn.String(), m.Kind.String(), code, t.lot.Number, strconv.Itoa(m.Kits), m.From.String(), m.To.String(), other,
				m.Recipient.String(), m.Detail.Supply.String(), m.Reason.String(), m.Card, m.ReplacesLot, reverses)
			if err != nil {
				return err
			}
		}
		if !more {
			return out.Close()
		}
	}
}
