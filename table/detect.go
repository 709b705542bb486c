package table

import (
	"bufio"
	"bytes"
	"io"

	"everykit/fault"

	"golang.org/x/text/encoding/unicode"
)

// peeked is how much of a file is looked at to see what it is. The header of a CSV file must fit.
const peeked = 64 << 10

// detect sees what a file is by its first bytes and makes the source that reads it.
func detect(r io.ReadSeeker, name string, size int64, kind Kind) (source, error) {
	counted := &counter{r: r, size: size}
	in := bufio.NewReaderSize(counted, 4*peeked)
	head, err := in.Peek(peeked)
	if err != nil && err != io.EOF {
		return nil, err
	}
	refuse := func(what, next string) error {
		return fault.New(fault.Invalid, "%s is %s", name, what).Hint("%s", next)
	}
	const save = "save it as CSV (UTF-8) or as XLSX and give that file"
	switch {
	case len(head) == 0:
		return nil, refuse("empty", kind.templateHint())
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		if size <= 0 {
			if size, err = r.Seek(0, io.SeekEnd); err != nil {
				return nil, err
			}
		}
		return openWorkbook(readerAt(r), name, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return nil, refuse("a spreadsheet of the old format (.xls) or one with a password", save)
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return nil, refuse("a PDF, not a table", "ask for the table as CSV or XLSX")
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		in = bufio.NewReaderSize(utf16.NewDecoder().Reader(in), 4*peeked)
		if head, err = in.Peek(peeked); err != nil && err != io.EOF {
			return nil, err
		}
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		if _, err := in.Discard(3); err != nil {
			return nil, err
		}
		head = head[3:]
	}
	if first, _, _ := bytes.Cut(head, []byte("\n")); bytes.IndexByte(first, 0) >= 0 {
		return nil, refuse("neither CSV nor XLSX", save)
	}
	if bytes.IndexByte(bytes.TrimRight(head, "\r"), '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 {
		in = bufio.NewReaderSize(&returns{in}, 4*peeked) // rows that end with CR alone, as old Macs wrote them
		if head, err = in.Peek(peeked); err != nil && err != io.EOF {
			return nil, err
		}
	}
	return newScanner(in, head, kind, counted)
}

// counter counts the bytes that were read from a file.
type counter struct {
	r    io.Reader
	done int64
	size int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.done += int64(n)
	return n, err
}

// returns makes line feeds of carriage returns.
type returns struct{ r io.Reader }

func (t *returns) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// readerAt gives random access, which an archive needs, to what can only seek.
func readerAt(r io.ReadSeeker) io.ReaderAt {
	if at, ok := r.(io.ReaderAt); ok {
		return at
	}
	return &seeking{r}
}

type seeking struct{ r io.ReadSeeker }

func (s *seeking) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}
