package report

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// lateAfter is how many days after it happened an entry counts as late here.
const lateAfter = 14

// entries is what the entries of one outlet told in a period.
type entries struct {
	measure.Supplies
	late    int // supplies entered more than lateAfter days after the day
	expired int // supplies of a lot that was past its date on the day
	barred  int // supplies of a lot that a notice kept from being given out on the day of entry
}

// supplied is how many supplies and kits there were.
func supplied(s measure.Supplies) (supplies, kits int) {
	for _, w := range s.First {
		supplies += w.Supplies
		kits += w.Kits
	}
	return supplies, kits
}

// missing is how many supplies say nothing of a thing.
func missing(words []measure.Word) int {
	for _, w := range words {
		if w.Key == "" {
			return w.Supplies
		}
	}
	return 0
}

// worded finds what was recorded with a word.
func worded(words []measure.Word, key string) measure.Word {
	for _, w := range words {
		if w.Key == key {
			return w
		}
	}
	return measure.Word{Key: key}
}

// entriesSQL says CROSS JOIN, which SQLite does in the order it is written: first the few lots, then the index by day.
const entriesSQL = `SELECT COALESCE(m.supply, 0), COALESCE(m.reason, 0), COALESCE(m.recipient, 0), CAST(COUNT(*) AS BIGINT), CAST(SUM(m.kits) AS BIGINT),
		CAST(SUM(CASE WHEN m.recorded_at >= CAST(m.occurred_on + ? AS BIGINT) * 86400000 THEN 1 ELSE 0 END) AS BIGINT),
		CAST(SUM(CASE WHEN m.flags / ? % 2 = 1 THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN m.flags / ? % 2 = 1 THEN 1 ELSE 0 END) AS BIGINT)
	FROM stock s CROSS JOIN movement m
	WHERE s.area = ? AND s.outlet = ? AND m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot AND m.occurred_on BETWEEN ? AND ?
		AND m.kind = ? AND m.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.area = m.area AND r.reverses = m.id)
	GROUP BY 1, 2, 3`

// readEntries counts the supplies of an outlet in a period by what they told. Areas keep such counts, outlets do not: from each
// lot that was ever here it steps into the index by day, as the stock card does, and the database adds up. What was reversed
// does not count.
func readEntries(ctx context.Context, tx *store.Tx, o *registry.Outlet, p civil.Period) (entries, error) {
	var e entries
	first, reason, recipient := map[uint8]measure.Word{}, map[uint8]measure.Word{}, map[uint8]measure.Word{}
	add := func(to map[uint8]measure.Word, word uint8, supplies, kits int) {
		had := to[word]
		to[word] = measure.Word{Supplies: had.Supplies + supplies, Kits: had.Kits + kits}
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var isFirst, why, who uint8
		var supplies, kits, late, expired, barred int
		if err := scan(&isFirst, &why, &who, &supplies, &kits, &late, &expired, &barred); err != nil {
			return err
		}
		add(first, isFirst, supplies, kits)
		add(recipient, who, supplies, kits)
		if ledger.First(isFirst) == ledger.RepeatSupply || why != 0 {
			add(reason, why, supplies, kits)
		}
		e.late += late
		e.expired += expired
		e.barred += barred
		return nil
	}, entriesSQL, lateAfter+1, int(ledger.ExpiredWhenSupplied), int(ledger.BarredWhenSupplied), o.Area, o.ID, int(p.First()), int(p.Last()), int(ledger.KindSupply))
	e.First, e.Reasons, e.Recipient = inOrder(first, ledger.FirstOptions()), inOrder(reason, ledger.ReasonOptions()), inOrder(recipient, ledger.RecipientOptions())
	return e, err
}

// inOrder lists counts by the words there are, what was not recorded last; words that nothing had are left out.
func inOrder(counts map[uint8]measure.Word, options []ledger.Option) []measure.Word {
	var all []measure.Word
	for i, o := range append(options, ledger.Option{Words: "Not recorded"}) {
		n := counts[uint8((i+1)%(len(options)+1))]
		if n.Key, n.Words = o.Key, o.Words; n.Supplies != 0 || n.Kits != 0 {
			all = append(all, n)
		}
	}
	return all
}

// gone is what left for nowhere in a period, and who was turned away for want of a kit.
type gone struct{ destroyed, lost, givenBack, noStock int }

func (g gone) all() int { return g.destroyed + g.lost + g.givenBack }

// readGone reads it of an outlet, or under outlet 0 of areas as a whole.
func readGone(ctx context.Context, tx *store.Tx, areas []int, outlet int, p civil.Period) (gone, error) {
	var g gone
	in, args := idList(areas)
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var kind ledger.Kind
		var split, kits, times int
		if err := scan(&kind, &split, &kits, &times); err != nil {
			return err
		}
		switch kind {
		case ledger.KindDestroy:
			g.destroyed += kits
		case ledger.KindLose:
			g.lost += kits
		case ledger.KindGiveBack:
			g.givenBack += kits
		case ledger.KindUnmet:
			if ledger.UnmetReasonOptions()[0].Key == ledger.UnmetReason(split).String() {
				g.noStock += times
			}
		}
		return nil
	}, `SELECT kind, split, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT) FROM month_count
		WHERE area IN (`+in+`) AND outlet = ? AND month BETWEEN ? AND ? AND kind IN (?, ?, ?, ?) GROUP BY kind, split`,
		append(args, outlet, int(p.From), int(p.To), int(ledger.KindDestroy), int(ledger.KindLose), int(ledger.KindGiveBack), int(ledger.KindUnmet))...)
	return g, err
}

func idList(ids []int) (marks string, args []any) {
	for _, id := range ids {
		args = append(args, id)
	}
	return store.Marks(len(ids)), args
}

// shelf is what an outlet has today, by when it runs out of date.
type shelf struct {
	usable, expired, unknown int
	months                   []measure.ExpiryMonth // this month and the five after it
	within90                 int                   // usable kits
	peoplePast               int                   // with people, past their date: at most
}

// soonMonths is how far ahead a report looks.
const soonMonths = 6

func readShelf(ctx context.Context, tx *store.Tx, o *registry.Outlet, today civil.Date) (shelf, error) {
	s := shelf{months: make([]measure.ExpiryMonth, soonMonths)}
	for i := range s.months {
		s.months[i].Month = today.Month() + civil.Month(i)
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var last *civil.Date
		var on, held, people int
		if err := scan(&last, &on, &held, &people); err != nil {
			return err
		}
		switch {
		case last == nil:
			s.unknown += on
		case *last < today:
			s.expired += on
			s.peoplePast += people
			return nil
		default:
			if at := int(last.Month() - today.Month()); at < soonMonths {
				m := &s.months[at]
				m.Usable, m.Held, m.People = m.Usable+on, m.Held+held, m.People+people
			}
			if *last-today <= 90 {
				s.within90 += on
			}
		}
		s.usable += on
		return nil
	}, `SELECT l.expiry, CAST(SUM(s.shelf - s.unchecked) AS BIGINT), CAST(SUM(s.held + s.spoiled + s.unchecked) AS BIGINT), CAST(SUM(s.people) AS BIGINT)
		FROM stock s JOIN lot l ON l.id = s.lot WHERE s.area = ? AND s.outlet = ? GROUP BY l.expiry`, o.Area, o.ID)
	return s, err
}

// undated is a lot on the shelf whose expiry nobody typed.
type undated struct {
	product, number string
	kits            int
}

func readUndated(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, o *registry.Outlet) ([]undated, error) {
	var all []undated
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var product int
		u := undated{product: "a product that is not known"}
		if err := scan(&product, &u.number, &u.kits); err != nil {
			return err
		}
		if p := snap.Product(product); p != nil {
			u.product = p.Name
		}
		all = append(all, u)
		return nil
	}, `SELECT l.product, l.number, s.shelf FROM stock s JOIN lot l ON l.id = s.lot
		WHERE s.area = ? AND s.outlet = ? AND s.shelf > 0 AND l.expiry IS NULL ORDER BY l.number_key, l.id`, o.Area, o.ID)
	return all, err
}
