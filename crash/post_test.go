package crash

import (
	"math/rand/v2"
	"testing"
	"time"

	"everykit/mail/mailtest"
	"everykit/store/storetest"
)

// sendingKills is how often the program is killed while it sends.
const sendingKills = 4

// TestPostOnSQLite and TestPostOnPostgres kill the program again and again while it writes the daily e-mail and the
// letters of notices and while it sends them, and take the mail server away meanwhile. In the end everybody who wants the
// daily e-mail has it once, everybody whom a notice concerns has one letter of it, and nobody else has anything. What the
// mail server may or may not have taken when the line broke is counted as that, and is not sent again.
func TestPostOnSQLite(t *testing.T) { post(t, t.TempDir()+"/post.db") }

func TestPostOnPostgres(t *testing.T) { post(t, storetest.PostgresDSN(t)) }

func post(t *testing.T, dsn string) {
	o := newOffice(t, dsn)
	o.writing(t)
	o.sending(t)
	o.breaking(t)
	last := o.ending(t)
	o.compare(t, last)
}

// writing kills the program while it writes what is to be sent. The mail server is away all the time.
func (o *office) writing(t *testing.T) {
	t.Helper()
	digests := o.digests()
	// Some are left for the two that begin together afterwards.
	for written := 0; written < digests-3; {
		s := o.start(t)
		eventually(t, "another daily e-mail to be written", func() bool { return o.waiting(t) > written })
		time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond) // the moment of the kill is what this draws
		s.kill(t)
		if written = o.waiting(t); written < digests {
			o.midway++
		}
	}
	// Two of them on one database both find what is due; then one is killed, and the other is stopped as it should be.
	one, two := o.start(t), o.start(t)
	eventually(t, "both to see every daily e-mail", func() bool {
		return one.mails("waiting") >= digests && two.mails("waiting") >= digests
	})
	o.publish(t)
	one.kill(t)
	two.stop(t)
	// An import that is killed has published its notice or has not; the second time it does the rest.
	for range 3 {
		o.publishAndKill(t)
	}
	if sent := o.smtp.Messages(); len(sent) > 0 {
		t.Fatalf("%d messages were sent to a mail server that is away", len(sent))
	}
}

// sending kills the program while it hands over letter after letter.
func (o *office) sending(t *testing.T) {
	t.Helper()
	o.smtp.Restart()
	for cycle := range sendingKills {
		o.smtp.Behave(mailtest.Manners{Slow: time.Duration(4+rand.IntN(30)) * time.Millisecond})
		before := len(o.smtp.Messages())
		if cycle%2 == 0 {
			o.publish(t)
		}
		s := o.start(t)
		if cycle%2 == 1 {
			o.publish(t)
		}
		o.smtp.WaitStored(before + 1 + rand.IntN(fewest-1))
		time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond) // the moment of the kill is what this draws
		s.kill(t)
		o.breaks++
	}
}

// breaking ends one side or the other at the moments that matter.
func (o *office) breaking(t *testing.T) {
	t.Helper()
	// The mail server dies while it takes letters, and a notice comes before it is back.
	o.publish(t)
	before := len(o.smtp.Messages())
	o.smtp.Behave(mailtest.Manners{Slow: 20 * time.Millisecond})
	s := o.start(t)
	o.smtp.WaitStored(before + 2)
	o.smtp.Stop()
	o.breaks++
	o.publish(t)
	s.stop(t)

	// It takes a letter and the line breaks before it can say so; then it loses one at the same point.
	o.smtp.Restart()
	for n, drop := range []string{mailtest.AtEnd, mailtest.AtEndLost} {
		o.publish(t)
		o.smtp.Behave(mailtest.Manners{Drop: drop, Times: 1})
		s = o.start(t)
		o.smtp.WaitDropped(n + 1)
		eventually(t, "the other letters to be sent", func() bool { return s.mails("waiting") == 0 })
		s.stop(t)
		o.breaks++
		o.unsure++
	}
	o.lost++

	// The program dies when its letter has been taken and the answer is not yet said.
	o.publish(t)
	before = len(o.smtp.Messages())
	o.smtp.Behave(mailtest.Manners{Slow: 2 * time.Second})
	s = o.start(t)
	o.smtp.WaitStored(before + 1)
	s.kill(t)
	o.breaks++
	o.unsure++
}

// ending lets everything run until nothing waits, starts the program anew, which must find nothing left to do but one more
// notice, and gives the server that has seen it all.
func (o *office) ending(t *testing.T) *postServer {
	t.Helper()
	o.smtp.Behave(mailtest.Manners{})
	s := o.start(t)
	o.publish(t)
	eventually(t, "everything to be sent", func() bool { return s.mails("waiting") == 0 })
	s.stop(t)
	all := make([]int, o.published)
	for i := range all {
		all[i] = i
	}
	o.importNotices(t, all...) // again: nobody is told twice
	s = o.start(t)
	before := len(o.smtp.Messages())
	letters := o.publish(t)
	eventually(t, "the letters of the last notice", func() bool {
		return len(o.smtp.Messages()) >= before+letters && s.mails("waiting") == 0
	})
	return s
}
