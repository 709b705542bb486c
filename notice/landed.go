package notice

import (
	"context"

	"everykit/ledger"
	"everykit/store"
)

// landed is the ledger's word that kits of a barred lot came to a shelf, in the transaction that records it. An outlet that
// was not told before is told now.
func (n *Notices) landed(ctx context.Context, tx *store.Tx, l ledger.Landing) error {
	for _, b := range l.Bars {
		var told int
		done, err := tx.Get(ctx, []any{&told}, "SELECT 1 FROM notice_outlet WHERE area = ? AND notice = ? AND outlet = ?", l.Area, b.Notice, l.Outlet)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		all, err := read(ctx, tx, "id = ? AND state = ?", b.Notice, int(Published))
		if err != nil {
			return err
		}
		for _, of := range all {
			p, err := n.planOf(ctx, tx, of)
			if err != nil {
				return err
			}
			p.touch(l.Area, l.Outlet)
			p.reach()
			if err := n.tell(ctx, tx, p); err != nil {
				return err
			}
		}
	}
	return nil
}
