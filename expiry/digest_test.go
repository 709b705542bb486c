package expiry_test

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/expiry"
	"everykit/fault"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/notice"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// mailed is a world with a mail server of its own, and what its program is started with.
type mailed struct {
	*world
	server *mailtest.Server
	opts   mail.Options
}

func eachMailed(t *testing.T, fn func(t *testing.T, m *mailed)) {
	t.Helper()
	c := &clock{t: start}
	storetest.EachAt(t, c.now, func(t *testing.T, db *store.DB) {
		c.set(start)
		m := &mailed{server: mailtest.Start(t)}
		m.opts = m.server.Options()
		m.opts.Key = []byte(strings.Repeat("k", 32))
		m.world = newWorld(t, db, c, m.opts)
		fn(t, m)
	})
}

// restarted builds the rooms anew, as a program that has been started again does.
func (m *mailed) restarted() { m.world = open(m.t, m.db, m.clock, m.opts) }

// minute is what a server does every minute.
func (m *mailed) minute() {
	m.t.Helper()
	must(m.t, m.Tick(ctx))
	_, err := m.post.Once(ctx)
	must(m.t, err)
}

// wants makes somebody who wants the digest.
func (m *mailed) wants(name string, role staff.Role, area int, outlets ...string) staff.Person {
	m.t.Helper()
	p := m.account(name, role, area, outlets...)
	must(m.t, m.Wish(ctx, p, true))
	return p
}

// digests are the digests that somebody has got.
func (m *mailed) digests(name string) []mailtest.Message {
	m.t.Helper()
	var all []mailtest.Message
	for _, got := range m.server.To(name + "@example.org") {
		if strings.HasPrefix(got.Subject, "Kits to look at") {
			all = append(all, got)
		}
	}
	return all
}

func (m *mailed) wantDigests(want map[string]int) {
	m.t.Helper()
	for name, n := range want {
		if got := len(m.digests(name)); got != n {
			m.t.Errorf("%s has got %d digests, want %d", name, got, n)
		}
	}
}

// TestOneDigestADay sends one to each who asked, once, over restarts of the program and of the mail server, and the next
// the next morning.
func TestOneDigestADay(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		m.wants("wanda", staff.Worker, m.kent(), "Alder", "Birch")
		m.wants("nothing", staff.Worker, m.kent(), "Cedar")
		m.wants("cora", staff.Coordinator, m.kent())
		m.wants("nat", staff.National, m.england())
		m.account("silent", staff.Coordinator, m.kent())
		gone := m.wants("gone", staff.Worker, m.kent(), "Alder")
		must(t, m.people.Disable(ctx, staff.Operator(), gone.ID))

		m.clock.set(time.Date(2026, 6, 15, 5, 59, 0, 0, time.UTC)) // 6:59 there
		m.minute()
		m.wantDigests(map[string]int{"wanda": 0, "cora": 0, "nat": 0})
		m.clock.move(time.Minute)
		once := map[string]int{"wanda": 1, "cora": 1, "nat": 1, "nothing": 0, "silent": 0, "gone": 0}
		for range 3 {
			m.minute()
			m.restarted()
			m.server.Restart()
			m.clock.move(5 * time.Hour)
		}
		m.wantDigests(once)
		// What comes to have something to say later in the day waits for the next.
		m.receive("2026-06-15", "Cedar", "pen", "PAST", "2026-05", 1)
		m.minute()
		m.wantDigests(once)
		m.clock.set(time.Date(2026, 6, 16, 6, 0, 0, 0, time.UTC))
		m.minute()
		m.minute()
		m.wantDigests(map[string]int{"wanda": 2, "cora": 2, "nat": 2, "nothing": 1, "silent": 0, "gone": 0})
		// After days without a server there is one, of the day.
		m.clock.set(time.Date(2026, 6, 20, 12, 0, 0, 0, time.UTC))
		m.minute()
		m.wantDigests(map[string]int{"wanda": 3})
	})
}

// TestDigestOverAnOutage puts one a day while the mail server is away, and loses and doubles none.
func TestDigestOverAnOutage(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		m.wants("wanda", staff.Worker, m.kent(), "Alder")
		m.server.Stop()
		for hour := range 25 {
			m.minute()
			if hour == 12 {
				m.restarted()
			}
			m.clock.move(time.Hour)
		}
		m.server.Restart()
		m.minute()
		m.clock.move(time.Hour)
		m.minute()
		m.wantDigests(map[string]int{"wanda": 2})
		days := map[string]int{}
		for _, d := range m.digests("wanda") {
			days[d.Subject]++
		}
		if days["Kits to look at, 15 June 2026"] != 1 || days["Kits to look at, 16 June 2026"] != 1 {
			t.Errorf("got %v", days)
		}
	})
}

// TestTwoServersTick lets two programs on one database tick at the same moment.
func TestTwoServersTick(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		want := map[string]int{}
		for _, name := range []string{"ann", "ben", "cat", "dan", "eve"} {
			m.wants(name, staff.Worker, m.kent(), "Alder")
			want[name] = 1
		}
		var all sync.WaitGroup
		for range 4 {
			other := open(t, m.db, m.clock, m.opts)
			all.Go(func() {
				for range 3 {
					if err := other.Tick(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		m.minute()
		m.wantDigests(want)
	})
}

func TestDigestWords(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.rated("Alder", 107)
		past := m.receive("2026-02-01", "Birch", "pen", "PAST", "2026-05", 4)
		m.supply("2026-02-02", "Birch", past, 1)
		m.receive("2026-02-01", "Birch", "pen", "WEEKS", "2026-06", 1)
		m.receive("2026-02-01", "Birch", "pen", "SOON", "2026-08", 2)
		m.receive("2026-02-01", "Birch", "pen", "NEXT", "2026-10", 60)
		m.receive("2026-02-01", "Birch", "pen", "FAR", "2029-10", 60)
		m.receive("2026-02-01", "Birch", "pen", "NOBODY", "", 60)
		m.receive("2026-02-01", "Elm", "pen", "ELSEWHERE", "2026-05", 60)
		m.publish(notice.Notice{Number: "N/1", Action: notice.Check, DueOn: on(t, "2026-06-20"), Lines: []notice.Line{{Number: "NEXT"}}})
		m.wants("wanda", staff.Worker, m.kent(), "Birch")
		m.wants("cora", staff.Coordinator, m.kent())
		m.wants("nat", staff.National, m.england())
		m.minute()
		text := func(name string) string {
			t.Helper()
			got := m.digests(name)
			if len(got) != 1 {
				t.Fatalf("%s has got %d digests", name, len(got))
			}
			off := regexp.MustCompile(regexp.QuoteMeta(site+expiry.OffPath) + "[A-Za-z0-9_-]{22}\n").FindString(got[0].Text + "\n")
			if list := got[0].Header.Get("List-Unsubscribe"); off == "" || list != "<"+strings.TrimSpace(off)+">" {
				t.Errorf("the link that ends it is %q, the header %q", off, list)
			}
			if got[0].Subject != "Kits to look at, 15 June 2026" {
				t.Errorf("the subject is %q", got[0].Subject)
			}
			for name, other := range map[string]string{"wanda": "Wanda", "cora": "Cora"} {
				if strings.Contains(got[0].Text, name) || strings.Contains(got[0].Text, other) {
					t.Errorf("it names somebody:\n%s", got[0].Text)
				}
			}
			before, _, _ := strings.Cut(got[0].Text, "\nYou get this e-mail")
			return before
		}
		want := `This is what to look at today at Birch.

Notices to answer:
- Check kits: notice N/1, due by 20 June 2026

Expired and still on the shelf. Write these off, and set them apart:
- 3 kits of Pen, lot PAST, last day 31 May 2026

On the shelf, 30 days left or fewer:
- 1 kit of Pen, lot WEEKS, last day 30 June 2026

On the shelf, 31 to 90 days left:
- 2 kits of Pen, lot SOON, last day 31 August 2026

Will not be used in time, at today's rate:
- 1 of 1 kit of Pen, lot WEEKS, last day 30 June 2026
- 2 of 2 kits of Pen, lot SOON, last day 31 August 2026

People carry kits of these lots. Offer them new ones:
- Pen, lot PAST, last day 31 May 2026: at most 1 kit still out

Birch:
` + site + `/outlets/` + strconv.Itoa(m.outlet("Birch").ID) + "\n"
		if got := text("wanda"); got != want {
			t.Errorf("the worker's:\n%s\nwant\n%s", got, want)
		}
		want = strings.NewReplacer("today at Birch", "today in Kent", "- Check", "- Birch: Check", "- 3", "- Birch: 3", "- 1", "- Birch: 1", "- 2", "- Birch: 2",
			"\nBirch:\n"+site+"/outlets/"+strconv.Itoa(m.outlet("Birch").ID), "\nKent:\n"+site+"/areas/E10000016").Replace(want)
		if got := text("cora"); got != want {
			t.Errorf("the coordinator's:\n%s\nwant\n%s", got, want)
		}
		want = `This is what to look at today in England.

Notices that outlets have not answered:
- Check kits: notice N/1: 1 outlet has not answered

On shelves: 63 kits expired, 3 with 90 days left or fewer. 63 kits will expire unused at today's rate.

Authorities with most to do:
- Kent: 3 expired, 3 with 90 days left or fewer, 63 will expire unused
- Surrey: 60 expired, 0 with 90 days left or fewer, 0 will expire unused

England:
` + site + "/nation\n"
		if got := text("nat"); got != want {
			t.Errorf("the nation's:\n%s\nwant\n%s", got, want)
		}
	})
}

// TestDigestProposes names where kits could go, and cuts long lists.
func TestDigestProposes(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.rated("Alder", 107)
		m.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 60)
		for i := range 12 {
			m.receive("2026-02-01", "Cedar", "pen", "PAST"+strconv.Itoa(i), "2026-05", 1+i)
		}
		m.wants("wil", staff.Worker, m.kent(), "Cedar")
		m.minute()
		got := m.digests("wil")[0].Text
		for _, want := range []string{
			"- 60 of 60 kits of Pen, lot NEXT, last day 31 October 2026. Alder could use 45 of them\n", "- 12 kits of Pen, lot PAST11,", "- and 2 more\n",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("no %q in\n%s", want, got)
			}
		}
		if strings.Contains(got, "lot PAST1,") {
			t.Errorf("a long list is not cut:\n%s", got)
		}
	})
}

func TestWish(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		p := m.account("wanda", staff.Worker, m.kent(), "Alder")
		wants := func(want bool) {
			t.Helper()
			if got := must1(m.Wants(ctx, p))(t); got != want {
				t.Errorf("wants it: %v", got)
			}
		}
		wants(false)
		for range 2 {
			must(t, m.Wish(ctx, p, true))
			wants(true)
		}
		for range 2 {
			must(t, m.Wish(ctx, p, false))
			wants(false)
		}
		m.minute()
		m.wantDigests(map[string]int{"wanda": 0})

		must(t, m.Wish(ctx, p, true))
		m.minute()
		m.wantDigests(map[string]int{"wanda": 1})
		link := m.digests("wanda")[0].Header.Get("List-Unsubscribe")
		token := strings.TrimSuffix(strings.TrimPrefix(link, "<"+site+expiry.OffPath), ">")
		wantKind(t, m.OffByToken(ctx, token+"x"), fault.NotFound)
		wantKind(t, m.OffByToken(ctx, ""), fault.NotFound)
		wants(true)
		must(t, m.OffByToken(ctx, token))
		wants(false)
		must(t, m.OffByToken(ctx, token)) // again
		m.clock.move(24 * time.Hour)
		m.minute()
		m.wantDigests(map[string]int{"wanda": 1})
		must(t, m.db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(scan func(...any) error) error {
				var off []byte
				err := scan(&off)
				if strings.Contains(string(off), token) || len(off) != 32 {
					t.Error("the token itself is kept")
				}
				return err
			}, "SELECT off FROM digest_done WHERE off IS NOT NULL")
		}))

		for _, role := range []staff.Role{staff.Analyst, staff.Administrator} {
			area := m.england()
			if role == staff.Administrator {
				area = 0
			}
			wantKind(t, m.Wish(ctx, m.account(role.String(), role, area), true), fault.Refused)
		}
		counter := staff.Person{ID: p.ID, Role: staff.Worker, Outlets: p.Outlets, Counter: p.Outlets[0]}
		wantKind(t, m.Wish(ctx, counter, true), fault.Forbidden)
		wantKind(t, m.Wish(ctx, staff.Operator(), true), fault.Forbidden)
	})
}

// TestRefusedAddress stops at an address that the mail server refuses, says so, and begins again with another.
func TestRefusedAddress(t *testing.T) {
	eachMailed(t, func(t *testing.T, m *mailed) {
		m.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		p := m.wants("wanda", staff.Worker, m.kent(), "Alder")
		bounced := func(area int) []expiry.Bounce { t.Helper(); return must1(m.Bounced(ctx, area))(t) }
		m.server.Behave(mailtest.Manners{Rcpt: "550 5.1.1 unknown"})
		m.minute()
		m.wantDigests(map[string]int{"wanda": 0})
		if got := bounced(m.kent()); len(got) != 0 {
			t.Errorf("too early: %v", got)
		}
		m.server.Behave(mailtest.Manners{})
		for range 3 {
			m.clock.move(24 * time.Hour)
			m.minute()
		}
		m.wantDigests(map[string]int{"wanda": 0})
		if got := bounced(m.kent()); len(got) != 1 || got[0].Account != p.ID || got[0].Name != "wanda" || !got[0].Since.Equal(start.Add(24*time.Hour)) {
			t.Errorf("bounced: %+v", got)
		}
		if got := bounced(m.area("E10000030").ID); len(got) != 0 {
			t.Errorf("Surrey is told of %v", got)
		}
		// Asking again tries again.
		must(t, m.Wish(ctx, p, true))
		if got := bounced(m.kent()); len(got) != 0 {
			t.Errorf("after asking again: %v", got)
		}
		m.minute()
		m.wantDigests(map[string]int{"wanda": 1})
		// And so does another address.
		m.clock.move(24 * time.Hour)
		m.server.Behave(mailtest.Manners{Rcpt: "550 5.1.1 unknown", Times: 1})
		m.minute()
		m.clock.move(24 * time.Hour)
		m.minute()
		if got := bounced(m.kent()); len(got) != 1 {
			t.Errorf("bounced again: %v", got)
		}
		o := m.outlet("Alder")
		must(t, m.people.Change(ctx, staff.Operator(), p.ID, staff.Draft{
			Email: "new@example.org", Name: "wanda", Role: staff.Worker, Area: o.Area, Outlets: []staff.Place{{Area: o.Area, Outlet: o.ID}},
		}))
		if got := bounced(m.kent()); len(got) != 0 {
			t.Errorf("with another address: %v", got)
		}
		m.minute()
		m.wantDigests(map[string]int{"wanda": 1, "new": 1})
	})
}
