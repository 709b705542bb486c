package page

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
)

// mostKept is how many bytes are kept, packed ones too. Beyond it all is thrown out, and made again when it is asked for.
const mostKept = 192 << 20

// Memory is the answers of a site that are the same for everybody, made once and sent as stored bytes. An address begins with
// the language where that is not English. Whoever keeps answers keeps them only for what is there, so that nobody fills the
// memory with addresses of nothing. It is safe for concurrent use.
type Memory struct {
	answers sync.Map // of *Answer by address
	size    atomic.Int64
}

// Memory is that of the site.
func (s *Shell) Memory() *Memory { return &s.memory }

// FromMemory answers for what is in memory and holds, before anything else is asked: neither session nor registry nor templates.
// All other requests go on to next, whose handlers fill the memory.
func (s *Shell) FromMemory(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			if a := s.memory.Holding(r.Context(), Address(r.URL.Path, r.URL.RawQuery)); a != nil {
				a.Send(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// Address is how the memory names what was asked for.
func Address(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// Kept is the answer at an address, whether it holds still or not; nil if there is none.
func (m *Memory) Kept(address string) *Answer {
	if kept, ok := m.answers.Load(address); ok {
		return kept.(*Answer)
	}
	return nil
}

// Holding is the answer at an address if it holds, else nil.
func (m *Memory) Holding(ctx context.Context, address string) *Answer {
	if a := m.Kept(address); a != nil && (a.Holds == nil || a.Holds(ctx)) {
		return a
	}
	return nil
}

// Keep puts an answer in the place of the one before.
func (m *Memory) Keep(address string, a *Answer) {
	if old, ok := m.answers.Swap(address, a); ok {
		m.size.Add(-old.(*Answer).size())
	}
	if m.size.Add(a.size()) > mostKept {
		m.answers.Clear()
		m.answers.Store(address, a)
		m.size.Store(a.size())
	}
}

// Answer is what is sent for an address, as it is and packed.
type Answer struct {
	// Holds reports whether the answer is still right. It is asked before each sending from memory, so it must be quick; nil means
	// for good. What it compares with must have been read before anything that the answer shows, so that a change meanwhile makes
	// it an old one.
	Holds func(context.Context) bool

	header              http.Header // but for what depends on the packing
	plain, gzip, brotli form
}

func (a *Answer) size() int64 {
	return int64(len(a.plain.body) + len(a.gzip.body) + len(a.brotli.body))
}

// form is an answer's bytes in one packing, with the headers that go with it; without bytes there is no such form.
type form struct {
	body             []byte
	tag, length, how []string
}

// formOf makes a form. name tells its tag from those of the others.
func formOf(body []byte, tag, name, how string) form {
	f := form{body: body, tag: []string{strings.TrimSuffix(tag, `"`) + name + `"`}, length: []string{strconv.Itoa(len(body))}}
	if how != "" {
		f.how = []string{how}
	}
	return f
}

// AnswerOf makes an answer of bytes whose packed forms are known, or nil. tag is the ETag of the plain bytes, between quotes.
func AnswerOf(header http.Header, tag string, plain, zipped, brotlied []byte) *Answer {
	a := &Answer{header: maps.Clone(header), plain: formOf(plain, tag, "", "")}
	a.header.Set("Vary", "Accept-Encoding")
	if zipped != nil {
		a.gzip = formOf(zipped, tag, "-gzip", "gzip")
	}
	if brotlied != nil {
		a.brotli = formOf(brotlied, tag, "-br", "br")
	}
	return a
}

// brotliLevel is where a page stops getting much smaller for the time it takes, once.
const brotliLevel = 9

// Packed makes an answer of bytes, packs them, and names them by what is in them.
func Packed(header http.Header, plain []byte) *Answer {
	var z, b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&z, gzip.BestCompression) // the level is a constant that gzip knows
	bw := brotli.NewWriterLevel(&b, brotliLevel)
	_, _ = zw.Write(plain) // into memory, which takes all
	_, _ = bw.Write(plain)
	_, _ = zw.Close(), bw.Close()
	sum := sha256.Sum256(plain)
	return AnswerOf(header, `"`+hex.EncodeToString(sum[:16])+`"`, plain, z.Bytes(), b.Bytes())
}

// Send answers, in the smallest form that the other side takes, or says that it has that already.
func (a *Answer) Send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, a.header) // each value is one string in a slice of its own length: adding to it copies
	f := &a.plain
	if takes := r.Header.Get("Accept-Encoding"); takes != "" {
		switch {
		case a.brotli.body != nil && accepts(takes, "br"):
			f = &a.brotli
		case a.gzip.body != nil && accepts(takes, "gzip"):
			f = &a.gzip
		}
	}
	h["Etag"] = f.tag
	if has := r.Header.Get("If-None-Match"); has != "" && matches(has, f.tag[0]) {
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if f.how != nil {
		h["Content-Encoding"] = f.how
	} else if r.Header.Get("Range") != "" {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
		return
	}
	h["Content-Length"] = f.length
	if r.Method != http.MethodHead {
		writeBody(w, r, f.body)
	}
}

// accepts reads Accept-Encoding; "br;q=0" is a refusal.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == coding {
			q := strings.ReplaceAll(params, " ", "")
			return !strings.HasPrefix(q, "q=0") || strings.Trim(q, "q=0.") != ""
		}
	}
	return false
}

// matches reads If-None-Match.
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == tag || part == "*" {
			return true
		}
	}
	return false
}

// Drawn collects what a handler writes, to be kept as an answer: an http.ResponseWriter.
type Drawn struct {
	Body   bytes.Buffer
	Status int // as it was written; 200 if nobody said

	header http.Header
}

// NewDrawn makes an empty one.
func NewDrawn() *Drawn { return &Drawn{Status: http.StatusOK, header: http.Header{}} }

// Header is that of the answer.
func (d *Drawn) Header() http.Header { return d.header }

// Write adds to the body.
func (d *Drawn) Write(b []byte) (int, error) { return d.Body.Write(b) }

// WriteHeader notes the status.
func (d *Drawn) WriteHeader(status int) { d.Status = status }

// Packed makes an answer of what was written. A browser may keep it for maxAge without asking again.
func (d *Drawn) Packed(maxAge time.Duration) *Answer {
	d.header.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(maxAge/time.Second)))
	return Packed(d.header, d.Body.Bytes())
}
