package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longestToken is how many bytes one tag or one run of text may have. A cell holds 32,767 letters at most.
const longestToken = 512 << 10

var (
	errLongToken = errors.New("a tag or text in the workbook is too long")
	errXML       = errors.New("XML that is not well formed")
	errDoctype   = errors.New("a document type in the workbook") // none has one, but attacks do
	errEncoding  = errors.New("XML in another encoding than UTF-8")
)

// xmlScanner reads XML tag by tag. It is for the plain XML that workbooks are made of, ten times as fast as the
// decoder of the standard library, and it never holds more than one tag or text, which that one gathers at any length.
// Prefixes of names are dropped. That each tag is closed in its turn is not checked. The tests hold it beside
// encoding/xml.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	started  bool
	read     int64
	tok      token
	closing  bool // tok was <name/>, so its end comes next
	scratch  []byte
}

type tokenKind uint8

const (
	startTag tokenKind = iota
	endTag
	charData
)

// token is a tag or a text. It stays until the next one is read.
type token struct {
	kind  tokenKind
	name  []byte // of a tag, without prefix
	text  []byte
	attrs []attribute
}

type attribute struct {
	name, value []byte
	prefixed    bool
}

func newXMLScanner(r io.Reader) *xmlScanner { return &xmlScanner{r: r, buf: make([]byte, 64<<10)} }

// is tells a tag of this kind and name.
func (t *token) is(kind tokenKind, name string) bool { return t.kind == kind && string(t.name) == name }

// attr gives an attribute by its name without prefix, "" if it is not there.
func (t *token) attr(name string) string {
	for _, a := range t.attrs {
		if string(a.name) == name {
			return string(a.value)
		}
	}
	return ""
}

// next gives the next tag or text; io.EOF at the end.
func (x *xmlScanner) next() (*token, error) {
	if x.closing {
		x.closing = false
		x.tok.kind, x.tok.attrs = endTag, x.tok.attrs[:0]
		return &x.tok, nil
	}
	for {
		if err := x.want(1); err != nil {
			return nil, err // io.EOF among them
		}
		if !x.started {
			x.started = true
			if err := x.skipMark(); err != nil {
				return nil, err
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			return x.text()
		}
		if err := x.want(2); err != nil {
			return nil, unexpected(err)
		}
		switch x.buf[x.pos+1] {
		case '?':
			inside, err := x.until(2, "?>")
			if err != nil {
				return nil, err
			}
			if e := bytes.ToLower(inside); bytes.HasPrefix(e, []byte("xml ")) && bytes.Contains(e, []byte("encoding")) && !bytes.Contains(e, []byte("utf-8")) {
				return nil, errEncoding
			}
		case '!':
			if t, err := x.declaration(); t != nil || err != nil {
				return t, err
			}
		default:
			return x.tag()
		}
	}
}

// skipMark passes over the byte order mark of UTF-8.
func (x *xmlScanner) skipMark() error {
	if err := x.want(3); err != nil && err != io.EOF {
		return err
	}
	if bytes.HasPrefix(x.buf[x.pos:x.end], []byte("\xEF\xBB\xBF")) {
		x.pos += 3
	}
	return nil
}

// declaration passes over a comment (then the token is nil), takes CDATA as text and refuses anything else.
func (x *xmlScanner) declaration() (*token, error) {
	const cdata = "<![CDATA["
	if err := x.want(len(cdata)); err != nil && err != io.EOF {
		return nil, err
	}
	switch window := x.buf[x.pos:x.end]; {
	case bytes.HasPrefix(window, []byte("<!--")):
		_, err := x.until(4, "-->")
		return nil, err
	case bytes.HasPrefix(window, []byte(cdata)):
		inside, err := x.until(len(cdata), "]]>")
		if err != nil {
			return nil, err
		}
		return x.charData(inside, false)
	}
	return nil, errDoctype
}

// text takes everything up to the next tag.
func (x *xmlScanner) text() (*token, error) {
	for from := 0; ; {
		if i := bytes.IndexByte(x.buf[x.pos+from:x.end], '<'); i >= 0 {
			raw := x.buf[x.pos : x.pos+from+i]
			x.pos += from + i
			return x.charData(raw, true)
		}
		from = x.end - x.pos
		if err := x.fill(); err == io.EOF {
			raw := x.buf[x.pos:x.end]
			x.pos = x.end
			return x.charData(raw, true)
		} else if err != nil {
			return nil, err
		}
	}
}

func (x *xmlScanner) charData(raw []byte, entities bool) (*token, error) {
	x.scratch = x.scratch[:0]
	text, err := x.clean(raw, entities)
	x.tok.kind, x.tok.name, x.tok.text, x.tok.attrs = charData, nil, text, x.tok.attrs[:0]
	return &x.tok, err
}

// tag takes a start or end tag apart.
func (x *xmlScanner) tag() (*token, error) {
	inside, err := x.untilTagEnd()
	if err != nil {
		return nil, err
	}
	x.scratch = x.scratch[:0]
	x.tok = token{kind: startTag, attrs: x.tok.attrs[:0]}
	if inside[0] == '/' {
		x.tok.kind, inside = endTag, inside[1:]
	} else if n := len(inside); inside[n-1] == '/' {
		x.closing, inside = true, inside[:n-1]
	}
	name, rest := word(inside)
	x.tok.name, _ = local(name)
	for rest = spaceless(rest); len(rest) > 0 && err == nil; rest = spaceless(rest) {
		rest, err = x.attribute(rest)
	}
	if len(name) == 0 || !utf8.Valid(name) || (x.tok.kind == endTag && len(x.tok.attrs) > 0) {
		err = errXML
	}
	return &x.tok, err
}

// attribute takes one attribute off s.
func (x *xmlScanner) attribute(s []byte) (rest []byte, err error) {
	name, s := word(s)
	s = spaceless(s)
	if len(name) == 0 || len(s) == 0 || s[0] != '=' {
		return nil, errXML
	}
	s = spaceless(s[1:])
	if len(s) == 0 || (s[0] != '"' && s[0] != '\'') {
		return nil, errXML
	}
	end := bytes.IndexByte(s[1:], s[0])
	if end < 0 {
		return nil, errXML
	}
	raw, rest := s[1:1+end], s[end+2:]
	a := attribute{}
	a.name, a.prefixed = local(name)
	a.value, err = x.clean(raw, true)
	x.tok.attrs = append(x.tok.attrs, a)
	return rest, err
}

// clean makes text of raw bytes: entities as what they stand for, one form of line end, nothing that is not UTF-8.
// Text that needs no change is given back as it lies in the buffer, the rest is put behind what scratch holds.
func (x *xmlScanner) clean(raw []byte, entities bool) ([]byte, error) {
	if !utf8.Valid(raw) {
		return nil, errEncoding
	}
	if bytes.IndexByte(raw, '\r') < 0 && (!entities || bytes.IndexByte(raw, '&') < 0) {
		return raw, nil
	}
	start := len(x.scratch)
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\r':
			x.scratch = append(x.scratch, '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
		case c == '&' && entities:
			end := bytes.IndexByte(raw[i:min(len(raw), i+12)], ';')
			r, ok := entity(string(raw[i+1 : i+max(1, end)]))
			if !ok {
				return nil, errXML
			}
			x.scratch = utf8.AppendRune(x.scratch, r)
			i += end
		default:
			x.scratch = append(x.scratch, c)
		}
	}
	return x.scratch[start:], nil
}

// entity gives the character of an entity by its name or number.
func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	number, ok := strings.CutPrefix(name, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(number, "x"); isHex {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	return rune(n), ok && err == nil && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}

// word takes a name off the beginning of s.
func word(s []byte) (name, rest []byte) {
	for i, c := range s {
		if c <= ' ' || c == '=' || c == '/' || c == '"' || c == '\'' || c == '<' {
			return s[:i], s[i:]
		}
	}
	return s, nil
}

// spaceless takes white space off the beginning of s.
func spaceless(s []byte) []byte {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t' || s[0] == '\r' || s[0] == '\n') {
		s = s[1:]
	}
	return s
}

// local takes the prefix off a name.
func local(name []byte) (short []byte, prefixed bool) {
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		return name[i+1:], true
	}
	return name, false
}
