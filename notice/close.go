package notice

import (
	"context"
	"strings"
	"unicode/utf8"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// mostWhy bounds the reason for closing, in letters.
const mostWhy = 500

// Close ends a published notice: its lots may be given out again, as far as no other notice bars them, and nothing more is
// asked. Kits that are held stay held until they are released or destroyed; a changed expiry stays changed. Closing it again
// changes nothing. Refused for a draft (see Drop).
func (n *Notices) Close(ctx context.Context, who staff.Person, id int, why string) error {
	if err := mayWrite(who); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case why == "":
		return fault.New(fault.Invalid, "say why the notice is closed").At("why")
	case utf8.RuneCountInString(why) > mostWhy || strings.ContainsFunc(why, unprintable):
		return fault.New(fault.Invalid, "this is longer than %d letters, or holds a character that cannot be stored", mostWhy).At("why")
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		closed, err := tx.Exec(ctx, "UPDATE notice SET state = ?, closed_at = ?, closed_by = ?, closed_why = ? WHERE id = ? AND state = ?",
			int(Closed), tx.Now.UnixMilli(), who.ID, why, id, int(Published))
		if err != nil {
			return err
		}
		of, err := readOne(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case of.State == Draft:
			return fault.New(fault.Refused, "this notice is a draft: nobody has been told").Hint("delete it if it is not needed")
		case closed == 0:
			return nil
		}
		if of.Bars() {
			if err := n.led.Unbar(ctx, tx, id); err != nil {
				return err
			}
		}
		return staff.Audit(ctx, tx, who, who.Area, "close notice", subject(id), summary(of))
	})
}

// Drop deletes a draft. Conflict if it has been published: what was said is never taken back, only closed.
func (n *Notices) Drop(ctx context.Context, who staff.Person, id int) error {
	if err := mayWrite(who); err != nil {
		return err
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		var drill int
		if err := lockDraft(ctx, tx, &Notice{ID: id}, &drill); err != nil {
			return err
		}
		for _, q := range []string{"DELETE FROM notice_line WHERE notice = ?", "DELETE FROM notice WHERE id = ?"} {
			if _, err := tx.Exec(ctx, q, id); err != nil {
				return err
			}
		}
		return staff.Audit(ctx, tx, who, who.Area, "delete draft notice", subject(id), "")
	})
}

// MakeDrill makes a draft that is a copy of a notice, marked as a drill, and gives its id. Published it tells, collects
// answers, escalates and counts as the notice would; it bars nothing and changes nothing in the ledger. A notice may have
// any number of drills.
func (n *Notices) MakeDrill(ctx context.Context, who staff.Person, of int) (id int, err error) {
	if err := mayWrite(who); err != nil {
		return 0, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		d, err := readOne(ctx, tx, of)
		if err != nil {
			return err
		}
		if d.Of != 0 {
			of = d.Of
		}
		d.ID, d.Drill, d.Of = 0, true, of
		if d.DueOn != civil.None && d.DueOn <= n.led.Day(tx.Now) {
			d.DueOn = civil.None // the day of the notice itself has passed
		}
		if id, err = n.saveIn(ctx, tx, who, d); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, who.Area, "draft drill", subject(id), "of "+subject(of))
	})
	return id, err
}
