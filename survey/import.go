package survey

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

// errDry ends a transaction that was only to show what it would do.
var errDry = errors.New("dry run")

// fileRow is one row of a file of answers.
type fileRow struct {
	number int
	cells  [colSource + 1]string
}

// ImportAnswers takes in a whole file of answers, or nothing of it; with dry it says what it would do and stores nothing.
// Everything wrong with it is in rd.Faults, which the error leads to as well.
//
// A round that is not there and is named by a financial year is made, closed, with the built-in questions, in the nation of
// its authorities; it asks those who are in the file. Answers that stand already change nothing, so a file can be given
// twice; others are corrections, and what was there before stays in the history. The question "all" stands for the whole
// reply: with the state no_reply, not_asked, or refused (the exemption is the answer).
func (s *Survey) ImportAnswers(ctx context.Context, rd *table.Reader, dry bool) (registry.Result, error) {
	rows, err := readRows(rd)
	if err != nil {
		return registry.Result{}, err
	}
	var result registry.Result
	err = s.db.Bulk(ctx, func(tx *store.Tx) error {
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		in := &intake{ctx: ctx, tx: tx, s: s, snap: snap, who: newDirectory(snap), faults: rd.Faults, rounds: map[roundRef]*target{}}
		in.Rows = len(rows)
		if err := in.knowPrisons(); err != nil {
			return err
		}
		for i := range rows {
			if err := in.row(&rows[i]); err != nil {
				return err
			}
		}
		for _, t := range in.targets {
			for _, e := range t.entries {
				in.settle(t, e)
			}
		}
		if err := rd.Faults.Err(); err != nil {
			return err
		}
		result = in.Result
		if dry {
			return errDry
		}
		return in.store()
	})
	if err != nil && !errors.Is(err, errDry) {
		return registry.Result{}, err
	}
	return result, nil
}

// readRows reads a file. A column that is empty in every row is missing.
func readRows(rd *table.Reader) ([]fileRow, error) {
	var rows []fileRow
	var filled [colSource + 1]bool
	for {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		r := fileRow{number: row.Number}
		for i := range r.cells {
			r.cells[i] = row.Cell(i)
			filled[i] = filled[i] || r.cells[i] != ""
		}
		rows = append(rows, r)
	}
	for _, col := range []int{colRound, colAuthority, colQuestion} {
		if len(rows) > 0 && !filled[col] {
			return nil, fault.New(fault.Invalid, "the column %s is missing, or empty in every row", Kind().Columns[col].Name).Hint("see everykit template %s for the headers", AnswersFile)
		}
	}
	return rows, nil
}

// intake is one file on its way in.
type intake struct {
	ctx     context.Context
	tx      *store.Tx
	s       *Survey
	snap    *registry.Snapshot
	who     *directory
	faults  *table.Faults
	rounds  map[roundRef]*target
	targets []*target
	registry.Result
}

// roundRef is a round as a row names it: the authorities of two nations may be in one file.
type roundRef struct {
	cell   string
	nation int
}

// target is a round that a file has answers for.
type target struct {
	*Round
	entries []*entry
	bySelf  map[string]*entry
	last    int // the highest number of a respondent
}

// entry is what a file says of one respondent.
type entry struct {
	w     *record
	fresh bool // was not in the round
	given map[string]Answer
	rows  map[string]int // in which the answer stands, by question
	whole wholeState
}

// wholeState is what a row says of all questions together.
type wholeState struct {
	row   int // 0: nothing
	state string
	why   string
}

// fail notes what is wrong with a cell.
func (in *intake) fail(row *fileRow, column int, format string, args ...any) {
	in.faults.Add(row.number, Kind().Columns[column].Name, row.cells[column], fmt.Sprintf(format, args...))
}

// knowPrisons lets prisons that rounds have asked be named by code or name.
func (in *intake) knowPrisons() error {
	var list []record
	err := in.tx.Each(in.ctx, func(scan func(...any) error) error {
		var w record
		err := scan(&w.Kind, &w.Area, &w.Code, &w.Name)
		list = append(list, w)
		return err
	}, "SELECT DISTINCT kind, area, code, name FROM survey_respondent WHERE kind <> ?", int(Authority))
	in.who.know(list)
	return err
}

// row reads one row and adds it to what the file says.
func (in *intake) row(row *fileRow) error {
	p, wrong := in.who.find(row.cells[colAuthority])
	if wrong != "" {
		in.fail(row, colAuthority, "%s", wrong)
		return nil
	}
	nation := in.snap.NationOf(p.Area)
	if nation == nil {
		in.fail(row, colAuthority, "it lies in no nation: give its area a parent first")
		return nil
	}
	t, wrong, err := in.round(row.cells[colRound], nation)
	if err != nil {
		return err
	}
	if wrong != "" {
		in.fail(row, colRound, "%s", wrong)
		return nil
	}
	if a := in.snap.Area(p.Area); p.Kind == Authority && !a.On(t.Period.Last()) {
		in.fail(row, colAuthority, "%s did not stand on %s: give the answers of those that did", a.Name, t.Period.Last().Words())
		return nil
	}
	in.answer(row, t, t.entry(p))
	return nil
}

// answer reads the rest of a row.
func (in *intake) answer(row *fileRow, t *target, e *entry) {
	cell := row.cells[colQuestion]
	if table.Fold(cell) == wholeReply {
		in.whole(row, e, row.cells[colState], row.cells[colAnswer])
		return
	}
	q, wrong := t.find(cell)
	if wrong == "" && !q.IsFor(e.w.Kind) {
		wrong = fmt.Sprintf("question %s is not asked of this kind of respondent: %s", q.Number, e.w.Kind.Words())
	}
	if wrong != "" {
		in.fail(row, colQuestion, "%s", wrong)
		return
	}
	if says := silence(row); says != "" {
		in.whole(row, e, says, "")
		return
	}
	a, bad := q.readCells(row.cells[colAnswer], row.cells[colState])
	if bad != nil {
		column := max(Kind().Index(bad.Field), 0)
		in.fail(row, column, "%s", bad.Message)
		return
	}
	a.Source = row.cells[colSource]
	if words := textFault(a.Source, mostSource, false); words != "" {
		in.fail(row, colSource, "%s", words)
		return
	}
	if first, twice := e.rows[q.Key]; twice {
		if !e.given[q.Key].same(a) {
			in.fail(row, colAnswer, "row %d has another answer to the same question, %s; this one says %s", first, quoted(q.Say(e.given[q.Key])), quoted(q.Say(a)))
		}
		return
	}
	e.given[q.Key], e.rows[q.Key] = a, row.number
}

// store writes all that the file says.
func (in *intake) store() error {
	for _, t := range in.targets {
		var fresh []Respondent
		for _, e := range t.entries {
			if e.fresh {
				fresh = append(fresh, e.w.Respondent)
			}
		}
		if err := insertRespondents(in.ctx, in.tx, t.ID, notAsked, fresh); err != nil {
			return err
		}
		for _, e := range t.entries {
			c := &change{ctx: in.ctx, tx: in.tx, s: in.s, round: t.Round, w: e.w, today: in.s.today()}
			if err := c.takeEntry(e); err != nil {
				return err
			}
		}
		if in.New+in.Changed > 0 {
			if err := staff.Audit(in.ctx, in.tx, staff.Operator(), t.Nation, "import survey answers", subject(t.ID), fmt.Sprintf("%s, %d respondents", t.Key, len(t.entries))); err != nil {
				return err
			}
		}
	}
	return nil
}
