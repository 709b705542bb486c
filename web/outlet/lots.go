package outlet

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// mostSuggested bounds the lots that a typed field suggests: a phone would choke on thousands.
const mostSuggested = 60

// kitsAndDoses writes kits of a product with their doses beside.
func kitsAndDoses(kits int, p *registry.Product) string {
	if p == nil {
		return page.Kits(int64(kits))
	}
	return page.KitsAndDoses(int64(kits), int64(p.DosesPerKit))
}

// picks is the shelf as one gives from it: for each product the lot to give first, then the others, and what must not be
// given at the end. First expiry, first out holds within a product: somebody who needs a nasal spray is not passing over
// a syringe.
type picks []ledger.Pick

func picksOf(s ledger.Stock, kits int) picks {
	var order []int
	byProduct := map[int][]ledger.StockLine{}
	for _, p := range turns(s, kits) { // the product of the lot due first of all comes first
		if id := p.Lot.Product; !slices.Contains(order, id) {
			order = append(order, id)
		}
	}
	for _, l := range s.Lines {
		byProduct[l.Lot.Product] = append(byProduct[l.Lot.Product], l)
	}
	var give, blocked picks
	for _, id := range order {
		of := s
		of.Lines = byProduct[id]
		for _, p := range turns(of, kits) {
			if p.Blocked != "" {
				blocked = append(blocked, p)
			} else {
				give = append(give, p)
			}
		}
	}
	return append(give, blocked...)
}

// turns puts lots in the order to give them. Where no lot has as many kits as are asked for, the order is that for one kit.
func turns(s ledger.Stock, kits int) []ledger.Pick {
	picks := s.Picks(kits)
	if !slices.ContainsFunc(picks, func(p ledger.Pick) bool { return p.Proposed }) {
		return s.Picks(1)
	}
	return picks
}

// first is the lot that a form opens with: the one to give first, or else one that may be given at all. 0 if none may.
func (ps picks) first() int {
	for _, p := range ps {
		if p.Blocked == "" {
			return p.Lot.ID
		}
	}
	return 0
}

// proposed are the lots to give first, one a product, as a form carries them.
func (ps picks) proposed() string {
	var ids []string
	for _, p := range ps {
		if p.Proposed {
			ids = append(ids, strconv.Itoa(p.Lot.ID))
		}
	}
	return strings.Join(ids, " ")
}

// questioned reports whether a lot may be given only with a reason.
func (ps picks) questioned(lot int) bool {
	for _, p := range ps {
		if p.Lot.ID == lot {
			return p.Blocked == "" && !p.Proposed
		}
	}
	return false
}

// late reports whether there are expired lots here, which only an entry for an earlier day may name.
func (ps picks) late(today civil.Date) bool {
	return slices.ContainsFunc(ps, func(p ledger.Pick) bool { return p.Expired(today) > 0 })
}

// choiceLeft reports whether any lot may be given for which a reason is asked.
func (ps picks) choiceLeft() bool {
	return slices.ContainsFunc(ps, func(p ledger.Pick) bool { return p.Blocked == "" && !p.Proposed })
}

// options are the lots of the form for a day. On an earlier day an expired lot may be chosen: what has happened is
// recorded, and marked.
func (ps picks) options(today, on civil.Date) []page.Option {
	list := make([]page.Option, len(ps))
	for i, p := range ps {
		o := lotOption(p.StockLine, today)
		o.Hint = expiryWords(p.Lot) + " · " + kitsAndDoses(p.Usable(today), p.Product) + " here"
		switch {
		case p.Blocked != "":
			o.Disabled = on >= today || p.Expired(today) == 0
			o.Hint = page.Sentence("not to be given out: "+p.Blocked) + " " + kitsAndDoses(p.OnHand(), p.Product) + " here."
		case p.Proposed:
			o.Tag = &page.Tag{Text: "give this first", Tone: page.Good}
		default:
			o.Hint += " · " + p.Reason
		}
		list[i] = o
	}
	return list
}

// lotOption names a lot with how it stands.
func lotOption(l ledger.StockLine, today civil.Date) page.Option {
	o := page.Option{Value: strconv.Itoa(l.Lot.ID), Label: desk.ProductName(l.Product) + ", lot " + l.Lot.Number}
	if t, ok := page.ExpiryTag(l.Lot.Expiry, today); ok {
		o.Tag = &t
	}
	return o
}

func expiryWords(l ledger.Lot) string {
	if !l.Expiry.Known {
		return "Expiry not known"
	}
	return "Expires " + l.Expiry.Words()
}

// onHand offers every lot that is here, also what must not be given out: it can always be moved on.
func onHand(s ledger.Stock, shelfOnly bool) []page.Option {
	var list []page.Option
	for _, l := range s.Lines {
		if shelfOnly && l.Counts[ledger.Shelf] <= 0 {
			continue
		}
		o := lotOption(l, s.Today)
		o.Hint = expiryWords(l.Lot) + " · " + kitsAndDoses(l.Counts[ledger.Shelf], l.Product) + " on the shelf"
		if held := l.Held(); held > 0 {
			o.Hint += ", " + page.Number(int64(held)) + " held"
		}
		list = append(list, o)
	}
	return list
}

// suggestion is a lot that a typed field offers.
type suggestion struct{ Number, Words string }

// suggestions are the lots here, then those known anywhere that expire last.
func suggestions(v *desk.Visit, s ledger.Stock) ([]suggestion, error) {
	all, err := v.Ledger.Lots(v.Ctx(), 0)
	if err != nil {
		return nil, err
	}
	var list []suggestion
	seen := map[string]bool{}
	add := func(l ledger.Lot) {
		if key := lotKey(l.Number); !seen[key] && len(list) < mostSuggested {
			seen[key] = true
			list = append(list, suggestion{l.Number, desk.ProductName(v.Snap.Product(l.Product)) + ", " + strings.ToLower(expiryWords(l)[:1]) + expiryWords(l)[1:]})
		}
	}
	for _, l := range s.Lines {
		add(l.Lot)
	}
	for _, l := range all {
		add(l)
	}
	return list, nil
}

// lotKey is how typed numbers are compared: without case or spaces.
func lotKey(number string) string { return strings.ToUpper(strings.Join(strings.Fields(number), "")) }

// told finds the lot whose number somebody typed from a pack. found is false if no such lot was ever recorded.
func told(v *desk.Visit, a *answers, number string, product int) (lot ledger.Lot, found bool, err error) {
	all, err := v.Ledger.Lots(v.Ctx(), product)
	if err != nil {
		return lot, false, err
	}
	for _, l := range all {
		if lotKey(l.Number) != lotKey(number) {
			continue
		}
		if found && l.Head() != lot.Head() {
			a.wrong("product", "more than one product has a lot %.40s", number).Hint("choose the product")
			return lot, true, nil
		}
		lot, found = l, true
	}
	return lot, found, nil
}

// product reads which product was chosen, 0 if none.
func product(v *desk.Visit, a *answers) int {
	code := a.text("product")
	if code == "" {
		return 0
	}
	p, ok := v.Snap.FindProduct(code)
	if !ok {
		a.wrong("product", "choose the product from the list")
		return 0
	}
	return p.ID
}
