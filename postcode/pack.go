package postcode

import "strings"

// A whole postcode packed into a whole number under 2^31, so that its row is found by an integer key on both engines, and
// those of one first half lie together: outcode * inwards + inward.
const (
	inwards = 10 * 26 * 26
	tails   = 37 // nothing, a digit, or a letter after the first digit
)

// packOut is the number of a first half.
func packOut(c Code) int {
	s := string(c)
	n := strings.IndexByte(anything, s[0]) * 27
	s = s[1:]
	if !digit(s[0]) {
		n += strings.IndexByte(anything, s[0]) + 1
		s = s[1:]
	}
	n = n*10 + int(s[0]-'0')
	tail := 0
	if len(s) == 2 {
		if digit(s[1]) {
			tail = int(s[1]-'0') + 1
		} else {
			tail = strings.IndexByte(anything, s[1]) + 11
		}
	}
	return n*tails + tail
}

// pack is the number of a whole postcode.
func pack(c Code) int {
	out, in3, _ := strings.Cut(string(c), " ")
	return packOut(Code(out))*inwards + int(in3[0]-'0')*26*26 + strings.IndexByte(anything, in3[1])*26 + strings.IndexByte(anything, in3[2])
}
