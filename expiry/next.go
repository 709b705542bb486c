package expiry

import (
	"context"

	"everykit/store"
)

// Todo is what an outlet's page says at its top.
type Todo struct {
	Expired    int // kits on the shelf past their date, to be written off
	Soon       int // kits on the shelf with SoonDays left at most
	Unused     int // kits on the shelf that will expire unused at today's rate
	Unanswered int // open notices that wait for something to be done here
	Overdue    int // of these, past the last day for an answer
}

// Any reports whether there is anything to say.
func (t Todo) Any() bool { return t != Todo{} }

// Next reads what is to be done at an outlet.
func (x *Expiry) Next(ctx context.Context, outlet int) (Todo, error) {
	var t Todo
	err := x.look(ctx, OfOutlet(outlet), func(_ *store.Tx, l *look) error {
		b := l.board(OfOutlet(outlet))
		t = Todo{Expired: b.Expired.Shelf, Soon: b.Soon.Shelf, Unused: b.Unused()}
		return nil
	})
	if err != nil {
		return t, err
	}
	told, err := x.notices.ForOutlet(ctx, outlet)
	for _, n := range told {
		if n.Done() {
			continue
		}
		t.Unanswered++
		if n.Notice.Overdue(x.led.Today()) {
			t.Overdue++
		}
	}
	return t, err
}
