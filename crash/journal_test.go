package crash

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
)

// journal is what the writers know: which supplies were answered, and which they sent without an answer.
type journal struct {
	mu      sync.Mutex
	acked   map[string]bool
	unsure  map[string]url.Values // by id; the writer's number is in them
	lots    [writers]string       // the number of the lot at each writer's outlet
	outlets [writers]string       // the address of each outlet
}

func newJournal() *journal {
	return &journal{acked: map[string]bool{}, unsure: map[string]url.Values{}}
}

func (j *journal) acknowledged() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.acked)
}

// write sets the writers going against a server. stop waits until they have given up.
func (j *journal) write(t *testing.T, p *running) (stop func()) {
	t.Helper()
	var wg sync.WaitGroup
	var ended atomic.Bool
	clients := make([]*http.Client, writers)
	for i := range writers {
		clients[i] = j.signIn(t, p, i)
	}
	for i, c := range clients {
		wg.Go(func() {
			for _, form := range j.open(i) { // what was not answered before the crash is sent again
				j.send(c, p, i, form)
			}
			for !ended.Load() {
				form := url.Values{
					"id": {uuid.Must(uuid.NewV7()).String()}, "occurred_on": {time.Now().AddDate(0, 0, -1).Format(time.DateOnly)},
					"kits": {"1"}, "lot": {j.lots[i]}, "proposed": {j.lots[i]}, "writer": {fmt.Sprint(i)},
				}
				if !j.send(c, p, i, form) {
					return
				}
			}
		})
	}
	return func() { ended.Store(true); wg.Wait() }
}

// open are a writer's supplies that were sent and not answered.
func (j *journal) open(writer int) []url.Values {
	j.mu.Lock()
	defer j.mu.Unlock()
	var forms []url.Values
	for _, f := range j.unsure {
		if f.Get("writer") == fmt.Sprint(writer) {
			forms = append(forms, f)
		}
	}
	return forms
}

// send posts a supply and notes the answer. It is false once the server is gone.
func (j *journal) send(c *http.Client, p *running, writer int, form url.Values) bool {
	id := form.Get("id")
	j.mu.Lock()
	j.unsure[id] = form
	j.mu.Unlock()
	res, err := c.PostForm("http://"+p.address+j.outlets[writer]+"/give-out", form)
	if err != nil {
		return false
	}
	res.Body.Close()
	if res.StatusCode == http.StatusSeeOther && res.Header.Get("Location") == j.outlets[writer]+"/entries/"+id { // to its receipt
		j.mu.Lock()
		j.acked[id] = true
		delete(j.unsure, id)
		j.mu.Unlock()
	}
	return true
}

var lotChoice = regexp.MustCompile(`name="lot"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="lot"`)

// signIn gives a client with a writer's session, and finds the outlet and its lot as a browser would.
func (j *journal) signIn(t *testing.T, p *running, i int) *http.Client {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm("http://"+p.address+"/sign-in", url.Values{"email": {email(i)}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	at := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/outlets/") {
		t.Fatalf("signing in answered %s to %q", res.Status, at)
	}
	j.outlets[i] = at
	if j.lots[i] == "" {
		body := get(t, c, "http://"+p.address+at+"/give-out")
		found := lotChoice.FindStringSubmatch(body)
		if found == nil {
			t.Fatalf("no lot is offered at %s", at)
		}
		j.lots[i] = found[1] + found[2]
	}
	return c
}

// compare asks for what was answered, and that nothing is there twice or that nobody sent.
func (j *journal) compare(t *testing.T, stored map[string]int) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	for id := range j.acked {
		if stored[id] != 1 {
			t.Errorf("supply %s was acknowledged and is stored %d times", id, stored[id])
		}
	}
	for id, n := range stored {
		if _, sent := j.unsure[id]; n != 1 || (!sent && !j.acked[id]) {
			t.Errorf("supply %s is stored %d times, sent %v, acknowledged %v", id, n, sent, j.acked[id])
		}
	}
}
