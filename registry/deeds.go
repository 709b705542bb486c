package registry

import (
	"context"
	"fmt"
	"strings"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
	"everykit/table"
)

// PutArea writes areas: an area whose code is known is changed, another is new. IDs and MinDays are not looked at (see
// SetMinDays); Parent and Successors are ids. All go in or none; the error is a fault.List that names the fields.
func (r *Registry) PutArea(ctx context.Context, list ...Area) (Result, error) {
	return r.put(ctx, len(list), func(in *intake) batch {
		rows := make(areaBatch, len(list))
		for i, a := range list {
			trim(&a.Code, &a.Name)
			a.Kind = table.Fold(a.Kind)
			a.ValidFrom, a.ValidTo = day(a.ValidFrom), day(a.ValidTo)
			rows[i] = areaRow{Area: a, parent: in.codeOf(a.Parent)}
			for _, s := range a.Successors {
				rows[i].successors = append(rows[i].successors, in.codeOf(s))
			}
		}
		return rows
	}, func(i int) string { return list[i].Code })
}

// PutOutlet writes outlets, as PutArea does areas. Area is an id. An outlet cannot change its area: what it has given out
// is counted there.
func (r *Registry) PutOutlet(ctx context.Context, list ...Outlet) (Result, error) {
	return r.put(ctx, len(list), func(in *intake) batch {
		rows := make(outletBatch, len(list))
		for i, o := range list {
			trim(&o.Code, &o.Name, &o.Provider, &o.Postcode, &o.Open, &o.Phone, &o.Email, &o.Languages, &o.LegalBasis)
			o.LegalFrom, o.ConfirmedOn, o.ClosedOn = day(o.LegalFrom), day(o.ConfirmedOn), day(o.ClosedOn)
			rows[i] = outletRow{Outlet: o, area: in.codeOf(o.Area), gives: strings.Join(o.Gives, ", ")}
		}
		return rows
	}, func(i int) string { return list[i].Code })
}

// PutProduct writes products, as PutArea does areas.
func (r *Registry) PutProduct(ctx context.Context, list ...Product) (Result, error) {
	return r.put(ctx, len(list), func(*intake) batch {
		rows := append(productBatch(nil), list...)
		for i := range rows {
			trim(&rows[i].Code, &rows[i].Name, &rows[i].GTIN, &rows[i].Licence)
		}
		return rows
	}, func(i int) string { return list[i].Code })
}

// PutEstimate adds estimates. One that stands already with the same value is left; with another value it is a conflict,
// since a published number does not change: a revision has another date of publication.
func (r *Registry) PutEstimate(ctx context.Context, list ...Estimate) (Result, error) {
	return r.put(ctx, len(list), func(in *intake) batch {
		rows := make(estimateBatch, len(list))
		for i, e := range list {
			trim(&e.Method, &e.Source)
			rows[i] = estimateRow{Estimate: e}
			for _, a := range e.Areas {
				rows[i].areas = append(rows[i].areas, in.codeOf(a))
			}
		}
		return rows
	}, func(i int) string { return fmt.Sprintf("estimate %d", i+1) })
}

// CloseOutlet says that an outlet is closed for good from a day on. Its record stays, and its stock can
// still be moved. civil.None opens it again.
func (r *Registry) CloseOutlet(ctx context.Context, id int, on civil.Date) error {
	return r.write(ctx, func(tx *store.Tx, snap *Snapshot) (bool, error) {
		o := snap.Outlet(id)
		if o == nil {
			return false, fault.New(fault.NotFound, "there is no such outlet")
		}
		closed := *o
		closed.ClosedOn = day(on)
		if err := closed.checkDays(nil, civil.In(tx.Now, time.UTC)).Err(); err != nil {
			return false, err
		}
		n, err := tx.Exec(ctx, "UPDATE outlet SET closed_on = ? WHERE id = ?", dayOrNull(closed.ClosedOn), id)
		return n > 0, err
	})
}

// SetMinDays sets how many days of life a kit must have left to be proposed for giving out in an area, from 0 up.
func (r *Registry) SetMinDays(ctx context.Context, area, days int) error {
	if days < 0 || days > mostMinDays {
		return fault.New(fault.Invalid, "the days a kit must have left are a whole number from 0 to %d", mostMinDays).At("min_days")
	}
	return r.write(ctx, func(tx *store.Tx, _ *Snapshot) (bool, error) {
		n, err := tx.Exec(ctx, "UPDATE area SET min_days = ? WHERE id = ?", days, area)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "there is no such area")
		}
		return n > 0, err
	})
}

// RemoveEstimate takes out an estimate that was entered by mistake. Published figures keep what they were made with.
func (r *Registry) RemoveEstimate(ctx context.Context, id int) error {
	return r.write(ctx, func(tx *store.Tx, _ *Snapshot) (bool, error) {
		n, err := tx.Exec(ctx, "DELETE FROM estimate WHERE id = ?", id)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "there is no such estimate")
		}
		return n > 0, err
	})
}

// put runs one deed. rows makes its values afresh, since a transaction may be run again; name tells them apart in messages.
func (r *Registry) put(ctx context.Context, n int, rows func(*intake) batch, name func(i int) string) (Result, error) {
	var result Result
	err := r.write(ctx, func(tx *store.Tx, snap *Snapshot) (bool, error) {
		var bad fault.List
		in := newIntake(ctx, tx, snap, make([]origin, n))
		in.report = func(i int, f *fault.Error) {
			if n > 1 {
				f.Message = name(i) + ": " + f.Message
			}
			bad = append(bad, f)
		}
		if err := rows(in).store(in); err != nil {
			return false, err
		}
		result = in.Result
		return in.New+in.Changed > 0, bad.Err()
	})
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

func newIntake(ctx context.Context, tx *store.Tx, snap *Snapshot, from []origin) *intake {
	return &intake{ctx: ctx, tx: tx, snap: snap, today: civil.In(tx.Now, time.UTC), from: from, Result: Result{Rows: len(from)}}
}

// trim takes away the space round what was typed, as reading a file does.
func trim(texts ...*string) {
	for _, t := range texts {
		*t = strings.TrimSpace(*t)
	}
}

// codeOf gives the code of an area for a message or a look-up; a number that stands for none comes out as one that no
// area has.
func (in *intake) codeOf(id int) string {
	if a := in.snap.Area(id); a != nil {
		return a.Code
	}
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("number %d", id)
}
