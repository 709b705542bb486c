package scanning

import (
	"context"
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/gs1"
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// Fields of a form that Blanks fills in: the code of a product in a select, a lot and an expiry as printed.
const (
	Product = "product"
	Lot     = "lot"
	Expiry  = "expiry"
)

// takeAll takes what the code says where the form says something else.
const takeAll = "all"

// Box is the box of a form that Blanks fills in.
func Box() *page.Scan {
	return &page.Scan{To: "/scan", Fields: Product + " " + Lot + " " + Expiry}
}

// Blanks fills in product, lot and expiry, by the rule of gs1.Fill.
func Blanks(v *desk.Visit, form url.Values, code gs1.Code, take string) (Answer, error) {
	var a Answer
	p, known := ProductOf(v, code)
	a.Say(whatItSays(p, code))
	if code.GTIN != "" && !known {
		Unknown(v, &a, code.GTIN, "the product", form)
	}
	f := blanks{form: form, snap: v.Snap, product: p, code: code}
	f.fill(&a, take)
	if p == nil || code.Lot == "" || !v.Who.SignedIn() || v.Who.NeedsPIN() {
		return a, nil
	}
	return a, recorded(v, &a, p, code)
}

// blanks is a form with product, lot and expiry before a code.
type blanks struct {
	form    url.Values
	snap    *registry.Snapshot
	product *registry.Product // of the code; nil if it names none that is known
	code    gs1.Code
}

func (f blanks) text(field string) string { return strings.TrimSpace(f.form.Get(field)) }

func (f blanks) fill(a *Answer, take string) {
	have := gs1.Fields{Lot: f.text(Lot), Expiry: f.text(Expiry)}
	says := gs1.Code{Lot: f.code.Lot, Expiry: f.code.Expiry}
	if f.product != nil {
		says.GTIN, have.GTIN = f.code.GTIN, f.gtin()
	}
	before := have
	filled, differs := gs1.Fill(have, says)
	if take == takeAll {
		for _, d := range differs {
			switch d.Field {
			case gs1.FieldGTIN:
				have.GTIN = ""
			case gs1.FieldLot:
				have.Lot = ""
			case gs1.FieldExpiry:
				have.Expiry = ""
			}
		}
		filled, differs = gs1.Fill(have, says)
	}
	if filled.GTIN != before.GTIN {
		a.Put(Product, f.product.Code)
	}
	if filled.Lot != before.Lot {
		a.Put(Lot, filled.Lot)
	}
	if filled.Expiry != before.Expiry {
		a.Put(Expiry, filled.Expiry)
	}
	if len(differs) == 0 {
		return
	}
	var here, there []string
	for _, d := range differs {
		h, t := f.words(d)
		here, there = append(here, h), append(there, t)
	}
	a.Ask("The form says "+strings.Join(here, ", ")+". The code says "+strings.Join(there, ", ")+". Is it another pack?", "Use what the code says", takeAll)
}

// gtin is the number of the product that the form has. A product without one is told by its code, which is no number of any
// product.
func (f blanks) gtin() string {
	here, ok := f.snap.FindProduct(f.text(Product))
	if ok && here.ID == f.product.ID {
		return f.code.GTIN
	}
	return f.text(Product)
}

// words are both sides of a difference as a person reads them.
func (f blanks) words(d gs1.Difference) (here, there string) {
	switch d.Field {
	case gs1.FieldGTIN:
		here = d.Have
		if p, ok := f.snap.FindProduct(d.Have); ok {
			here = p.Name
		}
		return here, f.product.Name
	case gs1.FieldLot:
		return "lot " + d.Have, "lot " + d.Scanned
	}
	here = d.Have
	if e, err := civil.ParseExpiry(d.Have); err == nil {
		here = e.Words()
	}
	return "expiry " + here, "expiry " + f.code.Expiry.Words()
}

// ProductOf is the product that a code names; false if it names none, or one that nobody linked to a product.
func ProductOf(v *desk.Visit, code gs1.Code) (*registry.Product, bool) {
	if code.GTIN == "" {
		return nil, false
	}
	return v.Snap.FindProduct(code.GTIN)
}

// whatItSays is a code in words: what was seen, before anything is made of it.
func whatItSays(p *registry.Product, code gs1.Code) string {
	var words []string
	if p != nil {
		words = append(words, desk.ProductName(p))
	}
	if code.Lot != "" {
		words = append(words, "lot "+code.Lot)
	}
	if code.Expiry.Known {
		words = append(words, "expires "+code.Expiry.Words())
	}
	if code.Serial != "" {
		words = append(words, "serial number "+code.Serial)
	}
	if code.Count > 1 {
		words = append(words, page.Kits(int64(code.Count))+" in it")
	}
	switch {
	case len(words) == 0 && code.GTIN != "":
		words = append(words, "the number of a product and nothing else")
	case len(words) == 0:
		words = append(words, "no product, lot or expiry")
	case code.Lot == "":
		return "The code says: " + strings.Join(words, ", ") + ". It has no lot in it: copy that from the pack"
	}
	return "The code says: " + strings.Join(words, ", ")
}

// recorded compares the code with what the ledger has of the lot.
func recorded(v *desk.Visit, a *Answer, p *registry.Product, code gs1.Code) error {
	lots, err := v.Ledger.LotsNumbered(v.Ctx(), p.ID, code.Lot)
	if err != nil || len(lots) == 0 {
		return err
	}
	return Differs(v.Ctx(), v.Ledger, a, lots[0], code)
}

// Differs says so where a pack bears another expiry than its lot has here. Nothing is changed: that takes a notice.
func Differs(ctx context.Context, book *ledger.Ledger, a *Answer, lot ledger.Lot, code gs1.Code) error {
	if lot.Expiry.Agrees(code.Expiry) {
		return nil
	}
	changes, err := book.ExpiryChanges(ctx, lot.ID)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if c.Was.Agrees(code.Expiry) {
			a.Say("The expiry of lot " + lot.Number + " was changed by notice " + c.Number + ": it is now " + lot.Expiry.Words() + ", whatever is printed")
			return nil
		}
	}
	a.Say("Lot " + lot.Number + " is recorded here with expiry " + lot.Expiry.Words() + ", and the code says " + code.Expiry.Words() +
		". Nothing was changed. Look at the pack, and tell the coordinator if it does say so")
	return nil
}
