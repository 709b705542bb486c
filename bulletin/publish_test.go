package bulletin_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

// TestPublish: the walk from a draft to the page, and what is stored.
func TestPublish(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		refused(t, w.Publish(w.ctx, anna, e.ID, 1), fault.Refused, "is not signed")
		signed := w.sign(e.ID, time.Time{})
		equal(t, "public before", len(must1(w.List(w.ctx))(t)), 0)
		_, err := w.File(w.ctx, e.Slug, 0, "index.html")
		refused(t, err, fault.NotFound, "no bulletin")
		refused(t, w.Publish(w.ctx, anna, e.ID, 1), fault.Conflict, "version: ")
		must(t, w.Publish(w.ctx, anna, e.ID, signed.Version))
		now := w.get(e.ID)
		if now.State != bulletin.Published || !now.PublishedAt.Equal(morning) || now.PublishedOn != civil.On(2021, time.December, 14) {
			t.Errorf("published: %+v", now)
		}
		refused(t, w.Publish(w.ctx, anna, e.ID, now.Version), fault.Conflict, "was published already, on 14 December 2021")
		refused(t, w.Note(w.ctx, anna, e.ID, now.Version, "prison", "Later."), fault.Refused, "never changes")
		refused(t, w.Drop(w.ctx, anna, e.ID, now.Version), fault.Refused, "never changes")
		list := must1(w.List(w.ctx))(t)
		if len(list) != 1 || list[0].Slug != e.Slug || list[0].MadeName != "" || list[0].SignedName != "" || list[0].MadeBy != 0 {
			t.Errorf("public are %+v", list)
		}
		shown := must1(w.Show(w.ctx, e.Slug, 0))(t)
		if shown.Newest != 1 || len(shown.All) != 1 || shown.Number != 1 || !strings.HasPrefix(string(shown.Body), "body.html 2021-12-14 ") {
			t.Errorf("shown is %+v with %.40s", shown.Edition, shown.Body)
		}
		holds(t, "page", string(shown.Body), `"published_on":"2021-12-14"`)
		for _, name := range bulletin.FileNames {
			f := must1(w.File(w.ctx, e.Slug, 1, name))(t)
			if !strings.HasPrefix(string(f.Body), name+" ") || f.Name != name || f.MediaType == "" || len(f.ETag) != 34 || !f.MadeAt.Equal(morning) {
				t.Errorf("%s is %+v", name, f)
			}
			text := strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".json")
			if (f.Gzip != nil) != text || (f.Brotli != nil) != text {
				t.Errorf("%s is packed to %d and %d bytes", name, len(f.Gzip), len(f.Brotli))
			}
			if text {
				equal(t, name+" unpacked", gunzip(t, f.Gzip), string(f.Body))
				equal(t, name+" unpacked", unbrotli(t, f.Brotli), string(f.Body))
			}
		}
		for _, name := range []string{"body.html", "passwd", ""} {
			_, err = w.File(w.ctx, e.Slug, 0, name)
			refused(t, err, fault.NotFound, "take one of index.html")
		}
		_, err = w.File(w.ctx, e.Slug, 2, "index.html")
		refused(t, err, fault.NotFound, "/bulletins/2021-22-q2")
		if c := must1(w.Content(w.ctx, e.ID))(t); c.Draft || c.PublishedOn != "2021-12-14" {
			t.Errorf("the content is %+v", c)
		}
		open, waived, err := w.Check(w.ctx, e.ID)
		must(t, err)
		equal(t, "findings of what is published", len(open)+len(waived), 0)
	})
}

// TestStoredOnce: bytes that two editions share are there once.
func TestStoredOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.published(quarter)
		equal(t, "files", w.count("bulletin_file"), 7)
		equal(t, "blobs", w.count("bulletin_blob"), 7)
		must(t, w.db.Write(w.ctx, func(tx *store.Tx) error { // as if another edition had come to the same bytes
			_, err := tx.Exec(w.ctx, "INSERT INTO bulletin_file (edition, name, hash, media) SELECT 999, name, hash, media FROM bulletin_file")
			return err
		}))
		equal(t, "blobs of two editions", w.count("bulletin_blob"), 7)
	})
}

// TestNothingHalfPublished: whatever fails, everything is as before.
func TestNothingHalfPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.confirmedSubscriber("sue@example.org")
		e := w.draft(quarter)
		must(t, w.Invite(w.ctx, w.who["anna"], e.ID, 1, []bulletin.Reader{{Who: "x", Why: "y", Email: "x@example.org"}}))
		e = w.sign(e.ID, time.Time{})
		nothing := func(why string) {
			t.Helper()
			now := w.get(e.ID)
			if now.State != bulletin.Signed || now.Version != e.Version || now.EarlyAccess[0].Email == "" {
				t.Errorf("%s: the edition is %+v", why, now)
			}
			n := w.count("bulletin_file") + w.count("bulletin_blob") + w.count("bulletin_content") + w.count("outbox WHERE dedupe LIKE 'bulletin/%/subscriber/%'") + len(must1(w.List(w.ctx))(t))
			equal(t, why+": left behind", n, 0)
		}
		w.fail = "bulletin.ods"
		if err := w.Publish(w.ctx, w.who["anna"], e.ID, e.Version); err == nil || !strings.Contains(err.Error(), "on fire") {
			t.Errorf("a file that cannot be written: %v", err)
		}
		nothing("a file failed")
		w.fail = ""
		told := 0
		w.OnPublished(func(_ context.Context, _ *store.Tx, got bulletin.Edition) error {
			told++
			if got.ID != e.ID || got.State != bulletin.Published || got.Area != w.id("N") || got.Period != quarter {
				t.Errorf("told of %+v", got)
			}
			if told == 1 {
				return errors.New("the reports failed")
			}
			return nil
		})
		if err := w.Publish(w.ctx, w.who["anna"], e.ID, e.Version); err == nil {
			t.Error("published although somebody who is told failed")
		}
		nothing("whoever is told failed")
		must(t, w.Publish(w.ctx, w.who["anna"], e.ID, e.Version))
		equal(t, "told", told, 2)
		equal(t, "letters", len(w.lettersTo("sue")), 2)
		equal(t, "addresses of early readers", w.count("bulletin_reader WHERE email <> '' OR token IS NOT NULL"), 0)
		equal(t, "early readers", w.count("bulletin_reader"), 1)
	})
}

// TestManyPublishAtOnce: several processes publish the same edition at one moment: one does, and letters go out once.
func TestManyPublishAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.confirmedSubscriber("sue@example.org")
		e := w.draft(quarter)
		e = w.sign(e.ID, time.Time{})
		errs := make([]error, 5)
		rooms := make([]*bulletin.Bulletins, len(errs))
		for i := range rooms {
			rooms[i] = w.another()
			rooms[i].Use(quiet(w))
		}
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = rooms[i].Publish(w.ctx, w.who["anna"], e.ID, e.Version) })
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				refused(t, err, fault.Conflict, "")
			}
		}
		equal(t, "published", done, 1)
		equal(t, "files", w.count("bulletin_file"), 7)
		equal(t, "letters", len(w.lettersTo("sue")), 2) // the one that asked to confirm, and this
	})
}

// TestEmbargo: until its time only early readers and staff see it; then any of several processes publishes it, once.
func TestEmbargo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna, nora := w.who["anna"], w.who["nora"]
		must(t, w.Invite(w.ctx, anna, e.ID, 1, []bulletin.Reader{{Who: "A minister", Why: "To prepare", Email: "m@example.org"}, {Who: "An editor", Why: "To check"}}))
		refused(t, w.Sign(w.ctx, nora, e.ID, 2, morning), fault.Invalid, "embargo: 09:00 UTC on 14 December 2021 has gone by")
		refused(t, w.Sign(w.ctx, nora, e.ID, 2, morning.AddDate(2, 0, 0)), fault.Invalid, "embargo: 09:00 UTC on 14 December 2023 is more than a year away")
		until := morning.Add(25 * time.Hour)
		e = w.sign(e.ID, until)
		if !e.PublishAt.Equal(until) {
			t.Errorf("to be published at %v", e.PublishAt)
		}
		letters := w.sent()
		if len(letters) != 1 || letters[0].to != "m@example.org" {
			t.Fatalf("letters: %+v", letters)
		}
		holds(t, "letter", letters[0].text, "until 10:00 UTC on 15 December 2021")
		lacks(t, "letter", letters[0].text, "7219")
		link := letters[0].link(t, "/early/")
		got, c, err := w.Early(w.ctx, link)
		must(t, err)
		if got.ID != e.ID || !c.Draft || got.EarlyAccess != nil || got.MadeName != "" || !got.PublishAt.Equal(until) {
			t.Errorf("an early reader sees %+v, %+v", got, c)
		}
		for _, wrong := range []string{"", "1-aaaa", strings.Replace(link, link[len(link)-3:], "aaa", 1)} {
			_, _, err := w.Early(w.ctx, wrong)
			refused(t, err, fault.NotFound, "not known here")
		}
		refused(t, w.Publish(w.ctx, anna, e.ID, e.Version), fault.Refused, "is under embargo until 10:00 UTC on 15 December 2021")
		must(t, w.Tick(w.ctx))
		equal(t, "published before its time", len(must1(w.List(w.ctx))(t)), 0)
		w.later(25*time.Hour - time.Millisecond)
		must(t, w.Tick(w.ctx))
		equal(t, "published a moment before its time", len(must1(w.List(w.ctx))(t)), 0)
		w.later(time.Millisecond)
		other := w.another()
		must(t, other.Tick(w.ctx))
		must(t, w.Tick(w.ctx))
		w.LookAgain()
		list := must1(w.List(w.ctx))(t)
		if len(list) != 1 || !list[0].PublishedAt.Equal(until) || list[0].PublishedOn != civil.On(2021, time.December, 15) {
			t.Errorf("published: %+v", list)
		}
		history := must1(w.History(w.ctx, anna, e.ID))(t)
		last := history[len(history)-1]
		if last.What != "Published" || last.Who != "Everykit, at the time that was set" {
			t.Errorf("the history ends with %+v", last)
		}
		_, _, err = w.Early(w.ctx, link)
		refused(t, err, fault.NotFound, "has ended")
		equal(t, "editors", len(w.get(e.ID).EarlyAccess), 2)
	})
}

// TestCheckedAgain: what the checks find after the signature is not published, by nobody.
func TestCheckedAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		e = w.sign(e.ID, morning.Add(time.Hour))
		w.later(time.Hour)
		w.findings = waivable("sum:a")
		refused(t, w.Publish(w.ctx, w.who["anna"], e.ID, e.Version), fault.Refused, "since 2021-22-q2 was signed the checks find something: sum:a is so.")
		if err := w.Tick(w.ctx); err == nil || !strings.Contains(err.Error(), "2021-22-q2: since") {
			t.Errorf("Tick says %v", err)
		}
		equal(t, "published", len(must1(w.List(w.ctx))(t)), 0)
	})
}

// TestOvertaken: a draft whose small numbers were hidden before another edition of the same figures came out cannot be signed or
// published before it is frozen again; one of other figures can.
func TestOvertaken(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		year := w.draft(civil.FinancialYear(2020))
		w.releases = []string{"sex|A"}
		local := must1(w.Draft(w.ctx, w.who["cora"], bulletin.DraftOf{Area: "A", Period: quarter}))(t)
		w.releases = []string{"age|N", "sex|N"}
		w.published(quarter)
		open, _, err := w.Check(w.ctx, year.ID)
		must(t, err)
		if len(open) != 1 || open[0].Waive || !strings.Contains(open[0].What, "2021-22-q2 was published after these figures were frozen") {
			t.Errorf("the checks find %+v", open)
		}
		refused(t, w.Sign(w.ctx, w.who["nora"], year.ID, 1, time.Time{}), fault.Refused, "one check is open: 2021-22-q2 was published after")
		w.out(local)
		must(t, w.Refreeze(w.ctx, w.who["anna"], year.ID, 1))
		w.out(year.ID)

		w.releases = []string{"sex|N"}
		signed := w.sign(w.draft(quarter.Before()).ID, time.Time{})
		w.published(civil.Quarter(2020, 4))
		refused(t, w.Publish(w.ctx, w.who["anna"], signed.ID, signed.Version), fault.Refused, "2020-21-q4 was published after")
	})
}

// TestCorrect: a new edition of the same slug, with what and why of all that went before; the older one stays as it was.
func TestCorrect(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		anna := w.who["anna"]
		_, err := w.Correct(w.ctx, anna, "2021-22-q2", "A number", "A slip")
		refused(t, err, fault.Forbidden, "")
		_, err = w.Correct(w.ctx, w.who["adam"], "2021-22-q2", "A number", "A slip")
		refused(t, err, fault.NotFound, "no bulletin of this name")
		e := w.draft(quarter)
		_, err = w.Correct(w.ctx, anna, e.Slug, "A number", "A slip")
		refused(t, err, fault.Refused, "is not published yet (change the draft instead)")
		must(t, w.Note(w.ctx, anna, e.ID, 1, "prison", "Kept words."))
		must(t, w.Retitle(w.ctx, anna, e.ID, 2, "kits", "Kept title"))
		w.out(e.ID)
		before := w.hashes()
		_, err = w.Correct(w.ctx, anna, e.Slug, " ", "")
		refused(t, err, fault.Invalid, "what: say what was wrong")
		refused(t, err, fault.Invalid, "why: say why")
		_, err = w.Correct(w.ctx, anna, e.Slug, strings.Repeat("a", 2001), "x")
		refused(t, err, fault.Invalid, "what: this has 2001 letters")
		_, err = w.Correct(w.ctx, w.who["cora"], e.Slug, "A number", "A slip")
		refused(t, err, fault.Forbidden, "you may not")

		w.later(48 * time.Hour)
		w.kits = 7230
		two := w.get(must1(w.Correct(w.ctx, anna, "2021-22-Q2", "Eleven kits were missing.", "A late return."))(t))
		if two.Number != 2 || two.Slug != e.Slug || two.Commentary["prison"] != "Kept words." || two.Titles["kits"] != "Kept title" || two.What == "" || two.AsOf != civil.On(2021, time.December, 16) {
			t.Errorf("the correction is %+v", two)
		}
		_, err = w.Correct(w.ctx, anna, e.Slug, "More", "More")
		refused(t, err, fault.Conflict, "there is a draft already: 2021-22-q2, edition 2")
		lacks(t, "the page while it is corrected", w.page(e.Slug, 0), "7230")
		w.out(two.ID)
		newest := must1(w.Show(w.ctx, e.Slug, 0))(t)
		if newest.Number != 2 || newest.Newest != 2 || len(newest.All) != 2 || newest.What != "Eleven kits were missing." {
			t.Errorf("the newest is %+v", newest.Edition)
		}
		holds(t, "the correction", string(newest.Body), "Edition 2, 2021-12-16: Eleven kits were missing. Because A late return.")
		holds(t, "the correction", string(newest.Body), "Before: 2021-22-q2 edition 1 of 2021-12-14 said 7219")
		old := must1(w.Show(w.ctx, e.Slug, 1))(t)
		equal(t, "newest beside the old one", old.Newest, 2)
		lacks(t, "the old page", string(old.Body), "7230")
		equal(t, "stored bytes of the first edition", w.hashes(e.ID), before)
		list := must1(w.List(w.ctx))(t)
		if len(list) != 1 || list[0].Number != 2 {
			t.Errorf("listed are %+v", list)
		}
		third := must1(w.Correct(w.ctx, anna, e.Slug, "A name.", "A slip."))(t)
		w.out(third)
		holds(t, "the third edition", w.page(e.Slug, 3), "Edition 2, 2021-12-16: Eleven kits were missing. Because A late return.")
		holds(t, "the third edition", w.page(e.Slug, 3), "Edition 3, 2021-12-16: A name. Because A slip.")
	})
}

// TestMemory: after the first time nothing is read; what another process publishes is seen when the database is asked again.
func TestMemory(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.published(quarter)
		first := must1(w.Show(w.ctx, e.Slug, 0))(t)
		file := must1(w.File(w.ctx, e.Slug, 0, "index.html"))(t)
		version := must1(w.Version(w.ctx))(t)
		other := w.another()
		id := must1(w.Correct(w.ctx, w.who["anna"], e.Slug, "A number", "A slip"))(t)
		must(t, other.Sign(w.ctx, w.who["nora"], id, 1, time.Time{}))
		must(t, other.Publish(w.ctx, w.who["anna"], id, 2))
		equal(t, "the newest that another process knows", must1(other.Show(w.ctx, e.Slug, 0))(t).Number, 2)
		w.LookAgain()
		equal(t, "the newest here", must1(w.Show(w.ctx, e.Slug, 0))(t).Number, 2)
		if must1(w.Version(w.ctx))(t) <= version {
			t.Error("the version has not grown")
		}
		if again := must1(w.File(w.ctx, e.Slug, 1, "index.html"))(t); again != file {
			t.Error("a file that was in memory was read again")
		}
		if again := must1(w.Show(w.ctx, e.Slug, 1))(t); &again.Body[0] != &first.Body[0] {
			t.Error("a page that was in memory was read again")
		}
		must(t, w.db.Write(w.ctx, func(tx *store.Tx) error { // nothing can be read any more
			_, err := tx.Exec(w.ctx, "ALTER TABLE bulletin_turn RENAME TO gone")
			return err
		}))
		w.LookAgain()
		equal(t, "shown without a database", must1(w.Show(w.ctx, e.Slug, 1))(t).Number, 1)
		w.Forget()
		if _, err := w.Show(w.ctx, e.Slug, 1); err == nil {
			t.Error("shown without a database and without memory")
		}
	})
}

// TestList: a year and a quarter of several areas, in the order of the list.
func TestList(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, p := range []civil.Period{civil.FinancialYear(2020), quarter, quarter.Before(), civil.Quarter(2020, 4)} {
			w.published(p)
		}
		var slugs []string
		for _, e := range must1(w.List(w.ctx))(t) {
			slugs = append(slugs, e.Slug)
		}
		equal(t, "list", fmt.Sprint(slugs), "[2021-22-q2 2021-22-q1 2020-21-q4 2020-21]")
	})
}

// TestWriteTo writes a draft as it is, and a published edition as it was stored.
func TestWriteTo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		read := func() map[string]string { t.Helper(); return w.written(e.ID) }
		draft := read()
		equal(t, "files", len(draft), 6)
		holds(t, "draft", draft["index.html"], `"draft":true`)
		w.out(e.ID)
		now := read()
		for _, name := range bulletin.FileNames {
			equal(t, name, now[name], string(must1(w.File(w.ctx, e.Slug, 1, name))(t).Body))
			lacks(t, name, now[name], `"draft":true`)
		}
		_, err := w.WriteTo(w.ctx, 999, t.TempDir())
		refused(t, err, fault.NotFound, "no such bulletin")
		_, err = w.WriteTo(w.ctx, e.ID, "/dev/null/folder")
		refused(t, err, fault.Unavailable, "cannot be written")
		_, err = w.Preview(w.ctx, e.ID, "body.html")
		refused(t, err, fault.NotFound, "take one of")
	})
}

// TestPackedOfAnySize: what is packed is the same when it is unpacked, on both sides of where packing changes, and always smaller.
func TestPackedOfAnySize(t *testing.T) {
	text := strings.Repeat("Take-home naloxone, kits given out in a quarter. ", bulletin.BrotliBest/40)
	for _, size := range []int{100, bulletin.BrotliBest, bulletin.BrotliBest + 1} {
		packed := bulletin.Brotlied([]byte(text[:size]))
		equal(t, "unpacked", unbrotli(t, packed), text[:size])
		if len(packed) >= size {
			t.Errorf("%d bytes are packed into %d", size, len(packed))
		}
	}
}
