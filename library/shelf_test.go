package library_test

import (
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/staff"
)

// The items of the seed are there from the start, its six first, and are never brought a second time.
func TestBuiltInComesOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must(t, w.LoadBuiltIn(w.ctx))
		list, pages, err := w.Latest(w.ctx, 1)
		must(t, err)
		var keys []string
		for _, it := range list {
			keys = append(keys, it.Key)
		}
		if got := strings.Join(keys, " "); got != "kimmel-2023 phs-2021-22-q2 tse-2022 strang-strong-science kelly-vuolo-2021 impacts-of-overdose" || pages != 4 {
			t.Errorf("%d pages, the first %s", pages, got)
		}
		last, _, err := w.Latest(w.ctx, 99)
		must(t, err)
		if len(last) != 1 {
			t.Errorf("the last page has %d", len(last))
		}
		hl, err := w.Highlights(w.ctx)
		must(t, err)
		if len(hl) != 2 || hl[0].Item.Key != "release-2017-18" || hl[1].Item.Key != "tse-2022" {
			t.Errorf("highlights %+v", hl)
		}
		kelly, err := w.Item(w.ctx, "kelly-vuolo-2021")
		must(t, err)
		if kelly.DOI != "10.1111/add.15682" || kelly.PMID != "" || len(kelly.Authors) != 2 || kelly.Authors[1].Family != "Vuolo" || kelly.Evidence.Finding == "" {
			t.Errorf("%+v", kelly)
		}
		impacts, err := w.Item(w.ctx, "impacts-of-overdose")
		must(t, err)
		if impacts.Year != 0 || impacts.Summary != "" || impacts.Evidence != (library.Evidence{}) || len(impacts.Authors) != 0 {
			t.Errorf("what is not known is not blank: %+v", impacts)
		}
		must(t, w.Hide(w.ctx, nora, "tse-2022"))
		kelly.Summary = "Ours."
		must(t, w.Save(w.ctx, nora, *kelly))
		must(t, w.LoadBuiltIn(w.ctx))
		if n := w.count("library_item"); n != 19 {
			t.Errorf("%d items", n)
		}
		if now, err := w.Item(w.ctx, "kelly-vuolo-2021"); err != nil || now.Summary != "Ours." {
			t.Errorf("overwritten: %v %+v", err, now)
		}
		if _, err := w.Item(w.ctx, "tse-2022"); !fault.Is(err, fault.NotFound) {
			t.Errorf("hidden and shown: %v", err)
		}
	})
}

// Nothing is public before somebody accepts it, and nobody without the right to accepts, changes, hides, joins or sees it.
func TestStatesAndRights(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		it := library.Item{Title: "Peers carry naloxone", Kind: library.Study, Year: 2026}
		kind(t, w.Add(w.ctx, cora, &it), fault.Forbidden)
		must(t, w.Add(w.ctx, nora, &it))
		if it.Key != "peers-carry-naloxone-2026" || it.State != library.Proposed {
			t.Errorf("%+v", it)
		}
		if got := w.find(library.Query{Words: "naloxone"}) + w.find(library.Query{}); got != "" {
			t.Errorf("proposed and found: %s", got)
		}
		_, err := w.Item(w.ctx, it.Key)
		kind(t, err, fault.NotFound)
		for _, err := range []error{
			w.Accept(w.ctx, cora, it.Key), w.Hide(w.ctx, cora, it.Key), w.Save(w.ctx, cora, it), w.Join(w.ctx, cora, it.Key, "x"),
			w.SetHighlight(w.ctx, cora, it.Key, library.Highlight{}), w.RemoveHighlight(w.ctx, cora, it.Key),
		} {
			kind(t, err, fault.Forbidden)
		}
		_, err = w.StaffItem(w.ctx, cora, it.Key)
		kind(t, err, fault.Forbidden)
		_, _, err = w.List(w.ctx, cora, library.Proposed, 1)
		kind(t, err, fault.Forbidden)
		_, err = w.Import(w.ctx, cora, []byte("TY  - JOUR\nTI  - x\nER  - "), library.Accepted, false)
		kind(t, err, fault.Forbidden)
		kind(t, w.SetHighlight(w.ctx, nora, it.Key, library.Highlight{}), fault.Refused)
		list, total, err := w.List(w.ctx, nora, library.Proposed, 1)
		must(t, err)
		if total != 1 || len(list) != 1 || list[0].Title != it.Title {
			t.Errorf("%d %+v", total, list)
		}
		must(t, w.Accept(w.ctx, nora, it.Key))
		if got := w.find(library.Query{Words: "peer"}); got != it.Key {
			t.Errorf("accepted and not found: %q", got)
		}
		must(t, w.Hide(w.ctx, staff.Operator(), it.Key))
		if got := w.find(library.Query{Words: "peer"}) + w.find(library.Query{}); got != "" {
			t.Errorf("hidden and found: %s", got)
		}
	})
}

// A change made on an older state of an item is a conflict, and a wrong one changes nothing.
func TestSave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		key := w.add(library.Item{Title: "A title", Year: 2020})
		a, err := w.StaffItem(w.ctx, nora, key)
		must(t, err)
		b := *a
		a.Title, a.Year, a.Journal = "Another title altogether", 2021, "A journal"
		must(t, w.Save(w.ctx, nora, *a))
		must(t, w.Save(w.ctx, nora, *a)) // the same change twice is one
		b.Title = "A third"
		kind(t, w.Save(w.ctx, nora, b), fault.Conflict)
		now, err := w.Item(w.ctx, key)
		must(t, err)
		if now.Title != a.Title || now.Version != 1 || now.State != library.Accepted {
			t.Errorf("%+v", now)
		}
		if w.find(library.Query{Words: "altogether"}) != key {
			t.Error("the words of the new title are not found")
		}
		bad := *now
		bad.Title, bad.DOI, bad.Link, bad.PMID, bad.Year = " ", "no doi", "javascript:alert(1)", "x", 12345
		err = w.Save(w.ctx, nora, bad)
		var fields []string
		for _, f := range fault.Of(err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != "title year doi pmid link" {
			t.Errorf("faults at %s: %v", got, err)
		}
		kind(t, w.Save(w.ctx, nora, library.Item{ID: 999, Title: "x", Kind: library.Study}), fault.NotFound)
	})
}

// Two items of one work become one, without losing what either says, and both keys lead to it.
func TestJoin(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.add(library.Item{Title: "One work", Year: 2020, DOI: "10.1000/one", Topics: []library.Topic{library.Cost}})
		b := w.add(library.Item{Title: "One work, as a report", Year: 2020, Link: "https://example.org/one", Abstract: "Abstract.", Topics: []library.Topic{library.Policy}, Bears: []int{3}})
		must(t, w.SetHighlight(w.ctx, nora, b, library.Highlight{}))
		must(t, w.Join(w.ctx, nora, a, b))
		it, err := w.Item(w.ctx, b)
		must(t, err)
		if it.Key != a || it.Link == "" || it.DOI == "" || it.Abstract == "" || len(it.Topics) != 2 || len(it.Bears) != 1 {
			t.Errorf("%+v", it)
		}
		if w.find(library.Query{Words: "abstract"}) != a || w.count("library_item") != 1 || w.count("library_text") != 1 || w.count("library_highlight") != 0 {
			t.Error("something of the other is left")
		}
		c := w.add(library.Item{Title: "A third", Key: b})
		if c == b {
			t.Error("a key was given out twice")
		}
		kind(t, w.Join(w.ctx, nora, a, b), fault.Invalid) // they are one by now
	})
}

// Highlights are shown in their order, from their first day to their last.
func TestHighlights(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		today := civil.In(morning, time.UTC)
		a, b, c := w.add(library.Item{Title: "Aa"}), w.add(library.Item{Title: "Bb"}), w.add(library.Item{Title: "Cc"})
		must(t, w.SetHighlight(w.ctx, nora, a, library.Highlight{Until: today + 1}))
		must(t, w.SetHighlight(w.ctx, nora, b, library.Highlight{Words: "Why"}))
		must(t, w.SetHighlight(w.ctx, nora, c, library.Highlight{From: today + 2, Place: 1}))
		shown := func() string {
			list, err := w.Highlights(w.ctx)
			must(t, err)
			s := ""
			for _, h := range list {
				s += h.Item.Title
			}
			return s
		}
		if got := shown(); got != "AaBb" {
			t.Error(got)
		}
		w.now = w.now.AddDate(0, 0, 2)
		if got := shown(); got != "CcBb" {
			t.Error(got)
		}
		must(t, w.SetHighlight(w.ctx, nora, b, library.Highlight{Place: 1, Words: "Other"}))
		must(t, w.RemoveHighlight(w.ctx, nora, c))
		if got := shown(); got != "Bb" {
			t.Error(got)
		}
		all, err := w.AllHighlights(w.ctx, nora)
		must(t, err)
		if len(all) != 2 {
			t.Errorf("%+v", all)
		}
		kind(t, w.SetHighlight(w.ctx, nora, b, library.Highlight{From: today, Until: today - 1}), fault.Invalid)
	})
}
