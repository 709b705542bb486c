package opendata

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/store/storetest"

	"github.com/parquet-go/parquet-go"
)

// TestAllFormatsSayTheSame reads every table in each format, and compares them cell by cell and with the dictionary.
func TestAllFormatsSayTheSame(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40, 9, 0, 30)
		w.round(true)
		all, err := w.List(w.ctx)
		must(t, err)
		pkg := w.dataPackage()
		if len(all) != len(pkg.Resources) || len(all) < 22 {
			t.Fatalf("%d tables, %d resources", len(all), len(pkg.Resources))
		}
		full := 0
		for i, m := range all {
			rows := w.table(m.Name)
			if m.Count != len(rows)-1 {
				t.Errorf("%s: %d rows, and %d in the file", m.Name, m.Count, len(rows)-1)
			}
			if m.Count > 0 {
				full++
			}
			inJSON, inParquet := w.fromJSON(m.Name), w.fromParquet(m.Name)
			if len(inJSON) != m.Count || len(inParquet) != m.Count {
				t.Fatalf("%s: %d rows, %d in JSON, %d in Parquet", m.Name, m.Count, len(inJSON), len(inParquet))
			}
			for n, row := range rows[1:] {
				for j, c := range m.Columns {
					cell := row[j]
					if cell == "[c]" {
						if !slices.Contains(row, "suppressed") {
							t.Errorf("%s: a hidden number without its state: %v", m.Name, row)
						}
						cell = ""
					}
					if inJSON[n][j] != cell || inParquet[n][j] != cell {
						t.Fatalf("%s, row %d, %s: %q in CSV, %q in JSON, %q in Parquet", m.Name, n+1, c.Name, cell, inJSON[n][j], inParquet[n][j])
					}
				}
			}
			checkResource(t, m, pkg.Resources[i], rows)
		}
		if full < 15 {
			t.Errorf("only %d tables have rows", full)
		}
	})
}

// checkResource checks a table against its own dictionary, as a validator of data packages would.
func checkResource(t *testing.T, m Meta, r resourceJSON, rows [][]string) {
	t.Helper()
	if r.Name != m.Name || r.Path != m.Name+".csv" || r.Bytes != m.Bytes["csv"] || !strings.HasPrefix(r.Hash, "sha256:"+strings.Trim(m.ETags["csv"], `"`)) || r.Profile != "tabular-data-resource" {
		t.Errorf("%s: %+v", m.Name, r)
	}
	if len(r.Licenses) != 1 || r.Licenses[0].Path == "" || len(r.Sources) != 1 || r.Sources[0].Title == "" || r.Title == "" || r.Description == "" {
		t.Errorf("%s has no licence, source, title or description", m.Name)
	}
	if strings.ToLower(r.Name) != r.Name || strings.ContainsAny(r.Name, " /") {
		t.Errorf("%s is no name of a resource", r.Name)
	}
	keys := map[string]bool{}
	for j, f := range r.Schema.Fields {
		if f.Name != rows[0][j] {
			t.Errorf("%s: field %d is %s, and the header %s", m.Name, j, f.Name, rows[0][j])
		}
		if f.Title == "" || f.Description == "" {
			t.Errorf("%s: %s is not described", m.Name, f.Name)
		}
		seen := map[string]bool{}
		for _, row := range rows[1:] {
			v := row[j]
			if slices.Contains(r.Schema.MissingValues, v) {
				if f.Constraints != nil && f.Constraints.Required {
					t.Fatalf("%s: %s is absent in %v", m.Name, f.Name, row)
				}
				continue
			}
			if !isOf(f.Type, v) {
				t.Fatalf("%s: %s is %q, which is no %s", m.Name, f.Name, v, f.Type)
			}
			c := f.Constraints
			if c == nil {
				continue
			}
			n, _ := strconv.ParseFloat(v, 64)
			if c.Enum != nil && !slices.Contains(c.Enum, v) || c.Minimum != nil && n < *c.Minimum || c.Maximum != nil && n > *c.Maximum || c.Unique && seen[v] {
				t.Fatalf("%s: %s is %q, against its constraints", m.Name, f.Name, v)
			}
			seen[v] = true
		}
	}
	if r.Schema.PrimaryKey == nil {
		return
	}
	for _, row := range rows[1:] {
		k := ""
		for _, name := range r.Schema.PrimaryKey {
			k += row[slices.Index(rows[0], name)] + "|"
		}
		if keys[k] {
			t.Fatalf("%s: two rows %s", m.Name, k)
		}
		keys[k] = true
	}
}

func isOf(kind Type, v string) bool {
	var err error
	switch kind {
	case Integer:
		_, err = strconv.ParseInt(v, 10, 64)
	case Number:
		_, err = strconv.ParseFloat(v, 64)
	case Boolean:
		return v == "true" || v == "false"
	case Date:
		_, err = time.Parse("2006-01-02", v)
	}
	return err == nil
}

func (w *world) dataPackage() packageJSON {
	w.t.Helper()
	f, err := w.Package(w.ctx)
	must(w.t, err)
	var p packageJSON
	d := json.NewDecoder(bytes.NewReader(f.Body))
	d.DisallowUnknownFields()
	must(w.t, d.Decode(&p))
	return p
}

// fromJSON gives the cells of a table as CSV would have them, absent ones empty.
func (w *world) fromJSON(name string) [][]string {
	w.t.Helper()
	m, err := w.Table(w.ctx, name)
	must(w.t, err)
	body, _, _, err := w.Bytes(w.ctx, name, "json")
	must(w.t, err)
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var list []map[string]any
	must(w.t, d.Decode(&list))
	rows := [][]string{}
	for _, o := range list {
		if len(o) != len(m.Columns) {
			w.t.Fatalf("%s: an object of %d", name, len(o))
		}
		row := make([]string, len(m.Columns))
		for j, c := range m.Columns {
			v, there := o[c.Name]
			if !there {
				w.t.Fatalf("%s: an object without %s", name, c.Name)
			}
			switch v := v.(type) {
			case json.Number:
				f, err := v.Float64()
				must(w.t, err)
				row[j] = strconv.FormatFloat(f, 'f', -1, 64)
			case bool:
				row[j] = strconv.FormatBool(v)
			case string:
				row[j] = v
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (w *world) fromParquet(name string) [][]string {
	w.t.Helper()
	m, err := w.Table(w.ctx, name)
	must(w.t, err)
	body, _, _, err := w.Bytes(w.ctx, name, "parquet")
	must(w.t, err)
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	must(w.t, err)
	for j, path := range f.Schema().Columns() {
		if path[0] != m.Columns[j].Name {
			w.t.Fatalf("%s: column %d is %s", name, j, path[0])
		}
	}
	rows := [][]string{}
	for _, g := range f.RowGroups() {
		r := g.Rows()
		defer r.Close()
		buf := make([]parquet.Row, 64)
		for {
			n, err := r.ReadRows(buf)
			for _, row := range buf[:n] {
				cells := make([]string, len(m.Columns))
				for _, v := range row {
					j := v.Column()
					switch {
					case v.IsNull():
					case m.Columns[j].Type == Date:
						cells[j] = civil.Date(v.Int32()).String()
					case v.Kind() == parquet.Int64:
						cells[j] = strconv.FormatInt(v.Int64(), 10)
					case v.Kind() == parquet.Double:
						cells[j] = strconv.FormatFloat(v.Double(), 'f', -1, 64)
					case v.Kind() == parquet.Boolean:
						cells[j] = strconv.FormatBool(v.Boolean())
					default:
						cells[j] = string(v.ByteArray())
					}
				}
				rows = append(rows, cells)
			}
			if err == io.EOF {
				break
			}
			must(w.t, err)
		}
	}
	return rows
}

// TestWriteAll writes everything into a folder, twice, and finds the same bytes there that are served.
func TestWriteAll(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	w := newWorld(t, storetest.SQLite(t, func() time.Time { return now }), &now)
	w.supplies(1, 2024, 60, 40)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	for range 2 {
		n, err := w.WriteAll(w.ctx, dir)
		must(t, err)
		files, err := os.ReadDir(dir)
		must(t, err)
		if n != len(files) || n != 3*len(must1(w.List(w.ctx))(t))+1 {
			t.Errorf("%d files are said to be written, %d are there", n, len(files))
		}
		now = now.Add(time.Hour)
	}
	for _, m := range must1(w.List(w.ctx))(t) {
		for _, format := range Formats {
			served, _, _, err := w.Bytes(w.ctx, m.Name, format)
			must(t, err)
			if written := must1(os.ReadFile(filepath.Join(dir, m.Name+"."+format)))(t); !bytes.Equal(written, served) {
				t.Errorf("%s.%s differs", m.Name, format)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, err := w.WriteAll(w.ctx, file); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a folder that is a file: %v", err)
	}
}

func must1[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		must(t, err)
		return v
	}
}
