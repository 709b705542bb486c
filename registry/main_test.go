package registry_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var ctx = context.Background()

// open gives an empty registry on a database.
func open(t testing.TB, db *store.DB) *registry.Registry {
	t.Helper()
	if err := db.Migrate(ctx, registry.Schema...); err != nil {
		t.Fatal(err)
	}
	return registry.New(db)
}

func now(t testing.TB, r *registry.Registry) *registry.Snapshot {
	t.Helper()
	s, err := r.Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func kind(t testing.TB, name string) table.Kind {
	t.Helper()
	for _, k := range registry.Kinds() {
		if k.Name == name {
			return k
		}
	}
	t.Fatalf("no kind %s", name)
	return table.Kind{}
}

// take imports a text and gives what was wrong with it, one line a fault.
func take(t testing.TB, r *registry.Registry, name, text string, dry bool) (registry.Result, []string) {
	t.Helper()
	rd, err := table.NewReader(strings.NewReader(text), name+".csv", int64(len(text)), kind(t, name))
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
	defer rd.Close()
	res, err := r.Import(ctx, name, rd, dry)
	var bad []string
	for _, f := range rd.Faults.List() {
		bad = append(bad, strings.Join([]string{itoa(f.Row), f.Column, f.Value, f.Reason}, "|"))
	}
	if (err != nil) != (len(bad) > 0) || (err != nil && !fault.Is(err, fault.Invalid)) {
		t.Fatalf("%s: error %v with faults %q", name, err, bad)
	}
	return res, bad
}

// must imports a text that has nothing wrong with it.
func must(t testing.TB, r *registry.Registry, name, text string) registry.Result {
	t.Helper()
	res, bad := take(t, r, name, text, false)
	if len(bad) > 0 {
		t.Fatalf("%s: %q", name, bad)
	}
	return res
}

// give exports a kind as CSV.
func give(t testing.TB, r *registry.Registry, name string) string {
	t.Helper()
	var b strings.Builder
	out := table.NewWriter(&b, kind(t, name).Names()...)
	rows, err := r.Export(ctx, name, out)
	if err == nil {
		err = out.Close()
	}
	if err != nil || rows != out.Rows() {
		t.Fatalf("export %s: %d rows, %d written, %v", name, rows, out.Rows(), err)
	}
	return b.String()
}

func itoa(n int) string { return strconv.Itoa(n) }

const someAreas = `code,name,kind,parent
E92000001,England,nation,
E12000007,London,region,E92000001
E09000002,Barking and Dagenham,authority,E12000007
E09000003,Barnet,Authority,E12000007
`

const someProducts = `code,name,form,route,doses_per_kit,gtin,min_age
prenoxad,Prenoxad 1 mg/ml,Prefilled syringe,IM,5,5026468663361,16
nyxoid,Nyxoid,nasal spray,intranasal,2,,14
`
