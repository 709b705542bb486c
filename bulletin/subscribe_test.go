package bulletin_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
)

// confirmedSubscriber asks for letters and follows the link.
func (w *world) confirmedSubscriber(email string) (link string) {
	w.t.Helper()
	must(w.t, w.Subscribe(w.ctx, email))
	name, _, _ := strings.Cut(email, "@")
	link = w.lettersTo(name)[0].link(w.t, "/bulletins/subscribed/")
	must(w.t, w.Confirm(w.ctx, link))
	return link
}

// TestSubscribe: nothing is sent before the link is followed, one letter an edition after, and none after leaving by the link of
// any letter.
func TestSubscribe(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must(t, w.Subscribe(w.ctx, " Sue Smith <Sue@Example.org> "))
		must(t, w.Subscribe(w.ctx, "tom@example.org"))
		letters := w.lettersTo("sue")
		if len(letters) != 1 || letters[0].to != "sue@example.org" || letters[0].oneClick != "List-Unsubscribe=One-Click" {
			t.Fatalf("letters: %+v", letters)
		}
		link := letters[0].link(t, "/bulletins/subscribed/")
		equal(t, "unsubscribe", letters[0].unsubscribe, "<"+site+"/bulletins/subscribed/"+link+"/leave>")
		equal(t, "confirmed before", must1(w.Subscribed(w.ctx, link))(t), false)
		equal(t, "confirmed by looking", w.count("bulletin_subscriber WHERE confirmed_at IS NOT NULL"), 0)
		must(t, w.Confirm(w.ctx, link))
		must(t, w.Confirm(w.ctx, link))
		equal(t, "confirmed", must1(w.Subscribed(w.ctx, link))(t), true)

		e := w.published(quarter)
		letters = w.lettersTo("sue")
		if len(letters) != 2 {
			t.Fatalf("letters: %+v", letters)
		}
		news := letters[0]
		equal(t, "subject", news.subject, "New bulletin: "+e.Title)
		holds(t, "letter", news.text, site+"/bulletins/2021-22-q2\n")
		equal(t, "one click", news.oneClick, "List-Unsubscribe=One-Click")
		if len(w.lettersTo("tom")) != 1 {
			t.Error("somebody who has not confirmed was written to")
		}
		w.out(must1(w.Correct(w.ctx, w.who["anna"], e.Slug, "Eleven kits.", "A slip."))(t))
		letters = w.lettersTo("sue")
		equal(t, "letters", len(letters), 3)
		holds(t, "letters", letters[0].text+letters[1].text, "What changed: Eleven kits.\nWhy: A slip.")
		other := news.link(t, "/bulletins/subscribed/")
		if other == link {
			t.Error("two letters have the same link")
		}
		must(t, w.Leave(w.ctx, other))
		must(t, w.Leave(w.ctx, other))
		equal(t, "rows left of sue", w.count("bulletin_subscriber WHERE email LIKE 'sue%'"), 0)
		_, err := w.Subscribed(w.ctx, link)
		refused(t, err, fault.NotFound, "no subscription")
		refused(t, w.Confirm(w.ctx, link), fault.NotFound, "no subscription")
		w.out(must1(w.Correct(w.ctx, w.who["anna"], e.Slug, "Twelve kits.", "A slip."))(t))
		equal(t, "letters after leaving", len(w.lettersTo("sue")), 3)
		equal(t, "links left of tom and nobody else", w.count("bulletin_link"), 1)
		must(t, w.Leave(w.ctx, "0-nonsense"))
		_, err = w.Subscribed(w.ctx, "nonsense")
		refused(t, err, fault.NotFound, "no subscription")
	})
}

// TestOneLetterADay: the answer is the same for an address that is new, waits or is confirmed; one letter a day asks.
func TestOneLetterADay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for range 3 {
			must(t, w.Subscribe(w.ctx, "sue@example.org"))
		}
		equal(t, "letters on the first day", len(w.lettersTo("sue")), 1)
		w.later(24*time.Hour - time.Millisecond)
		must(t, w.Subscribe(w.ctx, "SUE@example.org"))
		equal(t, "letters within a day", len(w.lettersTo("sue")), 1)
		w.later(time.Millisecond)
		must(t, w.Subscribe(w.ctx, "sue@example.org"))
		letters := w.lettersTo("sue")
		equal(t, "letters after a day", len(letters), 2)
		for _, l := range letters { // either link is good
			equal(t, "waits", must1(w.Subscribed(w.ctx, l.link(t, "/bulletins/subscribed/")))(t), false)
		}
		must(t, w.Confirm(w.ctx, letters[0].link(t, "/bulletins/subscribed/")))
		w.later(48 * time.Hour)
		must(t, w.Subscribe(w.ctx, "sue@example.org"))
		equal(t, "letters to who is confirmed", len(w.lettersTo("sue")), 2)
		for _, wrong := range []string{"", "sue", "sue@", "a@b\r\nBcc: c@d"} {
			err := w.Subscribe(w.ctx, wrong)
			refused(t, err, fault.Invalid, "email: this is not an e-mail address")
		}
		equal(t, "subscribers", w.count("bulletin_subscriber"), 1)
		equal(t, "addresses in the outbox", w.count("outbox WHERE recipient LIKE '%sue%' OR dedupe LIKE '%sue%' OR subject LIKE '%sue%'"), 0)
	})
}

// TestUnconfirmed: who does not follow the link is erased after seven days, and no sooner.
func TestUnconfirmed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.confirmedSubscriber("con@example.org")
		must(t, w.Subscribe(w.ctx, "sue@example.org"))
		link := w.lettersTo("sue")[0].link(t, "/bulletins/subscribed/")
		w.later(7*24*time.Hour - time.Millisecond)
		must(t, w.Tick(w.ctx))
		equal(t, "within seven days", w.count("bulletin_subscriber"), 2)
		w.later(time.Millisecond)
		refused(t, w.Confirm(w.ctx, link), fault.NotFound, "no subscription")
		must(t, w.Tick(w.ctx))
		equal(t, "after seven days", w.count("bulletin_subscriber"), 1)
		equal(t, "links", w.count("bulletin_link"), 1)
	})
}

// TestRush: very many who ask in one minute are put off, so that nobody can have us write to a thousand strangers.
func TestRush(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range 30 {
			must(t, w.Subscribe(w.ctx, fmt.Sprintf("p%d@example.org", i)))
		}
		refused(t, w.Subscribe(w.ctx, "more@example.org"), fault.Unavailable, "try again in a minute")
		w.later(time.Minute)
		must(t, w.Subscribe(w.ctx, "more@example.org"))
	})
}

type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  struct {
		Name string `xml:"name"`
	} `xml:"author"`
	Links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string `xml:"id"`
		Title     string `xml:"title"`
		Updated   string `xml:"updated"`
		Published string `xml:"published"`
		Summary   string `xml:"summary"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// TestFeed: what RFC 4287 asks of a feed is there; ids stay and are of one entry each; staff are not in it.
func TestFeed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		read := func() feed {
			t.Helper()
			f := must1(w.Feed(w.ctx))(t)
			if !strings.HasPrefix(f.MediaType, "application/atom+xml") || f.ETag == "" || gunzip(t, f.Gzip) != string(f.Body) {
				t.Errorf("the feed is %+v", f)
			}
			lacks(t, "feed", string(f.Body), "anna")
			var got feed
			must(t, xml.Unmarshal(f.Body, &got))
			when := append([]string{got.Updated}, "")
			for _, e := range got.Entries {
				when = append(when, e.Updated, e.Published)
				if !strings.HasPrefix(e.ID, "urn:uuid:") || e.Title == "" || e.Summary == "" {
					t.Errorf("an entry is %+v", e)
				}
			}
			for _, at := range when {
				if _, err := time.Parse(time.RFC3339, at); at != "" && err != nil {
					t.Error(err)
				}
			}
			if got.Title == "" || got.Author.Name == "" || !strings.HasPrefix(got.ID, "urn:uuid:") || len(got.Links) != 2 || got.Links[0].Rel != "self" || got.Links[0].Href != site+"/bulletins/feed.atom" {
				t.Errorf("the feed is %+v", got)
			}
			return got
		}
		equal(t, "entries of an empty feed", len(read().Entries), 0)
		e := w.published(quarter)
		one := read()
		equal(t, "entries", len(one.Entries), 1)
		equal(t, "link", one.Entries[0].Link.Href, site+"/bulletins/2021-22-q2/1")
		equal(t, "updated", one.Updated, "2021-12-14T09:00:00Z")
		w.later(time.Hour)
		w.out(must1(w.Correct(w.ctx, w.who["anna"], e.Slug, "Eleven <kits> & more.", "A slip."))(t))
		two := read()
		if len(two.Entries) != 2 || two.Entries[1].ID != one.Entries[0].ID || two.Entries[0].ID == two.Entries[1].ID || two.ID != one.ID || two.Updated != "2021-12-14T10:00:00Z" {
			t.Errorf("after a correction: %+v", two)
		}
		holds(t, "summary", two.Entries[0].Summary, "Eleven <kits> & more.")
		equal(t, "bytes", string(must1(w.Feed(w.ctx))(t).Body), string(must1(w.another().Feed(w.ctx))(t).Body))
	})
}

// TestWithoutKeyOrSite: letters go out unsealed where there is no key to seal them with; where there is no site to link to none
// is asked for, and a bulletin is published all the same.
func TestWithoutKeyOrSite(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.confirmedSubscriber("sue@example.org")
		made := func(at string) *bulletin.Bulletins {
			b := bulletin.New(w.db, w.reg, nil, nil, nil, mail.New(w.db, mail.Options{}), nil, func() civil.Date { return civil.In(*w.now, time.UTC) }, at)
			b.Use(quiet(w))
			return b
		}
		keyless, siteless := made(site), made("")
		if keyless.CanSubscribe() || siteless.CanSubscribe() || !w.CanSubscribe() {
			t.Error("letters are offered where none can be sent, or not where they can")
		}
		must(t, keyless.Subscribe(w.ctx, "tom@example.org"))
		equal(t, "unsealed letters", w.count("outbox WHERE recipient = ? AND private = 0", "tom@example.org"), 1)
		refused(t, siteless.Subscribe(w.ctx, "una@example.org"), fault.Unavailable, "use the feed instead")
		e := w.draft(quarter)
		must(t, w.Invite(w.ctx, w.who["anna"], e.ID, 1, []bulletin.Reader{{Who: "x", Why: "y", Email: "x@example.org"}}))
		must(t, siteless.Sign(w.ctx, w.who["nora"], e.ID, 2, time.Time{}))
		must(t, siteless.Publish(w.ctx, w.who["anna"], e.ID, 3))
		equal(t, "letters", len(w.sent()), 2) // those that asked to confirm
	})
}
