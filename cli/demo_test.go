package cli_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"everykit/cli"
)

// once runs a command to its end and gives its exit code and what it wrote.
func once(args ...string) (code int, out, said string) {
	var o, e bytes.Buffer
	code = cli.Run(context.Background(), args, cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e, Env: func(string) string { return "" }})
	return code, o.String(), e.String()
}

func TestDemoServesAMadeUpNationAndCleansUp(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := serve(t, "demo", "--scale", "0.02", "--log", "json", "--listen", "127.0.0.1:0")
	for _, want := range []string{"152 authorities", s.home + "/\n", "worker@demo.example", "administrator@demo.example", "PIN ", "are made up"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, s.out.String())
		}
	}
	code, page := s.get(s.home + "/sign-in")
	if code != http.StatusOK || !strings.Contains(page, "made up") {
		t.Errorf("the sign-in page (%d) does not say that things are made up", code)
	}
	if made, _ := filepath.Glob(filepath.Join(dir, "everykit-demo-*", "demo.db")); len(made) != 1 {
		t.Errorf("%d databases in the temporary folder while it runs", len(made))
	}
	s.stop()
	end := <-s.code
	s.code <- end
	if end != 0 {
		t.Errorf("exit code %d\n%s", end, s.log())
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v %v", left, err)
	}
}

func TestDemoKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	s := serve(t, "demo", "--scale", "0.02", "--seed", "7", "--log", "json", "--listen", "127.0.0.1:0", "--keep", dir)
	s.stop()
	end := <-s.code
	s.code <- end
	db := filepath.Join(dir, "demo.db")
	if code, _, said := once("verify", "--db", db); code != 0 || !strings.Contains(said, "0 differences") {
		t.Errorf("verify: %d %s", code, said)
	}
	code, _, said := once("demo", "--listen", "127.0.0.1:0", "--keep", dir)
	if code != 1 || !strings.Contains(said, "everykit serve --db "+db) {
		t.Errorf("a second demo in one folder: %d %s", code, said)
	}
	again := serve(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--log", "json", "--metrics", "off")
	if _, page := again.get(again.home + "/sign-in"); !strings.Contains(page, "made up") {
		t.Error("served again, it does not say that it is made up")
	}
}

func TestDemoRefusesAScaleOutOfRange(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, scale := range []string{"-1", "1e9"} {
		if code, _, said := once("demo", "--listen", "127.0.0.1:0", "--scale", scale); code != 1 || !strings.Contains(said, "scale") {
			t.Errorf("scale %s: exit code %d, %s", scale, code, said)
		}
	}
	if code, _, _ := once("demo", "--scale", "large"); code != 2 {
		t.Error("a scale that is no number is not wrong usage")
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWordsOfHelpGoNowhereElse(t *testing.T) {
	var said bytes.Buffer
	code := cli.Run(context.Background(), []string{"demo", "--help"}, cli.Streams{Out: io.Discard, Err: &said, Env: func(string) string { return "" }})
	if code != 0 || said.Len() > 0 {
		t.Errorf("help: exit code %d, on stderr %q", code, said.String())
	}
}
