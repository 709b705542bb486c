package paper

import (
	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// signBody is the page on which a count is signed off: what the books say, what was counted, and the difference.
type signBody struct {
	Sheet, Here        string
	Signed, Own, MayIt bool
	By                 string // who signed
	Facts              []page.Fact
	Table              page.Table
	Since              page.Table // what was entered into the day of the count after it was saved
	Ahead              string     // what the count will do, in words
}

// signSheet shows a saved count to whoever signs it off, and afterwards what it found.
func signSheet(v *desk.Visit) error { return showSign(v, nil) }

// signCount signs a count off.
func signCount(v *desk.Visit) error {
	id, c, err := asked(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if c == nil {
		return fault.New(fault.NotFound, "there is no such count")
	}
	if err := v.Ledger.SignCount(v.Ctx(), v.Who, v.Outlet.Area, id, form.Get("alone") == "yes"); err != nil {
		return showSign(v, err)
	}
	return v.Go(path(v, "count", id.String(), "sign"))
}

func showSign(v *desk.Visit, cause error) error {
	id, c, err := asked(v)
	if err != nil {
		return err
	}
	if c == nil {
		return v.Go(path(v, "count", id.String()))
	}
	title := "Sign off the count"
	if c.Signed() {
		title = "Count signed off"
	}
	pv := view(v, title)
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Counts", Href: path(v, "count")})
	if cause != nil && !pv.Fail(cause, v.R.PostForm) {
		return cause
	}
	by, err := names(v, c.CountedBy, c.SignedBy)
	if err != nil {
		return err
	}
	here := path(v, "count", id.String())
	b := signBody{Sheet: here, Here: here + "/sign", Signed: c.Signed(), Own: c.CountedBy == v.Who.ID, MayIt: v.May(staff.SignCount)}
	b.Facts = []page.Fact{
		{Key: "Day of the count", Value: page.TextCell(c.CountedOn.Words())},
		{Key: "Counted by", Value: page.TextCell(by(c.CountedBy))},
	}
	if c.Signed() {
		b.Facts = append(b.Facts, page.Fact{Key: "Signed off by", Value: page.TextCell(by(c.SignedBy))})
	}
	b.Table = countTable(v, *c, here)
	b.Ahead = ahead(*c)
	if !c.Signed() {
		if b.Since, err = since(v, *c); err != nil {
			return err
		}
	}
	pv.Body = b
	return render(v, cause, "countsign", pv)
}

// countTable sets books beside count, lots that differ first.
func countTable(v *desk.Visit, c ledger.StockCount, here string) page.Table {
	t := page.Table{
		Caption: "Books and count", Stack: true, CSV: here + "/lines.csv",
		Columns: page.Columns("Lot", "Product", "Expires", "#Books (kits)", "#Counted (kits)", "Difference"),
	}
	var same, blank []page.Row
	books, counted := 0, 0
	for _, l := range c.Lines {
		r := page.Row{Cells: []page.Cell{
			page.TextCell(l.Lot.Number), page.TextCell(desk.ProductName(v.Snap.Product(l.Lot.Product))), page.TextCell(expiryShort(l.Lot.Expiry)),
			page.CountCell(int64(l.Books)),
			{},
			{},
		}}
		switch d := l.Difference(); {
		case l.Counted == nil:
			r.Quiet = true
			r.Cells[5] = page.TagCell(page.Tag{Text: "not counted", Tone: page.Quiet})
			blank = append(blank, r)
			continue
		case d == 0:
			r.Cells[5] = page.TagCell(page.Tag{Text: "as in the books", Tone: page.Good})
			r.Cells[4] = page.CountCell(int64(*l.Counted))
			same = append(same, r)
		default:
			r.Cells[5] = page.TagCell(differenceTag(d))
			r.Cells[4] = page.CountCell(int64(*l.Counted))
			t.Rows = append(t.Rows, r)
		}
		books += l.Books
		counted += *l.Counted
	}
	t.Rows = append(append(t.Rows, same...), blank...)
	t.Rows = append(t.Rows, page.Row{Total: true, Cells: []page.Cell{
		page.TextCell("All that was counted"), {}, {}, page.CountCell(int64(books)), page.CountCell(int64(counted)), {},
	}})
	return t
}

func differenceTag(d int) page.Tag {
	if d < 0 {
		return page.Tag{Text: page.Kits(int64(-d)) + " missing", Tone: page.Bad}
	}
	return page.Tag{Text: page.Kits(int64(d)) + " more", Tone: page.Soon}
}

// ahead says what signing will record.
func ahead(c ledger.StockCount) string {
	missing, over := 0, 0
	for _, l := range c.Lines {
		missing += max(0, -l.Difference())
		over += max(0, l.Difference())
	}
	switch {
	case missing == 0 && over == 0:
		return "Everything that was counted is as in the books."
	case over == 0:
		return page.Kits(int64(missing)) + " missing: recorded as lost."
	case missing == 0:
		return page.Kits(int64(over)) + " more than in the books: recorded as found."
	}
	return page.Kits(int64(missing)) + " missing, recorded as lost; " + page.Kits(int64(over)) + " more, recorded as found."
}

// firstKept is how far back entries are looked for that were made after a count.
const firstKept = 31

// since lists what was entered after the count was saved and falls on its day or before: the books have it, but the kits
// may have been counted before they moved.
func since(v *desk.Visit, c ledger.StockCount) (page.Table, error) {
	card, err := v.Ledger.Card(v.Ctx(), v.Outlet.ID, 0, c.CountedOn-civil.Date(firstKept), c.CountedOn)
	if err != nil {
		return page.Table{}, err
	}
	by, err := names(v, accounts(card)...)
	if err != nil {
		return page.Table{}, err
	}
	counted := map[int]bool{}
	for _, l := range c.Lines {
		counted[l.Lot.ID] = l.Counted != nil
	}
	t := page.Table{Caption: "Entered after the count was saved", Stack: true, Columns: page.Columns("Day", "What", "Lot", "#In (kits)", "#Out (kits)", "Entered by", "Number")}
	for _, l := range card.Lines {
		if l.In+l.Out > 0 && counted[l.Lot] && l.RecordedAt.After(c.SavedAt) {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
				page.TextCell(l.OccurredOn.Words()), page.TextCell(what(l)), page.TextCell(l.LotNumber), overShelf(l.In), overShelf(l.Out),
				page.TextCell(by(l.Staff)), page.LinkCell(number(l.ID), entryPath(v, l.ID)),
			}})
		}
	}
	return t, nil
}

// SinceWords warns of what was entered since.
func (b signBody) SinceWords() string {
	n := len(b.Since.Rows)
	if n == 0 {
		return ""
	}
	return page.Plural(int64(n), "entry", "entries") + " for the day of the count or before came in after it was saved. If those kits moved after they were counted, the difference is not real: look at the list, and count again if in doubt."
}
