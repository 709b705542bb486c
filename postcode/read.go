package postcode

import (
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"everykit/fault"
)

// reader reads one CSV file.
type reader struct {
	name   string
	kind   string // "" if it holds no postcodes
	lines  *lines
	first  []string // of Code-Point Open, which has no header: read, not yet given
	column struct{ code, ended, county, district, health, lat, lon int }
	east   bool // lat and lon are northings and eastings
	line   int
}

// The columns of the directory, whose names change with the year of their codes: lad24cd, cty25cd.
var (
	codeNames     = []*regexp.Regexp{regexp.MustCompile(`^pcds$`), regexp.MustCompile(`^pcd8$`), regexp.MustCompile(`^pcd2$`), regexp.MustCompile(`^pcd7?$`)}
	endedNames    = []*regexp.Regexp{regexp.MustCompile(`^doterm$`)}
	countyNames   = []*regexp.Regexp{regexp.MustCompile(`^cty\d\dcd$`), regexp.MustCompile(`^oscty$`), regexp.MustCompile(`^cty$`)}
	districtNames = []*regexp.Regexp{regexp.MustCompile(`^lad\d\dcd$`), regexp.MustCompile(`^oslaua$`), regexp.MustCompile(`^laua$`)}
	healthNames   = []*regexp.Regexp{regexp.MustCompile(`^(hlth|hlthau|lhb|hb)\d\dcd$`), regexp.MustCompile(`^oshlthau$`), regexp.MustCompile(`^hlthau$`)}
	latNames      = []*regexp.Regexp{regexp.MustCompile(`^lat$`)}
	lonNames      = []*regexp.Regexp{regexp.MustCompile(`^long$`)}
)

// The columns of Code-Point Open, as its guide gives them: postcode, quality, eastings, northings, country, regional health
// authority, health authority, county, district, ward. In quality 90 and over there is no place.
const (
	cpoCode, cpoQuality, cpoEast, cpoNorth, cpoHealth, cpoCounty, cpoDistrict = 0, 1, 2, 3, 6, 7, 8

	cpoColumns = 10
	cpoNoPlace = 90
)

// newReader looks at the first line of a file and sees what it is.
func newReader(name string, from io.Reader) (*reader, error) {
	r := &reader{name: name, lines: newLines(from)}
	first, err := r.lines.next()
	if errors.Is(err, io.EOF) || errors.Is(err, errLine) { // something else
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.line = 1
	if r.header(first) {
		r.kind = Directory
		return r, nil
	}
	if len(first) >= cpoColumns && isPostcode(first[cpoCode]) && isNumber(first[cpoQuality]) && isNumber(first[cpoEast]) && isNumber(first[cpoNorth]) {
		r.kind, r.east = CodePoint, true
		r.column.code, r.column.ended = cpoCode, -1
		r.column.county, r.column.district, r.column.health, r.column.lat, r.column.lon = cpoCounty, cpoDistrict, cpoHealth, cpoNorth, cpoEast
		r.first = first
	}
	return r, nil
}

// header finds the columns of the directory.
func (r *reader) header(first []string) bool {
	find := func(names []*regexp.Regexp) int {
		for _, name := range names {
			for i, h := range first {
				if name.MatchString(strings.ToLower(strings.TrimSpace(h))) {
					return i
				}
			}
		}
		return -1
	}
	c := &r.column
	c.code, c.ended, c.county, c.district, c.health, c.lat, c.lon = find(codeNames), find(endedNames), find(countyNames), find(districtNames), find(healthNames), find(latNames), find(lonNames)
	return c.code >= 0 && c.ended >= 0 && c.district >= 0 && c.lat >= 0 && c.lon >= 0
}

func isPostcode(s string) bool {
	c, err := Parse(s)
	return err == nil && c.Whole()
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil
}

// next reads a row; io.EOF at the end. A fault names the file, the row and the column, not what stands there.
func (r *reader) next(to *row) error {
	cells := r.first
	r.first = nil
	if cells == nil {
		var err error
		cells, err = r.lines.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return fault.New(fault.Invalid, "%s cannot be read after row %d", r.name, r.line).Hint("download the file again; nothing was stored").Because(err)
		}
		if err != nil {
			return err
		}
		r.line++
	}
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return cells[i]
	}
	*to = row{ended: cell(r.column.ended) != ""}
	if to.ended {
		return nil
	}
	typed := cell(r.column.code)
	squeezed, _ := squeeze(typed)
	code, ok := written(squeezed)
	if squeezed == "GIR0AA" { // a bank's own, at no place
		to.nowhere = true
		return nil
	}
	if !ok || !code.Whole() {
		return r.wrong("postcode")
	}
	to.code = code
	to.lies = lies{areaCode(cell(r.column.county)), areaCode(cell(r.column.district)), areaCode(cell(r.column.health))}
	if to.nowhere = r.noPlace(cell); to.nowhere {
		return nil
	}
	lat, err1 := strconv.ParseFloat(cell(r.column.lat), 64)
	lon, err2 := strconv.ParseFloat(cell(r.column.lon), 64)
	if err1 != nil || err2 != nil {
		return r.wrong("place")
	}
	if r.east {
		if !(lon >= 0 && lon <= gridMostE && lat >= 0 && lat <= gridMostN) {
			return r.wrong("place")
		}
		lat, lon = fromGrid(lon, lat)
	}
	if !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) {
		if lat > 99 { // the directory's way of saying that there is none
			to.nowhere = true
			return nil
		}
		return r.wrong("place")
	}
	to.lat, to.lon = lat, lon
	return nil
}

// noPlace reports whether a row says that it has no place.
func (r *reader) noPlace(cell func(int) string) bool {
	lat, lon := cell(r.column.lat), cell(r.column.lon)
	if lat == "" && lon == "" {
		return true
	}
	if r.kind != CodePoint {
		return false
	}
	quality, err := strconv.Atoi(cell(cpoQuality))
	return err == nil && quality >= cpoNoPlace || lat == "0" && lon == "0"
}

// areaCode is the code of an area; empty for what files put where there is none (E99999999).
func areaCode(s string) string {
	if len(s) > 12 || strings.HasSuffix(s, "99999999") {
		return ""
	}
	return strings.ToUpper(s)
}

func (r *reader) wrong(what string) error {
	return fault.New(fault.Invalid, "%s, row %d: the %s cannot be read", r.name, r.line, what).Hint("download the file again; nothing was stored")
}
