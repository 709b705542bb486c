package ledger

import (
	"context"
	"encoding/hex"
	"strconv"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/table"
)

type (
	civilDate  = civil.Date
	cellExpiry = civil.Expiry
	clientSeen struct {
		area   int
		client string
	}
)

// parse understands a row without the database, but for the lots that were known when the import began.
func (im *importer) parse(c *cells, d *draft) {
	m := &d.m
	m.ID = c.id(0, im.Scope, im.File)
	m.OccurredOn = c.date(1)
	m.Staff = im.Who.ID
	switch im.kind.Name {
	case "receipts":
		m.Kind, m.From, m.To = KindReceive, Supplier, Shelf
		im.at(c, m, recOutlet)
		im.lot(c, d, recProduct, recLot)
		d.expiry = c.expiry(recExpiry)
		m.Kits = c.count(recKits, 0, 1, MostKits)
		m.Order, m.UnitPrice, m.Detail.Supplier, m.PaidBy = c.text(recOrder, 100), c.pence(recPrice), c.text(recSupplier, 100), c.text(recPaidBy, 100)
		if YesNo(c.word(recOpening, &yesNos)) == Yes {
			m.Kind, m.From = KindOpen, Outside
		}
	case "supplies":
		im.parseSupply(c, d)
	case "transfers":
		im.parseTransfer(c, d)
	case "uses":
		m.Kind, m.From, m.To = KindUse, People, Used
		im.at(c, m, useOutlet)
		im.lot(c, d, useProduct, useLot)
		im.suppliedBy(c, m, useSuppliedBy)
		m.Kits = c.count(useKits, 1, 1, MostKits)
		m.Doses = c.count(useDoses, 0, 0, MostDoses)
		m.Outcome, m.Ambulance, m.Setting = Outcome(c.word(useOutcome, &outcomes)), YesNo(c.word(useAmbulance, &yesNos)), c.text(usePlace, 60)
	case "writeoffs":
		im.parseWriteOff(c, d)
	case "unmet":
		m.Kind = KindUnmet
		im.at(c, m, unmOutlet)
		m.Unmet = UnmetReason(c.word(unmReason, &unmetReasons))
		m.Kits = c.count(unmKits, 1, 1, MostKits)
	}
	if c.bad {
		return
	}
	if err := m.check(im.today(im.tx)); err != nil {
		im.failed(c.row.Number, d, err)
		c.bad = true
	}
}

func (im *importer) parseSupply(c *cells, d *draft) {
	m := &d.m
	m.Kind, m.From, m.To = KindSupply, Shelf, People
	o := im.at(c, m, supOutlet)
	im.lot(c, d, supProduct, supLot)
	m.Kits = c.count(supKits, 0, 1, MostKits)
	m.Channel = c.channel(supChannel)
	if m.Channel == 0 && o != nil {
		m.Channel = o.Channel
		m.Flags |= autoChannel
	}
	m.Recipient, m.Detail.Supply, m.Reason = Recipient(c.word(supRecipient, &recipients)), First(c.word(supSupply, &firsts)), Reason(c.word(supReason, &reasons))
	m.AgeBand, m.Sex, m.Trained = Age(c.word(supAge, &ages)), Sex(c.word(supSex, &sexes)), YesNo(c.word(supTrained, &yesNos))
	m.Card, m.ReplacesLot, m.Note = c.text(supCard, 100), c.text(supReplaces, 100), c.text(supNote, MostNote)
	var err error
	if code := c.row.Cell(supClient); code != "" {
		if m.Client, err = im.clientMark(code); err != nil {
			c.bad = true
			c.faults.Add(c.row.Number, "client_code", "(not shown)", err.Error())
		}
	} else if mark := c.row.Cell(supMark); mark != "" {
		if m.Client, err = hex.DecodeString(mark); err != nil || len(m.Client) != clientBytes {
			c.bad = true
			c.faults.Add(c.row.Number, "client_mark", "(not shown)", "is not a mark that an export of Everykit wrote")
		}
	}
}

func (im *importer) parseTransfer(c *cells, d *draft) {
	m := &d.m
	m.Kind, m.From, m.To = KindSend, Shelf, Transit
	im.at(c, m, traFrom)
	to := c.outlet(traTo)
	if to != nil {
		m.Other, m.OtherArea = to.ID, to.Area
		if to.ID == m.Outlet {
			c.fail(traTo, "is the outlet it was sent from")
		}
	}
	im.lot(c, d, traProduct, traLot)
	m.Kits = c.count(traKits, 0, 1, MostKits)
	if c.row.Cell(traArrivedOn) == "" {
		if c.row.Cell(traArrived) != "" || c.row.Cell(traBroken) != "" {
			c.fail(traArrivedOn, "must be filled in where kits arrived")
		}
		return
	}
	d.after = Arrival{ID: partID(m.ID, "arrival"), Transfer: m.ID, FromArea: m.Area, OccurredOn: c.date(traArrivedOn), Broken: c.count(traBroken, 0, 0, MostKits)}
	d.after.Good = c.count(traArrived, max(0, m.Kits-d.after.Broken), 0, MostKits)
	switch {
	case d.after.OccurredOn < m.OccurredOn:
		c.fail(traArrivedOn, "is before it was sent")
	case d.after.OccurredOn > im.today(im.tx):
		c.fail(traArrivedOn, "is in the future")
	case d.after.Good+d.after.Broken > m.Kits:
		c.fail(traArrived, "is more than was sent")
	}
}

func (im *importer) parseWriteOff(c *cells, d *draft) {
	m := &d.m
	im.at(c, m, wriOutlet)
	m.From, m.To = c.place(wriFrom), c.place(wriTo)
	im.lot(c, d, wriProduct, wriLot)
	m.Kits = c.count(wriKits, 0, 1, MostKits)
	m.Note = c.text(wriReason, MostNote)
	if c.bad {
		return
	}
	if m.To == Held && m.From != Shelf {
		m.To = Spoiled
	}
	d.any = m.From == Held && m.To != Shelf && table.Fold(c.row.Cell(wriFrom)) != setAside
	kind, ok := kindOf(m.From, m.To)
	if !ok {
		c.fail(wriTo, "kits cannot go from "+m.From.String()+" to "+m.To.String())
		return
	}
	m.Kind = kind
	if o := im.snap.Outlet(m.Outlet); kind == KindRelease && o != nil && !im.Who.May(staff.ReleaseHold, PlaceOf(im.snap, o)) {
		c.fail(wriTo, "you may not put held kits back on the shelf; the coordinator does")
		return
	}
	if m.Lot == 0 && m.From != People {
		c.fail(wriLot, "must be filled in")
	}
	im.suppliedBy(c, m, wriSuppliedBy)
}

// at puts the outlet that records a row into its movement and checks that this person may record there.
func (im *importer) at(c *cells, m *Movement, column int) *registry.Outlet {
	o := c.outlet(column)
	if o == nil {
		return nil
	}
	may, known := im.allowed[o.ID]
	if !known {
		may = im.Who.May(staff.MoveKits, PlaceOf(im.snap, o))
		im.allowed[o.ID] = may
	}
	if !may {
		c.fail(column, "you may not record kits at this outlet")
	}
	m.Area, m.Outlet = o.Area, o.ID
	return o
}

// lot finds the lot of a row. A receipt may name one that is not known yet; complete makes it.
func (im *importer) lot(c *cells, d *draft, product, lot int) {
	p, number := c.product(product), c.row.Cell(lot)
	switch {
	case p == nil && number != "" && c.row.Cell(product) == "":
		c.fail(product, "must be filled in where a lot is")
	case p == nil:
	case number == "":
		d.m.Product = p.ID
		c.bad = c.bad || c.kind.Columns[lot].Need
	case im.kind.Name == "receipts":
		d.m.Product, d.number = p.ID, number
		if err := checkLotNumber(number); err != nil {
			c.fail(lot, err.Error())
		}
	default:
		d.m.Product = p.ID
		found := im.lots.find(p.ID, number)
		switch {
		case found != nil:
			d.m.Lot = found.ID
		case d.m.From == People: // a use, a loss or a hand-back of a lot that nobody here knows is a report
			if d.m.Note == "" {
				d.m.Note = "Lot " + number
			}
		default:
			c.fail(lot, im.lots.unknownLot(p.ID, number))
		}
	}
}

// nobody in supplied_by says that the kit is known not to be ours: the row is a report.
const nobody = "nobody"

// suppliedBy reads whose kits a use, loss or hand-back is of, where the file says so.
func (im *importer) suppliedBy(c *cells, m *Movement, column int) {
	if m.From == People && table.Fold(c.row.Cell(column)) == nobody {
		m.From, m.To = Nowhere, Nowhere
		return
	}
	if o := c.outlet(column); o != nil {
		m.Other, m.OtherArea = o.ID, o.Area
	}
}

// complete does for a row what needs the database, and gives its movements.
func (im *importer) complete(ctx context.Context, d *draft, pending taken) ([]*Movement, error) {
	m := &d.m
	switch {
	case im.kind.Name == "receipts":
		return im.completeReceipt(ctx, d)
	case m.Kind == KindSend:
		return im.completeTransfer(ctx, d)
	case m.From == People:
		return []*Movement{m}, im.fromPeople(ctx, im.tx, m, pending)
	case d.any:
		return []*Movement{m}, im.whichHeld(ctx, d, pending)
	}
	return []*Movement{m}, nil
}

func (im *importer) completeReceipt(ctx context.Context, d *draft) ([]*Movement, error) {
	m := &d.m
	if err := checkExpiry(d.expiry, im.today(im.tx)); err != nil {
		return nil, im.failed(d.row, d, err)
	}
	lot := im.lots.find(m.Product, d.number)
	if lot == nil || !lot.Expiry.Agrees(d.expiry) || (!lot.Expiry.Known && d.expiry.Known) {
		made, err := im.lotFor(ctx, im.tx, m.Product, d.number, d.expiry)
		if err != nil {
			return nil, im.failed(d.row, d, err)
		}
		if lot != nil {
			*lot = made
		} else {
			lot = &made
			im.lots.put(lot)
		}
	}
	m.Lot = lot.ID
	return []*Movement{m}, nil
}

// tellFirst tells a first supply from a repeat where only the client code can. marks are the clients of this chunk.
func (im *importer) tellFirst(ctx context.Context, m *Movement, marks map[clientSeen]civilDate) error {
	if len(m.Client) == 0 {
		return nil
	}
	k := clientSeen{m.Area, string(m.Client)}
	first, here := marks[k]
	if !here || m.OccurredOn < first {
		marks[k] = m.OccurredOn
	}
	if m.Detail.Supply != 0 {
		return nil
	}
	m.Flags |= autoSupply
	m.Detail.Supply = RepeatSupply
	if m.Reason != 0 || here && first <= m.OccurredOn { // a reason for a repeat says that there was an earlier kit
		return nil
	}
	seen, err := seenBefore(ctx, im.tx, m.Area, m.Client, int(m.OccurredOn))
	if !seen {
		m.Detail.Supply = FirstSupply
	}
	return err
}

func (im *importer) completeTransfer(ctx context.Context, d *draft) ([]*Movement, error) {
	m := &d.m
	ms := []*Movement{m}
	done, err := isStored(ctx, im.tx, ms)
	if err != nil {
		return nil, err
	}
	if !done {
		if err := openTransfer(ctx, im.tx, m); err != nil {
			return nil, err
		}
	}
	if d.after.ID == uuid.Nil {
		return ms, nil
	}
	t := Transfer{Area: m.Area, ID: m.ID, Outlet: m.Outlet, ToArea: m.OtherArea, To: m.Other, Lot: m.Lot, SentOn: m.OccurredOn, Kits: m.Kits}
	parts, err := d.after.movements(im.Who, im.snap.Outlet(m.Other), t, *im.lots.byID(m.Lot))
	if err != nil {
		return nil, im.failed(d.row, d, err)
	}
	if done, err = isStored(ctx, im.tx, parts); err != nil || done {
		return append(ms, parts...), err
	}
	if err := closeTransfer(ctx, im.tx, d.after); err != nil {
		return nil, im.failed(d.row, d, err)
	}
	return append(ms, parts...), nil
}

// whichHeld settles a "held" that may be either kind: what can never go back on a shelf leaves first.
func (im *importer) whichHeld(ctx context.Context, d *draft, pending taken) error {
	m := &d.m
	m.Flags |= autoPlace
	k := stockKey{int32(m.Area), int32(m.Outlet), int32(m.Lot)}
	n, err := available(ctx, im.tx, k, Spoiled, m.OccurredOn, pending)
	if err == nil && n >= m.Kits {
		m.From = Spoiled
		pending.take(k, Spoiled, m.OccurredOn, m.Kits)
	}
	return err
}

// failed notes what is wrong with a row, if that is something its owner can mend; any other error ends the import.
func (im *importer) failed(row int, d *draft, err error) error {
	known := fault.Of(err)
	if len(known) == 0 || fault.Is(err, fault.Unavailable) {
		return err
	}
	for _, f := range known {
		im.faults.Add(row, f.Field, im.shown(d, f.Field), f.Message)
	}
	return nil
}

// shown is the value of a cell that a fault found late belongs to.
func (im *importer) shown(d *draft, field string) string {
	switch field {
	case "occurred_on":
		return d.m.OccurredOn.String()
	case "kits":
		return strconv.Itoa(d.m.Kits)
	case "lot":
		if l := im.lots.byID(d.m.Lot); l != nil {
			return l.Number
		}
		return d.number
	case "expiry":
		return d.expiry.String()
	case "reason":
		return d.m.Reason.String()
	}
	return ""
}
