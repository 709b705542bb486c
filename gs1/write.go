package gs1

import (
	"strings"

	"everykit/civil"
)

// elements are the parts to write: fixed lengths first, so that as few separators as can be are needed.
func (c Code) elements() []Element {
	var all []Element
	add := func(ai, value string) {
		if value != "" {
			all = append(all, Element{ai, value})
		}
	}
	date := func(ai string, e civil.Expiry) {
		if e.Known {
			add(ai, writeDate(e))
		}
	}
	add(aiGTIN, c.GTIN)
	date(aiMade, c.Made)
	date(aiBestBefore, c.BestBefore)
	date(aiExpiry, c.Expiry)
	add(aiLot, c.Lot)
	add(aiSerial, c.Serial)
	if c.Count != 0 {
		add(aiCount, digits(c.Count))
	}
	return all
}

// Elements writes the code as an element string, with a Separator where one is needed and none in front: what
// draw.DataMatrix takes. What is skipped is left out. It fails where a value cannot stand in a code, above all a lot that was
// typed with a blank or with more than 20 letters; the fault names it.
func (c Code) Elements() (string, error) {
	var b strings.Builder
	open := false
	for _, e := range c.elements() {
		if bad := (maker{today: e.day(c)}).check(e); bad != nil {
			return "", bad
		}
		if open {
			b.WriteString(Separator)
		}
		b.WriteString(e.AI + e.Value)
		open = predefined(e.AI) == 0
	}
	return b.String(), nil
}

// day gives a day near a date that is written, so that it is checked in its own century.
func (e Element) day(c Code) civil.Date {
	switch e.AI {
	case aiMade:
		return c.Made.Last
	case aiBestBefore:
		return c.BestBefore.Last
	}
	return c.Expiry.Last
}

// Bracketed writes the code for people: (01)05026468663361(17)280300(10)AB12. What is skipped is left out.
func (c Code) Bracketed() string {
	var b strings.Builder
	for _, e := range c.elements() {
		b.WriteString("(" + e.AI + ")")
		for i := range len(e.Value) {
			if bracket(e.Value[i:]) != "" {
				b.WriteByte('\\')
			}
			b.WriteByte(e.Value[i])
		}
	}
	return b.String()
}
