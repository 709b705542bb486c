package library

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"everykit/fault"
	"everykit/store"
)

// Suggestion is what somebody who need not be known to anybody typed into the public form.
type Suggestion struct {
	Title   string // or what it is about
	Link    string // an address, a DOI or a PubMed number; Title or Link must be there
	Why     string // what the team should know
	Email   string // to be reached at, if they want; kept apart and erased, see ContactFor
	Trap    string // a field that no person sees: must be empty
	Token   string // made with the form, see FormToken
	Address string // of the sender; counted in memory, hashed, for an hour, and never stored
}

// Bounds of what a stranger may type, in letters.
const (
	MostSuggestedTitle = 500
	MostSuggestedWhy   = 3000
	mostSuggestedLink  = 1000
	mostEmail          = 254
)

// ContactFor is how long an e-mail address is kept for a suggestion on which nobody has decided.
const ContactFor = 90 * 24 * time.Hour

// Verdict is what has become of a suggestion. Numbers are stored.
type Verdict uint8

// The verdicts.
const (
	Waiting  Verdict = 1
	Taken    Verdict = 2 // an item was made of it, public once that is accepted
	KnownYet Verdict = 3 // it is here already
	Declined Verdict = 4
)

var verdicts = []string{Waiting: "waiting", Taken: "taken", KnownYet: "known", Declined: "declined"}

// String is the word for files and commands.
func (v Verdict) String() string { return wordOf(verdicts, int(v)) }

// Suggest puts a suggestion in the queue and gives the reference its sender can look it up with. The same form sent twice
// is one suggestion, with one reference. Refused if too many came within the hour, or the form was sent faster than a
// person types; every other fault is at its field.
func (l *Library) Suggest(ctx context.Context, s Suggestion) (reference string, err error) {
	if s.Trap != "" {
		return "", fault.New(fault.Refused, "this form was filled in by a program").At("trap").Hint("leave the box that asks to be left empty as it is")
	}
	s, err = tidySuggestion(s)
	if err != nil {
		return "", err
	}
	secret, err := l.tokenSecret(ctx)
	if err != nil {
		return "", err
	}
	if err := checkToken(secret, s.Token, l.db.Now()); err != nil {
		return "", err
	}
	form := sha256.Sum256([]byte(s.Token))
	if reference, err = l.sentBefore(ctx, form[:], s); reference != "" || err != nil {
		return reference, err
	}
	if !l.limit.take(l.db.Now(), s.Address) {
		return "", fault.New(fault.Refused, "too many suggestions were sent in the last hour").Hint("try again in an hour; what you typed is still in the form")
	}
	raced := false
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		reference, raced = newReference(), false
		var id int
		found, err := tx.Get(ctx, []any{&id}, `INSERT INTO library_suggestion (reference, form, title, link, why, state, sent_at, staff, note, item)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, '', 0) ON CONFLICT (form) DO NOTHING RETURNING id`,
			reference, form[:], s.Title, s.Link, s.Why, int(Waiting), tx.Now.UnixMilli())
		if err != nil {
			return err
		}
		if !found { // the same form, at the same moment
			raced = true
			return nil
		}
		if s.Email == "" {
			return nil
		}
		_, err = tx.Exec(ctx, "INSERT INTO library_contact (suggestion, email, sent_at) VALUES (?, ?, ?)", id, s.Email, tx.Now.UnixMilli())
		return err
	})
	if raced {
		return l.sentBefore(ctx, form[:], s)
	}
	return reference, err
}

// sentBefore gives the reference of what a form sent before, "" if it sent nothing. With something else in it, the form is
// fault.Refused: it must not be lost while somebody is thanked for it.
func (l *Library) sentBefore(ctx context.Context, form []byte, s Suggestion) (reference string, err error) {
	var was Suggestion
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&reference, &was.Title, &was.Link, &was.Why}, "SELECT reference, title, link, why FROM library_suggestion WHERE form = ?", form)
		return err
	})
	if err == nil && reference != "" && (was.Title != s.Title || was.Link != s.Link || was.Why != s.Why) {
		return "", fault.New(fault.Refused, "this form was sent before, with something else in it").At("token").Hint("send it once more from this page")
	}
	return reference, err
}

// tidySuggestion takes away what cannot be seen and gives every fault of what was typed.
func tidySuggestion(s Suggestion) (Suggestion, error) {
	var bad fault.List
	long := func(field, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			bad = append(bad, fault.New(fault.Invalid, "this is longer than %d letters", most).At(field).Hint("say it in fewer words"))
		}
	}
	long("title", s.Title, MostSuggestedTitle)
	long("link", s.Link, mostSuggestedLink)
	long("why", s.Why, MostSuggestedWhy)
	if len(bad) > 0 {
		return s, bad.Err() // not worth a closer look
	}
	s.Title, s.Link, s.Why, s.Email = line(s.Title), line(s.Link), paragraphs(s.Why), strings.TrimSpace(s.Email)
	if s.Title == "" && s.Link == "" {
		bad = append(bad, fault.New(fault.Invalid, "type the title of the research, or a link to it").At("title"))
	}
	if s.Link != "" && !isPointer(s.Link) {
		bad = append(bad, fault.New(fault.Invalid, "this is not a link, a DOI or a PubMed number").At("link").Hint("a link begins with https://; leave it empty if you do not have one"))
	}
	if s.Email != "" {
		if a, err := mail.ParseAddress(s.Email); err != nil || a.Address != s.Email || len(s.Email) > mostEmail || strings.ContainsAny(s.Email, " \r\n\t") {
			bad = append(bad, fault.New(fault.Invalid, "this is not an e-mail address").At("email").Hint("leave it empty if you do not want to be reached"))
		}
	}
	return s, bad.Err()
}

// isPointer reports whether a text leads to a work.
func isPointer(s string) bool {
	if _, ok := parseLink(s); ok {
		return true
	}
	if _, ok := ParsePMID(s); ok {
		return true
	}
	_, ok := ParseDOI(s)
	return ok
}

// referenceLetters have none that are taken for each other.
const referenceLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newReference makes a number like R7K4-2QXM-9TBW: 60 bits of chance, so that nobody finds another's by trying.
func newReference() string {
	var raw [12]byte
	rand.Read(raw[:]) // never fails
	var b strings.Builder
	for i, c := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(referenceLetters[int(c)%len(referenceLetters)])
	}
	return b.String()
}

// tidyReference reads a reference as somebody types it.
func tidyReference(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(cut(s, 60)) {
		if strings.ContainsRune(referenceLetters, r) {
			if b.Len()%5 == 4 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Progress is what a sender may know of a suggestion. What they typed is not in it: a reference that falls into other
// hands tells nothing.
type Progress struct {
	Reference string
	Verdict   Verdict
	SentAt    time.Time
	DecidedAt time.Time // nought: not yet
	Note      string    // what whoever decided says to the sender
	Key       string    // the item that came of it, if that is public
}

// Progress looks a suggestion up by its reference; NotFound if there is none.
func (l *Library) Progress(ctx context.Context, reference string) (*Progress, error) {
	var p Progress
	found := false
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var verdict int
		var sent int64
		var decided *int64
		var err error
		found, err = tx.Get(ctx, []any{&p.Reference, &verdict, &sent, &decided, &p.Note, &p.Key}, `SELECT s.reference, s.state, s.sent_at, s.decided_at, s.note, COALESCE(i.slug, '')
			FROM library_suggestion s LEFT JOIN library_item i ON i.id = s.item AND i.state = ? WHERE s.reference = ?`, int(Accepted), tidyReference(reference))
		p.Verdict, p.SentAt = Verdict(verdict), time.UnixMilli(sent)
		if decided != nil {
			p.DecidedAt = time.UnixMilli(*decided)
		}
		return err
	})
	if err == nil && !found {
		err = fault.New(fault.NotFound, "there is no suggestion with this reference").At("reference").Hint("check the letters and numbers")
	}
	if err != nil {
		return nil, err
	}
	return &p, nil
}
