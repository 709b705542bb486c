package table

import "strings"

// Guard makes a cell harmless in a spreadsheet: text that one would run as a formula (it begins with = + - @ TAB or
// CR, perhaps after spaces) gets an apostrophe before it, unless it is a plain number such as -1.25 or +447700900123.
// Text that has apostrophes before such a beginning gets one more, so that Unguard gives back every text exactly.
func Guard(s string) string {
	if !guarded(s) {
		return s
	}
	return "'" + s
}

// Unguard takes away the apostrophe that Guard put before s.
func Unguard(s string) string {
	if len(s) > 0 && s[0] == '\'' && runs(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// guarded tells whether Guard would change s. It decides most cells on their first byte, for both ways are walked for
// every cell of every file.
func guarded(s string) bool {
	if s == "" || s[0] > '@' {
		return false
	}
	if s[0] == '\'' {
		return runs(strings.TrimLeft(s, "'"))
	}
	return runs(s) && !plainNumber(s)
}

// runs tells whether a spreadsheet may take s for a formula.
func runs(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	case ' ', '\n':
		// Some spreadsheets drop white space before they look.
		s = strings.TrimLeft(s, " \t\r\n")
		return s != "" && strings.IndexByte("=+-@", s[0]) >= 0
	}
	return false
}

// plainNumber tells an optional sign, digits, and perhaps a point with digits.
func plainNumber(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	whole, part, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(part))
}

// digits tells one or more of 0 to 9 and nothing else.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
