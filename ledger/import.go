package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/table"
)

// Import is a file to be taken in, whole or not at all.
type Import struct {
	Kind     string                           // one of Kinds
	File     string                           // its name, which with the row's number makes the ids of rows that bring none
	Scope    string                           // who imports, where two people's files may have one name; may be empty
	Who      staff.Person                     // must be allowed to record kits at each outlet the file names
	Open     func() (*table.Reader, error)    // called again if the rows to blame for a shortfall must be found
	Dry      bool                             // look, and keep nothing
	Progress func(done, size int64, rows int) // bytes of the file, and rows, taken in so far; may be nil
}

// Imported is what an import did, or would do.
type Imported struct {
	Rows int // in the file
	New  int // that were not stored before
}

// Same is how many rows were stored already.
func (i Imported) Same() int { return i.Rows - i.New }

// chunkRows is how many rows are written at a time: enough that a shelf's rows of a day fold into one, little enough to
// keep memory small.
const chunkRows = 8192

// draft is one row on its way to being movements.
type draft struct {
	row    int
	m      Movement
	expiry cellExpiry // receipts: the lot may have to be made
	number string     // likewise
	after  Arrival    // transfers: what came of it
	any    bool       // write-offs: "held", whichever of the two
}

var errDry = errors.New("dry run")

// Import takes a file in. What is wrong with rows comes back as a fault that holds *table.Faults; then, and on a dry run,
// nothing is kept.
func (l *Ledger) Import(ctx context.Context, in Import) (Imported, error) {
	done, err := l.ImportAll(ctx, in)
	return done[0], err
}

// ImportAll takes several files in as one: all of them or none, and stock is checked when all are in, so that files that
// need each other (transfers that stocked what supplies gave out) may come in any order, though uses and write-offs find
// their kits best after the supplies. If any is a dry run, nothing is kept. The faults are those of the first file that has
// any.
func (l *Ledger) ImportAll(ctx context.Context, files ...Import) ([]Imported, error) {
	done := make([]Imported, max(1, len(files)))
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return done, err
	}
	dry := false
	for _, in := range files {
		if _, ok := fileKind(in.Kind); !ok {
			return done, fault.New(fault.Invalid, "there is no kind of file called %q", in.Kind)
		}
		dry = dry || in.Dry
	}
	// Most files are new to the last row. So first no row is looked up, which saves a search of the tree for each; if
	// one turns out to be known, all is undone and done again with a look.
	err = l.importAll(ctx, snap, files, done, dry, true)
	if errors.Is(err, errKnown) {
		err = l.importAll(ctx, snap, files, done, dry, false)
	}
	if errors.Is(err, errDry) {
		err = nil
	}
	return done, err
}

func (l *Ledger) importAll(ctx context.Context, snap *registry.Snapshot, files []Import, done []Imported, dry, hopeful bool) error {
	return l.db.Bulk(ctx, func(tx *store.Tx) error {
		clear(done)
		bars, err := allBars(ctx, tx)
		if err != nil {
			return err
		}
		lots, err := readLotBook(ctx, tx)
		if err != nil {
			return err
		}
		all := &importers{tx: tx, batch: newBatch(tx)}
		all.batch.hopeful = hopeful
		all.batch.watch(bars)
		for i, in := range files {
			kind, _ := fileKind(in.Kind)
			im := &importer{
				Ledger: l, Import: in, kind: kind, snap: snap, tx: tx, lots: lots, batch: all.batch, faults: &table.Faults{}, allowed: map[int]bool{},
			}
			all.files = append(all.files, im)
			err := im.run(ctx)
			done[i] = im.done
			if err != nil {
				return im.named(err, len(files))
			}
		}
		if err := all.check(ctx, l, snap); err != nil {
			return err
		}
		for i, in := range files {
			detail := fmt.Sprintf("%d rows, %d new", done[i].Rows, done[i].New)
			if err := staff.Audit(ctx, tx, in.Who, in.Who.Area, "import", in.Kind, detail); err != nil {
				return err
			}
		}
		if dry {
			return errDry
		}
		return nil
	})
}

// importers are the files of one import.
type importers struct {
	tx    *store.Tx
	batch *batch
	files []*importer
}

// check looks for stock below nought once everything is in.
func (all *importers) check(ctx context.Context, l *Ledger, snap *registry.Snapshot) error {
	all.batch.hopeful = false // what notices ask for is new in any case
	short, err := l.settle(ctx, all.batch, snap, all.files[0].Who, true)
	if err != nil || len(short) == 0 {
		return err
	}
	if err := all.blame(ctx, short); err != nil {
		return err
	}
	for _, im := range all.files {
		if err := im.faults.Err(); err != nil {
			return im.named(err, len(all.files))
		}
	}
	return short[0]
}

// InFile says which of several files an error is about.
type InFile struct {
	File string
	Err  error
}

func (e *InFile) Error() string { return e.File + ": " + e.Err.Error() }

// Unwrap gives the error itself.
func (e *InFile) Unwrap() error { return e.Err }

func (im *importer) named(err error, files int) error {
	if files < 2 {
		return err
	}
	return &InFile{im.File, err}
}

// importer is one file under way.
type importer struct {
	*Ledger
	Import
	kind    table.Kind
	snap    *registry.Snapshot
	tx      *store.Tx
	lots    *lotBook
	batch   *batch
	faults  *table.Faults
	allowed map[int]bool // outlets this person may record at
	done    Imported
}

func (im *importer) run(ctx context.Context) error {
	rd, err := im.Open()
	if err != nil {
		return err
	}
	defer rd.Close()
	rd.Faults = im.faults
	if err := im.pipe(ctx, rd); err != nil {
		return err
	}
	if err := im.faults.Err(); err != nil {
		return err
	}
	return im.batch.flush(ctx)
}

// pipe reads and understands rows on one core while the other writes them.
func (im *importer) pipe(ctx context.Context, rd *table.Reader) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	full := make(chan chunkOf, 1)
	empty := make(chan []draft, 3)
	for range 3 {
		empty <- make([]draft, 0, chunkRows)
	}
	read := make(chan error, 1)
	go func() {
		defer close(full)
		read <- im.read(ctx, rd, full, empty)
	}()
	var failed error
	for chunk := range full {
		if failed == nil {
			failed = im.write(ctx, chunk.drafts, chunk.ready)
		}
		if failed != nil {
			stop()
			continue
		}
		if im.Progress != nil {
			done, size := rd.Offset()
			im.Progress(done, size, im.done.Rows)
		}
		empty <- chunk.drafts[:0]
	}
	if err := <-read; failed == nil {
		failed = err
	}
	return failed
}

func (im *importer) read(ctx context.Context, rd *table.Reader, full chan<- chunkOf, empty <-chan []draft) error {
	c := &cells{kind: im.kind, faults: im.faults, snap: im.snap, dates: map[string]civilDate{}}
	chunk := <-empty
	var bad error
	for {
		row, err := rd.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err == nil {
			chunk = append(chunk, draft{})
			d := &chunk[len(chunk)-1]
			c.row, c.bad = row, false
			d.row = row.Number
			im.parse(c, d)
			if c.bad {
				chunk = chunk[:len(chunk)-1]
			}
			if len(chunk) < chunkRows {
				continue
			}
		}
		next := chunkOf{drafts: chunk}
		if im.kind.Name == "supplies" {
			if next.ready, bad = im.makeReady(chunk); bad != nil {
				return bad
			}
		}
		select {
		case full <- next:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err != nil {
			return nil
		}
		select {
		case chunk = <-empty:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// chunkOf is a number of rows on their way from the reader to the writer. Supplies, of which there are millions, are made
// ready on the way.
type chunkOf struct {
	drafts []draft
	ready  *ready
}

// write completes a chunk's movements and records them. Once any row is wrong nothing more is recorded: the rest is read
// only to find what else is wrong.
func (im *importer) write(ctx context.Context, chunk []draft, r *ready) error {
	if r != nil {
		return im.writeSupplies(ctx, chunk, r)
	}
	ms := make([]*Movement, 0, len(chunk))
	rows := make([]int, 0, len(chunk))
	pending := taken{}
	for i := range chunk {
		more, err := im.complete(ctx, &chunk[i], pending)
		if err != nil {
			return err
		}
		for _, m := range more {
			m.RecordedAt = im.tx.Now
			ms = append(ms, m)
			rows = append(rows, chunk[i].row)
		}
	}
	im.done.Rows += len(chunk)
	if len(ms) == 0 || im.faults.Count() > 0 {
		return nil
	}
	clashes, err := im.batch.record(ctx, ms)
	if err != nil {
		return err
	}
	im.note(ms, rows, clashes)
	return nil
}

func (im *importer) writeSupplies(ctx context.Context, chunk []draft, r *ready) error {
	im.done.Rows += len(chunk)
	if len(chunk) == 0 || im.faults.Count() > 0 {
		return nil
	}
	clashes, err := im.writeReady(ctx, chunk, r)
	if err != nil {
		return err
	}
	ms, rows := make([]*Movement, len(chunk)), make([]int, len(chunk))
	for i := range chunk {
		ms[i], rows[i] = &chunk[i].m, chunk[i].row
	}
	im.note(ms, rows, clashes)
	return nil
}

// note counts the rows that were new, and notes those whose id was used for something else.
func (im *importer) note(ms []*Movement, rows []int, clashes []clash) {
	last := 0
	for i, m := range ms { // a row that makes several movements is one row
		if m.Flags&isNew != 0 && rows[i] != last {
			im.done.New++
			last = rows[i]
		}
	}
	if len(clashes) == 0 {
		return
	}
	rowOf := map[*Movement]int{}
	for i, m := range ms {
		rowOf[m] = rows[i]
	}
	for _, c := range clashes {
		im.faults.Add(rowOf[c.asked], "id", c.asked.ID.String(), im.clashReason(c))
	}
}

func (im *importer) clashReason(c clash) string {
	what := c.stored.Kind.Words() + ", " + c.stored.OccurredOn.String()
	if c.asked.ID == RowID(im.Scope, im.Kind, im.File, im.rowNumber(c.asked)) {
		return "this row of a file of this name was imported before with other content (" + what + "): put the row back as it was, or give the file another name if it is another file"
	}
	return "this id was used before for something else (" + what + ")"
}

// rowNumber reads the row back out of an id that RowID made; any other id gives some number that does not match.
func (im *importer) rowNumber(m *Movement) int {
	id := m.ID
	return int(id[9])<<24 | int(id[10])<<16 | int(id[11])<<8 | int(id[12])
}
