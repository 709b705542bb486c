package notice

import (
	"context"
	"slices"

	"everykit/ledger"
	"everykit/store"
)

// EffectRow is a row of the table of effects: of one authority, or of all.
type EffectRow struct {
	Area int // 0 in the total

	// Where the kits of the lots are, transfers netted to where they went. Received is the sum of the rest.
	Received, Shelf, Held, Transit, People, Used, Destroyed, Returned, Lost int

	HandedBack int // of which people handed back
	Unchecked  int // of which wait on shelves to be checked

	Told, Seen, Answered   int // outlets
	Good, Faulty, Replaced int // kits, as outlets answered
}

func (r EffectRow) plus(o EffectRow) EffectRow {
	return EffectRow{
		r.Area, r.Received + o.Received, r.Shelf + o.Shelf, r.Held + o.Held, r.Transit + o.Transit, r.People + o.People, r.Used + o.Used,
		r.Destroyed + o.Destroyed, r.Returned + o.Returned, r.Lost + o.Lost, r.HandedBack + o.HandedBack, r.Unchecked + o.Unchecked,
		r.Told + o.Told, r.Seen + o.Seen, r.Answered + o.Answered, r.Good + o.Good, r.Faulty + o.Faulty, r.Replaced + o.Replaced,
	}
}

// Effect is the table of effects of a notice.
type Effect struct {
	Rows  []EffectRow // by authority
	Total EffectRow
}

// Effect reads what became of the kits of a notice's lots, and of the outlets that were told, in one authority or (area 0)
// in all. In the total over all, Received is what came from suppliers and from outside, which is the sum of the rest since
// the ledger's places always sum to nought; in an authority it is the sum, since kits also come there from others.
func (n *Notices) Effect(ctx context.Context, notice, area int) (Effect, error) {
	var e Effect
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		of, err := readOne(ctx, tx, notice)
		if err == nil {
			e, err = n.effect(ctx, tx, of, area)
		}
		return err
	})
	return e, err
}

func (n *Notices) effect(ctx context.Context, tx *store.Tx, of *Notice, area int) (Effect, error) {
	_, ids, err := n.family(ctx, tx, of)
	if err != nil {
		return Effect{}, err
	}
	rows := map[int]*EffectRow{}
	row := func(a int) *EffectRow {
		if rows[a] == nil {
			rows[a] = &EffectRow{Area: a}
		}
		return rows[a]
	}
	received := 0
	traced, err := n.led.TraceIn(ctx, tx, ids...)
	if err != nil {
		return Effect{}, err
	}
	for _, t := range traced {
		received -= t.Counts[ledger.Supplier] + t.Counts[ledger.Outside]
		row(t.Area).add(t.Counts)
	}
	back, err := n.led.HandedBackIn(ctx, tx, ids...)
	if err != nil {
		return Effect{}, err
	}
	for _, h := range back {
		row(h.Area).HandedBack += h.Kits
	}
	if of.Bars() && of.Action == Check {
		waiting, err := n.led.UncheckedOf(ctx, tx, ids...)
		if err != nil {
			return Effect{}, err
		}
		for _, u := range waiting {
			row(u.Area).Unchecked += u.Unchecked
		}
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var r EffectRow
		err := scan(&r.Area, &r.Told, &r.Seen, &r.Answered)
		sum := row(r.Area)
		*sum = sum.plus(r)
		return err
	}, "SELECT area, COUNT(*), COUNT(seen_at), COUNT(answered_at) FROM notice_outlet WHERE notice = ? GROUP BY area", of.ID)
	if err != nil {
		return Effect{}, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var r EffectRow
		err := scan(&r.Area, &r.Good, &r.Faulty, &r.Replaced)
		sum := row(r.Area)
		*sum = sum.plus(r)
		return err
	}, "SELECT area, CAST(SUM(good) AS BIGINT), CAST(SUM(faulty) AS BIGINT), CAST(SUM(replaced) AS BIGINT) FROM notice_answer WHERE notice = ? GROUP BY area", of.ID)
	return tabled(rows, area, received), err
}

// add puts counts into the row's columns.
func (r *EffectRow) add(c ledger.Counts) {
	r.Received += c.Received()
	r.Shelf += c[ledger.Shelf]
	r.Held += c.HeldAll()
	r.Transit += c[ledger.Transit]
	r.People += c[ledger.People]
	r.Used += c[ledger.Used]
	r.Destroyed += c[ledger.Destroyed]
	r.Returned += c[ledger.Returned]
	r.Lost += c[ledger.Lost]
}

// tabled puts rows in order and adds them up.
func tabled(rows map[int]*EffectRow, area, received int) Effect {
	var e Effect
	for a, r := range rows {
		if area == 0 || a == area {
			e.Rows = append(e.Rows, *r)
			e.Total = e.Total.plus(*r)
		}
	}
	slices.SortFunc(e.Rows, func(a, b EffectRow) int { return a.Area - b.Area })
	e.Total.Area = area
	if area == 0 {
		e.Total.Received = received
	}
	return e
}
