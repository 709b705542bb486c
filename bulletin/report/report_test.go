package report_test

import (
	"strings"
	"testing"
	"time"

	"everykit/bulletin/report"
	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

func atRisk(s *ledger.SupplyOf)   { s.Recipient = ledger.PersonAtRisk }
func firstKit(s *ledger.SupplyOf) { s.Supply = ledger.FirstSupply }
func usedOnSelf(s *ledger.SupplyOf) {
	s.Supply, s.Reason = ledger.RepeatSupply, ledger.ReasonUsedOnSelf
}

// filled is a quarter of Alder with something of everything: of 11 kits in 5 supplies one supply is reversed; May is silent
// at Birch.
func (w *world) filled() {
	w.at(time.Date(2026, time.April, 2, 12, 0, 0, 0, time.UTC))
	good := w.receive("2025-04-10", "Alder", "GOOD", "2029-01", 150)
	w.supply("2025-05-01", "Alder", good, 7)
	w.supply("2026-01-05", "Alder", good, 2)
	w.supply("2026-02-05", "Alder", good, 2)
	w.supply("2026-03-05", "Alder", good, 1)
	w.at(start)
	w.receive("2026-04-05", "Alder", "SOON", "2026-09", 6)
	w.receive("2026-04-05", "Alder", "PAST", "2026-06", 3)
	w.receive("2026-04-05", "Alder", "BLANK", "", 4)
	w.supply("2026-04-10", "Alder", good, 2, atRisk, firstKit)
	w.supply("2026-05-10", "Alder", good, 3, atRisk, usedOnSelf)
	w.supply("2026-06-10", "Alder", good, 1)
	w.supply("2026-07-10", "Alder", good, 50)
	wrong := w.supply("2026-06-11", "Alder", good, 43, atRisk, firstKit)
	must(w.t, w.led.Reverse(ctx, staff.Operator(), ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("Alder").Area, Of: wrong}))
	must(w.t, w.led.TurnAway(ctx, staff.Operator(), ledger.TurnedAway{Entry: w.entry("2026-06-12", "Alder", 2), Reason: 1}))
	other := w.receive("2026-04-01", "Birch", "OTHER", "2029-01", 50)
	w.supply("2026-04-02", "Birch", other, 14)
	w.supply("2026-06-02", "Birch", other, 4)
	w.receive("2026-04-01", "Elm", "ELSEWHERE", "2026-08", 77)
}

func TestAnOutletsQuarter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		text := said(w.ofOutlet("Alder", quarter))
		says(t, text,
			"What your data showed\nAlder, April to June 2026\n",
			"# You gave out 6 kits, 1 more than the quarter before\n",
			"do not publish it",
			"Given out | 6 | 5 | 7 [p]\n",
			"Bought | 13 | 0 | 150 [p]\n",
			"People turned away | 1 | 0 | 0 [p]\n",
			"[p] a year before: 2 of 3 months are known.",
			"picture: May 2026 had most: 3 kits",
			"April 2026 | 2 | 0\nMay 2026 | 3 | 7\nJune 2026 | 1 | silent\n",
			"# 1 of 3 supplies was a repeat\n",
			"First kit | 1 | 2\nRepeat | 1 | 3\nNot recorded | 1 | 1\nAll supplies | 3 | 6\n", "table: Why another kit was needed\nWhat was recorded | Supplies | Kits\nUsed on the person | 1 | 3\n#",
			"1 repeat was because a kit had been used on somebody.",
			"# 6 kits on the shelf run out of date in the next 6 months\n3 more kits are on the shelf already past the last day.",
			"September 2026 | 6 | 0\n",
			"- 1 of 3 supplies do not say who the kit was for.",
			"- Lot BLANK of Pen (4 kits on the shelf) has no expiry date.",
			"- All 3 supplies were entered more than 14 days after the day.",
			"# 25% of the kits given out in Kent were yours\n",
			"All outlets of Kent together recorded 24 kits given out in April to June 2026.",
			"# Three things you could do\n1. 1 person was turned away because there was no kit",
			"2. 3 kits are on the shelf past the last day",
			"3. 6 kits run out of date within 90 days",
			"/outlets/", "/expiry)",
		)
		lacks(t, text, "Birch", "ELSEWHERE", "77", "[x]", "silent month", "43", site)
		paper, err := w.Paper().OfOutlet(ctx, w.outlet("Alder").ID, quarter)
		must(t, err)
		says(t, said(paper), "("+site+"/outlets/")
	})
}

func TestSilenceIsNotNought(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		text := said(w.ofOutlet("Birch", quarter))
		says(t, text, "# You gave out 18 kits in the 2 of 3 months that are known\n", "Given out | 18 [p] | not known | not known\n", "May 2026 | silent\n"[:8]+" | silent | silent\n",
			"- Nothing is recorded for May 2026. Silence is not nought", "Confirm a month", "/outlets/")
		lacks(t, text, "more than the", "fewer than the")

		must(t, w.led.ConfirmNil(ctx, staff.Operator(), w.outlet("Birch").ID, civil.MonthOf(2026, time.May)))
		text = said(w.ofOutlet("Birch", quarter))
		says(t, text, "# You gave out 18 kits\n", "May 2026 | 0 | silent\n")
		lacks(t, text, "Nothing is recorded for May 2026", "Confirm a month")

		text = said(w.ofOutlet("Cedar", quarter))
		says(t, text, "# You have nothing recorded for April to June 2026\n", "It is not too late", "Given out | not known | not known | not known\n", "# Nothing was recorded here yet\n")
		lacks(t, text, "Thank you", "picture:", "| 0 |")
	})
}

func TestAnAuthoritysQuarter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		kent, surrey := w.area("E10000016"), w.area("E10000030")
		for area, people := range map[*registry.Area]float64{kent: 100, surrey: 50} {
			_, err := w.reg.PutEstimate(ctx, registry.Estimate{Areas: []int{area.ID}, Population: registry.OpiateUse, Period: civil.FinancialYear(2024), Value: people, Method: "made up", Source: "a test"})
			must(t, err)
		}
		text := said(w.ofArea("E10000016", quarter))
		says(t, text,
			"Kent, April to June 2026\n", "# Kent gave out 24 kits, 19 more than the quarter before\n", "do not publish it",
			"Given out | 24 | 5 | 7 [p]\n", "Bought | 63 | 0 | 150 [p]\n",
			"# 1 of 2 outlets was silent in at least one month\n",
			"Birch | 18 [p] | not known | May 2026\nAlder | 6 | 5 | \n",
			"Not recorded | 3 | 19\n", "All supplies | 5 | 24\n",
			"# Your coverage is", "England",
			"](/areas/E10000016/support)", "](/areas/E10000016/expiry)", "](/areas/E10000016/months)",
		)
		lacks(t, text, "Elm", "Surrey", "Cedar", "77", "dispensed")
	})
}

// TestAReturnIsTold shows an authority whose outlets keep no ledger what it sent.
func TestAReturnIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.returns("area,period,measure,value,covers,source\nE10000030,2026/27-Q1,dispensed,1234,,their sheet\nE10000030,2025/26-Q4,dispensed,1200,,their sheet\nE10000030,2025/26-Q1,dispensed,800,2/3,their sheet\n")
		text := said(w.ofArea("E10000030", quarter))
		says(t, text, "# Surrey gave out 1,234 kits, 34 more than the quarter before\n", "Kits dispensed | 1,234 | 1,200 | 800 [p]\n", "Kits purchased | not known | not known | not known\n", "Thank you")
		lacks(t, text, "picture:", "silent", "Given out", "outlets")
		w.account("sue", staff.Coordinator, w.area("E10000030").ID)
		w.send("E92000001")
		letter := w.letters()["sue@example.org"]
		says(t, letter, "\nSurrey\n- Given out: 1,234 kits, 34 more than the quarter before\n")
		lacks(t, letter, "Turned away", "Bought")

		text = said(w.ofArea("E10000016", quarter))
		says(t, text, "# Kent has nothing recorded for April to June 2026\n", "It is not too late")
		lacks(t, text, "table:", "Thank you")
	})
}

// TestLaterEntriesAreIn is the difference from a bulletin: a report is of the day it is read.
func TestLaterEntriesAreIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		lot := w.receive("2026-06-01", "Alder", "LATE", "2029-03", 5)
		w.supply("2026-06-30", "Alder", lot, 5)
		says(t, said(w.ofOutlet("Alder", quarter)), "You gave out 11 kits, 6 more than the quarter before")
		says(t, said(w.ofOutlet("Alder", civil.FinancialYear(2026))), "Alder, 2026/27 so far", "You gave out 61 kits in the 4 of 12 months that are known", "August 2026 | still to come")
		says(t, said(w.ofOutlet("Alder", civil.FinancialYear(2025))), "What | This year | The year before\n", "Given out | 12 [p] | not known\n")
	})
}

func TestPeriodsThatHaveNoReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, p := range []civil.Period{civil.Quarter(2026, 3), {}, {From: 24000, To: 24040}} {
			_, err := w.OfOutlet(ctx, w.outlet("Alder").ID, p)
			if _, also := w.OfArea(ctx, w.area("E10000016").ID, p); !fault.Is(err, fault.Invalid) || !fault.Is(also, fault.Invalid) || fault.Of(err)[0].Field != "period" {
				t.Errorf("%v: %v, %v", p, err, also)
			}
		}
		if _, err := w.OfOutlet(ctx, 999, quarter); !fault.Is(err, fault.NotFound) {
			t.Errorf("an outlet that is not there: %v", err)
		}
		if _, err := w.OfArea(ctx, w.area("E92000001").ID, quarter); !fault.Is(err, fault.NotFound) {
			t.Errorf("a nation: %v", err)
		}
	})
}

// TestEntriesOfAnOutletAddUpToItsAreas compares what is counted from single entries with what the ledger keeps of an area.
func TestEntriesOfAnOutletAddUpToItsAreas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lot := w.receive("2026-04-01", "Elm", "ONE", "2029-01", 500)
		id := w.supply("2026-04-02", "Elm", lot, 2, atRisk, usedOnSelf)
		w.supply("2026-05-02", "Elm", lot, 3, firstKit, atRisk)
		w.supply("2026-06-02", "Elm", lot, 5)
		must(t, w.led.Reverse(ctx, staff.Operator(), ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("Elm").Area, Of: id}))
		want := "First kit | 1 | 3\nNot recorded | 1 | 5\nAll supplies | 2 | 8\n"
		says(t, said(w.ofOutlet("Elm", quarter)), want, "and no repeat was noted", "# 100% of the kits given out in Surrey were yours")
		says(t, said(w.ofArea("E10000030", quarter)), want)
	})
}

// TestAStoreSends is an outlet that gives nothing out: nobody asks it for first kits and repeats.
func TestAStoreSends(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		depot := *w.outlet("Cedar")
		depot.Code, depot.Name, depot.Kind, depot.ID = "Depot", "Depot", registry.Store, 0
		_, err := w.reg.PutOutlet(ctx, depot)
		must(t, err)
		for _, month := range []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"} {
			lot := w.receive(month+"-01", "Depot", "STORE", "2029-01", 50)
			if month > "2026-02" {
				must(t, w.led.Send(ctx, staff.Operator(), ledger.Dispatch{Entry: w.entry(month+"-02", "Depot", 20), Lot: lot, To: w.outlet("Alder").ID}))
			}
		}
		text := said(w.ofOutlet("Depot", quarter))
		says(t, text, "# You sent 60 kits to other outlets, 40 more than the quarter before\n", "Sent to other outlets | 60 | 20 | not known\n", "Bought | 150 | 150 | not known\n")
		lacks(t, text, "first kit", "were yours", "was yours", "picture:")
	})
}

// TestAnOutletOfANation serves all of it, such as a postal desk: it is part of the nation, which has no coverage of its own here.
func TestAnOutletOfANation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		post := *w.outlet("Cedar")
		post.Code, post.Name, post.Area, post.ID = "Post", "Post", w.area("E92000001").ID, 0
		_, err := w.reg.PutOutlet(ctx, post)
		must(t, err)
		lot := w.receive("2026-04-01", "Post", "MAILED", "2029-01", 50)
		w.supply("2026-04-02", "Post", lot, 24)
		text := said(w.ofOutlet("Post", quarter))
		says(t, text, "# 50% of the kits given out in England were yours\n", "All outlets of England together recorded 48 kits")
		lacks(t, text, "Coverage of")
	})
}

// TestEntriesAreReadByDay looks at how SQLite reads an outlet's supplies: from its lots into the index by day, so that the cost is
// that of the period and not of all that its authority ever recorded.
func TestEntriesAreReadByDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.db.Engine != store.SQLite {
			return // whose planner looks at the sizes of tables
		}
		w.filled()
		var plan []string
		must(t, w.db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(scan func(...any) error) error {
				var id, parent, other int
				var step string
				err := scan(&id, &parent, &other, &step)
				plan = append(plan, step)
				return err
			}, "EXPLAIN QUERY PLAN "+report.EntriesSQL, 1, 1, 2, 1, 1, 1, 2, 7)
		}))
		says(t, strings.Join(plan, "\n"), "SEARCH s USING", "(area=? AND outlet=?)", "SEARCH m USING INDEX movement_stock (area=? AND outlet=? AND lot=? AND occurred_on>? AND occurred_on<?)",
			"SEARCH r USING COVERING INDEX movement_reverses (area=? AND reverses=?)")
		lacks(t, strings.Join(plan, "\n"), "SCAN")
	})
}
