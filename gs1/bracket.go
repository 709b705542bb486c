package gs1

import (
	"strings"

	"everykit/civil"
)

// readBrackets reads the form that is printed under a code for people: (01)05026468663361(17)280300(10)AB12. A bracket is the
// beginning of an element only if it holds an identifier of the right length, so that a lot may have brackets of its own;
// where a lot has just such a bracket, a backslash before it says so.
func readBrackets(text string, today civil.Date) (Code, error) {
	k := maker{today: today, loose: true}
	var elements []Element
	var value strings.Builder
	end := func() {
		if n := len(elements); n > 0 {
			elements[n-1].Value = strings.TrimSpace(value.String())
		}
		value.Reset()
	}
	for rest := text; rest != ""; {
		if ai := bracket(rest); ai != "" {
			end()
			elements = append(elements, Element{AI: ai})
			rest = rest[len(ai)+2:]
			continue
		}
		if len(elements) == 0 {
			_, _, bad := first(rest, false)
			return Code{}, bad
		}
		if rest[0] == '\\' && bracket(rest[1:]) != "" {
			value.WriteByte('(')
			rest = rest[2:]
			continue
		}
		value.WriteByte(rest[0])
		rest = rest[1:]
	}
	end()
	for i := range elements {
		elements[i].Value = strings.TrimSpace(strings.Trim(elements[i].Value, Separator))
	}
	return k.sure(elements)
}

// bracket gives the identifier in the brackets that a text begins with, "" if it does not begin with one.
func bracket(text string) string {
	for n := 2; n <= 4 && n+1 < len(text); n++ {
		if text[0] == '(' && text[n+1] == ')' && identifier(text[1:]) == text[1:n+1] {
			return text[1 : n+1]
		}
	}
	return ""
}
