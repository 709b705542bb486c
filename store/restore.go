package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"everykit/fault"
)

// Restore makes a database from a file that Backup wrote. It never touches a database that is there: a SQLite file must
// not exist yet, a PostgreSQL database must hold no tables of Everykit. What it makes has been checked by the engine.
func Restore(ctx context.Context, dsn, from string) error {
	engine, err := backupOf(from)
	if err != nil {
		return err
	}
	switch {
	case engine == Postgres && !IsPostgres(dsn):
		return fault.New(fault.Invalid, "%s is a backup of a PostgreSQL database", from).Hint("give one to restore to: --db postgres://...")
	case engine == SQLite && IsPostgres(dsn):
		return fault.New(fault.Invalid, "%s is a backup of a SQLite file", from).
			Hint("restore it to a file with --db PATH; export from that and import here to change engines")
	case engine == Postgres:
		return restoreDump(ctx, dsn, from)
	}
	return restoreFile(ctx, strings.TrimPrefix(dsn, "file:"), from)
}

// backupOf tells by its first bytes which engine made a backup.
func backupOf(path string) (Engine, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fault.New(fault.NotFound, "there is no file %s", path).Hint("check the name of the backup")
	}
	if err != nil {
		return 0, fault.New(fault.Unavailable, "%s cannot be read", path).Hint("check the file's permissions").Because(err)
	}
	defer f.Close()
	head := make([]byte, 16)
	n, _ := io.ReadFull(f, head) // a short file is no backup
	switch text := string(head[:n]); {
	case text == "SQLite format 3\x00":
		return SQLite, nil
	case strings.HasPrefix(text, "PGDMP"):
		return Postgres, nil
	}
	return 0, notBackup(path)
}

func notBackup(path string) error {
	return fault.New(fault.Invalid, "%s is not a backup of Everykit", path).Hint("give a file that everykit backup wrote")
}

func restoreFile(ctx context.Context, path, from string) error {
	for _, name := range []string{path, path + "-wal"} {
		if _, err := os.Lstat(name); err == nil {
			return fault.New(fault.Refused, "%s is there already, and a restore never overwrites", name).Hint("move it away, or restore to another file with --db")
		}
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".everykit-restore-")
	if err != nil {
		return fault.New(fault.Unavailable, "no file can be made in %s", filepath.Dir(path)).Hint("check that the folder is there and may be written").Because(err)
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "part")
	if err := copyFile(ctx, part, from); err != nil {
		return readable(err)
	}
	if err := checkFile(ctx, part, from); err != nil {
		return err
	}
	return settle(part, path)
}

// checkFile has SQLite look at every page of a copy, and at whether it is ours.
func checkFile(ctx context.Context, part, from string) error {
	db, err := openFile(part, "mode=rw")
	if err != nil {
		return readable(err)
	}
	defer db.Close()
	ours, says := 0, ""
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_step'").Scan(&ours)
	if err == nil && ours == 0 {
		return notBackup(from)
	}
	if err == nil {
		err = db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&says)
	}
	if err != nil || says != "ok" {
		if err == nil {
			err = errors.New(says)
		}
		return fault.New(fault.Invalid, "%s is damaged; nothing was restored", from).Hint("restore an earlier backup").Because(err)
	}
	return nil
}

func copyFile(ctx context.Context, to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, reader{ctx, in}); err != nil {
		return err
	}
	return out.Close()
}

// reader ends a long copy when its context does.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
