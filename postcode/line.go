package postcode

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// longestLine bounds a line, in bytes: those of the directory have a few hundred. No cell of these files has a line break in
// it, so a quote that is never closed cannot swallow the rest of a file.
const longestLine = 64 << 10

var errLine = errors.New("a line is too long, or a quote is not closed")

// lines reads comma-separated lines. What it gives is good until the next line.
type lines struct {
	from  *bufio.Reader
	at    int64 // bytes read
	cells []string
}

func newLines(from io.Reader) *lines {
	b := bufio.NewReaderSize(from, longestLine)
	l := &lines{from: b}
	if head, _ := b.Peek(3); string(head) == "\xef\xbb\xbf" {
		b.Discard(3)
		l.at = 3
	}
	return l
}

// next gives the cells of the next line that is not empty; io.EOF at the end.
func (l *lines) next() ([]string, error) {
	for {
		raw, err := l.from.ReadSlice('\n')
		l.at += int64(len(raw))
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, errLine
		}
		if err != nil && (len(raw) == 0 || !errors.Is(err, io.EOF)) {
			return nil, err
		}
		if raw = bytes.TrimRight(raw, "\r\n"); len(raw) > 0 {
			return l.split(string(raw))
		}
		if err != nil {
			return nil, err
		}
	}
}

// split parts a line at its commas. A cell in quotes may hold commas, and quotes written twice.
func (l *lines) split(s string) ([]string, error) {
	l.cells = l.cells[:0]
	for {
		cell, rest, more := strings.Cut(s, ",")
		if strings.HasPrefix(s, `"`) {
			end := 1
			for {
				n := strings.IndexByte(s[end:], '"')
				if n < 0 {
					return nil, errLine
				}
				end += n + 1
				if !strings.HasPrefix(s[end:], `"`) {
					break
				}
				end++
			}
			cell = s[1 : end-1]
			if strings.IndexByte(cell, '"') >= 0 {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			_, rest, more = strings.Cut(s[end:], ",")
		}
		l.cells = append(l.cells, strings.TrimSpace(cell))
		if !more {
			return l.cells, nil
		}
		s = rest
	}
}
