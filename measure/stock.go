package measure

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// lotSum is the kits of an area's lots that share a last day.
type lotSum struct {
	last                         civil.Date // civil.None if the expiry is not known
	shelf, held, transit, people int
}

// expired reports whether the kits are past their date on a day. What is not known is never known to be past.
func (l lotSum) expired(day civil.Date) bool { return l.last != civil.None && l.last < day }

// stockPlaces are what both tables tell apart, held and spoiled together.
const stockPlaces = "CAST(SUM(%[1]s.shelf) AS BIGINT), CAST(SUM(%[1]s.held + %[1]s.spoiled) AS BIGINT), CAST(SUM(%[1]s.transit) AS BIGINT), CAST(SUM(%[1]s.people) AS BIGINT)"

// stockNow is stockPlaces with what waits to be checked taken for held, as it is now.
const stockNow = "CAST(SUM(%[1]s.shelf - %[1]s.unchecked) AS BIGINT), CAST(SUM(%[1]s.held + %[1]s.spoiled + %[1]s.unchecked) AS BIGINT), CAST(SUM(%[1]s.transit) AS BIGINT), CAST(SUM(%[1]s.people) AS BIGINT)"

// stockBy says whether stock is read by area or by outlet.
type stockBy string

const (
	byArea   stockBy = "s.area"
	byOutlet stockBy = "s.outlet"
)

// readStock reads what areas, or each of their outlets, had at the end of a day, by the last day of use.
//
// For areas, today or at the end of a month, that is in the ledger's small tables: see readDue. For the outlets of an area it
// sums stock, which has one row for each outlet and lot it ever had. For an earlier day it takes back what the days since
// have changed: one step down the key of stock_day for each row of stock, and the rows of those days. So the cost grows
// with outlets and lots, and with the days looked back over, never with what happened before.
func readStock(ctx context.Context, tx *store.Tx, by stockBy, areas []int, day, today civil.Date) (map[int][]lotSum, error) {
	if by == byArea && (day >= today || day == day.Month().Last()) {
		return readDue(ctx, tx, areas, 0, day, today)
	}
	in, args := idList(areas)
	sums := map[int]map[civil.Date]*lotSum{}
	read := func(sign int, text string, args ...any) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var key, shelf, held, transit, people int
			var expiry *civil.Date
			if err := scan(&key, &expiry, &shelf, &held, &transit, &people); err != nil {
				return err
			}
			last := civil.None
			if expiry != nil {
				last = *expiry
			}
			if sums[key] == nil {
				sums[key] = map[civil.Date]*lotSum{}
			}
			l := sums[key][last]
			if l == nil {
				l = &lotSum{last: last}
				sums[key][last] = l
			}
			l.shelf += sign * shelf
			l.held += sign * held
			l.transit += sign * transit
			l.people += sign * people
			return nil
		}, text, args...)
	}
	places := fmt.Sprintf(stockPlaces, "s")
	if day >= today { // kits that a notice asks to check first cannot be given out: they count as held
		places = fmt.Sprintf(stockNow, "s")
	}
	err := read(1, "SELECT "+string(by)+", l.expiry, "+places+" FROM stock s JOIN lot l ON l.id = s.lot WHERE s.area IN ("+in+") GROUP BY "+string(by)+", l.expiry", args...)
	if err == nil && day < today {
		err = read(-1, "SELECT "+string(by)+", l.expiry, "+fmt.Sprintf(stockPlaces, "d")+` FROM stock s JOIN lot l ON l.id = s.lot
			JOIN stock_day d ON d.area = s.area AND d.outlet = s.outlet AND d.lot = s.lot AND d.day > ?
			WHERE s.area IN (`+in+") GROUP BY "+string(by)+", l.expiry", append([]any{int(day)}, args...)...)
	}
	if err != nil {
		return nil, err
	}
	out := make(map[int][]lotSum, len(sums))
	for key, lots := range sums {
		for _, l := range lots {
			out[key] = append(out[key], *l)
		}
	}
	return out, nil
}

// stockAnswers says of each area what is on hand, or of it what expires in the period.
func (r *reading) stockAnswers(ctx context.Context) (map[int]answer, error) {
	day := r.asOf
	if r.def.Key == OnHand {
		day = min(r.asOf, r.period.Last())
	}
	ids := r.scope.ids()
	flows := make(map[int]*flow, len(ids))
	for _, id := range ids {
		flows[id] = &flow{}
	}
	if err := readBegan(ctx, r.tx, ids, flows); err != nil {
		return nil, err
	}
	cuts, want := []civil.Date{day}, onShelves
	if r.def.Key == Expiring {
		want = shelvesPeople
		cuts = []civil.Date{r.period.First(), min(max(day, r.period.First()), r.period.Last()+1), r.period.Last() + 1}
	}
	stock, err := readShelves(ctx, r.tx, want, ids, day, r.today, cuts...)
	if err != nil {
		return nil, err
	}
	answers := map[int]answer{}
	for _, a := range r.areas(nil) {
		f := &flow{}
		var lots []lotSum
		for _, id := range r.scope.ledgers(a.ID) {
			f.add(flows[id])
			lots = append(lots, stock[id]...)
		}
		answers[a.ID] = r.stockAnswer(a, f, lots, day)
	}
	return answers, nil
}

func (r *reading) stockAnswer(a *registry.Area, f *flow, lots []lotSum, day civil.Date) answer {
	switch {
	case f.began == 0:
		return r.silent(a, f)
	case f.began.First() > day:
		ans := answer{state: NotAsked}
		ans.note("The ledger of %s begins later, in %s.", a.Name, f.began.Words())
		return ans
	}
	ans := answer{basis: FromLedger, source: "ledger, end of " + day.Words()}
	var kits int
	if r.def.Key == OnHand {
		s := shelfOf(lots, day)
		kits = s.OnHand
		ans.note("Held %d, expired %d, usable %d.", s.Held, s.Expired, s.Usable)
	} else {
		kits = r.expiringIn(lots, day, &ans)
	}
	ans.kits, ans.state = number(kits), Counted
	if kits == 0 {
		ans.state = Zero
	}
	return ans
}

// expiringIn sums the usable kits whose last day lies in the period, and tells of those that are not in the figure.
func (r *reading) expiringIn(lots []lotSum, day civil.Date, ans *answer) int {
	kits, people, past, unknown := 0, 0, 0, 0
	for _, l := range lots {
		inside := l.last != civil.None && l.last >= r.period.First() && l.last <= r.period.Last()
		switch {
		case l.last == civil.None:
			unknown += l.shelf
		case inside && l.expired(day):
			past += l.shelf
		case inside:
			kits += l.shelf
			people += l.people
		}
	}
	if people > 0 {
		ans.note("With people, beside: at most %d whose last day is in the period.", people)
	}
	if past > 0 {
		ans.note("Expired in the period already and still on a shelf: %d.", past)
	}
	if unknown > 0 {
		ans.note("On a shelf with an expiry that is not known: %d.", unknown)
	}
	return kits
}
