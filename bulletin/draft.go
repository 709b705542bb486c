package bulletin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Draft freezes the figures and begins a bulletin. One draft of a slug at a time: a second is fault.Conflict, naming it. So is a
// period that was published already. A period that has not ended is fault.Refused.
func (b *Bulletins) Draft(ctx context.Context, who staff.Person, of DraftOf) (id int, err error) {
	snap, err := b.reg.Now(ctx)
	if err != nil {
		return 0, err
	}
	area, ok := snap.AreaByCode(of.Area)
	if !ok {
		return 0, fault.New(fault.Invalid, "%s", snap.UnknownArea(of.Area)).At("area")
	}
	if err := who.Must(staff.WriteBulletins, placeOf(snap, area.ID)); err != nil {
		return 0, err
	}
	e := &Edition{Number: 1, Area: area.ID, Period: of.Period, AsOf: of.AsOf, PublishedOn: civil.None}
	if err := b.checkDraft(snap, area, e); err != nil {
		return 0, err
	}
	return b.begin(ctx, who, area, e, func(ctx context.Context, tx *store.Tx) error { return noSecond(ctx, tx, area, of.Period) })
}

// checkDraft says what keeps a bulletin from being begun, and fills in the day.
func (b *Bulletins) checkDraft(snap *registry.Snapshot, area *registry.Area, e *Edition) error {
	today := b.today()
	if e.AsOf == 0 || e.AsOf == civil.None {
		e.AsOf = today
	}
	e.asOfGiven = e.AsOf != today
	nation := snap.NationOf(area.ID)
	switch {
	case nation == nil:
		return fault.New(fault.Refused, "%s is in no nation, so there is nothing to compare it with", area.Name).At("area").Hint("put it under its nation first")
	case area.ID != nation.ID && !area.IsAuthority():
		return fault.New(fault.Invalid, "%s is a %s: a bulletin is of a nation or of one authority", area.Name, area.Kind).At("area").Hint("choose the nation or an authority")
	case e.Period.IsZero() || (e.Period.Months() != 3 && e.Period.Months() != 12):
		return fault.New(fault.Invalid, "a bulletin is of a quarter or of a year").At("period").Hint("write a quarter as 2021/22-Q2, a year as 2021/22")
	case e.Period.Last() >= today:
		return fault.New(fault.Refused, "%s has not ended: its last day is %s", e.Period, e.Period.Last().Words()).At("period").Hint("begin its bulletin from %s on", (e.Period.Last() + 1).Words())
	case e.AsOf > today:
		return fault.New(fault.Invalid, "%s is in the future", e.AsOf.Words()).At("as_of").Hint("leave the day out for the figures of today")
	case e.AsOf <= e.Period.Last():
		return fault.New(fault.Invalid, "on %s the period had not ended", e.AsOf.Words()).At("as_of").Hint("give a day from %s on, or leave it out for today", (e.Period.Last() + 1).Words())
	}
	e.nation = nation.ID
	return nil
}

// begin freezes, and stores a new edition. free says again, in the transaction that stores it, what stands in its way.
func (b *Bulletins) begin(ctx context.Context, who staff.Person, area *registry.Area, e *Edition, free func(context.Context, *store.Tx) error) (int, error) {
	if err := b.db.Read(ctx, func(tx *store.Tx) error { return free(ctx, tx) }); err != nil {
		return 0, err
	}
	first := e.Slug == ""
	if first { // until the transaction chooses it; it is in no figure
		e.Slug = e.Period.Slug()
	}
	if err := b.usualOrder(ctx, e); err != nil {
		return 0, err
	}
	c, err := b.freeze(ctx, area.Code, e)
	if err != nil {
		return 0, err
	}
	body, err := packSnapshot(c.snapshot)
	if err != nil {
		return 0, err
	}
	err = b.db.Write(ctx, func(tx *store.Tx) error {
		if err := free(ctx, tx); err != nil {
			return err
		}
		if first {
			slug, err := slugFor(ctx, tx, area, e.Period)
			if err != nil {
				return err
			}
			e.Slug = slug
		}
		e.State, e.Version, e.MadeBy, e.MadeAt = Drafted, 1, actor(who), tx.Now
		if err := e.insert(ctx, tx, body); err != nil {
			return err
		}
		what := fmt.Sprintf("Begun on the figures as of %s", e.AsOf.Words())
		if e.Number > 1 {
			what = fmt.Sprintf("Correction begun on the figures as of %s: %s", e.AsOf.Words(), e.What)
		}
		if err := addEvent(ctx, tx, e.ID, actor(who), true, what); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, e.Area, "draft bulletin", subject(e.ID), fmt.Sprintf("%s edition %d", e.Slug, e.Number))
	})
	return e.ID, err
}

// usualOrder takes over how the last published bulletin of the same area and kind was arranged.
func (b *Bulletins) usualOrder(ctx context.Context, e *Edition) error {
	if e.Number > 1 {
		return nil
	}
	return b.db.Read(ctx, func(tx *store.Tx) error {
		list, err := readEditions(ctx, tx, "e.area = ? AND e.state = ? ORDER BY e.turn DESC", e.Area, int(Published))
		for i := range list {
			if list[i].Period.Months() == e.Period.Months() {
				e.Chapters, e.LeftOut = list[i].Chapters, list[i].LeftOut
				break
			}
		}
		return err
	})
}

// insert stores a new edition with its snapshot and the words that it begins with.
func (e *Edition) insert(ctx context.Context, tx *store.Tx, snapshot []byte) error {
	found, err := tx.Get(ctx, []any{&e.ID}, `INSERT INTO bulletin_edition (slug, number, kind, nation, area, period, as_of, as_of_given, state, title, hash, version, seen,
		made_by, made_at, what, why, chapters, left_out) VALUES (`+store.Marks(19)+`) ON CONFLICT (slug, number) WHERE state <> 4 DO NOTHING RETURNING id`,
		e.Slug, e.Number, string(e.Kind), e.nation, e.Area, e.Period.String(), int(e.AsOf), bit(e.asOfGiven), int(e.State), e.Title, e.Hash, e.Version, e.seen,
		e.MadeBy, e.MadeAt.UnixMilli(), e.What, e.Why, strings.Join(e.Chapters, " "), strings.Join(e.LeftOut, " "))
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.Conflict, "there is a draft already: %s", e.name()).At("period").Hint("somebody began it at this moment: go on with that one")
	}
	if _, err := tx.Exec(ctx, "INSERT INTO bulletin_snapshot (edition, body) VALUES (?, ?)", e.ID, snapshot); err != nil {
		return err
	}
	for _, key := range sortedKeys(e.Commentary) {
		if err := putNote(ctx, tx, e.ID, key, e.Commentary[key]); err != nil {
			return err
		}
	}
	for _, key := range sortedKeys(e.Titles) {
		if err := putTitle(ctx, tx, e.ID, key, e.Titles[key]); err != nil {
			return err
		}
	}
	return nil
}

// Correct begins a new edition of a published one, with what is wrong and why. It stands on figures frozen today, and has the
// words, titles and order of the edition before.
func (b *Bulletins) Correct(ctx context.Context, who staff.Person, slug, what, why string) (id int, err error) {
	slug = strings.ToLower(strings.TrimSpace(slug))
	last, err := b.Find(ctx, who, slug)
	if err != nil {
		return 0, err
	}
	snap, err := b.reg.Now(ctx)
	if err != nil {
		return 0, err
	}
	if err := who.Must(staff.WriteBulletins, placeOf(snap, last.Area)); err != nil {
		return 0, err
	}
	var bad fault.List
	what, bad = tidyLines(bad, "what", what, MostWhat, "say what was wrong and is put right")
	why, bad = tidyLines(bad, "why", why, MostWhat, "say why it was wrong")
	if err := bad.Err(); err != nil {
		return 0, err
	}
	e := &Edition{
		Slug: last.Slug, Number: last.Number + 1, Area: last.Area, Period: last.Period, PublishedOn: civil.None, What: what, Why: why,
		Commentary: last.Commentary, Titles: last.Titles, Chapters: last.Chapters, LeftOut: last.LeftOut,
	}
	free := func(ctx context.Context, tx *store.Tx) error {
		list, err := readEditions(ctx, tx, "e.slug = ? AND e.state <> ? ORDER BY e.number DESC LIMIT 1", last.Slug, int(Dropped))
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			return noEdition()
		case list[0].State == Published && list[0].Number == last.Number:
			return nil
		case list[0].Number == 1:
			return fault.New(fault.Refused, "%s is not published yet", list[0].Slug).At("slug").Hint("change the draft instead")
		}
		return list[0].inTheWay()
	}
	area := snap.Area(last.Area)
	if err := b.checkDraft(snap, area, e); err != nil {
		return 0, err
	}
	return b.begin(ctx, who, area, e, free)
}

// Refreeze reads the figures of a draft again, as of today unless somebody chose another day when it was begun; commentary
// stays, waivers of findings that are gone, or have other numbers, go.
func (b *Bulletins) Refreeze(ctx context.Context, who staff.Person, id, version int) error {
	e, err := b.mayChange(ctx, who, id, version)
	if err != nil {
		return err
	}
	snap, err := b.reg.Now(ctx)
	if err != nil {
		return err
	}
	if !e.asOfGiven {
		e.AsOf = b.today()
	}
	c, err := b.freeze(ctx, snap.Area(e.Area).Code, e)
	if err != nil {
		return err
	}
	body, err := packSnapshot(c.snapshot)
	if err != nil {
		return err
	}
	return b.change(ctx, who, id, version, "refreeze bulletin", func(ch *change) error {
		_, err := ch.tx.Exec(ctx, "UPDATE bulletin_edition SET as_of = ?, hash = ?, kind = ?, title = ?, seen = ? WHERE id = ?", int(e.AsOf), e.Hash, string(e.Kind), e.Title, e.seen, id)
		if err != nil {
			return err
		}
		if _, err := ch.tx.Exec(ctx, "UPDATE bulletin_snapshot SET body = ? WHERE edition = ?", body, id); err != nil {
			return err
		}
		still := ch.e.standing(c.findings)
		for _, w := range ch.e.Waived {
			if !slices.Contains(still, w) {
				if _, err := ch.tx.Exec(ctx, "DELETE FROM bulletin_waiver WHERE edition = ? AND finding = ?", id, w.Check); err != nil {
					return err
				}
			}
		}
		ch.say("Figures frozen again, as of %s", e.AsOf.Words())
		return nil
	})
}

// freeze takes a snapshot, composes on it and checks, and puts into the edition what it tells of itself.
func (b *Bulletins) freeze(ctx context.Context, area string, e *Edition) (*composed, error) {
	around, err := b.around(ctx, e, true)
	if err != nil {
		return nil, err
	}
	s, err := b.take(ctx, frozen.Of{Area: area, Period: e.Period, AsOf: e.AsOf}, around.nationSnapshots())
	if err != nil {
		return nil, err
	}
	e.Kind, e.Hash, e.seen = s.Kind, s.Hash(), around.turn
	c, err := b.composeWith(e, s, around, true)
	if err != nil {
		return nil, err
	}
	e.Title = c.content.Title
	return c, nil
}
