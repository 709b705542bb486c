package table

import (
	"bytes"
	"io"
)

// The buffer of an xmlScanner: what was read and not yet used, from pos to end.

// want reads until n bytes are there; io.EOF if the input ends before.
func (x *xmlScanner) want(n int) error {
	for x.end-x.pos < n {
		if err := x.fill(); err != nil {
			return err
		}
	}
	return nil
}

// until gives what stands between the first skip bytes and the words that end it, and passes over all three.
func (x *xmlScanner) until(skip int, end string) ([]byte, error) {
	for from := skip; ; {
		if from <= x.end-x.pos {
			if i := bytes.Index(x.buf[x.pos+from:x.end], []byte(end)); i >= 0 {
				inside := x.buf[x.pos+skip : x.pos+from+i]
				x.pos += from + i + len(end)
				return inside, nil
			}
			from = max(skip, x.end-x.pos-len(end)+1)
		}
		if err := x.fill(); err != nil {
			return nil, unexpected(err)
		}
	}
}

// untilTagEnd gives what stands between < and the > that ends the tag, which is none within quotes, and passes over
// all of it.
func (x *xmlScanner) untilTagEnd() ([]byte, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		if i >= x.end-x.pos {
			if err := x.fill(); err != nil {
				return nil, unexpected(err)
			}
		}
		switch c := x.buf[x.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			inside := x.buf[x.pos+1 : x.pos+i]
			x.pos += i + 1
			if len(inside) == 0 {
				return nil, errXML
			}
			return inside, nil
		}
	}
}

// fill reads more, behind what is there. A buffer that is full of one token grows up to longestToken.
func (x *xmlScanner) fill() error {
	if x.eof {
		return io.EOF
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= longestToken {
			return errLongToken
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		x.read += int64(n)
		if err == io.EOF {
			x.eof = true
		} else if err != nil {
			return err
		}
		if n > 0 || x.eof {
			if n == 0 {
				return io.EOF
			}
			return nil
		}
	}
	return io.ErrNoProgress
}

// unexpected is for an end in the middle of a token.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
