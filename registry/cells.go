package registry

import (
	"io"
	"math"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/table"
)

// origin is where a value came from: a row of a file. For values that come from a deed only n is set.
type origin struct {
	n     int      // row number, as a spreadsheet has it
	cells []string // as they stood
	bad   bool     // one of its cells could not be read, or is empty and may not be
}

// readAll reads a whole file of a small kind. A row with a fault is kept, so that others may name its code.
func readAll[T any](rd *table.Reader, kind table.Kind, read func(*cells) T) (values []T, from []origin, err error) {
	for {
		row, err := rd.Next()
		if err == io.EOF {
			return values, from, nil
		} else if err != nil {
			return nil, nil, err
		}
		c := &cells{kind: kind, row: row, faults: rd.Faults}
		values = append(values, read(c))
		for i, column := range kind.Columns {
			c.bad = c.bad || (column.Need && row.Cell(i) == "") // the reader has reported it
		}
		from = append(from, origin{row.Number, slices.Clone(row.Cells), c.bad})
	}
}

// cells reads the cells of one row by the names of their columns and notes what is wrong with them.
type cells struct {
	kind   table.Kind
	row    *table.Row
	faults *table.Faults
	bad    bool // one of the cells could not be read
}

func (c *cells) text(column string) string { return c.row.Cell(c.kind.Index(column)) }

// cell reads one cell with a parser, which must take an empty cell for "not known".
func cell[T any](c *cells, column string, parse func(string) (T, error)) T {
	v, err := parse(c.text(column))
	if err != nil {
		c.bad = true
		c.faults.Add(c.row.Number, column, c.text(column), err.Error())
	}
	return v
}

func parseDay(s string) (civil.Date, error) {
	if s == "" {
		return civil.None, nil
	}
	return civil.ParseDate(s)
}

func parseNumber(s string) (*float64, error) {
	if s == "" {
		return nil, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, fault.New(fault.Invalid, "%.40q is not a number; write it plainly, as 861 or 51.5455", s)
	}
	if f == 0 {
		f = 0 // -0 is 0
	}
	return &f, nil
}

// parseCount reads a whole number of 1 or more; empty is 0, not known.
func parseCount(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Invalid, "%.40q is not a whole number of 1 or more", s)
	}
	return n, nil
}

func parsePeriod(s string) (civil.Period, error) {
	if s == "" {
		return civil.Period{}, nil
	}
	return civil.ParsePeriod(s)
}

func readArea(c *cells) areaRow {
	return areaRow{
		Area: Area{
			Code: c.text("code"), Name: c.text("name"), Kind: table.Fold(c.text("kind")),
			ValidFrom: cell(c, "valid_from", parseDay), ValidTo: cell(c, "valid_to", parseDay),
			Lat: cell(c, "lat", parseNumber), Lon: cell(c, "lon", parseNumber),
		},
		parent: c.text("parent"), successors: splitWords(c.text("successor"), " ;,+"),
	}
}

func readOutlet(c *cells) outletRow {
	return outletRow{
		Outlet: Outlet{
			Code: c.text("code"), Name: c.text("name"), Kind: cell(c, "kind", ParseOutletKind),
			Channel: cell(c, "channel", ParseChannel), Provider: c.text("provider"), Postcode: c.text("postcode"),
			Lat: cell(c, "lat", parseNumber), Lon: cell(c, "lon", parseNumber), Open: c.text("open"),
			WalkIn: cell(c, "walk_in", ParseWalkIn), Requires: cell(c, "requires", ParseRequires),
			Phone: c.text("phone"), Email: c.text("email"), Public: cell(c, "public", ParseAnswer),
			StepFree: cell(c, "step_free", ParseAnswer), Languages: c.text("languages"), LegalBasis: c.text("legal_basis"),
			LegalFrom: cell(c, "legal_from", parseDay), ConfirmedOn: cell(c, "confirmed_on", parseDay),
			ClosedOn: cell(c, "closed_on", parseDay),
		},
		area: c.text("authority"), gives: c.text("gives"),
	}
}

func readProduct(c *cells) Product {
	return Product{
		Code: c.text("code"), Name: c.text("name"), Form: cell(c, "form", ParseForm), Route: cell(c, "route", ParseRoute),
		DosesPerKit: cell(c, "doses_per_kit", parseCount), GTIN: c.text("gtin"), Licence: c.text("licence"),
		ShelfLifeMonths: cell(c, "shelf_life_months", parseCount), MinAge: cell(c, "min_age", parseCount),
	}
}

func readEstimate(c *cells) estimateRow {
	row := estimateRow{
		Estimate: Estimate{
			Population: cell(c, "population", ParsePopulation), Period: cell(c, "period", parsePeriod),
			Low: cell(c, "low", parseNumber), High: cell(c, "high", parseNumber),
			Published: cell(c, "published_on", ParsePublished), Method: c.text("method"), Source: c.text("source"),
		},
		areas: splitWords(c.text("area"), " ;,+"),
	}
	if v := cell(c, "value", parseNumber); v != nil {
		row.Value = *v
	}
	return row
}
