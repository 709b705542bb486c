package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver that Everykit uses too
)

// bareCache gives bare SQLite the page cache that Everykit's writer has, in KiB.
const bareCache = 64 << 10

// bareInsert puts the rows into one plain table, all in one transaction that is on the disk at its end, and gives how long
// the database took: opening, inserting, committing and closing, but not the making of the rows.
func bareInsert(ctx context.Context, dir string, n nation, kind ids) (time.Duration, error) {
	path := filepath.Join(dir, "bare.db")
	defer removeDatabase(path)
	defer debug.FreeOSMemory() // the next contestant finds the machine as this one did
	const chunk = 16384
	rows := make([][]any, 0, chunk)
	var spent time.Duration
	begun := time.Now()
	b, err := openBare(ctx, path)
	if err != nil {
		return 0, err
	}
	defer b.close()
	spent += time.Since(begun)
	flush := func() error {
		begun := time.Now()
		for _, values := range rows {
			if _, err := b.insert.ExecContext(ctx, values...); err != nil {
				return err
			}
		}
		spent += time.Since(begun)
		rows = rows[:0]
		return nil
	}
	for cells := range n.supplies(kind) {
		if rows = append(rows, bareValues(cells)); len(rows) == chunk {
			if err := flush(); err != nil {
				return 0, err
			}
		}
	}
	if err := flush(); err != nil {
		return 0, err
	}
	begun = time.Now()
	if err := b.commit(); err != nil {
		return 0, err
	}
	return spent + time.Since(begun), nil
}

// bareValues is a row as the table has it: text, a number for the kits, nothing where the cell is empty.
func bareValues(cells []string) []any {
	values := make([]any, len(cells))
	for i, c := range cells {
		if c != "" {
			values[i] = c
		}
	}
	if kits, err := strconv.Atoi(cells[kitsColumn]); err == nil {
		values[kitsColumn] = kits
	}
	return values
}

// bare is an open database with one transaction under way.
type bare struct {
	db     *sql.DB
	tx     *sql.Tx
	insert *sql.Stmt
}

func openBare(ctx context.Context, path string) (*bare, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-"+strconv.Itoa(bareCache)+")")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	b := &bare{db: db}
	types := make([]string, len(columns))
	for i, c := range columns {
		types[i] = c + " TEXT"
	}
	types[0] += " PRIMARY KEY"
	types[kitsColumn] = columns[kitsColumn] + " INTEGER NOT NULL"
	if _, err := db.ExecContext(ctx, "CREATE TABLE supply ("+strings.Join(types, ", ")+")"); err != nil {
		b.close()
		return nil, err
	}
	if b.tx, err = db.BeginTx(ctx, nil); err == nil {
		b.insert, err = b.tx.PrepareContext(ctx, "INSERT INTO supply VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")")
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bare) commit() error {
	if err := b.tx.Commit(); err != nil {
		return err
	}
	return b.db.Close()
}

// close lets go of what commit has not.
func (b *bare) close() {
	if b.tx != nil {
		b.tx.Rollback() // says that it is done already after commit
	}
	b.db.Close()
}

// sqliteVersion is that of SQLite itself inside the driver.
func sqliteVersion(ctx context.Context) (version string, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	return version, err
}
