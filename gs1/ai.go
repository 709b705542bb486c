package gs1

import "strings"

// Separator ends a value whose length is not fixed: byte 29 (GS), as a scanner sends the FNC1 within a code.
const Separator = "\x1d"

// The application identifiers that are kept.
const (
	aiGTIN       = "01"
	aiContent    = "02" // of a carton: the product in it
	aiLot        = "10"
	aiMade       = "11"
	aiBestBefore = "15"
	aiExpiry     = "17"
	aiSerial     = "21"
	aiCount      = "30"
	aiContents   = "37" // of a carton: how many are in it
)

// Lengths that GS1 gives the values that are kept.
const (
	gtinDigits  = 14
	dateDigits  = 6
	mostLetters = 20 // of a lot or a serial number in a code
	mostLoose   = 40 // of one in a web address, where somebody may have typed it: as many as the ledger takes
	countDigits = 8
)

// predefined gives the length of the value for identifiers whose first two digits fix it, 0 for the others, which run to a
// separator (GS1 General Specifications, "element strings with predefined length using GS1 application identifiers").
// That table is closed: an identifier of tomorrow either begins with one of these or ends with a separator.
func predefined(ai string) int {
	switch ai[:2] {
	case "00", "04":
		if ai[:2] == "04" {
			return 16
		}
		return 18
	case "01", "02", "03":
		return gtinDigits
	case "11", "12", "13", "14", "15", "16", "17", "18", "19":
		return dateDigits
	case "20":
		return 2
	case "31", "32", "33", "34", "35", "36":
		return 6
	case "41":
		return 13
	}
	return 0
}

// lengthOf gives how many digits an identifier has by its first two, 0 if GS1 has given out none that begins so.
func lengthOf(two string) int {
	switch {
	case two >= "00" && two <= "04", two >= "10" && two <= "22", two == "30", two == "37", two >= "90":
		return 2
	case two >= "23" && two <= "25", two >= "40" && two <= "42", two == "71":
		return 3
	case two >= "31" && two <= "36", two == "39", two == "43", two == "70", two == "72", two >= "80" && two <= "82":
		return 4
	}
	return 0
}

// identifier gives the application identifier that a text begins with, "" if none.
func identifier(text string) string {
	if len(text) < 2 || !allDigits(text[:2]) {
		return ""
	}
	n := lengthOf(text[:2])
	if n == 0 || len(text) < n || !allDigits(text[:n]) {
		return ""
	}
	return text[:n]
}

// names say an application identifier in words.
var names = map[string]string{
	aiGTIN: "product number", aiContent: "product number of the content", aiLot: "lot", aiMade: "date of making", aiBestBefore: "best-before date",
	aiExpiry: "expiry", aiSerial: "serial number", aiCount: "count", aiContents: "count",
}

// nameOf is "lot (10)", or "part 240" for one that is skipped.
func nameOf(ai string) string {
	if n := names[ai]; n != "" {
		return n + " (" + ai + ")"
	}
	return "part (" + ai + ")"
}

// marks are the letters besides letters and digits that a value may have (GS1 character set 82).
const marks = `!"%&'()*+,-./:;<=>?_`

// plain reports whether a byte may stand in a value of an element string. Blank, #, $, @, [, \, ], ^, `, {, |, } and ~ may not.
func plain(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || strings.IndexByte(marks, b) >= 0
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
