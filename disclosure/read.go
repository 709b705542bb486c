package disclosure

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
)

// Reading says how published tables are to be read.
type Reading struct {
	Rule   Rule     // by which they are said to be protected
	Totals []string // further names of totals, beside Total, All and the like
	Value  string   // the column of counts, where each row is one cell; empty: a column named so is looked for (values), else the table has a column for each label
}

// File is one published table.
type File struct {
	Name string
	Body io.Reader
}

// names are what totals and columns are called, in lower case.
var (
	totals = []string{"total", "totals", "all", "sum", "everybody", "any"}
	values = []string{"value", "count", "kits", "supplies", "number", "n", "people"}
	asides = []string{"state", "mark", "name", "source", "edition", "unit", "definition"} // say nothing of which cell it is
)

// ReadTables makes releases of published CSV files, so that Attack can try them: each file is an edition of one table, the
// oldest first. Either the first column names the rows and the header the columns, or one column has the counts and the others say
// which cell it is (columns such as name and state are passed over). A label that is called total (or all, or as Totals says) is
// the sum over the other labels of its row or column. [c] is hidden; an empty cell and [x] are not there, and no sum that would
// need them is supposed.
//
// Files do not say what was revised. A shown number that differs from the one before was; a hidden one is taken to be what it
// was, and Attack finds out whether that can be.
func ReadTables(how Reading, files ...File) ([]Release, error) {
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "there is no file to look at").Hint("name one CSV file or more, the oldest edition first")
	}
	var list []Release
	for _, f := range files {
		r, err := how.read(f)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	link(list)
	return list, nil
}

// written is one cell as a file has it.
type written struct {
	labels []string
	text   string
	row    int
}

func (how Reading) read(f File) (Release, error) {
	in := csv.NewReader(f.Body)
	in.FieldsPerRecord = -1
	records, err := in.ReadAll()
	if err != nil {
		return Release{}, fault.New(fault.Invalid, "%s cannot be read as CSV", f.Name).Hint("save it as CSV in UTF-8, with commas").Because(err)
	}
	if len(records) < 2 {
		return Release{}, fault.New(fault.Invalid, "%s has no rows under its header", f.Name)
	}
	records[0][0] = strings.TrimPrefix(records[0][0], "\ufeff")
	for i, r := range records {
		if len(r) != len(records[0]) {
			return Release{}, fault.New(fault.Invalid, "%s, row %d: %d cells, and the header has %d", f.Name, i+1, len(r), len(records[0]))
		}
	}
	cells, err := how.cells(f.Name, records)
	if err != nil {
		return Release{}, err
	}
	return how.release(f.Name, cells)
}

// cells takes a file apart.
func (how Reading) cells(name string, records [][]string) ([]written, error) {
	header := make([]string, len(records[0]))
	for i, h := range records[0] {
		header[i] = fold(h)
	}
	at := -1
	if how.Value != "" {
		if at = slices.Index(header, fold(how.Value)); at < 0 {
			return nil, fault.New(fault.Invalid, "%s has no column %q", name, how.Value).Hint("its columns are %s", strings.Join(records[0], ", "))
		}
	} else {
		for i, h := range header {
			if slices.Contains(values, h) && len(header) > 1 {
				if at >= 0 {
					return nil, fault.New(fault.Invalid, "%s has two columns that may be the counts: %s and %s", name, records[0][at], records[0][i]).Hint("say which one it is")
				}
				at = i
			}
		}
	}
	var list []written
	for n, r := range records[1:] {
		if at < 0 {
			for i := 1; i < len(r); i++ {
				list = append(list, written{[]string{r[0], records[0][i]}, r[i], n + 2})
			}
			continue
		}
		var labels []string
		for i, v := range r {
			if i != at && !slices.Contains(asides, header[i]) {
				labels = append(labels, v)
			}
		}
		list = append(list, written{labels, r[at], n + 2})
	}
	return list, nil
}

// release makes cells and the sums that labels named total stand for.
func (how Reading) release(name string, list []written) (Release, error) {
	r := Release{Rule: how.Rule, public: true}
	seen := map[string]int{}
	var at []written
	for _, e := range list {
		text := strings.ReplaceAll(strings.TrimSpace(e.text), ",", "")
		if text == "" || strings.EqualFold(text, "[x]") {
			continue
		}
		c := Cell{ID: id(e.labels)}
		if before, twice := seen[c.ID]; twice {
			return r, fault.New(fault.Invalid, "%s, row %d: %q is there already, in row %d", name, e.row, c.ID, before)
		}
		seen[c.ID] = e.row
		if strings.EqualFold(text, Mark) {
			c.Hidden = true
		} else {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil || n < 0 {
				return r, fault.New(fault.Invalid, "%s, row %d: %q is no count and not %s", name, e.row, e.text, Mark).Hint("a column of words or of ratios is no part of the table: leave it out, or name the column of counts")
			}
			c.Shown, c.Value = n, n
		}
		r.Cells = append(r.Cells, c)
		at = append(at, e)
	}
	if len(at) == 0 {
		return r, fault.New(fault.Invalid, "%s has no counts", name)
	}
	// A total is the sum over the labels of one dimension, the others being the same.
	for d := range at[0].labels {
		type line struct {
			total string
			parts []string
		}
		lines := map[string]*line{}
		var order []string
		all := map[string]bool{} // labels of this dimension
		for _, e := range at {
			rest := id(slices.Delete(slices.Clone(e.labels), d, d+1))
			l := lines[rest]
			if l == nil {
				l = &line{}
				lines[rest] = l
				order = append(order, rest)
			}
			if how.isTotal(e.labels[d]) {
				l.total = id(e.labels)
			} else {
				l.parts = append(l.parts, id(e.labels))
				all[e.labels[d]] = true
			}
		}
		for _, rest := range order {
			if l := lines[rest]; l.total != "" && len(l.parts) == len(all) && len(all) > 0 {
				r.Sums = append(r.Sums, Sum{l.total, l.parts})
			}
		}
	}
	return r, nil
}

func (how Reading) isTotal(label string) bool {
	f := fold(label)
	return slices.Contains(totals, f) || slices.ContainsFunc(how.Totals, func(t string) bool { return fold(t) == f })
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func id(labels []string) string { return strings.Join(labels, " | ") }

// link gives each cell its revision: a new one where a shown number is another than the last one shown.
func link(list []Release) {
	type last struct {
		shown    int64
		known    bool
		revision int
	}
	at := map[string]last{}
	for i := range list {
		for j := range list[i].Cells {
			c := &list[i].Cells[j]
			l := at[c.ID]
			if !c.Hidden {
				if l.known && l.shown != c.Shown {
					l.revision++
				}
				l.shown, l.known = c.Shown, true
			}
			c.Revision = l.revision
			at[c.ID] = l
		}
	}
}
