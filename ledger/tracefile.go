package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"everykit/registry"
	"everykit/store"
)

// TraceColumns are the columns of a trace in files. They are a promise: received is the sum of the rest, and what was sent
// on is counted where it is now.
var TraceColumns = []string{"product", "lot", "area", "outlet", "received", "shelf", "held", "transit", "people", "used", "destroyed", "lost", "returned"}

// TraceFile is a trace as rows under TraceColumns: one an outlet and lot, by the codes of area and outlet, and then the
// total, whose area and outlet are empty; its product and lot are too, where there is more than one. Entries that are
// joined count as the lot that stands for them. lots are all that rows may name.
func TraceFile(snap *registry.Snapshot, lots []Lot, rows []Traced) [][]string {
	known := map[int]Lot{}
	for _, l := range lots {
		known[l.ID] = l
	}
	head := func(id int) Lot {
		if l, ok := known[known[id].Head()]; ok {
			return l
		}
		return known[id]
	}
	type line struct {
		words [4]string
		Counts
	}
	var lines []line
	at := map[[2]int]int{} // place in lines by outlet and lot
	var total Counts
	for _, r := range rows {
		l := head(r.Lot)
		total = total.Plus(r.Counts)
		if i, ok := at[[2]int{r.Outlet, l.ID}]; ok {
			lines[i].Counts = lines[i].Counts.Plus(r.Counts)
			continue
		}
		at[[2]int{r.Outlet, l.ID}] = len(lines)
		lines = append(lines, line{[4]string{productCode(snap, l), l.Number, areaCode(snap, r.Area), outletCode(snap, r.Outlet)}, r.Counts})
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.words[2], b.words[2]), cmp.Compare(a.words[3], b.words[3]), cmp.Compare(a.words[0], b.words[0]), cmp.Compare(a.words[1], b.words[1]))
	})
	last := line{Counts: total}
	for i, l := range lots {
		product, number := productCode(snap, l), head(l.ID).Number
		if i == 0 {
			last.words[0], last.words[1] = product, number
		}
		if last.words[0] != product {
			last.words[0] = ""
		}
		if last.words[0] == "" || last.words[1] != number {
			last.words[1] = ""
		}
	}
	cells := make([][]string, 0, len(lines)+1)
	for _, l := range append(lines, last) {
		cells = append(cells, append(slices.Clone(l.words[:]), l.traceCells()...))
	}
	return cells
}

// traceCells are the numbers of a row.
func (c Counts) traceCells() []string {
	var cells []string
	for _, n := range []int{c.Received(), c[Shelf], c.HeldAll(), c[Transit], c[People], c[Used], c[Destroyed], c[Lost], c[Returned]} {
		cells = append(cells, strconv.Itoa(n))
	}
	return cells
}

func productCode(snap *registry.Snapshot, l Lot) string {
	if p := snap.Product(l.Product); p != nil {
		return p.Code
	}
	return ""
}

func areaCode(snap *registry.Snapshot, id int) string {
	if a := snap.Area(id); a != nil {
		return a.Code
	}
	return ""
}

func outletCode(snap *registry.Snapshot, id int) string {
	if o := snap.Outlet(id); o != nil {
		return o.Code
	}
	return ""
}

// Sent reads every delivery of lots from one outlet to another, on the way or arrived, the latest first. Those that were
// reversed are not among them. It costs as many rows as the lots have movements.
func (l *Ledger) Sent(ctx context.Context, lots ...int) ([]Transfer, error) {
	var all []Transfer
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return inChunks(lots, func(marks string, args []any) error {
			return eachTransfer(ctx, tx, func(t Transfer) error { all = append(all, t); return nil },
				`(area, id) IN (SELECT m.area, m.id FROM stock s JOIN movement m ON m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot
					WHERE s.lot IN (`+marks+") AND m."+ever+" AND m.kind = ? AND m.reverses IS NULL)", append(args, KindSend)...)
		})
	})
	slices.SortFunc(all, func(a, b Transfer) int {
		return cmp.Or(cmp.Compare(b.SentOn, a.SentOn), slices.Compare(b.ID[:], a.ID[:]))
	})
	return all, err
}
