package outlet

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/gs1"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
	"everykit/web/scanning"
)

// shelfBox is the box of the form that gives out.
func shelfBox(v *desk.Visit) *page.Scan {
	return &page.Scan{To: desk.OutletPath(v.Outlet.ID) + "/scan", Fields: "kits lot scanned proposed occurred_on"}
}

// scanned tells the script what a code says at this shelf.
func scanned(v *desk.Visit) error { return scanning.Reply(v, pickScanned) }

// takeLot is the button that picks the lot of the code in place of another.
const takeLot = "lot"

// pickScanned picks the lot of a code among those on the shelf. The same kind of kit again is one kit more. The hidden field
// "scanned" holds the lot that a code picked before, and the serial numbers of the packs, so that one pack held twice before
// the scanner is one pack.
func pickScanned(v *desk.Visit, form url.Values, code gs1.Code, take string) (scanning.Answer, error) {
	var out scanning.Answer
	p, known := scanning.ProductOf(v, code)
	if code.GTIN != "" && !known {
		scanning.Unknown(v, &out, code.GTIN, "the lot", form)
		return out, nil
	}
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return out, err
	}
	f := shelfForm{answers: &answers{typed: form}}
	f.kits, err = strconv.Atoi(f.text("kits"))
	if err != nil {
		f.kits = 1
	}
	f.lot, _ = strconv.Atoi(f.text("lot"))
	f.scanned = strings.Fields(f.text("scanned"))
	f.from = picksOf(s, f.kits)
	f.options = f.from.options(s.Today, f.dayOr("occurred_on", s.Today))

	product := 0
	if p != nil {
		product = p.ID
	}
	here, err := f.ofCode(v, product, code)
	if err != nil {
		return out, err
	}
	what := "Lot " + code.Lot
	if p != nil {
		what += " of " + desk.ProductName(p)
	}
	switch {
	case code.Lot == "" && p == nil:
		out.Say("The code has no lot in it: choose the lot that is on the pack")
		return out, nil
	case code.Lot == "":
		what = desk.ProductName(p)
		here = f.usual(here)
	}
	switch {
	case len(here) == 0:
		out.Say(what + " is not on this shelf. Choose the lot that is on the pack, or receive these kits first")
		out.Link("Receive kits", desk.OutletPath(v.Outlet.ID)+"/receive")
		return out, nil
	case len(here) > 1 && code.Lot == "":
		out.Say("This is " + what + ", and the code has no lot in it: choose the lot that is on the pack")
		return out, nil
	case len(here) > 1:
		out.Say("There is more than one lot " + code.Lot + " on this shelf: choose the right one")
		return out, nil
	}
	if err := scanning.Differs(v.Ctx(), v.Ledger, &out, f.from[here[0]].Lot, code); err != nil {
		return out, err
	}
	f.pick(&out, here[0], code, take)
	return out, nil
}

// shelfForm is the form that gives out, with the lots it offers.
type shelfForm struct {
	*answers
	kits, lot int
	scanned   []string
	from      picks
	options   []page.Option
}

// ofCode gives the places in the list of those lots that a code may mean: of its product, if that is told, and with its
// number, also where that number was found to be another lot's.
func (f *shelfForm) ofCode(v *desk.Visit, product int, code gs1.Code) ([]int, error) {
	var named []ledger.Lot
	if code.Lot != "" {
		var err error
		if named, err = v.Ledger.LotsNumbered(v.Ctx(), product, code.Lot); err != nil {
			return nil, err
		}
	}
	var found []int
	for i, p := range f.from {
		if product != 0 && p.Lot.Product != product {
			continue
		}
		if code.Lot == "" || slices.ContainsFunc(named, func(l ledger.Lot) bool { return l.Head() == p.Lot.Head() }) {
			found = append(found, i)
		}
	}
	return exact(f.from, found, code.Lot), nil
}

// exact keeps, of several entries that are one lot, the one whose number is the pack's.
func exact(from picks, found []int, number string) []int {
	if number == "" || len(found) < 2 {
		return found
	}
	var same []int
	for _, i := range found {
		if lotKey(from[i].Lot.Number) == lotKey(number) {
			same = append(same, i)
		}
	}
	if len(same) == 0 {
		return found
	}
	return same
}

// usual leaves, where a code has no lot in it, the one lot that may be given out, or the one that is picked and was scanned
// before: there is nothing to choose then.
func (f *shelfForm) usual(here []int) []int {
	var open []int
	for _, i := range here {
		if f.options[i].Disabled {
			continue
		}
		if f.picked(i) {
			return []int{i}
		}
		open = append(open, i)
	}
	if len(open) == 0 && len(here) > 0 {
		return here[:1] // to say why it is not to be given out
	}
	return open
}

// picked reports whether a code picked this lot before.
func (f *shelfForm) picked(i int) bool {
	return len(f.scanned) > 0 && f.scanned[0] == f.options[i].Value && f.lot == f.from[i].Lot.ID
}

// pick takes a lot into the form, counts one more of it, or asks.
func (f *shelfForm) pick(out *scanning.Answer, i int, code gs1.Code, take string) {
	lot, o := f.from[i].Lot, f.options[i]
	switch {
	case o.Disabled:
		out.Say(o.Label + " is " + strings.ToLower(o.Hint[:1]) + o.Hint[1:])
		return
	case f.picked(i) && code.Serial != "" && slices.Contains(f.scanned[1:], code.Serial):
		out.Say("This very pack, serial number " + code.Serial + ", was scanned before. It is counted once")
		return
	case f.picked(i):
		f.kits++
		out.Put("kits", strconv.Itoa(f.kits))
		out.Say(page.Kits(int64(f.kits)) + " of " + o.Label)
	case f.lot == lot.ID, f.opened(), take == takeLot:
		f.scanned = []string{o.Value}
		out.Put("lot", o.Value)
		out.Say(o.Label + " is picked. " + expiryWords(lot))
	default:
		out.Ask(f.label()+" is picked. The code says "+o.Label+". One entry is of one lot.", "Give out lot "+lot.Number, takeLot)
		return
	}
	if code.Lot == "" {
		out.Say("The code has no lot in it: look that the pack is of lot " + lot.Number)
	}
	if f.from.questioned(lot.ID) {
		out.Say("Say below why this lot: " + f.from[i].Reason)
	}
	if code.Serial != "" && !strings.ContainsAny(code.Serial, " \t\r\n") {
		f.scanned = append(f.scanned, code.Serial)
	}
	out.Put("scanned", strings.Join(f.scanned, " "))
}

// opened reports whether the lot is the one that the form picked by itself, so that nobody's choice is changed.
func (f *shelfForm) opened() bool {
	if len(f.scanned) > 0 {
		return f.lot == 0
	}
	proposed, _, _ := strings.Cut(f.text("proposed"), " ")
	return f.lot == 0 || f.lot == f.from.first() || strconv.Itoa(f.lot) == proposed
}

// label names the lot that is picked.
func (f *shelfForm) label() string {
	for i, o := range f.options {
		if f.from[i].Lot.ID == f.lot {
			return o.Label
		}
	}
	return "Another lot"
}
