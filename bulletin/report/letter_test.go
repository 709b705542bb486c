package report_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/staff"
	"everykit/store"
)

// letters are the letters that were sent, by address.
func (w *world) letters() map[string]string {
	w.t.Helper()
	for {
		n, err := w.post.Once(ctx)
		must(w.t, err)
		if n == 0 {
			break
		}
	}
	files, err := filepath.Glob(filepath.Join(w.folder, "*.eml"))
	must(w.t, err)
	got := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		must(w.t, err)
		text := strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "=\n", "")
		for _, l := range strings.Split(text, "\n") {
			if to, ok := strings.CutPrefix(l, "To: "); ok && strings.Contains(text, "What your data showed") {
				to = strings.Trim(to, "<>")
				if got[to] != "" {
					w.t.Errorf("%s has got two letters", to)
				}
				got[to] = text
			}
		}
	}
	return got
}

func (w *world) send(code string) {
	w.t.Helper()
	must(w.t, w.db.Write(ctx, func(tx *store.Tx) error { return w.Send(ctx, tx, w.area(code).ID, quarter) }))
}

func TestLetters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		kent, surrey := w.area("E10000016").ID, w.area("E10000030").ID
		w.account("wanda", staff.Worker, kent, "Alder", "Birch")
		w.account("cedric", staff.Worker, kent, "Cedar")
		w.account("cora", staff.Coordinator, kent)
		w.account("sue", staff.Coordinator, surrey)
		w.account("nat", staff.National, w.area("E92000001").ID)
		w.account("ana", staff.Analyst, w.area("E92000001").ID)
		gone := w.account("gone", staff.Coordinator, kent)
		must(t, w.people.Disable(ctx, staff.Operator(), gone.ID))

		w.send("E10000016") // Kent's own bulletin
		got := w.letters()
		if len(got) != 2 || got["wanda@example.org"] == "" || got["cora@example.org"] == "" {
			t.Fatalf("letters went to %v", got)
		}
		id := func(code string) string { return strconv.Itoa(w.outlet(code).ID) }
		says(t, got["wanda@example.org"], "Subject: What your data showed, April to June 2026",
			"\nAlder\n- Given out: 6 kits, 1 more than the quarter before\n- Came in: 13 kits\n- Turned away: 1 person\nThe whole page:\n"+site+"/outlets/"+id("Alder")+"/report/2026-27-q1\n",
			"\nBirch\n- Given out: 18 kits\n- Came in: 50 kits\n- Turned away: 0 people\n", site+"/outlets/"+id("Birch")+"/report/2026-27-q1\n")
		says(t, got["cora@example.org"], "\nKent\n- Given out: 24 kits, 19 more than the quarter before\n- Bought: 63 kits\n- Turned away: 1 person\nThe whole page:\n"+site+"/areas/E10000016/report/2026-27-q1\n")
		for _, text := range got {
			lacks(t, text, "Canary", "Cedar", "Elm", "Surrey")
		}

		w.send("E92000001") // then the nation's: nobody gets a second
		w.send("E92000001")
		got = w.letters()
		if len(got) != 3 {
			t.Errorf("%d letters", len(got))
		}
		says(t, got["sue@example.org"], "\nSurrey\n- Given out: 0 kits\n- Bought: 77 kits\n")
		lacks(t, got["sue@example.org"], "more than the", "fewer than the")
	})
}

// TestWhoTurnedDigestsOff gets no letter; who has them and who never asked does.
func TestWhoTurnedDigestsOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filled()
		kent := w.area("E10000016").ID
		off, wants := w.account("off", staff.Coordinator, kent), w.account("wants", staff.Coordinator, kent)
		w.account("never", staff.Coordinator, kent)
		must(t, w.expiry.Wish(ctx, off, true))
		must(t, w.expiry.Wish(ctx, wants, true))
		w.at(start.Add(24 * time.Hour))
		must(t, w.expiry.Tick(ctx))
		must(t, w.expiry.Wish(ctx, off, false))
		w.send("E92000001")
		got := w.letters()
		if got["off@example.org"] != "" || got["wants@example.org"] == "" || got["never@example.org"] == "" {
			t.Errorf("letters went to %d: %v", len(got), got)
		}
	})
}
