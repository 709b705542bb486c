package support

import (
	"cmp"
	"context"
	"slices"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

const actionColumns = "area, id, gap, help, says, kits, owner, owner_not, due_on, state, asked_at, asked_by, giver, reason, changed_at, version"

// values are in the order of actionColumns.
func (a *Action) values() []any {
	var due any
	if a.DueOn != civil.None {
		due = int(a.DueOn)
	}
	return []any{
		a.Area, a.ID, string(a.Gap), int(a.Help), a.Says, a.Kits, a.Owner, a.OwnerNot, due, int(a.State), a.AskedAt.UnixMilli(), a.AskedBy, a.From, a.Reason,
		a.ChangedAt.UnixMilli(), a.Version,
	}
}

// readActions reads actions, with the kits sent for them.
func readActions(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Action, error) {
	list, err := storedActions(ctx, tx, where, args...)
	if err != nil {
		return nil, err
	}
	return list, follow(ctx, tx, list)
}

// storedActions reads them as they are stored.
func storedActions(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Action, error) {
	var list []Action
	err := tx.Each(ctx, func(scan func(...any) error) error {
		a := Action{DueOn: civil.None}
		var due *civil.Date
		var asked, changed int64
		if err := scan(&a.Area, &a.ID, &a.Gap, &a.Help, &a.Says, &a.Kits, &a.Owner, &a.OwnerNot, &due, &a.State, &asked, &a.AskedBy, &a.From, &a.Reason,
			&changed, &a.Version); err != nil {
			return err
		}
		if due != nil {
			a.DueOn = *due
		}
		a.AskedAt, a.ChangedAt = time.UnixMilli(asked), time.UnixMilli(changed)
		list = append(list, a)
		return nil
	}, "SELECT "+actionColumns+" FROM support_action WHERE "+where+" ORDER BY id", args...)
	return list, err
}

// inOrder puts open actions first, the oldest first, then those that are over, the last changed first.
func inOrder(list []Action) {
	slices.SortStableFunc(list, func(a, b Action) int {
		switch {
		case a.IsOpen() != b.IsOpen():
			if a.IsOpen() {
				return -1
			}
			return 1
		case a.IsOpen():
			return cmp.Or(a.AskedAt.Compare(b.AskedAt), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(b.ChangedAt.Compare(a.ChangedAt), cmp.Compare(b.ID, a.ID))
	})
}

// Of lists the actions of an authority, open ones first, the oldest of them first. Whoever shows them checks the right to
// see (staff.SeeScorecard).
func (s *Support) Of(ctx context.Context, area int) ([]Action, error) {
	return s.list(ctx, func(*registry.Snapshot) (string, []any) { return "area = ?", []any{area} })
}

// Nation lists those of all authorities of a nation, in the order of Of.
func (s *Support) Nation(ctx context.Context, nation int) ([]Action, error) {
	return s.list(ctx, func(snap *registry.Snapshot) (string, []any) {
		var ids []any
		for _, a := range snap.Under(nation) {
			ids = append(ids, a.ID)
		}
		if len(ids) == 0 {
			return "area = ?", []any{nation}
		}
		return "area IN (" + store.Marks(len(ids)) + ")", ids
	})
}

// GivenBy lists the actions for which the nation has asked an authority to give kits, in the order of Of: for its
// coordinator, who sends them.
func (s *Support) GivenBy(ctx context.Context, area int) ([]Action, error) {
	return s.list(ctx, func(*registry.Snapshot) (string, []any) { return "giver <> 0 AND giver = ?", []any{area} })
}

func (s *Support) list(ctx context.Context, where func(*registry.Snapshot) (string, []any)) ([]Action, error) {
	var list []Action
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		text, args := where(snap)
		list, err = readActions(ctx, tx, text, args...)
		return err
	})
	inOrder(list)
	return list, err
}

// Action reads one with its history, the first step first.
func (s *Support) Action(ctx context.Context, id int) (*Action, []Step, error) {
	var a *Action
	var steps []Step
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		list, err := readActions(ctx, tx, "id = ?", id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noAction()
		}
		a = &list[0]
		steps, err = readSteps(ctx, tx, a)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return a, steps, nil
}

func noAction() error { return fault.New(fault.NotFound, "there is no such action") }

// readSteps reads the history, with what became of the kits sent in its place.
func readSteps(ctx context.Context, tx *store.Tx, a *Action) ([]Step, error) {
	var steps []Step
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var st Step
		var at int64
		if err := scan(&at, &st.Staff, &st.What, &st.Note); err != nil {
			return err
		}
		st.At = time.UnixMilli(at)
		steps = append(steps, st)
		return nil
	}, "SELECT at, staff, what, note FROM support_step WHERE area = ? AND action = ? ORDER BY step", a.Area, a.ID)
	for _, sent := range a.Sends {
		steps = append(steps, sent.steps()...)
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps, err
}

func addStep(ctx context.Context, tx *store.Tx, by staff.Person, a *Action, what, note string) error {
	_, err := tx.Exec(ctx, `INSERT INTO support_step (area, action, step, at, staff, what, note)
		SELECT ?, ?, (SELECT COALESCE(MAX(step), 0) + 1 FROM support_step WHERE area = ? AND action = ?), ?, ?, ?, ?`,
		a.Area, a.ID, a.Area, a.ID, tx.Now.UnixMilli(), by.ID, what, note)
	return err
}
