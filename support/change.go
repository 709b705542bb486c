package support

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Change sets an action's help, kits, owner, day, state, giving authority and reason, and its words where Says is not
// empty; note goes into the history. ID and Version say which action as it was when. State 0 leaves the state as it is; what
// is under way and has no owner is owned by whoever set it going.
//
// Its nation may set all of these. The authority may not decline but withdraw (Declined, with a reason, while nobody has
// taken it up), not name the authority that gives, not open again what is over, and give it only to owners of its own.
//
// Conflict if it was changed since Version; the same change sent twice is one.
func (s *Support) Change(ctx context.Context, by staff.Person, a Action, note string) error {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	note = tidyText(note)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		was, err := heldAction(ctx, tx, by, a.ID)
		if err != nil {
			return err
		}
		may := May(snap, by, was)
		if !may.Change && !may.Answer {
			return by.Must(staff.AskSupport, PlaceOf(snap, was.Area))
		}
		now, err := was.with(a, note, by)
		if err != nil {
			return err
		}
		if was.Version != a.Version {
			return s.stale(ctx, tx, by, was, now, a.Version)
		}
		if now.sameAs(was) && note == "" {
			return nil
		}
		if !may.Answer {
			if err := ownChange(was, now, by); err != nil {
				return err
			}
		}
		if err := s.checkChange(ctx, tx, snap, was, now); err != nil {
			return err
		}
		now.Version, now.ChangedAt = was.Version+1, tx.Now
		if err := update(ctx, tx, now); err != nil {
			return err
		}
		if err := addStep(ctx, tx, by, now, changeWords(was, now), noteOf(now, note)); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, now.Area, "change action", subject(now.ID), fmt.Sprintf("state %d, %d kits", now.State, now.Kits))
	})
}

// heldAction reads an action and holds it until the transaction ends.
func heldAction(ctx context.Context, tx *store.Tx, by staff.Person, id int) (*Action, error) {
	if _, err := tx.Exec(ctx, "UPDATE support_action SET version = version WHERE id = ?", id); err != nil {
		return nil, err
	}
	list, err := readActions(ctx, tx, "id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		if err := by.Must(staff.AskSupport, staff.Place{}); err != nil {
			return nil, err
		}
		return nil, noAction()
	}
	return &list[0], nil
}

// with gives the action as it is asked to be.
func (a *Action) with(b Action, note string, by staff.Person) (*Action, error) {
	now := *a
	now.Help, now.Kits, now.Owner, now.OwnerNot, now.DueOn, now.From, now.Reason = b.Help, b.Kits, b.Owner, b.OwnerNot, b.DueOn, b.From, b.Reason
	if b.State != 0 {
		now.State = b.State
	}
	if tidyText(b.Says) != "" {
		now.Says = b.Says
	}
	if now.Owner != 0 && a.Owner == 0 && now.OwnerNot == a.OwnerNot {
		now.OwnerNot = "" // an account takes the place of a post
	}
	if now.State == Underway && now.Owner == 0 && now.OwnerNot == "" && len(a.Sends) == 0 {
		now.Owner = by.ID // whoever sets it going has it until they hand it on
	}
	bad := now.tidy()
	bad = checkText(bad, "note", note, MostWords)
	if now.State == Declined && now.Reason == "" {
		now.Reason = note
	}
	if now.State != Declined {
		now.Reason = ""
	}
	switch {
	case now.State < Asked || now.State > Declined:
		bad = append(bad, fault.New(fault.Invalid, "choose how far it has come").At("state"))
	case now.State == Declined && now.Reason == "":
		bad = append(bad, fault.New(fault.Invalid, "say why it is declined").At("reason"))
	case now.State == Planned && !now.HasOwnerAndDay():
		field := "owner"
		if now.Owner != 0 || now.OwnerNot != "" {
			field = "due_on"
		}
		bad = append(bad, fault.New(fault.Invalid, "a plan needs somebody to do it and a day").At(field))
	case now.State == Underway && now.Owner == 0 && now.OwnerNot == "" && len(a.Sends) == 0:
		bad = append(bad, fault.New(fault.Invalid, "say who is doing it").At("owner"))
	}
	return &now, bad.Err()
}

func (a *Action) sameAs(b *Action) bool {
	return a.Help == b.Help && a.Says == b.Says && a.Kits == b.Kits && a.Owner == b.Owner && a.OwnerNot == b.OwnerNot && a.DueOn == b.DueOn &&
		a.State == b.State && a.From == b.From && a.Reason == b.Reason
}

// stale says that somebody was faster, unless it was this person with this very change.
func (s *Support) stale(ctx context.Context, tx *store.Tx, by staff.Person, was, now *Action, version int) error {
	var last int
	if _, err := tx.Get(ctx, []any{&last}, "SELECT staff FROM support_step WHERE area = ? AND action = ? ORDER BY step DESC LIMIT 1", was.Area, was.ID); err != nil {
		return err
	}
	if was.Version == version+1 && now.sameAs(was) && last == by.ID {
		return nil
	}
	return fault.New(fault.Conflict, "somebody else has changed this action since you opened it").At("version").Hint("nothing was saved; look at it again and make your change on what it says now")
}

// ownChange is what an authority may do with its own action.
func ownChange(was, now *Action, by staff.Person) error {
	switch {
	case !was.IsOpen():
		return fault.New(fault.Forbidden, "this action is over").Hint("ask again, or ask the national team to open it")
	case now.State == Declined && was.State != Asked:
		return fault.New(fault.Forbidden, "this ask has been taken up and cannot be withdrawn").At("state").Hint("write to its owner")
	case now.From != was.From:
		return fault.New(fault.Forbidden, "only the national team asks another authority for kits").At("from")
	case now.Owner != was.Owner && now.Owner != 0 && now.Owner != by.ID:
		return fault.New(fault.Forbidden, "you may take this on yourself or name a post, and not give it to another account").At("owner")
	}
	return nil
}

// checkChange is what must hold of a change, whoever makes it.
func (s *Support) checkChange(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, was, now *Action) error {
	if now.From != was.From && now.From != 0 {
		giver := snap.Area(now.From)
		switch {
		case giver == nil || !giver.IsAuthority():
			return fault.New(fault.Invalid, "there is no such authority").At("from")
		case giver.ID == was.Area:
			return fault.New(fault.Invalid, "%s cannot give kits to itself", giver.Name).At("from").Hint("choose another authority")
		case len(snap.OutletsOf(giver.ID)) == 0:
			return fault.New(fault.Refused, "%s has no outlet here that could send kits", giver.Name).At("from").Hint("choose another authority")
		}
	}
	if now.From != was.From && len(was.Sends) > 0 && now.From != was.Sends[0].FromArea {
		return fault.New(fault.Refused, "kits have been sent for this already").At("from").Hint("make another action for more kits")
	}
	if now.Owner != was.Owner {
		return checkOwner(ctx, tx, snap, now)
	}
	return nil
}

func update(ctx context.Context, tx *store.Tx, a *Action) error {
	v := a.values()
	args := append(append([]any{}, v[3:10]...), a.From, a.Reason, a.ChangedAt.UnixMilli(), a.Version, a.Area, a.ID)
	_, err := tx.Exec(ctx, `UPDATE support_action SET help = ?, says = ?, kits = ?, owner = ?, owner_not = ?, due_on = ?, state = ?, giver = ?, reason = ?,
		changed_at = ?, version = ? WHERE area = ? AND id = ?`, args...)
	return err
}

// changeWords says in the history what a change did.
func changeWords(was, now *Action) string {
	switch {
	case now.State != was.State && !was.IsOpen() && now.IsOpen():
		return "Opened again"
	case now.State != was.State && now.State == Planned, now.State == Planned && now.DueOn != was.DueOn:
		return "Planned for " + now.DueOn.Words()
	case now.State != was.State:
		return map[State]string{Asked: "Asked", Underway: "Under way", Done: "Done", Declined: "Declined"}[now.State]
	case now.From != was.From && now.From != 0:
		return "Another authority asked for kits"
	case now.Owner != was.Owner || now.OwnerNot != was.OwnerNot:
		return "Given to somebody else"
	case now.DueOn != was.DueOn && now.DueOn != civil.None:
		return "Due on " + now.DueOn.Words()
	case now.sameAs(was):
		return "Note"
	}
	return "Changed"
}

func noteOf(a *Action, note string) string {
	if a.State == Declined && note == "" {
		return a.Reason
	}
	return note
}
