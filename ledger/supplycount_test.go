package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"everykit/fault"
	"everykit/ledger"
	"everykit/store"
)

// supplyCounts are the rows of supply_count of an authority that count anything, in words.
func (w *world) supplyCounts(t testing.TB, outlet string) []string {
	t.Helper()
	var rows []string
	must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		return tx.Each(w.ctx, func(scan func(...any) error) error {
			var n [6]int
			err := scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5])
			rows = append(rows, strings.Trim(fmt.Sprint(n), "[]"))
			return err
		}, `SELECT month - 24216, about, word, channel, kits, times FROM supply_count WHERE area = ? AND (kits <> 0 OR times <> 0)
			ORDER BY month, about, word, channel`, w.outlet(outlet).Area)
	}))
	return rows
}

func TestWhatSuppliesTellIsCounted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-01-01", 100)
		give := func(day string, kits int, s ledger.SupplyOf) ledger.SupplyOf {
			t.Helper()
			s.Entry, s.Lot = w.entry("O1", kits), lot
			s.OccurredOn = on(day)
			must(t, w.Supply(w.ctx, operator, s))
			return s
		}
		reverse := func(s ledger.SupplyOf) {
			t.Helper()
			must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: s.ID}))
		}
		want := func(rows ...string) {
			t.Helper()
			if diff := cmp.Diff(rows, w.supplyCounts(t, "O1")); diff != "" {
				t.Error(diff)
			}
			w.clean(t)
		}
		// Nothing told: one supply of four kits under "not recorded" of each thing, and no reason for a repeat asked.
		bare := give("2018-02-28", 4, ledger.SupplyOf{})
		want("1 1 0 1 4 1", "1 2 0 1 4 1", "1 4 0 1 4 1", "1 5 0 1 4 1", "1 7 0 1 4 1")
		give("2018-02-28", 4, bare) // another id
		must(t, w.Supply(w.ctx, operator, bare))
		reverse(bare)
		want("1 1 0 1 4 1", "1 2 0 1 4 1", "1 4 0 1 4 1", "1 5 0 1 4 1", "1 7 0 1 4 1")

		// Told by a client code: first, then repeat, with a reason.
		first := give("2018-03-01", 1, ledger.SupplyOf{Recipient: ledger.PersonAtRisk, AgeBand: 2, Sex: 1, Trained: ledger.Yes, ClientCode: "a1"})
		again := give("2018-03-31", 2, ledger.SupplyOf{Recipient: ledger.PersonAtRisk, Reason: ledger.ReasonLost, ClientCode: "A 1", Channel: 2})
		march := []string{
			"2 1 1 1 1 1", "2 1 1 2 2 1", "2 2 1 1 1 1", "2 2 2 2 2 1", "2 3 3 2 2 1", "2 4 0 2 2 1", "2 4 2 1 1 1",
			"2 5 0 2 2 1", "2 5 1 1 1 1", "2 6 1 1 1 1", "2 7 0 2 2 1", "2 7 1 1 1 1",
		}
		february := []string{"1 1 0 1 4 1", "1 2 0 1 4 1", "1 4 0 1 4 1", "1 5 0 1 4 1", "1 7 0 1 4 1"}
		want(append(february, march...)...)
		reverse(first)
		reverse(again)
		want(february...)

		bad := ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot, Recipient: 77}
		refused(t, w.Supply(w.ctx, operator, bad), fault.Invalid)
		want(february...)
	})
}

// TestCountsOfAnOlderDatabase takes the newer kept tables away, as they were not there in an older database, and has the
// schema step make them: it must count as the writes did.
func TestCountsOfAnOlderDatabase(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var receipts, supplies strings.Builder
		receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
		for o := range 4 {
			for lot, expiry := range []string{"2019-01", "2019-01-31", "2018-08-09", ""} {
				fmt.Fprintf(&receipts, "1996-01-01,O%d,prenoxad,L%d,%s,90000\n", 1+o, lot, expiry)
			}
		}
		supplies.WriteString("occurred_on,outlet,product,lot,kits,channel,recipient,supply,reason,age_band,sex,client_code,trained\n")
		n := 0
		for day := on("1996-01-02"); day < on("2018-06-01"); day += 17 { // leap years, one of them of a century
			n++
			supply := []string{"", "first", "repeat", "not_known"}[n%4]
			reason := []string{"", "lost", "used_on_self"}[n%3]
			if supply == "first" {
				reason = ""
			}
			fmt.Fprintf(&supplies, "%s,O%d,prenoxad,L%d,%d,%s,%s,%s,%s,%s,%s,%s,%s\n", day, 1+n%4, n%4, 1+n%3,
				[]string{"", "post", "prison"}[n%3], []string{"", "person_at_risk", "family_or_friend"}[n%3], supply, reason,
				[]string{"", "under_25", "45_over"}[n/2%3], []string{"", "female", "male"}[n/3%3], []string{"", "c1", "c2"}[n/5%3], []string{"", "yes", "no"}[n/7%3])
		}
		for _, day := range []string{"2000-02-28", "2000-02-29", "2000-03-01", "2016-02-29", "2016-03-01", "2016-12-31", "2017-01-01"} {
			fmt.Fprintf(&supplies, "%s,O1,prenoxad,L1,1,,,first,,,,,\n", day)
		}
		must1(w.importText("receipts", "r.csv", receipts.String(), false))(t)
		must1(w.importText("supplies", "s.csv", supplies.String(), false))(t)
		s := ledger.SupplyOf{Entry: w.entry("O1", 3), Lot: w.lot(t, "L0"), Recipient: ledger.PersonAtRisk, Supply: ledger.FirstSupply}
		must(t, w.Supply(w.ctx, operator, s))
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: s.ID}))
		kept := w.supplyCounts(t, "O1")
		w.clean(t)
		must(t, w.write(func(tx *store.Tx) error {
			for _, text := range []string{"DROP TABLE supply_count", "DROP INDEX movement_price", "DROP TABLE supply_year", "DROP TABLE year_count", "DROP TABLE expiry_count", "DROP TABLE expiry_month", "DROP INDEX nil_month_month", "DELETE FROM schema_step WHERE name = 'ledger/3'"} {
				if _, err := tx.Exec(w.ctx, text); err != nil {
					return err
				}
			}
			return nil
		}))
		must(t, w.db.Migrate(w.ctx, ledger.Schema...))
		w.clean(t)
		if diff := cmp.Diff(kept, w.supplyCounts(t, "O1")); diff != "" || len(kept) < 100 {
			t.Errorf("%d rows were kept: %s", len(kept), diff)
		}
	})
}
