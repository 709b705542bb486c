package cli_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"everykit/cli"
	"everykit/store"
	"everykit/store/storetest"
)

// stopping ends the PostgreSQL server that tests started before the test program exits.
type stopping struct{ *testing.M }

// Run implements testscript.TestingM.
func (s stopping) Run() int {
	code := s.M.Run()
	storetest.Stop()
	return code
}

func TestMain(m *testing.M) {
	testscript.Main(stopping{m}, map[string]func(){"everykit": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(cli.Run(ctx, os.Args[1:], cli.Process()))
	}})
}

// TestScripts runs every script on both engines. Each finds an empty database of its own at EVERYKIT_DB and another at
// DB2, the published figures of facts in the folder DATA, and the name of the engine as a condition: [sqlite], [postgres].
func TestScripts(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir:                 "testdata/script",
				RequireExplicitExec: true,
				RequireUniqueNames:  true,
				Setup: func(env *testscript.Env) error {
					one, two := filepath.Join(env.WorkDir, "one.db"), filepath.Join(env.WorkDir, "two.db")
					if engine == "postgres" {
						one, two = storetest.PostgresDSN(t), storetest.PostgresDSN(t)
					}
					env.Setenv("EVERYKIT_DB", one)
					env.Setenv("DB2", two)
					data, err := filepath.Abs("../data")
					env.Setenv("DATA", data)
					return err
				},
				Condition: func(name string) (bool, error) { return name == engine, nil },
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"exits": exits, "sql": runSQL, "bom": bom, "json": figure, "incsv": inZip,
				},
			})
		})
	}
}

// exits runs a program and checks its exit code: exits 2 everykit import.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// runSQL changes the database behind Everykit's back: sql 'UPDATE ...'.
func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	db, err := store.Open(ctx, ts.Getenv("EVERYKIT_DB"), nil)
	ts.Check(err)
	defer db.Close()
	ts.Check(db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, args[0])
		if err == nil && n == 0 {
			err = errors.New("no row was changed")
		}
		return err
	}))
}

// bom puts a byte order mark before a file, as spreadsheets do.
func bom(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(path, []byte("\ufeff"+ts.ReadFile(args[0])), 0o600))
}
