package survey

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store/storetest"
)

const someAnswers = `round,authority,question,answer,state,source
2016/17,E01,provides,yes,,a newspaper
2016/17,E01,dispensed,"1,058",,a newspaper
2016/17,Bristol City Council,1,Yes,,
2016/17,bristol,3a,information not held,,
2016/17,E02,requires,Be referred by a service; training,,
2016/17,E02,comments,"All ""well"", they say
on two lines",,
2016/17,E03,provides,,no_reply,
2017/18,E01,Q1,n,,
2017/18,E01,clients,don't know,,
2017/18,E03,all,section 12,refused,
2017/18,E03,clients,0 people,,
2017/18,S01,provides,yes,,
2017/18,S01,dispensed,58.0,partial,
2017/18,Outlet HMP1,prison_programme,yes,,
2017/18,prison/E03//HMP Typed,P1,no,,
2017/18,young_offender/E03/Y1/A place / for the young,P1,no,,
`

func TestImportAnswers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		want := registry.Result{Rows: 16, New: 16}
		res, _, err := w.importing(someAnswers, true)
		must(t, err)
		equal(t, "dry", res, want)
		equal(t, "rounds after a dry run", len(must1(w.Rounds(w.ctx, 0))(t)), 0)
		res, _, err = w.importing(someAnswers, false)
		must(t, err)
		equal(t, "taken", res, want)

		rounds := must1(w.Rounds(w.ctx, 0))(t)
		if len(rounds) != 3 || rounds[1].Key != "2017-18" || rounds[0].Key != "2017-18-scotland" || rounds[2].Key != "2016-17" {
			t.Fatalf("rounds: %+v", rounds)
		}
		r := rounds[2]
		if r.State != Closed || !r.Imported || r.Nation != w.id("E92000001") || r.Period != civil.FinancialYear(2016) || len(r.Questions) != len(Template()) {
			t.Errorf("round: %+v", r)
		}
		equal(t, "Barking", w.reply(r.ID, "E01").Status, Answered)
		equal(t, "kits", *w.reply(r.ID, "E01").Answers["dispensed"].Number, 1058)
		equal(t, "source", w.reply(r.ID, "E01").Answers["dispensed"].Source, "a newspaper")
		bristol := w.reply(r.ID, "E02")
		equal(t, "Bristol, without its kits", bristol.Status, InPart)
		equal(t, "not held", bristol.Answers["purchased"].State, measure.NotHeld)
		equal(t, "options by words", strings.Join(bristol.Answers["requires"].Options, " "), "referral training")
		equal(t, "text", bristol.Answers["comments"].Text, "All \"well\", they say\non two lines")
		equal(t, "Waltham Forest", w.reply(r.ID, "E03").Status, NoReply)
		r = rounds[1]
		equal(t, "refused", w.reply(r.ID, "E03").RefusedFor, "section 12")
		equal(t, "refused", w.reply(r.ID, "E03").Status, Refused)
		equal(t, "don't know", w.reply(r.ID, "E01").Answers["clients"].State, measure.DontKnow)
		equal(t, "prison", w.reply(r.ID, "HMP1").Kind, Prison)
		equal(t, "young", w.reply(r.ID, "Y1").Name, "A place / for the young")
		fife := w.reply(rounds[0].ID, "S01").Answers["dispensed"]
		if fife.State != measure.Partial || *fife.Number != 58 {
			t.Errorf("Fife: %+v", fife)
		}

		res, _, err = w.importing(someAnswers, false)
		must(t, err)
		equal(t, "again", res, registry.Result{Rows: 16, Same: 16})
		before := w.export("", false)
		equal(t, "rows", strings.Count(w.export("2016-17", false), "\n"), 9) // one of two lines

		res, _, err = w.importing("round,authority,question,answer\n2016/17,E01,dispensed,1060\n", false)
		must(t, err)
		equal(t, "a correction", res, registry.Result{Rows: 1, Changed: 1})
		holds(t, "history", w.history(rounds[2].ID, "E01"), "Kits given out: was 1,058 kits, is 1,060 kits")
		if w.export("", false) == before {
			t.Error("nothing changed")
		}
	})
}

func TestExportImportsAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, err := w.importing(someAnswers, false)
		must(t, err)
		all := w.export("", false)
		other := newWorld(t, storetest.SQLite(t, func() time.Time { return *w.now }), w.now)
		res, _, err := other.importing(all, false)
		must(t, err)
		equal(t, "everything is new", res.New, res.Rows)
		equal(t, "export of the import", other.export("", false), all)
		for _, r := range must1(w.Rounds(w.ctx, 0))(t) {
			for _, p := range must1(w.Replies(w.ctx, r.ID))(t) {
				o := other.reply(must1(other.Round(w.ctx, r.Key))(t).ID, p.Code)
				if o.Status != p.Status || o.Kind != p.Kind || o.RefusedFor != p.RefusedFor || len(o.Answers) != len(p.Answers) {
					t.Errorf("%s of %s: %+v, was %+v", p.Code, r.Key, o, p)
				}
			}
		}
		// And into the database it came from.
		res, _, err = w.importing(all, false)
		must(t, err)
		equal(t, "the same", res.Same, res.Rows)
	})
}

func TestPublicAnswers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		must(t, w.AnswerByToken(w.ctx, token, form("provides", "no", "comments", "=secret()")))
		n := w.reply(r.ID, "E02").Number
		s := form("provides", "no")
		s.Source = "letter of Ms Smith"
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, s))
		equal(t, "not published", w.export("", true), "round,authority,question,answer,state,source\n")
		must(t, w.Close(w.ctx, w.nora, r.ID))
		must(t, w.Publish(w.ctx, w.nora, r.ID))
		equal(t, "for staff", w.export(r.Key, false), "round,authority,question,answer,state,source\n2017-18,E01,provides,no,reported,\n2017-18,E01,comments,'=secret(),reported,\n"+
			"2017-18,E02,provides,no,reported,letter of Ms Smith\n2017-18,E03,all,,not_asked,\n")
		equal(t, "for everybody", w.export("", true), "round,authority,question,answer,state,source\n2017-18,E01,provides,no,reported,\n2017-18,E02,provides,no,reported,\n2017-18,E03,all,,not_asked,\n")
		res, _, err := w.importing(w.export("", false), false)
		must(t, err)
		equal(t, "again", res, registry.Result{Rows: 4, Same: 4})
	})
}

func TestFilesThatAreWrong(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		draft := &Round{Key: "coming", Title: "Next", Nation: w.id("E92000001"), Period: civil.FinancialYear(2016)}
		must(t, w.Save(w.ctx, w.nora, draft))
		for _, c := range []struct{ rows, column, words string }{
			{"2017/18,,provides,yes,", "authority", "if cells are merged in the spreadsheet"},
			{",E01,provides,yes,", "round", "if cells are merged in the spreadsheet"},
			{"2017/18,E01,,yes,", "question", "if cells are merged in the spreadsheet"},
			{"2017/18,Total,dispensed,58,", "authority", "looks like a row of totals"},
			{"2017/18,All,dispensed,58,", "authority", "looks like a row of totals"},
			{"2017/18,England,dispensed,58,", "authority", "England is a nation, not an authority"},
			{"2017/18,E92000001,dispensed,58,", "authority", "England is a nation, not an authority"},
			{"2017/18,Barkng and Dagenham,provides,yes,", "authority", "did you mean Barking and Dagenham (E01)?"},
			{"2017/18,Waltham,provides,yes,", "authority", "did you mean Waltham Forest (E03)?"},
			{"2017/18,Nowhere at all,provides,yes,", "authority", "no authority of this code or name"},
			{"2017/18,E01,dispenced,58,", "question", "did you mean dispensed?"},
			{"2017/18,E01,99z,58,", "question", "write its key"},
			{"2017/18,E01,prison_dispensed,58,", "question", "is not asked of this kind"},
			{"2017/18,E01,dispensed,many,", "answer", "is not a number"},
			{"2017/18,E01,dispensed,-5,", "answer", "is not a number"},
			{"2017/18,E01,dispensed,58.5,", "answer", "is not a number"},
			{"2017/18,E01,dispensed,\"1,5\",", "answer", "is not a number"},
			{"2017/18,E01,dispensed,,", "answer", "the answer is empty"},
			{"2017/18,E01,dispensed,58,perhaps", "state", "is not a state"},
			{"2017/18,E01,dispensed,58,not_held", "answer", "both an answer and"},
			{"2017/18,E01,dispensed,5,zero", "answer", "this says none"},
			{"2017/18,E01,provides,maybe,", "answer", "write one of yes, no"},
			{"2017/18,E01,requires,none;training,", "answer", "cannot stand together"},
			{"2017/18,E01,gives,pharmcy,", "answer", "did you mean pharmacy?"},
			{"2017/18,E01,all,58,", "state", "no_reply, not_asked or refused"},
			{"coming,E01,provides,yes,", "round", "still a draft"},
			{"comming,E01,provides,yes,", "round", "did you mean coming?"},
			{"2030/31,E01,provides,yes,", "round", "has not begun"},
			{"2017,E01,provides,yes,", "round", "there is no such round"},
			{"2017/18,prison/E99//X,P1,yes,", "authority", "unknown area E99"},
			{"2017/18,E01,provides,yes,\n2017/18,E01,provides,no,", "answer", "row 2 has another answer to the same question, Yes; this one says No"},
			{"2017/18,E01,provides,no,\n2017/18,E01,dispensed,58,", "question", `Kits given out is not asked where "Kits provided" is answered "No", as in row 2`},
			{"2017/18,E01,provides,yes,\n2017/18,E01,all,,no_reply", "state", "there was no reply, and there are answers"},
			{"2017/18,E01,all,,no_reply\n2017/18,E01,all,,not_asked", "state", "row 2 says otherwise"},
		} {
			body := "round,authority,question,answer,state\n" + c.rows + "\n2017/18,E03,provides,yes,\n"
			_, faults, err := w.importing(body, false)
			if err == nil || faults.Count() != 1 {
				t.Errorf("%q: %d faults, %v", c.rows, faults.Count(), faults.List())
				continue
			}
			f := faults.List()[0]
			if f.Column != c.column || !strings.Contains(f.Reason, c.words) {
				t.Errorf("%q: %s: %s", c.rows, f.Column, f.Reason)
			}
		}
		equal(t, "nothing is stored", len(must1(w.Rounds(w.ctx, 0))(t)), 1)
		_, _, err := w.importing("round,question,answer\n2017/18,provides,yes\n", false)
		refused(t, err, fault.Invalid, "the column authority is missing")
	})
}

// TestSpreadsheet reads a workbook as people make it: the authority once for several rows in a merged cell, and a row of
// totals under them.
func TestSpreadsheet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		book := excelize.NewFile()
		for i, row := range [][]any{{"Year", "Local authority", "Question", "Answer"}, {"2016/17", "Bristol", "provides", "Yes"}, {"2016/17", "", "dispensed", 58}, {"2016/17", "Total", "dispensed", 58}} {
			must(t, book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
		}
		must(t, book.MergeCell("Sheet1", "B2", "B3"))
		body := must1(book.WriteToBuffer())(t).String()
		_, faults, err := w.importing(body, false)
		if err == nil || faults.Count() != 2 {
			t.Fatalf("%v: %v", err, faults.List())
		}
		holds(t, "merged", faults.List()[0].Reason, "if cells are merged in the spreadsheet, part them")
		holds(t, "totals", faults.List()[1].Reason, "row of totals")
		equal(t, "nothing is stored", len(must1(w.Rounds(w.ctx, 0))(t)), 0)
		must(t, book.UnmergeCell("Sheet1", "B2", "B3"))
		must(t, book.SetCellValue("Sheet1", "B3", "E02"))
		must(t, book.RemoveRow("Sheet1", 4))
		res, _, err := w.importing(must1(book.WriteToBuffer())(t).String(), false)
		must(t, err)
		equal(t, "put right", res, registry.Result{Rows: 2, New: 2})
	})
}

// TestImportsAtOnce takes in the same file from several hands: one round, each answer once.
func TestImportsAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var group sync.WaitGroup
		var fresh atomic.Int64
		for range 4 {
			group.Go(func() {
				res, _, err := w.importing(someAnswers, false)
				if err != nil {
					t.Error(err)
				}
				fresh.Add(int64(res.New))
			})
		}
		group.Wait()
		equal(t, "rounds", len(must1(w.Rounds(w.ctx, 0))(t)), 3)
		equal(t, "new, once", fresh.Load(), 16)
	})
}
