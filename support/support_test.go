package support_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/support"
)

func kind(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("the error is %v (%s), and should be %s", err, fault.KindOf(err), k)
	}
}

func TestAskIsKeptOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := uuid.New()
		a := support.Action{Area: w.id("A"), Gap: support.NoProvision, Help: support.Call, Says: " We want to start.\r\nWhen? "}
		must(t, w.Ask(w.ctx, w.who["cora"], id, a))
		must(t, w.Ask(w.ctx, w.who["cora"], id, a))
		other := a
		other.Kits = 5
		kind(t, w.Ask(w.ctx, w.who["cora"], id, other), fault.Conflict)
		list, err := w.Of(w.ctx, w.id("A"))
		must(t, err)
		if len(list) != 1 || list[0].State != support.Asked || list[0].Says != "We want to start.\nWhen?" || list[0].Kits != 0 || list[0].AskedBy != w.who["cora"].ID || list[0].DueOn != civil.None {
			t.Errorf("kept: %+v", list)
		}
		if _, steps := w.read(list[0].ID); len(steps) != 1 || steps[0].What != "Asked" {
			t.Errorf("history: %+v", steps)
		}
		if w.count("support_action") != 1 || w.count("support_step") != 1 || w.count("audit") < 1 {
			t.Error("something was kept twice, or not")
		}
	})
}

func TestAskRefusesWhatIsWrong(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		good := support.Action{Area: w.id("A"), Gap: support.NoProvision, Help: support.Call, Says: "We want to start."}
		for name, c := range map[string]struct {
			field  string
			change func(*support.Action)
		}{
			"gap":      {"gap", func(a *support.Action) { a.Gap = "other" }},
			"help":     {"help", func(a *support.Action) { a.Help = 9 }},
			"words":    {"says", func(a *support.Action) { a.Says = " \n " }},
			"control":  {"says", func(a *support.Action) { a.Says = "a\x00b" }},
			"kits":     {"kits", func(a *support.Action) { a.Kits = -1 }},
			"many":     {"kits", func(a *support.Action) { a.Kits = 1e9 }},
			"past day": {"due_on", func(a *support.Action) { a.DueOn = w.led.Today() - 1 }},
			"stranger": {"owner", func(a *support.Action) { a.Owner = w.who["dora"].ID }},
			"nobody":   {"owner", func(a *support.Action) { a.Owner = 99999 }},
			"two":      {"owner_not", func(a *support.Action) { a.Owner, a.OwnerNot = w.who["nora"].ID, "The clerk" }},
		} {
			bad := good
			c.change(&bad)
			err := w.Ask(w.ctx, w.who["cora"], uuid.New(), bad)
			if faults := fault.Of(err); !fault.Is(err, fault.Invalid) || len(faults) != 1 || faults[0].Field != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		kind(t, w.Ask(w.ctx, w.who["cora"], uuid.Nil, good), fault.Invalid)
		for _, who := range []string{"cole", "dora", "bob", "mona", "anna"} {
			kind(t, w.Ask(w.ctx, w.who[who], uuid.New(), good), fault.Forbidden)
		}
		missing := good
		missing.Area = 9999
		kind(t, w.Ask(w.ctx, w.who["cora"], uuid.New(), missing), fault.Forbidden) // says nothing of what there is
		kind(t, w.Ask(w.ctx, w.who["adam"], uuid.New(), missing), fault.NotFound)
		if w.count("support_action") != 0 || w.count("support_step") != 0 {
			t.Error("something was kept of a refused ask")
		}
	})
}

func TestChangeKeepsHistoryAndIsNeverStale(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(support.Action{})
		plan := *a
		plan.State, plan.Owner, plan.DueOn = support.Planned, w.who["nora"].ID, w.led.Today()+10
		must(t, w.Change(w.ctx, w.who["nora"], plan, "Agreed by telephone"))
		must(t, w.Change(w.ctx, w.who["nora"], plan, "Agreed by telephone")) // the button, twice
		late := *a
		late.State, late.Reason = support.Declined, "No kits to spare"
		err := w.Change(w.ctx, w.who["nick"], late, "")
		kind(t, err, fault.Conflict)
		says(t, err, "somebody else has changed")
		now, steps := w.read(a.ID)
		if now.State != support.Planned || now.Version != 1 || !now.HasOwnerAndDay() || len(steps) != 2 || steps[1].What != "Planned for 3 December 2026" || steps[1].Note != "Agreed by telephone" {
			t.Errorf("%+v\n%+v", now, steps)
		}
		late.Version = now.Version
		must(t, w.Change(w.ctx, w.who["nick"], late, ""))
		now, steps = w.read(a.ID)
		if now.State != support.Declined || now.Reason != "No kits to spare" || now.IsOpen() || len(steps) != 3 || steps[2].Note != "No kits to spare" {
			t.Errorf("%+v\n%+v", now, steps)
		}
	})
}

func TestChangeNeedsWhatAStateSays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(support.Action{})
		for name, c := range map[string]struct {
			field  string
			change func(*support.Action)
		}{
			"plan without owner": {"owner", func(a *support.Action) { a.State = support.Planned }},
			"plan without day":   {"due_on", func(a *support.Action) { a.State, a.OwnerNot = support.Planned, "The clerk" }},
			"no reason":          {"reason", func(a *support.Action) { a.State = support.Declined }},
			"state":              {"state", func(a *support.Action) { a.State = 17 }},
			"itself gives":       {"from", func(a *support.Action) { a.From = a.Area }},
			"owner of another":   {"owner", func(a *support.Action) { a.Owner = w.who["cole"].ID }},
		} {
			bad := *a
			c.change(&bad)
			err := w.Change(w.ctx, w.who["nora"], bad, "")
			if faults := fault.Of(err); !fault.Is(err, fault.Invalid) || len(faults) != 1 || faults[0].Field != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		none := *a
		none.From = w.id("C")
		kind(t, w.Change(w.ctx, w.who["nora"], none, ""), fault.Refused) // it has no outlet
		if now, steps := w.read(a.ID); now.Version != 0 || len(steps) != 1 {
			t.Errorf("a refused change left %+v %+v", now, steps)
		}
	})
}

func TestAnAuthorityChangesItsOwnOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(support.Action{})
		for _, who := range []string{"cole", "dora", "mona", "anna", "bob"} {
			b := *a
			b.Kits = 7
			kind(t, w.Change(w.ctx, w.who[who], b, ""), fault.Forbidden)
		}
		give := *a
		give.From = w.id("B")
		kind(t, w.Change(w.ctx, w.who["cora"], give, ""), fault.Forbidden)
		away := *a
		away.Owner = w.who["nora"].ID
		kind(t, w.Change(w.ctx, w.who["cora"], away, ""), fault.Forbidden)
		mine := *a
		mine.State, mine.Owner, mine.DueOn = support.Planned, w.who["cora"].ID, w.led.Today()+5
		must(t, w.Change(w.ctx, w.who["cora"], mine, ""))
		now, _ := w.read(a.ID)
		back := *now
		back.State, back.Reason = support.Declined, "Not needed any more"
		kind(t, w.Change(w.ctx, w.who["cora"], back, ""), fault.Forbidden)
		over := *now
		over.State = support.Done
		must(t, w.Change(w.ctx, w.who["cora"], over, ""))
		now, _ = w.read(a.ID)
		again := *now
		again.State = support.Underway
		kind(t, w.Change(w.ctx, w.who["cora"], again, ""), fault.Forbidden)
		again.Owner = 0
		must(t, w.Change(w.ctx, w.who["nora"], again, ""))
		if now, steps := w.read(a.ID); now.State != support.Underway || now.Owner != w.who["nora"].ID || steps[len(steps)-1].What != "Opened again" {
			t.Errorf("%+v %+v", now, steps)
		}
	})
}

func TestSpareKitsBecomeATransfer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		soon := w.lot("SOON", civil.ExpiresOn(w.led.Today()+30), 50)
		late := w.lot("LATE", civil.ExpiresOn(w.led.Today()+400), 50)
		a := w.ask(support.Action{Gap: support.LowCoverage, Help: support.Stock, Says: "Kits, please.", Kits: 20})
		id := [16]byte(ledger.NewID())
		send := func(who string, lot, kits int, id [16]byte) error {
			return w.Send(w.ctx, w.who[who], a.ID, w.id("B1"), lot, w.id("A1"), kits, id)
		}
		kind(t, send("nora", 0, 20, id), fault.Forbidden) // moves no kits
		kind(t, send("cole", 0, 20, id), fault.Forbidden) // nobody has asked B
		kind(t, send("cora", 0, 20, id), fault.Forbidden) // not at B's outlet
		if given, err := w.GivenBy(w.ctx, w.id("B")); err != nil || len(given) != 0 {
			t.Error(given, err)
		}
		asked := *a
		asked.From, asked.Owner, asked.DueOn, asked.State = w.id("B"), w.who["cole"].ID, w.led.Today()+3, support.Planned
		must(t, w.Change(w.ctx, w.who["nora"], asked, ""))
		given, err := w.GivenBy(w.ctx, w.id("B"))
		must(t, err)
		if len(given) != 1 || given[0].ID != a.ID {
			t.Fatalf("B is asked for %+v", given)
		}
		snap, err := w.reg.Now(w.ctx)
		must(t, err)
		if r := support.May(snap, w.who["bob"], &given[0]); !r.Send || !r.See || r.Change || r.Answer {
			t.Errorf("bob may %+v", r)
		}
		must(t, send("cole", 0, 20, id))
		*w.now = w.now.Add(48 * time.Hour)
		must(t, send("cole", 0, 20, id)) // the button again, two days later
		kind(t, send("cole", 0, 21, id), fault.Conflict)
		now, steps := w.read(a.ID)
		if now.State != support.Underway || now.Transfer != id || len(now.Sends) != 1 || now.Sends[0].Lot != late || now.Sends[0].Lot == soon || !now.Sends[0].Open() || now.Version != 1 {
			t.Fatalf("%+v", now)
		}
		if last := steps[len(steps)-1]; last.What != "Sent 20 kits" || last.Staff != w.who["cole"].ID {
			t.Errorf("%+v", steps)
		}
		arrival := ledger.Arrival{ID: ledger.NewID(), Transfer: id, FromArea: w.id("B"), OccurredOn: w.led.Today(), Good: 19, Broken: 1}
		must(t, w.led.Arrive(w.ctx, w.who["cora"], arrival))
		now, steps = w.read(a.ID)
		if last := steps[len(steps)-1]; now.State != support.Done || last.What != "19 kits arrived on 25 November 2026" || last.Note != "1 broken, 0 missing" {
			t.Errorf("%+v\n%+v", now, steps)
		}
		if list, err := w.Nation(w.ctx, w.id("N")); err != nil || len(list) != 1 || list[0].State != support.Done {
			t.Errorf("%+v %v", list, err)
		}
		kind(t, send("cole", 0, 5, [16]byte(ledger.NewID())), fault.Refused) // over
		if w.count("transfer") != 1 || w.count("support_sent") != 1 {
			t.Error("a transfer too many")
		}
	})
}

func TestADispatchReversedIsGoneFromItsAction(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.lot("L1", civil.ExpiresOn(w.led.Today()+400), 50)
		a := w.ask(support.Action{})
		a.From = w.id("B")
		must(t, w.Change(w.ctx, w.who["nora"], *a, ""))
		id := ledger.NewID()
		must(t, w.Send(w.ctx, w.who["bob"], a.ID, w.id("B1"), lot, w.id("A1"), 10, id))
		must(t, w.led.Reverse(w.ctx, w.who["cole"], ledger.Reversal{ID: ledger.NewID(), Area: w.id("B"), Of: id, Note: "Sent by mistake"}))
		now, steps := w.read(a.ID)
		if now.State != support.Asked || len(now.Sends) != 0 || now.Transfer != [16]byte{} || len(steps) != 2 {
			t.Errorf("%+v %+v", now, steps)
		}
	})
}

func TestWhatTheLedgerRefusesLeavesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.lot("L1", civil.ExpiresOn(w.led.Today()+400), 5)
		old := w.lot("L2", civil.ExpiresOn(w.led.Today()-1), 50)
		a := w.ask(support.Action{})
		a.From = w.id("B")
		must(t, w.Change(w.ctx, w.who["nora"], *a, ""))
		send := func(from, to string, lot, kits int) error {
			return w.Send(w.ctx, w.who["adam"], a.ID, w.id(from), lot, w.id(to), kits, ledger.NewID())
		}
		kind(t, send("B1", "A1", lot, 6), fault.Refused)
		kind(t, send("B1", "A1", old, 6), fault.Refused)
		kind(t, send("B1", "A1", 0, 6), fault.Refused)
		kind(t, send("B1", "A1", 12345, 6), fault.Refused)
		kind(t, send("B1", "A2", lot, 2), fault.Refused) // closed
		kind(t, send("B1", "B1", lot, 2), fault.Invalid)
		kind(t, send("A1", "A1", lot, 2), fault.Refused)
		kind(t, send("B1", "A1", lot, 0), fault.Invalid)
		kind(t, w.Send(w.ctx, w.who["adam"], 777, w.id("B1"), lot, w.id("A1"), 2, ledger.NewID()), fault.NotFound)
		if w.count("support_sent") != 0 || w.count("transfer") != 0 {
			t.Error("something was kept of what was refused")
		}
		if now, _ := w.read(a.ID); now.State != support.Asked {
			t.Errorf("%+v", now)
		}
	})
}

func TestOpenAsksComeByAge(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var ids []int
		for range 3 {
			ids = append(ids, w.ask(support.Action{}).ID)
			*w.now = w.now.Add(time.Hour)
		}
		first, _ := w.read(ids[0])
		first.State, first.Reason = support.Declined, "Withdrawn"
		must(t, w.Change(w.ctx, w.who["cora"], *first, ""))
		list, err := w.Nation(w.ctx, w.id("N"))
		must(t, err)
		if len(list) != 3 || list[0].ID != ids[1] || list[1].ID != ids[2] || list[2].ID != ids[0] {
			t.Errorf("%+v", list)
		}
		if other, err := w.Nation(w.ctx, w.id("M")); err != nil || len(other) != 0 {
			t.Error(other, err)
		}
		if _, _, err := w.Action(w.ctx, 4711); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestGuidanceHasVersions(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		n := w.id("N")
		starters, err := w.Pages(w.ctx, n)
		must(t, err)
		if len(starters) < 4 {
			t.Fatalf("%d starters", len(starters))
		}
		for _, p := range starters {
			if p.Version != 0 || p.Nation != n || p.Title == "" || len(p.Markdown) < 300 || len(p.Gaps) == 0 {
				t.Errorf("starter %+v", p)
			}
			for _, k := range p.Gaps {
				if !k.Known() {
					t.Errorf("%s helps with %q", p.Key, k)
				}
			}
		}
		p := starters[0]
		p.Markdown, p.Gaps = "Our own words.", []support.GapKind{support.Silent, support.NoReply, support.Silent}
		must(t, w.SavePage(w.ctx, w.who["nora"], p))
		must(t, w.SavePage(w.ctx, w.who["nora"], p)) // the button, twice
		stale := p
		stale.Markdown = "Other words."
		kind(t, w.SavePage(w.ctx, w.who["nick"], stale), fault.Conflict)
		stale.Version = 1
		must(t, w.SavePage(w.ctx, w.who["nick"], stale))
		all, err := w.Versions(w.ctx, n, p.Key)
		must(t, err)
		if len(all) != 3 || all[0].Version != 2 || all[0].Markdown != "Other words." || all[1].Markdown != "Our own words." || all[2].Version != 0 || len(all[1].Gaps) != 2 {
			t.Errorf("%+v", all)
		}
		now, err := w.Pages(w.ctx, n)
		must(t, err)
		if len(now) != len(starters) {
			t.Errorf("%d pages, not %d", len(now), len(starters))
		}
		if there, err := w.Page(w.ctx, w.id("M"), p.Key); err != nil || there.Version != 0 {
			t.Errorf("another nation reads %+v %v", there, err)
		}
		if _, err := w.Page(w.ctx, n, "nothing"); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		for _, bad := range []support.Page{
			{Key: "Upper", Title: "T", Markdown: "m", Nation: n},
			{Key: "a", Markdown: "m", Nation: n},
			{Key: "a", Title: "T", Nation: n},
			{Key: "a", Title: "T", Markdown: "m\x01", Nation: n},
			{Key: "a", Title: "T", Markdown: "m", Nation: n, Gaps: []support.GapKind{"x"}},
		} {
			kind(t, w.SavePage(w.ctx, w.who["nora"], bad), fault.Invalid)
		}
		fine := support.Page{Key: "a", Title: "T", Markdown: "m", Nation: n}
		for _, who := range []string{"cora", "mona", "anna", "bob"} {
			kind(t, w.SavePage(w.ctx, w.who[who], fine), fault.Forbidden)
		}
	})
}

func TestManyAskAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const asks = 12
		id := uuid.New()
		done := make(chan error, 2*asks)
		a := support.Action{Area: w.id("A"), Gap: support.Silent, Help: support.Call, Says: "Help."}
		for range asks {
			go func() { done <- w.Ask(w.ctx, w.who["cora"], id, a) }()
			go func() { done <- w.Ask(w.ctx, w.who["cora"], uuid.New(), a) }()
		}
		var all error
		for range 2 * asks {
			all = errors.Join(all, <-done)
		}
		must(t, all)
		list, err := w.Of(w.ctx, w.id("A"))
		must(t, err)
		seen := map[int]bool{}
		for _, a := range list {
			seen[a.ID] = true
		}
		if len(list) != asks+1 || len(seen) != asks+1 {
			t.Errorf("%d actions with %d numbers", len(list), len(seen))
		}
	})
}
