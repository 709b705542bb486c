package bulletin

import (
	"context"
	"fmt"

	"everykit/bulletin/frozen"
	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
	"everykit/token"
)

// Publish writes all formats and makes a signed edition public. Before its embargo it is refused; twice is a conflict.
func (b *Bulletins) Publish(ctx context.Context, who staff.Person, id, version int) error {
	return b.publish(ctx, who, actor(who), id, version, func(ctx context.Context, tx *store.Tx) (*Edition, error) {
		return b.seen(ctx, tx, who, staff.WriteBulletins, id)
	})
}

// publish does it, for a person or for the program at its time; read reads the edition for them. All that takes long is done
// before the transaction, on what one look at the database showed.
func (b *Bulletins) publish(ctx context.Context, who staff.Person, by, id, version int, read func(context.Context, *store.Tx) (*Edition, error)) error {
	var e *Edition
	var s *frozen.Snapshot
	var around *around
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		if e, err = read(ctx, tx); err != nil {
			return err
		}
		if err = e.publishable(version, tx.Now); err != nil {
			return err
		}
		if s, err = b.snapshotIn(ctx, tx, e); err != nil {
			return err
		}
		around, err = b.aroundIn(ctx, tx, e, false)
		return err
	})
	if err != nil {
		return err
	}
	day := b.today()
	c, err := b.composeWith(e, s, around, false)
	if err != nil {
		return err
	}
	if err := c.checkedAgain(); err != nil {
		return err
	}
	files, err := b.makeFiles(ctx, c.content, day)
	if err != nil {
		return err
	}
	body, err := packContent(c.content)
	if err != nil {
		return err
	}
	err = b.db.Bulk(ctx, func(tx *store.Tx) error {
		// Everybody who publishes waits here, and then sees what the one before has done.
		if _, err := tx.Exec(ctx, "UPDATE bulletin_turn SET turn = turn + 1 WHERE one = 1"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE bulletin_edition SET version = version WHERE id = ?", id); err != nil {
			return err
		}
		now, err := readEdition(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := now.publishable(version, tx.Now); err != nil {
			return err
		}
		if now.turn, err = turnNow(ctx, tx); err != nil {
			return err
		}
		if now.turn != around.turn+1 {
			return fault.New(fault.Conflict, "another bulletin was published at this moment").Hint("nothing was published; try again")
		}
		now.State, now.PublishedAt, now.PublishedOn, now.Title = Published, tx.Now, day, c.content.Title
		if _, err := tx.Exec(ctx, `UPDATE bulletin_edition SET state = ?, published_at = ?, published_on = ?, title = ?, turn = ?, version = version + 1 WHERE id = ?`,
			int(Published), tx.Now.UnixMilli(), int(day), now.Title, now.turn, id); err != nil {
			return err
		}
		now.Version++
		if err := storeFiles(ctx, tx, id, files); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO bulletin_content (edition, body) VALUES (?, ?)", id, body); err != nil {
			return err
		}
		if err := forgetReaders(ctx, tx, id); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, id, by, false, "Published"); err != nil {
			return err
		}
		if err := staff.Audit(ctx, tx, who, e.Area, "publish bulletin", subject(id), e.name()); err != nil {
			return err
		}
		if err := b.writeToSubscribers(ctx, tx, now); err != nil {
			return err
		}
		return b.tell(ctx, tx, now.public())
	})
	if err == nil {
		b.shelf.changed()
		b.outbox.Wake()
	}
	return err
}

// writeToSubscribers puts one letter to each who has confirmed, with a link of its own to leave by.
func (b *Bulletins) writeToSubscribers(ctx context.Context, tx *store.Tx, e *Edition) error {
	if b.site == "" { // there is nothing to link to
		return nil
	}
	list, err := confirmed(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range list {
		text, hash := token.New(0)
		if err := addLink(ctx, tx, s.id, hash); err != nil {
			return err
		}
		at := b.site + subscribedPath + text
		err := b.put(ctx, tx, mail.Message{
			Key: fmt.Sprintf("bulletin/%d/subscriber/%d", e.ID, s.id), To: s.email, Subject: "New bulletin: " + e.Title,
			Text: e.letter(b.site, at), Unsubscribe: at + "/leave",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// letter tells subscribers of an edition.
func (e *Edition) letter(site, leave string) string {
	first := "A new bulletin is published:"
	if e.Number > 1 {
		first = "A bulletin is put right by a new edition:"
	}
	text := fmt.Sprintf("Hello,\n\n%s\n%s\n\nRead it here:\n%s/bulletins/%s\n", first, e.Title, site, e.Slug)
	if e.Number > 1 {
		text += fmt.Sprintf("\nWhat changed: %s\nWhy: %s\n", e.What, e.Why)
	}
	return text + "\nTo have no more of these letters, open this page and press the button:\n" + leave + "\n"
}
