package outlet

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
	"everykit/web/scanning"
)

// receive is kits that came from a supplier, or that were here when the outlet began with Everykit.
var receive = deed{
	page: "receive", title: "Receive kits",
	fields: append([]string{"code", "kits", "product", "lot", "expiry", "occurred_on"}, aboutReceipt...),
	draw:   drawReceive, save: saveReceive,
	box: func(*desk.Visit) *page.Scan { return scanning.Box() }, rule: scanning.Blanks,
}

var aboutReceipt = []string{"order", "unit_price", "supplier", "paid_by", "opening", "note"}

type receiveBody struct {
	common
	Products []page.Option
	Usual    string // the product that this outlet gives, if it is one
	Lots     []suggestion
	Open     bool
}

func drawReceive(v *desk.Visit, a *answers) (any, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return nil, err
	}
	b := receiveBody{
		common: begin(v), Products: productOptions(v.Snap, v.Outlet, page.Option{Label: "Choose the product"}),
		Open: slices.ContainsFunc(aboutReceipt, func(f string) bool { return a.now(f) != "" }),
	}
	var usual []string
	for _, p := range v.Snap.Products() {
		if gives(v.Outlet, p) {
			usual = append(usual, p.Code)
		}
	}
	if len(usual) == 1 {
		b.Usual = usual[0]
	}
	b.Lots, err = suggestions(v, s)
	return b, err
}

func saveReceive(v *desk.Visit, a *answers) (string, error) {
	r := ledger.Receipt{
		Entry: a.entry(v), Product: product(v, a), Lot: a.text("lot"), Opening: a.text("opening") == "yes",
		Order: a.text("order"), UnitPrice: pence(a, "unit_price"), Supplier: a.text("supplier"), PaidBy: a.text("paid_by"),
	}
	if a.text("product") == "" {
		a.wrong("product", "choose the product")
	}
	if r.Lot == "" {
		a.wrong("lot", "copy the lot number from the pack").Hint("it stands near the expiry date, and may be marked LOT or Batch")
	}
	var err error
	if r.Expiry, err = civil.ParseExpiry(a.text("expiry")); err != nil {
		a.wrong("expiry", "%.20q is not an expiry date", a.text("expiry")).Hint("write it as printed: 11/2026, 11/26, 2026-11 or 15/11/2026")
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.Receive(v.Ctx(), v.Who, r); err != nil {
		return "", err
	}
	return entryPath(v, r.ID), nil
}

// pence reads a price in pounds.
func pence(a *answers, field string) int {
	s := strings.NewReplacer("£", "", ",", "", " ", "").Replace(a.text(field))
	if s == "" {
		return 0
	}
	pounds, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(pounds+(part + "00")[:max(2, len(part))], 10, 31)
	if err != nil || len(part) > 2 {
		a.wrong(field, "%.20q is not a price", a.text(field)).Hint("write pounds and pence, as 18.50")
	}
	return int(n)
}
