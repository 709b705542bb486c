package outlet

import (
	"slices"

	"github.com/google/uuid"

	"everykit/gs1"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
	"everykit/web/scanning"
)

// aboutOld are the fields of the fold about an earlier kit that a supply replaces: nothing in them is needed.
var aboutOld = []string{"reason", "replaces_lot", "replaces_product", "brought_back"}

// notListed is the answer that the earlier kit is of none of the products that have such a lot.
const notListed = "none"

// replaces fills in what a form says of an earlier kit. A kit that replaces one is a repeat. The lot is moved where exactly
// one of that number is known; a number that nobody knows is kept as typed; and where several products have it, the form
// asks which.
func (a *answers) replaces(v *desk.Visit, s *ledger.SupplyOf) error {
	s.BroughtBack = a.text("brought_back") == "yes"
	s.ReplacesLot = a.text("replaces_lot")
	told := s.ReplacesLot != "" || s.BroughtBack
	switch {
	case told && s.Supply == ledger.FirstSupply:
		a.wrong("supply", "a first kit replaces none").Hint("choose repeat, or leave the earlier kit empty")
		return nil
	case (told || s.Reason != 0) && s.Supply == 0:
		s.Supply = ledger.RepeatSupply
	}
	if s.ReplacesLot == "" {
		return nil
	}
	old, err := oldLots(v, s.ReplacesLot)
	if err != nil {
		return err
	}
	s.ReplacesLot = old.number
	lots := old.lots
	switch code := a.text("replaces_product"); {
	case code == notListed:
		lots = nil
	case code != "":
		p, ok := v.Snap.FindProduct(code)
		if !ok {
			a.wrong("replaces_product", "choose the product from the list")
			return nil
		}
		lots = slices.DeleteFunc(lots, func(l ledger.Lot) bool { return l.Product != p.ID })
	case len(lots) > 1 || len(lots) == 1 && old.strange:
		a.wrong("replaces_product", "say which product the earlier kit is").Hint("%s", whichProduct(old))
		return nil
	}
	if len(lots) > 0 {
		s.Replaces = lots[0].ID
	}
	return nil
}

// oldKit is what somebody typed of an earlier kit's lot: the number, and the lots it may be, one a product.
type oldKit struct {
	number  string
	lots    []ledger.Lot
	strange bool // a code of a product that is not known here
}

// oldLots finds what was typed or scanned. Of a code only the lot's number is kept: the rest could tell one pack from all
// others. What is no code with a product in it is a number, whatever it looks like.
func oldLots(v *desk.Visit, typed string) (oldKit, error) {
	old := oldKit{number: typed}
	var err error
	if old.lots, err = v.Ledger.LotsNumbered(v.Ctx(), 0, typed); err != nil || len(old.lots) > 0 {
		return old, err
	}
	code, err := gs1.Parse(typed, v.Ledger.Today())
	if err != nil || code.GTIN == "" || code.Lot == "" {
		return old, nil
	}
	product := 0
	p, known := scanning.ProductOf(v, code)
	if known {
		product = p.ID
	}
	old.number, old.strange = code.Lot, !known
	old.lots, err = v.Ledger.LotsNumbered(v.Ctx(), product, code.Lot)
	return old, err
}

func whichProduct(old oldKit) string {
	if old.strange {
		return "the code does not say it: choose it from the list"
	}
	return "more than one has a lot " + old.number
}

// oldProducts are the products to choose from, once it has to be asked: none before.
func oldProducts(v *desk.Visit, a *answers) ([]page.Option, error) {
	typed := a.now("replaces_lot")
	if typed == "" {
		return nil, nil
	}
	old, err := oldLots(v, typed)
	if err != nil || len(old.lots) == 0 || len(old.lots) == 1 && !old.strange {
		return nil, err
	}
	list := []page.Option{{Label: "Choose the product"}}
	for _, l := range old.lots {
		if p := v.Snap.Product(l.Product); p != nil {
			list = append(list, page.Option{Value: p.Code, Label: p.Name})
		}
	}
	return append(list, page.Option{Value: notListed, Label: "None of these, or not known"}), nil
}

// oldWords are how the page says where an earlier kit went.
var oldWords = map[ledger.Kind]string{
	ledger.KindUse: "used", ledger.KindLose: "lost", ledger.KindHandBack: "handed back, and held", ledger.KindDestroy: "destroyed",
}

// replacement is what the receipt says of the earlier kit.
type replacement struct {
	Text string
	Link page.Link // to its entry, or to what is left to do
}

// replacementOf tells of a supply what became of the earlier kit; the nought replacement if none was told of.
func replacementOf(v *desk.Visit, m *ledger.Movement) (replacement, error) {
	var r replacement
	if m.Kind != ledger.KindSupply {
		return r, nil
	}
	old, err := v.Ledger.Replaced(v.Ctx(), m)
	if err != nil {
		return r, err
	}
	if old != nil {
		lot, err := v.Ledger.Lot(v.Ctx(), old.Lot)
		if err != nil {
			return r, err
		}
		r.Text = page.Kits(int64(old.Kits)) + " of lot " + lot.Number + " is now recorded as " + oldWords[old.Kind] + "."
		switch {
		case old.From == ledger.Nowhere || old.From == ledger.Outside:
			r.Text += " No outlet here had one of this lot out with people on that day, so none was taken off its count."
		case old.Other != 0:
			r.Text += " It had been given out by " + outletName(v.Snap, old.Other) + "."
		}
		r.Link = page.Link{Text: "The entry of the earlier kit", Href: entryPath(v, old.ID)}
		back, err := v.Ledger.ReversedBy(v.Ctx(), old.Area, old.ID)
		if back != uuid.Nil {
			r.Text = "What was recorded of the earlier kit of lot " + lot.Number + " has been reversed."
		}
		return r, err
	}
	if m.ReplacesLot != "" {
		known, err := v.Ledger.LotsNumbered(v.Ctx(), 0, m.ReplacesLot)
		if err != nil {
			return r, err
		}
		r.Text = "Nothing says where the earlier kit of lot " + m.ReplacesLot + " went, so it was not moved."
		if len(known) == 0 {
			r.Text = "We do not know lot " + m.ReplacesLot + " of the earlier kit. It is kept as typed, and no kit was moved."
		}
	}
	if v.R.URL.Query().Get("earlier") == "here" {
		r.Text = page.Sentence(r.Text) + " They brought the earlier kit back: it is not in the record yet."
		r.Link = page.Link{Text: "Record the kit that was handed back", Href: desk.OutletPath(v.Outlet.ID) + "/handed-back"}
	}
	return r, nil
}
