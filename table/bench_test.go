package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
)

// supplies is as wide as the widest kind of Everykit.
func supplies() (Kind, []byte) {
	kind := Kind{Name: "supplies"}
	for _, name := range strings.Fields("id occurred_on outlet product lot kits channel recipient supply reason age_band sex client_code trained card replaces_lot note") {
		kind.Columns = append(kind.Columns, Column{Name: name})
	}
	var b bytes.Buffer
	b.WriteString(strings.Join(kind.Names(), ",") + "\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "0192f0c1-0000-7000-8000-%012d,2026-11-%02d,E09000002-%d,prenoxad,0116917,%d,community,person_at_risk,first,,25-34,f,,yes,,,\n", i, i%28+1, i%40, i%5+1)
	}
	return kind, b.Bytes()
}

func report(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkRead(b *testing.B) {
	kind, content := supplies()
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(content), "f", int64(len(content)), kind)
		check(b, err)
		for rows = 0; ; rows++ {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, rows)
}

// BenchmarkEncodingCSV reads the same bytes with the standard library, to compare.
func BenchmarkEncodingCSV(b *testing.B) {
	_, content := supplies()
	b.SetBytes(int64(len(content)))
	rows := 0
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(content))
		r.ReuseRecord = true
		for rows = 0; ; rows++ {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, rows)
}

func BenchmarkReadXLSX(b *testing.B) {
	kind, content := supplies()
	var book bytes.Buffer
	x := NewXLSX(&book, "s", kind.Names()...)
	r, err := NewReader(bytes.NewReader(content), "f", int64(len(content)), kind)
	check(b, err)
	for row, err := r.Next(); err == nil; row, err = r.Next() {
		check(b, x.Write(row.Cells...))
	}
	check(b, x.Close())
	rows := 0
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(book.Bytes()), "f", int64(book.Len()), kind)
		check(b, err)
		for rows = 0; ; rows++ {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		check(b, r.Close())
	}
	report(b, rows)
}

func benchmarkOut(b *testing.B, start func(io.Writer, ...string) Out) {
	row := strings.Split("0192f0c1-0000-7000-8000-000000000001,2026-11-23,E09000002-1,prenoxad,0116917,3,community,person_at_risk,first,,25-34,f,,yes,,,", ",")
	out := start(io.Discard, row...)
	b.ReportAllocs()
	for b.Loop() {
		if out.Rows() >= mostRows-1 {
			out = start(io.Discard, row...)
		}
		check(b, out.Write(row...))
	}
	report(b, 1)
}

func BenchmarkWrite(b *testing.B) {
	benchmarkOut(b, func(w io.Writer, c ...string) Out { return NewWriter(w, c...) })
}

func BenchmarkWriteXLSX(b *testing.B) {
	benchmarkOut(b, func(w io.Writer, c ...string) Out { return NewXLSX(w, "s", c...) })
}
