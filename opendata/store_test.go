package opendata

import (
	"strings"
	"sync"
	"testing"

	"everykit/fault"
)

// TestBytesStand asks that files are made once, kept, made again after a while, and keep ETag and instant where nothing changed.
func TestBytesStand(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40)
		var all sync.WaitGroup
		tags := make([]string, 20)
		for i := range tags {
			all.Go(func() {
				_, tag, _, err := w.Bytes(w.ctx, "outlets", "csv")
				if err == nil {
					tags[i] = tag
				}
			})
		}
		all.Wait()
		_, tag, at, err := w.Bytes(w.ctx, "outlets", "csv")
		must(t, err)
		for _, other := range tags {
			if other != tag || len(tag) != 34 {
				t.Fatalf("tags %q and %q", other, tag)
			}
		}
		first := w.Store.now
		w.take("outlets", "code,name,kind,authority,channel,public\nNEW,New place,pharmacy,E06000001,community,yes\n")
		*w.now = w.now.Add(Every - 1)
		if _, same, _, err := w.Bytes(w.ctx, "outlets", "csv"); err != nil || same != tag || w.Store.now != first {
			t.Errorf("made again too soon: %v", err)
		}
		w.again()
		_, changed, later, err := w.Bytes(w.ctx, "outlets", "csv")
		must(t, err)
		_, areas, then, err := w.Bytes(w.ctx, "areas", "csv")
		must(t, err)
		if changed == tag || !later.After(at) || then != at || areas != first.byName["areas"].files["csv"].ETag {
			t.Errorf("outlets %s at %s, then %s at %s; areas at %s", tag, at, changed, later, then)
		}
	})
}

// TestWhatCannotBeMade asks that tables stand when they cannot be made again, that a mistake of ours is an error, and that it
// is tried again.
func TestWhatCannotBeMade(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		measures := w.measures
		w.measures = nil
		if _, err := w.List(w.ctx); !fault.Is(err, fault.Internal) {
			t.Fatalf("%v", err)
		}
		w.measures = measures
		if _, err := w.List(w.ctx); !fault.Is(err, fault.Internal) {
			t.Errorf("tried again at once: %v", err)
		}
		*w.now = w.now.Add(again)
		if _, err := w.List(w.ctx); err != nil {
			t.Fatal(err)
		}
		w.measures = nil
		*w.now = w.now.Add(Every)
		if list, err := w.List(w.ctx); err != nil || len(list) == 0 {
			t.Errorf("what there was is gone: %v", err)
		}
	})
}

func TestNoSuchTable(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, name := range []string{"", "nothing", "../areas", "areas.csv", "open_cell"} {
			if _, _, _, err := w.Bytes(w.ctx, name, "csv"); !fault.Is(err, fault.NotFound) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, _, _, err := w.Bytes(w.ctx, "areas", "xlsx"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
	})
}

// TestNothingPrivateGetsOut looks for what must not be in any file.
func TestNothingPrivateGetsOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40, 9, 0, 30)
		for _, publish := range []bool{false, true} {
			w.round(publish)
			if publish {
				w.again()
			}
			all, err := w.List(w.ctx)
			must(t, err)
			for _, m := range all {
				for _, format := range []string{"csv", "json"} {
					body, _, _, err := w.Bytes(w.ctx, m.Name, format)
					must(t, err)
					for _, canary := range []string{"canary", "Canary", "mail.example", "SECRET", "UNSAID"} {
						if strings.Contains(string(body), canary) {
							t.Errorf("%s.%s has %q", m.Name, format, canary)
						}
					}
				}
				of := m.Name == "answers" || m.Name == "questions" || m.Name == "findings"
				if of && (m.Count > 0) != publish {
					t.Errorf("%s has %d rows; published: %v", m.Name, m.Count, publish)
				}
				if m.Name == "scorecard" && !publish {
					for _, row := range w.table("scorecard")[1:] {
						if row[0] == "2017/18" {
							t.Error("the scorecard tells the answers of a round that is not published")
						}
					}
				}
			}
		}
		shown := map[string]string{}
		for _, row := range w.table("answers")[1:] {
			if row[2] == prisonKits {
				shown[row[1]] = row[3] + " " + row[4]
			}
		}
		hidden := 0
		for who, what := range shown {
			if what == "[c] suppressed" {
				hidden++
			} else if strings.HasPrefix(what, "3 ") {
				t.Errorf("%s: %s", who, what)
			}
		}
		if len(shown) != 3 || hidden != 2 {
			t.Errorf("prisons: %v", shown)
		}
	})
}

// What was shown is given to rooms that publish more of the same: year by year, with the numbers that are hidden, and nothing is made.
func TestKeptSupplies(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40, 9, 3, 30)
		if list, err := w.KeptSupplies(w.ctx, "E92000001"); err != nil || len(list) != 0 {
			t.Fatalf("before any edition there are %d, %v", len(list), err)
		}
		w.table("supplies")
		list, err := w.KeptSupplies(w.ctx, "E92000001")
		must(t, err)
		if len(list) != 1 || list[0].Edition != 1 {
			t.Fatalf("%d editions", len(list))
		}
		hidden := 0
		for _, c := range list[0].Release.Cells {
			if c.Hidden && c.Value > 0 {
				hidden++
			}
		}
		if hidden == 0 || len(list[0].Release.Sums) == 0 {
			t.Errorf("%d hidden numbers, %d sums", hidden, len(list[0].Release.Sums))
		}
		if _, err := w.KeptSupplies(w.ctx, "nowhere"); !fault.Is(err, fault.NotFound) {
			t.Errorf("of an area that there is not: %v", err)
		}
	})
}
