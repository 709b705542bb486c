package ledger

import (
	"bytes"
	"cmp"
	"context"
	"slices"
)

// ready is a chunk of supplies made ready to be written while the writer is still at the chunk before: in the order of the
// key, as values, with all that is counted from them. What needs the database is left to the writer: whether the ids
// are known, and first or repeat where a client code must tell.
type ready struct {
	ms      []*Movement
	values  []any
	tables  []rows            // days of stock and of clients, of which few are met again in the next chunk
	counted *batch            // stock and months, of which most are
	untold  map[*Movement]int // by index of ms: supplies that a client code must tell first from repeat
}

// supplyAt is where a supply's values say first or repeat: after the core columns and the recipient.
const supplyAt = coreCount + 1

// makeReady does what can be done of a chunk of supplies without the database.
func (im *importer) makeReady(chunk []draft) (*ready, error) {
	r := &ready{ms: make([]*Movement, 0, len(chunk)), untold: map[*Movement]int{}}
	b := newBatch(nil)
	for i := range chunk {
		d := &chunk[i]
		m := &d.m
		m.RecordedAt = im.tx.Now
		if err := m.checkSupply(*im.lots.byID(m.Lot), im.today(im.tx)); err != nil {
			if err := im.failed(d.row, d, err); err != nil {
				return nil, err
			}
			continue
		}
		m.flagBarred(im.batch.bars[m.Lot])
		r.ms = append(r.ms, m)
	}
	slices.SortStableFunc(r.ms, byKey)
	r.values = make([]any, 0, len(r.ms)*familyCounts[supplyFamily])
	for i, m := range r.ms {
		if len(m.Client) > 0 && m.Detail.Supply == 0 {
			r.untold[m] = i
		}
		r.values = m.values(r.values)
		b.add(m)
	}
	b.foldDays()
	r.tables, r.counted = []rows{b.dayRows(), b.clientRows()}, b
	return r, nil
}

// byKey is the order of the movements' table.
func byKey(x, y *Movement) int {
	return cmp.Or(cmp.Compare(x.Area, y.Area), bytes.Compare(x.ID[:], y.ID[:]))
}

// writeReady writes a chunk that was made ready, unless some of its ids may be known: then it goes the long way.
func (im *importer) writeReady(ctx context.Context, chunk []draft, r *ready) ([]clash, error) {
	marks := map[clientSeen]civilDate{}
	for i := range chunk { // in the order of the file
		m := &chunk[i].m
		at, untold := r.untold[m]
		if untold {
			r.counted.tellSupply(m, -1)
		}
		if err := im.tellFirst(ctx, m, marks); err != nil {
			return nil, err
		}
		if untold {
			r.counted.tellSupply(m, 1)
			r.values[at*familyCounts[supplyFamily]+supplyAt] = int(m.Detail.Supply)
		}
	}
	b := im.batch
	known, err := b.mayKnow(ctx, r.ms)
	if err != nil {
		return nil, err
	}
	if known {
		for _, m := range r.ms {
			m.Flags &^= isNew
		}
		return b.record(ctx, r.ms)
	}
	if err := b.insertNew(ctx, supplyFamily, r.values, len(r.ms)); err != nil {
		return nil, err
	}
	for _, t := range r.tables {
		if err := b.write(ctx, t); err != nil {
			return nil, err
		}
	}
	b.take(r.counted)
	if len(b.months) < mostGathered && len(b.told) < mostGathered/10 {
		return nil, nil
	}
	return nil, b.flush(ctx)
}

// mostGathered is how many months of outlets an import of supplies holds back, so as to write each once. What is told of an
// authority's month takes ten times the room.
const mostGathered = 100_000

// take takes over the stock and months, and what was told of supplies, that another batch counted.
func (b *batch) take(o *batch) {
	for k, t := range o.touched {
		b.touch(k, t)
	}
	for k, c := range o.stock {
		if had := b.stock[k]; had != nil {
			*had = had.Plus(*c)
		} else {
			b.stock[k] = c
		}
	}
	for k, d := range o.dueDays {
		b.dueDays[k] = b.dueDays[k].plus(d)
	}
	for k, t := range o.told {
		had := b.told[k]
		if had == nil {
			b.told[k] = t
			continue
		}
		for i := range t {
			had[i].kits += t[i].kits
			had[i].times += t[i].times
		}
	}
	for k, t := range o.months {
		if had := b.months[k]; had != nil {
			had.kits += t.kits
			had.times += t.times
		} else {
			b.months[k] = t
		}
	}
}
