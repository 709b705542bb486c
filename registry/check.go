package registry

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/fault"
)

// Bounds of text, in letters.
const (
	mostCode = 64
	mostName = 200
	mostText = 1000
)

// checkCode holds a code to letters that survive files, addresses and lists of codes: no white space (a single space
// inside where spaced is true) and none of the letters that part or quote cells.
func checkCode(bad fault.List, code, field string, spaced bool) fault.List {
	why := ""
	switch {
	case code == "":
		why = "must be filled in"
	case utf8.RuneCountInString(code) > mostCode:
		why = fmt.Sprintf("is longer than %d letters", mostCode)
	case strings.ContainsAny(code[:1], "=-@'"):
		why = "may not begin with = - @ or '"
	case strings.ContainsAny(code, `+;,"`):
		why = `may not have any of + ; , "`
	case spaced && code != strings.Join(strings.Fields(code), " "), !spaced && strings.ContainsFunc(code, unicode.IsSpace):
		why = "has a space where none may be"
	case strings.ContainsFunc(code, func(r rune) bool { return !unicode.IsPrint(r) }):
		why = "has a letter that cannot be printed"
	default:
		return bad
	}
	if code == "" {
		return append(bad, fault.New(fault.Invalid, "%s", why).At(field))
	}
	return append(bad, fault.New(fault.Invalid, "the code %.80q %s", code, why).At(field))
}

// checkText holds a text to one line of a bounded length.
func checkText(bad fault.List, text, field string, most int, need bool) fault.List {
	switch {
	case text == "" && need:
		return append(bad, fault.New(fault.Invalid, "must be filled in").At(field))
	case !utf8.ValidString(text):
		return append(bad, fault.New(fault.Invalid, "is not text that can be read (UTF-8)").At(field))
	case utf8.RuneCountInString(text) > most:
		return append(bad, fault.New(fault.Invalid, "is longer than %d letters", most).At(field))
	case strings.ContainsFunc(text, unicode.IsControl):
		return append(bad, fault.New(fault.Invalid, "must be one line of plain text").At(field))
	}
	return bad
}

// checkPlace holds a position to the globe. Half of one is refused, and so is 0,0: the mark of a position lost on the way.
func checkPlace(bad fault.List, lat, lon *float64) fault.List {
	if lat == nil && lon == nil {
		return bad
	}
	if lat == nil || lon == nil {
		field := "lat"
		if lat != nil {
			field = "lon"
		}
		return append(bad, fault.New(fault.Invalid, "lat and lon go together: fill in both or neither").At(field))
	}
	if !(*lat >= -90 && *lat <= 90) {
		bad = append(bad, fault.New(fault.Invalid, "a latitude lies between -90 and 90").At("lat"))
	}
	if !(*lon >= -180 && *lon <= 180) {
		bad = append(bad, fault.New(fault.Invalid, "a longitude lies between -180 and 180").At("lon"))
	}
	if *lat == 0 && *lon == 0 {
		bad = append(bad, fault.New(fault.Invalid, "0, 0 is in the Atlantic; leave both empty where the position is not known").At("lat"))
	}
	return bad
}
