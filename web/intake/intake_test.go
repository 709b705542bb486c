package intake_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"everykit/staff"
	"everykit/web/browser"
	"everykit/web/webtest"
)

const (
	receipts = "occurred_on,outlet,product,lot,expiry,kits\n2026-11-01,BD-01,prenoxad,0116917,2028-02,50\n02/11/2026,BD-01,nyxoid,NX7731,31/08/2028,20\n"
	supplies = "occurred_on,outlet,product,lot,kits,recipient,client_code\n2026-11-03,BD-01,prenoxad,0116917,2,at risk,\n2026-11-03,BD-01,prenoxad,0116917,1,,\n"
)

var action = regexp.MustCompile(`action="([^"]+/take)"`)

// upload sends a file as the import form does.
func upload(v *webtest.Visitor, to, kind, name, text string) webtest.Answer {
	return v.Upload(to, url.Values{"kind": {kind}}, "file", name, text)
}

// takenIn uploads a file, looks, and takes it in.
func takenIn(t *testing.T, v *webtest.Visitor, to, kind, name, text string) webtest.Answer {
	t.Helper()
	a := upload(v, to, kind, name, text)
	m := action.FindStringSubmatch(a.Body)
	if a.Status != http.StatusOK || m == nil {
		t.Fatalf("%s: the preview answers %d: %s", name, a.Status, a.Words())
	}
	r := v.Post(m[1], nil)
	if r.Status != http.StatusSeeOther {
		t.Fatalf("%s: taking it in answers %d", name, r.Status)
	}
	return v.Get(r.To)
}

func TestAFileInTwoSteps(t *testing.T) {
	w := webtest.NewBare(t)
	coordinator := w.As(webtest.Coordinator)
	at := "/areas/E09000002/import"
	a := upload(coordinator, at, "receipts", "receipts.csv", receipts)
	webtest.Says(t, a.Words(), "Rows 2", "New 2", "Already here, the same 0", "Nothing is taken in yet")
	if w.OnHand() != 0 {
		t.Fatal("looking at a file took it in")
	}
	where := action.FindStringSubmatch(a.Body)[1]
	var gone string
	for range 2 { // a second click finds it done
		r := coordinator.Post(where, nil)
		if r.Status != http.StatusSeeOther {
			t.Fatalf("taking in answers %d", r.Status)
		}
		gone = r.To
	}
	webtest.Says(t, coordinator.Get(gone).Words(), "The file is taken in", "2 rows of receipts.csv", "New 2")
	if w.OnHand() != 70 {
		t.Errorf("%d kits on hand", w.OnHand())
	}
	webtest.Says(t, takenIn(t, coordinator, at, "supplies", "supplies.csv", supplies).Words(), "Rows 2")
	if w.OnHand() != 67 {
		t.Errorf("%d kits on hand", w.OnHand())
	}
	again := upload(coordinator, at, "supplies", "supplies.csv", supplies)
	webtest.Says(t, again.Words(), "New 0", "Already here, the same 2", "nothing to take in")
	again.Lacks(t, "/take")
	log, err := w.Staff.AuditLog(context.Background(), w.Person(webtest.Administrator), staff.Place{Area: w.Home.Area}, "", 10)
	w.Must(err)
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
	w := webtest.NewBare(t)
	coordinator := w.As(webtest.Coordinator)
	at := "/areas/E09000002/import"
	text := "occurred_on,outlet,product,lot,expiry,kits\n2026-11-01,BD-01,prenoxad,0116917,2028-02,50\n2026-11-31,BD-01,prenoxad,0116917,2028-02,-3\n2026-11-01,BT-01,prenoxad,0116917,2028-02,5\n2026-11-01,BD-99,prenoxad,CANARY,2028-02,5\n"
	a := upload(coordinator, at, "receipts", "bad.csv", text)
	if a.Status != http.StatusUnprocessableEntity {
		t.Errorf("answers %d", a.Status)
	}
	webtest.Says(t, a.Words(), "4 things are wrong", "Nothing was taken in", "2026-11-31", "-3", "BD-99", "BT-01")
	a.Lacks(t, "/take")
	link := regexp.MustCompile(`href="([^"]+faults.csv)"`).FindStringSubmatch(a.Body)
	if link == nil {
		t.Fatal("the faults cannot be downloaded")
	}
	file := coordinator.Get(link[1])
	file.Says(t, "row,column,value,reason\n3,occurred_on,2026-11-31,", "3,kits,-3,", "5,outlet,BD-99,")
	if r := w.As(webtest.Elsewhere).Get(link[1]); r.Status == http.StatusOK {
		t.Error("another sees the faults")
	}
	if r := w.As(webtest.Administrator).Get(link[1]); r.Status != http.StatusNotFound { // who may do all here, in another session
		t.Errorf("another session gets %d", r.Status)
	}
	for _, c := range []struct{ kind, text, says string }{
		{"", receipts, "Choose what the file holds"},
		{"areas", "code,name,kind\n", "Choose what the file holds"}, // not for a coordinator
		{"receipts", "", "not empty"},
		{"receipts", "a,b\n1,2\n", "column"},
		{"supplies", receipts, "column"},
	} {
		r := upload(coordinator, at, c.kind, "x.csv", c.text)
		if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Words(), c.says) {
			t.Errorf("%s %.20q: %d %s", c.kind, c.text, r.Status, r.Words())
		}
	}
	big := upload(coordinator, at, "receipts", "big.csv", strings.Repeat("x", 33<<20))
	if big.Status != http.StatusUnprocessableEntity || !strings.Contains(big.Words(), "larger than 32 MB") {
		t.Errorf("a file too large answers %d", big.Status)
	}
	if w.OnHand() != 0 {
		t.Error("something was stored")
	}
	if strings.Contains(w.Log.String(), "CANARY") {
		t.Error("the log holds what a file held")
	}
	webtest.Says(t, takenIn(t, coordinator, at, "receipts", "receipts.csv", receipts).Words(), "Rows 2")
}

// TestTwoAuthoritiesOneName: files of one name from two authorities are two files.
func TestTwoAuthoritiesOneName(t *testing.T) {
	w := webtest.NewBare(t)
	takenIn(t, w.As(webtest.Coordinator), "/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	webtest.Says(t, takenIn(t, w.As(webtest.Elsewhere), "/areas/E09000003/import", "receipts", "receipts.csv", strings.ReplaceAll(receipts, "BD-01", "BT-01")).Words(), "New 2")
}

func TestWhoMayImport(t *testing.T) {
	w := webtest.NewBare(t)
	for _, c := range []struct {
		who, path string
		status    int
	}{
		{webtest.Administrator, "/import", 200},
		{webtest.Coordinator, "/import", 403},
		{webtest.Worker, "/import", 403},
		{webtest.Coordinator, "/areas/E09000002/import", 200},
		{webtest.Elsewhere, "/areas/E09000002/import", 403},
		{webtest.Worker, "/areas/E09000002/import", 403},
		{webtest.Coordinator, "/areas/E09000002/export/supplies.csv", 200},
		{webtest.Elsewhere, "/areas/E09000002/export/supplies.csv", 403},
		{webtest.Worker, "/areas/E09000002/export/supplies.csv", 403},
		{webtest.Coordinator, "/areas/E09000002/export/accounts.csv", 404},
		{webtest.Coordinator, "/areas/E09000002/export/supplies.exe", 404},
		{webtest.Administrator, "/import/template/returns", 200},
		{webtest.Coordinator, "/areas/E09000002/import/template/supplies", 200},
		{webtest.Coordinator, "/areas/E09000002/import/template/areas", 404},
	} {
		if got := w.As(c.who).Get(c.path).Status; got != c.status {
			t.Errorf("%s: %s answers %d, not %d", c.who, c.path, got, c.status)
		}
	}
}

// TestAdministratorTakesInEveryKind takes in each template as it is, after the registry it speaks of.
func TestAdministratorTakesInEveryKind(t *testing.T) {
	w := webtest.NewBare(t)
	administrator := w.As(webtest.Administrator)
	page := administrator.Get("/import")
	for _, m := range regexp.MustCompile(`href="/import/template/([a-z]+)"`).FindAllStringSubmatch(page.Body, -1) {
		text := administrator.Get("/import/template/" + m[1]).Body
		switch m[1] {
		case "transfers", "supplies", "uses", "writeoffs", "unmet", "receipts":
			continue // their rules are tested above and in the ledger
		}
		a := upload(administrator, "/import", m[1], m[1]+".csv", text)
		if a.Status != http.StatusOK && a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", m[1], a.Status)
		}
		if where := action.FindStringSubmatch(a.Body); where != nil {
			if r := administrator.Post(where[1], nil); r.Status != http.StatusSeeOther {
				t.Errorf("%s is not taken in: %d", m[1], r.Status)
			}
		} else if !strings.Contains(a.Body, "nothing to take in") {
			t.Errorf("%s: %s", m[1], a.Words())
		}
	}
}

func TestExportComesInAgain(t *testing.T) {
	w := webtest.NewBare(t)
	coordinator := w.As(webtest.Coordinator)
	takenIn(t, coordinator, "/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	takenIn(t, coordinator, "/areas/E09000002/import", "supplies", "supplies.csv", strings.ReplaceAll(supplies, ",client_code", ",note"))
	out := coordinator.Get("/areas/E09000002/export/supplies.csv")
	if n := strings.Count(out.Body, "\n"); n != 3 {
		t.Fatalf("the file has %d lines", n)
	}
	out.Lacks(t, "client")
	a := upload(coordinator, "/areas/E09000002/import", "supplies", "out.csv", out.Body)
	webtest.Says(t, a.Words(), "Already here, the same 2", "New 0")
	if x := coordinator.Get("/areas/E09000002/export/receipts.xlsx"); !strings.HasPrefix(x.Body, "PK") {
		t.Error("the workbook is none")
	}
}

// TestNothingIsLeftOnDisk: a file that waits has no name in any folder.
func TestNothingIsLeftOnDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := webtest.NewBare(t)
	upload(w.As(webtest.Coordinator), "/areas/E09000002/import", "receipts", "receipts.csv", receipts)
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	w.Must(err)
	for _, f := range left {
		if strings.HasPrefix(f.Name(), "everykit-") {
			t.Errorf("%s is left", f.Name())
		}
	}
}

// TestPagesFit asks axe about every page, and takes a file in with JavaScript off.
func TestPagesFit(t *testing.T) {
	w := webtest.NewBare(t)
	b := browser.Start(t)
	b.Open(w.WayIn(webtest.Administrator))
	b.Check(w.URL+"/import", http.StatusOK)
	b.Open(w.WayIn(webtest.Coordinator))
	b.Check(w.URL+"/areas/E09000002/import", http.StatusOK)
	dir := t.TempDir()
	w.Must(os.WriteFile(dir+"/bad.csv", []byte(strings.ReplaceAll(receipts, ",50", ",many")), 0o600))
	w.Must(os.WriteFile(dir+"/receipts.csv", []byte(receipts), 0o600))
	for _, file := range []string{"bad.csv", "receipts.csv"} {
		b.Open(w.URL + "/areas/E09000002/import")
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
	if !strings.Contains(b.Text("main"), "The file is taken in") || w.OnHand() != 70 {
		t.Errorf("%s; %d kits", b.Text("main"), w.OnHand())
	}
}

// TestNoticesComeInAsDrafts takes in a file of notices: nobody is told before somebody has looked.
func TestNoticesComeInAsDrafts(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	administrator := w.As(webtest.Administrator)
	const file = "notice,regulator,issued_on,action,product,lot,expiry,title\nW/1,MHRA,2026-11-20,withdraw,prenoxad,0116917,,It may leak\nW/1,MHRA,,,prenoxad,0117002,,\n"
	refused := upload(administrator, "/import", "notices", "bad.csv", strings.Replace(file, "withdraw", "shout", 1))
	refused.Is(t, http.StatusUnprocessableEntity, "", "shout")
	takenIn(t, administrator, "/import", "notices", "notices.csv", file)
	administrator.Open("/notices").Says(t, "Drafts", "It may leak")
	w.As(webtest.Worker).Open("/notices").Lacks(t, "It may leak")
	if n := w.Shelf(first); n != 24 {
		t.Errorf("a draft left %d kits on the shelf", n)
	}
	upload(w.As(webtest.Coordinator), "/areas/E09000002/import", "notices", "notices.csv", file).Is(t, http.StatusUnprocessableEntity, "")
}
