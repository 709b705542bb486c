package gs1

import (
	"strconv"
	"strings"
	"unicode"

	"everykit/civil"
	"everykit/fault"
)

// split reads an element string by the separators that are in it: fixed lengths by the table, everything else to the next
// separator. What begins with an identifier that GS1 has not given out is skipped to the next separator, but only after a
// separator: a text that begins with one is something else than an element string.
func split(text string) ([]Element, *fault.Error) {
	var elements []Element
	for _, rest := range strings.Split(text, Separator) {
		for parted := len(elements) > 0; rest != ""; parted = false {
			e, after, bad := first(rest, parted)
			if bad != nil {
				return nil, bad
			}
			elements, rest = append(elements, e), after
		}
	}
	if len(elements) == 0 {
		return nil, fault.New(fault.Invalid, "the code is empty").Hint("scan again, or type the number under the bars")
	}
	return elements, nil
}

// first takes the element that a text without separators begins with. Parted is whether a separator stood before it.
func first(text string, parted bool) (e Element, after string, bad *fault.Error) {
	ai := identifier(text)
	if ai == "" && parted && len(text) > 2 && allDigits(text[:2]) && lengthOf(text[:2]) == 0 {
		return Element{text[:2], text[2:]}, "", nil
	}
	if ai == "" {
		return e, "", fault.New(fault.Invalid, "%s does not begin with the number of a part, such as 01 for the product or 10 for the lot", quoted(text)).
			Hint("scan the square code on the pack again; if this is the lot, type it into the field for the lot")
	}
	end := len(text)
	if n := predefined(ai); n > 0 {
		if end = len(ai) + n; end > len(text) {
			return e, "", fault.New(fault.Invalid, "the %s is cut short: %s has %d characters, and it takes %d", nameOf(ai), quoted(text[len(ai):]), len(text)-len(ai), n).
				Hint("scan again, or type what is printed on the pack")
		}
	}
	return Element{ai, text[len(ai):end]}, text[end:], nil
}

// maker makes a Code of elements.
type maker struct {
	today civil.Date
	loose bool // values came apart already (brackets, a web address): short product numbers, and lots as people type them
}

// check says what is wrong with the value of an element, nil if nothing.
func (k maker) check(e Element) *fault.Error {
	if bad := k.letters(e); bad != nil {
		return bad
	}
	switch e.AI {
	case aiGTIN, aiContent:
		if !k.loose && len(e.Value) != gtinDigits {
			return fault.New(fault.Invalid, "the %s is not %d digits", nameOf(e.AI), gtinDigits).Hint("scan again")
		}
		_, bad := readGTIN(e.Value)
		return bad
	case aiMade, aiBestBefore, aiExpiry:
		if _, ok := readDate(e.Value, k.today); !ok {
			return fault.New(fault.Invalid, "the %s %s is not a date: it is six digits for year, month and day", nameOf(e.AI), quoted(e.Value)).
				Hint("scan again, or type the date as printed on the pack")
		}
	case aiCount, aiContents:
		if n, err := strconv.Atoi(e.Value); err != nil || !allDigits(e.Value) || len(e.Value) > countDigits || n == 0 {
			return fault.New(fault.Invalid, "the %s %s is not a number from 1 to 99,999,999", nameOf(e.AI), quoted(e.Value)).
				Hint("scan again, or count and type the number")
		}
	}
	return nil
}

// letters holds a value to its length and its alphabet.
func (k maker) letters(e Element) *fault.Error {
	most, kept := 90, e.AI == aiLot || e.AI == aiSerial
	switch {
	case kept && k.loose:
		most = mostLoose
	case kept:
		most = mostLetters
	}
	if e.Value == "" {
		return fault.New(fault.Invalid, "the %s is empty", nameOf(e.AI)).Hint("scan again, or type what is printed on the pack")
	}
	if len(e.Value) > most {
		return fault.New(fault.Invalid, "the %s %s has %d characters, and may have %d", nameOf(e.AI), quoted(e.Value), len(e.Value), most).
			Hint("scan again, or type what is printed on the pack")
	}
	for _, r := range e.Value {
		if k.loose && r != unicode.ReplacementChar && (r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r)) {
			continue
		}
		if r >= 0x80 || !plain(byte(r)) {
			return fault.New(fault.Invalid, "the %s %s holds the character %s, which no code may hold", nameOf(e.AI), quoted(e.Value), strconv.QuoteRuneToGraphic(r)).
				Hint("scan again; if it stays so, type what is printed on the pack")
		}
	}
	return nil
}

// code puts elements together. The same part twice must say the same.
func (k maker) code(elements []Element) (Code, *fault.Error) {
	var c Code
	said := map[string]string{} // by name, so that both kinds of count are one
	for _, e := range elements {
		if bad := k.check(e); bad != nil {
			return Code{}, bad
		}
		name := names[e.AI]
		if name == "" {
			c.Skipped = append(c.Skipped, e)
			continue
		}
		if before, ok := said[name]; ok && before != e.Value {
			return Code{}, fault.New(fault.Invalid, "the code gives the %s twice: %s and %s", name, quoted(before), quoted(e.Value)).
				Hint("type what is printed on the pack")
		}
		said[name] = e.Value
		k.set(&c, e)
	}
	if content := said[names[aiContent]]; content != "" && c.GTIN == "" {
		c.GTIN, _ = readGTIN(content)
	} else if content != "" {
		c.Skipped = append(c.Skipped, Element{aiContent, content})
	}
	return c, nil
}

// set writes a value that was checked.
func (k maker) set(c *Code, e Element) {
	switch e.AI {
	case aiGTIN:
		c.GTIN, _ = readGTIN(e.Value)
	case aiLot:
		c.Lot = e.Value
	case aiSerial:
		c.Serial = e.Value
	case aiMade:
		c.Made, _ = readDate(e.Value, k.today)
	case aiBestBefore:
		c.BestBefore, _ = readDate(e.Value, k.today)
	case aiExpiry:
		c.Expiry, _ = readDate(e.Value, k.today)
	case aiCount, aiContents:
		c.Count, _ = strconv.Atoi(e.Value)
	}
}
