package registry

import (
	"strings"

	"everykit/fault"
)

// checkGTIN holds a GTIN to its lengths and its check digit (GS1 General Specifications 7.9: from the right, digits
// weigh 3 and 1 in turn, and the check digit fills the sum up to a multiple of 10).
func checkGTIN(s string) *fault.Error {
	if !allDigits(s) || (len(s) != 8 && len(s) != 12 && len(s) != 13 && len(s) != 14) {
		return fault.New(fault.Invalid, "%.40q is not a GTIN: it has 8, 12, 13 or 14 digits", s).Hint("type the number under the bars")
	}
	sum, weight := 0, 1
	for i := len(s) - 1; i >= 0; i-- {
		sum += int(s[i]-'0') * weight
		weight = 4 - weight
	}
	if sum%10 != 0 {
		return fault.New(fault.Invalid, "the GTIN %s has a wrong check digit: one of its digits is mistyped", s).Hint("compare it with the number under the bars")
	}
	return nil
}

// normalGTIN brings a GTIN to one form, without the noughts that scanners put before it and spreadsheets take away:
// the shortest of 8, 12, 13 and 14 digits that holds it.
func normalGTIN(s string) string {
	s = strings.TrimLeft(s, "0")
	for _, n := range []int{8, 12, 13, 14} {
		if len(s) <= n {
			return strings.Repeat("0", n-len(s)) + s
		}
	}
	return s
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
