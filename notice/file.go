package notice

import (
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/table"
)

// File is the name of the kind of file that notices go in and out by.
const File = "notices"

// Kind describes such a file: a row for each lot. What belongs to the notice as a whole may stand in its first row alone.
func Kind() table.Kind {
	return table.Kind{Name: File, Columns: []table.Column{
		{Name: "notice", Need: true, Example: "NatPSA/2022/009/MHRA", Aliases: []string{"number", "alert", "alert_id", "recall_number"}},
		{Name: "regulator", Need: true, Example: "MHRA", Aliases: []string{"issued_by"}},
		{Name: "issued_on", Example: "2022-11-10", Aliases: []string{"issue_date", "date"}},
		{Name: "action", Example: "check"},
		{Name: "product", Need: true, Example: "prenoxad"},
		{Name: "lot", Need: true, Example: "0116917", Aliases: []string{"batch", "lot_number", "batch_number"}},
		{Name: "expiry", Example: "2023-02", Aliases: []string{"expiry_date", "expires"}},
		{Name: "new_expiry", Aliases: []string{"becomes"}},
		{Name: "severity", Example: "National Patient Safety Alert"},
		{Name: "level", Example: "people"},
		{Name: "due_on", Aliases: []string{"due"}},
		{Name: "title", Example: "Check that both needles are there"},
		{Name: "source", Aliases: []string{"url"}},
		{Name: "class", Example: "4"},
		{Name: "text", Aliases: []string{"reason"}},
		{Name: "closed_on", Aliases: []string{"closed"}},
	}}
}

// filed is a notice as a file has it.
type filed struct {
	Notice
	closedOn civil.Date
	row      int   // the first
	rows     []int // of each lot
	cells    map[string]string
	named    map[string]bool // columns that a row has filled in
	broken   bool
}

// fileReader turns rows into notices.
type fileReader struct {
	kind   table.Kind
	snap   *registry.Snapshot
	faults *table.Faults
	all    []*filed
	byKey  map[[2]string]*filed
	row    *table.Row
	at     *filed
}

func newFileReader(rd *table.Reader, snap *registry.Snapshot) *fileReader {
	return &fileReader{kind: Kind(), snap: snap, faults: rd.Faults, byKey: map[[2]string]*filed{}}
}

func (f *fileReader) cell(column string) string { return f.row.Cell(f.kind.Index(column)) }

func (f *fileReader) fault(column, reason string) {
	f.at.broken = true
	f.faults.Add(f.row.Number, column, f.cell(column), reason)
}

// take reads one row.
func (f *fileReader) take(row *table.Row) {
	f.row = row
	key := [2]string{numberKey(f.cell("regulator")), numberKey(f.cell("notice"))}
	f.at = f.byKey[key]
	if f.at == nil {
		f.at = &filed{Notice: Notice{Number: f.cell("notice"), Regulator: f.cell("regulator"), DueOn: civil.None}, closedOn: civil.None, row: row.Number, named: map[string]bool{}, cells: map[string]string{}}
		f.byKey[key] = f.at
		f.all = append(f.all, f.at)
	}
	n := f.at
	head(f, "issued_on", civil.ParseDate, &n.IssuedOn)
	head(f, "action", ParseAction, &n.Action)
	head(f, "severity", asText, &n.Severity)
	head(f, "level", ParseLevel, &n.Level)
	head(f, "due_on", civil.ParseDate, &n.DueOn)
	head(f, "title", asText, &n.Title)
	head(f, "source", asText, &n.Source)
	head(f, "class", parseClass, &n.Class)
	head(f, "text", asText, &n.Text)
	head(f, "closed_on", civil.ParseDate, &n.closedOn)
	n.Lines = append(n.Lines, f.line())
	n.rows = append(n.rows, row.Number)
}

func asText(s string) (string, error) { return s, nil }

func parseClass(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 4 {
		return 0, fault.New(fault.Invalid, "a class is a number from 1 to 4")
	}
	return n, nil
}

// head reads a cell that belongs to the notice as a whole. Two rows that say different things of one notice are a fault.
func head[T any](f *fileReader, column string, parse func(string) (T, error), into *T) {
	text := f.cell(column)
	switch {
	case text == "":
		return
	case f.at.named[column]:
		if f.at.cells[column] != text {
			f.fault(column, "an earlier row of this notice says otherwise; each notice has one")
		}
		return
	}
	v, err := parse(text)
	if err != nil {
		f.fault(column, err.Error())
		return
	}
	f.at.named[column], f.at.cells[column] = true, text
	*into = v
}

// line reads the lot of a row.
func (f *fileReader) line() Line {
	l := Line{Number: f.cell("lot")}
	if p, ok := f.snap.FindProduct(f.cell("product")); ok {
		l.Product = p.ID
	} else if f.cell("product") != "" {
		f.fault("product", f.snap.UnknownProduct(f.cell("product")))
	}
	for column, into := range map[string]*civil.Expiry{"expiry": &l.Expiry, "new_expiry": &l.NewExpiry} {
		e, err := civil.ParseExpiry(f.cell(column))
		if err != nil {
			f.fault(column, err.Error())
		}
		*into = e
	}
	return l
}

// finish completes what rows may leave out, and notes what is wrong with notices as a whole.
func (f *fileReader) finish(today civil.Date) {
	for _, n := range f.all {
		if n.broken {
			continue
		}
		if n.Title == "" && n.Action != 0 {
			n.Title = n.Action.Asks() + ": " + n.Number
		}
		if n.closedOn != civil.None && (n.closedOn > today || n.closedOn < n.IssuedOn) {
			f.faults.Add(n.row, "closed_on", n.closedOn.String(), "a notice is closed after it was issued, and not in the future")
		}
		for _, bad := range n.tidy(f.snap, today) {
			n.report(f.faults, bad)
		}
	}
}

// report puts a fault of a notice at the row and column it came from.
func (n *filed) report(faults *table.Faults, bad *fault.Error) {
	row, column := n.row, bad.Field
	if i, of, ok := lineField(bad.Field); ok && i < len(n.rows) {
		row, column = n.rows[i], of
	}
	switch column {
	case "number":
		column = "notice"
	case "lines":
		column = "lot"
	case "shortened":
		column = "new_expiry"
	}
	value := ""
	if of := n.cells[column]; row == n.row {
		value = of
	}
	reason := bad.Message
	if bad.Next != "" {
		reason += "; " + bad.Next
	}
	faults.Add(row, column, value, reason)
}

// lineField takes "lines.3.lot" apart.
func lineField(field string) (i int, column string, ok bool) {
	rest, found := strings.CutPrefix(field, "lines.")
	number, column, dotted := strings.Cut(rest, ".")
	i, err := strconv.Atoi(number)
	return i, column, found && dotted && err == nil
}

// cells is one row of a file.
func (n *Notice) cells(snap *registry.Snapshot, l Line, closedOn civil.Date) []string {
	product, class := "", ""
	if p := snap.Product(l.Product); p != nil {
		product = p.Code
	}
	if n.Class > 0 {
		class = strconv.Itoa(n.Class)
	}
	return []string{
		n.Number, n.Regulator, n.IssuedOn.String(), n.Action.String(), product, l.Number, l.Expiry.String(), l.NewExpiry.String(), n.Severity, n.Level.String(),
		n.DueOn.String(), n.Title, n.Source, class, n.Text, closedOn.String(),
	}
}
