package measure

import (
	"context"
	"fmt"
	"math"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

var liveCoverage = Definition{
	Key:     LiveCoverage,
	Version: "live_coverage/1",
	Name:    "Live coverage",
	Unit:    "kits in date with people per 100 people, at most",
	Counts: "Kits that people may have today, for every 100 people at risk: given out, in date, and not known to be used, lost or handed back. It is the most there can " +
		"be, because not every use or loss is told. Unlike Reach it falls when kits expire.",
	Numerator: "Kits with people at the end of the last day of the period, or of the as-of day if that is earlier, whose last day has not passed. Kits of a lot whose " +
		"expiry is not known are in it.",
	Denominator: "The latest estimate that was published by the as-of date and whose period does not end after the figure's: in Scotland of people with problem drug " +
		"use, elsewhere of people who use opiates.",
	Source: "The ledger alone. Beside it stands an estimate that lets kits go as time passes: of the kits given out in a month, what is left when a kit is with people " +
		"for 15.5 months on average and any is as likely to go as any other (exponential decay), and never more than the most there can be. The low and " +
		"high ends come from the interval of the estimate of people, where one was published.",
	Not:    "Not people who carry a kit: one person may have several, and a kit may lie at home. Kits from before the ledger began are not in it.",
	UsedBy: "Everykit. The mean life of a kit with people is that of a published model of take-home naloxone.",
}

// meanLife is how many months a kit is with people before it is used, lost or thrown away, on average.
const meanLife = 15.5

// decayMonths is how far back kits are still looked for: of older ones less than a hundredth is left.
const decayMonths = 72

// monthDays is the days of a mean month.
const monthDays = 365.25 / 12

// left is the part of kits given out in a month that is left on a day, as if all had been given out in the middle of what
// has passed of it.
func left(m civil.Month, day civil.Date) float64 {
	end := min(m.Last(), day)
	middle := float64(m.First()+end) / 2
	return math.Exp(-max(0, float64(day)-middle) / monthDays / meanLife)
}

// readLeft reads what is left of all kits that areas gave out to a day, if they went at a steady rate.
func readLeft(ctx context.Context, tx *store.Tx, areas []int, began civil.Month, day civil.Date) (map[int]float64, error) {
	kits := map[int]float64{}
	to := day.Month()
	from := max(began, to-decayMonths)
	if len(areas) == 0 || began == 0 || from > to {
		return kits, nil
	}
	in, args := idList(areas)
	var weighed strings.Builder
	for y := yearOf(from); y <= yearOf(to); y++ {
		fmt.Fprintf(&weighed, " WHEN %d THEN 0", y)
		for i, column := range strings.Split(yearColumns, ", ") {
			if m := april(y) + civil.Month(i); m >= from && m <= to {
				fmt.Fprintf(&weighed, " + %s * CAST(%.17g AS DOUBLE PRECISION)", column, left(m, day))
			}
		}
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var n float64
		err := scan(&area, &n)
		kits[area] = n
		return err
	}, "SELECT area, SUM(CASE year"+weighed.String()+" END) FROM year_count WHERE area IN ("+in+") AND kind = ? AND year BETWEEN ? AND ? GROUP BY area",
		append(args, int(ledger.AllChannels), yearOf(from), yearOf(to))...)
	return kits, err
}

// liveFigures makes the rows of live coverage.
func (r *reading) liveFigures(ctx context.Context) ([]Figure, error) {
	d := r.estimates()
	ids, day := r.everyLedger(d), min(r.asOf, r.period.Last())
	flows, err := r.began(ctx, ids)
	if err != nil {
		return nil, err
	}
	stock, err := readShelves(ctx, r.tx, withPeopleOnly, ids, day, r.today, day)
	if err != nil {
		return nil, err
	}
	began := civil.Month(0)
	for _, f := range flows {
		if f.began != 0 && (began == 0 || f.began < began) {
			began = f.began
		}
	}
	decayed, err := readLeft(ctx, r.tx, ids, began, day)
	if err != nil {
		return nil, err
	}
	answers := map[int]answer{}
	for _, a := range r.areas(d.members) {
		f := &flow{}
		var lots []lotSum
		likely := 0.0
		for _, id := range r.scope.ledgers(a.ID) {
			f.add(flows[id])
			lots = append(lots, stock[id]...)
			likely += decayed[id]
		}
		if ans, silent := r.notYet(a, f, day); silent {
			answers[a.ID] = ans
			continue
		}
		answers[a.ID] = liveAnswer(lots, day, likely)
	}
	return r.ratios(answers, d), nil
}

func liveAnswer(lots []lotSum, day civil.Date, likely float64) answer {
	ans := answer{basis: FromLedger, state: Counted, source: "ledger, end of " + day.Words()}
	s := shelfOf(lots, day)
	unknown := 0
	for _, l := range lots {
		if l.last == civil.None {
			unknown += l.people
		}
	}
	ans.kits = number(s.PeopleInDate)
	ans.likely = number(min(likely, float64(s.PeopleInDate)))
	if s.PeopleInDate == 0 {
		ans.state = Zero
	}
	ans.note("At most: not every use or loss is told. If a kit is with people for %.1f months on average, about %.0f kits are left.", meanLife, *ans.likely)
	if past := s.People - s.PeopleInDate; past > 0 {
		ans.note("Not in it: %s with people that %s past their date.", count(past, "kit", "kits"), isAre(past))
	}
	if unknown > 0 {
		ans.note("In it: %s whose expiry is not known.", count(unknown, "kit", "kits"))
	}
	return ans
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// ExpectedWords says the estimate that stands beside a live coverage: "about 12.4 if a kit lasts 15.5 months on average".
// Empty where there is none.
func (f *Figure) ExpectedWords() string {
	if f.Expected == nil {
		return ""
	}
	return fmt.Sprintf("about %.1f if a kit lasts %.1f months on average", *f.Expected, meanLife)
}
