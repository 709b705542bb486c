package frozen_test

import (
	"fmt"
	"testing"

	"everykit/notice"
	"everykit/staff"
)

// Who is missing is told by name and month; what is silent is never nought. A notice of the quarter is there if its lots were
// here, a drill and one of another quarter are not.
func TestSilenceAndNotices(t *testing.T) {
	eachWorld(t, "2021-11-15", func(t *testing.T, w *world) {
		w.take("outlets", "code,name,kind,authority,channel\nA1,A one,drug_service,S08000015,community\nB1,B one,drug_service,S08000016,community\nC1,C one,drug_service,S08000017,community\n")
		w.take("receipts", "occurred_on,outlet,product,lot,expiry,kits\n2021-07-01,A1,prenoxad,L1,2024-06,50\n")
		w.take("supplies", "occurred_on,outlet,product,lot,kits\n2021-07-02,A1,prenoxad,L1,9\n")
		w.take("returns", "area,period,measure,value,covers,source\nS08000019,2021/22-Q2,dispensed,30,,letter\nS08000020,2021/22-Q2,dispensed,20,2/3,letter\n")
		snap, err := w.Registry.Now(t.Context())
		must(t, err)
		product, _ := snap.FindProduct("prenoxad")
		for i, day := range []string{"2021-08-01", "2021-10-05", "2021-08-02"} {
			id, err := w.Notices.Save(t.Context(), staff.Operator(), notice.Notice{
				Number: fmt.Sprintf("N/%d", i), Regulator: "MHRA", IssuedOn: on(day), Title: "A lot", Action: notice.Inform, Level: notice.Outlets, DueOn: on(day) + 200, Drill: i == 2,
				Lines: []notice.Line{{Product: product.ID, Number: "L1"}},
			})
			must(t, err)
			_, err = w.Notices.Publish(t.Context(), staff.Operator(), id, false)
			must(t, err)
		}
		s := w.freeze(scotland, "2021/22-Q2", "")
		says(t, s, "dispensed|S92000003|2021/22-Q2", "partial", "59")
		says(t, s, "dispensed|S92000003|2021/22-Q2|channel=not_attributed", "partial", "50")
		says(t, s, "dispensed|S08000016|2021/22-Q2", "no_reply", "")
		says(t, s, "dispensed|S08000016|2021/22-Q2|channel=community", "no_reply", "")
		says(t, s, "dispensed|S08000019|2021/22-Q2|channel=community", "not_provided", "")
		says(t, s, "dispensed|S08000020|2021/22-Q2", "partial", "20")
		if f := s.Figure("dispensed|S08000020|2021/22-Q2"); f.Covers != "2/3" {
			t.Errorf("it covers %q", f.Covers)
		}
		silent := map[string]string{}
		for _, x := range s.Silent {
			silent[x.Area] = fmt.Sprint(x.Why, x.Months)
		}
		for area, want := range map[string]string{
			"S08000015": "partial[2021-08 2021-09]", "S08000016": "no_reply[]", "S08000019": "", "S08000020": "partial[]", "S08000022": "not_asked[]",
		} {
			if silent[area] != want {
				t.Errorf("%s is %q, not %q", area, silent[area], want)
			}
		}
		if len(s.Notices) != 1 || s.Notices[0].Number != "N/0" || s.Notices[0].Outlets != 1 || s.Notices[0].Answered != 0 || s.Notices[0].Lots != 1 {
			t.Errorf("notices %+v", s.Notices)
		}
	})
}
