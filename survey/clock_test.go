package survey

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/fault"
)

// The bank holidays that the governments of the United Kingdom published, by part: those of years with a holiday moved, a
// holiday of one year, or New Year, Christmas or a saint's day at a weekend.
var published = map[part]map[int]string{
	englandAndWales: {
		2012: "2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26",
		2015: "2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28",
		2016: "2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27",
		2017: "2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26",
		2018: "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26",
		2020: "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28",
		2021: "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28",
		2022: "2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27",
		2023: "2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26",
		2026: "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28",
	},
	scotland: {
		2012: "2012-01-02 2012-01-03 2012-04-06 2012-05-07 2012-06-04 2012-06-05 2012-08-06 2012-11-30 2012-12-25 2012-12-26",
		2017: "2017-01-02 2017-01-03 2017-04-14 2017-05-01 2017-05-29 2017-08-07 2017-11-30 2017-12-25 2017-12-26",
		2019: "2019-01-01 2019-01-02 2019-04-19 2019-05-06 2019-05-27 2019-08-05 2019-12-02 2019-12-25 2019-12-26",
		2021: "2021-01-01 2021-01-04 2021-04-02 2021-05-03 2021-05-31 2021-08-02 2021-11-30 2021-12-27 2021-12-28",
		2022: "2022-01-03 2022-01-04 2022-04-15 2022-05-02 2022-06-02 2022-06-03 2022-08-01 2022-09-19 2022-11-30 2022-12-26 2022-12-27",
		2023: "2023-01-02 2023-01-03 2023-04-07 2023-05-01 2023-05-08 2023-05-29 2023-08-07 2023-11-30 2023-12-25 2023-12-26",
		2026: "2026-01-01 2026-01-02 2026-04-03 2026-05-04 2026-05-25 2026-06-15 2026-08-03 2026-11-30 2026-12-25 2026-12-28",
	},
	northernIreland: {
		2015: "2015-01-01 2015-03-17 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-07-13 2015-08-31 2015-12-25 2015-12-28",
		2018: "2018-01-01 2018-03-19 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-07-12 2018-08-27 2018-12-25 2018-12-26",
		2020: "2020-01-01 2020-03-17 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-07-13 2020-08-31 2020-12-25 2020-12-28",
		2024: "2024-01-01 2024-03-18 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-07-12 2024-08-26 2024-12-25 2024-12-26",
		2025: "2025-01-01 2025-03-17 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-07-14 2025-08-25 2025-12-25 2025-12-26",
	},
}

func TestBankHolidays(t *testing.T) {
	for p, years := range published {
		for year, want := range years {
			var got []string
			for _, d := range holidays(p, year) {
				got = append(got, d.String())
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("part %d in %d:\n got %s\nwant %s", p, year, s, want)
			}
		}
	}
}

func TestEaster(t *testing.T) {
	for _, want := range []string{"1991-03-31", "2000-04-23", "2008-03-23", "2011-04-24", "2012-04-08", "2019-04-21", "2024-03-31", "2038-04-25", "2100-03-28", "2160-03-23"} {
		d, err := civil.ParseDate(want)
		must(t, err)
		year, _, _ := d.Parts()
		equal(t, "Easter", easterSunday(year), d)
	}
}

func TestDueOn(t *testing.T) {
	for _, c := range []struct {
		act           Act
		received, due string
	}{
		{Act2000, "2018-05-01", "2018-05-31"},     // 7 and 28 May
		{ActScotland, "2018-05-01", "2018-05-31"}, // the same
		{Act2000, "2018-07-27", "2018-08-28"},     // 6 August is a holiday in Scotland, 27 August elsewhere: neither counts
		{ActScotland, "2018-07-27", "2018-08-27"}, // only 6 August
		{Act2000, "2018-03-01", "2018-04-03"},     // 19 March in Northern Ireland, Good Friday, Easter Monday
		{ActScotland, "2018-03-01", "2018-03-29"},
		{Act2000, "2018-05-05", "2018-06-05"}, // received on a Saturday: that day is day 0 too
		{Act2000, "2018-05-06", "2018-06-05"},
		{Act2000, "2018-12-03", "2019-01-04"},     // Christmas, Boxing Day, New Year, 2 January
		{Act2000, "2026-06-12", "2026-07-14"},     // 15 June in Scotland, 13 July in Northern Ireland (the 12th is a Sunday)
		{ActScotland, "2026-06-12", "2026-07-13"}, // 15 June only
	} {
		on, err := civil.ParseDate(c.received)
		must(t, err)
		equal(t, c.act.String()+" "+c.received, DueOn(c.act, on).String(), c.due)
	}
}

func TestClockProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		act := Act(rapid.IntRange(1, 2).Draw(t, "act"))
		from := civil.On(2000, 1, 1) + civil.Date(rapid.IntRange(0, 30*365).Draw(t, "day"))
		due := DueOn(act, from)
		if !IsWorkingDay(act, due) {
			t.Fatalf("%s is no working day", due)
		}
		n := 0
		for d := from + 1; d <= due; d++ {
			if IsWorkingDay(act, d) {
				n++
			}
		}
		if n != WorkingDays {
			t.Fatalf("%d working days from %s to %s", n, from, due)
		}
		if act == Act2000 && due < DueOn(ActScotland, from) {
			t.Fatalf("the Act of 2000 leaves out every day that Scotland's does, and yet gives %s", due)
		}
		back := addWorkingDays(act, due, -remindBefore)
		if addWorkingDays(act, back, remindBefore) != due || !IsWorkingDay(act, back) {
			t.Fatalf("five working days before %s is %s", due, back)
		}
		for p := range parts {
			year, _, _ := from.Parts()
			for _, d := range holidays(p, year) {
				if w := d.Time().Weekday(); w == time.Saturday || w == time.Sunday {
					t.Fatalf("a holiday at a weekend: %s", d)
				}
			}
		}
	})
}

func TestPausedAndExtended(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, _, _ := w.opened(Act2000)
		n := w.reply(r.ID, "E01").Number
		w.wait(10) // 11 May
		refused(t, w.Pause(w.ctx, w.nora, r.ID, n, w.today()+1, "which kits?"), fault.Invalid, "in the future")
		refused(t, w.Pause(w.ctx, w.nora, r.ID, n, r.SentOn-1, "which kits?"), fault.Invalid, "before they were asked")
		refused(t, w.Pause(w.ctx, w.nora, r.ID, n, w.today(), " "), fault.Invalid, "must be filled in")
		refused(t, w.Resume(w.ctx, w.nora, r.ID, n, w.today()), fault.Refused, "running")
		must(t, w.Pause(w.ctx, w.nora, r.ID, n, w.today(), "which kits?"))
		w.wait(60)
		if got := w.reply(r.ID, "E01"); got.Status != Paused || got.Late || got.PausedFor != "which kits?" {
			t.Errorf("paused: %+v", got)
		}
		must(t, w.Tick(w.ctx)) // E02 is late and reminded, E01 is not
		holds(t, "letters", w.addresses(), "e02 e02")
		must(t, w.Resume(w.ctx, w.nora, r.ID, n, w.today())) // 10 July: the clock begins anew, in full
		got := w.reply(r.ID, "E01")
		equal(t, "due", got.DueOn, civil.On(2018, 8, 9)) // 12 July, 6 August
		equal(t, "status", got.Status, Waiting)

		refused(t, w.Extend(w.ctx, w.nora, r.ID, n, got.DueOn, "weighing"), fault.Invalid, "not later")
		must(t, w.Extend(w.ctx, w.nora, r.ID, n, civil.On(2018, 9, 3), "weighing the public interest"))
		got = w.reply(r.ID, "E01")
		if got.DueOn != civil.On(2018, 9, 3) || got.ExtendedFor == "" {
			t.Errorf("extended: %+v", got)
		}
		w.on(2018, time.September, 4)
		if !w.reply(r.ID, "E01").Late {
			t.Error("not late")
		}
		must(t, w.Refuse(w.ctx, w.nora, r.ID, n, "section 12: too costly"))
		got = w.reply(r.ID, "E01")
		if got.Status != Refused || !got.Late || got.RefusedFor != "section 12: too costly" {
			t.Errorf("refused: %+v", got)
		}
		refused(t, w.Acknowledge(w.ctx, w.nora, r.ID, n, w.today()), fault.Refused, "have refused")
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, form("provides", "no")))
		got = w.reply(r.ID, "E01")
		if got.Status != Answered || !got.Late || got.RefusedFor != "" {
			t.Errorf("answered after all: %+v", got)
		}
	})
}

func TestOtherClocks(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r := w.draft(NoAct)
		refused(t, w.Open(w.ctx, w.nora, r.ID), fault.Refused, "due_on: give the day")
		r.DueOn, r.ClosesOn = w.today()+30, w.today()+20
		refused(t, w.Save(w.ctx, w.nora, r), fault.Invalid, "closes_on")
		r.ClosesOn = civil.None
		must(t, w.Save(w.ctx, w.nora, r))
		must(t, w.Open(w.ctx, w.nora, r.ID))
		refused(t, w.Open(w.ctx, w.nora, r.ID), fault.Conflict, "already")
		n := w.reply(r.ID, "E01").Number
		due := w.reply(r.ID, "E01").DueOn
		equal(t, "the day chosen", due, civil.On(2018, 5, 31))
		must(t, w.Pause(w.ctx, w.nora, r.ID, n, w.today(), "why?"))
		w.wait(7)
		must(t, w.Resume(w.ctx, w.nora, r.ID, n, w.today()))
		equal(t, "moved by the days it stood", w.reply(r.ID, "E01").DueOn, due+7)

		s := &Round{Title: "Scotland", Nation: w.id("S92000003"), Period: civil.FinancialYear(2017), Act: ActScotland}
		op := w.nora
		op.Area = s.Nation
		must(t, w.Save(w.ctx, op, s))
		equal(t, "its own key", s.Key, "2017-18-scotland")
		must(t, w.Open(w.ctx, op, s.ID))
		paper := w.reply(s.ID, "S01")
		must(t, w.Posted(w.ctx, op, s.ID, paper.Number, w.today()+2))
		equal(t, "from the day they have it", w.reply(s.ID, "S01").DueOn, DueOn(ActScotland, w.today()+2))
		refused(t, w.Posted(w.ctx, op, s.ID, paper.Number, w.today()), fault.Refused, "already")
		refused(t, w.Extend(w.ctx, op, s.ID, paper.Number, w.today()+90, "weighing"), fault.Refused, "Scotland's Act")
	})
}
