package ledger

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/store"
	"everykit/table"
)

// Export is what to write out.
type Export struct {
	Kind  string // one of Kinds
	Area  int    // 0: all
	Out   table.Out
	Marks bool // with the hashes that restore first-supply marks: personal data, for staff moving to another database
}

// Export writes the movements of a kind, but for those that were reversed and their reversals, and gives the number of
// rows. Files of all kinds, imported into an empty database in the order of Kinds with the registry first, give the same
// stock, counts and marks.
func (l *Ledger) Export(ctx context.Context, e Export) (int, error) {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return 0, err
	}
	x := &exporter{Export: e, snap: snap, lots: map[int]Lot{}}
	where, ok := exportWhere[e.Kind]
	if !ok {
		return 0, fault.New(fault.Invalid, "there is no kind of file called %q", e.Kind)
	}
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		all, err := findLots(ctx, tx, "1 = 1")
		if err != nil {
			return err
		}
		for _, lot := range all {
			x.lots[lot.ID] = lot
		}
		if e.Kind == "transfers" {
			if err := x.readArrivals(ctx, tx); err != nil {
				return err
			}
		}
		area := "? = 0 OR m.area = ?"
		return tx.Each(ctx, func(scan func(...any) error) error {
			m, err := scanMovement(scan)
			if err != nil {
				return err
			}
			return e.Out.Write(x.row(m)...)
		}, "SELECT "+prefixed("m", allColumns)+" FROM movement m WHERE ("+area+") AND ("+where+`) AND m.reverses IS NULL
			AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.area = m.area AND r.reverses = m.id) ORDER BY m.area, m.id`, e.Area, e.Area)
	})
	return e.Out.Rows(), err
}

// kindsIn is "kind IN (...)" for some kinds.
func kindsIn(ks ...Kind) string {
	s := "m.kind IN ("
	for i, k := range ks {
		if i > 0 {
			s += ", "
		}
		s += strconv.Itoa(int(k))
	}
	return s + ")"
}

var exportWhere = map[string]string{
	"receipts":  kindsIn(KindOpen, KindReceive),
	"supplies":  kindsIn(KindSupply),
	"transfers": kindsIn(KindSend),
	"uses":      kindsIn(KindUse),
	"writeoffs": kindsIn(KindStaffUse, KindHandBack, KindHold, KindRelease, KindDestroy, KindLose, KindFind, KindGiveBack),
	"unmet":     kindsIn(KindUnmet),
}

// ExportColumns are the columns that Export writes for a kind: those of the kind, without client codes, which are not
// kept, and without the marks unless they are asked for.
func ExportColumns(kind string, marks bool) []string {
	k, _ := fileKind(kind)
	var names []string
	for i, c := range k.Columns {
		if kind == "supplies" && (i == supClient || (i == supMark && !marks)) {
			continue
		}
		names = append(names, c.Name)
	}
	return names
}

type exporter struct {
	Export
	snap     *registry.Snapshot
	lots     map[int]Lot
	arrivals map[areaID]Transfer
}

func (x *exporter) readArrivals(ctx context.Context, tx *store.Tx) error {
	x.arrivals = map[areaID]Transfer{}
	return eachTransfer(ctx, tx, func(t Transfer) error {
		x.arrivals[areaID{t.Area, t.ID}] = t
		return nil
	}, "(? = 0 OR area = ?) AND arrival IS NOT NULL", x.Area, x.Area)
}

func (x *exporter) outlet(id int) string {
	if o := x.snap.Outlet(id); o != nil {
		return o.Code
	}
	return ""
}

func (x *exporter) product(id int) string {
	if p := x.snap.Product(id); p != nil {
		return p.Code
	}
	return ""
}

// row gives a movement's cells in the order of ExportColumns.
func (x *exporter) row(m *Movement) []string {
	lot := x.lots[m.Lot]
	id, on, kits := m.ID.String(), m.OccurredOn.String(), strconv.Itoa(m.Kits)
	switch x.Kind {
	case "receipts":
		opening := ""
		if m.Kind == KindOpen {
			opening = "yes"
		}
		return []string{
			id, on, x.outlet(m.Outlet), x.product(m.Product), lot.Number, lot.Expiry.String(), kits, m.Order, pounds(m.UnitPrice), m.Detail.Supplier,
			m.PaidBy, opening,
		}
	case "supplies":
		row := []string{
			id, on, x.outlet(m.Outlet), x.product(m.Product), lot.Number, kits, m.Channel.String(), m.Recipient.String(), m.Detail.Supply.String(),
			m.Reason.String(), m.AgeBand.String(), m.Sex.String(), m.Trained.String(), m.Card, m.ReplacesLot, m.Note,
		}
		if x.Marks {
			row = append(row, hex.EncodeToString(m.Client))
		}
		return row
	case "transfers":
		t := x.arrivals[areaID{m.Area, m.ID}]
		row := []string{id, on, x.outlet(m.Outlet), x.outlet(m.Other), x.product(m.Product), lot.Number, kits, "", "", ""}
		if t.Arrival != uuid.Nil {
			row[traArrivedOn], row[traArrived], row[traBroken] = t.ArrivedOn.String(), strconv.Itoa(t.Good), strconv.Itoa(t.Broken)
		}
		return row
	case "uses":
		return []string{
			id, on, x.outlet(m.Outlet), x.product(m.Product), lot.Number, kits, wholeOrBlank(m.Doses), m.Outcome.String(), m.Ambulance.String(), m.Setting,
			x.suppliedBy(m),
		}
	case "writeoffs":
		from, to := m.From, m.To
		if from == Nowhere { // a report: what it would have been of
			from, to = People, Lost
			if m.Kind == KindHandBack {
				to = Spoiled
			}
		}
		word := from.String()
		if from == Held {
			word = setAside
		}
		return []string{id, on, x.outlet(m.Outlet), x.product(m.Product), lot.Number, kits, word, to.String(), m.Note, x.suppliedBy(m)}
	}
	return []string{id, on, x.outlet(m.Outlet), m.Unmet.String(), kits}
}

// suppliedBy says whose kits a use, loss or hand-back was of, so that a second reading does not have to find it out.
func (x *exporter) suppliedBy(m *Movement) string {
	switch {
	case m.From == Nowhere:
		return nobody
	case m.From != People:
		return ""
	case m.Other == 0:
		return x.outlet(m.Outlet)
	}
	return x.outlet(m.Other)
}

func pounds(pence int) string {
	if pence == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%02d", pence/100, pence%100)
}

func wholeOrBlank(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
