package postcode

import (
	"math/bits"
	"strings"
	"unicode"

	"everykit/fault"
)

// Code is a postcode or the first half of one (outcode), as it is written: SW1A 1AA, SW1A. Make one with Parse.
type Code string

// mostTyped bounds what is looked at: nobody types that much for a postcode.
const mostTyped = 64

// Parse reads a postcode of any sloppy form: case, spaces, O for 0 and I for 1 where only one can be meant. What cannot be
// one is fault.Invalid; the message does not repeat what was typed.
func Parse(s string) (Code, error) {
	if strings.TrimSpace(s) == "" {
		return "", fault.New(fault.Invalid, "type a postcode").At("postcode").Hint("the first half is enough, such as SW1A")
	}
	typed, ok := squeeze(s)
	if ok {
		if c, ok := read(typed); ok {
			return c, nil
		}
	}
	return "", fault.New(fault.Invalid, "this is not a postcode of the United Kingdom").At("postcode").Hint("write it like SW1A 1AA, or only its first half")
}

// squeeze leaves the letters and digits, in capitals. What people put between them goes; anything else makes it no postcode.
func squeeze(s string) (string, bool) {
	if len(s) > mostTyped {
		return "", false
	}
	out := make([]byte, 0, longest)
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～': // the wide forms of ASCII
			r -= '！' - '!'
		case r == '‐' || r == '‑' || r == '–' || r == '—' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			continue
		}
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune("-_.,'\"", r):
			continue
		default:
			return "", false
		}
		if len(out) == longest {
			return "", false
		}
		out = append(out, byte(r))
	}
	return string(out), true
}

// longest is the length of the longest postcode without its space; four or fewer signs are a first half.
const (
	longest  = 7
	shortest = 2
	longOut  = 4
)

// read finds the one reading of what was typed: as it stands, or with the fewest Os and noughts, Is and ones changed.
func read(typed string) (Code, bool) {
	var doubtful []int
	for i := range len(typed) {
		if strings.IndexByte("O0I1", typed[i]) >= 0 {
			doubtful = append(doubtful, i)
		}
	}
	var best Code
	fewest, readings := longest+1, 0
	for change := range 1 << len(doubtful) {
		n := bits.OnesCount(uint(change))
		if n > fewest {
			continue
		}
		try := []byte(typed)
		for k, i := range doubtful {
			if change>>k&1 == 1 {
				try[i] = other(try[i])
			}
		}
		c, ok := written(string(try))
		switch {
		case !ok:
		case n < fewest:
			best, fewest, readings = c, n, 1
		default:
			readings++
		}
	}
	return best, readings == 1
}

func other(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case '0':
		return 'O'
	case 'I':
		return '1'
	}
	return 'I'
}

// The letters that Royal Mail uses in each place.
const (
	first    = "ABCDEFGHIJKLMNOPRSTUWYZ"    // not Q V X
	second   = "ABCDEFGHKLMNOPQRSTUVWXY"    // not I J Z
	third    = "ABCDEFGHJKPSTUW"            // the third sign of A9A
	fourth   = "ABEHMNPRVWXY"               // the fourth of AA9A
	inward   = "ABDEFGHJLNPQRSTUWXYZ"       // not C I K M O V
	anything = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" // for packing
)

func in(c byte, set string) bool { return strings.IndexByte(set, c) >= 0 }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// written gives the code of letters and digits that are one as they stand.
func written(s string) (Code, bool) {
	if len(s) < shortest || len(s) > longest {
		return "", false
	}
	if len(s) <= longOut {
		return Code(s), isOut(s)
	}
	out, in3 := s[:len(s)-3], s[len(s)-3:]
	if !isOut(out) || !digit(in3[0]) || !in(in3[1], inward) || !in(in3[2], inward) {
		return "", false
	}
	return Code(out + " " + in3), true
}

// isOut reports whether it is a first half: A9, A99, A9A, AA9, AA99 or AA9A. No district of two digits begins with 0.
func isOut(s string) bool {
	if !in(s[0], first) {
		return false
	}
	rest, last := s[1:], third
	if !digit(s[1]) {
		if !in(s[1], second) {
			return false
		}
		rest, last = s[2:], fourth
	}
	switch len(rest) {
	case 1:
		return digit(rest[0])
	case 2:
		return digit(rest[0]) && (digit(rest[1]) && rest[0] != '0' || in(rest[1], last))
	}
	return false
}

// Whole reports whether it is a whole postcode and not an outcode.
func (c Code) Whole() bool { return strings.IndexByte(string(c), ' ') >= 0 }

// Out is the first half: SW1A of SW1A 1AA.
func (c Code) Out() Code {
	out, _, _ := strings.Cut(string(c), " ")
	return Code(out)
}
