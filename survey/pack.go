package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"everykit/measure"
)

// Answers of one respondent are kept in one column: a line each, by question, with the cells
//
//	question, state, number, options, how, at, staff, version, source, text
//
// parted by tabs; options by spaces. In source and text a backslash, a tab and a line's end are written \\, \t and \n. One
// row of a hundred and fifty is read many times quicker so than six thousand rows.
const packedCells = 10

var (
	packText   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`)
	unpackText = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n")
)

func pack(answers map[string]Answer) string {
	list := make([]Answer, 0, len(answers))
	for _, a := range answers {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b Answer) int { return cmp.Compare(a.Question, b.Question) })
	var b strings.Builder
	for _, a := range list {
		number := ""
		if a.Number != nil {
			number = strconv.FormatFloat(*a.Number, 'g', -1, 64)
		}
		fmt.Fprintf(&b, "%s\t%d\t%s\t%s\t%d\t%d\t%d\t%d\t%s\t%s\n", a.Question, a.State, number, strings.Join(a.Options, " "), a.By, a.At.UnixMilli(), a.Staff, a.Version,
			packText.Replace(a.Source), packText.Replace(a.Text))
	}
	return b.String()
}

func unpack(packed string) (map[string]Answer, error) {
	answers := make(map[string]Answer, strings.Count(packed, "\n"))
	for packed != "" {
		var line string
		line, packed, _ = strings.Cut(packed, "\n")
		a, err := unpackLine(line)
		if err != nil {
			return nil, err
		}
		answers[a.Question] = a
	}
	return answers, nil
}

func unpackLine(line string) (a Answer, err error) {
	var cells [packedCells]string
	for i := range cells {
		cells[i], line, _ = strings.Cut(line, "\t")
	}
	var whole [5]int64 // state, how, at, staff, version
	for i, at := range [...]int{1, 4, 5, 6, 7} {
		if whole[i], err = strconv.ParseInt(cells[at], 10, 64); err != nil {
			return a, fmt.Errorf("a stored answer cannot be read: %w", err)
		}
	}
	a = Answer{
		Question: cells[0], State: measure.State(whole[0]), By: By(whole[1]), At: time.UnixMilli(whole[2]), Staff: int(whole[3]), Version: int(whole[4]),
		Source: free(cells[8]), Text: free(cells[9]),
	}
	if cells[2] != "" {
		v, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			return a, fmt.Errorf("a stored answer cannot be read: %w", err)
		}
		a.Number = &v
	}
	if cells[3] != "" {
		a.Options = strings.Split(cells[3], " ")
	}
	return a, nil
}

// free undoes what packing did to a text.
func free(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return unpackText.Replace(s)
}
