package request

import (
	"context"
	"strconv"

	"everykit/civil"
	"everykit/store"
)

// Why a request could not be met. Numbers are stored.
const (
	nothingOffered = 1
	tooYoung       = 2
)

// Gaps counts requests that an area could not meet, by month: it offered nothing, or its kits are not licensed for somebody
// so young. Months without any have no entry. What staff refuse is not among them.
func (r *Requests) Gaps(ctx context.Context, area int, from, to civil.Month) (map[civil.Month]int, error) {
	var gaps map[civil.Month]int
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		gaps = map[civil.Month]int{}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var month, times int
			err := scan(&month, &times)
			gaps[civil.Month(month)] += times
			return err
		}, "SELECT month, times FROM request_gap WHERE area = ? AND month >= ? AND month <= ?", area, int(from), int(to))
	})
	return gaps, err
}

// gap counts a request that could not be met, once for each form.
func (r *Requests) gap(ctx context.Context, form []byte, area, why int) error {
	return r.write(ctx, func(tx *store.Tx) error {
		fresh, err := use(ctx, tx, usedForGap, form)
		if err != nil || !fresh {
			return err
		}
		if err := limit(ctx, tx, area, countAsked, MostAnHourOfArea, MostAnHour); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO request_gap (area, month, why, times) VALUES (?, ?, ?, 1) ON CONFLICT (area, month, why) DO UPDATE SET times = request_gap.times + 1",
			area, int(r.ledger.Day(tx.Now).Month()), why)
		return err
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
