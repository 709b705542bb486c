package paper

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// mostDays is the longest range of one card.
const mostDays = 2 * 366

// cardRange is what a stock card is asked for.
type cardRange struct {
	From, To civil.Date
	Lot      int
}

// cardBody is the page of a stock card.
type cardBody struct {
	Here           string
	Range          cardRange
	Words          string
	Lots           []page.Option
	Earlier, Later page.Link
	Print          string
	Table          page.Table
}

// card shows what happened on an outlet's shelf in a range of days: this month unless the address says another.
func card(v *desk.Visit) error {
	asked := v.R.URL.Query()
	r, cause := rangeOf(asked, v.Ledger.Today())
	pv := view(v, "Stock card")
	pv.Wide = true
	if cause != nil && !pv.Fail(cause, asked) {
		return cause
	}
	c, err := v.Ledger.Card(v.Ctx(), v.Outlet.ID, r.Lot, r.From, r.To)
	if err != nil {
		return err
	}
	lots, err := v.Ledger.SheetLots(v.Ctx(), v.Outlet.ID, r.To)
	if err != nil {
		return err
	}
	t, err := cardTable(v, c)
	if err != nil {
		return err
	}
	here := path(v, "card")
	t.CSV = r.address(here + ".csv")
	b := cardBody{Here: here, Range: r, Words: r.words(), Table: t, Lots: []page.Option{{Value: "", Label: "All lots"}}}
	for _, l := range lots {
		b.Lots = append(b.Lots, page.Option{Value: strconv.Itoa(l.Lot.ID), Label: lotWords(l, v.Ledger.Today())})
	}
	earlier, later := r.months(-1), r.months(1)
	b.Earlier = page.Link{Text: earlier.words(), Href: earlier.address(here)}
	if later.From <= v.Ledger.Today() {
		b.Later = page.Link{Text: later.words(), Href: later.address(here)}
	}
	if n, err := strconv.Atoi(asked.Get("saved")); err == nil && n > 0 && n <= mostRows {
		pv.Flash = "The day sheet is saved: " + page.Plural(int64(n), "row", "rows") + ". Here is the day with all its entries."
	}
	pv.Body = b
	return render(v, cause, "card", pv)
}

// rangeOf reads the range of an address; what cannot be read is this month, with the reason.
func rangeOf(asked url.Values, today civil.Date) (cardRange, error) {
	month := today.Month()
	r := cardRange{From: month.First(), To: month.Last()}
	var faults fault.List
	read := func(field string, into *civil.Date) {
		if s := strings.TrimSpace(asked.Get(field)); s != "" {
			d, err := civil.ParseDate(s)
			if err != nil {
				faults = append(faults, fault.New(fault.Invalid, "%.20q is not a day", s).At(field).Hint("write it as 23/11/2026"))
				return
			}
			*into = d
		}
	}
	read("from", &r.From)
	if asked.Get("to") == "" && r.From != month.First() {
		r.To = r.From.Month().Last()
	}
	read("to", &r.To)
	switch {
	case len(faults) > 0:
	case r.To < r.From:
		faults = append(faults, fault.New(fault.Invalid, "the range ends before it begins").At("to"))
	case r.To-r.From > mostDays:
		faults = append(faults, fault.New(fault.Invalid, "a card shows two years at most").At("to").Hint("choose a shorter range"))
	}
	if n, err := strconv.Atoi(asked.Get("lot")); err == nil && n > 0 {
		r.Lot = n
	}
	if len(faults) > 0 {
		r.From, r.To = month.First(), month.Last()
	}
	return r, faults.Err()
}

// months moves a range by as many months as it touches.
func (r cardRange) months(by civil.Month) cardRange {
	n := r.To.Month() - r.From.Month() + 1
	return cardRange{From: (r.From.Month() + by*n).First(), To: (r.To.Month() + by*n).Last(), Lot: r.Lot}
}

func (r cardRange) address(path string) string {
	q := url.Values{"from": {r.From.String()}, "to": {r.To.String()}}
	if r.Lot != 0 {
		q.Set("lot", strconv.Itoa(r.Lot))
	}
	return path + "?" + q.Encode()
}

func (r cardRange) words() string {
	month := r.From.Month()
	switch {
	case r.From == r.To:
		return r.From.Words()
	case r.From == month.First() && r.To == month.Last():
		return month.Words()
	}
	return r.From.Words() + " to " + r.To.Words()
}

// cardCSV is the same card as a file.
func cardCSV(v *desk.Visit) error {
	r, err := rangeOf(v.R.URL.Query(), v.Ledger.Today())
	if err != nil {
		return err
	}
	c, err := v.Ledger.Card(v.Ctx(), v.Outlet.ID, r.Lot, r.From, r.To)
	if err != nil {
		return err
	}
	by, err := names(v, accounts(c)...)
	if err != nil {
		return err
	}
	out := csvFile(v, "card-"+v.Outlet.Code+"-"+r.From.String()+"-"+r.To.String(),
		"id", "occurred_on", "entered_on", "what", "detail", "lot", "kits", "in", "out", "balance", "entered_by", "reverses", "reversed_by")
	row := func(id, on, entered, what, detail, lot string, rest ...string) error {
		return out.Write(append([]string{id, on, entered, what, detail, lot}, rest...)...)
	}
	err = row("", r.From.String(), "", "Opening balance", "", "", "", "", "", strconv.Itoa(c.Opening), "", "", "")
	for _, l := range c.Lines {
		if err != nil {
			return err
		}
		err = row(l.ID.String(), l.OccurredOn.String(), v.Ledger.EnteredOn(l.Movement).String(), what(l), detail(v, l), l.LotNumber,
			strconv.Itoa(l.Kits), blankNought(l.In), blankNought(l.Out), strconv.Itoa(l.Balance), by(l.Staff), idWords(l.Reverses), idWords(l.ReversedBy))
	}
	if err != nil {
		return err
	}
	return out.Close()
}

// accounts are those that entered the lines.
func accounts(c ledger.Card) []int {
	var ids []int
	for _, l := range c.Lines {
		ids = append(ids, l.Staff)
	}
	return ids
}
