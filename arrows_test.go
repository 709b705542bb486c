package main_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the folders of the program, from the top to the bottom. A room may import those that stand after it, and
// nothing else of ours. What lies within a room's folder belongs to it.
var rooms = []string{
	"crash",      // kills the program from outside: a test and nothing else
	"cli",        // commands; builds the rooms and joins them
	"web",        // pages
	"api",        // the same deeds as JSON
	"demo",       // a made-up nation
	"bulletin",   // a period's publication
	"opendata",   // tables that anybody may take away
	"scorecard",  // where each authority stands, its gaps, what would close them
	"support",    // help with gaps: who does what by when
	"survey",     // a round of questions
	"request",    // kits that people ask for
	"outreach",   // after an overdose
	"study",      // analyses
	"library",    // the research shelf
	"reminder",   // an e-mail that somebody asked for, kept apart from everything
	"expiry",     // what runs out when, what to move, what to reissue; the daily digest
	"notice",     // notices about lots: told, seen, answered
	"measure",    // what is counted
	"ledger",     // every kit is always somewhere
	"postcode",   // where a postcode is
	"registry",   // areas, outlets, products, estimates
	"staff",      // accounts, roles, sessions, the audit log
	"mail",       // what is sent by e-mail: an outbox that never doubles
	"data",       // files that are built in
	"store",      // the database
	"scan",       // a code read from a picture
	"disclosure", // hides small numbers, and tries to undo it
	"document",   // a report as a value, and its writers
	"language",   // the words of public pages, and other languages
	"table",      // rows in and out
	"draw",       // charts and maps
	"token",      // of personal links
	"gs1",        // element strings
	"stat",       // rates and intervals
	"civil",      // dates and periods
	"fault",      // kinds of error
}

// leaves know no SQL and no HTTP.
var leaves = []string{"data", "scan", "disclosure", "document", "language", "table", "draw", "token", "gs1", "stat", "civil", "fault"}

// strange are the imports that make a leaf something else.
var strange = []string{"database/sql", "net/http", "modernc.org/sqlite", "github.com/jackc/pgx/v5"}

// apart are pairs that must not know each other in either direction.
var apart = [][2]string{{"web", "api"}}

// isSupport reports whether a package is for tests alone: those whose name ends in "test", and the browser.
func isSupport(pkg string) bool {
	return strings.HasPrefix(pkg, "everykit/") && strings.HasSuffix(pkg, "test") || pkg == "everykit/web/browser"
}

// beside are top-level names that are no rooms: modules of their own, the test that kills the program, what is built, and
// the papers of the house.
var beside = []string{
	"bench", "crash", "tools", "bin", "docs",
	"main.go", "arrows_test.go", "go.mod", "go.sum", "Makefile", "LICENSE", "README.md",
}

const mostLines = 500

// source is one file of ours.
type source struct {
	path string // with slashes, from the root
	body []byte
}

func (s source) room() string {
	room, _, _ := strings.Cut(s.path, "/")
	return room
}

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// sources are the files of all rooms and of the root whose names end so. What npm and builds bring is not ours.
func sources(t *testing.T, endings ...string) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		p = filepath.ToSlash(p)
		if d.IsDir() {
			if p != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"node_modules", "dist", "testdata", "bin", "bench", "tools", "docs"}, d.Name())) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains(endings, path.Ext(p)) {
			return nil
		}
		body, err := os.ReadFile(p)
		all = append(all, source{p, body})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("no files that end in %v: this test must run in the root of the module", endings)
	}
	return all
}

// TestArrows reads every import and fails on one that climbs.
func TestArrows(t *testing.T) {
	for _, s := range sources(t, ".go") {
		file, err := parser.ParseFile(token.NewFileSet(), s.path, s.body, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, i := range file.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if wrong := arrow(s, imported); wrong != "" {
				t.Errorf("%s imports %s: %s", s.path, imported, wrong)
			}
		}
	}
}

// arrow says what is wrong with an import, "" if nothing.
func arrow(s source, imported string) string {
	from := s.room()
	if isSupport(imported) {
		if s.isTest() || isSupport("everykit/"+path.Dir(s.path)) {
			return ""
		}
		return "that is for tests alone"
	}
	if slices.Contains(leaves, from) {
		for _, p := range strange {
			if imported == p || strings.HasPrefix(imported, p+"/") {
				return from + " is a leaf: it knows no SQL and no HTTP"
			}
		}
	}
	to, ours := strings.CutPrefix(imported, "everykit/")
	if !ours {
		return ""
	}
	to, _, _ = strings.Cut(to, "/")
	if from == s.path { // a file of the root
		if to == "cli" {
			return ""
		}
		return "the root starts cli and knows nothing else"
	}
	for _, pair := range apart {
		if (from == pair[0] && to == pair[1]) || (from == pair[1] && to == pair[0]) {
			return from + " and " + to + " do not know each other"
		}
	}
	above, below := slices.Index(rooms, from), slices.Index(rooms, to)
	switch {
	case below < 0:
		return to + " is not on the list of rooms"
	case from != to && below < above:
		return "the arrow climbs: " + to + " stands above " + from
	}
	return ""
}

// TestArrowsCanFail keeps the test above honest.
func TestArrowsCanFail(t *testing.T) {
	for _, c := range []struct {
		file, imported string
		wrong          bool
	}{
		{"ledger/supply.go", "everykit/registry", false},
		{"ledger/supply.go", "everykit/measure", true},
		{"ledger/supply_test.go", "everykit/measure", true},
		{"ledger/supply_test.go", "everykit/store/storetest", false},
		{"ledger/supply.go", "everykit/store/storetest", true},
		{"web/figures/figurestest/world.go", "everykit/store/storetest", false},
		{"table/csv.go", "database/sql", true},
		{"table/csv.go", "net/http/httptest", true},
		{"table/csv.go", "everykit/store", true},
		{"table/csv.go", "everykit/fault", false},
		{"web/outlet/give.go", "everykit/web/page", false},
		{"web/web.go", "everykit/api", true},
		{"api/api.go", "everykit/web/page", true},
		{"api/api.go", "everykit/helpers", true},
		{"main.go", "everykit/cli", false},
		{"main.go", "everykit/store", true},
	} {
		if got := arrow(source{path: c.file}, c.imported); (got != "") != c.wrong {
			t.Errorf("%s importing %s: %q", c.file, c.imported, got)
		}
	}
}

// TestEveryRoomIsOnTheList fails on a folder or a file nobody has a place for.
func TestEveryRoomIsOnTheList(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		kept := strings.HasPrefix(name, ".") || strings.Contains(name, ".db") || strings.HasSuffix(name, ".key") // as .gitignore has it
		if !kept && !slices.Contains(beside, name) && (!slices.Contains(rooms, name) || !e.IsDir()) {
			t.Errorf("%s is neither a room nor one of the things beside them: add it to the list it belongs to", name)
		}
	}
}

// TestEveryPackageHasItsEssay fails on a package without a comment that says what lives there.
func TestEveryPackageHasItsEssay(t *testing.T) {
	said := map[string]int{}
	for _, s := range sources(t, ".go") {
		if s.isTest() {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), s.path, s.body, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		dir := path.Dir(s.path)
		said[dir] = max(said[dir], essay(file))
	}
	for dir, n := range said {
		if n < 80 {
			t.Errorf("package %s: its comment has %d letters; say what lives here, what it promises, and where to start reading", dir, n)
		}
	}
}

func essay(file *ast.File) int {
	if file.Doc == nil {
		return 0
	}
	return len(file.Doc.Text())
}

// TestFilesAreShort fails on a file that is two ideas.
func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t, ".go") {
		most := mostLines
		if s.path == "main.go" {
			most = 40
		}
		if n := bytes.Count(s.body, []byte("\n")); n > most {
			t.Errorf("%s has %d lines, and may have %d", s.path, n, most)
		}
	}
}

// TestNothingIsPutOff fails on a note that something is still to be done.
func TestNothingIsPutOff(t *testing.T) {
	marks := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X:"}
	for _, s := range sources(t, ".go", ".sql", ".html", ".js", ".mjs", ".scss", ".css") {
		for n, line := range strings.Split(string(s.body), "\n") {
			for _, m := range marks {
				if strings.Contains(line, m) {
					t.Errorf("%s:%d: %s left", s.path, n+1, m)
				}
			}
		}
	}
}
