package ledger

import (
	"context"
	"fmt"

	"everykit/civil"
)

// supplyWord is a row of supply_count of one area.
type supplyWord struct {
	toldKey
	about About
	word  int
}

// told compares what is kept of an area's supplies with what its movements say.
func (v *verifier) told(ctx context.Context, area int, own *batch) error {
	moved := map[supplyWord]tally{}
	for k, t := range own.told {
		for a := AboutRecipient; a < abouts; a++ {
			for at := aboutBegins[a]; at < aboutBegins[a+1]; at++ {
				if t[at] != (tally{}) {
					moved[supplyWord{k, a, at - aboutBegins[a]}] = t[at]
				}
			}
		}
	}
	say := func(k supplyWord, table, moved tally) {
		v.found("supply_count", fmt.Sprintf("area %d month %s channel %d about %d word %d", k.area, k.month, k.channel, k.about, k.word),
			"the table says %d kits in %d supplies, the movements %d in %d", table.kits, table.times, moved.kits, moved.times)
	}
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k supplyWord
		var t tally
		if err := scan(&k.area, &k.month, &k.about, &k.word, &k.channel, &t.kits, &t.times); err != nil {
			return err
		}
		if moved[k] != t {
			say(k, t, moved[k])
		}
		delete(moved, k)
		return nil
	}, "SELECT area, month, about, word, channel, kits, times FROM supply_count WHERE area = ?", area)
	for k, t := range moved {
		say(k, tally{}, t)
	}
	return err
}

// supplyYears compares what is kept of supplies by financial year.
func (v *verifier) supplyYears(ctx context.Context, area int, own *batch) error {
	moved := supplyYears(own.told)
	say := func(k supplyYearKey, table, moved tally) {
		v.found("supply_year", fmt.Sprintf("area %d year %d channel %d about %d word %d", k.area, k.year, k.channel, k.about, k.word),
			"the table says %d kits in %d supplies, the movements %d in %d", table.kits, table.times, moved.kits, moved.times)
	}
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k supplyYearKey
		var t tally
		if err := scan(&k.area, &k.about, &k.year, &k.word, &k.channel, &t.kits, &t.times); err != nil {
			return err
		}
		if moved[k] != t {
			say(k, t, moved[k])
		}
		delete(moved, k)
		return nil
	}, "SELECT area, about, year, word, channel, kits, times FROM supply_year WHERE area = ?", area)
	for k, t := range moved {
		if t != (tally{}) {
			say(k, tally{}, t)
		}
	}
	return err
}

// years compares the totals of an area's financial years.
func (v *verifier) years(ctx context.Context, area int, own *batch) error {
	moved := years(own.months)
	say := func(k yearKey, table, moved yearMonths) {
		v.found("year_count", fmt.Sprintf("area %d kind %d year %d split %d", k.area, k.kind, k.year, k.split),
			"from April to March the table says %v, the movements %v", table, moved)
	}
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k yearKey
		var y, was yearMonths
		dest := []any{&k.area, &k.kind, &k.year, &k.split}
		for i := range y {
			dest = append(dest, &y[i])
		}
		if err := scan(dest...); err != nil {
			return err
		}
		if m := moved[k]; m != nil {
			was = *m
		}
		if was != y {
			say(k, y, was)
		}
		delete(moved, k)
		return nil
	}, "SELECT area, kind, year, split, "+yearColumnList+" FROM year_count WHERE area = ?", area)
	for k, y := range moved {
		if *y != (yearMonths{}) {
			say(k, yearMonths{}, *y)
		}
	}
	return err
}

// dues compares an area's kits by their last day with its stock, which is itself compared with the movements.
func (v *verifier) dues(ctx context.Context, area int, _ *batch) error {
	kept, stock := dues{}, dues{}
	for _, from := range []struct {
		into dues
		text string
	}{
		{kept, "SELECT last, shelf, held, unchecked, transit, people FROM expiry_count WHERE area = ?"},
		{stock, "SELECT COALESCE(l.expiry, -1), " + dueSums + " FROM stock s JOIN lot l ON l.id = s.lot WHERE s.area = ? GROUP BY l.expiry"},
	} {
		err := v.tx.Each(ctx, func(scan func(...any) error) error {
			k := dueKey{area: area}
			var d due
			err := scan(&k.last, &d.shelf, &d.held, &d.unchecked, &d.transit, &d.people)
			from.into.add(k, d)
			return err
		}, from.text, area)
		if err != nil {
			return err
		}
	}
	v.sameDues("expiry_count", kept, stock)
	return nil
}

// dueMonths compares by how much each month changed them with the stock of its days.
func (v *verifier) dueMonths(ctx context.Context, area int, _ *batch) error {
	kept, days := dues{}, dues{}
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		k := dueKey{area: area}
		var d due
		err := scan(&k.month, &k.last, &d.shelf, &d.held, &d.transit, &d.people)
		kept.add(k, d)
		return err
	}, "SELECT month, last, shelf, held, transit, people FROM expiry_month WHERE area = ?", area)
	if err != nil {
		return err
	}
	err = v.tx.Each(ctx, func(scan func(...any) error) error {
		k := dueKey{area: area}
		var day civil.Date
		var d due
		err := scan(&day, &k.last, &d.shelf, &d.held, &d.transit, &d.people)
		k.month = day.Month()
		days.add(k, d)
		return err
	}, "SELECT d.day, COALESCE(l.expiry, -1), "+dueDaySums+" FROM stock_day d JOIN lot l ON l.id = d.lot WHERE d.area = ? GROUP BY d.day, l.expiry", area)
	v.sameDues("expiry_month", kept, days)
	return err
}

func (v *verifier) sameDues(table string, kept, stock dues) {
	for k, d := range stock {
		kept.add(k, d.minus())
	}
	for k, more := range kept {
		if more != (due{}) {
			v.found(table, fmt.Sprintf("area %d month %d last day %d", k.area, k.month, k.last),
				"%d kits more on shelves, %d held (%d to be checked), %d on their way, %d with people than the stock says",
				more.shelf, more.held, more.unchecked, more.transit, more.people)
		}
	}
}
