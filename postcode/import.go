package postcode

import (
	"context"
	"math"
	"strings"

	"everykit/fault"
	"everykit/store"
)

// Imported is what an import did.
type Imported struct {
	Rows, Kept, Ended, NoPlace int    // Ended: no longer in use; NoPlace: without a grid reference
	Kind                       string // ONS Postcode Directory, Code-Point Open
}

// The kinds of file.
const (
	Directory = "ONS Postcode Directory"
	CodePoint = "Code-Point Open"
)

// inBatch is how many rows are handed to the database at a time.
const inBatch = 4096

// Look reports which kind of file is at a path, without taking it in: its faults are those of Import that need no reading of
// all rows.
func Look(path string) (kind string, err error) {
	src, err := openSource(path)
	if err != nil {
		return "", err
	}
	defer src.close()
	return src.kind, nil
}

// Import takes the ONS Postcode Directory or Code-Point Open as CSV, or a zip or folder of such files, known by its header or
// its shape, in place of the table that was there: whole or not at all. progress may be nil; it is told how many bytes of
// how many were read, and how many rows.
func (p *Postcodes) Import(ctx context.Context, path string, progress func(done, size int64, rows int)) (Imported, error) {
	src, err := openSource(path)
	if err != nil {
		return Imported{}, err
	}
	defer src.close()
	var did Imported
	err = p.db.Bulk(ctx, func(tx *store.Tx) error {
		in := &intake{tx: tx, lies: map[lies]int{}, out: map[[2]int]*centre{}, progress: progress}
		for _, table := range []string{"postcode", "postcode_out", "postcode_lies", "postcode_import"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		if err := src.each(func(r *row) error { return in.take(ctx, r) }); err != nil {
			return err
		}
		in.did.Kind = src.kind
		if err := in.finish(ctx); err != nil {
			return err
		}
		did = in.did
		return nil
	})
	return did, err
}

// row is one postcode of a file.
type row struct {
	code       Code
	lat, lon   float64
	lies       lies
	ended      bool // no longer in use
	nowhere    bool // no grid reference
	done, size int64
}

// intake puts rows into the tables.
type intake struct {
	tx       *store.Tx
	lies     map[lies]int
	out      map[[2]int]*centre // by first half and lies
	batch    []any
	did      Imported
	progress func(done, size int64, rows int)
}

// centre sums the places of postcodes.
type centre struct {
	times    int
	lat, lon int64
}

func (in *intake) take(ctx context.Context, r *row) error {
	in.did.Rows++
	if in.progress != nil {
		in.progress(r.done, r.size, in.did.Rows)
	}
	switch {
	case r.ended:
		in.did.Ended++
		return nil
	case r.nowhere:
		in.did.NoPlace++
		return nil
	}
	id := in.lies[r.lies]
	if id == 0 {
		id = len(in.lies) + 1
		// Kept apart from the line they were cut from, which would stay in memory with them.
		in.lies[lies{strings.Clone(r.lies.county), strings.Clone(r.lies.district), strings.Clone(r.lies.health)}] = id
	}
	lat, lon := int(math.Round(r.lat*units)), int(math.Round(r.lon*units))
	key := [2]int{packOut(r.code.Out()), id}
	c := in.out[key]
	if c == nil {
		c = &centre{}
		in.out[key] = c
	}
	c.times, c.lat, c.lon = c.times+1, c.lat+int64(lat), c.lon+int64(lon)
	in.batch = append(in.batch, pack(r.code), lat, lon, id)
	if len(in.batch) < 4*inBatch {
		return nil
	}
	return in.flush(ctx)
}

func (in *intake) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	n, err := in.tx.Insert(ctx, "INSERT INTO postcode (code, lat, lon, lies) VALUES", 4, in.batch, "ON CONFLICT (code) DO NOTHING")
	if err == nil && int(n) != len(in.batch)/4 {
		err = fault.New(fault.Invalid, "the file has a postcode more than once, somewhere before row %d", in.did.Rows+1).
			Hint("give one edition of one file, as it was downloaded; nothing was stored")
	}
	in.did.Kept += int(n)
	in.batch = in.batch[:0]
	return err
}

// finish writes what was gathered over the whole file.
func (in *intake) finish(ctx context.Context) error {
	if err := in.flush(ctx); err != nil {
		return err
	}
	if in.did.Kept == 0 {
		return fault.New(fault.Invalid, "the file has no postcode that is in use and has a place").Hint("give the file as it was downloaded; nothing was stored")
	}
	var values []any
	for l, id := range in.lies {
		values = append(values, id, l.county, l.district, l.health)
	}
	if _, err := in.tx.Insert(ctx, "INSERT INTO postcode_lies (id, county, district, health) VALUES", 4, values, ""); err != nil {
		return err
	}
	values = values[:0]
	for key, c := range in.out {
		n := float64(c.times)
		values = append(values, key[0], key[1], c.times, int(math.Round(float64(c.lat)/n)), int(math.Round(float64(c.lon)/n)))
	}
	if _, err := in.tx.Insert(ctx, "INSERT INTO postcode_out (code, lies, times, lat, lon) VALUES", 5, values, ""); err != nil {
		return err
	}
	_, err := in.tx.Exec(ctx, "INSERT INTO postcode_import (id, kind, kept, at) VALUES (1, ?, ?, ?)", in.did.Kind, in.did.Kept, in.tx.Now.UnixMilli())
	return err
}
