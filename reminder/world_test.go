package reminder_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/notice"
	"everykit/registry"
	"everykit/reminder"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	canary = "canary.person@example.net"
	site   = "https://kits.example.org"
)

var secret = []byte("a key of thirty-two bytes, more.")

// world is the room with a real mail server behind it.
type world struct {
	*reminder.Reminders
	t       *testing.T
	db      *store.DB
	reg     *registry.Registry
	ledger  *ledger.Ledger
	notices *notice.Notices
	post    *mail.Outbox
	server  *mailtest.Server
	now     *time.Time
	product int
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	server := mailtest.Start(t)
	begin := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	now := begin
	storetest.EachAt(t, func() time.Time { return now }, func(t *testing.T, db *store.DB) {
		now = begin
		w := &world{t: t, db: db, reg: registry.New(db), server: server, now: &now}
		w.must(db.Migrate(t.Context(), slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, notice.Schema, notice.WordingSchema, reminder.Schema)...))
		w.must(w.reg.LoadBuiltIn(t.Context()))
		snap, err := w.reg.Now(t.Context())
		w.must(err)
		product, _ := snap.FindProduct("prenoxad")
		w.product = product.ID
		w.ledger = ledger.New(db, w.reg, secret, time.UTC)
		o := server.Options()
		o.Key, o.Site = secret, site
		w.post = mail.New(db, o)
		w.notices = notice.New(db, w.reg, w.ledger, w.post, site)
		w.Reminders = w.with(secret)
		fn(t, w)
	})
}

func (w *world) with(key []byte) *reminder.Reminders {
	return reminder.New(w.db, w.ledger, w.notices, w.post, key, site+"/")
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wait(d time.Duration) { *w.now = w.now.Add(d) }

func (w *world) tick() {
	w.t.Helper()
	w.must(w.Tick(w.t.Context()))
}

// letters sends what waits and gives the new ones.
func (w *world) letters() []mailtest.Message {
	w.t.Helper()
	before := len(w.server.Messages())
	for {
		n, err := w.post.Once(w.t.Context())
		w.must(err)
		if n == 0 {
			return w.server.Messages()[before:]
		}
	}
}

var linkIn = regexp.MustCompile(`https://kits\.example\.org/reminders/(\S+)`)

// asked asks, and gives the token of the link that comes.
func (w *world) asked(a reminder.Asked) string {
	w.t.Helper()
	w.must(w.Ask(w.t.Context(), a))
	got := w.letters()
	if len(got) != 1 || !strings.EqualFold(got[0].To, a.Email) {
		w.t.Fatalf("asking brings %+v", got)
	}
	m := linkIn.FindStringSubmatch(got[0].Text)
	if m == nil {
		w.t.Fatalf("no link in %q", got[0].Text)
	}
	return m[1]
}

func (w *world) set(a reminder.Asked) string {
	w.t.Helper()
	token := w.asked(a)
	w.must(w.Confirm(w.t.Context(), token))
	return token
}

func (w *world) state(token string) reminder.State {
	w.t.Helper()
	k, err := w.Read(w.t.Context(), token)
	w.must(err)
	return k.State
}

func (w *world) of(lot, expiry string) reminder.Asked {
	w.t.Helper()
	e, err := civil.ParseExpiry(expiry)
	w.must(err)
	return reminder.Asked{Email: canary, Product: w.product, Lot: lot, Expiry: e}
}

// rows is how many reminders are kept.
func (w *world) rows() (n int) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Get(w.t.Context(), []any{&n}, "SELECT COUNT(*) FROM reminder")
		return err
	}))
	return n
}

// unseen looks for words in every column of the tables that could hold them.
func (w *world) unseen(words ...string) {
	w.t.Helper()
	for _, table := range []string{"reminder", "reminder_sent", "outbox", "audit"} {
		w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Query(w.t.Context(), "SELECT * FROM "+table)
			if err != nil {
				return err
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				for i, v := range values {
					text := []byte(fmt.Sprint(*v.(*any)))
					if b, ok := (*v.(*any)).([]byte); ok {
						text = b
					}
					for _, word := range words {
						if bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(word))) {
							w.t.Errorf("%q is in %s.%s", word, table, columns[i])
						}
					}
				}
			}
			return rows.Err()
		}))
	}
}

var address = regexp.MustCompile(`https://\S+`)

// neutral fails for a letter that names what must not be named, in its words or in the addresses in it.
func neutral(t *testing.T, m mailtest.Message) {
	t.Helper()
	whole := strings.ToLower(m.Subject + "\n" + m.Text)
	for text, words := range map[string][]string{
		whole:                               {"naloxone", "prenoxad", "nyxoid", "overdose", "drug", "opioid", "product", "medic"},
		address.ReplaceAllString(whole, ""): {"kit", "expir", "lot ", "0116917"},
	} {
		for _, word := range words {
			if strings.Contains(text, word) {
				t.Errorf("the letter %q says %q: %s", m.Subject, word, m.Text)
			}
		}
	}
}
