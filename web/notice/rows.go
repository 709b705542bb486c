package notice

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/notice"
	"everykit/web/desk"
)

// typedRow is a lot as somebody typed it.
type typedRow struct{ product, lot, expiry, becomes string }

func (r typedRow) empty() bool { return r.lot == "" && r.expiry == "" && r.becomes == "" }

// fieldOf names a field of the i-th row.
func fieldOf(i int, column string) string { return "lines." + strconv.Itoa(i) + "." + column }

// typedRows reads the rows of the form that hold anything, in their order. One where only a product is chosen is empty.
func typedRows(form url.Values) []typedRow {
	var rows []typedRow
	for i := 0; form.Has(fieldOf(i, "lot")) && i < 2*notice.MostLines; i++ {
		text := func(column string) string { return strings.TrimSpace(form.Get(fieldOf(i, column))) }
		if r := (typedRow{text("product"), text("lot"), text("expiry"), text("new_expiry")}); !r.empty() {
			rows = append(rows, r)
		}
	}
	return rows
}

// setRows puts rows into the form in place of those it has, so that the number of a row is that of its line in the notice.
func setRows(form url.Values, rows []typedRow) {
	for name := range form {
		if strings.HasPrefix(name, "lines.") {
			form.Del(name)
		}
	}
	for i, r := range rows {
		form.Set(fieldOf(i, "product"), r.product)
		form.Set(fieldOf(i, "lot"), r.lot)
		form.Set(fieldOf(i, "expiry"), r.expiry)
		form.Set(fieldOf(i, "new_expiry"), r.becomes)
	}
}

// rowOf is a line as the form shows it.
func rowOf(v *desk.Visit, l notice.Line) typedRow {
	r := typedRow{lot: l.Number, expiry: l.Expiry.String(), becomes: l.NewExpiry.String()}
	if v.Snap.Product(l.Product) != nil {
		r.product = strconv.Itoa(l.Product)
	}
	return r
}

// readRows gives the lines of a notice.
func readRows(v *desk.Visit, rows []typedRow) (lines []notice.Line, bad fault.List) {
	only := 0
	if all := v.Snap.Products(); len(all) == 1 {
		only = all[0].ID
	}
	for i, r := range rows {
		l := notice.Line{Number: r.lot, Product: only}
		if r.product != "" {
			l.Product, _ = strconv.Atoi(r.product)
		}
		for _, f := range []struct {
			typed, column string
			to            *civil.Expiry
		}{{r.expiry, "expiry", &l.Expiry}, {r.becomes, "new_expiry", &l.NewExpiry}} {
			if f.typed == "" {
				continue
			}
			e, err := civil.ParseExpiry(f.typed)
			if err != nil {
				bad = append(bad, fault.New(fault.Invalid, "%.20q is not a date as packs have it", f.typed).At(fieldOf(i, f.column)).Hint("write it like 2026-11"))
			}
			*f.to = e
		}
		lines = append(lines, l)
	}
	return lines, bad
}

// draftRows are the rows that the form shows.
func draftRows(n int) []draftRow {
	rows := make([]draftRow, n)
	for i := range rows {
		rows[i] = draftRow{i + 1, fieldOf(i, "product"), fieldOf(i, "lot"), fieldOf(i, "expiry"), fieldOf(i, "new_expiry")}
	}
	return rows
}
