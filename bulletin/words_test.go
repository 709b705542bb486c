package bulletin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/fault"
)

// noFindings is a check that is content.
func noFindings(compose.Input, *content.Content) []compose.Finding { return nil }

// waivable are findings that may be waived.
func waivable(keys ...string) []compose.Finding {
	var list []compose.Finding
	for _, key := range keys {
		list = append(list, compose.Finding{Key: key, What: key + " is so.", Hint: "See to it.", Waive: true})
	}
	return list
}

// quiet are w's makers without what they write down, for several at once.
func quiet(w *world) bulletin.Makers {
	return bulletin.Makers{Take: (&world{kits: w.kits, releases: w.releases}).take, Usual: usual, Write: (&world{}).write, Compose: composed, Check: noFindings}
}

func TestWords(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		must(t, w.Note(w.ctx, anna, e.ID, 1, "prison", "  Fewer people\r\nwere released.\x00 "))
		must(t, w.Retitle(w.ctx, anna, e.ID, 2, "kits", "  Kits \n rose "))
		now := w.get(e.ID)
		equal(t, "commentary", now.Commentary["prison"], "Fewer people\nwere released.")
		equal(t, "title", now.Titles["kits"], "Kits rose")
		shown := string(must1(must1(w.Content(w.ctx, e.ID))(t).Encode())(t))
		holds(t, "content", shown, "Fewer people")
		holds(t, "content", shown, "Kits rose")
		must(t, w.Note(w.ctx, anna, e.ID, 3, "prison", " \n "))
		must(t, w.Retitle(w.ctx, anna, e.ID, 4, "kits", ""))
		now = w.get(e.ID)
		equal(t, "commentary left", len(now.Commentary), 0)
		equal(t, "titles left", len(now.Titles), 0)

		refused(t, w.Note(w.ctx, anna, e.ID, 5, "weather", "Rain."), fault.Invalid, `chapter: there is no chapter "weather" (write one of introduction, main_points`)
		refused(t, w.Note(w.ctx, anna, e.ID, 5, "prison", strings.Repeat("é", bulletin.MostNote+1)), fault.Invalid, "markdown: this has 20001 letters, and 20000 is the most")
		refused(t, w.Retitle(w.ctx, anna, e.ID, 5, "nothing", "Title"), fault.Invalid, `key: there is no picture or table "nothing"`)
		refused(t, w.Retitle(w.ctx, anna, e.ID, 5, "kits", strings.Repeat("a", 251)), fault.Invalid, "title: this has 251 letters")
		refused(t, w.Note(w.ctx, anna, e.ID, 4, "prison", "Late."), fault.Conflict, "version: somebody has changed 2021-22-q2 since")
		equal(t, "version after what was refused", w.get(e.ID).Version, 5)
		must(t, w.Note(w.ctx, anna, e.ID, 5, "prison", strings.Repeat("é", bulletin.MostNote)))
	})
}

// TestLostUpdate: of two who change the same version one is told, whatever they change.
func TestLostUpdate(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		w.findings = waivable("sum:a")
		must(t, w.Note(w.ctx, w.who["abel"], e.ID, 1, "prison", "His."))
		anna := w.who["anna"]
		for what, err := range map[string]error{
			"note": w.Note(w.ctx, anna, e.ID, 1, "prison", "Hers."), "title": w.Retitle(w.ctx, anna, e.ID, 1, "kits", "Hers"),
			"arrange": w.Arrange(w.ctx, anna, e.ID, 1, nil, []string{"prison"}), "invite": w.Invite(w.ctx, anna, e.ID, 1, []bulletin.Reader{{Who: "x", Why: "y"}}),
			"waive": w.Waive(w.ctx, anna, e.ID, 1, "sum:a", "so"), "refreeze": w.Refreeze(w.ctx, anna, e.ID, 1), "drop": w.Drop(w.ctx, anna, e.ID, 1),
			"sign": w.Sign(w.ctx, w.who["nora"], e.ID, 1, time.Time{}),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s on an old version: %v", what, err)
			}
		}
		now := w.get(e.ID)
		if now.Commentary["prison"] != "His." || now.Version != 2 || len(now.EarlyAccess)+len(now.Waived)+len(now.Titles)+len(now.LeftOut) != 0 {
			t.Errorf("the draft is %+v", now)
		}
	})
}

func TestArrange(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		must(t, w.Arrange(w.ctx, anna, e.ID, 1, []string{"prison", "main_points"}, []string{"introduction", "introduction"}))
		keys := func(id int) string {
			t.Helper()
			var list []string
			for _, ch := range must1(w.Content(w.ctx, id))(t).Chapters {
				list = append(list, ch.Key)
			}
			return strings.Join(list, " ")
		}
		equal(t, "chapters", keys(e.ID), "prison main_points corrections early_access")
		var out []string
		for _, ch := range must1(w.Template(w.ctx, e.ID))(t).Chapters {
			out = append(out, fmt.Sprint(ch.Key, " ", ch.Out))
		}
		if !slices.Equal(out, []string{"prison false", "main_points false", "introduction true", "corrections false", "early_access false"}) {
			t.Errorf("the template is %q", out)
		}
		for _, c := range []struct {
			order, out []string
			words      string
		}{
			{[]string{"prison", "weather"}, nil, `order: there is no chapter "weather"`},
			{[]string{"prison", "prison"}, nil, `order: the chapter "prison" stands twice`},
			{nil, []string{"weather"}, `left_out: there is no chapter "weather"`},
			{nil, []string{"introduction", "main_points", "prison", "corrections", "early_access"}, "every chapter is left out"},
		} {
			refused(t, w.Arrange(w.ctx, anna, e.ID, 2, c.order, c.out), fault.Invalid, c.words)
		}
		first := w.out(e.ID)
		next := w.draft(quarter.Before())
		equal(t, "the nation's own order", keys(next.ID), "prison main_points corrections early_access")
		must(t, w.Arrange(w.ctx, anna, next.ID, 1, nil, nil))
		equal(t, "the template's", keys(next.ID), "introduction main_points prison corrections early_access")
		c := must1(w.Correct(w.ctx, anna, first.Slug, "A number", "A slip"))(t)
		refused(t, w.Arrange(w.ctx, anna, c, 1, nil, []string{"corrections"}), fault.Refused, "left_out: About corrections cannot be left out of a correction")
	})
}

func TestInvite(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		bad := []bulletin.Reader{{}, {Who: "A minister"}, {Why: "because", Email: "not an address"}, {Who: "x", Why: "y", Email: "twice@example.org"}, {Who: "z", Why: "y", Email: "Twice@example.org"}}
		err := w.Invite(w.ctx, anna, e.ID, 1, bad)
		for _, words := range []string{"why_2: say why", "who_3: say who", "email_3: this is not an e-mail address", "email_5: this e-mail address stands twice"} {
			refused(t, err, fault.Invalid, words)
		}
		lacks(t, "the fault", err.Error(), "example.org")
		refused(t, w.Invite(w.ctx, anna, e.ID, 1, make([]bulletin.Reader, 201)), fault.Invalid, "readers: at most 200")
		equal(t, "readers stored", w.count("bulletin_reader"), 0)
		must(t, w.Invite(w.ctx, anna, e.ID, 1, []bulletin.Reader{{Who: "A minister ", Why: "To prepare", Email: "m@example.org"}, {}, {Who: "An editor", Why: "To check"}}))
		now := w.get(e.ID)
		if len(now.EarlyAccess) != 2 || now.EarlyAccess[0] != (bulletin.Reader{Who: "A minister", Why: "To prepare", Email: "m@example.org"}) {
			t.Errorf("readers are %+v", now.EarlyAccess)
		}
		shown := string(must1(must1(w.Content(w.ctx, e.ID))(t).Encode())(t))
		holds(t, "content", shown, "A minister: To prepare")
		lacks(t, "content", shown, "m@example.org")
		must(t, w.Drop(w.ctx, anna, e.ID, 2))
		equal(t, "addresses after dropping", w.count("bulletin_reader WHERE email <> ''"), 0)
	})
}

func TestWaive(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		w.findings = append(waivable("sum:a", "range:b"), compose.Finding{Key: "cell:c", What: "A hidden number can be worked out.", Hint: "Freeze again."})
		refused(t, w.Waive(w.ctx, anna, e.ID, 1, "sum:a", " "), fault.Invalid, "reason: say why")
		must(t, w.Note(w.ctx, anna, e.ID, 1, "prison", "So that the checks are looked at again."))
		refused(t, w.Waive(w.ctx, anna, e.ID, 2, "cell:c", "never mind"), fault.Refused, "cannot be waived: A hidden number")
		refused(t, w.Waive(w.ctx, anna, e.ID, 2, "sum:z", "gone"), fault.NotFound, "finding: the checks find nothing")
		refused(t, w.WaiveMany(w.ctx, anna, e.ID, 2, "all", "sum:a", "cell:c"), fault.Refused, "cannot be waived")
		equal(t, "waived of what was refused", w.count("bulletin_waiver"), 0)
		must(t, w.WaiveMany(w.ctx, anna, e.ID, 2, " It was  published so. ", "sum:a"))
		open, waived, err := w.Check(w.ctx, e.ID)
		must(t, err)
		if len(open) != 2 || open[0].Key != "range:b" || len(waived) != 1 || waived[0].Key != "sum:a" {
			t.Errorf("open %+v, waived %+v", open, waived)
		}
		refused(t, w.Sign(w.ctx, w.who["nora"], e.ID, 3, time.Time{}), fault.Refused, "checks: 2 checks are open, the first: range:b is so.")
		holds(t, "content", string(must1(must1(w.Content(w.ctx, e.ID))(t).Encode())(t)), "Waived sum:a is so.: It was published so.")
	})
}
