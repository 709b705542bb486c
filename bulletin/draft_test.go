package bulletin_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/fault"
)

// TestDraft: what a draft stands on, what it is called, and what is in its history.
func TestDraft(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		if e.Slug != "2021-22-q2" || e.Number != 1 || e.State != bulletin.Drafted || e.Version != 1 || e.MadeName != "anna" || e.AsOf != civil.On(2021, time.December, 14) ||
			e.Period != quarter || e.Title != "Kits in Area N, 2021/22-Q2" || e.Hash == "" || e.PublishedOn != civil.None || e.SignedBy != 0 || !e.PublishAt.IsZero() {
			t.Errorf("the draft is %+v", e)
		}
		history := must1(w.History(w.ctx, w.who["nora"], e.ID))(t)
		if len(history) != 1 || history[0].Who != "anna" || !strings.Contains(history[0].What, "14 December 2021") || !history[0].At.Equal(morning) {
			t.Errorf("the history is %+v", history)
		}
		list := must1(w.Of(w.ctx, w.who["nora"], w.id("N")))(t)
		if len(list) != 1 || list[0].ID != e.ID {
			t.Errorf("listed are %+v", list)
		}
		equal(t, "public bulletins", len(must1(w.List(w.ctx))(t)), 0)
		_, err := w.Show(w.ctx, e.Slug, 0)
		refused(t, err, fault.NotFound, "/bulletins")
		found := must1(w.Find(w.ctx, w.who["anna"], " 2021-22-Q2 "))(t)
		equal(t, "found", found.ID, e.ID)
		_, err = w.Find(w.ctx, w.who["adam"], "2020-21-q1")
		refused(t, err, fault.NotFound, "no bulletin of this name")
		if got := must1(w.Content(w.ctx, e.ID))(t); !got.Draft || got.PublishedOn != "" {
			t.Errorf("the draft is composed as %+v", got)
		}
		before := w.takes
		must1(w.Content(w.ctx, e.ID))(t)
		equal(t, "figures frozen by reading", w.takes, before)
	})
}

// TestWhatIsNotBegun: each answer says what and where, and nothing is left behind.
func TestWhatIsNotBegun(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		anna := w.who["anna"]
		for _, c := range []struct {
			of    bulletin.DraftOf
			kind  fault.Kind
			words string
		}{
			{bulletin.DraftOf{Area: "N", Period: civil.Quarter(2021, 3)}, fault.Refused, "period: 2021/22-Q3 has not ended: its last day is 31 December 2021 (begin its bulletin from 1 January 2022 on)"},
			{bulletin.DraftOf{Area: "N"}, fault.Invalid, "period: a bulletin is of a quarter or of a year"},
			{bulletin.DraftOf{Area: "N", Period: civil.MonthPeriod(quarter.From)}, fault.Invalid, "period: a bulletin is of a quarter"},
			{bulletin.DraftOf{Area: "N", Period: quarter, AsOf: civil.On(2021, time.December, 15)}, fault.Invalid, "as_of: 15 December 2021 is in the future"},
			{bulletin.DraftOf{Area: "N", Period: quarter, AsOf: quarter.Last()}, fault.Invalid, "as_of: on 30 September 2021 the period had not ended"},
			{bulletin.DraftOf{Area: "Q", Period: quarter}, fault.Invalid, "area: "},
			{bulletin.DraftOf{Area: "M", Period: quarter}, fault.Forbidden, "you may not write bulletins here"},
		} {
			_, err := w.Draft(w.ctx, anna, c.of)
			refused(t, err, c.kind, c.words)
		}
		_, err := w.Draft(w.ctx, w.who["adam"], bulletin.DraftOf{Area: "R", Period: quarter})
		refused(t, err, fault.Invalid, "area: The Isles is a region")
		equal(t, "snapshots taken", w.takes, 0)
		w.noData = true
		_, err = w.Draft(w.ctx, anna, bulletin.DraftOf{Area: "N", Period: quarter})
		refused(t, err, fault.Refused, "import supplies or returns first")
		equal(t, "editions", w.count("bulletin_edition"), 0)
		equal(t, "snapshots", w.count("bulletin_snapshot"), 0)
		equal(t, "history", w.count("bulletin_event"), 0)
	})
}

// TestOneDraftAtATime: a second draft of a period is a conflict that names the first; so is a draft of what was published.
func TestOneDraftAtATime(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		of := bulletin.DraftOf{Area: "N", Period: quarter}
		_, err := w.Draft(w.ctx, w.who["abel"], of)
		refused(t, err, fault.Conflict, "there is a draft already: 2021-22-q2")
		must(t, w.Drop(w.ctx, w.who["abel"], e.ID, e.Version))
		_, err = w.Get(w.ctx, w.who["adam"], e.ID)
		refused(t, err, fault.NotFound, "no such bulletin")
		_, err = w.Get(w.ctx, w.who["anna"], e.ID)
		refused(t, err, fault.Forbidden, "you may not")
		equal(t, "listed", len(must1(w.Of(w.ctx, w.who["anna"], w.id("N")))(t)), 0)
		second := w.published(quarter)
		equal(t, "slug after a dropped draft", second.Slug, "2021-22-q2")
		_, err = w.Draft(w.ctx, w.who["anna"], of)
		refused(t, err, fault.Conflict, "was published on 14 December 2021")
	})
}

// TestManyBeginAtOnce: of several who begin the same bulletin at one moment one does.
func TestManyBeginAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		errs := make([]error, 6)
		rooms := make([]*bulletin.Bulletins, len(errs))
		for i := range rooms {
			rooms[i] = w.another()
			rooms[i].Use(quiet(w))
		}
		for i := range errs {
			all.Go(func() {
				_, errs[i] = rooms[i].Draft(w.ctx, w.who["anna"], bulletin.DraftOf{Area: "N", Period: quarter})
			})
		}
		all.Wait()
		begun := 0
		for _, err := range errs {
			if err == nil {
				begun++
			} else {
				refused(t, err, fault.Conflict, "2021-22-q2")
			}
		}
		equal(t, "begun", begun, 1)
		equal(t, "editions", w.count("bulletin_edition"), 1)
	})
}

// TestSlugs: the first nation has the period's own; others and authorities have their name behind it.
func TestSlugs(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		slug := func(who, area string, p civil.Period) string {
			t.Helper()
			return w.get(must1(w.Draft(w.ctx, w.who[who], bulletin.DraftOf{Area: area, Period: p}))(t)).Slug
		}
		equal(t, "local", slug("cora", "A", quarter), "2021-22-q2-aber-city-of")
		equal(t, "first nation", slug("anna", "N", quarter), "2021-22-q2")
		equal(t, "second nation", slug("mona", "M", quarter), "2021-22-q2-mor-mynydd")
		equal(t, "a year", slug("mona", "M", civil.FinancialYear(2020)), "2020-21")
		equal(t, "the other nation's year", slug("anna", "N", civil.FinancialYear(2020)), "2020-21-northland")
	})
	for name, want := range map[string]string{"King's Lynn & Wéston": "kings-lynn-weston", "  ": "", "St. Helens": "st-helens", "Rhondda–Cynon": "rhondda-cynon", "日本": ""} {
		equal(t, name, bulletin.SlugOf(name), want)
	}
}

// TestEarlierAreTaken: figures are frozen with all that is published of the nation, oldest first, and composed with what is
// published of the area.
func TestEarlierAreTaken(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.published(quarter.Before())
		w.later(time.Hour)
		a := must1(w.Draft(w.ctx, w.who["cora"], bulletin.DraftOf{Area: "A", Period: quarter.Before()}))(t)
		must(t, w.Sign(w.ctx, w.who["nora"], a, 1, time.Time{}))
		must(t, w.Publish(w.ctx, w.who["cora"], a, 2))
		m := must1(w.Draft(w.ctx, w.who["mona"], bulletin.DraftOf{Area: "M", Period: quarter.Before()}))(t)
		equal(t, "another nation's earlier ones", len(w.earlier), 0)
		must(t, w.Sign(w.ctx, w.who["adam"], m, 1, time.Time{}))
		must(t, w.Publish(w.ctx, w.who["mona"], m, 2))
		w.kits = 8000
		w.draft(quarter)
		if !slices.Equal(w.earlier, []string{"N 2021/22-Q1", "A 2021/22-Q1"}) {
			t.Errorf("frozen with %v", w.earlier)
		}
		in := w.inputs[len(w.inputs)-1]
		if len(in.Earlier) != 1 || in.Earlier[0].Slug != "2021-22-q1" || in.Earlier[0].Edition != 1 || in.Earlier[0].On != "2021-12-14" || *in.Earlier[0].Snapshot.Figures[0].Value != 7219 {
			t.Errorf("composed with %+v", in.Earlier)
		}
	})
}

// TestRefreeze: figures are read again as of today, unless a day was chosen; words stay; waivers of what is gone go.
func TestRefreeze(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		w.findings = waivable("sum:a", "silent:b")
		must(t, w.Note(w.ctx, anna, e.ID, 1, "prison", "Words."))
		must(t, w.Waive(w.ctx, anna, e.ID, 2, "sum:a", "published so"))
		must(t, w.Waive(w.ctx, anna, e.ID, 3, "silent:b", "they were asked"))
		w.findings, w.kits = waivable("silent:b"), 7300
		w.later(24 * time.Hour)
		must(t, w.Refreeze(w.ctx, anna, e.ID, 4))
		now := w.get(e.ID)
		if now.Version != 5 || now.Hash == e.Hash || now.AsOf != e.AsOf+1 || now.Commentary["prison"] != "Words." || len(now.Waived) != 1 || now.Waived[0].Check != "silent:b" {
			t.Errorf("after freezing again: %+v", now)
		}
		holds(t, "content", string(must1(must1(w.Content(w.ctx, e.ID))(t).Encode())(t)), "7300 kits")
		refused(t, w.Refreeze(w.ctx, anna, e.ID, 4), fault.Conflict, "version: somebody has changed")

		chosen := civil.On(2021, time.October, 31)
		id := must1(w.Draft(w.ctx, w.who["mona"], bulletin.DraftOf{Area: "M", Period: quarter, AsOf: chosen}))(t)
		must(t, w.Refreeze(w.ctx, w.who["mona"], id, 1))
		equal(t, "the day that was chosen", w.get(id).AsOf, chosen)
	})
}

// TestSilence: an authority that is silent keeps no draft from being made; the checks tell.
func TestSilence(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.silent, w.findings = true, waivable("silent:B")
		e := w.draft(quarter)
		open, waived, err := w.Check(w.ctx, e.ID)
		must(t, err)
		if len(open) != 1 || open[0].Key != "silent:B" || len(waived) != 0 {
			t.Errorf("open %+v, waived %+v", open, waived)
		}
		refused(t, w.Sign(w.ctx, w.who["nora"], e.ID, 1, time.Time{}), fault.Refused, "one check is open: silent:B is so.")
	})
}
