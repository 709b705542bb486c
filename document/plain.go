package document

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"everykit/fault"
)

// Sizes of the plain PDF: millimetres for places, points for letters.
const (
	margin   = 18.0
	foot     = 20.0
	bodySize = 10.5
	noteSize = 9.0
	leading  = 1.4 // height of a line over the size of its letters
	fontName = "go"

	pages = "\ue000" // stands for the number of pages until it is known; no text has it, since drawn lets it not through
)

// plain writes a PDF without Chromium: the same text, pictures as their words, no tags. The same document gives the same
// bytes.
func (d *Document) plain() ([]byte, error) {
	w := newPlain(d)
	w.front(d)
	for _, c := range d.Chapters {
		w.chapter(c)
	}
	var b bytes.Buffer
	if err := w.f.Output(&b); err != nil {
		return nil, fault.New(fault.Internal, "the PDF could not be written").Because(err)
	}
	return b.Bytes(), nil
}

// plainWriter is a PDF being written.
type plainWriter struct {
	f     *fpdf.Fpdf
	wide  float64 // of the text, mm
	depth float64 // where a page ends for text, mm
	links map[string]int
}

func newPlain(d *Document) *plainWriter {
	f := fpdf.New("P", "mm", "A4", "")
	w := &plainWriter{f: f, links: map[string]int{}}
	f.AddUTF8FontFromBytes(fontName, "", goregular.TTF)
	f.AddUTF8FontFromBytes(fontName, "B", gobold.TTF)
	f.SetCatalogSort(true)
	f.SetCreationDate(instant(d.Made))
	f.SetModificationDate(instant(d.Made))
	f.SetTitle(drawn(d.Title), true)
	f.SetLang(d.language())
	f.SetProducer("Everykit", true)
	f.SetMargins(margin, margin, margin)
	f.SetCellMargin(0)
	f.SetAutoPageBreak(false, foot) // lines are put one by one, each where it fits
	f.AliasNbPages(pages)
	f.SetFooterFunc(func() {
		f.SetY(-foot + 6)
		w.style("", noteSize, 66, 85, 99)
		f.CellFormat(w.wide, 5, printf("Page %d of %s", f.PageNo(), pages), "", 0, "R", false, 0, "")
	})
	width, height := f.GetPageSize()
	w.wide, w.depth = width-2*margin, height-foot
	w.banner(d.Banner)
	f.AddPage()
	return w
}

// style sets letters and their colour.
func (w *plainWriter) style(weight string, size float64, r, g, b int) {
	w.f.SetFont(fontName, weight, size)
	w.f.SetTextColor(r, g, b)
}

// lineHeight is of letters of a size, mm.
func lineHeight(size float64) float64 { return size * leading * 25.4 / 72 }

// room goes to a new page unless so many millimetres are left on this one.
func (w *plainWriter) room(mm float64) {
	if w.f.GetY()+mm > w.depth {
		w.f.AddPage()
	}
}

// gap leaves space, but none at the head of a page.
func (w *plainWriter) gap(mm float64) {
	if w.f.GetY() > margin {
		w.f.SetY(min(w.f.GetY()+mm, w.depth))
	}
}

// lines writes text from a distance to the left margin, and goes over pages where it must. link is one of fpdf's, 0 none.
func (w *plainWriter) lines(text string, weight string, size, indent float64, link int) {
	w.style(weight, size, 33, 43, 50)
	if size == noteSize {
		w.f.SetTextColor(66, 85, 99)
	}
	h := lineHeight(size)
	for _, line := range w.f.SplitText(drawn(text), w.wide-indent) {
		w.room(h)
		w.f.SetX(margin + indent)
		w.f.CellFormat(w.wide-indent, h, line, "", 2, "L", false, link, "")
	}
}

// heading writes one and keeps it with what follows; level is that of the bookmark, below 0 none.
func (w *plainWriter) heading(text string, size float64, level int) {
	w.gap(size * 0.35)
	w.room(lineHeight(size) + 3*lineHeight(bodySize))
	if level >= 0 {
		w.f.SetFont(fontName, "", size) // the letters of a bookmark are those of the font at hand
		w.f.Bookmark(drawn(text), level, w.f.GetY())
	}
	w.lines(text, "B", size, 0, 0)
	w.gap(1.5)
}

func (w *plainWriter) para(text string, size float64) {
	if text == "" {
		return
	}
	w.lines(text, "", size, 0, 0)
	w.gap(2.5)
}

func (w *plainWriter) source(s string) {
	if s != "" {
		w.para("Source: "+s, noteSize)
	}
}

// front writes what stands before the first chapter.
func (w *plainWriter) front(d *Document) {
	w.heading(d.Title, 20, 0)
	if d.Subtitle != "" {
		w.para(d.Subtitle, 13)
	}
	for _, p := range d.Meta {
		w.lines(p.Name+": "+p.Value, "", bodySize, 0, 0)
	}
	if len(d.Chapters) < 2 {
		return
	}
	w.gap(4)
	w.heading(contents, 15, 1)
	for i, c := range d.Chapters {
		link := w.f.AddLink()
		w.links[fragment(c.Key)] = link
		w.lines(printf("%d. ", i+1)+c.Title, "", bodySize, 0, link)
	}
}

func (w *plainWriter) chapter(c Chapter) {
	w.gap(6)
	w.heading(c.Title, 15, 1)
	if link, is := w.links[fragment(c.Key)]; is {
		w.f.SetLink(link, max(margin, w.f.GetY()-lineHeight(15)-2), w.f.PageNo())
	}
	for _, b := range c.Blocks {
		w.block(b)
	}
}

func (w *plainWriter) block(b Block) {
	switch b := b.(type) {
	case Heading:
		w.heading(b.Text, 12, 2)
	case Para:
		w.para(b.Text, bodySize)
	case Points:
		for _, item := range b.Items {
			w.point("\u2022", item, 0)
		}
		w.gap(2)
	case Table:
		w.table(b)
	case Picture:
		w.room(4 * lineHeight(bodySize))
		w.lines(b.Title, "B", 11.5, 0, 0)
		w.para(b.Subtitle, noteSize)
		w.source(b.Source)
		w.para(b.Alt, noteSize)
	case Markdown:
		w.markdown(b.Source)
	}
}

// point writes one item of a list under its mark.
func (w *plainWriter) point(mark, text string, depth int) {
	indent := 5 * float64(depth+1)
	h := lineHeight(bodySize)
	w.room(h)
	y := w.f.GetY()
	w.style("", bodySize, 33, 43, 50)
	w.f.SetX(margin + indent - 4.5)
	w.f.CellFormat(4, h, mark, "", 0, "L", false, 0, "")
	w.f.SetY(y)
	w.lines(text, "", bodySize, indent+1, 0)
}
