package gs1

import (
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// mostBytes bounds what is read at all: the longest code holds far less.
const mostBytes = 2000

// Parse reads what a scanner, a telephone or a person gives for a code. Today is the day of reading: it settles the century
// of a year with two digits.
//
// A separator anywhere in an element string, even in front of it or at its end, shows that separators are kept on the way
// here, and then the text has one meaning. A reader of our own, which is known to keep them, puts one in front:
// "]d2" + Separator + elements.
//
// The error is a *Question if there are two or more ways to read it, and else a fault of kind Invalid.
func Parse(text string, today civil.Date) (Code, error) {
	if len(text) > mostBytes {
		return Code{}, fault.New(fault.Invalid, "this is too long for a code on a pack").Hint("scan one code at a time")
	}
	id, text := symbology(strings.TrimSpace(text))
	if isLink(text) {
		return readLink(text, today)
	}
	text = separators.Replace(text)
	bare := strings.Trim(text, Separator)
	k := maker{today: today}
	switch {
	case bare == "":
		return Code{}, fault.New(fault.Invalid, "there is no code").Hint("scan again, or type the number under the bars")
	case bare[0] == '(':
		return readBrackets(bare, today)
	case id.number && len(text) > 13 && allDigits(text[:13]):
		text = text[:13] // ]E3: the price or issue that follows a number of 13 digits is no part of it
	}
	number := strings.NewReplacer(" ", "", "-", "").Replace(text)
	if id.elements || !isNumberLength(len(number)) || !allDigits(number) {
		return k.elementString(text)
	}
	return k.number(number, text, id.number)
}

// number reads digits that are as many as a product number has. They may be an element string too: 17280331 is a date, and
// it is an EAN-8 if its last digit happens to fit.
func (k maker) number(number, text string, certain bool) (Code, error) {
	gtin, bad := readGTIN(number)
	plain := Code{GTIN: gtin}
	if certain || number != text {
		if bad != nil {
			return Code{}, bad
		}
		return plain, nil
	}
	var other Code
	elements, worse := split(text)
	if worse == nil {
		other, worse = k.code(elements)
	}
	elsewise := worse == nil && other.Says()
	switch {
	case bad != nil && elsewise:
		return k.elementString(text)
	case bad != nil:
		return Code{}, bad
	case elsewise:
		return Code{}, &Question{Readings: []Code{plain, other}}
	}
	return plain, nil
}

// kind is what the symbology identifier says of what follows it.
type kind struct {
	elements bool // a GS1 element string
	number   bool // a number under bars, and nothing else
}

// symbology takes off the three letters that a scanner may put before a code to say what it was (ISO/IEC 15424): ]d2 is a
// GS1 DataMatrix, ]C1 a GS1-128, ]Q3 a GS1 QR code, ]J1 a GS1 DotCode, ]e0 a DataBar, ]E0 to ]E4 an EAN or UPC. A keyboard
// with its capitals locked swaps the case, and then only DataBar and EAN could be mixed up: all digits and as many as a
// product number are an EAN.
func symbology(text string) (kind, string) {
	if len(text) < 3 || text[0] != ']' || text[2] < '0' || text[2] > '9' {
		return kind{}, text
	}
	rest := text[3:]
	switch text[1:3] {
	case "C1", "c1", "d2", "D2", "Q3", "q3", "J1", "j1":
		return kind{elements: true}, rest
	case "E0", "E1", "E2", "E3", "E4", "e0", "e1", "e2", "e3":
		if allDigits(rest) && (isNumberLength(len(rest)) && len(rest) < gtinDigits || text[1] == 'E' && text[2] == '3') {
			return kind{number: true}, rest
		}
		return kind{elements: true}, rest
	}
	return kind{}, rest
}

// separators are the shapes in which FNC1 arrives when byte 29 cannot: names in brackets, the caret of a terminal, escapes,
// the picture of the control character, FNC1 as some readers write it, and the bar and the tilde that scanners are set to.
// None is made of letters that a value may hold but the names in angle brackets, which no lot is called.
var separators = strings.NewReplacer(
	"<GS>", Separator, "<gs>", Separator, "{GS}", Separator, "{gs}", Separator, "[GS]", Separator, "[gs]", Separator,
	"<FNC1>", Separator, "<fnc1>", Separator, "{FNC1}", Separator, "{fnc1}", Separator, "[FNC1]", Separator, "[fnc1]", Separator,
	"^]", Separator, `\x1d`, Separator, `\x1D`, Separator, `\u001d`, Separator, `\u001D`, Separator,
	"\u241d", Separator, "\u00e8", Separator, "\u00f1", Separator, "\xe8", Separator, "|", Separator, "~", Separator,
)
