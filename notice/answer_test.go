package notice_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/store"
)

// texts is every row of every table of the database, table by table.
func (w *world) texts() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		names := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
		if tx.Engine == store.Postgres {
			names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
		}
		var tables []string
		err := tx.Each(w.ctx, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			tables = append(tables, name)
			return err
		}, names)
		if err != nil {
			return err
		}
		for _, name := range tables {
			if all[name], err = tableText(w, tx, name); err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

func tableText(w *world, tx *store.Tx, name string) (string, error) {
	rows, err := tx.Query(w.ctx, "SELECT * FROM "+name)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var lines []string
	for rows.Next() {
		values, dest := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return "", err
		}
		line := ""
		for _, v := range values {
			line += fmt.Sprintf("%s|", v)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n"), rows.Err()
}

// ledgerTables are those that a drill must not touch.
var ledgerTables = []string{"lot", "lot_bar", "lot_expiry", "lot_released", "movement", "stock", "stock_day", "month_count", "transfer"}

func TestADrillTouchesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i, action := range notice.Actions {
			number, lotNumber := fmt.Sprint("N", i), fmt.Sprint("L", i)
			lot := w.receive("O1", lotNumber, "2024-02", 10)
			line := lotNumber + ",2024-02"
			if action == notice.ChangeExpiry {
				line += ",2025-02"
			}
			of := w.draft(action, number, line, strings.Replace(line, lotNumber, "NEVER", 1))
			of.Level = notice.People
			real, _ := w.publish(of)
			if action == notice.Withdraw { // a draft whose number is taken by a drill stays free for the drill's next
				must(t, w.Close(w.ctx, operator, real, "Only the drill counts here."))
			}
			before := w.texts()
			drill := must1(w.MakeDrill(w.ctx, w.who["nora"], real))(t)
			p := must1(w.Publish(w.ctx, w.who["nora"], drill, true))(t)
			equal(t, "told", w.outletsTold(drill), "O1")
			equal(t, "kits", p.Sum().Received(), 10)
			d := w.get(drill)
			if !d.Drill || d.Of != real || d.Bars() || d.Number != number {
				t.Errorf("the drill: %+v", d)
			}
			a, err := w.answer("ann", drill, "O1", notice.LotAnswer{Lot: lot, Good: 7, Faulty: 3})
			must(t, err)
			must(t, w.Answer(w.ctx, w.who["ann"], a))
			got := w.told(drill, "O1")
			if !got.Done() || got.Checked != 7 || got.Faulty != 3 || got.Unchecked != 0 {
				t.Errorf("told: %+v", got)
			}
			equal(t, "it is answered on its own", w.told(real, "O1").AnsweredAt.IsZero(), true)
			after := w.texts()
			for _, table := range ledgerTables {
				if before[table] != after[table] {
					t.Errorf("the drill of %s changed %s", action, table)
				}
			}
			for _, list := range must1(w.OpenLots(w.ctx, lot))(t) {
				if slices.ContainsFunc(list, func(n *notice.Notice) bool { return n.Drill }) {
					t.Error("a drill is public")
				}
			}
			equal(t, "found by number", must1(w.ByNumber(w.ctx, number))(t).ID, real)
			again := must1(w.MakeDrill(w.ctx, w.who["nora"], drill))(t)
			equal(t, "a drill of a drill is one of the notice", w.get(again).Of, real)
			must(t, w.Close(w.ctx, operator, drill, "Done."))
			refused(t, w.Release(w.ctx, operator, newID(), drill, w.id("O1"), lot, 1), fault.Refused, "no longer asks")
		}
		drills, others := 0, 0
		for _, l := range w.sent() {
			switch {
			case strings.HasPrefix(l.subject, "[Drill] ") && strings.HasPrefix(l.text, "THIS IS A DRILL") && !strings.Contains(l.text, "has already set them aside") && !strings.Contains(l.text, "/check"):
				drills++
			case !strings.Contains(l.subject+l.text, "rill") && !strings.Contains(l.text, "DRILL"):
				others++
			default:
				t.Errorf("neither a drill nor a notice: %+v", l)
			}
		}
		equal(t, "letters of drills", drills, 16)
		equal(t, "letters of notices", others, 16)
		w.clean()
	})
}

func TestAnAnswerIsTakenOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		other := w.receive("O1", "B2", "2024-02", 10)
		id, _ := w.publish(w.draft(notice.Check, "N1", "A1"))
		a, err := w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Good: 3, Faulty: 2})
		must(t, err)
		a.Note = " "
		must(t, w.Answer(w.ctx, w.who["ann"], a)) // the same, for a note that is empty
		b := a
		b.Lots = []notice.LotAnswer{{lot, 4, 2}}
		refused(t, w.Answer(w.ctx, w.who["ann"], b), fault.Conflict, "used before")
		got := w.told(id, "O1")
		if got.Checked != 3 || got.Faulty != 2 || got.Unchecked != 5 {
			t.Errorf("told: %+v", got)
		}
		equal(t, "spoiled", w.at("O1", lot)[ledger.Spoiled], 2)
		for _, c := range []struct {
			who   string
			a     notice.Answer
			kind  fault.Kind
			words string
			field string
		}{
			{"bob", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1")}, fault.Forbidden, "may not", ""},
			{"nora", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1")}, fault.Forbidden, "may not", ""},
			{"bob", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O3")}, fault.NotFound, "not told", ""},
			{"ann", notice.Answer{Notice: id, Outlet: w.id("O1")}, fault.Invalid, "no number of its own", "id"},
			{"ann", notice.Answer{ID: newID(), Notice: 99, Outlet: w.id("O1")}, fault.NotFound, "no such notice", ""},
			{"", notice.Answer{ID: newID(), Notice: id, Outlet: 999}, fault.NotFound, "no such outlet", "outlet"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Lots: []notice.LotAnswer{{other, 1, 0}}}, fault.Invalid, "does not name", "lots.0.lot"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Lots: []notice.LotAnswer{{lot, 1, 0}, {lot, 1, 0}}}, fault.Invalid, "twice", "lots.1.lot"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Lots: []notice.LotAnswer{{lot, 1, -1}}}, fault.Invalid, "below nought", "lots.0.faulty"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Replaced: -1}, fault.Invalid, "below nought", "replaced"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Note: strings.Repeat("x", 501)}, fault.Invalid, "longer than 500", "note"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Note: "a\x00b"}, fault.Invalid, "cannot be stored", "note"},
			{"ann", notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Lots: []notice.LotAnswer{{lot, 6, 0}}}, fault.Refused, "only 5", "lots.0.good"},
		} {
			err := w.Answer(w.ctx, w.who[c.who], c.a)
			refused(t, err, c.kind, c.words)
			equal(t, "field of "+c.words, fault.Of(err)[0].Field, c.field)
		}
		if again := w.told(id, "O1"); *again != (notice.Told{Notice: again.Notice, Area: got.Area, Outlet: got.Outlet, ToldAt: got.ToldAt, SeenAt: got.SeenAt, AnsweredAt: got.AnsweredAt, Checked: 3, Faulty: 2, Kits: 10, Unchecked: 5}) {
			t.Errorf("what was refused left something: %+v", again)
		}
		_, err = w.answer("cora", id, "O1", notice.LotAnswer{Lot: lot, Good: 0, Faulty: 0}) // nought is nought
		must(t, err)
		given := must1(w.Answers(w.ctx, id, w.id("A"), w.id("O1")))(t)
		if len(given) != 2 || given[1].ID != a.ID || given[1].Staff != w.who["ann"].ID || !slices.Equal(given[1].Lots, a.Lots) || !slices.Equal(given[0].Lots, []notice.LotAnswer{{lot, 0, 0}}) {
			t.Errorf("answers: %+v", given)
		}
		must(t, w.Close(w.ctx, operator, id, "Over."))
		must(t, w.Answer(w.ctx, w.who["ann"], a)) // the very same still answers as it did
		_, err = w.answer("ann", id, "O1")
		refused(t, err, fault.Refused, "closed")
		w.clean()
	})
}

// TestTheSameAnswerFromManyHandsIsOne has a form sent many times at the same moment.
func TestTheSameAnswerFromManyHandsIsOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id, _ := w.publish(w.draft(notice.Check, "N1", "A1"))
		a := notice.Answer{ID: newID(), Notice: id, Outlet: w.id("O1"), Lots: []notice.LotAnswer{{lot, 5, 1}}}
		var group sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			group.Go(func() { errs[i] = w.Answer(w.ctx, w.who["ann"], a) })
		}
		group.Wait()
		for _, err := range errs {
			must(t, err)
		}
		got := w.told(id, "O1")
		if got.Checked != 5 || got.Faulty != 1 || got.Unchecked != 4 {
			t.Errorf("told: %+v", got)
		}
		w.clean()
	})
}

func TestReleaseIsTheCoordinators(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id, _ := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		release := newID()
		refused(t, w.Release(w.ctx, w.who["ann"], release, id, w.id("O1"), lot, 4), fault.Forbidden, "may not release")
		refused(t, w.Release(w.ctx, w.who["cole"], release, id, w.id("O1"), lot, 4), fault.Forbidden, "may not release")
		for range 2 {
			must(t, w.Release(w.ctx, w.who["cora"], release, id, w.id("O1"), lot, 4))
		}
		equal(t, "shelf", w.at("O1", lot)[ledger.Shelf], 4)
		must(t, w.supply("O1", lot, 4))
		_, err := w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Faulty: 6})
		must(t, err)
		equal(t, "a withdrawal's counts move nothing", w.at("O1", lot)[ledger.Held], 6)
		equal(t, "faulty", must1(w.Effect(w.ctx, id, w.id("A")))(t).Total.Faulty, 6)
		w.clean()
	})
}

func TestWhatIsOverdueGoesUpOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		w.receive("O3", "A1", "2024-02", 5)
		w.receive("O2", "A1", "2024-02", 5)
		of := w.draft(notice.Check, "N1", "A1")
		of.DueOn = w.led.Today() + 2
		id, _ := w.publish(of)
		none := w.draft(notice.Inform, "N2", "A1") // without a last day nothing goes up
		w.publish(none)
		withSecond := w.addresses()
		_, err := w.answer("bob", id, "O3", notice.LotAnswer{Lot: lot, Good: 5})
		must(t, err)
		_, err = w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Good: 5}) // five more wait: not done
		must(t, err)
		tick := func(days int) {
			t.Helper()
			*w.now = w.now.AddDate(0, 0, days)
			for range 3 {
				must(t, w.Tick(w.ctx))
			}
		}
		tick(2)
		equal(t, "on its last day", w.addresses(), withSecond)
		tick(1)
		var due []letter
		for _, l := range w.sent() {
			if strings.HasPrefix(l.subject, "Not answered yet: notice N1") {
				due = append(due, l)
			}
		}
		if len(due) != 1 || due[0].to != "cora@example.org" {
			t.Fatalf("the day after: %+v", due)
		}
		for _, words := range []string{"Authority A, not answered: 2", "- Outlet O1", "- Outlet O2", "13 November 2022", fmt.Sprintf("%s/notices/%d", site, id)} {
			if !strings.Contains(due[0].text, words) {
				t.Errorf("it lacks %q:\n%s", words, due[0].text)
			}
		}
		if strings.Contains(due[0].text, "O3") || strings.Contains(due[0].text, "Authority B") {
			t.Errorf("it names who has answered:\n%s", due[0].text)
		}
		_, err = w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Good: 5})
		must(t, err)
		tick(1)
		l := w.letterTo("nora")
		for _, words := range []string{"Authority A, not answered: 1", "- Outlet O2", "Authority C, not answered: 1", "- the authority itself"} {
			if !strings.Contains(l.text, words) {
				t.Errorf("it lacks %q:\n%s", words, l.text)
			}
		}
		before := len(w.sent())
		tick(1)
		tick(30)
		raised := must1(w.Raised(w.ctx, id))(t)
		var steps []string
		for _, r := range raised {
			steps = append(steps, fmt.Sprintf("%s/%d/%d/%d", w.snap().Area(r.Area).Code, r.Step, r.Outlets, r.Letters))
		}
		equal(t, "steps", strings.Join(steps, " "), "A/1/2/1 C/1/1/0 A/2/1/1 C/2/1/1")
		equal(t, "letters", len(w.sent()), before)
		must(t, w.Close(w.ctx, operator, id, "Over."))
	})
}

// TestALateTickTakesOneStepADay has nobody look for a week, and then two processes at once.
func TestALateTickTakesOneStepADay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O1", "A1", "2024-02", 10)
		of := w.draft(notice.Withdraw, "N1", "A1")
		of.DueOn = w.led.Today() + 1
		id, _ := w.publish(of)
		closed, _ := w.publish(notice.Notice{Number: "N2", Regulator: "MHRA", Title: "Closed in time", IssuedOn: of.IssuedOn, DueOn: of.DueOn, Action: notice.Inform, Lines: of.Lines})
		must(t, w.Close(w.ctx, operator, closed, "Over."))
		*w.now = w.now.AddDate(0, 0, 7)
		other := notice.New(w.db, w.reg, w.led, w.outbox, site)
		for day := range 3 {
			if day == 1 {
				for _, r := range must1(w.Raised(w.ctx, id))(t) {
					equal(t, "step of the first day", r.Step, 1)
				}
			}
			var group sync.WaitGroup
			for _, n := range []*notice.Notices{w.Notices, other, w.Notices, other} {
				group.Go(func() {
					if err := n.Tick(w.ctx); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			*w.now = w.now.AddDate(0, 0, 1)
		}
		due := map[string]int{}
		for _, l := range w.sent() {
			if strings.HasPrefix(l.subject, "Not answered yet") {
				due[l.to+" "+l.subject]++
			}
		}
		if len(due) != 2 || due["cora@example.org Not answered yet: notice N1"] != 1 || due["nora@example.org Not answered yet: notice N1"] != 1 {
			t.Errorf("letters: %v", due)
		}
		equal(t, "steps", len(must1(w.Raised(w.ctx, id))(t)), 4)
		equal(t, "of the closed one", len(must1(w.Raised(w.ctx, closed))(t)), 0)
	})
}
