package registry

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

// Result says what a file or a deed did.
type Result struct {
	Rows    int // read
	New     int // things that were not there
	Changed int // things that were there and are different now
	Same    int // things that were there just so
}

// intake is one write of the registry: values of one kind, from a file or a deed, on their way into the tables.
type intake struct {
	ctx     context.Context
	tx      *store.Tx
	snap    *Snapshot // as it was before
	today   civil.Date
	from    []origin                      // of each value
	report  func(i int, bad *fault.Error) // takes what is wrong with value i
	faults  int
	addOnly bool // leave alone what is there already
	Result
}

// batch is values of one kind that can be stored.
type batch interface{ store(in *intake) error }

// fault notes what is wrong with value i.
func (in *intake) fault(i int, bad ...*fault.Error) {
	for _, b := range bad {
		in.faults++
		in.report(i, b)
	}
}

// claim gives value i the id of what stands under its code, or a new one. It reports a code that an earlier value has.
func (in *intake) claim(i int, code string, ids map[string]int, seen map[string]int, next *int) (id int, ok bool) {
	key := codeKey(code)
	if key == "" {
		in.fault(i, fault.New(fault.Invalid, "must be filled in").At("code"))
		return 0, false
	}
	if first, twice := seen[key]; twice {
		where := "earlier in this list"
		if n := in.from[first].n; n > 0 {
			where = fmt.Sprintf("in row %d", n)
		}
		in.fault(i, fault.New(fault.Invalid, "%s stands %s already", code, where).At("code"))
		return 0, false
	}
	seen[key] = i
	id, known := ids[key]
	if !known {
		id = *next
		*next++
		ids[key] = id
	}
	return id, true
}

// count notes what became of a value, and reports whether it must be written.
func (in *intake) count(known, same bool) (write bool) {
	switch {
	case !known:
		in.New++
	case same || in.addOnly:
		in.Same++
		return false
	default:
		in.Changed++
	}
	return true
}

// orNull turns "not known", which is 0 or empty, into NULL.
func orNull[T int | string](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func dayOrNull(d civil.Date) any {
	if d == civil.None {
		return nil
	}
	return int(d)
}

func numberOrNull(f *float64) any {
	if f == nil {
		return nil
	}
	return *f
}

// day takes the zero Date, which a struct made in code may hold, for none.
func day(d civil.Date) civil.Date {
	if d == 0 {
		return civil.None
	}
	return d
}
