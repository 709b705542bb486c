package notice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/table"
)

// mostPasted bounds a pasted text, in bytes.
const mostPasted = 1 << 18

// headers are words that stand above a column of lots and are no lot themselves.
var headers = []string{"lot", "lots", "lot_number", "lot_no", "batch", "batch_number", "batch_no", "batches", "lot_numbers", "batch_numbers"}

// Paste reads lots as people copy them out of a letter or a spreadsheet, one a line: "0116917", "0116917 2023-02", with
// tabs, commas or semicolons between if there are any, and after the expiry the new one where a notice changes it. Empty
// lines and a line of headings at the top are left out. The lots that can be read are given even if others cannot; a fault
// is at "paste.3" for the third line of the text. What could be read in two ways is a fault and never a guess.
func Paste(snap *registry.Snapshot, product int, text string) ([]Line, fault.List) {
	var bad fault.List
	if snap.Product(product) == nil {
		bad = append(bad, fault.New(fault.Invalid, "choose the product of these lots").At("product"))
	}
	if len(text) > mostPasted {
		return nil, append(bad, fault.New(fault.Invalid, "this is too much text for a list of lots").At("paste").Hint("import it as a file"))
	}
	var lines []Line
	seen := map[string]int{}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(text)
	for i, row := range strings.Split(text, "\n") {
		fields := pasted(row)
		if len(fields) == 0 || (len(lines) == 0 && len(seen) == 0 && slices.Contains(headers, table.Fold(fields[0]))) {
			continue
		}
		line, words := pastedLine(fields)
		if words == "" {
			if first := seen[numberKey(line.Number)]; first > 0 {
				words = "lot " + line.Number + " stands in line " + strconv.Itoa(first) + " already"
			}
		}
		if words != "" {
			bad = append(bad, fault.New(fault.Invalid, "line %d: %s", i+1, words).At(fmt.Sprintf("paste.%d", i+1)))
			continue
		}
		line.Product = product
		seen[numberKey(line.Number)] = i + 1
		if lines = append(lines, line); len(lines) > MostLines {
			return lines[:MostLines], append(bad, fault.New(fault.Invalid, "a notice names at most %d lots", MostLines).At("paste"))
		}
	}
	return lines, bad
}

// pasted splits a row into lot, expiry and new expiry, as far as they are there: at tabs, semicolons or commas if it has
// any, else at spaces.
func pasted(row string) []string {
	row = strings.TrimSpace(row)
	if row == "" {
		return nil
	}
	for _, sep := range []string{"\t", ";", ","} {
		if strings.Contains(row, sep) {
			fields := strings.Split(row, sep)
			for i, f := range fields {
				fields[i] = strings.TrimSpace(strings.Trim(strings.TrimSpace(f), `"`))
			}
			for len(fields) > 0 && fields[len(fields)-1] == "" {
				fields = fields[:len(fields)-1]
			}
			return fields
		}
	}
	return splitSpaced(strings.Fields(strings.Trim(row, `"`)))
}

// splitSpaced parts words at spaces: those at the end that are dates are the expiries, what stands before them is the lot,
// which may have spaces in it.
func splitSpaced(words []string) []string {
	end := len(words)
	for end > 1 && len(words)-end < 2 && isDate(words[end-1]) {
		end--
	}
	if end == 0 {
		return nil
	}
	return append([]string{strings.Join(words[:end], " ")}, words[end:]...)
}

// isDate reports whether a word can be nothing but an expiry: six digits may as well be part of a lot's number.
func isDate(word string) bool {
	if _, err := strconv.Atoi(word); err == nil {
		return false
	}
	_, err := civil.ParseExpiry(word)
	return err == nil
}

// pastedLine reads the fields of a row.
func pastedLine(fields []string) (line Line, words string) {
	if len(fields) > 3 {
		return line, "there is more here than a lot, its expiry and a new expiry"
	}
	line.Number = fields[0]
	if words := lotFault(line.Number); words != "" {
		return line, words
	}
	if strings.ContainsAny(line.Number, ",;") {
		return line, "some of this line is parted by commas and some not: use one kind of mark between lot and date"
	}
	if last := strings.Fields(line.Number); len(fields) == 1 && len(last) > 1 && len(last[len(last)-1]) == 6 && allDigits(last[len(last)-1]) {
		return line, "is " + last[len(last)-1] + " part of the lot number, or a date? Put a comma between if it is a date, or take the space away"
	}
	for i, f := range fields[1:] {
		e, err := civil.ParseExpiry(f)
		if err != nil {
			return line, fmt.Sprintf("%.40q is not a date as packs have it, such as 2023-02", f)
		}
		if i == 0 {
			line.Expiry = e
		} else {
			line.NewExpiry = e
		}
	}
	return line, ""
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
