package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"everykit/civil"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/table"
)

// The nation that figures are read of: England as it ships with the program, five years of supplies, and every month a new
// lot at each outlet, of one of two products in turn.
const (
	figureOutlets = 2000
	figureMonths  = 60
	figureLife    = 24      // months from a lot's arrival to its last day
	figureInUse   = 4       // lots that are given out from at a time
	figurePart    = 500_000 // supplies in one file
)

// figureNow is when the figures are read: estimates had been published for the year before.
var figureNow = time.Date(2018, time.June, 15, 12, 0, 0, 0, time.UTC)

// figureNation is a database of a nation, and the rooms that read it.
type figureNation struct {
	db      *store.DB
	reg     *registry.Registry
	led     *ledger.Ledger
	figures *measure.Measures
	boards  *expiry.Expiry
	england *registry.Area
	one     *registry.Area // an authority
}

// newFigureNation makes one with so many supplies, all by the program's own imports.
func newFigureNation(ctx context.Context, dir string, supplies int, seed uint64) (*figureNation, error) {
	db, err := store.Open(ctx, filepath.Join(dir, fmt.Sprintf("figures-%d.db", supplies)), func() time.Time { return figureNow })
	if err != nil {
		return nil, err
	}
	n := &figureNation{db: db, reg: registry.New(db)}
	if err := n.fill(ctx, dir, supplies, seed); err != nil {
		n.close()
		return nil, err
	}
	return n, nil
}

func (n *figureNation) close() error { return n.db.Close() }

func (n *figureNation) fill(ctx context.Context, dir string, supplies int, seed uint64) error {
	if err := n.db.Migrate(ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema, measure.Schema)...); err != nil {
		return err
	}
	if err := n.reg.LoadBuiltIn(ctx); err != nil {
		return err
	}
	n.led = ledger.New(n.db, n.reg, nil, time.UTC)
	n.figures = measure.New(n.db, n.reg, n.led.Today)
	n.boards = expiry.New(n.db, n.reg, n.led, nil, nil, nil, "")
	snap, err := n.reg.Now(ctx)
	if err != nil {
		return err
	}
	n.england, _ = snap.AreaByCode("E92000001")
	areas := snap.AuthoritiesOf(n.england.ID, n.led.Today())
	n.one = areas[0]
	if err := n.takeOutlets(ctx, areas); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, uint64(supplies)))
	if err := n.take(ctx, dir, "receipts", "receipts.csv", figureReceipts()); err != nil {
		return err
	}
	for from := 0; from < supplies; from += figurePart {
		name := fmt.Sprintf("supplies-%d.csv", from/figurePart)
		if err := n.take(ctx, dir, "supplies", name, figureSupplies(r, from, min(from+figurePart, supplies), supplies)); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "figures: %s of %s supplies are in\n", amount(float64(min(from+figurePart, supplies))), amount(float64(supplies)))
	}
	return nil
}

func (n *figureNation) takeOutlets(ctx context.Context, areas []*registry.Area) error {
	var text bytes.Buffer
	text.WriteString("code,name,kind,authority,channel,public,requires\n")
	for i := range figureOutlets {
		fmt.Fprintf(&text, "F%d,Outlet %d,drug_service,%s,community,%s,%s\n", i, i, areas[i%len(areas)].Code, []string{"yes", "yes", "no"}[i%3], []string{"", "none", "appointment"}[i/3%3])
	}
	for _, k := range registry.Kinds() {
		if k.Name != "outlets" {
			continue
		}
		rd, err := table.NewReader(bytes.NewReader(text.Bytes()), "outlets.csv", int64(text.Len()), k)
		if err != nil {
			return err
		}
		_, err = n.reg.Import(ctx, k.Name, rd, false)
		return err
	}
	return fmt.Errorf("outlets cannot be imported")
}

// take imports the rows of a ledger's file, the first of which is the header.
func (n *figureNation) take(ctx context.Context, dir, kind, name string, rows iter.Seq[[]string]) error {
	path := filepath.Join(dir, name)
	if err := writeCSV(path, rows); err != nil {
		return err
	}
	defer os.Remove(path)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	for _, k := range ledger.Kinds() {
		if k.Name == kind {
			_, err = n.led.Import(ctx, ledger.Import{
				Kind: kind, File: name, Who: staff.Operator(), Open: func() (*table.Reader, error) { return table.NewReader(f, name, info.Size(), k) },
			})
		}
	}
	return err
}

func figureBegins() civil.Month { return civil.In(figureNow, time.UTC).Month() - figureMonths }

func figureProduct(lot int) string { return []string{"prenoxad", "nyxoid"}[lot%2] }

func figureReceipts() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if !yield([]string{"occurred_on", "outlet", "product", "lot", "expiry", "kits", "unit_price"}) {
			return
		}
		for o := range figureOutlets {
			for l := range figureMonths {
				month := figureBegins() + civil.Month(l)
				if !yield([]string{
					month.First().String(), "F" + strconv.Itoa(o), figureProduct(l), "L" + strconv.Itoa(l), (month + figureLife).String(), "90000", "18.00",
				}) {
					return
				}
			}
		}
	}
}

// figureSupplies are the supplies from one to another of so many, in the order of the days.
func figureSupplies(r *rand.Rand, from, to, of int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if !yield([]string{"occurred_on", "outlet", "product", "lot", "kits", "channel", "recipient", "supply", "reason", "age_band", "sex", "trained"}) {
			return
		}
		first := figureBegins().First()
		days := int64(civil.In(figureNow, time.UTC) - first)
		cells := make([]string, 12)
		for i := from; i < to; i++ {
			day := first + civil.Date(int64(i)*days/int64(of))
			lot := max(0, min(figureMonths-1, int(day.Month()-figureBegins()))-r.IntN(figureInUse))
			supply := pick(r, "first", "first", "repeat", "repeat", "repeat", "not_known", "")
			reason := ""
			if supply == "repeat" {
				reason = pick(r, "used_on_self", "used_on_other", "lost", "stolen", "expired", "damaged", "spare", "not_known", "")
			}
			copy(cells, []string{
				day.String(), "F" + strconv.Itoa(r.IntN(figureOutlets)), figureProduct(lot), "L" + strconv.Itoa(lot), pick(r, "1", "1", "1", "2", "3"),
				pick(r, "community", "community", "post", "peer", "community_prescription"), pick(r, "person_at_risk", "person_at_risk", "family_or_friend", "worker", ""),
				supply, reason, pick(r, "under_25", "25_34", "35_44", "45_over", ""), pick(r, "female", "male", ""), pick(r, "yes", "no", ""),
			})
			if !yield(cells) {
				return
			}
		}
	}
}
