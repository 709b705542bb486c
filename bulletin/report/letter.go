package report

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// letterKey is the key of a letter in the outbox: whoever has had one about a period gets no second.
func letterKey(p civil.Period, account int) string {
	return fmt.Sprintf("report/%s/account/%d", p.Slug(), account)
}

// gave is what an outlet or an authority told of a period.
type gave struct {
	given, before, came, turnedAway int
	heard, heardBefore              uint16 // months with an entry or a confirmed nil, a bit each
	returned, returnedBefore        bool   // the authority sent how many were given out
	returnedCame                    bool   // and how many it bought
}

// hear notes that a month is known: one of the period, or of the period before.
func (g *gave) hear(m civil.Month, p civil.Period) {
	if m >= p.From {
		g.heard |= 1 << (m - p.From)
	} else {
		g.heardBefore |= 1 << (m - p.Before().From)
	}
}

// comparable reports whether both periods are known whole: what is silent must not read as fewer.
func (g *gave) comparable(p civil.Period) bool {
	all := uint16(1)<<p.Months() - 1
	return g.heard == all && g.heardBefore == all || g.returned && g.returnedBefore
}

// Send puts the letters about a published period of a nation or an authority into the outbox, in the transaction that published
// it: one for each coordinator of an authority and each worker at an outlet that gave data, never twice for one period and
// account. Whoever turned the daily e-mail off gets none, and neither does an address that the mail server refuses. It reads the
// counts once for all of them, and the accounts once.
func (r *Reports) Send(ctx context.Context, tx *store.Tx, area int, p civil.Period) error {
	snap, err := r.reg.In(ctx, tx)
	if err != nil {
		return err
	}
	if snap.Area(area) == nil {
		return fault.New(fault.NotFound, "there is no such area")
	}
	ids := []int{area}
	for _, a := range snap.Under(area) {
		ids = append(ids, a.ID)
	}
	outlets, areas, err := readGave(ctx, tx, ids, p)
	if err != nil || len(outlets)+len(areas) == 0 {
		return err
	}
	people, err := staff.Addressees(ctx, tx)
	if err != nil {
		return err
	}
	silenced, err := readSilenced(ctx, tx)
	if err != nil {
		return err
	}
	l := letters{r: r, snap: snap, p: p, outlets: outlets, areas: areas}
	for _, a := range people {
		if a.Email == "" || silenced.is(a) {
			continue
		}
		text := l.text(a)
		if text == "" {
			continue
		}
		_, err := r.outbox.Put(ctx, tx, mail.Message{
			Area: a.Area, Key: letterKey(p, a.Account), To: a.Email, Subject: "What your data showed, " + name(p), Text: text,
		})
		if err != nil && !fault.Is(err, fault.Invalid) { // an address that nobody can be written to at is no reason not to publish
			return err
		}
	}
	return nil
}

// readGave reads what each outlet and each authority of some areas told of a period.
func readGave(ctx context.Context, tx *store.Tx, ids []int, p civil.Period) (outlets, areas map[int]*gave, err error) {
	outlets, areas = map[int]*gave{}, map[int]*gave{}
	in, args := idList(ids)
	args = append(args, int(p.Before().From), int(p.To))
	of := func(area, outlet int) *gave {
		of, id := outlets, outlet
		if outlet == 0 {
			of, id = areas, area
		}
		if of[id] == nil {
			of[id] = &gave{}
		}
		return of[id]
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var area, outlet, kits, times int
		var month civil.Month
		var kind ledger.Kind
		if err := scan(&area, &outlet, &month, &kind, &kits, &times); err != nil {
			return err
		}
		g := of(area, outlet)
		if times > 0 {
			g.hear(month, p)
		}
		switch {
		case month < p.From && kind == ledger.KindSupply:
			g.before += kits
		case month < p.From:
		case kind == ledger.KindSupply:
			g.given += kits
		case kind == ledger.KindReceive || kind == ledger.KindArrive && outlet != 0:
			g.came += kits
		case kind == ledger.KindUnmet:
			g.turnedAway += times
		}
		return nil
	}, "SELECT area, outlet, month, kind, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT) FROM month_count WHERE area IN ("+in+") AND month BETWEEN ? AND ? GROUP BY 1, 2, 3, 4", args...)
	if err != nil {
		return nil, nil, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var area, outlet int
		var month civil.Month
		if err := scan(&area, &outlet, &month); err != nil {
			return err
		}
		of(area, outlet).hear(month, p)
		of(area, 0).hear(month, p)
		return nil
	}, "SELECT area, outlet, month FROM nil_month WHERE area IN ("+in+") AND month BETWEEN ? AND ?", args...)
	if err != nil {
		return nil, nil, err
	}
	return outlets, areas, readReturned(ctx, tx, in, args[:len(ids)], p, areas)
}

// readReturned adds what authorities sent as returns: the latest vintage of each total.
func readReturned(ctx context.Context, tx *store.Tx, in string, args []any, p civil.Period, areas map[int]*gave) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var of, period string
		var value *float64
		if err := scan(&area, &of, &period, &value); err != nil || value == nil {
			return err
		}
		g := areas[area]
		if g == nil {
			g = &gave{}
			areas[area] = g
		}
		if g.heard != 0 { // what was counted stands before what was sent
			return nil
		}
		switch {
		case period != p.String():
			g.before, g.returnedBefore = int(*value), true
		case of == string(measure.Dispensed):
			g.given, g.returned = int(*value), true
		default:
			g.came, g.returnedCame = int(*value), true
		}
		return nil
	}, `SELECT area, measure, period, value FROM area_return WHERE area IN (`+in+`) AND (period = ? AND measure IN (?, ?) OR period = ? AND measure = ?)
			AND channel = '' AND setting = '' AND recipient = '' AND supply = '' AND reason = '' ORDER BY area, measure, period, published`,
		append(slices.Clip(args), p.String(), string(measure.Dispensed), string(measure.Purchased), p.Before().String(), string(measure.Dispensed))...)
}

// silenced is who gets no letters: who turned the daily e-mail off, and to which addresses the mail server takes nothing.
type silenced struct {
	off     map[int]bool
	refused map[int][]byte // SHA-256 of the address
}

func (s silenced) is(a staff.Addressee) bool {
	sum := sha256.Sum256([]byte(a.Email))
	return s.off[a.Account] || string(s.refused[a.Account]) == string(sum[:])
}

// readSilenced reads the choices that room expiry keeps. A row says who wants the daily e-mail; turning it off takes the row away. So
// whoever has had one and has no row any more has turned it off; who never asked for it has said nothing about letters.
func readSilenced(ctx context.Context, tx *store.Tx) (silenced, error) {
	s := silenced{map[int]bool{}, map[int][]byte{}}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var account int
		var refused []byte
		err := scan(&account, &refused)
		s.refused[account] = refused
		return err
	}, "SELECT account, stopped_for FROM digest_wish WHERE stopped_for IS NOT NULL")
	if err != nil {
		return s, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var account int
		err := scan(&account)
		s.off[account] = true
		return err
	}, `SELECT a.id FROM account a WHERE NOT EXISTS (SELECT 1 FROM digest_wish w WHERE w.account = a.id)
		AND EXISTS (SELECT 1 FROM digest_done d WHERE d.area = COALESCE(a.area, 0) AND d.account = a.id AND d.mailed = 1)`)
	return s, err
}

// letters writes them.
type letters struct {
	r              *Reports
	snap           *registry.Snapshot
	p              civil.Period
	outlets, areas map[int]*gave
}

// text is a person's letter; empty if there is none for them.
func (l letters) text(a staff.Addressee) string {
	var b strings.Builder
	switch a.Role {
	case staff.Coordinator:
		g, area := l.areas[a.Area], l.snap.Area(a.Area)
		if g == nil || area == nil || g.heard == 0 && !g.returned && !g.returnedCame {
			return ""
		}
		l.part(&b, area.Name, g, "Bought", "/areas/"+area.Code)
	case staff.Worker:
		for _, id := range a.Outlets {
			if g, o := l.outlets[id], l.snap.Outlet(id); g != nil && o != nil && g.heard != 0 {
				l.part(&b, o.Name, g, "Came in", "/outlets/"+strconv.Itoa(id))
			}
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "Thank you for recording the kits of " + name(l.p) + ". The bulletin about it is published. This is what your data showed.\n" + b.String() +
		"\nPlease do not pass these numbers on: small numbers are not hidden in them.\n" +
		"You get this letter when a bulletin is published about a time for which you gave data. Who has turned the daily e-mail off gets none.\n"
}

// part is one outlet or authority: three figures and the way to the page.
func (l letters) part(b *strings.Builder, name string, g *gave, came, path string) {
	fmt.Fprintf(b, "\n%s\n", name)
	counted := g.heard != 0
	if counted || g.returned {
		fmt.Fprintf(b, "- Given out: %s", kits(g.given))
		if g.comparable(l.p) {
			fmt.Fprintf(b, ", %s", change(g.given, g.before, "the "+span(l.p)+" before"))
		}
		b.WriteString("\n")
	}
	if counted || g.returnedCame {
		fmt.Fprintf(b, "- %s: %s\n", came, kits(g.came))
	}
	if counted {
		fmt.Fprintf(b, "- Turned away: %s\n", count(g.turnedAway, "person", "people"))
	}
	fmt.Fprintf(b, "The whole page:\n%s%s/report/%s\n", l.r.site, path, l.p.Slug())
}
