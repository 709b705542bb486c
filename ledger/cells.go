package ledger

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/registry"
	"everykit/table"
)

// cells reads the cells of one row and notes what is wrong with each.
type cells struct {
	kind   table.Kind
	row    *table.Row
	faults *table.Faults
	bad    bool
	snap   *registry.Snapshot
	dates  map[string]civil.Date // the few hundred days a file names, read once each
}

func (c *cells) fail(i int, reason string) {
	c.bad = true
	c.faults.Add(c.row.Number, c.kind.Columns[i].Name, c.row.Cell(i), reason)
}

func (c *cells) text(i, most int) string {
	s := c.row.Cell(i)
	if s == "" {
		return s
	}
	if err := checkText("", s, most); err != nil {
		c.fail(i, err.Error())
	}
	return s
}

// date reads a day; a blank cell is 0, and noted by the reader where it is needed.
func (c *cells) date(i int) civil.Date {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = c.bad || c.kind.Columns[i].Need
		return 0
	}
	if d, ok := c.dates[s]; ok {
		return d
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		c.fail(i, err.Error())
		return 0
	}
	if len(c.dates) < 10_000 {
		c.dates[strings.Clone(s)] = d
	}
	return d
}

func (c *cells) expiry(i int) civil.Expiry {
	e, err := civil.ParseExpiry(c.row.Cell(i))
	if err != nil {
		c.fail(i, err.Error())
	}
	return e
}

// count reads a whole number; blank is the given one.
func (c *cells) count(i, blank, least, most int) int {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = c.bad || c.kind.Columns[i].Need
		return blank
	}
	n, err := strconv.Atoi(strings.TrimPrefix(s, "+"))
	switch {
	case err != nil:
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			c.fail(i, "must be a whole number")
		} else {
			c.fail(i, "is not a number")
		}
	case n < least:
		c.fail(i, "must be "+strconv.Itoa(least)+" or more")
	case n > most:
		c.fail(i, "is more than "+strconv.Itoa(most)+": check it; split the row if it is right")
	default:
		return n
	}
	return blank
}

// pence reads a price in pounds and gives pence.
func (c *cells) pence(i int) int {
	s := strings.TrimPrefix(c.row.Cell(i), "£")
	if s == "" {
		return 0
	}
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(strings.ReplaceAll(whole, ",", ""))
	if err == nil && part != "" {
		part = (strings.TrimRight(part, "0") + "00")[:max(2, len(strings.TrimRight(part, "0")))]
		var p int
		if p, err = strconv.Atoi(part); err == nil && len(part) == 2 {
			n = n*100 + p
		} else if err == nil {
			c.fail(i, "has parts of a penny")
			return 0
		}
	} else {
		n *= 100
	}
	if err != nil || n < 0 || n > 1_000_000 {
		c.fail(i, "is not a price between 0.00 and 10000.00")
		return 0
	}
	return n
}

func (c *cells) word(i int, list *wordList) uint8 {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = c.bad || c.kind.Columns[i].Need
		return 0
	}
	n, ok := list.parse(table.Fold(s))
	if !ok {
		c.fail(i, "is not understood; write one of "+strings.Join(list.keys[1:], ", "))
	}
	return n
}

func (c *cells) channel(i int) registry.Channel {
	s := c.row.Cell(i)
	if s == "" {
		return 0
	}
	ch, err := registry.ParseChannel(s)
	if err != nil {
		c.fail(i, err.Error())
	}
	return ch
}

func (c *cells) place(i int) Place {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = true
		return Nowhere
	}
	p, ok := parsePlace(table.Fold(s))
	if !ok {
		c.fail(i, "is not a place kits can be; write one of "+strings.Join(placeNames[1:], ", "))
	}
	return p
}

// outlet looks an outlet up by its code. A blank cell gives nil.
func (c *cells) outlet(i int) *registry.Outlet {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = c.bad || c.kind.Columns[i].Need
		return nil
	}
	o, ok := c.snap.OutletByCode(s)
	if !ok {
		c.fail(i, "there is no outlet with this code; import outlets first, or check the code")
	}
	return o
}

func (c *cells) product(i int) *registry.Product {
	s := c.row.Cell(i)
	if s == "" {
		c.bad = c.bad || c.kind.Columns[i].Need
		return nil
	}
	p, ok := c.snap.FindProduct(s)
	if !ok {
		c.fail(i, "there is no such product; give its code, name or GTIN")
	}
	return p
}

// id reads a row's id: a UUID, any other text of up to 64 letters, or none, which makes one from the file and the row.
func (c *cells) id(i int, scope, file string) uuid.UUID {
	s := c.row.Cell(i)
	if s == "" {
		return RowID(scope, c.kind.Name, file, c.row.Number)
	}
	if id, err := uuid.Parse(s); err == nil {
		if id == uuid.Nil {
			c.fail(i, "is no id; leave it empty to have one made")
		}
		return id
	}
	if len(s) > 64 {
		c.fail(i, "is longer than 64 letters")
	}
	return TextID(c.kind.Name, s)
}
