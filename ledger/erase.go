package ledger

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// EraseMarks takes away the hashes of client codes: those of supplies before a day, or (with a code) those of one
// person in one authority. The supplies stay, with what was recorded of first and repeat; nothing can be told from them
// any more about who came twice. It gives the number of supplies changed. This is the one edit of movements there is:
// the hash is personal data, and whoever it is about may ask for it.
//
// It reads every movement of the database, so it is work for the night.
func (l *Ledger) EraseMarks(ctx context.Context, who staff.Person, e Erasure) (int, error) {
	if err := who.Must(staff.ManageRegistry, staff.Place{}); err != nil {
		return 0, err
	}
	where, day, args, err := l.erasure(ctx, e)
	if err != nil {
		return 0, err
	}
	var n int64
	err = l.db.Bulk(ctx, func(tx *store.Tx) error {
		n, err = tx.Exec(ctx, "UPDATE movement SET client = NULL, flags = flags + ? WHERE client IS NOT NULL AND "+where, append([]any{int(Erased)}, args...)...)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM client_day WHERE "+day, args...); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, 0, "erase client marks", "supplies", "") // not how many: that may tell of one person
	})
	return int(n), err
}

// Erasure says which marks to take away: exactly one of Before and Code.
type Erasure struct {
	Before civil.Date // marks of supplies before this day
	Area   string     // with Code: the authority
	Code   string     // of one person
}

// erasure gives the conditions on movements and on client days, and what their marks stand for.
func (l *Ledger) erasure(ctx context.Context, e Erasure) (where, day string, args []any, err error) {
	if (e.Code == "") == (e.Before == 0) {
		return "", "", nil, fault.New(fault.Invalid, "say either before which day, or whose marks to erase")
	}
	if e.Code == "" {
		return "occurred_on < ?", "day < ?", []any{int(e.Before)}, nil
	}
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return "", "", nil, err
	}
	area, ok := snap.AreaByCode(e.Area)
	if !ok {
		return "", "", nil, fault.New(fault.NotFound, "there is no authority %s", e.Area)
	}
	mark, err := l.clientMark(e.Code)
	return "area = ? AND client = ?", "area = ? AND client = ?", []any{area.ID, mark}, err
}
