package notice_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/notice"
)

// expiry reads a date as packs have it.
func expiry(t testing.TB, s string) civil.Expiry {
	t.Helper()
	e, err := civil.ParseExpiry(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func day(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// forPeople is an open notice that speaks to people.
func forPeople(id int, action notice.Action) *notice.Notice {
	return &notice.Notice{ID: id, Number: fmt.Sprintf("N/%d", id), Action: action, Level: notice.People, State: notice.Published}
}

// TestJudge is the table of what people are told.
func TestJudge(t *testing.T) {
	lot := func(e string) notice.Kit {
		return notice.Kit{Product: 1, Lots: []ledger.Lot{{ID: 7, Product: 1, Number: "0116917", Expiry: expiry(t, e)}}}
	}
	with := func(k notice.Kit, ns ...*notice.Notice) notice.Kit { k.Notices = ns; return k }
	moved := func(k notice.Kit, steps ...string) notice.Kit {
		for i := 1; i < len(steps); i++ {
			k.Changes = append(k.Changes, ledger.ExpiryChange{Lot: 7, Number: fmt.Sprintf("X/%d", i), On: civil.Date(i), Was: expiry(t, steps[i-1]), Becomes: expiry(t, steps[i])})
		}
		return k
	}
	joined := lot("")
	joined.Lots = append(joined.Lots, ledger.Lot{ID: 8, Number: "116917", Expiry: expiry(t, "2027-06")})
	drill, draft, closed, outlets := forPeople(1, notice.Withdraw), forPeople(2, notice.Withdraw), forPeople(3, notice.Withdraw), forPeople(4, notice.Withdraw)
	drill.Drill, draft.State, closed.State, outlets.Level = true, notice.Draft, notice.Closed, notice.Outlets
	check, withdraw, inform := forPeople(5, notice.Check), forPeople(6, notice.Withdraw), forPeople(7, notice.Inform)
	for _, c := range []struct {
		name    string
		kit     notice.Kit
		printed string
		today   string
		want    notice.Verdict
		date    notice.Verdict
		until   string
	}{
		{"in date, as printed", lot("2027-06"), "06/2027", "2027-06-29", notice.InDate, notice.InDate, "2027-06"},
		{"in date, nothing typed", lot("2027-06"), "", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"last day of the month", lot("2027-06"), "06/2027", "2027-06-30", notice.LastDay, notice.LastDay, "2027-06"},
		{"the day after", lot("2027-06"), "06/2027", "2027-07-01", notice.OutOfDate, notice.OutOfDate, "2027-06"},
		{"the last day of February in a leap year", lot("2028-02"), "02/28", "2028-02-29", notice.LastDay, notice.LastDay, "2028-02"},
		{"the day after February", lot("2028-02"), "02/28", "2028-03-01", notice.OutOfDate, notice.OutOfDate, "2028-02"},
		{"a printed day", lot("2027-06-15"), "15/06/2027", "2027-06-15", notice.LastDay, notice.LastDay, "2027-06-15"},
		{"the day after a printed day", lot("2027-06-15"), "15/06/2027", "2027-06-16", notice.OutOfDate, notice.OutOfDate, "2027-06-15"},
		{"long past", lot("2020-01"), "", "2026-11-23", notice.OutOfDate, notice.OutOfDate, "2020-01"},
		{"named to be checked", with(lot("2027-06"), check), "06/2027", "2026-11-23", notice.Named, notice.InDate, "2027-06"},
		{"withdrawn and past", with(lot("2020-01"), check, withdraw), "", "2026-11-23", notice.Named, notice.OutOfDate, "2020-01"},
		{"only informed", with(lot("2027-06"), inform), "", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"notices that are not for people", with(lot("2027-06"), drill, draft, closed, outlets), "", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"changed, the old date on the pack", moved(lot("2027-06"), "2026-06", "2027-06"), "06/2026", "2026-11-23", notice.DateChanged, notice.InDate, "2027-06"},
		{"changed, nothing typed", moved(lot("2027-06"), "2026-06", "2027-06"), "", "2026-11-23", notice.DateChanged, notice.InDate, "2027-06"},
		{"changed, the new date on the pack", moved(lot("2027-06"), "2026-06", "2027-06"), "2027-06", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"changed twice", moved(lot("2028-06"), "2026-06", "2027-06", "2028-06"), "06/2026", "2027-11-23", notice.DateChanged, notice.InDate, "2028-06"},
		{"changed to earlier, and past", moved(lot("2026-06"), "2027-06", "2026-06"), "06/2027", "2026-11-23", notice.DateChanged, notice.OutOfDate, "2026-06"},
		{"changed, and last day", moved(lot("2027-06"), "2026-06", "2027-06"), "06/2026", "2027-06-30", notice.DateChanged, notice.LastDay, "2027-06"},
		{"changed, but the pack has a third date", moved(lot("2027-06"), "2026-06", "2027-06"), "06/2029", "2026-11-23", notice.Differs, notice.InDate, "2029-06"},
		{"another date than ours goes by the pack", lot("2027-06"), "06/2025", "2026-11-23", notice.Differs, notice.OutOfDate, "2025-06"},
		{"a lot whose date we do not have", lot(""), "06/2027", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"no date at all", lot(""), "", "2026-11-23", notice.NoDate, notice.NoDate, ""},
		{"joined: the other's date", joined, "", "2026-11-23", notice.InDate, notice.InDate, "2027-06"},
		{"joined: agrees with the other", joined, "06/2027", "2027-07-01", notice.OutOfDate, notice.OutOfDate, "2027-06"},
		{"unknown lot", notice.Kit{}, "06/2027", "2026-11-23", notice.NotKnown, notice.InDate, "2027-06"},
		{"unknown lot, past", notice.Kit{}, "06/2025", "2026-11-23", notice.NotKnown, notice.OutOfDate, "2025-06"},
		{"unknown lot, no date", notice.Kit{}, "", "2026-11-23", notice.NotKnown, notice.NoDate, ""},
	} {
		j := notice.Judge(c.kit, true, expiry(t, c.printed), day(t, c.today))
		if j.Verdict != c.want || j.Date != c.date || j.Expiry.String() != c.until {
			t.Errorf("%s: verdict %d, date %d, until %s; want %d, %d, %s", c.name, j.Verdict, j.Date, j.Expiry, c.want, c.date, c.until)
		}
		if (j.Verdict == notice.DateChanged) != (j.Change != nil) && j.Verdict != notice.Named {
			t.Errorf("%s: change %v", c.name, j.Change)
		}
	}
	if j := notice.Judge(notice.Kit{}, false, expiry(t, "2027-06"), day(t, "2026-11-23")); j.Verdict != notice.NoNumber {
		t.Errorf("without a number the verdict is %d", j.Verdict)
	}
	if j := notice.Judge(moved(lot("2028-06"), "2026-06", "2027-06", "2028-06"), true, expiry(t, "2026-06"), 0); j.Change.Number != "X/2" {
		t.Errorf("the date comes from notice %s", j.Change.Number)
	}
	j := notice.Judge(with(lot("2027-06"), inform, check, withdraw, drill, check), true, civil.Expiry{}, 0)
	if len(j.Notices) != 3 || j.Notices[0] != withdraw || j.Notices[1] != check || j.Notices[2] != inform {
		t.Errorf("the notices are %v", j.Notices)
	}
}

// TestWhatNobodyKnowsIsNeverInDate draws kits, dates and notices at random.
func TestWhatNobodyKnowsIsNeverInDate(t *testing.T) {
	date := rapid.Custom(func(t *rapid.T) civil.Expiry {
		m := civil.MonthOf(2026, time.Month(rapid.IntRange(1, 30).Draw(t, "month")))
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			return civil.Expiry{}
		case 1:
			return civil.ExpiresIn(m)
		}
		return civil.ExpiresOn(m.First() + civil.Date(rapid.IntRange(0, 27).Draw(t, "day")))
	})
	rapid.Check(t, func(t *rapid.T) {
		var kit notice.Kit
		for i := range rapid.IntRange(0, 2).Draw(t, "entries") {
			kit.Lots = append(kit.Lots, ledger.Lot{ID: i + 1, Expiry: date.Draw(t, "ours")})
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "notices") {
			kit.Notices = append(kit.Notices, &notice.Notice{
				ID: i + 1, Action: notice.Action(rapid.IntRange(0, 4).Draw(t, "action")), State: notice.State(rapid.IntRange(0, 3).Draw(t, "state")),
				Level: notice.Level(rapid.IntRange(0, 2).Draw(t, "level")), Drill: rapid.Bool().Draw(t, "drill"),
			})
		}
		printed, typed := date.Draw(t, "printed"), rapid.Bool().Draw(t, "typed")
		today := civil.On(2026, 1, 1) + civil.Date(rapid.IntRange(0, 900).Draw(t, "today"))
		j := notice.Judge(kit, typed, printed, today)
		if !kit.Known() && j.Verdict != notice.NotKnown && j.Verdict != notice.NoNumber {
			t.Fatalf("nobody knows the lot, and the verdict is %d", j.Verdict)
		}
		if j.Verdict == notice.InDate && (!j.Expiry.Known || j.Expiry.Last <= today || (printed.Known && j.Expiry.Last != printed.Last)) {
			t.Fatalf("in date until %s on %s, with %s on the pack", j.Expiry, today, printed)
		}
		if j.Expiry.Known && (j.Date == notice.OutOfDate) != (j.Expiry.Last < today) {
			t.Fatalf("%s on %s is %d", j.Expiry, today, j.Date)
		}
		for _, n := range j.Notices {
			if n.Drill || n.State != notice.Published || n.Level != notice.People {
				t.Fatalf("notice %+v is shown", n)
			}
		}
		bars := slices.ContainsFunc(kit.Notices, func(n *notice.Notice) bool {
			return !n.Drill && n.State == notice.Published && n.Level == notice.People && (n.Action == notice.Withdraw || n.Action == notice.Check)
		})
		if kit.Known() && bars != (j.Verdict == notice.Named) {
			t.Fatalf("named %v, and the verdict is %d", bars, j.Verdict)
		}
	})
}

// TestTodayIsTheDayAtTheOutlets stands at midnight in places whose day has begun or has not.
func TestTodayIsTheDayAtTheOutlets(t *testing.T) {
	kit := notice.Kit{Lots: []ledger.Lot{{ID: 1, Expiry: expiry(t, "2027-06")}}}
	for _, c := range []struct {
		zone, at string
		want     notice.Verdict
	}{
		{"Europe/London", "2027-06-30T22:59:59Z", notice.LastDay}, // 23:59:59 in summer time
		{"Europe/London", "2027-06-30T23:00:00Z", notice.OutOfDate},
		{"Europe/London", "2027-06-29T22:59:59Z", notice.InDate},
		{"Pacific/Tongatapu", "2027-06-30T10:59:59Z", notice.LastDay}, // UTC+13
		{"Pacific/Tongatapu", "2027-06-30T11:00:00Z", notice.OutOfDate},
		{"America/New_York", "2027-07-01T03:59:59Z", notice.LastDay},
		{"America/New_York", "2027-07-01T04:00:00Z", notice.OutOfDate},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if j := notice.Judge(kit, true, civil.Expiry{}, civil.In(at, zone)); j.Verdict != c.want {
			t.Errorf("at %s in %s the verdict is %d, not %d", c.at, c.zone, j.Verdict, c.want)
		}
	}
}
