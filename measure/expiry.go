package measure

import (
	"context"

	"everykit/civil"
	"everykit/store"
)

// ExpiryMonth is kits whose last day lies in one month.
type ExpiryMonth struct {
	Month  civil.Month
	Usable int // on shelves; of those that are past or not known, all that stand there
	Held   int
	People int // with people: at most
}

func (e *ExpiryMonth) add(l lotSum) {
	e.Usable += l.shelf
	e.Held += l.held
	e.People += l.people
}

// Within is kits with at most so many days left after today, today's included.
type Within struct {
	Days   int
	Usable int
	People int
}

// ExpiryBoard is what expires when.
type ExpiryBoard struct {
	Today   civil.Date
	Months  []ExpiryMonth // from this month to the last in which anything expires, without gaps
	Within  []Within      // 30, 60, 90 and 180 days; each includes the ones before
	Expired ExpiryMonth   // past already
	Unknown ExpiryMonth   // expiry not known
}

var withinDays = []int{30, 60, 90, 180}

// ExpiryOf reads what expires when in an area; of a region or nation, in all areas in it.
func (m *Measures) ExpiryOf(ctx context.Context, area int) (ExpiryBoard, error) {
	var board ExpiryBoard
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		stock, err := readStockFrom(ctx, tx, l.ids, l.today, l.today, l.today)
		var all []lotSum
		for _, lots := range stock {
			all = append(all, lots...)
		}
		board = boardOf(all, l.today)
		return err
	})
	return board, err
}

func boardOf(lots []lotSum, today civil.Date) ExpiryBoard {
	b := ExpiryBoard{Today: today}
	this := today.Month()
	for _, l := range lots {
		switch {
		case l.shelf == 0 && l.held == 0 && l.people == 0:
		case l.last == civil.None:
			b.Unknown.add(l)
		case l.expired(today):
			b.Expired.add(l)
		default:
			at := int(l.last.Month() - this)
			for len(b.Months) <= at {
				b.Months = append(b.Months, ExpiryMonth{Month: this + civil.Month(len(b.Months))})
			}
			b.Months[at].add(l)
		}
	}
	for _, days := range withinDays {
		b.Within = append(b.Within, within(lots, today, days))
	}
	return b
}

// within sums the kits in date that have at most so many days left.
func within(lots []lotSum, today civil.Date, days int) Within {
	w := Within{Days: days}
	for _, l := range lots {
		if l.last != civil.None && !l.expired(today) && int(l.last-today) <= days {
			w.Usable += l.shelf
			w.People += l.people
		}
	}
	return w
}
