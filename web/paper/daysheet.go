package paper

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// dayBody is the page on which a day's paper is typed in.
type dayBody struct {
	ID, Home, Here, Print string
	Day                   civil.Date
	Count                 int // of rows
	Rows                  []dayRow
	Proposed              string // the lot that every row begins with
	Lots, Who, First      []page.Option
	Reasons, Trained      []page.Option
	Kinds                 []page.Option
	CanAdd                bool
	None                  bool // nothing was ever here
}

// dayRow is one row, its fields named once.
type dayRow struct {
	N                                                                   int
	Kits, Lot, Recipient, Supply, Reason, TrainedField, Kind, NoteField string
	Errors                                                              []page.FieldError
}

// daySheet shows an empty sheet of a day: today unless the address says another.
func daySheet(v *desk.Visit) error {
	day := dayOf(v.R.URL.Query(), "day", v.Ledger.Today())
	return showDaySheet(v, day, firstRows, nil, nil)
}

// sendDaySheet records a sheet, or gives it more rows.
func sendDaySheet(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	s := &typedSheet{form: form, outlet: v.Outlet.ID}
	rows := rowCount(form)
	s.day = s.readDay(v.Ledger.Today())
	if form.Get("do") == "more" {
		return showDaySheet(v, s.day, min(rows+moreRows, mostRows), form, nil)
	}
	if s.id, err = uuid.Parse(form.Get("id")); err != nil {
		s.faults = append(s.faults, fault.New(fault.Invalid, "this sheet came without its own number").Hint("look it over, and save it again"))
		form.Set("id", ledger.NewID().String())
	}
	list := s.read(rows)
	if err := s.faults.Err(); err != nil {
		return showDaySheet(v, s.day, rows, form, err)
	}
	if err := v.Ledger.Sheet(v.Ctx(), v.Who, list); err != nil {
		return showDaySheet(v, s.day, rows, form, atCells(err))
	}
	return v.Go(fmt.Sprintf("%s?from=%s&to=%s&saved=%d", path(v, "card"), s.day, s.day, len(list)))
}

// readDay reads the day of the sheet, which all its rows have.
func (s *typedSheet) readDay(today civil.Date) civil.Date {
	day, err := civil.ParseDate(s.form.Get("occurred_on"))
	switch {
	case err != nil:
		s.faults = append(s.faults, fault.New(fault.Invalid, "write the day of this sheet").At("occurred_on").Hint("for example 23/11/2026"))
		return today
	case day > today:
		s.faults = append(s.faults, fault.New(fault.Invalid, "%s is in the future", day.Words()).At("occurred_on").Hint("give the day it happened"))
	}
	return day
}

func rowCount(form url.Values) int {
	n, err := strconv.Atoi(form.Get("rows"))
	if err != nil || n < 1 {
		return firstRows
	}
	return min(n, mostRows)
}

// atCells leads each fault to a cell that can be seen, and says which row it is.
func atCells(err error) error {
	var list fault.List
	day := false
	for _, f := range fault.Of(err) {
		at := *f
		row, field, ok := strings.Cut(strings.TrimPrefix(f.Field, "rows."), ".")
		switch {
		case !ok || !strings.HasPrefix(f.Field, "rows."):
		case field == "occurred_on":
			if day {
				continue
			}
			day = true
			at.Field = field
		default:
			at.Message = "row " + row + ": " + f.Message
			if field == "id" {
				at.Field = "rows." + row + ".kits"
			}
		}
		list = append(list, &at)
	}
	if list == nil {
		return err
	}
	return list
}

func showDaySheet(v *desk.Visit, day civil.Date, rows int, form url.Values, cause error) error {
	pv := view(v, "Day sheet")
	pv.Wide = true
	if form != nil {
		pv.Form = form
	}
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
	}
	lots, err := v.Ledger.SheetLots(v.Ctx(), v.Outlet.ID, day)
	if err != nil {
		return err
	}
	stock, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	here := path(v, "day-sheet")
	b := dayBody{
		ID: ledger.NewID().String(), Home: desk.OutletPath(v.Outlet.ID), Here: here, Print: here + "/print", Day: day, Count: rows,
		Lots: lotOptions(lots, day), None: len(lots) == 0, CanAdd: rows < mostRows,
		Who: blank(options(recipientCodes, "")), First: blank(options(firstCodes, "")), Trained: blank(options(yesNoCodes, "")),
		Reasons: blank(slices.Concat(options(reasonCodes, ""), options(awayCodes, "turned away: "))), Kinds: options(kindCodes, ""),
	}
	if picks := stock.Picks(1); len(picks) > 0 && picks[0].Proposed {
		b.Proposed = strconv.Itoa(picks[0].Lot.ID)
	}
	for n := 1; n <= rows; n++ {
		r := newDayRow(n, &pv)
		if form != nil && !form.Has(r.Kits) {
			form.Set(r.Lot, b.Proposed)
		}
		b.Rows = append(b.Rows, r)
	}
	pv.Body = b
	return render(v, cause, "daysheet", pv)
}

func newDayRow(n int, pv *page.View) dayRow {
	r := dayRow{
		N: n, Kits: cell(n, "kits"), Lot: cell(n, "lot"), Recipient: cell(n, "recipient"), Supply: cell(n, "supply"),
		Reason: cell(n, "reason"), TrainedField: cell(n, "trained"), Kind: cell(n, "kind"), NoteField: cell(n, "note"),
	}
	for _, e := range pv.Errors {
		if strings.HasPrefix(e.Field, cell(n, "")) {
			r.Errors = append(r.Errors, e)
		}
	}
	return r
}

// blank puts "not recorded" before the answers.
func blank(list []page.Option) []page.Option { return append([]page.Option{{}}, list...) }

// longGone is how many days after its expiry a lot that is no longer on the shelf is not asked for any more.
const longGone = 365

// lotOptions are the lots that a row may name: those of the shelf on the day or now, then those that people still have.
func lotOptions(lots []ledger.SheetLot, day civil.Date) []page.Option {
	var here, out []page.Option
	for _, l := range lots {
		o := page.Option{Value: strconv.Itoa(l.Lot.ID), Label: lotWords(l, day)}
		switch {
		case l.Opening > 0 || l.Moved != 0 || l.Shelf > 0:
			here = append(here, o)
		case l.People > 0 && (!l.Lot.Expiry.Known || l.Lot.Expiry.DaysLeft(day) > -longGone):
			o.Label += " (none left here)"
			out = append(out, o)
		}
	}
	return slices.Concat([]page.Option{{Label: "not known"}}, here, out)
}

// Heads are the heads of the columns, in the order of the paper.
func (dayBody) Heads() []string {
	return []string{"Kits", "Lot", "Who for", "First or repeat", "Reason", "Shown how", "What happened", "Note"}
}
