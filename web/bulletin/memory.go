package bulletin

import (
	"bytes"
	"compress/gzip"
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

	"everykit/web/desk"
)

// mostKept is how many bytes are kept, packed ones too. Beyond it all is thrown out, and made again when it is asked for.
const mostKept = 128 << 20

// memory is the answers of one site that are kept, by address, which begins with the language where that is not English. Only
// what is there has one, so that nobody fills it with addresses of nothing.
type memory struct {
	answers sync.Map // of *answer by path
	size    atomic.Int64
}

// memories are those of the sites of this process: one, but in tests.
var memories sync.Map

func memoryOf(app *desk.App) *memory {
	m, ok := memories.Load(app)
	if !ok {
		m, _ = memories.LoadOrStore(app, &memory{})
	}
	return m.(*memory)
}

// FromMemory answers for pages and files of published bulletins that are in memory, before anything else is asked: neither
// session nor registry nor database. An answer holds until something is published; room bulletin knows at once what was
// published by this process, and within seconds what was by another. All other requests go on to next, whose handlers fill
// the memory.
func FromMemory(app *desk.App, next http.Handler) http.Handler {
	m := memoryOf(app)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			if kept, ok := m.answers.Load(r.URL.Path); ok {
				a := kept.(*answer)
				if now, err := app.Bulletins.Version(r.Context()); err == nil && now == a.version {
					a.send(w, r)
					return
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// keepAndSend is the end of every handler whose answer is kept. version is that of what is published, asked before anything
// else was read, so that what has been published meanwhile makes the answer an old one.
func keepAndSend(v *desk.Visit, version int64, a *answer) {
	a.version = version
	m := memoryOf(v.App)
	if m.size.Add(a.plain.size()+a.gzip.size()+a.brotli.size()) > mostKept {
		m.answers.Clear()
		m.size.Store(0)
	}
	m.answers.Store(v.Link(v.R.URL.Path), a)
	a.send(v.W, v.R)
}

// answer is what is sent for an address, as it is and packed.
type answer struct {
	version             int64       // of what is published, for which it holds
	header              http.Header // but for what depends on the packing
	plain, gzip, brotli form
}

// form is an answer's bytes in one packing, with the headers that go with it; without bytes there is no such form.
type form struct {
	body             []byte
	tag, length, how []string
}

func (f *form) size() int64 { return int64(len(f.body)) }

// formOf makes a form. name tells its tag from those of the others.
func formOf(body []byte, tag, name, how string) form {
	f := form{body: body, tag: []string{strings.TrimSuffix(tag, `"`) + name + `"`}, length: []string{strconv.Itoa(len(body))}}
	if how != "" {
		f.how = []string{how}
	}
	return f
}

// answerOf makes an answer of bytes whose packed forms are known, or nil.
func answerOf(header http.Header, tag string, plain, zipped, brotlied []byte) *answer {
	a := &answer{header: maps.Clone(header), plain: formOf(plain, tag, "", "")}
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

// packed makes an answer of bytes and packs them.
func packed(header http.Header, plain []byte) *answer {
	var z, b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&z, gzip.BestCompression) // the level is a constant that gzip knows
	bw := brotli.NewWriterLevel(&b, brotliLevel)
	_, _ = zw.Write(plain) // into memory, which takes all
	_, _ = bw.Write(plain)
	_, _ = zw.Close(), bw.Close()
	sum := sha256.Sum256(plain)
	return answerOf(header, `"`+hex.EncodeToString(sum[:16])+`"`, plain, z.Bytes(), b.Bytes())
}

// send answers, in the smallest form that the other side takes, or says that it has that already.
func (a *answer) send(w http.ResponseWriter, r *http.Request) {
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
		_, _ = w.Write(f.body) // an error here means that nobody is there to read
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

// drawn collects what a handler writes, to be kept as an answer.
type drawn struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (d *drawn) Header() http.Header         { return d.header }
func (d *drawn) Write(b []byte) (int, error) { return d.body.Write(b) }
func (d *drawn) WriteHeader(status int)      { d.status = status }

// kept answers with a page that is the same for everybody: draw writes it once, and it is kept while nothing is published.
func kept(v *desk.Visit, draw func(http.ResponseWriter) error) error {
	version, err := v.Bulletins.Version(v.Ctx())
	if err != nil {
		return err
	}
	d := &drawn{header: http.Header{}}
	if err := draw(d); err != nil {
		return err
	}
	d.header.Set("Cache-Control", maxAge)
	keepAndSend(v, version, packed(d.header, d.body.Bytes()))
	return nil
}

// How long an answer may be kept without asking again whether it is still the same: the address of a bulletin or a page, and
// that of a file of one edition.
const (
	maxAge  = "public, max-age=300"
	forEver = "public, max-age=31536000, immutable"
)
