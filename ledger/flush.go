package ledger

import (
	"cmp"
	"context"
	"strings"

	"everykit/store"
)

// rows are many rows of one table, ready to be written.
type rows struct {
	head    string
	columns int
	values  []any
	tail    string
}

// flush writes what add gathered and forgets it, but for what it touched.
func (b *batch) flush(ctx context.Context) error {
	taken := b.tookClients()
	b.foldDays()
	due, err := b.dueRows(ctx)
	if err != nil {
		return err
	}
	for _, r := range b.gathered(due) {
		if err := b.write(ctx, r); err != nil {
			return err
		}
	}
	return b.dropClients(ctx, taken)
}

// gathered is what add gathered, as rows of the kept tables in the order in which they are always written, on PostgreSQL so
// that two never wait for each other. Kits by their last day come straight after the stock: what else changes them (a lot's
// expiry, a check) has done so before, or holds the row already. It forgets what was gathered.
func (b *batch) gathered(due []rows) []rows {
	stock, days := b.stockRows(), b.dayRows()
	years, supplyYears := b.yearRows(), b.supplyYearRows() // before what they are summed from is forgotten
	return append(append([]rows{stock}, due...), days, b.monthRows(), years, b.clientRows(), b.toldRows(), supplyYears)
}

func (b *batch) write(ctx context.Context, r rows) error {
	if len(r.values) == 0 {
		return nil
	}
	// PostgreSQL is asked once, where Insert would ask for each power of two.
	if n := len(r.values) / r.columns; n <= fewRows && b.tx.Engine == store.Postgres {
		_, err := b.tx.Exec(ctx, r.head+fewMarks(n, r.columns)+r.tail, r.values...)
		return err
	}
	_, err := b.tx.Insert(ctx, r.head, r.columns, r.values, r.tail)
	return err
}

// fewRows is what a single entry writes of a table at most, as a rule.
const fewRows = 8

func fewMarks(n, columns int) string {
	return " " + strings.TrimSuffix(strings.Repeat("("+store.Marks(columns)+"), ", n), ", ") + " "
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

func (b *batch) stockRows() rows {
	v := make([]any, 0, len(b.stock)*(3+len(stockColumns)))
	for _, k := range sorted(b.stock, stockKey.compare) {
		v = append(v, int(k.area), int(k.outlet), int(k.lot))
		for _, kits := range b.stock[k][Supplier:] {
			v = append(v, kits)
		}
	}
	clear(b.stock)
	return rows{stockHead, 3 + len(stockColumns), v, stockTail}
}

func (b *batch) dayRows() rows {
	v := make([]any, 0, len(b.days)*(4+len(guarded)))
	for _, k := range sorted(b.days, func(a, c dayKey) int {
		return cmp.Or(a.stockKey.compare(c.stockKey), cmp.Compare(a.day, c.day))
	}) {
		v = append(v, int(k.area), int(k.outlet), int(k.lot), int(k.day))
		for _, kits := range b.days[k] {
			v = append(v, kits)
		}
	}
	clear(b.days)
	return rows{dayHead, 4 + len(guarded), v, dayTail}
}

func (b *batch) monthRows() rows {
	v := make([]any, 0, len(b.months)*8)
	for _, k := range sorted(b.months, func(a, c monthKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.outlet, c.outlet), cmp.Compare(a.month, c.month),
			cmp.Compare(a.kind, c.kind), cmp.Compare(a.split, c.split), cmp.Compare(a.product, c.product))
	}) {
		t := b.months[k]
		v = append(v, int(k.area), int(k.outlet), int(k.month), int(k.kind), int(k.split), int(k.product), t.kits, t.times)
	}
	clear(b.months)
	return rows{monthHead, 8, v, monthTail}
}

func (b *batch) clientRows() rows {
	v := make([]any, 0, len(b.clients)*4)
	for _, k := range sorted(b.clients, func(a, c clientKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.client, c.client), cmp.Compare(a.day, c.day))
	}) {
		v = append(v, int(k.area), []byte(k.client), int(k.day), b.clients[k])
	}
	clear(b.clients)
	return rows{clientHead, 4, v, clientTail}
}

// tookClients are the client days that reversals take supplies from.
func (b *batch) tookClients() []clientKey {
	var taken []clientKey
	for k, n := range b.clients {
		if n < 0 {
			taken = append(taken, k)
		}
	}
	return taken
}

// dropClients takes away client days without any supply left.
func (b *batch) dropClients(ctx context.Context, of []clientKey) error {
	for _, k := range of {
		if _, err := b.tx.Exec(ctx, "DELETE FROM client_day WHERE area = ? AND client = ? AND day = ? AND supplies = 0",
			int(k.area), []byte(k.client), int(k.day)); err != nil {
			return err
		}
	}
	return nil
}
