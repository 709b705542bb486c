package crash

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/mail"
	"everykit/registry"
)

// letter is what somebody gets once: the daily e-mail of today, or that of a notice.
type letter struct{ to, about string }

const aboutToday = "today"

// told reports whether a notice concerns somebody: those who work where its lots were, and who answers for them.
func (a addressee) told(notice int) bool {
	return a.silenced != "closed" && strings.ContainsAny(a.at, noticeOutlets(notice))
}

// digests is how many people have a daily e-mail coming.
func (o *office) digests() (n int) {
	for l := range o.expected() {
		if l.about == aboutToday {
			n++
		}
	}
	return n
}

// expected is who must get what.
func (o *office) expected() map[letter]bool {
	all := map[letter]bool{}
	for _, a := range o.people {
		if a.wants && a.digest && a.silenced == "" {
			all[letter{a.email, aboutToday}] = true
		}
		for i := range o.published {
			if a.told(i) {
				all[letter{a.email, noticeNumber(i)}] = true
			}
		}
	}
	return all
}

// compare asks for what the mail server has taken, what the outbox says of it, and what the metrics say of that.
func (o *office) compare(t *testing.T, s *postServer) {
	t.Helper()
	want, got, byID := o.expected(), map[letter]int{}, map[string]int{}
	zone, err := time.LoadLocation(os.Getenv("EVERYKIT_ZONE"))
	if err != nil {
		t.Fatal(err)
	}
	today := "Kits to look at, " + civil.In(time.Now(), zone).Words()
	for _, m := range o.smtp.Messages() {
		_, about, _ := strings.Cut(m.Subject, ": notice ")
		if m.Subject == today {
			about = aboutToday
		}
		got[letter{m.To, about}]++
		byID[m.ID]++
	}
	for l, n := range got {
		if n != 1 || !want[l] {
			t.Errorf("%s got %d letters about %q, expected %v", l.to, n, l.about, want[l])
		}
	}
	for id, n := range byID {
		if n != 1 {
			t.Errorf("%d messages have the Message-ID %s", n, id)
		}
	}
	lost := len(want) - len(got)
	entries, unsure, unseen := o.entries(t), 0, 0
	for _, e := range entries {
		n := byID[e.ID.String()+"@"+strings.TrimPrefix(postSite, "https://")]
		switch {
		case e.State == mail.Sent && n == 1:
		case e.State == mail.Unsure:
			unsure++
			if n == 0 {
				unseen++
			}
		default:
			t.Errorf("message %s is %v and came %d times", e.Key, e.State, n)
		}
	}
	if len(entries) != len(want) {
		t.Errorf("the outbox knows of %d messages, want %d", len(entries), len(want))
	}
	if lost != unseen {
		t.Errorf("%d letters never came, and the outbox doubts %d of those", lost, unseen)
	}
	if unsure < o.unsure || lost < o.lost {
		t.Errorf("%d messages are unsure and %d of them lost, want at least %d and %d: this tested nothing", unsure, lost, o.unsure, o.lost)
	}
	if unsure > o.breaks {
		t.Errorf("%d messages are unsure after %d breaks, and each can make one of them so", unsure, o.breaks)
	}
	s.none(t)
	if n := s.mails("unsure"); n != unsure {
		t.Errorf("the metrics count %d messages of which nobody knows, want %d", n, unsure)
	}
	t.Logf("%d kills, %d of them before every daily e-mail was written; %d notices; %d messages came once, %d are unsure after %d breaks, of which %d never came",
		o.kills, o.midway, o.published, len(byID), unsure, o.breaks, lost)
}

// entries are all that the outbox knows of.
func (o *office) entries(t *testing.T) []mail.Entry {
	t.Helper()
	ctx := context.Background()
	snap, err := registry.New(o.db).Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []mail.Entry
	for _, area := range snap.Areas() {
		some, err := mail.New(o.db, mail.Options{}).Log(ctx, area.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}
