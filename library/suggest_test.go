package library_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/fault"
	"everykit/library"
	"everykit/store"
)

// send sends what a person typed, at a person's pace, and gives the reference.
func (w *world) send(s library.Suggestion) (string, error) {
	w.t.Helper()
	if s.Token == "" {
		token, err := w.FormToken(w.ctx)
		must(w.t, err)
		s.Token = token
		w.now = w.now.Add(20 * time.Second)
	}
	return w.Suggest(w.ctx, s)
}

// text is everything that is stored in the tables of the room.
func (w *world) text() string {
	var b strings.Builder
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		for _, query := range []string{
			"SELECT title || link || why || note FROM library_suggestion", "SELECT email FROM library_contact", "SELECT title || summary || note || source FROM library_item",
			"SELECT deed || subject || detail FROM audit",
		} {
			err := tx.Each(w.ctx, func(scan func(...any) error) error {
				var s string
				err := scan(&s)
				b.WriteString(s + "\n")
				return err
			}, query)
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return b.String()
}

// From the form to the shelf: nothing is public before it is accepted, the address goes with the decision, and the sender
// can see what became of it.
func TestSuggestion(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, err := w.send(library.Suggestion{Title: " Canary  title ", Link: "https://doi.org/10.5555/CANARY", Why: "Because <b>it</b> <script>x</script>", Email: "canary@example.org"})
		must(t, err)
		if got := w.find(library.Query{Words: "canary"}) + w.find(library.Query{}); got != "" {
			t.Errorf("public at once: %s", got)
		}
		p, err := w.Progress(w.ctx, strings.ToLower(strings.ReplaceAll(ref, "-", " ")))
		must(t, err)
		if p.Verdict != library.Waiting || p.Reference != ref || p.Key != "" || !p.DecidedAt.IsZero() {
			t.Errorf("%+v", p)
		}
		_, err = w.Queue(w.ctx, cora, library.Waiting)
		kind(t, err, fault.Forbidden)
		_, err = w.Queued(w.ctx, cora, ref)
		kind(t, err, fault.Forbidden)
		list, err := w.Queue(w.ctx, nora, library.Waiting)
		must(t, err)
		if len(list) != 1 || list[0].Email != "canary@example.org" || list[0].Title != "Canary title" || list[0].Why != "Because it <script>x</script>" {
			t.Fatalf("%+v", list)
		}
		_, err = w.TakeUp(w.ctx, cora, ref, nil, "")
		kind(t, err, fault.Forbidden)
		if !strings.Contains(w.text(), "canary@example.org") {
			t.Error("the test looks in the wrong place")
		}
		key, err := w.TakeUp(w.ctx, nora, ref, nil, "Thank you.")
		must(t, err)
		if strings.Contains(w.text(), "canary@example.org") {
			t.Error("the address outlives the decision")
		}
		it, err := w.StaffItem(w.ctx, nora, key)
		must(t, err)
		if it.State != library.Proposed || it.DOI != "10.5555/canary" || it.Title != "Canary title" {
			t.Errorf("%+v", it)
		}
		if p, err = w.Progress(w.ctx, ref); err != nil || p.Verdict != library.Taken || p.Key != "" || p.Note != "Thank you." {
			t.Errorf("%v %+v", err, p)
		}
		must(t, w.Accept(w.ctx, nora, key))
		if p, err = w.Progress(w.ctx, ref); err != nil || p.Key != key {
			t.Errorf("%v %+v", err, p)
		}
		latest, _, err := w.Latest(w.ctx, 1)
		if err != nil || latest[0].Key != key || w.find(library.Query{Words: "canary"}) != key {
			t.Error("accepted and not found", err)
		}
		kind(t, w.Decline(w.ctx, nora, ref, "no"), fault.Conflict)

		again, err := w.send(library.Suggestion{Link: "doi:10.5555/canary"})
		must(t, err)
		known, err := w.TakeUp(w.ctx, nora, again, nil, "")
		must(t, err)
		if p, err = w.Progress(w.ctx, again); known != key || p.Verdict != library.KnownYet || p.Key != key {
			t.Errorf("%v %s %+v", err, known, p)
		}
		third, err := w.send(library.Suggestion{Title: "The same in other words", Email: "x@example.org"})
		must(t, err)
		must(t, w.MergeInto(w.ctx, nora, third, key, ""))
		fourth, err := w.send(library.Suggestion{Title: "Nonsense", Email: "x@example.org"})
		must(t, err)
		kind(t, w.Decline(w.ctx, nora, fourth, " "), fault.Invalid)
		must(t, w.Decline(w.ctx, nora, fourth, "Not research."))
		if w.count("library_contact") != 0 || w.count("library_item") != 1 {
			t.Error("left behind")
		}
		_, err = w.Progress(w.ctx, "AAAA-BBBB-CCCC")
		kind(t, err, fault.NotFound)
	})
}

// What cannot be taken is refused at its field and stored nowhere.
func TestBadSuggestions(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		megabyte := strings.Repeat("x", 1<<20)
		for field, s := range map[string]library.Suggestion{
			"title": {}, "link": {Link: "javascript:alert(1)"}, "why": {Title: "x", Why: megabyte}, "email": {Title: "x", Email: "a@b\r\nBcc: c@d"},
			"trap": {Title: "x", Trap: "http://spam"}, "token": {Title: "x", Token: "nonsense"},
		} {
			_, err := w.send(s)
			if list := fault.Of(err); len(list) == 0 || list[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		for _, s := range []library.Suggestion{{Title: megabyte}, {Link: "https://" + megabyte}, {Title: "x", Email: megabyte}, {Title: "\u200b\u202e \x00"}, {Link: "ftp://example.org"}} {
			_, err := w.send(s)
			kind(t, err, fault.Invalid)
		}
		token, err := w.FormToken(w.ctx)
		must(t, err)
		s := library.Suggestion{Title: "x", Token: token}
		_, err = w.Suggest(w.ctx, s) // at once
		kind(t, err, fault.Refused)
		raw, err := base64.RawURLEncoding.DecodeString(token)
		must(t, err)
		raw[7] ^= 1 // made earlier, says the sender
		_, err = w.Suggest(w.ctx, library.Suggestion{Title: "x", Token: base64.RawURLEncoding.EncodeToString(raw)})
		kind(t, err, fault.Refused)
		w.now = w.now.Add(25 * time.Hour)
		_, err = w.Suggest(w.ctx, s)
		kind(t, err, fault.Refused)
		if n := w.count("library_suggestion"); n != 0 {
			t.Errorf("%d stored", n)
		}
	})
}

// The same form many times at once is one suggestion.
func TestOneFormIsOneSuggestion(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, err := w.FormToken(w.ctx)
		must(t, err)
		w.now = w.now.Add(10 * time.Second)
		var mu sync.Mutex
		refs := map[string]bool{}
		var running sync.WaitGroup
		for i := range 5 {
			running.Go(func() {
				ref, err := w.Suggest(w.ctx, library.Suggestion{Title: "x", Token: token, Email: "a@example.org", Address: fmt.Sprint(i)})
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				refs[ref] = true
			})
		}
		running.Wait()
		if len(refs) != 1 || refs[""] || w.count("library_suggestion") != 1 || w.count("library_contact") != 1 {
			t.Errorf("%v", refs)
		}
		// another server on the same database knows the form
		other := library.New(w.db, nil)
		if ref, err := other.Suggest(w.ctx, library.Suggestion{Title: "x", Token: token}); err != nil || !refs[ref] {
			t.Error(ref, err)
		}
		// changed after it was sent, it is neither the one nor lost without a word
		if ref, err := w.Suggest(w.ctx, library.Suggestion{Title: "y", Token: token}); !fault.Is(err, fault.Refused) || ref != "" {
			t.Error(ref, err)
		}
	})
}

// A flood is taken no further than the limits, and is over in an hour.
func TestLimits(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		try := func(address string) error {
			token, err := w.FormToken(w.ctx)
			must(t, err)
			w.now = w.now.Add(4 * time.Second)
			_, err = w.Suggest(w.ctx, library.Suggestion{Title: "x", Token: token, Address: address})
			return err
		}
		for range library.MostAnHourFromOne {
			must(t, try("192.0.2.1"))
		}
		kind(t, try("192.0.2.1"), fault.Refused)
		taken := 0
		for i := range 100 {
			if try(fmt.Sprint("198.51.100.", i)) == nil {
				taken++
			}
		}
		if taken+library.MostAnHourFromOne != library.MostAnHour {
			t.Errorf("%d taken", taken)
		}
		w.now = w.now.Add(time.Hour)
		must(t, try("192.0.2.1"))
		if strings.Contains(w.text(), "192.0.2.1") || strings.Contains(w.text(), "198.51") {
			t.Error("an address is stored")
		}
	})
}

// An address for a suggestion on which nobody decides is erased in its time.
func TestAddressesAreForgotten(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.send(library.Suggestion{Title: "x", Email: "a@example.org"})
		must(t, err)
		w.now = w.now.Add(library.ContactFor - time.Hour)
		must(t, w.Tick(w.ctx))
		if w.count("library_contact") != 1 {
			t.Error("too soon")
		}
		w.now = w.now.Add(2 * time.Hour)
		must(t, w.Tick(context.Background()))
		if w.count("library_contact") != 0 || w.count("library_suggestion") != 1 {
			t.Error("not erased")
		}
	})
}

// A decision takes the address out of the file as well as out of the table.
func TestAddressLeavesTheFile(t *testing.T) {
	w := newWorld(t, func(t testing.TB, clock func() time.Time) *store.DB {
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), clock) // closed below
		must(t, err)
		return db
	})
	ref, err := w.send(library.Suggestion{Title: "Canary title", Email: "canary@example.org"})
	must(t, err)
	other, err := w.send(library.Suggestion{Title: "x", Email: "second@example.org"})
	must(t, err)
	must(t, w.Decline(w.ctx, nora, ref, "No."))
	must(t, w.db.Close())
	file, err := os.ReadFile(w.db.Path)
	must(t, err)
	if !bytes.Contains(file, []byte("Canary title")) || !bytes.Contains(file, []byte("second@example.org")) {
		t.Errorf("the test looks in the wrong place: %s", other)
	}
	if bytes.Contains(file, []byte("canary@example.org")) {
		t.Error("the address is still in the file")
	}
}
