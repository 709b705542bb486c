package table

import (
	"strings"
	"testing"
)

func TestHeadersInAnyOrderAndSpelling(t *testing.T) {
	for _, header := range []string{
		"kits,lot,occurred_on",
		"KITS,Lot,Occurred On",
		"Kits*,Lot (as printed),occurred-on *",
		"kits [packs],Batch,Date",
		" kits ,lot:,received_on",
		"'kits,lot,date,,",
	} {
		header = strings.Replace(header, "'kits", "kits", 1)
		same(t, read(t, header+"\n40,0116917,2026-11-23\n"), []numbered{
			{2, []string{"", "2026-11-23", "0116917", "40", "", ""}},
		})
	}
}

func TestWrongHeadersAreOneClearError(t *testing.T) {
	for name, x := range map[string]struct {
		header string
		words  []string
	}{
		"a slip":           {"ocurred_on,lot,kits", []string{`"ocurred_on" (do you mean occurred_on?)`, "missing: occurred_on", "everykit template receipts"}},
		"near an alias":    {"date,bacth,kits", []string{`"bacth" (do you mean lot?)`}},
		"not near":         {"date,lot,kits,colour", []string{`no column "colour"`, "not", "do you mean", "missing"}},
		"several missing":  {"lot,note", []string{"missing: occurred_on, kits", "not", "do you mean"}},
		"twice":            {"date,lot,kits,Lot", []string{"the header lot is there twice"}},
		"twice by aliases": {"date,lot,kits,batch", []string{`"lot" and "batch" both mean lot`}},
		"another kind":     {"area,population,period,value", []string{"header of receipts", "area, population", "check the kind"}},
		"a title row":      {"Naloxone received 2026,,,", []string{"row 1 should be the header", "delete title rows"}},
		"bytes":            {"date,lot,kits,\xA3", []string{"row 1", "not UTF-8"}},
		"too many":         {"date,lot,kits," + strings.Repeat("x,", 1000) + "x", []string{"more than 1000 columns"}},
		"many unknown":     {"date,lot,kits," + strings.Repeat("zzzzzzz,", 30) + "zzzzzzz", []string{"and 21 more"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(t, x.header+"\n1,2,3,4\n")
			refused(t, err, x.words...)
		})
	}
}

func TestANameGoesBeforeAnAlias(t *testing.T) {
	kind := Kind{Name: "k", Columns: []Column{{Name: "a"}, {Name: "b", Aliases: []string{"a"}}}}
	where, err := kind.match("f", 1, []string{"a"})
	if err != nil || where[0] != 0 {
		t.Errorf("%v, %v", where, err)
	}
}

func TestTemplateReadsBack(t *testing.T) {
	var b strings.Builder
	if err := receipts.Template(&b); err != nil {
		t.Fatal(err)
	}
	same(t, b.String(), "id,occurred_on,lot,kits,unit_price,note\nr-1,2026-11-23,0116917,40,-1.25,'=not run\n")
	same(t, read(t, b.String()), []numbered{{2, []string{"r-1", "2026-11-23", "0116917", "40", "-1.25", "=not run"}}})
	if receipts.Index("lot") != 2 || receipts.Index("batch") != -1 {
		t.Error("Index goes by names")
	}
}

func TestSteps(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"lot", "", 3}, {"lot", "lots", 1}, {"kitten", "sitting", 3}, {"abcd", "acbd", 1}} {
		if got := steps(x.a, x.b, 99); got != x.want || steps(x.b, x.a, 99) != x.want {
			t.Errorf("steps(%q, %q) = %d", x.a, x.b, got)
		}
	}
}
