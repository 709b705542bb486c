package intake_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"everykit/staff"
	"everykit/web/browser"
)

const (
	receipts = "occurred_on,outlet,product,lot,expiry,kits\n2026-11-01,BD-01,prenoxad,0116917,2028-02,50\n02/11/2026,BD-01,nyxoid,NX7731,31/08/2028,20\n"
	supplies = "occurred_on,outlet,product,lot,kits,recipient,client_code\n2026-11-03,BD-01,prenoxad,0116917,2,at risk,\n2026-11-03,BD-01,prenoxad,0116917,1,,\n"
)

var action = regexp.MustCompile(`action="([^"]+/take)"`)

// takenIn uploads a file, looks, and takes it in.
func (p *person) takenIn(to, kind, name, text string) answer {
	p.w.t.Helper()
	a := p.upload(to, kind, name, text)
	m := action.FindStringSubmatch(a.body)
	if a.status != http.StatusOK || m == nil {
		p.w.t.Fatalf("%s: the preview answers %d: %s", name, a.status, words(a.body))
	}
	r := p.post(m[1], nil)
	if r.status != http.StatusSeeOther {
		p.w.t.Fatalf("%s: taking it in answers %d", name, r.status)
	}
	return p.get(r.to)
}

var tags = regexp.MustCompile(`<[^>]*>`)

// words are what can be read on a page.
func words(body string) string {
	if _, in, ok := strings.Cut(body, "<main"); ok {
		body = in
	}
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

func (w *world) onHand() int {
	w.t.Helper()
	s, err := w.app.Ledger.Stock(context.Background(), w.harbour.ID)
	w.must(err)
	return s.Four().OnHand
}

func TestAFileInTwoSteps(t *testing.T) {
	w := newWorld(t)
	kay := w.as("kay")
	at := "/areas/E09000002/import"
	a := kay.upload(at, "receipts", "receipts.csv", receipts)
	has(t, words(a.body), "Rows 2", "New 2", "Already here, the same 0", "Nothing is taken in yet")
	if w.onHand() != 0 {
		t.Fatal("looking at a file took it in")
	}
	where := action.FindStringSubmatch(a.body)[1]
	var gone string
	for range 2 { // a second click finds it done
		r := kay.post(where, nil)
		if r.status != http.StatusSeeOther {
			t.Fatalf("taking in answers %d", r.status)
		}
		gone = r.to
	}
	has(t, words(kay.get(gone).body), "The file is taken in", "2 rows of receipts.csv", "New 2")
	if w.onHand() != 70 {
		t.Errorf("%d kits on hand", w.onHand())
	}
	has(t, words(kay.takenIn(at, "supplies", "supplies.csv", supplies).body), "Rows 2")
	if w.onHand() != 67 {
		t.Errorf("%d kits on hand", w.onHand())
	}
	again := kay.upload(at, "supplies", "supplies.csv", supplies)
	has(t, words(again.body), "New 0", "Already here, the same 2", "nothing to take in")
	lacks(t, again.body, "/take")
	log, err := w.app.Staff.AuditLog(context.Background(), w.people["ann"], staff.Place{Area: w.harbour.Area}, "", 10)
	w.must(err)
	var lines []string
	for _, e := range log {
		if strings.Contains(e.Subject, "file") {
			lines = append(lines, fmt.Sprint(e.Deed, " ", e.Subject, " ", e.Detail))
		}
	}
	if got := strings.Join(lines, "; "); got != "import file supplies rows 2, new 2, changed 0; import file receipts rows 2, new 2, changed 0" {
		t.Errorf("the audit log says %q", got)
	}
}

func TestAFileWithFaults(t *testing.T) {
	w := newWorld(t)
	kay := w.as("kay")
	at := "/areas/E09000002/import"
	text := "occurred_on,outlet,product,lot,expiry,kits\n2026-11-01,BD-01,prenoxad,0116917,2028-02,50\n2026-11-31,BD-01,prenoxad,0116917,2028-02,-3\n2026-11-01,BT-01,prenoxad,0116917,2028-02,5\n2026-11-01,BD-99,prenoxad,CANARY,2028-02,5\n"
	a := kay.upload(at, "receipts", "bad.csv", text)
	if a.status != http.StatusUnprocessableEntity {
		t.Errorf("answers %d", a.status)
	}
	has(t, words(a.body), "4 things are wrong", "Nothing was taken in", "2026-11-31", "-3", "BD-99", "BT-01")
	lacks(t, a.body, "/take")
	link := regexp.MustCompile(`href="([^"]+faults.csv)"`).FindStringSubmatch(a.body)
	if link == nil {
		t.Fatal("the faults cannot be downloaded")
	}
	file := kay.get(link[1])
	has(t, file.body, "row,column,value,reason\n3,occurred_on,2026-11-31,", "3,kits,-3,", "5,outlet,BD-99,")
	if r := w.as("bo").get(link[1]); r.status == http.StatusOK {
		t.Error("another sees the faults")
	}
	if r := w.as("ann").get(link[1]); r.status != http.StatusNotFound { // who may do all here, in another session
		t.Errorf("another session gets %d", r.status)
	}
	for _, c := range []struct{ kind, text, says string }{
		{"", receipts, "Choose what the file holds"},
		{"areas", "code,name,kind\n", "Choose what the file holds"}, // not for a coordinator
		{"receipts", "", "not empty"},
		{"receipts", "a,b\n1,2\n", "column"},
		{"supplies", receipts, "column"},
	} {
		r := kay.upload(at, c.kind, "x.csv", c.text)
		if r.status != http.StatusUnprocessableEntity || !strings.Contains(words(r.body), c.says) {
			t.Errorf("%s %.20q: %d %s", c.kind, c.text, r.status, words(r.body))
		}
	}
	big := kay.upload(at, "receipts", "big.csv", strings.Repeat("x", 33<<20))
	if big.status != http.StatusUnprocessableEntity || !strings.Contains(words(big.body), "larger than 32 MB") {
		t.Errorf("a file too large answers %d", big.status)
	}
	if w.onHand() != 0 {
		t.Error("something was stored")
	}
	if strings.Contains(w.log.String(), "CANARY") {
		t.Error("the log holds what a file held")
	}
	has(t, words(kay.takenIn(at, "receipts", "receipts.csv", receipts).body), "Rows 2")
}

// TestTwoAuthoritiesOneName: files of one name from two authorities are two files.
func TestTwoAuthoritiesOneName(t *testing.T) {
	w := newWorld(t)
	w.as("kay").takenIn("/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	has(t, words(w.as("bo").takenIn("/areas/E09000003/import", "receipts", "receipts.csv", strings.ReplaceAll(receipts, "BD-01", "BT-01")).body), "New 2")
}

func TestWhoMayImport(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		who, path string
		status    int
	}{
		{"ann", "/import", 200},
		{"kay", "/import", 403},
		{"sam", "/import", 403},
		{"kay", "/areas/E09000002/import", 200},
		{"bo", "/areas/E09000002/import", 403},
		{"sam", "/areas/E09000002/import", 403},
		{"kay", "/areas/E09000002/export/supplies.csv", 200},
		{"bo", "/areas/E09000002/export/supplies.csv", 403},
		{"sam", "/areas/E09000002/export/supplies.csv", 403},
		{"kay", "/areas/E09000002/export/accounts.csv", 404},
		{"kay", "/areas/E09000002/export/supplies.exe", 404},
		{"ann", "/import/template/returns", 200},
		{"kay", "/areas/E09000002/import/template/supplies", 200},
		{"kay", "/areas/E09000002/import/template/areas", 404},
	} {
		if got := w.as(c.who).get(c.path).status; got != c.status {
			t.Errorf("%s: %s answers %d, not %d", c.who, c.path, got, c.status)
		}
	}
}

// TestAdministratorTakesInEveryKind takes in each template as it is, after the registry it speaks of.
func TestAdministratorTakesInEveryKind(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	page := ann.get("/import")
	for _, m := range regexp.MustCompile(`href="/import/template/([a-z]+)"`).FindAllStringSubmatch(page.body, -1) {
		text := ann.get("/import/template/" + m[1]).body
		switch m[1] {
		case "areas": // the region it names is not in this world
			text = strings.ReplaceAll(text, "E12000007", "E92000001")
		case "transfers", "supplies", "uses", "writeoffs", "unmet", "receipts":
			continue // their rules are tested above and in the ledger
		}
		a := ann.upload("/import", m[1], m[1]+".csv", text)
		if a.status != http.StatusOK && a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", m[1], a.status)
		}
		if where := action.FindStringSubmatch(a.body); where != nil {
			if r := ann.post(where[1], nil); r.status != http.StatusSeeOther {
				t.Errorf("%s is not taken in: %d", m[1], r.status)
			}
		} else if !strings.Contains(a.body, "nothing to take in") {
			t.Errorf("%s: %s", m[1], words(a.body))
		}
	}
}

func TestExportComesInAgain(t *testing.T) {
	w := newWorld(t)
	kay := w.as("kay")
	kay.takenIn("/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	kay.takenIn("/areas/E09000002/import", "supplies", "supplies.csv", strings.ReplaceAll(supplies, ",client_code", ",note"))
	out := kay.get("/areas/E09000002/export/supplies.csv")
	if n := strings.Count(out.body, "\n"); n != 3 {
		t.Fatalf("the file has %d lines", n)
	}
	lacks(t, out.body, "client")
	a := kay.upload("/areas/E09000002/import", "supplies", "out.csv", out.body)
	has(t, words(a.body), "Already here, the same 2", "New 0")
	if x := kay.get("/areas/E09000002/export/receipts.xlsx"); !strings.HasPrefix(x.body, "PK") {
		t.Error("the workbook is none")
	}
}

// TestNothingIsLeftOnDisk: a file that waits has no name in any folder.
func TestNothingIsLeftOnDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := newWorld(t)
	w.as("kay").upload("/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	w.must(err)
	for _, f := range left {
		if strings.HasPrefix(f.Name(), "everykit-") {
			t.Errorf("%s is left", f.Name())
		}
	}
}

// TestPagesFit asks axe about every page, and takes a file in with JavaScript off.
func TestPagesFit(t *testing.T) {
	w := newWorld(t)
	b := browser.Start(t)
	b.Open(w.url + "/as/ann")
	b.Check(w.url+"/import", http.StatusOK)
	b.Open(w.url + "/as/kay")
	b.Check(w.url+"/areas/E09000002/import", http.StatusOK)
	dir := t.TempDir()
	w.must(os.WriteFile(dir+"/bad.csv", []byte(strings.ReplaceAll(receipts, ",50", ",many")), 0o600))
	w.must(os.WriteFile(dir+"/receipts.csv", []byte(receipts), 0o600))
	for _, file := range []string{"bad.csv", "receipts.csv"} {
		b.Open(w.url + "/areas/E09000002/import")
		b.Set("#kind", "receipts")
		b.Type("#file", dir+"/"+file)
		b.Follow(`main button[type="submit"]`)
		for _, width := range browser.Widths {
			b.SetWidth(width)
			b.Fit()
		}
	}
	b.DisableJS()
	b.Follow(`main button[type="submit"]`)
	if !strings.Contains(b.Text("main"), "The file is taken in") || w.onHand() != 70 {
		t.Errorf("%s; %d kits", b.Text("main"), w.onHand())
	}
}
