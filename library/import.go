package library

import (
	"context"
	"time"

	"everykit/staff"
	"everykit/store"
)

// Outcome is what became of a file.
type Outcome struct {
	*Report
	Lines []Line // one for each record that was read, in the order of the file
}

// Line is what became of one record.
type Line struct {
	Line   int // of the file
	Key    string
	Title  string
	Merged bool // it was here already; else it was added
	Filled bool // what was here lacked something that the record had
}

// Added and Merged count the lines.
func (o *Outcome) Added() int { return len(o.Lines) - o.Merged() }

// Merged counts the records that were here already, or twice in the file.
func (o *Outcome) Merged() int {
	n := 0
	for _, l := range o.Lines {
		if l.Merged {
			n++
		}
	}
	return n
}

// Import reads a file and puts its records on the shelf in one transaction: new ones in the given state (Proposed or
// Accepted), those of a work that is here already merged into it, with what stands winning. Entries that cannot be read
// are refused one by one and told. With try nothing is stored, and the outcome is what it would be.
//
// An old paper that comes with a file of many does not push the new ones from the top of the latest: it stands where the
// year of its publication puts it.
func (l *Library) Import(ctx context.Context, by staff.Person, data []byte, state State, try bool) (*Outcome, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	r, err := Read(data)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Report: r}
	work := func(tx *store.Tx) error {
		out.Lines = make([]Line, 0, len(r.Records))
		for i := range r.Records {
			line, err := take(ctx, tx, r.Records[i], state)
			if err != nil {
				return err
			}
			out.Lines = append(out.Lines, line)
		}
		if try {
			return errTried
		}
		return staff.Audit(ctx, tx, by, 0, "import research", string(r.Format), "")
	}
	if err := l.change(ctx, l.db.Bulk, work); err != nil && err != errTried {
		return nil, err
	}
	return out, nil
}

type tried struct{}

func (tried) Error() string { return "tried only" }

// errTried undoes the transaction of a trial.
var errTried error = tried{}

// take puts one record on the shelf.
func take(ctx context.Context, tx *store.Tx, r Record, state State) (Line, error) {
	it := r.Item
	same, err := duplicateOf(ctx, tx, &it)
	if err != nil {
		return Line{}, err
	}
	if same != nil {
		line := Line{Line: r.Line, Key: same.Key, Title: same.Title, Merged: true}
		if line.Filled = same.merge(&it); line.Filled {
			err = update(ctx, tx, same)
		}
		return line, err
	}
	it.State, it.ShownAt = state, shownAt(tx.Now, it.Year)
	if err := insert(ctx, tx, &it); err != nil {
		return Line{}, err
	}
	return Line{Line: r.Line, Key: it.Key, Title: it.Title}, nil
}

// shownAt is now, or the end of the year of publication if that is over.
func shownAt(now time.Time, year int) time.Time {
	if end := time.Date(year+1, time.January, 1, 0, 0, 0, 0, time.UTC).Add(-time.Second); year != 0 && end.Before(now) {
		return end
	}
	return now
}
