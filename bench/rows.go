package main

import (
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
)

// The made-up nation. Outlets are drawn evenly, which is the least kind to anybody's cache.
const (
	authorities = 150
	outletsEach = 13
	outlets     = authorities * outletsEach
	lots        = 12
	lotsAtOnce  = 3 // that are given out from in the same weeks
	days        = 730
)

// columns are the columns of a supplies file, in order, here and in the peers' tables.
var columns = []string{
	"id", "occurred_on", "outlet", "product", "lot", "kits", "channel", "recipient", "supply", "reason", "age_band", "sex",
	"client_code", "trained", "card", "replaces_lot", "note",
}

const (
	lotColumn  = 4
	kitsColumn = 5 // the one column that holds a number
)

// ids is how the rows of a file are numbered.
type ids string

const (
	randomIDs  ids = "random"  // UUIDv4
	orderedIDs ids = "ordered" // UUIDv7, one millisecond apart
	noIDs      ids = "none"    // the column left empty: Everykit makes them
)

// nation makes rows. The same seed, size and last day make the same rows.
type nation struct {
	rows  int
	last  civil.Date // the last day with supplies
	seed  uint64
	codes int // in a hundred rows, how many carry a client code
}

func outletCode(i int) string { return fmt.Sprintf("XA%06d-%02d", i/outletsEach+1, i%outletsEach+1) }

func product(lot int) string {
	if lot%2 == 0 {
		return "bench-syringe"
	}
	return "bench-spray"
}

// firstLot is the number on the packs of the first lot; the others count on from there.
const firstLot = 4100

func lotNumber(lot int) string { return fmt.Sprintf("0%d-B", firstLot+lot) }

// lotOf is the lot that has a number that lotNumber made.
func lotOf(number string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(number, "-B"))
	return n - firstLot
}

func (n nation) first() civil.Date { return n.last - days + 1 }

// perShelf is how many kits each outlet gets of each lot: several times what the rows can be expected to take.
func (n nation) perShelf() int { return 90_000 }

// sized is the same nation with another number of rows.
func (n nation) sized(rows int) nation {
	n.rows = rows
	return n
}

// supplies gives the cells of each row, in the order of the days, as an export would have them. The slice is used again.
func (n nation) supplies(kind ids) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		r := rand.New(rand.NewPCG(n.seed, 1))
		id := rand.New(rand.NewPCG(n.seed, 2))
		cells := make([]string, len(columns))
		for i := range n.rows {
			n.supply(r, i, cells)
			cells[0] = makeID(id, kind, i)
			if !yield(cells) {
				return
			}
		}
	}
}

func (n nation) supply(r *rand.Rand, i int, cells []string) {
	at := int(int64(i) * days / int64(n.rows))
	lot := min(at*(lots-lotsAtOnce+1)/days+r.IntN(lotsAtOnce), lots-1)
	outlet := r.IntN(outlets)
	clear(cells)
	cells[1] = (n.first() + civil.Date(at)).String()
	cells[2] = outletCode(outlet)
	cells[3] = product(lot)
	cells[lotColumn] = lotNumber(lot)
	cells[kitsColumn] = pick(r, "1", "1", "1", "1", "1", "2", "2", "3")
	cells[6] = "community"
	cells[7] = pick(r, "person_at_risk", "person_at_risk", "person_at_risk", "family_or_friend", "worker", "")
	cells[10] = pick(r, "under_25", "25_34", "35_44", "35_44", "45_over", "")
	cells[11] = pick(r, "female", "male", "male", "")
	cells[13] = pick(r, "yes", "yes", "no", "")
	if r.IntN(100) < n.codes {
		cells[12] = "c" + strconv.Itoa(outlet/outletsEach) + "-" + strconv.Itoa(r.IntN(1+n.rows/10/authorities))
	} else if cells[8] = pick(r, "first", "repeat", "repeat", "not_known"); cells[8] == "repeat" {
		cells[9] = pick(r, "used_on_self", "used_on_other", "lost", "expired", "spare", "not_known")
	}
	if r.IntN(50) == 0 {
		cells[16] = "given with a talk about rescue breaths"
	}
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

func makeID(r *rand.Rand, kind ids, row int) string {
	if kind == noIDs {
		return ""
	}
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], r.Uint64())
	binary.BigEndian.PutUint64(id[8:], r.Uint64())
	version := byte(0x40)
	if kind == orderedIDs {
		const begin = 1_700_000_000_000 // milliseconds since 1970: any day would do
		random := binary.BigEndian.Uint16(id[6:])
		binary.BigEndian.PutUint64(id[:8], uint64(begin+row)<<16|uint64(random))
		version = 0x70
	}
	id[6] = id[6]&0x0f | version
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// writeBase writes the files that a supplies file needs before it, and gives their kinds in the order to import them.
func (n nation) writeBase(dir string) (kinds []string, err error) {
	areas := [][]string{{"code", "name", "kind", "parent"}, {"XN000001", "Benchland", "nation", ""}}
	doors := [][]string{{"code", "name", "kind", "authority", "channel"}}
	receipts := [][]string{{"occurred_on", "outlet", "product", "lot", "expiry", "kits"}}
	for a := range authorities {
		areas = append(areas, []string{fmt.Sprintf("XA%06d", a+1), fmt.Sprintf("Authority %d", a+1), "authority", "XN000001"})
	}
	expiry := (n.last + 2*365).String()[:7]
	for o := range outlets {
		kind := "needle_exchange"
		if o%3 == 0 {
			kind = "pharmacy"
		}
		doors = append(doors, []string{outletCode(o), fmt.Sprintf("Outlet %d", o+1), kind, outletCode(o)[:8], "community"})
		for l := range lots {
			receipts = append(receipts, []string{n.first().String(), outletCode(o), product(l), lotNumber(l), expiry, strconv.Itoa(n.perShelf())})
		}
	}
	products := [][]string{
		{"code", "name", "form", "route", "doses_per_kit"},
		{product(0), "Syringe of the benchmark", "prefilled_syringe", "intramuscular", "5"},
		{product(1), "Spray of the benchmark", "nasal_spray", "intranasal", "2"},
	}
	for _, f := range []struct {
		kind string
		rows [][]string
	}{{"areas", areas}, {"products", products}, {"outlets", doors}, {"receipts", receipts}} {
		kinds = append(kinds, f.kind)
		err := writeCSV(filepath.Join(dir, f.kind+".csv"), func(yield func([]string) bool) {
			for _, row := range f.rows {
				if !yield(row) {
					return
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return kinds, nil
}

// writeSupplies writes the supplies file and gives its path.
func (n nation) writeSupplies(dir string, kind ids) (string, error) {
	path := filepath.Join(dir, "supplies-"+string(kind)+".csv")
	return path, writeCSV(path, func(yield func([]string) bool) {
		if !yield(columns) {
			return
		}
		n.supplies(kind)(yield)
	})
}

func writeCSV(path string, rows iter.Seq[[]string]) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	for row := range rows {
		if err := w.Write(row); err != nil {
			break // Flush keeps the error
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
