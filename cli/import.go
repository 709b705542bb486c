package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/notice"
	"everykit/staff"
	"everykit/survey"
	"everykit/table"
)

// importMemory is the soft limit for Go's heap while a file goes in, in bytes. SQLite's page cache comes on top; both
// together stay under 300 MB for a file of any size.
const importMemory = 120 << 20

var importCommand = command{
	name: "import", args: "KIND FILE [KIND FILE ...]", brief: "Take in a CSV or XLSX file, whole or not at all",
	more: kindsHelp() + ` FILE may be - for stdin.

Files of movements that need each other (transfers that stocked what supplies gave out) go in together, all or none:
everykit import receipts r.csv transfers t.csv supplies s.csv

Rows without an id are known by the file's name, their number and their content: importing a file again changes nothing.
What is wrong is listed with row, column, value and reason, and then nothing is stored.`,
	setup: func(s *session) func(context.Context, []string) error {
		im := &importing{session: s}
		s.useDatabase()
		s.useKey()
		s.flags.BoolVar(&im.dry, "dry-run", false, "only say what would be done")
		s.flags.StringVar(&im.errors, "errors", "", "write what is wrong with rows to a CSV `FILE`")
		s.flags.BoolVar(&im.draft, "draft", false, "notices only: keep them as drafts instead of publishing them")
		s.flags.BoolVar(&im.shortened, "shortened-too", false, "notices only: also where a new expiry has passed already")
		s.flags.StringVar(&im.name, "name", "", "`NAME` that the rows without an id are known by; the file's own if not given")
		return im.run
	},
}

// importing is one run of the import command.
type importing struct {
	*session
	dry          bool
	draft        bool // see importNotices
	shortened    bool // likewise
	errors, name string
	path         string
	kind         table.Kind
}

func (im *importing) run(ctx context.Context, args []string) error {
	if len(args) > 2 {
		return im.runMany(ctx, args)
	}
	if err := im.want(args, "a KIND of file", "a FILE"); err != nil {
		return err
	}
	var err error
	if im.kind, err = fileKind(args[0]); err != nil {
		return err
	}
	if (im.draft || im.shortened) && im.kind.Name != notice.File {
		return usage("--draft and --shortened-too are for notices only").try("everykit import notices FILE --draft")
	}
	if im.path = args[1]; im.path == "-" {
		path, remove, err := im.spool()
		if err != nil {
			return err
		}
		defer remove()
		im.path = path
		if im.name == "" {
			im.name = "stdin"
		}
	}
	if im.name == "" {
		im.name = filepath.Base(im.path)
	}
	// A file that cannot be read, or is of another kind, must not leave a new database behind.
	rd, err := im.read()
	if err != nil {
		return err
	}
	rd.Close()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(importMemory)
	}
	im.wantsKey = im.kind.Name == "supplies" || im.kind.Name == notice.File // letters with links wait sealed
	rooms, close, err := im.rooms(ctx)
	if err != nil {
		return err
	}
	defer close()
	counts, err := im.take(ctx, rooms)
	if err != nil {
		return im.faults(err)
	}
	im.say("%s: %s", im.name, counts.words(im.dry))
	return nil
}

// rooms opens the database. A dry run on one that is not there looks at a new one in a temporary folder instead.
func (im *importing) rooms(ctx context.Context) (*rooms, func(), error) {
	dsn, remove := im.db.value(), func() {}
	if _, err := os.Stat(dsn); im.dry && errors.Is(err, fs.ErrNotExist) && !isPostgres(dsn) {
		dir, err := os.MkdirTemp("", "everykit-dry-run-")
		if err != nil {
			return nil, nil, err
		}
		remove = func() { os.RemoveAll(dir) }
		dsn = filepath.Join(dir, "everykit.db")
		im.db.flag = dsn
	}
	r, err := im.open(ctx, dsn)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return r, func() { r.DB.Close(); remove() }, nil
}

func (im *importing) read() (*table.Reader, error) {
	rd, err := table.Open(im.path, im.kind)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no file %s", im.path).Hint("check its name; everykit template %s shows what it should hold", im.kind.Name)
	}
	return rd, err
}

// counts is what an import did or would do.
type counts struct {
	rows, fresh, changed, same int
	changes                    bool // rows of this kind can change what is there
}

func (c counts) words(dry bool) string {
	s := fmt.Sprintf("%s, %d new", plural(c.rows, "row"), c.fresh)
	if c.changes {
		s += fmt.Sprintf(", %d changed", c.changed)
	}
	s += fmt.Sprintf(", %d already here", c.same)
	if dry {
		s += " (dry run: nothing was stored)"
	}
	return s
}

func (im *importing) take(ctx context.Context, r *rooms) (counts, error) {
	bar := table.NewBar(im.Err, im.Terminal, im.name)
	defer bar.Done()
	if isKind(ledger.Kinds(), im.kind.Name) {
		did, err := r.Ledger.Import(ctx, ledger.Import{
			Kind: im.kind.Name, File: im.name, Who: staff.Operator(), Open: im.read, Dry: im.dry,
			Progress: bar.Set,
		})
		return counts{rows: did.Rows, fresh: did.New, same: did.Same()}, err
	}
	rd, err := im.read()
	if err != nil {
		return counts{}, err
	}
	defer rd.Close()
	return im.takeSmall(ctx, r, rd)
}

// takeSmall takes in the kinds that are read as a whole.
func (im *importing) takeSmall(ctx context.Context, r *rooms, rd *table.Reader) (counts, error) {
	if im.kind.Name == notice.File {
		return im.importNotices(ctx, r, rd)
	}
	if im.kind.Name == measure.ReturnsFile {
		did, err := r.Measures.ImportReturns(ctx, rd, im.dry)
		return counts{rows: did.Rows, fresh: did.New, same: did.Same}, err
	}
	if im.kind.Name == survey.AnswersFile {
		did, err := r.Surveys.ImportAnswers(ctx, rd, im.dry)
		return counts{did.Rows, did.New, did.Changed, did.Same, true}, err
	}
	did, err := r.Registry.Import(ctx, im.kind.Name, rd, im.dry)
	return counts{did.Rows, did.New, did.Changed, did.Same, true}, err
}

// spool keeps stdin in a temporary file, called stdin for messages: an import may have to read it twice.
func (im *importing) spool() (path string, remove func(), err error) {
	no := func(err error) error {
		return fault.New(fault.Unavailable, "stdin cannot be kept in a temporary file").
			Hint("make room in %s, or give the file by its name", os.TempDir()).Because(err)
	}
	dir, err := os.MkdirTemp("", "everykit-import-")
	if err != nil {
		return "", nil, no(err)
	}
	remove = func() { os.RemoveAll(dir) }
	path = filepath.Join(dir, "stdin")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(f, im.In)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		remove()
		return "", nil, no(err)
	}
	return path, remove, nil
}
