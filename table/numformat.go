package table

import "strings"

// shape is what the number of a cell stands for.
type shape uint8

const (
	asNumber  shape = iota
	asDate          // a day, or a day and month
	asMonth         // month and year
	asYear          // a year alone
	asMoment        // a day with a time
	asTime          // a time of day
	asElapsed       // hours that may pass 24
)

// format is what is needed of a cell format to write the cell: its shape, and for numbers the digits shown at least.
type format struct {
	shape shape
	width uint8
}

// builtin gives the formats that have a number and no code: ECMA-376 part 1, section 18.8.30, with those of East Asian
// languages as dates.
func builtin(id int) format {
	switch {
	case id == 17:
		return format{shape: asMonth}
	case id == 22:
		return format{shape: asMoment}
	case id == 46:
		return format{shape: asElapsed}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47:
		return format{shape: asTime}
	case id >= 14 && id <= 16, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return format{shape: asDate}
	}
	return format{}
}

// readFormat reads a format code such as "dd/mm/yyyy" or "0000000": its first section, which is the one for positive
// numbers, without the text in it.
func readFormat(code string) format {
	letters, elapsed := bare(code)
	if n := len(letters); n > 1 && strings.Trim(letters, "0") == "" && n < 256 {
		return format{width: uint8(n)}
	}
	has := func(c string) bool { return strings.ContainsAny(letters, c) }
	year, month, day, clock := has("yY"), has("mM"), has("dD"), has("hHsS")
	switch {
	case elapsed:
		return format{shape: asElapsed}
	case clock && (year || day):
		return format{shape: asMoment}
	case clock:
		return format{shape: asTime}
	case day, month && !year:
		return format{shape: asDate}
	case year && month:
		return format{shape: asMonth}
	case year:
		return format{shape: asYear}
	}
	return format{}
}

// bare takes quoted text, escaped characters, colours, conditions and the sections after the first out of a code. It
// tells whether [h], [mm] or the like was among them.
func bare(code string) (letters string, elapsed bool) {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return b.String(), elapsed
		case '"':
			i += 1 + len(upTo(code[i+1:], '"'))
		case '[':
			inside := upTo(code[i+1:], ']')
			if inside != "" && strings.Trim(strings.ToLower(inside), inside[:1]) == "" && strings.ContainsAny(inside[:1], "hms") {
				elapsed = true
			}
			i += 1 + len(inside)
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), elapsed
}

func upTo(s string, end byte) string {
	if i := strings.IndexByte(s, end); i >= 0 {
		return s[:i]
	}
	return s
}
