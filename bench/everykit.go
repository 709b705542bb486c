package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// All that this program knows of Everykit's commands, pages and forms is in this file.
const (
	signInPath   = "/sign-in"
	giveOutPath  = "/outlets/%d/give-out"
	workersWord  = "a benchmark gives kits out" // the workers' password
	workersEmail = "worker%d@bench.example"
	supplyKind   = 7 // of a movement, as stored
)

// giveOutForm is what a worker's browser sends when kits are given out.
func giveOutForm(cells []string, lot int, day string) url.Values {
	return url.Values{
		"id":          {uuid.Must(uuid.NewV7()).String()},
		"occurred_on": {day},
		"kits":        {cells[kitsColumn]},
		"lot":         {strconv.Itoa(lot)},
		"proposed":    {strconv.Itoa(lot)},
		"recipient":   {cells[7]},
		"supply":      {cells[8]},
		"reason":      {cells[9]},
		"age_band":    {cells[10]},
		"sex":         {cells[11]},
		"client_code": {cells[12]},
		"trained":     {cells[13]},
		"note":        {cells[16]},
	}
}

// everykit is the real binary, and a database that holds the nation with its receipts and no supplies yet.
type everykit struct {
	bin    string
	work   string
	nation nation
	base   string
}

// newEverykit builds the binary from source, unless one is given, and fills the base.
func newEverykit(ctx context.Context, source, bin, work string, n nation) (*everykit, error) {
	e := &everykit{bin: bin, work: work, nation: n, base: filepath.Join(work, "base.db")}
	if bin == "" {
		e.bin = filepath.Join(work, "everykit")
		if _, err := run(ctx, source, "", "go", "build", "-o", e.bin, "."); err != nil {
			return nil, err
		}
	}
	kinds, err := n.writeBase(work)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		if _, err := e.run(ctx, "", "import", kind, filepath.Join(work, kind+".csv"), "--db", e.base); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (e *everykit) run(ctx context.Context, stdin string, args ...string) (*process, error) {
	return run(ctx, e.work, stdin, e.bin, args...)
}

// fresh makes a copy of the base.
func (e *everykit) fresh(name string) (string, error) {
	path := filepath.Join(e.work, name)
	for _, end := range []string{"", "-wal", ".key"} {
		if err := copyFile(e.base+end, path+end); err != nil && (end == "" || !errors.Is(err, os.ErrNotExist)) {
			return "", err
		}
	}
	return path, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	if err := out.Sync(); err != nil { // so that its writing does not fall into what is timed
		out.Close()
		return err
	}
	return out.Close()
}

// importSupplies imports a file with as many supplies as the nation has rows into a copy of the base.
func (e *everykit) importSupplies(ctx context.Context, file string) (*process, error) {
	db, err := e.fresh("import.db")
	if err != nil {
		return nil, err
	}
	defer removeDatabase(db)
	p, err := e.run(ctx, "", "import", "supplies", file, "--db", db)
	if err != nil {
		return nil, err
	}
	return p, e.holds(ctx, db, e.nation.rows)
}

// holds checks that so many supplies are in a database.
func (e *everykit) holds(ctx context.Context, path string, want int) error {
	got, err := lookUp(ctx, path, "SELECT count(*) FROM movement WHERE kind = ?", supplyKind)
	if err == nil && got != want {
		return fmt.Errorf("%d supplies were taken and the ledger holds %d", want, got)
	}
	return err
}

// lookUp reads one number from a database that no process has open for writing.
func lookUp(ctx context.Context, path, query string, args ...any) (n int, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if err := db.QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("%s: %w", query, err)
	}
	return n, nil
}

// giveOut serves a copy of the base and has as many workers as there are clients, each of an outlet in another authority,
// give kits out by the form. Then the ledger is recounted, and each answered post must be in it.
func (e *everykit) giveOut(ctx context.Context, l load) (pressed, error) {
	db, err := e.fresh("serve.db")
	if err != nil {
		return pressed{}, err
	}
	defer removeDatabase(db)
	desks := make([]*workplace, l.clients)
	for i := range desks {
		if desks[i], err = e.newWorkplace(ctx, db, i); err != nil {
			return pressed{}, err
		}
	}
	got, err := e.serve(ctx, db, l, desks)
	if err != nil {
		return pressed{}, err
	}
	if _, err := e.run(ctx, "", "verify", "--db", db); err != nil {
		return pressed{}, err
	}
	return got, e.holds(ctx, db, got.answered)
}

func (e *everykit) serve(ctx context.Context, db string, l load, desks []*workplace) (pressed, error) {
	address, err := freeAddress()
	if err != nil {
		return pressed{}, err
	}
	server, err := start(ctx, e.work, "", e.bin, "serve", "--db", db, "--listen", address, "--metrics", "off")
	if err != nil {
		return pressed{}, err
	}
	defer server.stop()
	site := "http://" + address
	if err := server.ready(ctx, site+signInPath); err != nil {
		return pressed{}, err
	}
	for _, d := range desks {
		if err := d.signIn(ctx, site); err != nil {
			return pressed{}, err
		}
		defer d.client.CloseIdleConnections()
	}
	rows := newSource(e.nation.sized(l.requests()))
	defer rows.stop()
	day := e.nation.last.String()
	return l.press(ctx, func(ctx context.Context, client, _ int) error {
		cells, err := rows.next()
		if err != nil {
			return err
		}
		return desks[client].giveOut(ctx, site, cells, day)
	})
}

// workplace is a worker at an outlet, with a browser.
type workplace struct {
	email  string
	outlet int
	lots   [lots]int
	client *http.Client
	header http.Header
}

// newWorkplace makes the account of a worker and finds the numbers by which pages know the outlet and its lots.
func (e *everykit) newWorkplace(ctx context.Context, db string, i int) (*workplace, error) {
	code := outletCode(i * outletsEach % outlets)
	w := &workplace{email: fmt.Sprintf(workersEmail, i+1), client: newClient(), header: http.Header{
		"Content-Type":   {"application/x-www-form-urlencoded"},
		"Sec-Fetch-Site": {"same-origin"},
	}}
	_, err := e.run(ctx, workersWord+"\n", "staff", "add", "--db", db, "--email", w.email, "--name", fmt.Sprintf("Worker %d", i+1),
		"--role", "worker", "--outlet", code, "--password-stdin")
	if err != nil {
		return nil, err
	}
	if w.outlet, err = lookUp(ctx, db, "SELECT id FROM outlet WHERE code = ?", code); err != nil {
		return nil, err
	}
	for lot := range w.lots {
		if w.lots[lot], err = lookUp(ctx, db, "SELECT id FROM lot WHERE number = ?", lotNumber(lot)); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *workplace) signIn(ctx context.Context, site string) error {
	form := url.Values{"email": {w.email}, "password": {workersWord}}
	answer, err := post(ctx, w.client, site+signInPath, w.header.Clone(), []byte(form.Encode()), http.StatusSeeOther)
	if err != nil {
		return err
	}
	for _, c := range (&http.Response{Header: answer}).Cookies() {
		w.header.Add("Cookie", c.Name+"="+c.Value)
	}
	if w.header.Get("Cookie") == "" {
		return fmt.Errorf("signing in gave no cookie")
	}
	return nil
}

func (w *workplace) giveOut(ctx context.Context, site string, cells []string, day string) error {
	form := giveOutForm(cells, w.lots[lotOf(cells[lotColumn])], day)
	answer, err := post(ctx, w.client, site+fmt.Sprintf(giveOutPath, w.outlet), w.header.Clone(), []byte(form.Encode()), http.StatusSeeOther)
	if err == nil && strings.HasPrefix(answer.Get("Location"), signInPath) {
		err = errors.New("the session has ended")
	}
	return err
}
