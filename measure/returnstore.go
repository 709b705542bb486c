package measure

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

const returnColumns = "area, period, measure, channel, setting, recipient, supply, reason, published, value, state, covered, covers_of, source"

// eachReturn reads returns by a condition.
func eachReturn(ctx context.Context, tx *store.Tx, fn func(Return) error, where string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var t Return
		var period, channel string
		var covered, of *int
		err := scan(&t.Area, &period, &t.Measure, &channel, &t.Setting, &t.Recipient, &t.Supply, &t.Reason, &t.Published, &t.Value, &t.State,
			&covered, &of, &t.Source)
		if err != nil {
			return err
		}
		if t.Period, err = civil.ParsePeriod(period); err != nil {
			return err
		}
		if t.Channel, err = registry.ParseChannel(channel); err != nil {
			return err
		}
		if covered != nil && of != nil {
			t.Covered, t.CoversOf = *covered, *of
		}
		return fn(t)
	}, "SELECT "+returnColumns+" FROM area_return WHERE "+where, args...)
}

// insertReturns stores returns that are new. One that another transaction has stored meanwhile is not passed over: it may
// say something else.
func insertReturns(ctx context.Context, tx *store.Tx, list []Return) error {
	var v []any
	for i := range list {
		t := &list[i]
		var value, covered, of any
		if t.Value != nil {
			value = *t.Value
		}
		if t.CoversOf > 0 {
			covered, of = t.Covered, t.CoversOf
		}
		v = append(v, t.Area, t.Period.String(), t.Measure, t.Channel.String(), t.Setting, t.Recipient, t.Supply, t.Reason, string(t.Published),
			value, int(t.State), covered, of, t.Source, tx.Now.UnixMilli())
	}
	n, err := tx.Insert(ctx, "INSERT INTO area_return ("+returnColumns+", recorded_at) VALUES", 15, v, "ON CONFLICT DO NOTHING")
	if err == nil && n != int64(len(list)) {
		err = fault.New(fault.Unavailable, "somebody else sent the same returns at the same moment").Hint("send them again")
	}
	return err
}
