package support

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Ask makes an ask of an authority (its coordinator), or an action of the nation for it. Area, Gap, Help, Says, Kits,
// Owner, OwnerNot and DueOn are read: with an owner and a day it is planned from the start, else it is asked. id is made
// with the form: the same again is the same ask, with another body a conflict. Every fault is at its field.
func (s *Support) Ask(ctx context.Context, by staff.Person, id [16]byte, a Action) error {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	if err := mayAsk(snap, by, a.Area); err != nil {
		return err
	}
	if id == uuid.Nil {
		return fault.New(fault.Invalid, "the form has no number of its own").At("id").Hint("open a fresh form and fill it in again")
	}
	bad := a.tidy()
	if a.DueOn != civil.None && a.DueOn < s.today() {
		bad = append(bad, fault.New(fault.Invalid, "%s is in the past", a.DueOn.Words()).At("due_on"))
	}
	if err := bad.Err(); err != nil {
		return err
	}
	a.State = Asked
	what := "Asked"
	if a.HasOwnerAndDay() {
		a.State, what = Planned, "Planned for "+a.DueOn.Words()
	}
	a.AskedBy = by.ID
	return s.db.Write(ctx, func(tx *store.Tx) error {
		next, err := nextNumber(ctx, tx) // from here on asks wait for each other
		if err != nil {
			return err
		}
		if done, err := isAsked(ctx, tx, &a, id); done || err != nil {
			return err
		}
		if err := checkOwner(ctx, tx, snap, &a); err != nil {
			return err
		}
		a := a
		a.ID, a.AskedAt, a.ChangedAt = next, tx.Now, tx.Now
		if _, err := tx.Exec(ctx, "INSERT INTO support_action ("+actionColumns+", form, body) VALUES ("+store.Marks(18)+")", append(a.values(), id[:], a.hash())...); err != nil {
			return err
		}
		if err := addStep(ctx, tx, by, &a, what, ""); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, a.Area, "ask for help", subject(a.ID), fmt.Sprintf("%s, %d kits", a.Gap, a.Kits))
	})
}

// mayAsk is the right to ask for an authority.
func mayAsk(snap *registry.Snapshot, by staff.Person, area int) error {
	a := snap.Area(area)
	if a == nil || !a.IsAuthority() {
		if err := by.Must(staff.AskSupport, staff.Place{}); err != nil {
			return err
		}
		return fault.New(fault.NotFound, "there is no such authority").At("area")
	}
	return by.Must(staff.AskSupport, PlaceOf(snap, area))
}

// nextNumber takes the next number for an action.
func nextNumber(ctx context.Context, tx *store.Tx) (int, error) {
	if _, err := tx.Exec(ctx, "UPDATE support_last SET last = last + 1 WHERE id = 1"); err != nil {
		return 0, err
	}
	var n int
	_, err := tx.Get(ctx, []any{&n}, "SELECT last FROM support_last WHERE id = 1")
	return n, err
}

// isAsked reports whether this very ask is there already.
func isAsked(ctx context.Context, tx *store.Tx, a *Action, form uuid.UUID) (bool, error) {
	var body []byte
	found, err := tx.Get(ctx, []any{&body}, "SELECT body FROM support_action WHERE area = ? AND form = ?", a.Area, form[:])
	if err == nil && found && string(body) != string(a.hash()) {
		err = fault.New(fault.Conflict, "this form was sent before, with something else in it").At("id").Hint("look at what was asked; open a fresh form to ask for more")
	}
	return found, err
}

// hash tells one ask from another.
func (a *Action) hash() []byte {
	h := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%d\x00%s\x00%d\x00%d\x00%s\x00%d", a.Area, a.Gap, a.Help, a.Says, a.Kits, a.Owner, a.OwnerNot, a.DueOn))
	return h[:]
}

// tidy takes spaces away and gives every fault of what somebody typed.
func (a *Action) tidy() fault.List {
	var bad fault.List
	a.Says, a.OwnerNot = tidyText(a.Says), strings.Join(strings.Fields(a.OwnerNot), " ")
	a.Reason = tidyText(a.Reason)
	if a.DueOn == 0 {
		a.DueOn = civil.None
	}
	if !a.Gap.Known() {
		bad = append(bad, fault.New(fault.Invalid, "choose which gap this is about").At("gap"))
	}
	if a.Help < Guidance || a.Help > Other {
		bad = append(bad, fault.New(fault.Invalid, "choose what would help").At("help"))
	}
	bad = checkText(bad, "says", a.Says, MostWords)
	if a.Says == "" {
		bad = append(bad, fault.New(fault.Invalid, "say what you need, or what is to be done").At("says"))
	}
	bad = checkText(bad, "owner_not", a.OwnerNot, mostOwner)
	bad = checkText(bad, "reason", a.Reason, MostWords)
	switch {
	case a.Kits < 0:
		bad = append(bad, fault.New(fault.Invalid, "the number of kits cannot be below nought").At("kits"))
	case a.Kits > ledger.MostKits:
		bad = append(bad, fault.New(fault.Invalid, "%d kits is more than the %d that may be asked for at once", a.Kits, ledger.MostKits).At("kits").Hint("check the number"))
	}
	if a.Owner != 0 && a.OwnerNot != "" {
		bad = append(bad, fault.New(fault.Invalid, "the owner is either somebody with an account or somebody named here, not both").At("owner_not"))
	}
	return bad
}

func tidyText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func checkText(bad fault.List, field, s string, most int) fault.List {
	switch {
	case utf8.RuneCountInString(s) > most:
		return append(bad, fault.New(fault.Invalid, "this is longer than %d letters", most).At(field))
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable):
		return append(bad, fault.New(fault.Invalid, "this holds a character that cannot be stored").At(field))
	}
	return bad
}

func unprintable(r rune) bool {
	return r == utf8.RuneError || (unicode.IsControl(r) && r != '\n' && r != '\t')
}

// checkOwner refuses an owner who has no part in it: an account that is closed, or of another authority or nation.
func checkOwner(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, a *Action) error {
	if a.Owner == 0 {
		return nil
	}
	all, err := staff.Addressees(ctx, tx)
	if err != nil {
		return err
	}
	nation := PlaceOf(snap, a.Area).Nation
	for _, p := range all {
		if p.Account != a.Owner {
			continue
		}
		switch p.Role {
		case staff.Administrator:
			return nil
		case staff.National:
			if p.Area == nation && nation != 0 {
				return nil
			}
		case staff.Coordinator:
			if p.Area == a.Area || (a.From != 0 && p.Area == a.From) {
				return nil
			}
		}
	}
	return fault.New(fault.Invalid, "this account cannot own the action").At("owner").
		Hint("choose somebody of the authority or of the national team, or type the name of a post")
}

func subject(id int) string { return fmt.Sprintf("action %d", id) }
