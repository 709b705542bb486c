package library

import (
	"context"
	"fmt"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Add puts one item on the shelf: proposed, or accepted if its State says so. ID and Key are set. Conflict if there is one
// of the same work already, which the message names.
func (l *Library) Add(ctx context.Context, by staff.Person, it *Item) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	if it.State == 0 {
		it.State = Proposed
	}
	given := *it
	given.tidy()
	if err := given.check(); err != nil {
		return err
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		fresh := given
		same, err := duplicateOf(ctx, tx, &fresh)
		if err != nil {
			return err
		}
		if same != nil {
			return fault.New(fault.Conflict, "%q is here already, as %s", cut(same.Title, 100), same.Key).Hint("change that one instead")
		}
		if err := insert(ctx, tx, &fresh); err != nil {
			return err
		}
		if err := staff.Audit(ctx, tx, by, 0, "add research", subject(fresh.Key), fresh.State.String()); err != nil {
			return err
		}
		*it = fresh
		return nil
	})
}

// Save changes what an item says. ID and Version say which item as it was when: Conflict if somebody has changed it since.
// Its key, state and times are not touched.
func (l *Library) Save(ctx context.Context, by staff.Person, it Item) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	it.tidy()
	if err := it.check(); err != nil {
		return err
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		was, err := held(ctx, tx, it.ID)
		if err != nil {
			return err
		}
		if sameRecord(was, &it) {
			return nil
		}
		if was.Version != it.Version {
			return fault.New(fault.Conflict, "somebody else has changed this in the meantime").Hint("look at it as it is now, and change it again")
		}
		now := it
		now.Key, now.State, now.ShownAt, now.AddedAt, now.AcceptedAt = was.Key, was.State, was.ShownAt, was.AddedAt, was.AcceptedAt
		if err := update(ctx, tx, &now); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "change research", subject(now.Key), "")
	})
}

// held reads an item and holds it until the transaction ends.
func held(ctx context.Context, tx *store.Tx, id int) (*Item, error) {
	if _, err := tx.Exec(ctx, "UPDATE library_item SET version = version WHERE id = ?", id); err != nil {
		return nil, err
	}
	list, err := readItems(ctx, tx, "WHERE i.id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noItem()
	}
	return &list[0], nil
}

// Accept makes an item public, from now on among the latest. One that was public before keeps its place.
func (l *Library) Accept(ctx context.Context, by staff.Person, key string) error {
	return l.setState(ctx, by, key, Accepted)
}

// Hide takes an item from the public shelf, and from the highlights. It keeps its key.
func (l *Library) Hide(ctx context.Context, by staff.Person, key string) error {
	return l.setState(ctx, by, key, Hidden)
}

func (l *Library) setState(ctx context.Context, by staff.Person, key string, to State) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		it, err := heldKey(ctx, tx, key)
		if err != nil || it.State == to {
			return err
		}
		it.State = to
		if to == Accepted && it.AcceptedAt.IsZero() {
			it.AcceptedAt, it.ShownAt = tx.Now, tx.Now
		}
		if to == Hidden {
			if _, err := tx.Exec(ctx, "DELETE FROM library_highlight WHERE item = ?", it.ID); err != nil {
				return err
			}
		}
		if err := update(ctx, tx, it); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "set state of research", subject(it.Key), to.String())
	})
}

func heldKey(ctx context.Context, tx *store.Tx, key string) (*Item, error) {
	it, err := byKey(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	if it == nil {
		return nil, noItem()
	}
	return held(ctx, tx, it.ID)
}

// Join makes one item of two records of one work: kept is filled with what gone says and it does not, and gone's key leads
// to it from now on.
func (l *Library) Join(ctx context.Context, by staff.Person, kept, gone string) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		a, err := heldKey(ctx, tx, kept)
		if err != nil {
			return err
		}
		b, err := heldKey(ctx, tx, gone)
		if err != nil {
			return err
		}
		if a.ID == b.ID {
			return fault.New(fault.Invalid, "an item cannot be joined with itself").At("key")
		}
		a.merge(b)
		if b.State == Accepted && a.State != Accepted {
			a.State, a.AcceptedAt, a.ShownAt = Accepted, b.AcceptedAt, b.ShownAt
		}
		for _, step := range []string{
			"UPDATE library_alias SET item = ? WHERE item = ?",
			"UPDATE library_suggestion SET item = ? WHERE item = ?",
		} {
			if _, err := tx.Exec(ctx, step, a.ID, b.ID); err != nil {
				return err
			}
		}
		b.State = Hidden
		if err := index(ctx, tx, b); err != nil { // takes its words away
			return err
		}
		for _, step := range []string{"DELETE FROM library_highlight WHERE item = ?", "DELETE FROM library_item WHERE id = ?"} {
			if _, err := tx.Exec(ctx, step, b.ID); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "INSERT INTO library_alias (slug, item) VALUES (?, ?)", b.Key, a.ID); err != nil {
			return err
		}
		if err := update(ctx, tx, a); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "join research", subject(a.Key), "with "+b.Key)
	})
}

func subject(key string) string { return fmt.Sprintf("research %s", key) }
