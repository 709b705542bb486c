package demo

import (
	"context"
	"math"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Options say which demonstration. The same options make the same one.
type Options struct {
	Seed     uint64
	Scale    float64                            // 1, also for 0: about 2,000 outlets and 300,000 supplies
	Today    civil.Date                         // its last day; 0 or civil.None: the ledger's today, and never after it
	Progress func(step string, done, total int) // called now and then, total 0 if not known; may be nil
}

// Small is the options for tests: every kind of thing, little of each.
func Small(today civil.Date) Options { return Options{Seed: 1, Scale: 0.02, Today: today} }

// mostScale keeps a slip of the finger from filling a disk.
const mostScale = 100

// Made is what was made, and where to look first.
type Made struct {
	Seed        uint64
	Scale       float64
	From, Today civil.Date
	Authorities int
	Outlets     int
	Supplies    int // times kits were given out
	Movements   int
	Accounts    []Account
	Outlet      *registry.Outlet // a lively one, where the workers work
	Area        *registry.Area   // its authority
}

// Build makes a demonstration in a database that has had all Schemas applied and has no outlets yet. The ledger must
// have a key for client codes. What it needs for a while lies in the system's temporary folder. A build that fails or
// is given up leaves a database to throw away: it is marked from the first.
func Build(ctx context.Context, db *store.DB, reg *registry.Registry, l *ledger.Ledger, st *staff.Staff, m *measure.Measures, o Options) (Made, error) {
	o, err := o.settled(l.Today())
	if err != nil {
		return Made{}, err
	}
	p := &plan{Options: o, start: civil.FinancialYearOf(o.Today).Before().First()}
	o.step("areas")
	if err := mark(ctx, db, o); err != nil {
		return Made{}, err
	}
	if err := settle(ctx, reg); err != nil {
		return Made{}, err
	}
	snap, err := reg.Now(ctx)
	if err != nil {
		return Made{}, err
	}
	p.authorities = authorities(snap, o, p.start)
	if err := putEstimates(ctx, reg, snap, p.authorities, o, p.start); err != nil {
		return Made{}, err
	}
	o.step("outlets")
	planSites(p)
	if err := putOutlets(ctx, reg, p); err != nil {
		return Made{}, err
	}
	b := &build{plan: p, db: db, l: l, reg: reg}
	o.step("accounts")
	if b.cast, err = hire(ctx, st, snap, p.main()); err != nil {
		return Made{}, err
	}
	if err := b.history(ctx); err != nil {
		return Made{}, err
	}
	o.step("returns")
	if err := p.sendReturns(ctx, m); err != nil {
		return Made{}, err
	}
	o.step("last entries")
	if err := b.deeds(ctx); err != nil {
		return Made{}, err
	}
	return b.made(ctx)
}

func (o Options) settled(today civil.Date) (Options, error) {
	if o.Scale == 0 {
		o.Scale = 1
	}
	if o.Today == 0 || o.Today == civil.None {
		o.Today = today
	}
	switch {
	case math.IsNaN(o.Scale) || o.Scale <= 0 || o.Scale > mostScale:
		return o, fault.New(fault.Invalid, "the scale of a demonstration is more than 0 and at most %d", mostScale).At("scale")
	case o.Today > today:
		return o, fault.New(fault.Invalid, "%s is in the future", o.Today.Words()).At("today")
	case o.Today < civil.On(2022, time.April, 1):
		return o, fault.New(fault.Invalid, "a demonstration cannot end before April 2022: its rules for who may supply are later ones").At("today")
	}
	return o, nil
}

func (o Options) step(name string) { o.progress(name, 0, 0) }

func (o Options) progress(name string, done, total int) {
	if o.Progress != nil {
		o.Progress(name, done, total)
	}
}

// build is a demonstration under way.
type build struct {
	*plan
	cast
	db    *store.DB
	reg   *registry.Registry
	l     *ledger.Ledger
	first *town
}

// history plays every authority through and has the ledger import what came of it.
func (b *build) history(ctx context.Context) error {
	f, err := newFiles()
	if err != nil {
		return err
	}
	defer f.discard()
	c := &catalogue{seed: b.Seed, first: b.start.Month() - 60, made: map[catalogueKey]*lot{}}
	for i, a := range b.authorities {
		b.progress("two years", i, len(b.authorities))
		if err := ctx.Err(); err != nil {
			return err
		}
		if a.habit != counts && a.habit != late {
			continue
		}
		if t := b.play(i, f, c); a.first {
			b.first = t
		}
	}
	return f.into(ctx, b.l, b.Options, b.people, func(done, of int) { b.progress("the ledger", done, of) })
}

// main is the outlet to look at first.
func (p *plan) main() *site {
	for _, list := range p.sites {
		for _, s := range list {
			if s.main {
				return s
			}
		}
	}
	panic("demo: the nation lacks authority " + firstAuthority)
}

// made counts what there is now.
func (b *build) made(ctx context.Context) (Made, error) {
	snap, err := b.reg.Now(ctx)
	if err != nil {
		return Made{}, err
	}
	main := b.main()
	made := Made{
		Seed: b.Seed, Scale: b.Scale, From: b.start, Today: b.Today, Authorities: len(b.plan.authorities), Accounts: b.accounts,
		Outlet: snap.Outlet(main.Outlet.ID), Area: snap.Area(main.authority.ID),
	}
	made.Outlets = len(snap.Outlets())
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Get(ctx, []any{&made.Movements}, "SELECT COUNT(*) FROM movement"); err != nil {
			return err
		}
		_, err := tx.Get(ctx, []any{&made.Supplies}, "SELECT COUNT(*) FROM movement WHERE kind = ? AND reverses IS NULL", int(ledger.KindSupply))
		return err
	})
	return made, err
}
