package opendata

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// Others is what another room has published of the supplies of a nation's year and of its quarters. A year is the sum of its
// quarters, which anybody knows: a number that is hidden there must not be given away here.
type Others struct {
	Releases []disclosure.Release                                         // kept copies with what they hide, oldest first
	ID       func(area string, p civil.Period, about, word string) string // how they name a count of an area; of a nation, of all of it
	Ever     func(area string, to civil.Month) string                     // how they name all first supplies to people at risk there ever were to the end of a month
}

// Beside joins a room that publishes more of the same supplies. fn is asked before an edition of a nation's year, by the nation's
// code, is made. Join it when the rooms are made, before anything is asked of the store.
func (s *Store) Beside(fn func(ctx context.Context, nation string, year civil.Period) (Others, error)) {
	s.others = fn
}

// beside is what others have published, with what the ledger has of the quarters.
type beside struct {
	Others
	snap     *registry.Snapshot
	nation   *registry.Area
	year     civil.Period
	quarters []civil.Period
	counts   []map[string]counts // of each quarter, by code of the area
	values   map[string][]int64  // that others have of a cell, oldest first
}

// readBeside reads what others have published of what is to be published now; nil where there is nothing.
func (s *Store) readBeside(ctx context.Context, p *toPublish) (*beside, error) {
	if s.others == nil {
		return nil, nil
	}
	o, err := s.others(ctx, p.nation.Code, p.period)
	if err != nil || len(o.Releases) == 0 {
		return nil, err
	}
	b := &beside{Others: o, nation: p.nation, year: p.period, quarters: quartersOf(p.period), values: map[string][]int64{}}
	for _, r := range o.Releases {
		for _, c := range r.Cells {
			b.values[c.ID] = append(b.values[c.ID], c.Value)
		}
	}
	err = s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if b.snap, err = s.reg.In(ctx, tx); err != nil {
			return err
		}
		b.counts = nil
		for _, q := range b.quarters {
			byNation, err := readYear(ctx, tx, b.snap, q)
			if err != nil {
				return err
			}
			for _, c := range byNation[p.nation.ID] {
				c.complete() // what contradicts itself adds up to no year, and no relation is made of it
			}
			b.counts = append(b.counts, byNation[p.nation.ID])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for code, now := range p.areas {
		var sum int64
		for _, quarter := range b.counts {
			sum += quarter[code][cell("supply", notRecorded)]
		}
		if sum != now[cell("supply", notRecorded)] {
			return nil, fault.New(fault.Conflict, "the ledger of %s was told more while its year was read", code)
		}
	}
	return b, nil
}

// quartersOf are those of a financial year.
func quartersOf(year civil.Period) []civil.Period {
	list := make([]civil.Period, 4)
	q := civil.QuarterOf(year.Last())
	for i := range list {
		list[len(list)-1-i] = q
		q = q.Before()
	}
	return list
}

// relations are the cells of others that say something of a release, with how they add up to its own. All are hidden in it: what
// was shown of them is in what others published.
func (b *beside) relations(r disclosure.Release) disclosure.Release {
	out := disclosure.Release{}
	there := map[string]bool{}
	put := func(id string, value int64) {
		if !there[id] {
			there[id] = true
			out.Cells = append(out.Cells, disclosure.Cell{ID: id, Value: value, Hidden: value != 0, Keep: value == 0}) // nought is no secret
		}
	}
	have := r.ByID()
	for _, a := range append([]*registry.Area{b.nation}, b.snap.Under(b.nation.ID)...) {
		rows := b.rowsOf(a, have)
		if len(rows) == 0 {
			continue
		}
		for _, name := range cells() {
			about, word, _ := strings.Cut(name, "/")
			ids := []string{b.ID(a.Code, b.year, about, word)}
			for _, q := range b.quarters {
				ids = append(ids, b.ID(a.Code, q, about, word))
			}
			ever := name == cell(firstAtRisk, total) && b.knowsEver(a.Code)
			if !ever && !slices.ContainsFunc(ids, func(id string) bool { return b.values[id] != nil }) {
				continue
			}
			year := disclosure.Sum{Total: ids[0]}
			var whole, sum int64
			for _, row := range rows {
				year.Parts = append(year.Parts, cellID(row, name))
				whole += have[cellID(row, name)].Value
			}
			quarters := make([]int64, len(b.quarters))
			for i := range b.quarters {
				quarters[i] = b.quarter(a, rows, i, name)
				sum += quarters[i]
			}
			put(ids[0], whole)
			out.Sums = append(out.Sums, year)
			if sum != whole {
				continue // an area's earlier numbers stand, so that this is another count than the ledger's of now
			}
			for i, id := range ids[1:] {
				put(id, quarters[i])
			}
			out.Sums = append(out.Sums, disclosure.Sum{Total: ids[0], Parts: ids[1:]})
			if ever {
				b.ever(a.Code, ids[1:], quarters, put, &out)
			}
		}
	}
	return out
}

// rowsOf are the codes of the rows here that are what others count as one area: of a nation its total, of an authority its own and
// those of the ones whose place it alone took.
func (b *beside) rowsOf(a *registry.Area, have map[string]disclosure.Cell) []string {
	if a.ID == b.nation.ID {
		return []string{nationKey(a.Code)}
	}
	if !a.IsAuthority() {
		return nil
	}
	var rows []string
	for _, id := range measure.LedgersFor(b.snap, a, b.year.Last()) {
		code := b.snap.Area(id).Code
		if _, there := have[cellID(code, cell(allSupplies, total))]; there {
			rows = append(rows, code)
		}
	}
	return rows
}

// quarter is what the ledger has of some rows in a quarter.
func (b *beside) quarter(a *registry.Area, rows []string, i int, name string) (n int64) {
	for code, c := range b.counts[i] {
		if a.ID == b.nation.ID || slices.Contains(rows, code) {
			n += c[name]
		}
	}
	return n
}

// ends are the last months of the year before and of each quarter.
func (b *beside) ends() []civil.Month {
	list := []civil.Month{b.year.From - 1}
	for _, q := range b.quarters {
		list = append(list, q.To)
	}
	return list
}

func (b *beside) knowsEver(area string) bool {
	return slices.ContainsFunc(b.ends(), func(m civil.Month) bool { return b.values[b.Ever(area, m)] != nil })
}

// ever notes that between two months there were as many first supplies as the quarters between them have, where the numbers that
// were kept of those months say so.
func (b *beside) ever(area string, quarters []string, values []int64, put func(string, int64), out *disclosure.Release) {
	ends := b.ends()
	from := -1
	for to := range ends {
		id := b.Ever(area, ends[to])
		if b.values[id] == nil {
			continue
		}
		if from >= 0 {
			was := b.Ever(area, ends[from])
			var between int64
			for _, n := range values[from:to] {
				between += n
			}
			for _, now := range slices.Backward(b.values[id]) {
				if slices.Contains(b.values[was], now-between) {
					// A cell is there once: the relation is noted where both ends have the value that they were put with.
					put(was, now-between)
					put(id, now)
					if valueOf(out, was) == now-between && valueOf(out, id) == now {
						out.Sums = append(out.Sums, disclosure.Sum{Total: id, Parts: append([]string{was}, quarters[from:to]...)})
					}
					break
				}
			}
		}
		from = to
	}
}

func valueOf(r *disclosure.Release, id string) int64 {
	i := slices.IndexFunc(r.Cells, func(c disclosure.Cell) bool { return c.ID == id })
	return r.Cells[i].Value
}

// protect protects a release against earlier editions and what others have published. Where that cannot be done with all of it
// shown, nothing is shown of the nation's totals and of areas that others publish; where that is not enough the error is
// fault.Refused. beside is what must be kept of others, to go on knowing what they tell.
func (b *beside) protect(r disclosure.Release, earlier []disclosure.Release) (done, kept disclosure.Release, err error) {
	if b == nil {
		done, err = disclosure.Protect(r, rule, earlier...)
		return done, kept, err
	}
	before := disclosure.Renumber(slices.Concat(b.Releases, earlier))
	more := b.relations(r)
	said := map[string]bool{}
	for _, s := range more.Sums {
		for _, id := range s.Parts {
			said[id] = true
		}
	}
	for _, dark := range []bool{false, true} {
		all := disclosure.Release{Cells: slices.Concat(r.Cells, more.Cells), Sums: slices.Concat(r.Sums, more.Sums)}
		for i := range r.Cells {
			if dark && said[r.Cells[i].ID] {
				all.Cells[i].Hidden = true
			}
		}
		if done, err = disclosure.Protect(all, rule, before...); !fault.Is(err, fault.Refused) {
			break
		}
	}
	if err != nil {
		return done, kept, err
	}
	kept = disclosure.Release{Cells: slices.Clone(done.Cells[len(r.Cells):]), Sums: more.Sums, Rule: rule}
	done.Cells, done.Sums = slices.Clip(done.Cells[:len(r.Cells)]), r.Sums
	return done, kept, nil
}

// whole is an edition with what it was protected against.
func (e *edition) whole() disclosure.Release {
	r := e.Release
	r.Cells, r.Sums = slices.Concat(r.Cells, e.beside.Cells), slices.Concat(r.Sums, e.beside.Sums)
	return r
}

// readKeptBeside reads what the editions of a nation and year were protected against.
func readKeptBeside(ctx context.Context, tx *store.Tx, nation int, year civil.Period, list []edition) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var number int
		var body string
		if err := scan(&number, &body); err != nil {
			return err
		}
		if number < 1 || number > len(list) {
			return nil
		}
		return json.Unmarshal([]byte(body), &list[number-1].beside)
	}, "SELECT edition, body FROM open_beside WHERE nation = ? AND name = ? AND period = ?", nation, suppliesName, year.String())
}

// keepBeside stores it.
func keepBeside(ctx context.Context, tx *store.Tx, p *toPublish, e *edition) error {
	if len(e.beside.Cells) == 0 {
		return nil
	}
	body, err := json.Marshal(e.beside)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO open_beside (nation, name, period, edition, body) VALUES (?, ?, ?, ?, ?)", p.nation.ID, suppliesName, p.period.String(), e.number, string(body))
	return err
}
