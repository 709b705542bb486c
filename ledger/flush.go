package ledger

import (
	"cmp"
	"context"
	"strings"
)

// flush writes what add gathered and forgets it, but for what it touched.
func (b *batch) flush(ctx context.Context) error {
	for _, write := range []func(context.Context) error{b.flushStock, b.flushDays, b.flushMonths, b.flushClients} {
		if err := write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// upsertTail is "ON CONFLICT (key) DO UPDATE SET x = table.x + excluded.x, ...".
func upsertTail(table, key string, columns ...string) string {
	sets := make([]string, len(columns))
	for i, c := range columns {
		sets[i] = c + " = " + table + "." + c + " + excluded." + c
	}
	return "ON CONFLICT (" + key + ") DO UPDATE SET " + strings.Join(sets, ", ")
}

var (
	stockColumns = placeNames[Supplier:]
	dayColumns   = []string{"shelf", "held", "spoiled", "transit", "people"}
	stockHead    = "INSERT INTO stock (area, outlet, lot, " + strings.Join(stockColumns, ", ") + ") VALUES"
	stockTail    = upsertTail("stock", "area, outlet, lot", stockColumns...)
	dayHead      = "INSERT INTO stock_day (area, outlet, lot, day, " + strings.Join(dayColumns, ", ") + ") VALUES"
	dayTail      = upsertTail("stock_day", "area, outlet, lot, day", dayColumns...)
	monthHead    = "INSERT INTO month_count (area, outlet, month, kind, split, product, kits, times) VALUES"
	monthTail    = upsertTail("month_count", "area, outlet, month, kind, split, product", "kits", "times")
	clientHead   = "INSERT INTO client_day (area, client, day, supplies) VALUES"
	clientTail   = upsertTail("client_day", "area, client, day", "supplies")
)

func (b *batch) flushStock(ctx context.Context) error {
	v := b.values[:0]
	for _, k := range sorted(b.stock, stockKey.compare) {
		v = append(v, int(k.area), int(k.outlet), int(k.lot))
		for _, kits := range b.stock[k][Supplier:] {
			v = append(v, kits)
		}
	}
	clear(b.stock)
	return b.insert(ctx, stockHead, 3+len(stockColumns), v, stockTail)
}

func (b *batch) flushDays(ctx context.Context) error {
	v := b.values[:0]
	for _, k := range sorted(b.days, func(a, c dayKey) int {
		return cmp.Or(a.stockKey.compare(c.stockKey), cmp.Compare(a.day, c.day))
	}) {
		v = append(v, int(k.area), int(k.outlet), int(k.lot), int(k.day))
		for _, kits := range b.days[k] {
			v = append(v, kits)
		}
	}
	clear(b.days)
	return b.insert(ctx, dayHead, 4+len(guarded), v, dayTail)
}

func (b *batch) flushMonths(ctx context.Context) error {
	v := b.values[:0]
	for _, k := range sorted(b.months, func(a, c monthKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.outlet, c.outlet), cmp.Compare(a.month, c.month),
			cmp.Compare(a.kind, c.kind), cmp.Compare(a.split, c.split), cmp.Compare(a.product, c.product))
	}) {
		t := b.months[k]
		v = append(v, int(k.area), int(k.outlet), int(k.month), int(k.kind), int(k.split), int(k.product), t.kits, t.times)
	}
	clear(b.months)
	return b.insert(ctx, monthHead, 8, v, monthTail)
}

func (b *batch) flushClients(ctx context.Context) error {
	v := b.values[:0]
	taken := false
	for _, k := range sorted(b.clients, func(a, c clientKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.client, c.client), cmp.Compare(a.day, c.day))
	}) {
		taken = taken || b.clients[k] < 0
		v = append(v, int(k.area), []byte(k.client), int(k.day), b.clients[k])
	}
	clear(b.clients)
	if err := b.insert(ctx, clientHead, 4, v, clientTail); err != nil || !taken {
		return err
	}
	for i := 0; i < len(v); i += 4 { // a reversal may have taken a person's only supply of a day
		if _, err := b.tx.Exec(ctx, "DELETE FROM client_day WHERE area = ? AND client = ? AND day = ? AND supplies = 0", v[i], v[i+1], v[i+2]); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) insert(ctx context.Context, head string, columns int, v []any, tail string) error {
	b.values = v
	if len(v) == 0 {
		return nil
	}
	_, err := b.tx.Insert(ctx, head, columns, v, tail)
	return err
}
