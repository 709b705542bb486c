package table

import (
	"bufio"
	"errors"
	"io"
	"math"
	"os"

	"everykit/fault"
)

const (
	textInMemory = 8 << 20 // bytes; more goes to a temporary file
	mostTexts    = 8 << 20 // different texts in one workbook
	endsBlock    = 64 << 10
)

// sharedText is the table of texts that the cells of a workbook point into. It may be as large as the sheet, so past
// 8 MB it lies in a temporary file; memory holds only where each text ends.
type sharedText struct {
	memory []byte
	file   *os.File
	out    *bufio.Writer
	size   int64
	count  int
	ends   [][]uint32 // in blocks, so that growing copies nothing
}

// readSharedText reads the part sharedStrings.xml.
func readSharedText(p *part) (*sharedText, error) {
	t := &sharedText{}
	err := t.read(p)
	if err == nil && t.out != nil {
		if err = t.out.Flush(); err != nil {
			err = noRoom(err)
		}
	}
	if err = errors.Join(err, p.close()); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *sharedText) read(p *part) error {
	var text texts
	for {
		token, err := p.token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if text.take(token); len(text.buf) > longestToken {
			return damaged(errLongToken)
		}
		if token.is(endTag, "si") {
			if err := t.add(unescape(string(text.buf))); err != nil {
				return err
			}
			text.buf = text.buf[:0]
		}
	}
}

func (t *sharedText) add(s string) error {
	if t.count == mostTexts || t.size+int64(len(s)) > math.MaxUint32 {
		return fault.New(fault.Invalid, "this workbook holds more text than can be read").Hint("save the sheet as CSV")
	}
	if t.out == nil && len(t.memory)+len(s) > textInMemory {
		if err := t.spill(); err != nil {
			return err
		}
	}
	if t.out == nil {
		t.memory = append(t.memory, s...)
	} else if _, err := t.out.WriteString(s); err != nil {
		return noRoom(err)
	}
	t.size += int64(len(s))
	if t.count%endsBlock == 0 {
		t.ends = append(t.ends, nil)
	}
	last := len(t.ends) - 1
	t.ends[last] = append(t.ends[last], uint32(t.size))
	t.count++
	return nil
}

// spill moves the text to a file. Where the system allows it the file loses its name at once, so that it cannot be
// left behind.
func (t *sharedText) spill() error {
	f, err := os.CreateTemp("", "everykit-text-")
	if err != nil {
		return noRoom(err)
	}
	_ = os.Remove(f.Name())
	t.file, t.out = f, bufio.NewWriterSize(f, 64<<10)
	if _, err = t.out.Write(t.memory); err != nil {
		return noRoom(err)
	}
	t.memory = nil
	return nil
}

func noRoom(cause error) error {
	return fault.New(fault.Unavailable, "there is no room for a temporary file").Hint("make room, or save the sheet as CSV").Because(cause)
}

func (t *sharedText) end(i int) int64 {
	if i < 0 {
		return 0
	}
	return int64(t.ends[i/endsBlock][i%endsBlock])
}

// get gives text i. It is false if there is none of that number.
func (t *sharedText) get(i int) (string, bool, error) {
	if t == nil || i < 0 || i >= t.count {
		return "", false, nil
	}
	start, end := t.end(i-1), t.end(i)
	if t.file == nil {
		return string(t.memory[start:end]), true, nil
	}
	b := make([]byte, end-start)
	_, err := t.file.ReadAt(b, start)
	return string(b), true, err
}

func (t *sharedText) close() error {
	if t == nil || t.file == nil {
		return nil
	}
	err := t.file.Close()
	_ = os.Remove(t.file.Name()) // it is mostly gone already
	t.file = nil
	return err
}

// texts gathers what stands in the t elements of rich or plain text, without the reading aids (rPh) of Japanese.
type texts struct {
	buf   []byte
	in    bool
	aside int
}

func (x *texts) take(t *token) {
	switch t.kind {
	case charData:
		if x.in {
			x.buf = append(x.buf, t.text...)
		}
	case startTag:
		switch string(t.name) {
		case "t":
			x.in = x.aside == 0
		case "rPh":
			x.aside++
		}
	case endTag:
		switch string(t.name) {
		case "t":
			x.in = false
		case "rPh":
			x.aside = max(0, x.aside-1)
		}
	}
}
