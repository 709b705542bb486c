package gs1

import (
	"strconv"
	"strings"

	"everykit/fault"
)

// GTIN reads the number of a product as it is printed under the bars: 8, 12, 13 or 14 digits, perhaps with blanks or
// dashes between them. It gives all 14 digits, noughts in front, and refuses a wrong check digit.
func GTIN(text string) (string, error) {
	number, bad := readGTIN(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if bad != nil {
		return "", bad
	}
	return number, nil
}

func readGTIN(s string) (string, *fault.Error) {
	if !isNumberLength(len(s)) || !allDigits(s) {
		return "", fault.New(fault.Invalid, "%s is not a product number: it has 8, 12, 13 or 14 digits", quoted(s)).
			Hint("type the number under the bars")
	}
	if want := CheckDigit(s[:len(s)-1]); s[len(s)-1] != want {
		return "", fault.New(fault.Invalid, "the product number %s has a wrong check digit: it ends in %c and should end in %c, so one of its digits is wrong", s, s[len(s)-1], want).
			Hint("scan again, or compare each digit with the number under the bars")
	}
	return strings.Repeat("0", gtinDigits-len(s)) + s, nil
}

func isNumberLength(n int) bool { return n == 8 || n == 12 || n == 13 || n == 14 }

// CheckDigit gives the digit that belongs after these: counted from the right they weigh 3, 1, 3, 1 and so on, and the sum
// with it is a multiple of ten (GS1 General Specifications 7.9). Every byte must be a digit.
func CheckDigit(front string) byte {
	sum := 0
	for i := range len(front) {
		weight := 3
		if (len(front)-i)%2 == 0 {
			weight = 1
		}
		sum += weight * int(front[i]-'0')
	}
	return byte('0' + (10-sum%10)%10)
}

// quoted shows what was scanned within a message, cut short.
func quoted(s string) string {
	const most = 40
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.QuoteToGraphic(s)
}

func digits(n int) string { return strconv.Itoa(n) }
