package bulletin

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/bulletin/compose"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// change is one change of a draft that is under way.
type change struct {
	ctx context.Context
	tx  *store.Tx
	b   *Bulletins
	who staff.Person
	e   *Edition // as it was before
	did []string
}

// say adds to the history.
func (c *change) say(format string, args ...any) { c.did = append(c.did, fmt.Sprintf(format, args...)) }

// change runs a deed on a draft: checks rights, state and version, and then counts the version on and writes down what was done.
func (b *Bulletins) change(ctx context.Context, who staff.Person, id, version int, deed string, fn func(*change) error) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		e, err := b.hold(ctx, tx, who, staff.WriteBulletins, id)
		if err != nil {
			return err
		}
		if err := e.mayBeChanged(version); err != nil {
			return err
		}
		c := &change{ctx: ctx, tx: tx, b: b, who: who, e: e}
		if err := fn(c); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE bulletin_edition SET version = version + 1 WHERE id = ?", id); err != nil {
			return err
		}
		for _, what := range c.did {
			if err := addEvent(ctx, tx, id, actor(who), true, what); err != nil {
				return err
			}
		}
		return staff.Audit(ctx, tx, who, e.Area, deed, subject(id), e.name())
	})
}

// hold reads an edition and keeps it from others until the transaction ends.
func (b *Bulletins) hold(ctx context.Context, tx *store.Tx, who staff.Person, deed staff.Deed, id int) (*Edition, error) {
	if _, err := tx.Exec(ctx, "UPDATE bulletin_edition SET version = version WHERE id = ?", id); err != nil {
		return nil, err
	}
	return b.seen(ctx, tx, who, deed, id)
}

// mayChange reads a draft that somebody is about to change, before the long work that comes first.
func (b *Bulletins) mayChange(ctx context.Context, who staff.Person, id, version int) (e *Edition, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		if e, err = b.seen(ctx, tx, who, staff.WriteBulletins, id); err != nil {
			return err
		}
		return e.mayBeChanged(version)
	})
	return e, err
}

func (e *Edition) mayBeChanged(version int) error {
	switch e.State {
	case Signed:
		return fault.New(fault.Refused, "%s is signed and cannot be changed", e.name()).Hint("take the signature back first")
	case Published:
		return fault.New(fault.Refused, "%s is published and never changes", e.name()).Hint("begin a correction of it")
	}
	return e.isAt(version)
}

// isAt is a conflict where somebody was faster.
func (e *Edition) isAt(version int) error {
	if e.Version == version {
		return nil
	}
	return fault.New(fault.Conflict, "somebody has changed %s since you opened it", e.name()).At("version").Hint("nothing was saved; look at it again and make your change on what it says now")
}

// actor is who acts, as it is stored.
func actor(who staff.Person) int {
	if who.ID == 0 {
		return commandLine
	}
	return who.ID
}

func subject(id int) string { return fmt.Sprintf("bulletin %d", id) }

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

func sortWaivers(list []compose.Waiver) {
	slices.SortFunc(list, func(a, b compose.Waiver) int { return strings.Compare(a.Check, b.Check) })
}

// tidyText folds line ends and takes away what a database cannot keep and the space round it.
func tidyText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// tooLong adds a fault for a text of more letters than most.
func tooLong(bad fault.List, field, text string, most int) fault.List {
	if n := utf8.RuneCountInString(text); n > most {
		bad = append(bad, fault.New(fault.Invalid, "this has %d letters, and %d is the most", n, most).At(field).Hint("make it shorter"))
	}
	return bad
}

// tidyLine folds a text into one line. Where need is not empty, an empty one is a fault that says it.
func tidyLine(bad fault.List, field, typed string, most int, need string) (string, fault.List) {
	text := strings.Join(strings.Fields(tidyText(typed)), " ")
	if text == "" && need != "" {
		bad = append(bad, fault.New(fault.Invalid, "%s", need).At(field))
	}
	return text, tooLong(bad, field, text, most)
}

// tidyLines is tidyLine for a text that may have several.
func tidyLines(bad fault.List, field, typed string, most int, need string) (string, fault.List) {
	text := tidyText(typed)
	if text == "" && need != "" {
		bad = append(bad, fault.New(fault.Invalid, "%s", need).At(field))
	}
	return text, tooLong(bad, field, text, most)
}
