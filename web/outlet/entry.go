package outlet

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// recorded is one entry as its page shows it.
type recorded struct {
	common
	*ledger.Movement
	Panel   page.Panel
	Earlier replacement // of a supply: what became of the kit it replaced
	Offer   []page.Link // of a supply: what else the person may be given
	Facts   []page.Fact
	Again   page.Link // the same deed once more
	Reverse string    // where it can be reversed; empty if it cannot
}

// entry shows one movement: what, when it happened, when it was entered, by whom. It is where a form leads once it is
// saved.
func entry(v *desk.Visit) error {
	m, err := movement(v)
	if err != nil {
		return err
	}
	b, err := recordedOf(v, m)
	if err != nil {
		return err
	}
	pv := view(v, b.Panel.Title)
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "entry", pv)
}

// movement finds the entry that the address names, if this outlet recorded it.
func movement(v *desk.Visit) (*ledger.Movement, error) {
	id, err := uuid.Parse(v.R.PathValue("entry"))
	if err == nil {
		var m *ledger.Movement
		if m, err = v.Ledger.Movement(v.Ctx(), v.Outlet.Area, id); err != nil {
			return nil, err
		}
		if m != nil && m.Outlet == v.Outlet.ID {
			return m, nil
		}
	}
	return nil, fault.New(fault.NotFound, "this outlet has no such entry")
}

// about is what the page of an entry needs beside the movement itself.
type about struct {
	lot        ledger.Lot
	left       int       // of the lot on the shelf now
	reversedBy uuid.UUID // zero if it stands
	parts      []ledger.CardLine
	by         string
}

func aboutOf(v *desk.Visit, m *ledger.Movement) (about, error) {
	var of about
	var err error
	if m.Lot != 0 {
		if of.lot, err = v.Ledger.Lot(v.Ctx(), m.Lot); err != nil {
			return of, err
		}
		s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
		if err != nil {
			return of, err
		}
		for _, l := range s.Lines {
			if l.Lot.ID == m.Lot {
				of.left = l.Counts[ledger.Shelf]
			}
		}
	}
	card, err := v.Ledger.Card(v.Ctx(), v.Outlet.ID, m.Lot, m.OccurredOn, m.OccurredOn)
	if err != nil {
		return of, err
	}
	for _, line := range card.Lines {
		if line.ID == m.ID {
			of.reversedBy = line.ReversedBy
		}
		if m.Transfer != uuid.Nil && m.Reverses == uuid.Nil && line.Transfer == m.Transfer && line.Reverses == uuid.Nil {
			of.parts = append(of.parts, line)
		}
	}
	names, err := v.Staff.Names(v.Ctx(), m.Staff)
	of.by = names[m.Staff]
	return of, err
}

func recordedOf(v *desk.Visit, m *ledger.Movement) (recorded, error) {
	of, err := aboutOf(v, m)
	if err != nil {
		return recorded{}, err
	}
	b := recorded{common: begin(v), Movement: m, Panel: page.Panel{Title: headline(m)}, Facts: facts(v, m, of), Again: again[m.Kind]}
	if b.Again.Href != "" {
		b.Again.Href = b.Home + b.Again.Href
	}
	if m.Lot != 0 {
		b.Panel.Text = fmt.Sprintf("%s, lot %s.", desk.ProductName(v.Snap.Product(m.Product)), of.lot.Number)
		if m.From == ledger.Shelf || m.To == ledger.Shelf {
			b.Panel.Text += " " + leftWords(of.left)
		}
	}
	if m.Reverses == uuid.Nil && of.reversedBy == uuid.Nil {
		if b.Earlier, err = replacementOf(v, m); err != nil {
			return recorded{}, err
		}
	}
	if m.Kind == ledger.KindSupply && m.Reverses == uuid.Nil && of.reversedBy == uuid.Nil {
		b.Offer = offers(v, of.lot)
	}
	if m.Reverses == uuid.Nil && of.reversedBy == uuid.Nil && v.May(staff.Reverse) {
		b.Reverse = entryPath(v, m.ID) + "/reverse"
	}
	return b, nil
}

// offers are what goes with a kit: a card of its lot, and one reminder, which is asked for on the public page and never
// joined to the supply.
func offers(v *desk.Visit, lot ledger.Lot) []page.Link {
	links := []page.Link{{Text: "Print a card with the lot, to go with the kit", Href: "/lots/" + strconv.Itoa(lot.ID) + "/labels"}}
	if p := v.Snap.Product(lot.Product); p != nil && lot.Expiry.Known && v.Reminders != nil && v.Reminders.Ready() {
		q := url.Values{"product": {p.Code}, "lot": {lot.Number}, "expiry": {lot.Expiry.String()}}
		links = append(links, page.Link{Text: "Offer one e-mail before it expires", Href: "/check/remind?" + q.Encode()})
	}
	return links
}

func leftWords(left int) string {
	if left == 1 {
		return "1 kit of this lot is left on the shelf."
	}
	return page.Kits(int64(left)) + " of this lot are left on the shelf."
}

// headline says what happened in a few words: "2 kits given out".
func headline(m *ledger.Movement) string {
	what := strings.ToLower(m.Kind.Words())
	if m.Kind == ledger.KindUnmet {
		what = "asked for, and not given"
	}
	if m.Reverses != uuid.Nil {
		return page.Kits(int64(m.Kits)) + " " + what + ": reversed"
	}
	return page.Kits(int64(m.Kits)) + " " + what
}

// again is the deed that makes such entries, once more.
var again = map[ledger.Kind]page.Link{
	ledger.KindSupply:   {Text: "Give out another", Href: "/give-out"},
	ledger.KindReceive:  {Text: "Receive more", Href: "/receive"},
	ledger.KindOpen:     {Text: "Receive more", Href: "/receive"},
	ledger.KindSend:     {Text: "Send more", Href: "/send"},
	ledger.KindUse:      {Text: "Another kit was used", Href: "/used"},
	ledger.KindStaffUse: {Text: "Another kit was used", Href: "/used"},
	ledger.KindHandBack: {Text: "Another came back", Href: "/handed-back"},
	ledger.KindHold:     {Text: "Write off another", Href: "/write-off"},
	ledger.KindDestroy:  {Text: "Write off another", Href: "/write-off"},
	ledger.KindLose:     {Text: "Write off another", Href: "/write-off"},
	ledger.KindUnmet:    {Text: "Another was turned away", Href: "/turned-away"},
}

// enteredWords is when an entry was made, beside when it happened.
func enteredWords(v *desk.Visit, m *ledger.Movement) page.Cell {
	on := v.Ledger.EnteredOn(m)
	c := page.TextCell(on.Words())
	if late := int(on - m.OccurredOn); late > 0 {
		c = c.Tagged(page.Tag{Text: page.Plural(int64(late), "day", "days") + " later", Tone: page.Quiet})
	}
	return c
}

// dayWords writes a day with today and yesterday named.
func dayWords(d, today civil.Date) string {
	switch d {
	case today:
		return "Today"
	case today - 1:
		return "Yesterday"
	}
	return d.Words()
}
