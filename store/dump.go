package store

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"everykit/fault"
)

// dump has pg_dump copy a PostgreSQL database in one snapshot.
func dump(ctx context.Context, dsn, to string) error {
	_, err := postgresProgram(ctx, dsn, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file="+to)
	return err
}

// restoreDump has pg_restore bring a dump into an empty database, whole or not at all.
func restoreDump(ctx context.Context, dsn, from string) error {
	db, err := Open(ctx, dsn, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	made, err := db.Made(ctx)
	if err != nil {
		return err
	}
	if made {
		return fault.New(fault.Refused, "%s holds an Everykit database already, and a restore never overwrites", db.Path).
			Hint("make an empty database and restore to that")
	}
	list, err := postgresProgram(ctx, "", "pg_restore", "--list", from)
	if err != nil {
		return err
	}
	if !strings.Contains(list, " schema_step ") {
		return notBackup(from)
	}
	_, err = postgresProgram(ctx, dsn, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", from)
	return err
}

// postgresProgram runs one of PostgreSQL's client programs on a database ("" for none) and gives what it wrote. The
// password goes by the environment: a command line is open for all on the machine to read.
func postgresProgram(ctx context.Context, dsn, name string, args ...string) (string, error) {
	program, err := findProgram(name)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = os.Environ()
	if dsn != "" {
		u, err := url.Parse(dsn)
		if err != nil {
			return "", fault.New(fault.Invalid, "the database address cannot be read").Because(err)
		}
		if word, ok := u.User.Password(); ok {
			u.User = url.User(u.User.Username())
			cmd.Env = append(cmd.Env, "PGPASSWORD="+word)
		}
		args = append([]string{"--dbname=" + u.String()}, args...)
	}
	cmd.Args = append(cmd.Args, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return "", fault.New(fault.Unavailable, "%s did not succeed: %s", name, line).
			Hint("check that %s is of the server's version or later, and try again", name).Because(err)
	}
	return out.String(), nil
}

// findProgram looks in EVERYKIT_POSTGRES_BIN, then in Debian's folders, the newest version first, then in PATH: Debian's
// own in PATH may pick an older version than the server's.
func findProgram(name string) (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is a constant
	if dir := os.Getenv("EVERYKIT_POSTGRES_BIN"); dir != "" {
		folders = append(folders, dir)
	}
	for i := len(folders) - 1; i >= 0; i-- {
		p := filepath.Join(folders[i], name)
		if _, err := os.Stat(p); err == nil {
			return p, nil
		}
	}
	if p, err := exec.LookPath(name); err == nil {
		return p, nil
	}
	return "", fault.New(fault.Unavailable, "the program %s is not installed", name).
		Hint("install PostgreSQL's client programs (on Debian: apt-get install postgresql-client)")
}
