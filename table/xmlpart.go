package table

import (
	"archive/zip"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"everykit/fault"
)

const (
	smallPart = 16 << 20 // bytes of a part that is not a sheet or its text
	trusted   = 32 << 20 // bytes up to which nobody asks how well a part was packed
	packing   = 100      // times that a larger part may be larger than its packed form; real sheets stay under 30
)

// part reads the XML of one part of a workbook.
type part struct {
	*xmlScanner
	body io.Closer
	size int64
}

// openPart opens a part. One that is larger than most bytes (0: no limit), or packed better than any honest one, is
// refused before it is read: the archive reader holds every part to the size it claims.
func openPart(f *zip.File, most uint64) (*part, error) {
	size, packed := f.UncompressedSize64, f.CompressedSize64
	if (most > 0 && size > most) || (size > trusted && size/packing > packed) {
		return nil, fault.New(fault.Invalid, "this workbook unpacks to far more than a table needs").
			Hint("copy the rows into a new workbook, or save the sheet as CSV")
	}
	body, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &part{xmlScanner: newXMLScanner(body), body: body, size: int64(size)}, nil
}

// token gives the next tag or text, io.EOF at the end. It is good until the next call.
func (p *part) token() (*token, error) {
	t, err := p.next()
	if err != nil && err != io.EOF {
		return nil, damaged(err)
	}
	return t, err
}

// each calls f for every start tag.
func (p *part) each(f func(*token)) error {
	for {
		t, err := p.token()
		if err == io.EOF {
			return p.close()
		} else if err != nil {
			return errors.Join(err, p.close())
		}
		if t.kind == startTag {
			f(t)
		}
	}
}

func (p *part) close() error { return p.body.Close() }

func damaged(cause error) error {
	return fault.New(fault.Invalid, "this workbook is damaged").Hint("open it in a spreadsheet program, save it anew and give that file").Because(cause)
}

// unescape reads the _x000D_ by which workbooks write characters that XML cannot hold.
func unescape(s string) string {
	at := strings.Index(s, "_x")
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.Index(s, "_x") {
		b.WriteString(s[:at])
		s = s[at:]
		if escaped(s) {
			n, _ := strconv.ParseUint(s[2:6], 16, 16) // escaped has seen that it is a number
			if r := rune(n); utf8.ValidRune(r) {
				b.WriteRune(r)
				s = s[7:]
				continue
			}
		}
		b.WriteByte('_')
		s = s[1:]
	}
	b.WriteString(s)
	return b.String()
}
