package opendata

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/store"
	"everykit/survey"
)

//go:embed schema.sql
var schema1 string

//go:embed schema2.sql
var schema2 string

// Schema is the room's tables, for store.Migrate.
var Schema = []store.Step{{Name: "opendata/1", SQL: schema1}, {Name: "opendata/2", SQL: schema2}}

// Every is how long tables stand before a request has them made again.
const Every = 15 * time.Minute

// mostBytes bounds what is kept in memory: all files of all tables, packed and unpacked.
const mostBytes = 512 << 20

// File is one table in one format.
type File struct {
	Body, Gzip []byte // Gzip is nil for Parquet, which is packed in itself
	ETag       string // strong, with its quotes: of Body
	MadeAt     time.Time

	sum string // SHA-256 of Body in hexadecimal
}

// Store keeps the public tables. Make one with New; it is safe for use by many goroutines.
type Store struct {
	db       *store.DB
	reg      *registry.Registry
	measures *measure.Measures
	surveys  *survey.Survey
	cards    *scorecard.Scorecards
	today    func() civil.Date
	others   func(ctx context.Context, nation string, year civil.Period) (Others, error) // nil: nobody else publishes supplies

	mu     sync.Mutex
	now    *set
	making chan struct{} // closed when the set that is being made is there, or could not be made
	failed error         // of the last that could not
	retry  time.Time     // not before
}

// madeTable is a table with its files.
type madeTable struct {
	Table
	count int
	first [][]string
	files map[string]*File
}

// set is all tables as they were made together.
type set struct {
	at     time.Time // when they were last made, whether anything had changed or not
	tables []*madeTable
	byName map[string]*madeTable
	pkg    *File
}

// New makes the room on a store that has had Schema applied, and those of the rooms below.
func New(db *store.DB, reg *registry.Registry, measures *measure.Measures, surveys *survey.Survey, cards *scorecard.Scorecards, today func() civil.Date) *Store {
	return &Store{db: db, reg: reg, measures: measures, surveys: surveys, cards: cards, today: today}
}

// List gives all tables without their rows, in the order to show them.
func (s *Store) List(ctx context.Context) ([]Meta, error) {
	set, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Meta, len(set.tables))
	for i, t := range set.tables {
		list[i] = t.meta()
	}
	return list, nil
}

// Table gives one without its rows. A name that there is not is fault.NotFound.
func (s *Store) Table(ctx context.Context, name string) (Meta, error) {
	set, err := s.current(ctx)
	if err != nil {
		return Meta{}, err
	}
	t, err := set.find(name)
	if err != nil {
		return Meta{}, err
	}
	return t.meta(), nil
}

// File gives a table in one of Formats.
func (s *Store) File(ctx context.Context, name, format string) (*File, error) {
	set, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	t, err := set.find(name)
	if err != nil {
		return nil, err
	}
	f := t.files[format]
	if f == nil {
		return nil, fault.New(fault.NotFound, "tables are not made in this format").Hint("take csv, json or parquet")
	}
	return f, nil
}

// Bytes gives a table in one of Formats, with its strong ETag and when it was made.
func (s *Store) Bytes(ctx context.Context, name, format string) (body []byte, etag string, madeAt time.Time, err error) {
	f, err := s.File(ctx, name, format)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	return f.Body, f.ETag, f.MadeAt, nil
}

// Package gives datapackage.json, which describes all tables.
func (s *Store) Package(ctx context.Context) (*File, error) {
	set, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	return set.pkg, nil
}

// WriteAll makes all tables afresh and writes them and datapackage.json into a folder, which it makes if need be. It says how many
// files that were. Files of the same names are replaced.
func (s *Store) WriteAll(ctx context.Context, dir string) (int, error) {
	set, err := s.make(ctx, nil)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, cannotWrite(dir, err)
	}
	n := 0
	write := func(name string, body []byte) error {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o666); err != nil {
			return cannotWrite(filepath.Join(dir, name), err)
		}
		n++
		return nil
	}
	for _, t := range set.tables {
		for _, format := range Formats {
			if err := write(t.Name+"."+format, t.files[format].Body); err != nil {
				return n, err
			}
		}
	}
	err = write("datapackage.json", set.pkg.Body)
	return n, err
}

func cannotWrite(path string, err error) error {
	return fault.New(fault.Unavailable, "%s cannot be written", path).Hint("see whether the folder may be written to and the disk has room").Because(err)
}

func (s *set) find(name string) (*madeTable, error) {
	if t := s.byName[name]; t != nil {
		return t, nil
	}
	return nil, fault.New(fault.NotFound, "there is no such table").Hint("all tables are listed at /data")
}

func (t *madeTable) meta() Meta {
	m := Meta{Table: t.Table, Count: t.count, First: t.first, Bytes: map[string]int{}, ETags: map[string]string{}}
	for format, f := range t.files {
		m.Bytes[format], m.ETags[format], m.MadeAt = len(f.Body), f.ETag, f.MadeAt
	}
	return m
}

// file packs bytes. What was made before from the same bytes is the same file.
func file(body []byte, at time.Time, before *File, pack bool) *File {
	hash := sha256.Sum256(body)
	sum := hex.EncodeToString(hash[:])
	if before != nil && before.sum == sum {
		return before
	}
	f := &File{Body: body, ETag: `"` + sum[:32] + `"`, MadeAt: at, sum: sum}
	if pack {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(body) // a buffer takes everything
		_ = w.Close()
		f.Gzip = bytes.Clone(b.Bytes())
	}
	return f
}

// make makes all tables. Those that are as before keep their files.
func (s *Store) make(ctx context.Context, before *set) (*set, error) {
	at := s.db.Now().Truncate(time.Second)
	tables, err := s.tables(ctx)
	if err != nil {
		return nil, err
	}
	made := &set{at: s.db.Now(), byName: map[string]*madeTable{}}
	size := 0
	for _, t := range tables {
		m := &madeTable{Table: *t, count: len(t.Rows), files: map[string]*File{}}
		var had *madeTable
		if before != nil {
			had = before.byName[t.Name]
		}
		for i, write := range []func(*Table) ([]byte, error){writeCSV, writeJSON, writeParquet} {
			body, err := write(t)
			if err != nil {
				return nil, err
			}
			var old *File
			if had != nil {
				old = had.files[Formats[i]]
			}
			f := file(body, at, old, Formats[i] != "parquet")
			m.files[Formats[i]] = f
			size += len(f.Body) + len(f.Gzip)
		}
		if size > mostBytes {
			return nil, fault.New(fault.Unavailable, "the open data are too large to be served").Hint("write them to files instead: everykit opendata FOLDER")
		}
		m.first = t.firstRows()
		m.Rows = nil // the bytes are kept, not the values
		made.tables, made.byName[t.Name] = append(made.tables, m), m
	}
	newest := time.Time{}
	for _, m := range made.tables {
		if f := m.files["csv"]; f.MadeAt.After(newest) {
			newest = f.MadeAt
		}
	}
	body, err := writePackage(made.tables, newest)
	if err != nil {
		return nil, err
	}
	var old *File
	if before != nil {
		old = before.pkg
	}
	made.pkg = file(body, at, old, true)
	return made, nil
}

// A page shows whole tables of up to wholeRows rows, and the first fewRows of others.
const (
	wholeRows = 40
	fewRows   = 10
)

func (t *Table) firstRows() [][]string {
	rows := t.Rows
	if len(rows) > wholeRows {
		rows = rows[:fewRows]
	}
	list := make([][]string, len(rows))
	for i, row := range rows {
		for _, v := range row {
			list[i] = append(list[i], text(v))
		}
	}
	return slices.Clip(list)
}
