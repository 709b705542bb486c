package table

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"everykit/fault"
)

// mostDirectory is how many bytes the list of parts of an archive may have: it is read into memory whole, and that of
// a real workbook is a few thousand bytes.
const mostDirectory = 1 << 20

// workbook is an opened XLSX file: its parts by name, in lower case, for programs disagree about case.
type workbook struct {
	parts   map[string]*zip.File
	main    string            // the part that lists the sheets
	related map[string]string // parts by the id by which main names them
	styles  string
	texts   string // the part with the shared text
	sheet   string // the part of the first sheet that is not hidden
	is1904  bool
	formats []format
	text    *sharedText
}

// openWorkbook reads all that is needed before the first row.
func openWorkbook(r io.ReaderAt, name string, size int64) (source, error) {
	w := &workbook{parts: map[string]*zip.File{}, related: map[string]string{}}
	s, err := w.open(r, size)
	if err == nil {
		return s, nil
	}
	err = errors.Join(err, w.text.close())
	var f *fault.Error
	if errors.As(err, &f) {
		f.Message = name + ": " + f.Message
		return nil, f
	}
	return nil, err
}

func (w *workbook) open(r io.ReaderAt, size int64) (*sheet, error) {
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	for _, f := range archive.File {
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	for _, read := range []func() error{w.findParts, w.findSheet, w.readStyles, w.readText} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	p, err := openPart(w.parts[w.sheet], 0)
	if err != nil {
		return nil, err
	}
	return &sheet{part: p, book: w, limit: mostColumns}, nil
}

// checkDirectory looks at the end of an archive, before anything is read from it, for the size of its list of parts.
// Layout: APPNOTE.TXT of PKWARE, section 4.3.16.
func checkDirectory(r io.ReaderAt, size int64) error {
	const end = 22 // bytes of the record that ends an archive, without its comment
	tail := make([]byte, min(size, 1<<16+end))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return damaged(err)
	}
	for i := len(tail) - end; i >= 0; i-- {
		if string(tail[i:i+4]) != "PK\x05\x06" || i+end+int(binary.LittleEndian.Uint16(tail[i+20:])) > len(tail) {
			continue
		}
		if binary.LittleEndian.Uint32(tail[i+12:]) > mostDirectory {
			return fault.New(fault.Invalid, "this archive has far more parts than a workbook").Hint("save the sheet as CSV")
		}
		return nil
	}
	return damaged(errors.New("no end of archive"))
}

// findParts follows the relations from the archive to the workbook and from that to its parts. Their names are mostly
// the same, but nothing says that they must be.
func (w *workbook) findParts() error {
	w.main = "xl/workbook.xml"
	if err := w.each("_rels/.rels", func(t *token) {
		if strings.HasSuffix(t.attr("Type"), "/officeDocument") {
			w.main = resolve("", t.attr("Target"))
		}
	}); err != nil {
		return err
	}
	if w.parts[w.main] == nil || !strings.HasSuffix(w.main, ".xml") {
		return fault.New(fault.Invalid, "this is an archive, but not an XLSX workbook").
			Hint("if it is a spreadsheet of another format, save it as XLSX or as CSV (UTF-8)")
	}
	folder, file := path.Split(w.main)
	return w.each(folder+"_rels/"+file+".rels", func(t *token) {
		target := resolve(folder, t.attr("Target"))
		switch kind := t.attr("Type"); kind[strings.LastIndexByte(kind, '/')+1:] {
		case "worksheet":
			w.related[t.attr("Id")] = target
		case "styles":
			w.styles = target
		case "sharedStrings":
			w.texts = target
		}
	})
}

// resolve gives the name of a part that is named from a folder.
func resolve(folder, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = "/" + folder + target
	}
	return strings.ToLower(path.Clean(target)[1:])
}

// findSheet finds the part of the first sheet that can be seen, and how the workbook counts days.
func (w *workbook) findSheet() error {
	var first, seen string
	if err := w.each(w.main, func(t *token) {
		switch string(t.name) {
		case "workbookPr":
			on := t.attr("date1904")
			w.is1904 = on == "1" || on == "true"
		case "sheet":
			part, ok := w.related[relation(t)]
			if !ok {
				return // a chart, or a macro sheet
			}
			if first == "" {
				first = part
			}
			if state := t.attr("state"); seen == "" && state != "hidden" && state != "veryHidden" {
				seen = part
			}
		}
	}); err != nil {
		return err
	}
	w.sheet = seen
	if seen == "" {
		w.sheet = first
	}
	if w.parts[w.sheet] == nil {
		return damaged(errors.New("no first sheet"))
	}
	return nil
}

// relation gives the id by which a sheet names its part: "id" with a prefix, which tells it from an id without one.
func relation(t *token) string {
	for _, a := range t.attrs {
		if a.prefixed && string(a.name) == "id" {
			return string(a.value)
		}
	}
	return ""
}

// readStyles reads what each cell format makes of a number.
func (w *workbook) readStyles() error {
	codes := map[string]format{}
	cells := false
	return w.each(w.styles, func(t *token) {
		switch string(t.name) {
		case "numFmt":
			codes[t.attr("numFmtId")] = readFormat(t.attr("formatCode"))
		case "cellXfs":
			cells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			cells = false
		case "xf":
			if !cells {
				return
			}
			id := t.attr("numFmtId")
			form, ok := codes[id]
			if n, err := strconv.Atoi(id); !ok && err == nil {
				form = builtin(n)
			}
			w.formats = append(w.formats, form)
		}
	})
}

func (w *workbook) readText() error {
	f := w.parts[w.texts]
	if f == nil {
		return nil
	}
	p, err := openPart(f, 0)
	if err == nil {
		w.text, err = readSharedText(p)
	}
	return err
}

// each calls f for every start tag of a small part; a part that is not there has none.
func (w *workbook) each(name string, f func(*token)) error {
	file := w.parts[name]
	if file == nil {
		return nil
	}
	p, err := openPart(file, smallPart)
	if err != nil {
		return err
	}
	return p.each(f)
}
