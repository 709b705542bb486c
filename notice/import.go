package notice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
	"everykit/table"
)

// Import says how a file is taken in. A notice in a file has been issued by its regulator already, so it is published at
// once, unless Draft is set.
type Import struct {
	Who          staff.Person
	Draft        bool // only keep drafts
	Dry          bool // only say what would be done
	ShortenedToo bool // see Publish
}

// Imported says what a file did, or would do.
type Imported struct {
	Rows int
	New  int // rows of notices that were not there, or were a draft that is published now
	Same int // rows of notices that were there just so

	Published []Preview // what each notice that was published did
}

// errDry ends a transaction that was only to show what it would do.
var errDry = errors.New("dry run")

// Import takes in a whole file of Kind, or nothing of it. Everything wrong with it is in rd.Faults, which the error leads to
// as well. A notice that is there already just so changes nothing, so a file can be given twice; one that is there and
// differs is a fault, since what was published does not change. A notice with closed_on is kept as one that is over: nobody
// is told, and its lots are not barred.
func (n *Notices) Import(ctx context.Context, rd *table.Reader, im Import) (Imported, error) {
	if err := mayWrite(im.Who); err != nil {
		return Imported{}, err
	}
	snap, err := n.reg.Now(ctx)
	if err != nil {
		return Imported{}, err
	}
	f, rows := newFileReader(rd, snap), 0
	for {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Imported{}, err
		}
		f.take(row)
		rows++
	}
	f.finish(n.led.Today())
	var did Imported
	err = n.db.Bulk(ctx, func(tx *store.Tx) error {
		did = Imported{Rows: rows}
		if err := rd.Faults.Err(); err != nil {
			return err
		}
		for _, one := range f.all {
			if err := n.importOne(ctx, tx, rd.Faults, one, im, &did); err != nil {
				return err
			}
		}
		if err := rd.Faults.Err(); err != nil {
			return err
		}
		if im.Dry {
			return errDry
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDry) {
		return Imported{}, err
	}
	if err == nil {
		n.post.Wake()
	}
	return did, nil
}

func (n *Notices) importOne(ctx context.Context, tx *store.Tx, faults *table.Faults, one *filed, im Import, did *Imported) error {
	there, err := read(ctx, tx, "regulator_key = ? AND number_key = ? AND drill = 0", numberKey(one.Regulator), numberKey(one.Number))
	if err != nil {
		return err
	}
	id := 0
	if len(there) > 0 {
		if before := faults.Count(); one.differs(faults, there[0], n.led.Day) || faults.Count() > before {
			return nil
		}
		if there[0].State != Draft || im.Draft {
			did.Same += len(one.rows)
			return nil
		}
		id = there[0].ID
	} else {
		of := one.Notice
		if id, err = n.saveIn(ctx, tx, im.Who, &of); err != nil {
			return err
		}
		if err := staff.Audit(ctx, tx, im.Who, im.Who.Area, "import notice", subject(id), summary(&of)); err != nil {
			return err
		}
	}
	did.New += len(one.rows)
	if im.Draft {
		return nil
	}
	if one.closedOn != civil.None {
		err = n.keepClosed(ctx, tx, im.Who, id, one.closedOn)
	} else {
		var p *plan
		if p, err = n.publishIn(ctx, tx, im.Who, id, im.ShortenedToo); err == nil {
			did.Published = append(did.Published, p.Preview)
		}
	}
	var bad *fault.Error
	if errors.As(err, &bad) && bad.Field != "" {
		one.report(faults, bad)
		return faults.Err()
	}
	return err
}

// keepClosed has a notice be one that is over: its lots are known by it and its expiries are changed, and that is all.
func (n *Notices) keepClosed(ctx context.Context, tx *store.Tx, who staff.Person, id int, on civil.Date) error {
	of, err := readOne(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, _, err := n.name(ctx, tx, of); err != nil {
		return err
	}
	if of.Action == ChangeExpiry {
		if _, err := n.command(ctx, tx, who, of); err != nil {
			return err
		}
	}
	at := on.Time().Add(12 * time.Hour)
	at = at.AddDate(0, 0, int(on-n.led.Day(at))) // noon in Greenwich is another day in some places
	_, err = tx.Exec(ctx, "UPDATE notice SET state = ?, published_at = ?, published_by = ?, closed_at = ?, closed_by = ?, closed_why = ? WHERE id = ?",
		int(Closed), tx.Now.UnixMilli(), who.ID, at.UnixMilli(), who.ID, "It was over when it was entered here.", id)
	return err
}

// differs notes where a notice in a file is another than the one that is there.
func (f *filed) differs(faults *table.Faults, there *Notice, day func(time.Time) civil.Date) bool {
	before := faults.Count()
	closed := civil.None
	if there.State == Closed {
		closed = day(there.ClosedAt)
	}
	for _, c := range []struct{ column, file, kept string }{
		{"issued_on", f.IssuedOn.String(), there.IssuedOn.String()},
		{"action", f.Action.String(), there.Action.String()},
		{"severity", f.Severity, there.Severity},
		{"level", f.Level.String(), there.Level.String()},
		{"due_on", f.DueOn.String(), there.DueOn.String()},
		{"title", f.Title, there.Title},
		{"source", f.Source, there.Source},
		{"class", fmt.Sprint(f.Class), fmt.Sprint(there.Class)},
		{"text", f.Text, there.Text},
	} {
		if c.file != c.kept {
			faults.Add(f.row, c.column, c.file, fmt.Sprintf("this notice is here already and says otherwise: %.80q; what was said does not change", c.kept))
		}
	}
	// A file that does not speak of the end says nothing against one that has been closed since.
	if f.closedOn != civil.None && f.closedOn != closed {
		faults.Add(f.row, "closed_on", f.closedOn.String(), "this notice is here already and was not closed on this day; close it on its page")
	}
	f.differingLots(faults, there)
	return faults.Count() > before
}

func (f *filed) differingLots(faults *table.Faults, there *Notice) {
	type ref struct {
		product int
		number  string
	}
	kept := map[ref]Line{}
	for _, l := range there.Lines {
		kept[ref{l.Product, numberKey(l.Number)}] = l
	}
	for i, l := range f.Lines {
		k, ok := kept[ref{l.Product, numberKey(l.Number)}]
		switch {
		case !ok:
			faults.Add(f.rows[i], "lot", l.Number, "this notice is here already without this lot; what was said does not change: a new notice can name it")
		case k.Expiry != l.Expiry:
			faults.Add(f.rows[i], "expiry", l.Expiry.String(), fmt.Sprintf("this notice is here already with expiry %q", k.Expiry))
		case k.NewExpiry != l.NewExpiry:
			faults.Add(f.rows[i], "new_expiry", l.NewExpiry.String(), fmt.Sprintf("this notice is here already with new expiry %q", k.NewExpiry))
		}
		delete(kept, ref{l.Product, numberKey(l.Number)})
	}
	if len(kept) > 0 {
		faults.Add(f.row, "lot", "", fmt.Sprintf("this notice is here already with %d more lots than this file has", len(kept)))
	}
}

// Export writes every notice that was published, a row a lot, the oldest first, and says how many rows that were. out was
// made with the columns of Kind. Drafts and drills are left out. It does not close out.
func (n *Notices) Export(ctx context.Context, out table.Out) (rows int, err error) {
	err = n.db.Read(ctx, func(tx *store.Tx) error {
		rows = 0
		snap, err := n.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		all, err := read(ctx, tx, "drill = 0 AND state <> ? ORDER BY issued_on, regulator_key, number_key", int(Draft))
		if err != nil {
			return err
		}
		for _, of := range all {
			closed := civil.None
			if of.State == Closed {
				closed = n.led.Day(of.ClosedAt)
			}
			for _, l := range of.Lines {
				if err := out.Write(of.cells(snap, l, closed)...); err != nil {
					return err
				}
				rows++
			}
		}
		return nil
	})
	return rows, err
}
