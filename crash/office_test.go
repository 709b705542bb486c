package crash

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
)

const (
	postAuthority = "E09000002"
	postNation    = "E92000001"
	postSite      = "https://kits.example.org"
)

// addressee is somebody with an account.
type addressee struct {
	email    string
	role     []string // as the staff command takes it
	at       string   // the outlets where a worker works, or a coordinator answers for: letters of their codes
	wants    bool     // the daily e-mail, in the end
	digest   bool     // and there is something to say
	silenced string   // "off": wanted it and no longer does; "closed": the account is closed
}

func workerAt(name, outlets string) addressee {
	a := addressee{email: name + "@example.org", role: []string{"--role", "worker"}, at: outlets}
	for _, code := range outlets {
		a.role = append(a.role, "--outlet", string(code))
	}
	return a
}

func (a addressee) wanting() addressee { a.wants, a.digest = true, true; return a }

// addressees are few, and each is a case of its own. Outlets A and B have kits that have expired or will soon, and kits of
// the lots that notices name; outlet C has neither.
func addressees() []addressee {
	idle := workerAt("idle", "C").wanting()
	idle.digest = false
	off, closed := workerAt("off", "B"), workerAt("closed", "A").wanting()
	off.silenced, closed.silenced = "off", "closed"
	return []addressee{
		{email: "coordinator@example.org", role: []string{"--role", "coordinator", "--area", postAuthority}, at: "ABC", wants: true, digest: true},
		{email: "nation@example.org", role: []string{"--role", "national", "--area", postNation}, wants: true, digest: true},
		workerAt("one", "A").wanting(), workerAt("two", "A").wanting(), workerAt("three", "B").wanting(), workerAt("four", "B").wanting(),
		workerAt("both", "AB").wanting(), workerAt("quiet", "A"), workerAt("far", "C"), idle, off, closed,
	}
}

// office is the real binary with a database, a mail server, and what is known of who must get what.
type office struct {
	*program
	smtp      *mailtest.Server
	db        *store.DB
	people    []addressee
	published int
	running   int // servers

	kills, midway int // how often it was killed, and how often before every daily e-mail was written
	breaks        int // how often a line broke while letters went over it: each makes one of them unsure at most
	unsure, lost  int // of the breaks, those that were made to do so, and those that lost the letter
}

// newOffice fills the database, has everybody choose on the page of their account, and leaves the mail server away.
func newOffice(t *testing.T, dsn string) *office {
	t.Helper()
	// It is noon or a little later there, whenever this runs: past the hour of the daily e-mail, and the day does not end.
	zone := "Etc/GMT"
	if east := 12 - time.Now().UTC().Hour(); east != 0 {
		zone = fmt.Sprintf("Etc/GMT%+d", -east) // the signs of these names are the other way round
	}
	t.Setenv("EVERYKIT_ZONE", zone)
	t.Setenv("EVERYKIT_SITE", postSite)
	o := &office{program: build(t, dsn), people: addressees(), smtp: mailtest.Start(t)}
	o.smtp.Stop()
	line := func(outlet, lot string, days, kits int) string { // the days that its expiry is away
		now := time.Now()
		return fmt.Sprintf("%s,%s,prenoxad,%s,%s,%d\n", now.AddDate(-1, 0, 0).Format(time.DateOnly), outlet, lot, now.AddDate(0, 0, days).Format(time.DateOnly), kits)
	}
	o.file(t, "outlets", "code,name,kind,authority,channel\n"+
		"A,Alder,drug_service,"+postAuthority+",community\nB,Birch,drug_service,"+postAuthority+",community\nC,Cedar,drug_service,"+postAuthority+",community\n")
	o.file(t, "receipts", "occurred_on,outlet,product,lot,expiry,kits\n"+
		line("A", "PAST", -60, 4)+line("B", "SOON", 40, 5)+line("A", "LOTA", 1000, 6)+line("B", "LOTB", 1000, 7)+line("C", "LOTC", 1000, 8))
	for _, a := range o.people {
		o.run(t, password+"\n", append([]string{"staff", "add", "--email", a.email, "--name", "Post", "--password-stdin"}, a.role...)...)
	}
	s := o.start(t)
	eventually(t, "the pages to be served", s.answers)
	for _, a := range o.people {
		if a.wants || a.silenced == "off" {
			s.choose(t, a)
		}
	}
	s.stop(t)
	for _, a := range o.people {
		if a.silenced == "closed" {
			o.run(t, "", "staff", "disable", a.email)
		}
	}
	var err error
	if o.db, err = store.Open(context.Background(), dsn, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.db.Close() })
	return o
}

// choose ticks the daily e-mail on the page of an account, and takes the tick away again for who wants it no more.
func (s *postServer) choose(t *testing.T, a addressee) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(path string, form url.Values, to string) {
		res, err := c.PostForm("http://"+s.address+path, form)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if at := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || (to != "" && at != to) {
			t.Fatalf("%s of %s answered %s to %q", path, a.email, res.Status, at)
		}
	}
	send("/sign-in", url.Values{"email": {a.email}, "password": {password}}, "")
	send("/account/digest", url.Values{"digest": {"yes"}}, "/account?done=digest")
	if a.silenced == "off" {
		send("/account/digest", url.Values{}, "/account?done=quiet")
	}
}

// file imports a file of a kind.
func (o *office) file(t *testing.T, kind, text string) {
	t.Helper()
	o.run(t, "", "import", kind, o.write(t, kind, text))
}

func (o *office) write(t *testing.T, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(o.dir, name+".csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Notices take turns: one is about a lot of either outlet, one about A's alone, one about B's. fewest is how many letters
// each has at least: to the coordinator, and to B's workers.
const fewest = 5

func noticeNumber(i int) string { return fmt.Sprintf("POST/%02d", i) }

func noticeOutlets(i int) string { return []string{"AB", "A", "B"}[i%3] }

// noticeFile writes a file of notices. All only ask to be read but the second, which has its lot checked.
func (o *office) noticeFile(t *testing.T, notices ...int) (path string) {
	t.Helper()
	text := "notice,regulator,issued_on,action,product,lot\n"
	for _, i := range notices {
		action := "inform"
		if i == 1 {
			action = "check"
		}
		for _, code := range noticeOutlets(i) {
			text += fmt.Sprintf("%s,MHRA,2025-01-02,%s,prenoxad,LOT%c\n", noticeNumber(i), action, code)
		}
	}
	return o.write(t, "notices", text)
}

func (o *office) importNotices(t *testing.T, notices ...int) {
	t.Helper()
	o.run(t, "", "import", "notices", o.noticeFile(t, notices...))
}

// publish imports the next notice, beside a server or without one, and says how many letters that makes.
func (o *office) publish(t *testing.T) (letters int) {
	t.Helper()
	o.importNotices(t, o.published)
	for _, a := range o.people {
		if a.told(o.published) {
			letters++
		}
	}
	o.published++
	return letters
}

// publishAndKill is publish whose first import is killed somewhere.
func (o *office) publishAndKill(t *testing.T) {
	t.Helper()
	c := exec.Command(o.bin, "import", "notices", o.noticeFile(t, o.published), "--db", o.dsn)
	c.Dir, c.Stderr = o.dir, &bytes.Buffer{}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(20+rand.IntN(100)) * time.Millisecond) // the moment of the kill is what this draws; it may have ended before
	c.Process.Kill()
	c.Wait()
	o.publish(t)
}

// waiting is how many e-mails are written and not sent. It is asked of the database, so it needs no server.
func (o *office) waiting(t *testing.T) int {
	t.Helper()
	c, err := mail.New(o.db, mail.Options{}).Counts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c.Waiting
}

// ended counts a server less. One that was killed while it sent leaves its turn to send behind, which others respect for
// thirty seconds, to be sure that it is dead. When none is running we are sure, and end it.
func (o *office) ended(t *testing.T) {
	t.Helper()
	if o.running--; o.running > 0 || o.db == nil {
		return
	}
	err := o.db.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), "DELETE FROM outbox_sender")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for a thing that must happen. The longest it may take is a minute, which a letter waits for whose first
// try failed before the end of its text.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Since(began) > 90*time.Second {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
