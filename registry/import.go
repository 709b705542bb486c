package registry

import (
	"context"
	"errors"

	"everykit/fault"
	"everykit/store"
	"everykit/table"
)

// errDry ends a transaction that was only to show what it would do.
var errDry = errors.New("dry run")

// Import takes in a whole file of one of Kinds, or nothing of it. Everything wrong with it is in rd.Faults, which the
// error leads to as well. With dry it says what it would do and stores nothing.
//
// Rows are known by their code (estimates by all but their numbers): a row as it stands changes nothing, so a file can
// be given twice. Cells that are empty, or whose column is left out, mean not known and clear what was there.
func (r *Registry) Import(ctx context.Context, kind string, rd *table.Reader, dry bool) (Result, error) {
	return r.take(ctx, kind, rd, dry, false)
}

func (r *Registry) take(ctx context.Context, kind string, rd *table.Reader, dry, addOnly bool) (Result, error) {
	rows, from, err := read(kind, rd)
	if err != nil {
		return Result{}, err
	}
	columns := kindOf(kind)
	var result Result
	err = r.write(ctx, func(tx *store.Tx, snap *Snapshot) (bool, error) {
		in := newIntake(ctx, tx, snap, from)
		in.addOnly = addOnly
		in.faults = rd.Faults.Count()
		in.report = func(i int, f *fault.Error) {
			value := ""
			if c := columns.Index(f.Field); c >= 0 {
				value = from[i].cells[c]
			}
			rd.Faults.Add(from[i].n, f.Field, value, f.Message)
		}
		if err := rows().store(in); err != nil {
			return false, err
		}
		if err := rd.Faults.Err(); err != nil {
			return false, err
		}
		result = in.Result
		if dry {
			return false, errDry
		}
		return in.New+in.Changed > 0, nil
	})
	if err != nil && !errors.Is(err, errDry) {
		return Result{}, err
	}
	return result, nil
}

// read takes in all rows of a file. rows gives them afresh each time, since a transaction may be run again.
func read(kind string, rd *table.Reader) (rows func() batch, from []origin, err error) {
	switch kind {
	case AreasFile:
		values, from, err := readAll(rd, areasKind, readArea)
		return func() batch { return append(areaBatch(nil), values...) }, from, err
	case OutletsFile:
		values, from, err := readAll(rd, outletsKind, readOutlet)
		return func() batch { return append(outletBatch(nil), values...) }, from, err
	case ProductsFile:
		values, from, err := readAll(rd, productsKind, readProduct)
		return func() batch { return append(productBatch(nil), values...) }, from, err
	case EstimatesFile:
		values, from, err := readAll(rd, estimatesKind, readEstimate)
		return func() batch { return append(estimateBatch(nil), values...) }, from, err
	}
	return nil, nil, noKind(kind)
}

func kindOf(name string) table.Kind {
	for _, k := range Kinds() {
		if k.Name == name {
			return k
		}
	}
	return table.Kind{}
}

func noKind(kind string) error {
	return fault.New(fault.Invalid, "%q is not a kind of file of the registry", kind).Hint("they are areas, outlets, products and estimates")
}
