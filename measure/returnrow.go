package measure

import (
	"fmt"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/table"
)

// Bounds of a return.
const (
	mostReported = 1e9
	mostReach    = 200  // per cent
	mostSource   = 1000 // letters
)

// returnRow reads one row of a file of returns and notes what is wrong with its cells.
type returnRow struct {
	row    *table.Row
	faults *table.Faults
	snap   *registry.Snapshot
	today  civil.Date
	bad    bool
}

func (c *returnRow) text(column string) string { return c.row.Cell(returnsKind.Index(column)) }

func (c *returnRow) fail(column, reason string, args ...any) {
	c.bad = true
	c.faults.Add(c.row.Number, column, c.text(column), fmt.Sprintf(reason, args...))
}

func (c *returnRow) check(column string, err error) {
	if err != nil {
		c.fail(column, "%s", err.Error())
	}
}

// read gives the return; ok is false if something is wrong with it.
func (c *returnRow) read() (t Return, ok bool) {
	for _, column := range returnsKind.Columns {
		c.bad = c.bad || (column.Need && c.text(column.Name) == "") // the reader has noted it
	}
	c.readArea(&t)
	c.readPeriod(&t)
	c.readSplits(&t)
	var err error
	t.Measure, err = word("a measure of returns", returnMeasures, nil, c.text("measure"))
	c.check("measure", err)
	t.Covered, t.CoversOf, err = parseCovers(c.text("covers"))
	c.check("covers", err)
	c.readPublished(&t)
	t.Source = c.text("source")
	c.check("source", checkLine(t.Source))
	c.readValue(&t)
	return t, !c.bad
}

func (c *returnRow) readArea(t *Return) {
	code := c.text("area")
	if code == "" {
		return
	}
	a, ok := c.snap.AreaByCode(code)
	if !ok {
		c.fail("area", "%s", c.snap.UnknownArea(code))
		return
	}
	t.Area = a.ID
}

func (c *returnRow) readPeriod(t *Return) {
	s := c.text("period")
	if s == "" {
		return
	}
	var err error
	if t.Period, err = civil.ParsePeriod(s); err != nil {
		c.check("period", err)
	} else if t.Period.First() > c.today {
		c.fail("period", "%s has not begun", t.Period)
	}
}

// readPublished reads the date of publication, which may be a year or a month, and has begun.
func (c *returnRow) readPublished(t *Return) {
	var err error
	t.Published, err = registry.ParsePublished(c.text("published_on"))
	c.check("published_on", err)
	first := t.Published.Last()
	if p, err := civil.ParsePeriod(string(t.Published)); err == nil {
		first = p.First()
	}
	if t.Published.Known() && first > c.today {
		c.fail("published_on", "is in the future")
	}
}

func (c *returnRow) readSplits(t *Return) {
	var err error
	t.Channel, err = registry.ParseChannel(c.text("channel"))
	c.check("channel", err)
	for _, w := range []struct {
		column, what string
		keys         []string
		also         map[string]string
		into         *string
	}{
		{"setting", "a setting", settings, settingWords, &t.Setting},
		{"recipient", "a recipient", recipientKeys, recipientWords, &t.Recipient},
		{"supply", "first or repeat", supplyKeys, supplyWords, &t.Supply},
		{"reason", "a reason for a repeat", reasonKeys, reasonWords, &t.Reason},
	} {
		*w.into, err = word(w.what, w.keys, w.also, c.text(w.column))
		c.check(w.column, err)
	}
	if t.Setting != "" && c.text("channel") == "" {
		c.fail("channel", "a setting splits a channel: fill in which")
	}
}

// readValue reads value and state, which must agree: 0 is nought, and an empty value says why there is none.
func (c *returnRow) readValue(t *Return) {
	state, err := ParseState(c.text("state"))
	c.check("state", err)
	s := c.text("value")
	if s != "" {
		v, err := strconv.ParseFloat(s, 64)
		switch {
		case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
			c.fail("value", "is not a number; write it plainly, as 58, or leave it empty and say why in state")
			return
		case v < 0:
			c.fail("value", "must be 0 or more")
			return
		case v > mostReported:
			c.fail("value", "is more than there can be: check it")
			return
		case t.Measure == reachMeasure && v > mostReach:
			c.fail("value", "is too much for a reach, which is in per cent: %s for 1,000 people is %s", Number(&v), Number(number(v/10)))
			return
		case !isRatioTold(t.Measure) && v != math.Trunc(v):
			c.fail("value", "must be a whole number")
			return
		}
		t.Value = number(v + 0) // -0 is 0
	}
	t.State = c.state(t, state)
}

// state settles the state of a row from what it says and its value.
func (c *returnRow) state(t *Return, said State) State {
	switch said {
	case Counted, NoDenominator:
		c.fail("state", "cannot be the state of a return: counted is for the ledger, no_denominator for a figure")
		return 0
	}
	switch {
	case t.Value == nil && said == 0:
		c.fail("value", "must be filled in, or state must say why it is empty; 0 is none at all")
	case t.Value == nil && said.HasNumber():
		c.fail("value", "is empty, but the state is %s", said)
	case t.Value == nil:
		return said
	case said == Zero && *t.Value != 0:
		c.fail("state", "says zero, but the value is %s", Number(t.Value))
	case said != 0 && !said.HasNumber():
		c.fail("state", "says %s, but there is a value", said)
	case said == Partial || t.CoversOf > 0:
		return Partial
	case *t.Value == 0:
		return Zero
	}
	return Reported
}

// checkLine holds a text to one line of plain letters.
func checkLine(s string) error {
	if !utf8.ValidString(s) {
		return fault.New(fault.Invalid, "is not text that can be read (UTF-8)")
	}
	if utf8.RuneCountInString(s) > mostSource {
		return fault.New(fault.Invalid, "is longer than %d letters", mostSource)
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return fault.New(fault.Invalid, "must be one line of plain text")
		}
	}
	return nil
}
