package document

import (
	"fmt"
	"strings"
)

const cellPad = 1.2 // mm, at each side

// cellSizes are those that the letters of a table may have: the first that no word or number has to be broken in, else the
// last.
var cellSizes = []float64{8.5, 7.5, 6.5, 5.5}

func printf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// table writes a table that may go over many pages, with its head repeated on each.
func (w *plainWriter) table(t Table) {
	w.gap(2)
	w.room(5 * lineHeight(bodySize))
	if t.Caption != "" {
		w.lines(t.Caption, "B", bodySize, 0, 0)
		w.gap(1)
	}
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		w.para(nothing, bodySize)
	} else {
		g := w.grid(t)
		w.style("B", g.size, 33, 43, 50)
		head := g.wrap(w, labels(t), "B")
		g.row(w, head, "B", true)
		for _, r := range t.Rows {
			weight := ""
			if r.Total {
				weight = "B"
			}
			g.body(w, r, head, weight)
		}
		w.gap(2)
	}
	for _, n := range t.Notes {
		w.para(n, noteSize)
	}
	w.source(t.Source)
}

func labels(t Table) Row {
	r := Row{}
	for _, c := range t.Columns {
		r.Cells = append(r.Cells, c.Label)
	}
	return r
}

// grid is where the columns of a table stand.
type grid struct {
	columns []Column
	wide    []float64 // mm
	size    float64   // of the letters
}

// grid gives each column at least its longest word, in smaller letters if need be and as far as the page allows, and parts the
// rest by how much text there is.
func (w *plainWriter) grid(t Table) grid {
	g := grid{columns: t.Columns, wide: make([]float64, len(t.Columns))}
	var least, most []float64
	for _, g.size = range cellSizes {
		if least, most = w.needs(t, g.size); sum(least) <= w.wide {
			break
		}
	}
	share(g.wide, least, most, w.wide)
	return g
}

// needs measures the columns of a table in letters of a size: the longest word of each, and the longest cell.
func (w *plainWriter) needs(t Table, size float64) (least, most []float64) {
	n := len(t.Columns)
	least, most = make([]float64, n), make([]float64, n)
	measure := func(r Row, weight string) {
		w.f.SetFont(fontName, weight, size)
		for i := range n {
			text := drawn(r.cell(i))
			most[i] = max(most[i], w.f.GetStringWidth(text)+2*cellPad+0.5)
			for _, word := range strings.Fields(text) {
				least[i] = max(least[i], w.f.GetStringWidth(word)+2*cellPad+0.5)
			}
		}
	}
	measure(labels(t), "B")
	for _, r := range t.Rows {
		weight := ""
		if r.Total {
			weight = "B"
		}
		measure(r, weight)
	}
	return least, most
}

// share parts a width among columns: all they want if it is there, else what they need and a part of the rest, else, where
// even that is too much, so much of what they need as there is.
func share(wide, least, most []float64, total float64) {
	need, want := sum(least), sum(most)
	for i := range wide {
		switch {
		case want <= total:
			wide[i] = most[i] + (total-want)*most[i]/max(want, 1)
		case need <= total:
			wide[i] = least[i] + (total-need)*(most[i]-least[i])/max(want-need, 1)
		default:
			wide[i] = least[i] * total / need
		}
	}
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}

// wrap breaks the cells of a row into lines.
func (g grid) wrap(w *plainWriter, r Row, weight string) [][]string {
	w.f.SetFont(fontName, weight, g.size)
	cells := make([][]string, len(g.columns))
	for i := range g.columns {
		cells[i] = w.f.SplitText(drawn(r.cell(i)), g.wide[i]-2*cellPad)
	}
	return cells
}

func tallest(cells [][]string) int {
	n := 1
	for _, c := range cells {
		n = max(n, len(c))
	}
	return n
}

// body writes a row of the table under its head; one that is taller than what is left goes to the next page, and one
// taller than a page is cut.
func (g grid) body(w *plainWriter, r Row, head [][]string, weight string) {
	cells := g.wrap(w, r, weight)
	h := lineHeight(g.size)
	for first := true; first || tallest(cells) > 0 && left(cells); first = false {
		fit := int((w.depth - w.f.GetY() - 1.5) / h)
		need := tallest(cells)
		if fit < min(need, 20) {
			w.f.AddPage()
			g.row(w, head, "B", true)
			fit = int((w.depth - w.f.GetY() - 1.5) / h)
		}
		fit = max(fit, 1)
		part := make([][]string, len(cells))
		for i, c := range cells {
			n := min(fit, len(c))
			part[i], cells[i] = c[:n], c[n:]
		}
		g.row(w, part, weight, false)
	}
}

func left(cells [][]string) bool {
	for _, c := range cells {
		if len(c) > 0 {
			return true
		}
	}
	return false
}

// row puts wrapped cells side by side with a rule under them.
func (g grid) row(w *plainWriter, cells [][]string, weight string, head bool) {
	h := lineHeight(g.size)
	y, tall := w.f.GetY(), float64(tallest(cells))*h
	w.style(weight, g.size, 33, 43, 50)
	x := margin
	for i, c := range cells {
		align := "L"
		if g.columns[i].Numeric {
			align = "R"
		}
		top := y
		if head {
			top += tall - float64(len(c))*h // heads stand on their rule
		}
		for j, line := range c {
			w.f.SetXY(x+cellPad, top+float64(j)*h)
			w.f.CellFormat(g.wide[i]-2*cellPad, h, line, "", 0, align, false, 0, "")
		}
		x += g.wide[i]
	}
	w.f.SetDrawColor(216, 221, 224)
	w.f.SetLineWidth(0.2)
	if head {
		w.f.SetDrawColor(66, 85, 99)
		w.f.SetLineWidth(0.5)
	}
	w.f.Line(margin, y+tall+0.6, margin+w.wide, y+tall+0.6)
	w.f.SetXY(margin, y+tall+1.2)
}
