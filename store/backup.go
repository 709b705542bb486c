package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"everykit/fault"
)

// Backup writes a copy of the database to a new file while others go on reading and writing: the state of one moment,
// with every write that was answered before it began. SQLite makes a database file, PostgreSQL what pg_dump makes in its
// custom form. The file appears under its name only when it is whole and on the disk; one that is there is never
// overwritten.
func Backup(ctx context.Context, db *DB, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Refused, "%s is there already", path).Hint("give the backup another name")
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".everykit-backup-")
	if err != nil {
		return fault.New(fault.Unavailable, "no file can be made in %s", filepath.Dir(path)).Hint("check that the folder is there and may be written").Because(err)
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "part")
	if db.Engine == Postgres {
		err = dump(ctx, db.dsn, part)
	} else {
		err = vacuumInto(ctx, db.dsn, part)
	}
	if err != nil {
		return err
	}
	return settle(part, path)
}

// vacuumInto copies a SQLite file over a connection of its own: the readers' may not write, not even elsewhere.
func vacuumInto(ctx context.Context, from, to string) error {
	src, err := openFile(from, "mode=rw")
	if err != nil {
		return readable(err)
	}
	defer src.Close()
	_, err = src.ExecContext(ctx, "VACUUM INTO ?", to)
	return readable(err)
}

// settle brings a finished file to the disk and to its name, which must be free.
func settle(part, path string) error {
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return readable(err)
	}
	if err := os.Link(part, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fault.New(fault.Refused, "%s is there already", path).Hint("give another name")
		}
		// A disk without links: the name was free a moment ago.
		if err := os.Rename(part, path); err != nil {
			return fault.New(fault.Unavailable, "%s cannot be made", path).Hint("check the folder's permissions").Because(err)
		}
	}
	return syncFile(filepath.Dir(path))
}

// syncFile waits until a file, or the names in a folder, are on the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
