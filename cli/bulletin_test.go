package cli_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// figure checks one field of one figure in bulletin.json: json FILE ID FIELD VALUE. A list holds VALUE without its brackets, and
// "nothing" is a field that is null or not there.
func figure(ts *testscript.TestScript, _ bool, args []string) {
	var of struct {
		Figures []map[string]any `json:"figures"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &of))
	at := slices.IndexFunc(of.Figures, func(f map[string]any) bool { return f["id"] == args[1] })
	if at < 0 {
		ts.Fatalf("there is no figure %s", args[1])
	}
	got, want := of.Figures[at][args[2]], args[3]
	if list, ok := got.([]any); ok && slices.ContainsFunc(list, func(v any) bool { return "["+fmt.Sprint(v)+"]" == want }) {
		return
	}
	if got == nil && want == "nothing" || got != nil && fmt.Sprint(got) == want {
		return
	}
	ts.Fatalf("%s of %s is %v, want %s", args[2], args[1], got, want)
}

// inZip looks for a text in the files of a zip, their names too: incsv FILE TEXT.
func inZip(ts *testscript.TestScript, _ bool, args []string) {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	for _, f := range z.File {
		if filepath.Base(f.Name) == args[1] {
			return
		}
		r, err := f.Open()
		ts.Check(err)
		body, err := io.ReadAll(r)
		ts.Check(err)
		if strings.Contains(string(body), args[1]) {
			return
		}
	}
	ts.Fatalf("%s is nowhere in %s", args[1], args[0])
}
