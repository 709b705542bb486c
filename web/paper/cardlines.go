package paper

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// cardTable is the lines of a card between its opening and its closing balance.
func cardTable(v *desk.Visit, c ledger.Card) (page.Table, error) {
	t := page.Table{
		Caption: "Kits in and out of the shelf", Hide: true, Stack: true,
		Columns: page.Columns("Day", "What", "Lot", "#In (kits)", "#Out (kits)", "#Balance (kits)", "Entered by", "Entered on", "Number"),
		Note:    "The balance is of the shelf. What people used, lost or handed back is shown without changing it. An entry that was reversed is struck through, and so is its reversal.",
	}
	by, err := names(v, accounts(c)...)
	if err != nil {
		return t, err
	}
	in, out := 0, 0
	t.Rows = append(t.Rows, balanceRow(shortDay(c.From), "Opening balance", page.Cell{}, page.Cell{}, c.Opening))
	for _, l := range c.Lines {
		in += l.In
		out += l.Out
		t.Rows = append(t.Rows, lineRow(v, l, by))
	}
	t.Rows = append(t.Rows, balanceRow(shortDay(min(c.To, v.Ledger.Today())), "Closing balance", page.CountCell(int64(in)), page.CountCell(int64(out)), c.Closing))
	return t, nil
}

func balanceRow(day, words string, in, out page.Cell, balance int) page.Row {
	return page.Row{Total: true, Cells: []page.Cell{
		page.TextCell(day), page.TextCell(words), {}, in, out, page.CountCell(int64(balance)), {}, {}, {},
	}}
}

func lineRow(v *desk.Visit, l ledger.CardLine, by func(int) string) page.Row {
	words := page.TextCell(what(l)).Under(detail(v, l))
	undone := l.Reverses != uuid.Nil || l.ReversedBy != uuid.Nil
	switch {
	case l.ReversedBy != uuid.Nil:
		words = words.Tagged(page.Tag{Text: "reversed", Tone: page.Quiet})
	case l.Flags&ledger.ExpiredWhenSupplied != 0:
		words = words.Tagged(page.Tag{Text: "expired when given out", Tone: page.Bad})
	}
	entered := page.TextCell(shortDay(v.Ledger.EnteredOn(l.Movement)))
	if l.Late(v.Ledger.EnteredOn) {
		days := int64(v.Ledger.EnteredOn(l.Movement) - l.OccurredOn)
		entered = entered.Tagged(page.Tag{Text: page.Plural(days, "day", "days") + " late", Tone: page.Soon})
	}
	return page.Row{Struck: undone, Cells: []page.Cell{
		page.TextCell(shortDay(l.OccurredOn)), words, page.TextCell(l.LotNumber), overShelf(l.In), overShelf(l.Out),
		page.CountCell(int64(l.Balance)), page.TextCell(by(l.Staff)), entered, page.LinkCell(number(l.ID), entryPath(v, l.ID)),
	}}
}

// shortDay is a day that fits one line of a narrow column: 3 Nov 2026.
func shortDay(d civil.Date) string { return d.Time().Format("2 Jan 2006") }

// overShelf leaves a column empty where nothing moved through it.
func overShelf(kits int) page.Cell {
	if kits == 0 {
		return page.Cell{}
	}
	return page.CountCell(int64(kits))
}

// what names a line.
func what(l ledger.CardLine) string {
	if l.Reverses != uuid.Nil {
		return "Reversal of: " + strings.ToLower(l.Kind.Words())
	}
	return l.Kind.Words()
}

// detail is what was recorded beside the number of kits. Nothing of it tells who anybody is.
func detail(v *desk.Visit, l ledger.CardLine) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if l.In == 0 && l.Out == 0 {
		add(page.Kits(int64(l.Kits)))
	}
	switch l.Kind {
	case ledger.KindSend:
		add("to " + outletName(v, l.Other))
	case ledger.KindArrive, ledger.KindShort, ledger.KindBroken:
		add("from " + outletName(v, l.Other))
	case ledger.KindUnmet:
		add(strings.ToLower(l.Unmet.Words()))
	case ledger.KindSupply:
		add(strings.ToLower(l.Recipient.Words()))
		add(strings.ToLower(l.Detail.Supply.Words()))
		add(strings.ToLower(l.Reason.Words()))
	case ledger.KindReceive:
		add(l.Detail.Supplier)
		if l.Order != "" {
			add("order " + l.Order)
		}
	}
	add(l.Note)
	return strings.Join(parts, ", ")
}

func outletName(v *desk.Visit, id int) string {
	if o := v.Snap.Outlet(id); o != nil {
		return o.Name
	}
	return "another outlet"
}

func idWords(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

func blankNought(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
