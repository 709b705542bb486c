package gs1

import (
	"slices"
	"strings"

	"everykit/fault"
)

// mostSteps bounds the search for readings. A real code needs some hundreds.
const mostSteps = 5_000

// follow are the identifiers that may begin where a separator was lost. Those whose length GS1 fixes are among them, and of the
// others those that packs and cartons of medicines carry: lot, serial number, counts, the maker's and the customer's own
// numbers, and the national numbers of medicines. Those a company may use as it likes (20, 22, 90 to 99), those of food,
// coupons, patients and parcels, and those not given out are not: with them hardly a lot of digits could be read in one way.
func follow(ai string) bool {
	switch ai {
	case aiLot, aiSerial, aiCount, aiContents, "240", "241", "250", "400":
		return true
	case "04", "14", "18", "19", "20":
		return false
	}
	return ai != "" && (predefined(ai) > 0 || ai >= "710" && ai <= "717")
}

// search looks for every way to read a text in which separators may be missing.
type search struct {
	maker
	steps int
	found []Code
	more  bool
}

// readings gives all of them that differ in what is kept; the one in which nothing is missing goes first.
func (k maker) readings(text string) *search {
	s := &search{maker: k}
	s.from(text, nil, false)
	return s
}

// from reads the rest of a text after the elements taken so far. After a cut the next identifier is only supposed.
func (s *search) from(rest string, taken []Element, cut bool) {
	if s.steps++; s.steps > mostSteps || s.more {
		s.more = true
		return
	}
	if rest == "" {
		s.finish(taken)
		return
	}
	e, after, bad := first(rest, false)
	if bad != nil || cut && !s.possible(e, taken) {
		return
	}
	if predefined(e.AI) > 0 {
		if s.check(e) == nil {
			s.from(after, append(slices.Clip(taken), e), false)
		}
		return
	}
	// The longest value first: it is the reading in which nothing was lost.
	for end := len(e.Value); end > 0; end-- {
		part := Element{e.AI, e.Value[:end]}
		if end < len(e.Value) && !follow(identifier(e.Value[end:])) || s.check(part) != nil {
			continue
		}
		s.from(e.Value[end:], append(slices.Clip(taken), part), end < len(e.Value))
	}
}

// possible reports whether an element may begin where a separator is missing: it is one of those that follow, its value is
// what GS1 makes of it even if we skip it, it was not there before, and the count of a carton's content is of a carton.
func (s *search) possible(e Element, taken []Element) bool {
	if !follow(e.AI) || predefined(e.AI) > 0 && !s.numeric(e) {
		return false
	}
	carton := false
	for _, t := range taken {
		if t.AI == e.AI {
			return false
		}
		carton = carton || t.AI == "00" || t.AI == aiContent
	}
	return e.AI != aiContents || carton
}

// numeric holds a value of fixed length to what all of those are: digits, in dates a date, in numbers of things a check digit.
func (s *search) numeric(e Element) bool {
	if !allDigits(e.Value) {
		return false
	}
	switch e.AI {
	case "12", "13", "16":
		_, ok := readDate(e.Value, s.today)
		return ok
	case "00", "03", "410", "411", "412", "413", "414", "415", "416", "417":
		last := len(e.Value) - 1
		return e.Value[last] == CheckDigit(e.Value[:last])
	}
	return true
}

// finish keeps a reading that says something new.
func (s *search) finish(taken []Element) {
	c, bad := s.code(taken)
	if bad != nil || slices.ContainsFunc(s.found, c.same) {
		return
	}
	if len(s.found) == mostReadings {
		s.more = true
		return
	}
	s.found = append(s.found, c)
}

// elementString reads an element string, with or without its separators.
func (k maker) elementString(text string) (Code, error) {
	elements, bad := split(text)
	if bad != nil {
		return Code{}, bad
	}
	if strings.Contains(text, Separator) {
		return k.sure(elements)
	}
	s := k.readings(text)
	switch {
	case s.more && len(s.found) < 2:
		return Code{}, fault.New(fault.Invalid, "the code can be read in too many ways").Hint("type the lot and the expiry as printed on the pack")
	case len(s.found) > 1:
		return Code{}, &Question{Readings: s.found, More: s.more}
	case len(s.found) == 1:
		return said(s.found[0])
	}
	return k.sure(elements) // which says what is wrong
}

// sure makes the code of elements that are certain.
func (k maker) sure(elements []Element) (Code, error) {
	c, bad := k.code(elements)
	if bad != nil {
		return Code{}, bad
	}
	return said(c)
}

// said refuses a code in which there is nothing to keep.
func said(c Code) (Code, error) {
	if !c.Says() {
		return Code{}, fault.New(fault.Invalid, "the code has no product, lot or expiry in it").
			Hint("look for another code on the pack, or type what is printed")
	}
	return c, nil
}
