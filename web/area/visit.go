package area

import (
	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
)

// visit is a request for an authority's page: whose, for which period, and how far down this person may see. The reads
// that several parts of the page share are made once.
type visit struct {
	*desk.Visit
	today  civil.Date
	period civil.Period
	closer bool // may see single outlets: their pages, and counts of people turned away at each

	outlets []measure.OutletRow
	expiry  *measure.ExpiryBoard
}

// visited reads the address. A nation or a region is no authority: its figures are on the nation's page.
func visited(v *desk.Visit) (*visit, error) {
	w := &visit{Visit: v, today: v.Ledger.Today(), closer: v.Who.Role != staff.Analyst}
	if !v.Area.IsAuthority() {
		return nil, fault.New(fault.NotFound, "%s is not the area of one authority", v.Area.Name).Hint("see the page of its nation")
	}
	var err error
	w.period, err = figures.Asked(v, civil.FinancialYearOf(w.today))
	return w, err
}

// rows are the outlets in the period, read once.
func (v *visit) rows() ([]measure.OutletRow, error) {
	if v.outlets != nil {
		return v.outlets, nil
	}
	var err error
	v.outlets, err = v.Measures.OutletsOf(v.Ctx(), v.Area.ID, v.period)
	return v.outlets, err
}

// board is what expires when, read once.
func (v *visit) board() (measure.ExpiryBoard, error) {
	if v.expiry == nil {
		b, err := v.Measures.ExpiryOf(v.Ctx(), v.Area.ID)
		if err != nil {
			return b, err
		}
		v.expiry = &b
	}
	return *v.expiry, nil
}

// figure reads one measure of this authority.
func (v *visit) figure(k measure.Key, p civil.Period) (*measure.Figure, error) {
	list, err := v.Measures.Figures(v.Ctx(), measure.Query{Measure: k, Period: p, Area: v.Area.Code})
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].AreaID == v.Area.ID {
			return &list[i], nil
		}
	}
	return &measure.Figure{Measure: k, AreaID: v.Area.ID, Area: v.Area.Code, Name: v.Area.Name, Period: p, State: measure.NotAsked}, nil
}

// outletHref leads to an outlet's page, for whoever may see it.
func (v *visit) outletHref(o *registry.Outlet) string {
	if v.Who.May(staff.SeeOutlet, ledger.PlaceOf(v.Snap, o)) {
		return desk.OutletPath(o.ID)
	}
	return ""
}

// here is an address under this authority's, for the same period.
func (v *visit) here(under string) string {
	return "/areas/" + v.Area.Code + under + "?period=" + v.period.Slug()
}

// called is a period in the list to choose from.
func (v *visit) called(p civil.Period) string { return figures.Long(p, v.today) }

// wholeMonths is how many months of the period are over.
func (v *visit) wholeMonths() int {
	return max(0, int(min(v.period.To, v.today.Month()-1)-v.period.From)+1)
}

// coverageYear is the financial year whose coverage goes with the period: coverage is counted for financial years only.
func (v *visit) coverageYear() civil.Period {
	if v.period.IsFinancialYear() {
		return v.period
	}
	return figures.LastYear(v.today)
}
