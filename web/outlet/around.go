package outlet

import (
	"slices"
	"strconv"

	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// delivered is a delivery on its way to this shelf.
type delivered struct {
	What, From string
	Sent       string
	Href       string // where its arrival is recorded; empty for whoever may not
}

// waiting is a count that nobody has signed off yet.
type waiting struct {
	What string
	Href string
}

// around reads what concerns this shelf from outside it: deliveries, and counts that wait.
func (b *shelfBody) around(v *desk.Visit) error {
	coming, err := v.Ledger.Coming(v.Ctx(), v.Outlet)
	if err != nil {
		return err
	}
	today := v.Ledger.Today()
	for _, t := range coming {
		lot, err := v.Ledger.Lot(v.Ctx(), t.Lot)
		if err != nil {
			return err
		}
		p := v.Snap.Product(lot.Product)
		d := delivered{What: kitsAndDoses(t.Kits, p) + " of " + desk.ProductName(p) + ", lot " + lot.Number, From: outletName(v.Snap, t.Outlet), Sent: page.DaysWords(int(t.SentOn - today))}
		if from := v.Snap.Area(t.Area); from != nil && (b.May || v.Who.NeedsPIN()) {
			d.Href = b.Home + "/arrive/" + from.Code + "/" + t.ID.String()
		}
		b.Coming = append(b.Coming, d)
	}
	if b.Going, err = goingTable(v); err != nil {
		return err
	}
	return b.counts(v)
}

func (b *shelfBody) counts(v *desk.Visit) error {
	if !v.May(staff.Count) {
		return nil
	}
	open, err := v.Ledger.OpenCounts(v.Ctx(), v.Outlet.Area, v.Outlet.ID)
	if err != nil || len(open) == 0 {
		return err
	}
	var ids []int
	for _, c := range open {
		if !slices.Contains(ids, c.CountedBy) {
			ids = append(ids, c.CountedBy)
		}
	}
	names, err := v.Staff.Names(v.Ctx(), ids...)
	if err != nil {
		return err
	}
	for _, c := range open {
		w := waiting{What: "Count of " + c.CountedOn.Words(), Href: b.Home + "/count/" + c.ID.String()}
		if name := names[c.CountedBy]; name != "" {
			w.What += " by " + name
		}
		b.Counts = append(b.Counts, w)
	}
	return nil
}

// goingTable is what is on its way from here.
func goingTable(v *desk.Visit) (page.Table, error) {
	t := page.Table{
		Caption: "On the way from here", Hide: true, Stack: true, CSV: desk.OutletPath(v.Outlet.ID) + "/deliveries.csv",
		Columns: page.Columns("To", "Lot", "#Kits", "Sent", "Put right"),
	}
	going, err := v.Ledger.Going(v.Ctx(), v.Outlet)
	if err != nil {
		return t, err
	}
	may := v.May(staff.Reverse)
	for _, d := range going {
		lot, err := v.Ledger.Lot(v.Ctx(), d.Lot)
		if err != nil {
			return t, err
		}
		right := page.Cell{}
		if may {
			right = page.LinkCell("Reverse", entryPath(v, d.ID)+"/reverse")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(outletName(v.Snap, d.To), entryPath(v, d.ID)), page.TextCell(lot.Number), page.CountCell(int64(d.Kits)),
			page.TextCell(d.SentOn.Words()), right,
		}})
	}
	return t, nil
}

// deliveriesCSV is what is on its way to and from here, as a file.
func deliveriesCSV(v *desk.Visit) error {
	coming, err := v.Ledger.Coming(v.Ctx(), v.Outlet)
	if err != nil {
		return err
	}
	going, err := v.Ledger.Going(v.Ctx(), v.Outlet)
	if err != nil {
		return err
	}
	lots := map[int]ledger.Lot{}
	for _, t := range slices.Concat(coming, going) {
		if lots[t.Lot], err = v.Ledger.Lot(v.Ctx(), t.Lot); err != nil {
			return err
		}
	}
	out := csvFile(v, "deliveries", "id", "way", "from_outlet", "to_outlet", "lot", "kits", "sent_on")
	for i, t := range slices.Concat(coming, going) {
		way := "coming"
		if i >= len(coming) {
			way = "going"
		}
		err := out.Write(t.ID.String(), way, outletName(v.Snap, t.Outlet), outletName(v.Snap, t.To), lots[t.Lot].Number, strconv.Itoa(t.Kits), t.SentOn.String())
		if err != nil {
			return err
		}
	}
	return out.Close()
}
