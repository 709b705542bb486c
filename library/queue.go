package library

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Queued is a suggestion as whoever keeps the shelf sees it.
type Queued struct {
	Reference string
	Title     string
	Link      string
	Why       string
	Email     string // while nobody has decided, if its sender left one
	Verdict   Verdict
	SentAt    time.Time
	DecidedAt time.Time
	By        int // the account that decided
	Note      string
	Key       string // of the item that came of it
}

// Queue gives suggestions with a verdict, those that wait longest first; 0 for all.
func (l *Library) Queue(ctx context.Context, by staff.Person, v Verdict) ([]Queued, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	return l.queued(ctx, "WHERE s.state = ? OR ? = 0 ORDER BY s.id LIMIT 1000", int(v), int(v))
}

// Queued gives one suggestion.
func (l *Library) Queued(ctx context.Context, by staff.Person, reference string) (*Queued, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	list, err := l.queued(ctx, "WHERE s.reference = ?", tidyReference(reference))
	if err == nil && len(list) == 0 {
		err = noSuggestion()
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func noSuggestion() *fault.Error {
	return fault.New(fault.NotFound, "there is no suggestion with this reference").Hint("look at the queue")
}

func (l *Library) queued(ctx context.Context, where string, args ...any) ([]Queued, error) {
	var list []Queued
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var q Queued
			var verdict int
			var sent int64
			var decided *int64
			err := scan(&q.Reference, &q.Title, &q.Link, &q.Why, &q.Email, &verdict, &sent, &decided, &q.By, &q.Note, &q.Key)
			q.Verdict, q.SentAt = Verdict(verdict), time.UnixMilli(sent)
			if decided != nil {
				q.DecidedAt = time.UnixMilli(*decided)
			}
			list = append(list, q)
			return err
		}, `SELECT s.reference, s.title, s.link, s.why, COALESCE(c.email, ''), s.state, s.sent_at, s.decided_at, s.staff, s.note, COALESCE(i.slug, '')
			FROM library_suggestion s LEFT JOIN library_contact c ON c.suggestion = s.id LEFT JOIN library_item i ON i.id = s.item `+where, args...)
	})
	return list, err
}

// TakeUp makes a proposed item of a suggestion: what the sender typed as title and link, or what a look-up found (draft, nil
// for none). It gives the item's key; somebody still has to fill it in and accept it. A work that is here already is not
// made twice: then the suggestion is told to be known, and the key is that work's.
func (l *Library) TakeUp(ctx context.Context, by staff.Person, reference string, draft *Item, note string) (key string, err error) {
	err = l.decide(ctx, by, reference, note, func(tx *store.Tx, q *Queued) (Verdict, *Item, error) {
		it := fromSuggestion(q, draft)
		if err := it.check(); err != nil {
			return 0, nil, err
		}
		same, err := duplicateOf(ctx, tx, &it)
		if err != nil {
			return 0, nil, err
		}
		if same != nil {
			key = same.Key
			return KnownYet, same, nil
		}
		it.State = Proposed
		err = insert(ctx, tx, &it)
		key = it.Key
		return Taken, &it, err
	})
	return key, err
}

// fromSuggestion makes a draft of what a sender typed.
func fromSuggestion(q *Queued, draft *Item) Item {
	it := Item{Kind: Study}
	if draft != nil {
		it = *draft
		it.ID, it.Key, it.Version = 0, "", 0
	}
	if line(it.Title) == "" {
		it.Title = q.Title
	}
	if line(it.Title) == "" {
		it.Title = q.Link // somebody has to look
	}
	if doi, ok := ParseDOI(q.Link); ok && it.DOI == "" {
		it.DOI = doi
	}
	if pmid, ok := ParsePMID(q.Link); ok && it.PMID == "" {
		it.PMID = pmid
	}
	if link, ok := parseLink(q.Link); ok && it.Link == "" {
		it.Link = link
	}
	if it.Kind == 0 {
		it.Kind = Study
	}
	it.Kind = guessKind(it.Title, it.Kind)
	it.tidy()
	return it
}

// MergeInto decides that a suggestion is about a work that is here already.
func (l *Library) MergeInto(ctx context.Context, by staff.Person, reference, key, note string) error {
	return l.decide(ctx, by, reference, note, func(tx *store.Tx, _ *Queued) (Verdict, *Item, error) {
		it, err := byKey(ctx, tx, key)
		if err == nil && it == nil {
			err = noItem().At("key")
		}
		return KnownYet, it, err
	})
}

// Decline decides against a suggestion, with a note that its sender can read.
func (l *Library) Decline(ctx context.Context, by staff.Person, reference, note string) error {
	if strings.TrimSpace(note) == "" {
		return fault.New(fault.Invalid, "say why, in words its sender can read").At("note")
	}
	return l.decide(ctx, by, reference, note, func(*store.Tx, *Queued) (Verdict, *Item, error) {
		return Declined, nil, nil
	})
}

const mostNote = 1000 // letters

// decide writes a decision down and erases how to reach the sender, in one transaction. Conflict if somebody has decided
// already.
func (l *Library) decide(ctx context.Context, by staff.Person, reference, note string, verdict func(*store.Tx, *Queued) (Verdict, *Item, error)) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	if utf8.RuneCountInString(note) > mostNote {
		return fault.New(fault.Invalid, "this is longer than %d letters", mostNote).At("note")
	}
	note, reference = paragraphs(note), tidyReference(reference)
	return l.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE library_suggestion SET decided_at = ?, staff = ?, note = ? WHERE reference = ? AND state = ?", tx.Now.UnixMilli(), by.ID, note, reference, int(Waiting))
		if err != nil {
			return err
		}
		var id int
		var q Queued
		found, err := tx.Get(ctx, []any{&id, &q.Title, &q.Link}, "SELECT id, title, link FROM library_suggestion WHERE reference = ?", reference)
		switch {
		case err != nil:
			return err
		case !found:
			return noSuggestion()
		case n == 0:
			return fault.New(fault.Conflict, "somebody has decided on this suggestion already").Hint("look at it again")
		}
		v, it, err := verdict(tx, &q)
		if err != nil {
			return err
		}
		item := 0
		if it != nil {
			item = it.ID
		}
		if _, err := tx.Exec(ctx, "UPDATE library_suggestion SET state = ?, item = ? WHERE id = ?", int(v), item, id); err != nil {
			return err
		}
		if err := erase(ctx, tx, "suggestion = ?", id); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "decide on a suggestion", "suggestion "+reference, v.String())
	})
}

// Tick erases the e-mail addresses of suggestions on which nobody has decided for ContactFor. The server calls it now and
// then; it writes only if there are any.
func (l *Library) Tick(ctx context.Context) error {
	due := false
	before := func(tx *store.Tx) int64 { return tx.Now.Add(-ContactFor).UnixMilli() }
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var one int
		var err error
		due, err = tx.Get(ctx, []any{&one}, "SELECT 1 FROM library_contact WHERE sent_at < ? LIMIT 1", before(tx))
		return err
	})
	if err != nil || !due {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return erase(ctx, tx, "sent_at < ?", before(tx)) })
}

// erase takes e-mail addresses away. Blanks are written over them first: a row that is only deleted leaves its letters in
// the file of SQLite until something else needs the room.
func erase(ctx context.Context, tx *store.Tx, where string, arg any) error {
	if _, err := tx.Exec(ctx, "UPDATE library_contact SET email = substr(CAST(? AS TEXT), 1, length(email)) WHERE "+where, strings.Repeat(" ", mostEmail), arg); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM library_contact WHERE "+where, arg)
	return err
}
