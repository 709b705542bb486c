package outlet

import (
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/web/desk"
)

// silentFor is how many whole months back the page asks about.
const silentFor = 12

// silentMonths are the months that are over, without an entry and not confirmed to be nil, since the first month in
// which this outlet had anything to say. Silence is not nought until somebody says so.
func silentMonths(v *desk.Visit) ([]civil.Month, error) {
	last := v.Ledger.Today().Month() - 1
	all, err := v.Measures.OutletMonths(v.Ctx(), v.Outlet.Area, last-silentFor+1, last)
	if err != nil {
		return nil, err
	}
	var silent []civil.Month
	begun := false
	for _, o := range all {
		if o.Outlet == nil || o.Outlet.ID != v.Outlet.ID {
			continue
		}
		for _, m := range o.Months {
			if quiet := m.Entries == 0 && !m.Nil; !quiet {
				begun = true
			} else if begun {
				silent = append(silent, m.Month)
			}
		}
	}
	return silent, nil
}

// nilMonth confirms that there was nothing to record in a month.
func nilMonth(v *desk.Visit) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	month, err := time.Parse("2006-01", typed.Get("month"))
	if err != nil {
		return drawShelf(v, fault.New(fault.Invalid, "%.20q is not a month", typed.Get("month")).At("month"))
	}
	y, m, _ := month.Date()
	if err := v.Ledger.ConfirmNil(v.Ctx(), v.Who, v.Outlet.ID, civil.MonthOf(y, m)); err != nil {
		return drawShelf(v, err)
	}
	return v.Go(desk.OutletPath(v.Outlet.ID) + "?saved=nil")
}
