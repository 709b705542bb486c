package demo

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/table"
)

// writer is who has typed a row in.
type writer uint8

const (
	theImport writer = iota // nobody: a file from elsewhere
	theCoordinator
	theWorker
	theColleague
	writers
)

// fileKinds are the files in the order in which the ledger takes them best.
var fileKinds = []string{"receipts", "transfers", "supplies", "writeoffs", "uses", "unmet"}

// columns are those that a file of ours fills.
var columns = map[string][]string{
	"receipts":  {"occurred_on", "outlet", "product", "lot", "expiry", "kits", "order", "unit_price", "supplier", "paid_by", "opening"},
	"transfers": {"occurred_on", "from", "to", "product", "lot", "kits", "arrived_on", "arrived_kits", "broken_kits"},
	"supplies":  {"occurred_on", "outlet", "product", "lot", "kits", "recipient", "supply", "reason", "age_band", "sex", "client_code", "trained"},
	"writeoffs": {"occurred_on", "outlet", "product", "lot", "kits", "from", "to", "reason"},
	"uses":      {"occurred_on", "outlet", "product", "lot", "doses", "outcome", "ambulance", "place"},
	"unmet":     {"occurred_on", "outlet", "reason"},
}

// files are the rows on their way into the ledger: one file for each kind and who typed it in, in a folder of their own
// that is gone when the ledger has them. An import reads its file more than once, so a pipe would not do.
type files struct {
	folder string
	open   map[fileKey]*rowFile
	days   map[civil.Date]string
	err    error
}

type fileKey struct {
	kind string
	by   writer
}

type rowFile struct {
	*table.Writer
	disk *os.File
}

func newFiles() (*files, error) {
	folder, err := os.MkdirTemp("", "everykit-demo-rows-")
	if err != nil {
		return nil, fault.New(fault.Unavailable, "there is no room for temporary files").Hint("make room on the disk").Because(err)
	}
	return &files{folder: folder, open: map[fileKey]*rowFile{}, days: map[civil.Date]string{}}, nil
}

// discard takes the files away.
func (f *files) discard() {
	for _, r := range f.open {
		r.disk.Close()
	}
	os.RemoveAll(f.folder)
}

// name is the file's, as the ids of its rows are made from it.
func (k fileKey) name() string { return "demo-" + k.kind + "-" + strconv.Itoa(int(k.by)) + ".csv" }

// row writes a row and gives the number it has in the file, the header being row 1. The first failure is kept for import.
func (f *files) row(kind string, by writer, cells ...string) int {
	k := fileKey{kind, by}
	r := f.open[k]
	if r == nil && f.err == nil {
		var disk *os.File
		if disk, f.err = os.Create(filepath.Join(f.folder, k.name())); f.err == nil {
			r = &rowFile{table.NewWriter(disk, columns[kind]...), disk}
			f.open[k] = r
		}
	}
	if f.err != nil {
		return 0
	}
	f.err = r.Write(cells...)
	return r.Rows() + 1
}

// day writes a day as files have it.
func (f *files) day(d civil.Date) string {
	s, ok := f.days[d]
	if !ok {
		s = d.String()
		f.days[d] = s
	}
	return s
}

// scope keeps the ids of two demonstrations apart.
func (o Options) scope() string { return o.source() }

// into imports all files as one. people says who typed which.
func (f *files) into(ctx context.Context, l *ledger.Ledger, o Options, people [writers]staff.Person, progress func(done, of int)) error {
	if f.err != nil {
		return f.err
	}
	var list []ledger.Import
	total, before := 0, 0
	for _, kind := range fileKinds {
		for by := range writers {
			r := f.open[fileKey{kind, by}]
			if r == nil {
				continue
			}
			if err := r.Close(); err != nil {
				return err
			}
			total += r.Rows()
			list = append(list, f.one(fileKey{kind, by}, o, people[by]))
		}
	}
	for i := range list {
		rows, base := f.rowsOf(list[i]), before
		list[i].Progress = func(done, size int64, _ int) {
			if size > 0 {
				progress(base+int(int64(rows)*done/size), total)
			}
		}
		before += rows
	}
	_, err := l.ImportAll(ctx, list...)
	return err
}

func (f *files) one(k fileKey, o Options, who staff.Person) ledger.Import {
	path := filepath.Join(f.folder, k.name())
	return ledger.Import{Kind: k.kind, File: k.name(), Scope: o.scope(), Who: who, Open: func() (*table.Reader, error) {
		for _, kind := range ledger.Kinds() {
			if kind.Name == k.kind {
				return table.Open(path, kind)
			}
		}
		return nil, fault.New(fault.Internal, "there is no kind of file %s", k.kind)
	}}
}

func (f *files) rowsOf(in ledger.Import) int {
	for k, r := range f.open {
		if k.name() == in.File {
			return r.Rows()
		}
	}
	return 0
}
