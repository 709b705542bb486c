package outlet

import (
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// writeOff is what happens to kits that are not given out. One form holds all of it; what happened decides from where to
// where they go.
var writeOff = deed{
	page: "writeoff", title: "Write off or set aside",
	fields: []string{"what", "kits", "lot", "other_lot", "product", "where", "reason", "occurred_on"},
	draw:   drawWriteOff, save: saveWriteOff,
}

// ending is one answer to "what happened?".
type ending struct {
	key, words, hint string
	from, to         ledger.Place
	held             bool   // kits that are held may go this way too
	reason           string // that the answer itself gives
	deed             staff.Deed
}

var endings = []ending{
	{key: "expired", words: "Expired, and destroyed", from: ledger.Shelf, to: ledger.Destroyed, held: true, reason: "Expired", deed: staff.MoveKits},
	{key: "damaged", words: "Damaged or faulty, and destroyed", from: ledger.Shelf, to: ledger.Destroyed, held: true, reason: "Damaged or faulty", deed: staff.MoveKits},
	{key: "destroyed", words: "Destroyed for another reason", from: ledger.Shelf, to: ledger.Destroyed, held: true, deed: staff.MoveKits},
	{key: "lost", words: "Missing from the shelf", from: ledger.Shelf, to: ledger.Lost, deed: staff.MoveKits},
	{key: "found", words: "Found: more here than the books say", from: ledger.Lost, to: ledger.Shelf, deed: staff.MoveKits},
	{key: "hold", words: "Set aside for now", hint: "They may go back on the shelf later.", from: ledger.Shelf, to: ledger.Held, deed: staff.MoveKits},
	{key: "spoil", words: "Set aside for good", hint: "Damaged or doubtful: to be destroyed or returned.", from: ledger.Shelf, to: ledger.Spoiled, deed: staff.MoveKits},
	{key: "release", words: "Put back on the shelf", hint: "What was set aside for now.", from: ledger.Held, to: ledger.Shelf, deed: staff.ReleaseHold},
	{key: "give_back", words: "Returned to the supplier", from: ledger.Shelf, to: ledger.Returned, held: true, deed: staff.MoveKits},
}

type writeOffBody struct {
	common
	What     []page.Option
	Lots     []page.Option
	Known    []suggestion
	Products []page.Option
	Start    struct{ What, Lot, Kits, Where string }
	AnyHeld  bool
}

func drawWriteOff(v *desk.Visit, a *answers) (any, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return nil, err
	}
	b := writeOffBody{
		common: begin(v), Lots: onHand(s, false), AnyHeld: s.Four().Held > 0,
		Products: productOptions(v.Snap, v.Outlet, page.Option{Label: "Not needed"}),
	}
	for _, e := range endings {
		o := page.Option{Value: e.key, Label: e.words, Hint: e.hint}
		if !v.May(e.deed) {
			o.Disabled, o.Hint = true, "Ask the coordinator of your authority."
		}
		b.What = append(b.What, o)
	}
	b.Start.What, b.Start.Lot, b.Start.Kits, b.Start.Where = a.now("what"), a.now("lot"), a.now("kits"), "shelf"
	if w := a.now("where"); w != "" {
		b.Start.Where = w
	}
	b.Known, err = suggestions(v, s)
	return b, err
}

func saveWriteOff(v *desk.Visit, a *answers) (string, error) {
	what := endingOf(a.text("what"))
	if what == nil {
		a.wrong("what", "say what happened")
	}
	w := ledger.WriteOff{Entry: a.entry(v)}
	w.Note = a.text("reason")
	if other := a.text("other_lot"); a.text("lot") == "" && other != "" {
		lot, found, err := told(v, a, other, product(v, a))
		if err != nil {
			return "", err
		}
		if w.Lot = lot.ID; !found {
			a.wrong("other_lot", "no lot %.40s is known", other).Hint("look at the pack again; if it has never been received, receive it")
		}
	} else {
		w.Lot = a.lot("lot")
	}
	if err := a.err(); err != nil {
		return "", err
	}
	w.From, w.To, w.Note = what.from, what.to, noteReason(w.Note, what.reason)
	if a.text("where") == "held" && what.from != ledger.Held {
		if !what.held {
			return "", fault.New(fault.Invalid, "%s is for kits on the shelf", strings.ToLower(what.words)).At("where")
		}
		from, err := heldPlace(v, w)
		if err != nil {
			return "", err
		}
		w.From = from
	}
	if err := v.Ledger.WriteOff(v.Ctx(), v.Who, w); err != nil {
		return "", err
	}
	return entryPath(v, w.ID), nil
}

func endingOf(key string) *ending {
	for i := range endings {
		if endings[i].key == key {
			return &endings[i]
		}
	}
	return nil
}

// heldPlace says which of the two kinds of held kits to take: those that can never go back, if there are enough of them.
func heldPlace(v *desk.Visit, w ledger.WriteOff) (ledger.Place, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return ledger.Nowhere, err
	}
	for _, l := range s.Lines {
		if l.Lot.ID != w.Lot {
			continue
		}
		spoiled, held := l.Counts[ledger.Spoiled], l.Counts[ledger.Held]
		switch {
		case w.Kits <= spoiled:
			return ledger.Spoiled, nil
		case w.Kits > held && w.Kits <= held+spoiled:
			return ledger.Nowhere, fault.New(fault.Refused, "%d of these kits are set aside for good and %d for now", spoiled, held).At("kits").
				Hint("enter them as two entries: %d, then %d", spoiled, w.Kits-spoiled)
		case held == 0:
			return ledger.Spoiled, nil
		}
	}
	return ledger.Held, nil
}
