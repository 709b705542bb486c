package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
)

// Bulletined is what Bulletins made.
type Bulletined struct {
	Published []string // slugs, oldest period first
	Corrected string   // the one of these that has a second edition
	Draft     string   // waits to be gone on with
}

// Bulletins has the made-up nation publish bulletins of the last three quarters that have ended, the first of them with a
// correction, and leaves a draft of the last financial year. Its analyst writes them and its national team signs.
func Bulletins(ctx context.Context, made Made, reg *registry.Registry, b *bulletin.Bulletins) (Bulletined, error) {
	snap, err := reg.Now(ctx)
	if err != nil {
		return Bulletined{}, err
	}
	p := &press{b: b, nation: snap.NationOf(made.Area.ID)}
	if p.writer, err = made.person(staff.Analyst, p.nation.ID); err != nil {
		return Bulletined{}, err
	}
	if p.signer, err = made.person(staff.National, p.nation.ID); err != nil {
		return Bulletined{}, err
	}
	var out Bulletined
	last := civil.QuarterOf(made.Today).Before()
	for _, quarter := range []civil.Period{last.Before().Before(), last.Before(), last} {
		slug, err := p.publish(ctx, quarter)
		if err != nil {
			return out, fmt.Errorf("bulletin of %s: %w", quarter, err)
		}
		out.Published = append(out.Published, slug)
	}
	out.Corrected = out.Published[0]
	if err := p.correct(ctx, out.Corrected); err != nil {
		return out, fmt.Errorf("correction of %s: %w", out.Corrected, err)
	}
	id, err := b.Draft(ctx, p.writer, bulletin.DraftOf{Area: p.nation.Code, Period: civil.FinancialYearOf(made.Today).Before()})
	if err != nil {
		return out, fmt.Errorf("bulletin of the year: %w", err)
	}
	e, err := b.Get(ctx, p.writer, id)
	if err == nil {
		out.Draft = e.Slug
	}
	return out, err
}

// person is the account of a role of the demonstration.
func (m Made) person(role staff.Role, nation int) (staff.Person, error) {
	at := slices.IndexFunc(m.Accounts, func(a Account) bool { return a.Role == role })
	if at < 0 {
		return staff.Person{}, fault.New(fault.Invalid, "the demonstration has no account of the role %s", role)
	}
	a := m.Accounts[at]
	return staff.Person{ID: a.ID, Name: a.Name, Email: a.Email, Role: role, Area: nation}, nil
}

// press is who makes bulletins of a nation.
type press struct {
	b              *bulletin.Bulletins
	nation         *registry.Area
	writer, signer staff.Person
}

// waived is why every check of the demonstration is let pass.
const waived = "This is a demonstration: the figures are made up."

func (p *press) publish(ctx context.Context, quarter civil.Period) (slug string, err error) {
	id, err := p.b.Draft(ctx, p.writer, bulletin.DraftOf{Area: p.nation.Code, Period: quarter})
	if err != nil {
		return "", err
	}
	words := "This bulletin is a **demonstration**. Outlets, counts and most estimates in it are made up.\n\nWhat an analyst knows and the figures do not say stands here: " +
		"why a service opened or closed, what changed in how kits are recorded, what to be careful with."
	return p.finish(ctx, id, words)
}

func (p *press) correct(ctx context.Context, slug string) error {
	id, err := p.b.Correct(ctx, p.writer, slug, "The words under the main points named a service that had not closed. They name none now.", "Two services have nearly the same name (made up, as all of this is).")
	if err != nil {
		return err
	}
	_, err = p.finish(ctx, id, "This bulletin is a **demonstration**, and this is its second edition: it shows how a mistake is put right. The first edition stays where it was.")
	return err
}

// finish writes words under the main points, lets every check pass that may, has it signed, and publishes it.
func (p *press) finish(ctx context.Context, id int, words string) (slug string, err error) {
	e, err := p.b.Get(ctx, p.writer, id)
	if err != nil {
		return "", err
	}
	version := e.Version
	if err := p.b.Note(ctx, p.writer, id, version, "main_points", words); err != nil {
		return "", err
	}
	version++
	open, _, err := p.b.Check(ctx, id)
	if err != nil {
		return "", err
	}
	var keys []string
	for _, f := range open {
		if f.Waive {
			keys = append(keys, f.Key)
		}
	}
	if len(keys) > 0 {
		if err := p.b.WaiveMany(ctx, p.writer, id, version, waived, keys...); err != nil {
			return "", err
		}
		version++
	}
	if err := p.b.Sign(ctx, p.signer, id, version, time.Time{}); err != nil {
		return "", err
	}
	return e.Slug, p.b.Publish(ctx, p.writer, id, version+1)
}
