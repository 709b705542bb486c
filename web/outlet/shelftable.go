package outlet

import (
	"net/http"
	"strconv"

	"everykit/civil"
	"everykit/ledger"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

// lotTable is the shelf by lot, the first to expire at the top. Each lot leads to its stock card.
func lotTable(v *desk.Visit, s ledger.Stock) page.Table {
	at := desk.OutletPath(v.Outlet.ID)
	t := page.Table{
		Caption: "On the shelf, by lot", Hide: true, Stack: true, CSV: at + "/shelf.csv", Empty: "There is nothing on this shelf.",
		Note: "Held or expired kits of a lot are named only where there are any.",
		Columns: []page.Column{
			{Label: "Lot"},
			{Label: "Expires"},
			{Label: "Usable (kits)", Numeric: true, Definition: "onhand"},
			{Label: "Held (kits)", Numeric: true, Definition: "onhand"},
			{Label: "Expired (kits)", Numeric: true, Definition: "onhand"},
			{Label: "On hand (kits)", Numeric: true, Definition: "onhand"},
		},
	}
	for _, l := range s.Lines {
		expires := page.TextCell(page.Sentence(l.Lot.Expiry.Words()))
		expires.Text = expires.Text[:len(expires.Text)-1]
		if tag, ok := page.ExpiryTag(l.Lot.Expiry, s.Today); ok {
			expires = expires.Tagged(tag)
			if !l.Lot.Expiry.Known {
				expires.Text = ""
			}
		}
		usable := page.CountCell(int64(l.Usable(s.Today)))
		if n := l.Usable(s.Today); n > 0 && l.Product != nil && l.Product.DosesPerKit > 0 {
			usable = usable.Under(page.Doses(int64(n * l.Product.DosesPerKit)))
		}
		lot := page.LinkCell(l.Lot.Number, at+"/card?lot="+strconv.Itoa(l.Lot.ID)).Under(desk.ProductName(l.Product))
		if l.Unchecked > 0 {
			lot = lot.Tagged(page.Tag{Text: page.Number(int64(l.Unchecked)) + " to check", Tone: page.Soon})
		}
		t.Rows = append(t.Rows, page.Row{Quiet: l.Usable(s.Today) == 0, Cells: []page.Cell{
			lot, expires,
			usable, someKits(l.Held()), someKits(l.Expired(s.Today)), page.CountCell(int64(l.OnHand())),
		}})
	}
	if len(s.Lines) > 1 {
		f := s.Four()
		t.Rows = append(t.Rows, page.Row{Total: true, Cells: []page.Cell{
			page.TextCell("All lots"), {}, page.CountCell(int64(f.Usable)), page.CountCell(int64(f.Held)), page.CountCell(int64(f.Expired)), page.CountCell(int64(f.OnHand)),
		}})
	}
	return t
}

// someKits is a count of what is mostly none: then it is empty, which on a phone takes no line.
func someKits(n int) page.Cell {
	if n == 0 {
		return page.Cell{}
	}
	return page.CountCell(int64(n))
}

// shelfCSV is the same table as a file.
func shelfCSV(v *desk.Visit) error {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	out := csvFile(v, "shelf", "outlet", "product", "lot", "expiry", "usable_kits", "usable_doses", "held_kits", "expired_kits", "on_hand_kits")
	for _, l := range s.Lines {
		code, doses := "", ""
		if l.Product != nil {
			code, doses = l.Product.Code, strconv.Itoa(l.Usable(s.Today)*l.Product.DosesPerKit)
		}
		err := out.Write(v.Outlet.Code, code, l.Lot.Number, l.Lot.Expiry.String(), strconv.Itoa(l.Usable(s.Today)), doses,
			strconv.Itoa(l.Held()), strconv.Itoa(l.Expired(s.Today)), strconv.Itoa(l.OnHand()))
		if err != nil {
			return err
		}
	}
	return out.Close()
}

// csvFile begins a file to download, named after the outlet, what it holds and the day.
func csvFile(v *desk.Visit, what string, columns ...string) *table.Writer {
	h := v.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", "attachment; filename="+strconv.Quote(plain(v.Outlet.Code)+"-"+what+"-"+v.Ledger.Today().String()+".csv"))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	v.W.WriteHeader(http.StatusOK)
	return table.NewWriter(v.W, columns...)
}

// plain leaves of a code what may stand in a file's name.
func plain(code string) string {
	b := []byte(code)
	for i, c := range b {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			b[i] = '_'
		}
	}
	return string(b)
}

// latestDays is how many days the latest entries reach back.
const latestDays = 1

func latest(v *desk.Visit) (ledger.Card, civil.Date, error) {
	today := v.Ledger.Today()
	card, err := v.Ledger.Card(v.Ctx(), v.Outlet.ID, 0, today-latestDays, today)
	return card, today, err
}
