package notice_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/data"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func sqliteFile(t testing.TB) *store.DB {
	return storetest.SQLite(t, func() time.Time { return morning })
}

func reader(t testing.TB, text string) *table.Reader {
	t.Helper()
	return must1(table.NewReader(strings.NewReader(text), "notices.csv", int64(len(text)), notice.Kind()))(t)
}

func builtInFile(t testing.TB) *table.Reader { return reader(t, string(data.Notices)) }

// importText takes a file in.
func (w *world) importText(text string, im notice.Import) (notice.Imported, string, error) {
	w.t.Helper()
	if im.Who.Role == 0 {
		im.Who = operator
	}
	rd := reader(w.t, text)
	did, err := w.Import(w.ctx, rd, im)
	var faults []string
	for _, f := range rd.Faults.List() {
		faults = append(faults, f.Column+" "+f.Value+": "+f.Reason)
	}
	return did, strings.Join(faults, "\n"), err
}

func (w *world) exported() string {
	w.t.Helper()
	var b bytes.Buffer
	out := table.NewWriter(&b, notice.Kind().Names()...)
	must1(w.Export(w.ctx, out))(w.t)
	must(w.t, out.Close())
	return b.String()
}

func TestTheBuiltInNotices(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "0138904", "2025-01", 3) // whose expiry the notice does not know
		did, faults, err := w.importText(string(data.Notices), notice.Import{})
		if err != nil || faults != "" {
			t.Fatalf("%v\n%s", err, faults)
		}
		if did.Rows != 24 || did.New != 24 || did.Same != 0 || len(did.Published) != 1 || len(did.Published[0].Never) != 23 || did.Published[0].Sum()[ledger.Shelf] != 3 {
			t.Errorf("did: %+v", did)
		}
		n := must1(w.ByNumber(w.ctx, "NatPSA/2022/009/MHRA"))(t)
		if n.Action != notice.Check || n.Level != notice.People || n.Class != 4 || n.IssuedOn != civil.On(2022, 11, 10) || n.DueOn != civil.None || n.SourceLink() == "" {
			t.Errorf("the notice: %+v", n)
		}
		for _, l := range n.Lines {
			if (l.Number == "0138904") != !l.Expiry.Known || l.Lot == 0 || l.NewExpiry.Known {
				t.Errorf("line: %+v", l)
			}
		}
		equal(t, "first lot", n.Lines[0].Number+" "+n.Lines[0].Expiry.String(), "0116917 2023-02")
		refused(t, w.supply("O1", lot, 1), fault.Refused, "must be checked")
		letters := w.addresses()
		for range 2 {
			did, _, err = w.importText(string(data.Notices), notice.Import{})
			if err != nil || did.New != 0 || did.Same != 24 || len(did.Published) != 0 {
				t.Errorf("again: %+v %v", did, err)
			}
		}
		equal(t, "letters", w.addresses(), letters)
	})
}

const twoNotices = `notice;regulator;issued_on;action;product;lot;expiry;new_expiry;severity;level;due_on;title;source;class;text;closed_on
E1;MHRA;2022-10-01;withdraw;prenoxad;A1;2024-02;;"Serious, they say";people;2022-12-01;Kits leak;https://example.org/e1;2;"One.

Two.";
E1;MHRA;;;5026468663361;B2;;;;;;;;;;
E2;FDA;2022-10-02;change_expiry;carpuject;C3;2023-01-15;2024-01-15;;;;Longer;;;;
E3;FDA;2022-09-02;change expiry;CARPUJECT;D4;2021-01;2023-01;;;;;;;;2022-10-20
E4;FDA;2022-09-03;recall;carpuject;E5;;;;;;;;;;2022-10-20
`

func TestAFileGoesInAndOutTheSame(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O1", "A1", "2024-02", 5)
		lot := w.receive("O1", "B2", "", 2)
		dry, _, err := w.importText(twoNotices, notice.Import{Dry: true})
		if err != nil || dry.New != 5 || len(dry.Published) != 2 || dry.Published[0].Sum()[ledger.Shelf] != 7 || len(dry.Published[0].Outlets) != 1 {
			t.Fatalf("dry: %+v %v", dry, err)
		}
		equal(t, "nothing is there after it", len(must1(w.List(w.ctx, notice.Filter{}))(t)), 0)
		equal(t, "nothing was held", w.at("O1", lot)[ledger.Shelf], 2)
		equal(t, "nobody was told", w.addresses(), "")
		did, faults, err := w.importText(twoNotices, notice.Import{})
		if err != nil || did.New != 5 {
			t.Fatalf("%+v %v\n%s", did, err, faults)
		}
		equal(t, "held", w.at("O1", lot)[ledger.Held], 2)
		e3, e4 := must1(w.ByNumber(w.ctx, "E3"))(t), must1(w.ByNumber(w.ctx, "E4"))(t)
		if e3.State != notice.Closed || e4.State != notice.Closed || w.led.Day(e4.ClosedAt) != civil.On(2022, 10, 20) {
			t.Errorf("what was over: %+v %+v", e3, e4)
		}
		equal(t, "its expiry was changed all the same", must1(w.led.Family(w.ctx, w.lot("D4")))(t)[0].Expiry.String(), "2023-01")
		equal(t, "and its lot is not barred", must1(w.led.Family(w.ctx, w.lot("E5")))(t)[0].Barred, ledger.Bars(0))
		out := w.exported()
		same, faults, err := w.importText(out, notice.Import{})
		if err != nil || same.Same != 5 || same.New != 0 {
			t.Errorf("what went out, in again: %+v %v\n%s", same, err, faults)
		}
		other := newWorld(t, sqliteFile(t), ptr(morning))
		if _, faults, err := other.importText(out, notice.Import{}); err != nil {
			t.Fatalf("%v\n%s", err, faults)
		}
		equal(t, "out of another", other.exported(), out)
		if !strings.Contains(out, "One.\n\nTwo.") {
			t.Errorf("a text of two paragraphs came out as\n%s", out)
		}
	})
}

func TestAFileGoesInWholeOrNotAtAll(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O1", "C3", "2024-02", 2)
		if _, _, err := w.importText(twoNotices, notice.Import{}); err != nil {
			t.Fatal(err)
		}
		letters, there := w.addresses(), w.exported()
		head := "notice,regulator,issued_on,action,product,lot,expiry,new_expiry,severity,level,due_on,title,source,class,text\n"
		for _, c := range []struct{ rows, fault string }{
			{"N1,MHRA,2022-10-01,check,naloxin,A1,,,,,,,,,", "product naloxin: "},
			{"N1,MHRA,2022-10-01,chek,prenoxad,A1,,,,,,,,,", "did you mean check?"},
			{"N1,MHRA,31/02/2022,check,prenoxad,A1,,,,,,,,,", "issued_on 31/02/2022: "},
			{"N1,MHRA,2023-01-01,check,prenoxad,A1,,,,,,,,,", "in the future"},
			{"N1,MHRA,,check,prenoxad,A1,,,,,,,,,", "issued_on : give the day"},
			{"N1,MHRA,2022-10-01,check,prenoxad,,,,,,,,,,", "lot : must be filled in"},
			{"N1,MHRA,2022-10-01,check,prenoxad,A1,,,,,,,,9,", "class 9: "},
			{"N1,MHRA,2022-10-01,check,prenoxad,A1,,2024-01,,,,,,,", "only a notice that changes the expiry"},
			{"N1,MHRA,2022-10-01,change_expiry,prenoxad,A1,,,,,,,,,", "give the new expiry"},
			{"N1,MHRA,2022-10-01,check,prenoxad,A1,,,,,,One,,,\nN1,MHRA,2022-10-01,check,prenoxad,B2,,,,,,Two,,,", "title Two: an earlier row"},
			{"N1,MHRA,2022-10-01,check,prenoxad,A1,,,,,,,,,\nn 1,mhra,2022-10-01,check,prenoxad,a 1,,,,,,,,,", "is there already"},
			{"N1,MHRA,2022-10-01,change_expiry,prenoxad,A1,2023-01,2022-01,,,,,,,", "shortened"},
			{"E1,MHRA,2022-10-01,check,prenoxad,A1,2024-02,,,,,,,,", "what was said does not change"},
			{"E2,FDA,2022-10-02,change_expiry,carpuject,C3,2023-01-15,2024-01-16,,,,Longer,,,", "with new expiry"},
			{"E2,FDA,2022-10-02,change_expiry,carpuject,D4,2023-01-15,2024-01-15,,,,Longer,,,", "without this lot"},
			{"N1,MHRA,2022-10-01,check,prenoxad,A1,2199-01,,,,,,,,", "cannot be right"},
		} {
			_, faults, err := w.importText(head+"N0,MHRA,2022-10-01,withdraw,prenoxad,ZERO,,,,,,,,,\n"+c.rows+"\n", notice.Import{})
			if c.fault == "shortened" {
				c.fault = "new_expiry : the new expiry of lot A1 has passed already"
			}
			if err == nil || !strings.Contains(faults, c.fault) {
				t.Errorf("%s\ngot %v\n%s\nwant %q", c.rows, err, faults, c.fault)
			}
			equal(t, "what is there after "+c.rows, w.exported(), there)
		}
		equal(t, "letters", w.addresses(), letters)
		equal(t, "lots", len(must1(w.led.LotsNumbered(w.ctx, 0, "ZERO"))(t)), 0)
		_, _, err := w.importText(head+"N1,MHRA,2022-10-01,check,prenoxad,A1,,,,,,,,,\n", notice.Import{Who: w.who["cora"]})
		refused(t, err, fault.Forbidden, "may not write notices")
	})
}

func TestDraftsFromAFile(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 5)
		row := "notice,regulator,issued_on,action,product,lot\nN1,MHRA,2022-10-01,withdraw,prenoxad,A1\n"
		did, _, err := w.importText(row, notice.Import{Draft: true})
		if err != nil || did.New != 1 || len(did.Published) != 0 {
			t.Fatalf("%+v %v", did, err)
		}
		equal(t, "shelf", w.at("O1", lot)[ledger.Shelf], 5)
		equal(t, "a title of its own", must1(w.List(w.ctx, notice.Filter{}))(t)[0].Title, "Set kits aside: N1")
		equal(t, "no drafts go out", strings.Count(w.exported(), "\n"), 1)
		did, _, err = w.importText(row, notice.Import{Draft: true})
		if err != nil || did.Same != 1 {
			t.Errorf("again: %+v %v", did, err)
		}
		did, _, err = w.importText(row, notice.Import{}) // now it is published
		if err != nil || did.New != 1 || len(did.Published) != 1 {
			t.Errorf("published: %+v %v", did, err)
		}
		equal(t, "held", w.at("O1", lot)[ledger.Held], 5)
	})
}
