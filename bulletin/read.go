package bulletin

import (
	"context"
	"strings"
	"time"

	"everykit/bulletin/compose"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// editionColumns are those of scanEdition.
const editionColumns = `e.id, e.slug, e.number, e.kind, e.nation, e.area, e.period, e.as_of, e.as_of_given, e.state, e.title, e.hash, e.version, e.seen, COALESCE(e.turn, 0),
	e.made_by, e.made_at, COALESCE(e.signed_by, 0), e.signed_at, e.publish_at, e.published_at, e.published_on, e.what, e.why, e.chapters, e.left_out,
	COALESCE(m.name, ''), COALESCE(s.name, '')`

const editionTables = `bulletin_edition e LEFT JOIN account m ON m.id = e.made_by LEFT JOIN account s ON s.id = e.signed_by`

func scanEdition(scan func(...any) error) (Edition, error) {
	var e Edition
	var kind, period, chapters, leftOut string
	var asOf, given, state int
	var made int64
	var signed, publish, published *int64
	var publishedOn *int
	err := scan(&e.ID, &e.Slug, &e.Number, &kind, &e.nation, &e.Area, &period, &asOf, &given, &state, &e.Title, &e.Hash, &e.Version, &e.seen, &e.turn,
		&e.MadeBy, &made, &e.SignedBy, &signed, &publish, &published, &publishedOn, &e.What, &e.Why, &chapters, &leftOut, &e.MadeName, &e.SignedName)
	if err != nil {
		return e, err
	}
	e.Kind, e.AsOf, e.State = frozen.Kind(kind), civil.Date(asOf), State(state)
	e.asOfGiven = given == 1
	e.MadeAt, e.SignedAt, e.PublishAt, e.PublishedAt = time.UnixMilli(made).UTC(), instant(signed), instant(publish), instant(published)
	e.PublishedOn = civil.None
	if publishedOn != nil {
		e.PublishedOn = civil.Date(*publishedOn)
	}
	if e.MadeBy == commandLine {
		e.MadeName = commandLineName
	}
	if chapters != "" {
		e.Chapters = strings.Fields(chapters)
	}
	e.LeftOut = strings.Fields(leftOut)
	e.Period, err = civil.ParsePeriod(period)
	return e, err
}

// commandLineName is how the command line is called among people.
const commandLineName = "the command line"

func instant(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms).UTC()
}

// readEditions reads editions without what people wrote in them. where follows WHERE, and may say ORDER BY.
func readEditions(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Edition, error) {
	var list []Edition
	err := tx.Each(ctx, func(scan func(...any) error) error {
		e, err := scanEdition(scan)
		list = append(list, e)
		return err
	}, "SELECT "+editionColumns+" FROM "+editionTables+" WHERE "+where, args...)
	return list, err
}

// readEdition reads one with all that people wrote in it. NotFound for one that is not there or was dropped.
func readEdition(ctx context.Context, tx *store.Tx, id int) (*Edition, error) {
	list, err := readEditions(ctx, tx, "e.id = ? AND e.state <> ?", id, int(Dropped))
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noEdition()
	}
	e := &list[0]
	return e, e.readWords(ctx, tx)
}

func noEdition() error {
	return fault.New(fault.NotFound, "there is no such bulletin").Hint("open it from the list of bulletins")
}

// readWords reads what people wrote.
func (e *Edition) readWords(ctx context.Context, tx *store.Tx) error {
	pairs := func(query string, add func(key, text string)) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var key, text string
			err := scan(&key, &text)
			add(key, text)
			return err
		}, query, e.ID)
	}
	e.Commentary, e.Titles, e.Waived, e.EarlyAccess = map[string]string{}, map[string]string{}, nil, nil
	err := pairs("SELECT chapter, markdown FROM bulletin_note WHERE edition = ?", func(k, v string) { e.Commentary[k] = v })
	if err != nil {
		return err
	}
	if err := pairs("SELECT picture, title FROM bulletin_title WHERE edition = ?", func(k, v string) { e.Titles[k] = v }); err != nil {
		return err
	}
	e.waivedWhat = map[string]string{}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var w compose.Waiver
		var what string
		err := scan(&w.Check, &what, &w.Reason)
		e.Waived, e.waivedWhat[w.Check] = append(e.Waived, w), what
		return err
	}, "SELECT finding, what, reason FROM bulletin_waiver WHERE edition = ?", e.ID)
	if err != nil {
		return err
	}
	sortWaivers(e.Waived) // by their bytes: how an engine sorts text depends on its rules
	return tx.Each(ctx, func(scan func(...any) error) error {
		var r Reader
		err := scan(&r.Who, &r.Why, &r.Email)
		e.EarlyAccess = append(e.EarlyAccess, r)
		return err
	}, "SELECT who, why, email FROM bulletin_reader WHERE edition = ? ORDER BY number", e.ID)
}

// placeOf is where an area is, for what somebody may do there.
func placeOf(snap *registry.Snapshot, area int) staff.Place {
	n := snap.NationOf(area)
	switch {
	case n == nil:
		return staff.Place{Area: area}
	case n.ID == area:
		return staff.Place{Nation: area}
	}
	return staff.Place{Nation: n.ID, Area: area}
}

// Get gives an edition for staff who may see it.
func (b *Bulletins) Get(ctx context.Context, who staff.Person, id int) (*Edition, error) {
	var e *Edition
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		e, err = b.seen(ctx, tx, who, staff.SeeBulletins, id)
		return err
	})
	return e, err
}

// seen reads an edition for somebody who may do a deed with it. Whoever may not learns nothing of whether it is there.
func (b *Bulletins) seen(ctx context.Context, tx *store.Tx, who staff.Person, deed staff.Deed, id int) (*Edition, error) {
	e, err := readEdition(ctx, tx, id)
	if fault.Is(err, fault.NotFound) {
		if err := who.Must(deed, staff.Place{}); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, err
	}
	snap, err := b.reg.In(ctx, tx)
	if err != nil {
		return nil, err
	}
	return e, who.Must(deed, placeOf(snap, e.Area))
}

// Of lists the editions of an area for staff, newest first, without the dropped ones and without what people wrote in them.
func (b *Bulletins) Of(ctx context.Context, who staff.Person, area int) ([]Edition, error) {
	var list []Edition
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		snap, err := b.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		if err := who.Must(staff.SeeBulletins, placeOf(snap, area)); err != nil {
			return err
		}
		list, err = readEditions(ctx, tx, "e.area = ? AND e.state <> ? ORDER BY e.id DESC", area, int(Dropped))
		return err
	})
	return list, err
}

// Find gives the edition that a slug stands for among staff: the one that is being made, else the newest published.
func (b *Bulletins) Find(ctx context.Context, who staff.Person, slug string) (*Edition, error) {
	var e *Edition
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		list, err := readEditions(ctx, tx, "e.slug = ? AND e.state <> ? ORDER BY e.number DESC LIMIT 1", strings.ToLower(strings.TrimSpace(slug)), int(Dropped))
		if err != nil {
			return err
		}
		if len(list) == 0 {
			if err := who.Must(staff.SeeBulletins, staff.Place{}); err != nil {
				return err
			}
			return fault.New(fault.NotFound, "there is no bulletin of this name").At("slug").Hint("names look like 2021-22-q2; list those there are")
		}
		e, err = b.seen(ctx, tx, who, staff.SeeBulletins, list[0].ID)
		return err
	})
	return e, err
}
