package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"everykit/language"
)

// use is one place where a page asks for a message.
type use struct {
	where  string
	key    string   // or the beginning of one, if the rest is known only when the page is drawn
	begins bool     // it is a beginning
	names  []string // of the places that are filled; nil if they cannot be read
	markup bool     // asked for with HTML
}

// asks are the names of the methods that give a message.
var asks = map[string]bool{"T": false, "HTML": true, "Markup": true}

// usesInGo reads the calls of T and HTML in a file, and all its texts that are keys: those may reach T by a variable.
func usesInGo(t *testing.T, path string) (list []use, texts []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value)
			texts = append(texts, s)
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		markup, known := asks[sel.Sel.Name]
		args := call.Args
		if sel.Sel.Name == "Markup" && len(args) > 0 {
			args = args[1:] // the first is the words
		}
		if on, ok := sel.X.(*ast.Ident); !known || len(args) == 0 || ok && on.Name == "template" {
			return true
		}
		u := use{where: set.Position(call.Pos()).String(), markup: markup}
		switch key := args[0].(type) {
		case *ast.BasicLit:
			u.key, _ = strconv.Unquote(key.Value)
		case *ast.BinaryExpr: // "find.open-" + state
			if lit, ok := key.X.(*ast.BasicLit); ok && key.Op == token.ADD {
				u.key, _ = strconv.Unquote(lit.Value)
				u.begins = true
			}
		}
		if u.key == "" {
			return true // by a variable: the texts above have the key
		}
		u.names = []string{}
		for i := 1; i < len(args); i += 2 {
			lit, ok := args[i].(*ast.BasicLit)
			if !ok || call.Ellipsis != token.NoPos {
				u.names = nil
				break
			}
			name, _ := strconv.Unquote(lit.Value)
			u.names = append(u.names, name)
		}
		list = append(list, u)
		return true
	})
	return list, texts
}

// usesInTemplate reads what a file of templates asks T and HTML for.
func usesInTemplate(t *testing.T, path string) []use {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	trees := map[string]*parse.Tree{}
	tree := parse.New(path)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(body), "", "", trees); err != nil {
		t.Fatal(err)
	}
	var list []use
	var walk func(parse.Node)
	each := func(nodes []parse.Node) {
		for _, n := range nodes {
			walk(n)
		}
	}
	branch := func(n *parse.BranchNode) {
		walk(n.Pipe)
		walk(n.List)
		if n.ElseList != nil {
			walk(n.ElseList)
		}
	}
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			each(n.Nodes)
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				walk(n.Pipe)
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				walk(c)
			}
		case *parse.CommandNode:
			if u, ok := useInCommand(n); ok {
				u.where = path
				list = append(list, u)
			}
			each(n.Args)
		}
	}
	for _, tree := range trees {
		walk(tree.Root)
	}
	return list
}

// useInCommand reads {{$.T "key" "name" value}}.
func useInCommand(n *parse.CommandNode) (use, bool) {
	var idents []string
	switch of := n.Args[0].(type) {
	case *parse.FieldNode:
		idents = of.Ident
	case *parse.VariableNode:
		idents = of.Ident
	}
	if len(idents) == 0 || len(n.Args) < 2 {
		return use{}, false
	}
	markup, known := asks[idents[len(idents)-1]]
	if !known {
		return use{}, false
	}
	u := use{markup: markup, names: []string{}}
	switch key := n.Args[1].(type) {
	case *parse.StringNode:
		u.key = key.Text
	case *parse.PipeNode: // (print "find.open-" .State)
		args := key.Cmds[0].Args
		if s, ok := args[min(1, len(args)-1)].(*parse.StringNode); ok {
			u.key, u.begins = s.Text, true
		}
	}
	for i := 2; i < len(n.Args); i += 2 {
		if s, ok := n.Args[i].(*parse.StringNode); ok {
			u.names = append(u.names, s.Text)
		}
	}
	return u, true
}

// wrong says what is not right about a use, "" if nothing.
func (u use) wrong() string {
	if u.begins {
		if slices.ContainsFunc(language.Keys(), func(k string) bool { return strings.HasPrefix(k, u.key) }) {
			return ""
		}
		return "no message begins so"
	}
	m, ok := language.About(u.key)
	switch {
	case u.key == "":
		return "its key cannot be read: write it out, or a beginning and a value"
	case !ok:
		return "English has no such message"
	case m.Markup && !u.markup:
		return "it has markup: ask for it with HTML"
	case u.names == nil:
		return ""
	}
	for _, p := range m.Places {
		if !slices.Contains(u.names, p) {
			return "nothing fills {" + p + "}"
		}
	}
	for _, n := range u.names {
		if !slices.Contains(m.Places, n) {
			return "it has no place {" + n + "}"
		}
	}
	return ""
}

// TestEveryMessageIsThereAndIsUsed reads all templates and all code of the pages: each key is in English, with the places that are
// filled, and each English message is asked for somewhere.
func TestEveryMessageIsThereAndIsUsed(t *testing.T) {
	used := map[string]bool{}
	var begins []string
	n := 0
	texts := []string{}
	for _, root := range []string{".", "../language"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && slices.Contains([]string{"node_modules", "dist", "testdata", "frontend"}, d.Name()) {
				return fs.SkipDir
			}
			var list []use
			switch {
			case strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "webtest"):
			case strings.HasSuffix(path, ".go"):
				var more []string
				list, more = usesInGo(t, path)
				texts = append(texts, more...)
			case strings.HasSuffix(path, ".html"):
				list = usesInTemplate(t, path)
			}
			for _, u := range list {
				n++
				if wrong := u.wrong(); wrong != "" {
					t.Errorf("%s asks for %q: %s", u.where, u.key, wrong)
				}
				used[u.key] = true
				if u.begins {
					begins = append(begins, u.key)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 150 {
		t.Errorf("only %d uses were found: this test does not see them", n)
	}
	for _, s := range texts { // a key in a table of a handler, or a beginning that is handed on
		used[s] = true
		if strings.HasSuffix(s, "-") && strings.Contains(s, ".") {
			begins = append(begins, s)
		}
	}
	for _, key := range language.Keys() {
		if !used[key] && !strings.HasPrefix(key, "faults.") && !slices.ContainsFunc(begins, func(b string) bool { return strings.HasPrefix(key, b) }) {
			t.Errorf("no page uses the message %s", key)
		}
	}
}

// TestUsesCanBeWrong keeps the test above honest.
func TestUsesCanBeWrong(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.html")
	const body = `{{define "main"}}{{with .Body}}{{$.T "check.titel"}}{{end}}{{if .T "check.typed-in-date"}}{{end}}{{template "x" (.Field "a" (.T "check.one-email"))}}{{range .B}}{{else}}{{.Words.T "shell.menu" "n" 1}}{{end}}{{.T (print "nowhere." .X)}}{{.T "shell.menu"}}{{end}}`
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range usesInTemplate(t, file) {
		got = append(got, u.wrong())
	}
	want := []string{"English has no such message", "nothing fills {date}", "it has markup: ask for it with HTML", "it has no place {n}", "no message begins so", ""}
	if !slices.Equal(got, want) {
		t.Errorf("it finds %q", got)
	}
	file = filepath.Join(dir, "x.go")
	const code = "package x\nfunc f() { v.T(\"check.titel\"); w.HTML(\"check.title\", \"x\", 1); template.HTML(\"a.b\"); v.T(begins+\"x\"); v.T(\"check.kit-\" + x) }"
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	list, _ := usesInGo(t, file)
	got = nil
	for _, u := range list {
		got = append(got, u.wrong())
	}
	if want := []string{"English has no such message", "it has no place {x}", ""}; !slices.Equal(got, want) {
		t.Errorf("it finds %q", got)
	}
}

// TestFaultsAreThoseOfTheRooms: every message of faults.json is said by a room below in the same words, or it would never be found.
func TestFaultsAreThoseOfTheRooms(t *testing.T) {
	said := map[string]bool{}
	verb := regexp.MustCompile(`%[a-z]`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", "dist", "testdata", ".git", "bench", "tools"}, d.Name()) {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return nil // somebody is writing it: the compiler says so
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, _ := strconv.Unquote(lit.Value)
					said[verb.ReplaceAllString(s, "{}")] = true
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`\{[a-z]+\}`)
	for _, key := range language.Keys() {
		m, _ := language.About(key)
		if strings.HasPrefix(key, "faults.") && !said[place.ReplaceAllString(m.Texts["other"], "{}")] {
			t.Errorf("no room says %s: %s", key, m.Texts["other"])
		}
	}
}

// schoolYear is the highest grade of Flesch and Kincaid that a file of messages for the public may have as a whole.
const schoolYear = 7

// labelWords is how many words a label has at most. Labels are left out: they would make any text seem easy.
const labelWords = 6

// TestMessagesCanBeRead keeps the words of each file to what most people of 12 can read, and all of them to words that name people
// first.
func TestMessagesCanBeRead(t *testing.T) {
	files := map[string]string{}
	for _, key := range language.Keys() {
		m, _ := language.About(key)
		for _, form := range slices.Sorted(maps.Keys(m.Texts)) {
			if text := tagOf.ReplaceAllString(m.Texts[form], ""); len(letter.FindAllString(text, -1)) > labelWords {
				files[m.File] += text + ".\n"
			}
		}
		for _, text := range m.Texts {
			for _, bad := range []string{"addict", "abuser", "user", "junkie", "victim", "suffer", "click here"} {
				if strings.Contains(strings.ToLower(text), bad) {
					t.Errorf("%s says %q", key, bad)
				}
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if len(letter.FindAllString(files[file], -1)) < 60 { // too few words for a mean to say anything
			continue
		}
		g := grade(files[file])
		if g > schoolYear {
			t.Errorf("%s needs the reading of school year %.1f", file, g)
		}
	}
	if g := grade("Notwithstanding considerable manufacturing irregularities, individuals possessing the aforementioned pharmaceutical preparation should immediately consult an appropriately registered practitioner."); g < 12 {
		t.Errorf("an office's sentence is of grade %.1f", g)
	}
}

var (
	tagOf   = regexp.MustCompile(`<[^>]*>`)
	endOf   = regexp.MustCompile(`[.!?:;\n]+`)
	vowelOf = regexp.MustCompile(`[aeiouy]+`)
	letter  = regexp.MustCompile(`[A-Za-z’']+`)
)

// grade is the Flesch–Kincaid grade, the school year in which a text is read: 0.39 words a sentence + 11.8 syllables a word - 15.59.
func grade(text string) float64 {
	words := letter.FindAllString(strings.ToLower(text), -1)
	sentences := 0
	for _, s := range endOf.Split(text, -1) {
		if letter.MatchString(s) {
			sentences++
		}
	}
	syllables := 0
	for _, w := range words {
		n := len(vowelOf.FindAllString(w, -1))
		if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
			n--
		}
		syllables += max(n, 1)
	}
	return 0.39*float64(len(words))/float64(sentences) + 11.8*float64(syllables)/float64(len(words)) - 15.59
}
