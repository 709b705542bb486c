package cli

import (
	"context"
	"slices"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/table"
)

var traceCommand = command{
	name: "trace", args: "--lot L | --notice N", brief: "Print where all kits of a lot went, one row an outlet, the total last",
	more: `A lot is its number as printed on the pack; case and spaces do not matter. Where two products have a lot of one number,
--product says which. A notice is its number; all lots that it names are traced, one row an outlet and lot.

The columns of --format csv are a promise: ` + strings.Join(ledger.TraceColumns, ", ") + `.
Received is the sum of what follows it; what was sent on counts where it is now. The last row has no area and no outlet.`,
	setup: func(s *session) func(context.Context, []string) error {
		t := &trace{session: s}
		s.useDatabase()
		s.flags.StringVar(&t.lot, "lot", "", "`NUMBER` of the lot, as printed")
		s.flags.StringVar(&t.notice, "notice", "", "`NUMBER` of a published notice, in place of a lot")
		s.flags.StringVar(&t.product, "product", "", "`CODE` of the product, where the number alone is not enough")
		s.flags.StringVar(&t.format, "format", "table", "`FORMAT`: table, csv or json")
		return t.run
	},
}

// trace is one run of the trace command.
type trace struct {
	*session
	lot, notice, product, format string
}

const traceExample = "everykit trace --lot 0116917"

func (t *trace) run(ctx context.Context, args []string) error {
	if err := t.want(args); err != nil {
		return err
	}
	switch {
	case t.lot == "" && t.notice == "":
		return usage("trace needs a --lot or a --notice").try(traceExample)
	case t.lot != "" && t.notice != "":
		return usage("trace takes a --lot or a --notice, not both").try(traceExample)
	case t.notice != "" && t.product != "":
		return usage("a notice names its products itself").try("everykit trace --notice %s", t.notice)
	}
	if err := checkFormat(t.format); err != nil {
		return err
	}
	r, err := t.existing(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	snap, err := r.Registry.Now(ctx)
	if err != nil {
		return err
	}
	find := t.lots
	if t.notice != "" {
		find = t.named
	}
	lots, err := find(ctx, r, snap)
	if err != nil {
		return err
	}
	var ids []int
	for _, l := range lots {
		ids = append(ids, l.ID)
	}
	rows, err := r.Ledger.Trace(ctx, ids...)
	if err != nil {
		return err
	}
	return t.print(t.format, ledger.TraceColumns, ledger.TraceFile(snap, lots, rows), ledger.TraceColumns[4:]...)
}

// lots finds the lot that is asked for, with all entries that are joined to it.
func (t *trace) lots(ctx context.Context, r *rooms, snap *registry.Snapshot) ([]ledger.Lot, error) {
	product := 0
	if t.product != "" {
		p, ok := snap.FindProduct(t.product)
		if !ok {
			return nil, fault.New(fault.NotFound, "%s", snap.UnknownProduct(t.product)).Hint("give the code of a product: everykit export products")
		}
		product = p.ID
	}
	found, err := r.Ledger.LotsNumbered(ctx, product, t.lot)
	if err != nil {
		return nil, err
	}
	var heads, products []string
	head := 0
	for _, l := range found {
		if head == 0 {
			head = l.Head()
		}
		if p := snap.Product(l.Product); p != nil && l.Head() != head {
			products = append(products, p.Code)
		} else if p != nil {
			heads = append(heads, p.Code)
		}
	}
	switch {
	case len(found) == 0:
		return nil, t.unknown(ctx, r, product)
	case len(products) > 0:
		all := append(heads, products...)
		slices.Sort(all)
		return nil, fault.New(fault.Conflict, "lots of %d products have the number %s: %s", len(all), t.lot, strings.Join(all, ", ")).
			Hint("everykit trace --lot %s --product %s", t.lot, all[0])
	}
	return r.Ledger.Family(ctx, head)
}

// named finds the lots that a notice names, with all entries that are joined to them.
func (t *trace) named(ctx context.Context, r *rooms, _ *registry.Snapshot) ([]ledger.Lot, error) {
	n, err := r.Notices.ByNumber(ctx, t.notice)
	if err != nil {
		return nil, err
	}
	var all []ledger.Lot
	seen := map[int]bool{}
	for _, id := range n.Lots() {
		family, err := r.Ledger.Family(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, l := range family {
			if !seen[l.ID] {
				seen[l.ID] = true
				all = append(all, l)
			}
		}
	}
	return all, nil
}

// mostNear is how many lots with a number like the one asked for are named.
const mostNear = 5

// unknown says that there is no such lot, and which are like it.
func (t *trace) unknown(ctx context.Context, r *rooms, product int) error {
	unknown := fault.New(fault.NotFound, "no lot %s was ever received", t.lot)
	like, err := r.Ledger.SearchLots(ctx, t.lot, mostNear)
	if err != nil {
		return err
	}
	var near []string
	add := func(number string) {
		if !slices.Contains(near, number) && len(near) < mostNear {
			near = append(near, number)
		}
	}
	for _, l := range like {
		if product == 0 || l.Product == product {
			add(l.Number)
		}
	}
	all, err := r.Ledger.Lots(ctx, product)
	if err != nil {
		return err
	}
	var known []string
	for _, l := range all {
		known = append(known, l.Number)
	}
	if best := table.Nearest(strings.ToUpper(t.lot), known); best != "" {
		add(best)
	}
	if len(near) == 0 {
		return unknown.Hint("copy the number from the pack, near the expiry date; with --product only that product's lots are looked at")
	}
	return unknown.Hint("look at the pack again; like it are %s", strings.Join(near, ", "))
}
