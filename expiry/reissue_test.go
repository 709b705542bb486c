package expiry_test

import (
	"testing"

	"everykit/civil"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
)

func TestReissue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		give := func(outlet, number, printed, day string, kits int) int {
			t.Helper()
			lot := w.receive("2026-01-02", outlet, "pen", number, printed, 50)
			w.supply(day, outlet, lot, kits)
			return lot
		}
		give("Alder", "OLDER", "2026-03", "2026-01-10", 3)
		give("Alder", "PAST", "2026-05", "2026-01-10", 4)
		soon := give("Alder", "SOON", "2026-09-12", "2026-02-10", 5) // 89 days left
		give("Birch", "SOON", "2026-09-12", "2026-04-10", 6)
		w.supply("2026-05-10", "Birch", soon, 1)
		give("Alder", "GOOD", "2026-09-13", "2026-01-10", 7) // 90 days left
		give("Alder", "NOBODY", "", "2026-01-10", 8)
		named := give("Alder", "NAMED", "2028-01", "2026-01-10", 9)
		give("Elm", "NAMED", "2028-01", "2026-01-10", 2)
		withdrawn := give("Birch", "WITHDRAWN", "2028-02", "2026-01-10", 10)
		give("Alder", "CHECKED", "2028-03", "2026-01-10", 11)
		give("Alder", "LONGER", "2028-04", "2026-01-10", 12)
		unsent := give("Alder", "BACK", "2026-05", "2026-01-10", 1)
		must(t, w.led.WriteOff(ctx, staff.Operator(), ledger.WriteOff{Entry: w.entry("2026-02-01", "Alder", 1), Lot: unsent, From: ledger.People, To: ledger.Spoiled}))

		w.publish(notice.Notice{Number: "N/1", Action: notice.Check, Level: notice.People, Lines: []notice.Line{{Number: "NAMED"}}})
		w.publish(notice.Notice{Number: "N/2", Action: notice.Withdraw, Lines: []notice.Line{{Number: "WITHDRAWN"}}})
		w.publish(notice.Notice{Number: "N/3", Action: notice.Check, Lines: []notice.Line{{Number: "CHECKED"}}}) // not to people
		w.publish(notice.Notice{Number: "N/4", Action: notice.ChangeExpiry, Level: notice.People, Lines: []notice.Line{{Number: "LONGER", NewExpiry: civil.ExpiresIn(civil.MonthOf(2029, 4))}}})

		type row struct {
			number  string
			why     expiry.Reason
			people  int
			first   string
			last    string
			outlets int
			notices int
		}
		rows := func(s expiry.Scope) []row {
			var all []row
			for _, d := range must1(w.Reissue(ctx, s))(t) {
				all = append(all, row{d.Lot.Number, d.Why, d.People, d.First.String(), d.Last.String(), len(d.Outlets), len(d.Notices)})
			}
			return all
		}
		same(t, "Kent", rows(expiry.OfArea(w.kent())), []row{
			{"NAMED", expiry.ByNotice, 9, "2026-01", "2026-01", 1, 1},
			{"WITHDRAWN", expiry.ByNotice, 10, "2026-01", "2026-01", 1, 1},
			{"PAST", expiry.HasExpired, 4, "2026-01", "2026-01", 1, 0},
			{"OLDER", expiry.HasExpired, 3, "2026-01", "2026-01", 1, 0},
			{"SOON", expiry.ExpiresSoon, 12, "2026-02", "2026-05", 2, 0},
		})
		same(t, "Birch", rows(expiry.OfOutlet(w.outlet("Birch").ID)), []row{
			{"WITHDRAWN", expiry.ByNotice, 10, "2026-01", "2026-01", 1, 1},
			{"SOON", expiry.ExpiresSoon, 7, "2026-04", "2026-05", 1, 0},
		})
		for _, d := range must1(w.Reissue(ctx, expiry.OfArea(w.england())))(t) {
			if d.Lot.ID == named && (d.People != 11 || len(d.Outlets) != 2 || d.Outlets[0].Outlet.Code != "Alder") {
				t.Errorf("the nation has %+v of the lot named", d)
			}
			if d.Lot.ID == withdrawn && d.Notices[0].Number != "N/2" {
				t.Errorf("withdrawn by %+v", d.Notices[0])
			}
		}
		if none := must1(w.Reissue(ctx, expiry.OfOutlet(w.outlet("Depot").ID)))(t); len(none) != 0 {
			t.Errorf("the store has %+v to reissue", none)
		}
		_, err := w.Reissue(ctx, expiry.OfOutlet(4711))
		wantKind(t, err, fault.NotFound)
	})
}

// TestReissueOfJoinedLots finds a notice on a lot that another was found to be.
func TestReissueOfJoinedLots(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.receive("2026-01-02", "Alder", "pen", "A100", "2028-01", 5)
		b := w.receive("2026-01-02", "Alder", "pen", "A1OO", "2028-01", 5)
		w.supply("2026-02-01", "Alder", b, 2)
		must(t, w.led.JoinLots(ctx, staff.Operator(), b, a))
		w.publish(notice.Notice{Number: "N/1", Action: notice.Withdraw, Lines: []notice.Line{{Number: "A100"}}})
		due := must1(w.Reissue(ctx, expiry.OfArea(w.kent())))(t)
		if len(due) != 1 || due[0].Lot.ID != b || due[0].People != 2 || due[0].Why != expiry.ByNotice {
			t.Errorf("due: %+v", due)
		}
	})
}
