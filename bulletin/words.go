package bulletin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
)

// Note sets the commentary of a chapter, in Markdown; empty takes it away. At most MostNote letters.
func (b *Bulletins) Note(ctx context.Context, who staff.Person, id, version int, chapter, markdown string) error {
	chapter = strings.TrimSpace(chapter)
	text, bad := tidyLines(nil, "markdown", markdown, MostNote, "")
	if err := bad.Err(); err != nil {
		return err
	}
	return b.change(ctx, who, id, version, "write commentary", func(c *change) error {
		t, err := b.templateIn(ctx, c.tx, c.e)
		if err != nil {
			return err
		}
		title, ok := chapterTitle(t, chapter)
		if !ok {
			return noChapter(t, chapter, "chapter")
		}
		if text == "" {
			c.say("Commentary taken away: %s", title)
		} else {
			c.say("Commentary written: %s", title)
		}
		return putNote(ctx, c.tx, id, chapter, text)
	})
}

func noChapter(t compose.Template, key, field string) error {
	keys := make([]string, len(t.Chapters))
	for i, ch := range t.Chapters {
		keys[i] = ch.Key
	}
	return fault.New(fault.Invalid, "there is no chapter %q", shortened(key)).At(field).Hint("write one of %s", strings.Join(keys, ", "))
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func putNote(ctx context.Context, tx *store.Tx, edition int, chapter, text string) error {
	if text == "" {
		_, err := tx.Exec(ctx, "DELETE FROM bulletin_note WHERE edition = ? AND chapter = ?", edition, chapter)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO bulletin_note (edition, chapter, markdown) VALUES (?, ?, ?)
		ON CONFLICT (edition, chapter) DO UPDATE SET markdown = excluded.markdown`, edition, chapter, text)
	return err
}

// Retitle sets the active title of a picture or table in place of the one made by rule; empty goes back to that.
func (b *Bulletins) Retitle(ctx context.Context, who staff.Person, id, version int, key, title string) error {
	key = strings.TrimSpace(key)
	text, bad := tidyLine(nil, "title", title, MostTitle, "")
	if err := bad.Err(); err != nil {
		return err
	}
	if _, err := b.mayChange(ctx, who, id, version); err != nil {
		return err
	}
	made, err := b.composed(ctx, id)
	if err != nil {
		return err
	}
	shown := made.content != nil && slices.Contains(titleKeys(made.content), key)
	return b.change(ctx, who, id, version, "retitle bulletin", func(c *change) error {
		if _, had := c.e.Titles[key]; !shown && (text != "" || !had) {
			return fault.New(fault.Invalid, "there is no picture or table %q in this bulletin", shortened(key)).At("key").Hint("give the key of one that it shows")
		}
		if text == "" {
			c.say("Title by rule again: %s", key)
		} else {
			c.say("Title written: %s", key)
		}
		return putTitle(ctx, c.tx, id, key, text)
	})
}

// titleKeys are the keys of all pictures and tables.
func titleKeys(c *content.Content) []string {
	var keys []string
	for _, ch := range c.Chapters {
		for _, block := range ch.Blocks {
			switch block := block.(type) {
			case *content.Table:
				keys = append(keys, block.Key)
			case *content.Picture:
				keys = append(keys, block.Key)
			}
		}
	}
	return keys
}

func putTitle(ctx context.Context, tx *store.Tx, edition int, key, text string) error {
	if text == "" {
		_, err := tx.Exec(ctx, "DELETE FROM bulletin_title WHERE edition = ? AND picture = ?", edition, key)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO bulletin_title (edition, picture, title) VALUES (?, ?, ?)
		ON CONFLICT (edition, picture) DO UPDATE SET title = excluded.title`, edition, key, text)
	return err
}

// mustStay may not be left out of a correction: it says what was wrong.
const mustStay = "corrections"

// Arrange sets the order of chapters and which are left out. Chapters that order does not name follow in the order they
// have; both empty: as the template has them. A correction cannot leave out what it corrects.
func (b *Bulletins) Arrange(ctx context.Context, who staff.Person, id, version int, order, leftOut []string) error {
	return b.change(ctx, who, id, version, "arrange bulletin", func(c *change) error {
		t, err := b.templateIn(ctx, c.tx, c.e)
		if err != nil {
			return err
		}
		if len(order)+len(leftOut) == 0 {
			c.say("Chapters as the template has them")
			_, err := c.tx.Exec(ctx, "UPDATE bulletin_edition SET chapters = '', left_out = '' WHERE id = ?", id)
			return err
		}
		seen := map[string]bool{}
		for _, key := range order {
			switch _, ok := chapterTitle(t, key); {
			case !ok:
				return noChapter(t, key, "order")
			case seen[key]:
				return fault.New(fault.Invalid, "the chapter %q stands twice", key).At("order").Hint("name each chapter once")
			}
			seen[key] = true
		}
		all := slices.Clone(order)
		for _, ch := range t.Chapters {
			if !seen[ch.Key] {
				all = append(all, ch.Key)
			}
		}
		var out []string
		for _, key := range leftOut {
			switch title, ok := chapterTitle(t, key); {
			case !ok:
				return noChapter(t, key, "left_out")
			case key == mustStay && c.e.Number > 1:
				return fault.New(fault.Refused, "%s cannot be left out of a correction", title).At("left_out").Hint("readers must see what was put right")
			case !slices.Contains(out, key):
				out = append(out, key)
			}
		}
		if len(out) == len(t.Chapters) {
			return fault.New(fault.Invalid, "every chapter is left out").At("left_out").Hint("leave in what is to be published")
		}
		c.say("Chapters arranged: %d of %d stand", len(all)-len(out), len(all))
		_, err = c.tx.Exec(ctx, "UPDATE bulletin_edition SET chapters = ?, left_out = ? WHERE id = ?", strings.Join(all, " "), strings.Join(out, " "), id)
		return err
	})
}

// Invite sets who has early access. Those with an address get a link when the bulletin is signed.
func (b *Bulletins) Invite(ctx context.Context, who staff.Person, id, version int, readers []Reader) error {
	var bad fault.List
	if len(readers) > MostReaders {
		bad = append(bad, fault.New(fault.Invalid, "at most %d people can have early access", MostReaders).At("readers").Hint("the fewer the better"))
	}
	var list []Reader
	addresses := map[string]bool{}
	for i, r := range readers {
		if strings.TrimSpace(r.Who+r.Why+r.Email) == "" {
			continue // an empty line of the form
		}
		field := func(name string) string { return fmt.Sprintf("%s_%d", name, i+1) }
		r.Who, bad = tidyLine(bad, field("who"), r.Who, MostReason, "say who is to have early access")
		r.Why, bad = tidyLine(bad, field("why"), r.Why, MostReason, "say why they are to have early access: the bulletin tells it")
		r.Email = strings.TrimSpace(r.Email)
		switch key := strings.ToLower(r.Email); {
		case r.Email == "":
		case mail.CheckAddress(r.Email) != nil:
			bad = append(bad, fault.New(fault.Invalid, "this is not an e-mail address").At(field("email")).Hint("write it like name@example.org, or leave it out"))
		case addresses[key]:
			bad = append(bad, fault.New(fault.Invalid, "this e-mail address stands twice").At(field("email")).Hint("one person, one line"))
		default:
			addresses[key] = true
		}
		list = append(list, r)
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return b.change(ctx, who, id, version, "set early access", func(c *change) error {
		if _, err := c.tx.Exec(ctx, "DELETE FROM bulletin_reader WHERE edition = ?", id); err != nil {
			return err
		}
		for i, r := range list {
			if _, err := c.tx.Exec(ctx, "INSERT INTO bulletin_reader (edition, number, who, why, email) VALUES (?, ?, ?, ?, ?)", id, i+1, r.Who, r.Why, r.Email); err != nil {
				return err
			}
		}
		c.say("Early access set: %d", len(list))
		return nil
	})
}

// Waive lets a finding pass, with a reason. It holds as long as the finding is the same.
func (b *Bulletins) Waive(ctx context.Context, who staff.Person, id, version int, finding, reason string) error {
	return b.WaiveMany(ctx, who, id, version, reason, finding)
}

// WaiveMany lets several findings pass for the same reason: all of them or none.
func (b *Bulletins) WaiveMany(ctx context.Context, who staff.Person, id, version int, reason string, findings ...string) error {
	reason, bad := tidyLine(nil, "reason", reason, MostReason, "say why this may stand: the bulletin tells it")
	if err := bad.Err(); err != nil {
		return err
	}
	if _, err := b.mayChange(ctx, who, id, version); err != nil {
		return err
	}
	made, err := b.composed(ctx, id)
	if err != nil {
		return err
	}
	found := map[string]*compose.Finding{}
	for i := range made.findings {
		found[made.findings[i].Key] = &made.findings[i]
	}
	for _, key := range findings {
		switch f := found[key]; {
		case f == nil:
			return fault.New(fault.NotFound, "the checks find nothing of this name").At("finding").Hint("look at the checks again: it may be mended")
		case !f.Waive:
			return fault.New(fault.Refused, "this cannot be waived: %s", f.What).At("finding").Hint("%s", f.Hint)
		}
	}
	return b.change(ctx, who, id, version, "waive check", func(c *change) error {
		for _, key := range findings {
			c.say("Waived: %s Because: %s", found[key].What, reason)
			_, err := c.tx.Exec(ctx, `INSERT INTO bulletin_waiver (edition, finding, what, reason) VALUES (?, ?, ?, ?)
				ON CONFLICT (edition, finding) DO UPDATE SET what = excluded.what, reason = excluded.reason`, id, key, found[key].What, reason)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
