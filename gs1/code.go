package gs1

import (
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// Code is what one code says. What it does not say is empty.
type Code struct {
	GTIN       string       // the product, always 14 digits; of a carton (02) the product that is in it
	Lot        string       // as printed: case and noughts kept; at most 20 letters, from a web address 40
	Expiry     civil.Expiry // use by (17)
	BestBefore civil.Expiry // best before (15), which is not an expiry
	Made       civil.Expiry // made on (11): the day, or the last day of the month if only that is known
	Serial     string       // of this one pack; at most 20 letters, from a web address 40
	Count      int          // kits in it (30 or 37), 1 to 99,999,999; 0 if it does not say
	Skipped    []Element    // what else it says, in its order
}

// Element is one application identifier and its value.
type Element struct{ AI, Value string }

// Says reports whether the code says anything that Everykit keeps.
func (c Code) Says() bool {
	return c.GTIN != "" || c.Lot != "" || c.Expiry.Known || c.BestBefore.Known || c.Made.Known || c.Serial != "" || c.Count != 0
}

// same reports whether two readings say the same, whatever they skip.
func (c Code) same(o Code) bool {
	return c.GTIN == o.GTIN && c.Lot == o.Lot && c.Expiry == o.Expiry && c.BestBefore == o.BestBefore && c.Made == o.Made &&
		c.Serial == o.Serial && c.Count == o.Count
}

// Words is the code in words, for a person who must choose between readings: "lot ABC, serial number 123, use before end of
// March 2028".
func (c Code) Words() string {
	var parts []string
	say := func(what, value string) {
		if value != "" {
			parts = append(parts, what+" "+value)
		}
	}
	date := func(what string, e civil.Expiry) {
		if e.Known {
			parts = append(parts, what+" "+e.Words())
		}
	}
	say("product", c.GTIN)
	say("lot", c.Lot)
	date("use before", c.Expiry)
	date("best before", c.BestBefore)
	date("made", c.Made)
	say("serial number", c.Serial)
	if c.Count != 0 {
		say("count", digits(c.Count))
	}
	if len(parts) == 0 {
		return "nothing about the product, lot or expiry"
	}
	return strings.Join(parts, ", ")
}

// Question is the error of a text that can be read in more than one way. It unwraps to a fault of kind Invalid, so that a
// page that cannot ask still says what to do; a page that can finds it with errors.As and lets the person choose.
type Question struct {
	Readings []Code // two or more, no two the same; the one in which no separator is missing goes first
	More     bool   // there are more readings than are listed
}

// mostReadings are as many as a person can choose between.
const mostReadings = 8

func (q *Question) Error() string { return q.fault().Error() }

// Unwrap gives the fault to show where nobody can be asked.
func (q *Question) Unwrap() error { return q.fault() }

func (q *Question) fault() *fault.Error {
	return fault.New(fault.Invalid, "this code can be read in more than one way: the scanner left out the marks between its parts").
		Hint("compare with what is printed on the pack, and choose or type the lot and the expiry")
}
