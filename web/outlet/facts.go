package outlet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// factList gathers lines of a summary and leaves out what is empty.
type factList []page.Fact

func (l *factList) add(key, value string) {
	if value != "" {
		*l = append(*l, page.Fact{Key: key, Value: page.TextCell(value)})
	}
}

func (l *factList) cell(key string, c page.Cell) { *l = append(*l, page.Fact{Key: key, Value: c}) }

// facts are all that was recorded of a movement. Of a client code there is nothing but that there was one.
func facts(v *desk.Visit, m *ledger.Movement, of about) []page.Fact {
	var l factList
	p := v.Snap.Product(m.Product)
	what := page.TextCell(m.Kind.Words())
	switch {
	case m.Reverses != uuid.Nil:
		what = what.Tagged(page.Tag{Text: "a reversal", Tone: page.Notice})
	case of.reversedBy != uuid.Nil:
		what = what.Tagged(page.Tag{Text: "reversed", Tone: page.Notice})
	case m.Flags&ledger.ExpiredWhenSupplied != 0:
		what = what.Tagged(page.Tag{Text: "expired when supplied", Tone: page.Bad})
	}
	l.cell("What", what)
	l.add("Kits", kitsAndDoses(m.Kits, p))
	if p != nil {
		l.add("Product", p.Name)
	}
	if m.Lot != 0 {
		c := page.LinkCell(of.lot.Number, "/lots/"+strconv.Itoa(of.lot.ID)).Under(expiryWords(of.lot))
		if t, ok := page.ExpiryTag(of.lot.Expiry, v.Ledger.Today()); ok {
			c = c.Tagged(t)
		}
		l.cell("Lot", c)
	}
	l.places(v, m)
	for _, part := range of.parts {
		if part.ID != m.ID {
			l.cell(part.Kind.Words(), page.LinkCell(page.Kits(int64(part.Kits)), entryPath(v, part.ID)))
		}
	}
	l.add("Happened on", m.OccurredOn.Words())
	l.cell("Entered on", enteredWords(v, m))
	l.add("Entered by", of.by)
	l.supply(m)
	l.use(m)
	l.bought(m)
	l.add("Note", m.Note)
	if of.reversedBy != uuid.Nil {
		l.cell("Reversed by", page.LinkCell("the entry that reverses it", entryPath(v, of.reversedBy)))
	}
	if m.Reverses != uuid.Nil {
		l.cell("Reverses", page.LinkCell("the entry it undoes", entryPath(v, m.Reverses)))
	}
	return l
}

func (l *factList) places(v *desk.Visit, m *ledger.Movement) {
	switch {
	case m.Kind == ledger.KindUnmet:
		l.add("Why", m.Unmet.Words())
	case m.From == ledger.Nowhere:
		l.add("Whose", "Not known to be ours: kept as a report")
	default:
		l.add("From, to", m.From.Words()+" → "+m.To.Words())
	}
	if m.Other != 0 {
		key := "Other outlet"
		switch m.Kind {
		case ledger.KindSend:
			key = "Sent to"
		case ledger.KindArrive, ledger.KindShort, ledger.KindBroken:
			key = "Sent by"
		case ledger.KindUse, ledger.KindHandBack, ledger.KindLose:
			key = "Given out by"
		}
		l.add(key, outletName(v.Snap, m.Other))
	}
}

func (l *factList) supply(m *ledger.Movement) {
	if m.Kind != ledger.KindSupply {
		return
	}
	l.add("How it went out", m.Channel.Words())
	l.add("Who for", m.Recipient.Words())
	l.add("First or repeat", m.Detail.Supply.Words())
	l.add("Why a repeat", m.Reason.Words())
	l.add("Age", wordsOf(uint8(m.AgeBand), ledger.AgeOptions()))
	l.add("Sex", wordsOf(uint8(m.Sex), ledger.SexOptions()))
	l.add("Shown how to use it", wordsOf(uint8(m.Trained), yesNo))
	if len(m.Client) > 0 {
		l.add("Client code", "Given; only a mark of it is kept")
	}
	l.add("Card", m.Card)
	l.add("Replaces lot", m.ReplacesLot)
	l.add("Why this lot", m.PickReason)
}

func (l *factList) use(m *ledger.Movement) {
	if m.Doses > 0 {
		l.add("Doses given", page.Number(int64(m.Doses)))
	}
	l.add("The person afterwards", wordsOf(uint8(m.Outcome), ledger.OutcomeOptions()))
	l.add("Ambulance", wordsOf(uint8(m.Ambulance), yesNo))
	l.add("Where", m.Setting)
}

func (l *factList) bought(m *ledger.Movement) {
	l.add("Order", m.Order)
	if m.UnitPrice > 0 {
		l.add("Price of one kit", fmt.Sprintf("£%s.%02d", page.Number(int64(m.UnitPrice/100)), m.UnitPrice%100))
	}
	l.add("Supplier", m.Detail.Supplier)
	l.add("Paid for by", m.PaidBy)
}

// outletFacts are what the registry says of an outlet.
func outletFacts(v *desk.Visit) []page.Fact {
	var l factList
	o := v.Outlet
	l.add("Kind", o.Kind.Words())
	if v.Area != nil {
		l.add("Authority", v.Area.Name)
	}
	l.add("Provider", o.Provider)
	l.add("Gives", givesWords(v.Snap, o))
	l.add("Asks of a person", requiresWords(o))
	if years, known := v.Snap.MinAge(o); known {
		l.add("Youngest age its products are for", fmt.Sprint(years))
	}
	l.add("Open", strings.ReplaceAll(o.Open, ";", ","))
	if o.WalkIn != 0 {
		l.add("Coming in", o.WalkIn.Words())
	}
	if o.StepFree != 0 {
		l.add("Step-free", o.StepFree.Words())
	}
	l.add("Languages", o.Languages)
	l.add("Kits usually go out as", o.Channel.Words())
	legal := page.TextCell("Not recorded")
	if o.LegalBasis != "" {
		legal = page.TextCell(o.LegalBasis)
		if since := o.LegalFrom.Words(); since != "" {
			legal = legal.Under("since " + since)
		}
	}
	l.cell("Legal basis", legal)
	l.add("These facts confirmed on", o.ConfirmedOn.Words())
	l.add("Closed from", o.ClosedOn.Words())
	return l
}

func requiresWords(o *registry.Outlet) string {
	if !o.Requires.Known() {
		return "Not recorded"
	}
	var words []string
	for _, r := range o.Requires.List() {
		words = append(words, strings.ToLower(r.Words()))
	}
	if len(words) == 0 {
		return "Nothing"
	}
	return page.Sentence(strings.Join(words, ", "))
}

func givesWords(snap *registry.Snapshot, o *registry.Outlet) string {
	var words []string
	for _, g := range o.Gives {
		if p, ok := snap.FindProduct(g); ok {
			words = append(words, desk.ProductName(p))
		} else if f, err := registry.ParseForm(g); err == nil && f != 0 {
			words = append(words, strings.ToLower(f.Words()))
		} else if g == "none" {
			return "Nothing: it holds stock for others"
		}
	}
	return strings.Join(words, ", ")
}
