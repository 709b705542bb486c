package research

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"

	"everykit/civil"
	"everykit/web/desk"
)

// mostKept is how many bytes are kept, packed ones too. Beyond it all is thrown out, and made again when it is asked for.
const mostKept = 64 << 20

// memory is the answers of one site that are kept, by address. Only what is there has one, so that nobody fills it with addresses
// of nothing, and no question of a search does.
type memory struct {
	answers   sync.Map // of *answer by address
	size      atomic.Int64
	countries atomic.Pointer[countries]
}

// countries are those of a version of the shelf: every search offers them.
type countries struct {
	version uint64
	list    []string
}

func countriesOf(v *desk.Visit) ([]string, error) {
	version, err := v.Library.Version(v.Ctx())
	if err != nil {
		return nil, err
	}
	m := memoryOf(v.App)
	if kept := m.countries.Load(); kept != nil && kept.version == version {
		return kept.list, nil
	}
	list, err := v.Library.Countries(v.Ctx())
	if err == nil {
		m.countries.Store(&countries{version, list})
	}
	return list, err
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

// FromMemory answers for public pages and files that are in memory, before anything else is asked. An answer holds for one version
// of the shelf and one day, and those that show more than the shelf for briefly. All other requests go on to next, whose handlers
// fill the memory.
func FromMemory(app *desk.App, next http.Handler) http.Handler {
	m := memoryOf(app)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			if kept, ok := m.answers.Load(address(r.URL.Path, r.URL.RawQuery)); ok {
				a := kept.(*answer)
				if version, err := app.Library.Version(r.Context()); err == nil && a.holds(app, version) {
					a.send(w, r)
					return
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

func address(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// onePage is the only question whose answer is kept.
var onePage = regexp.MustCompile(`^(page=[1-9][0-9]{0,4})?$`)

// brief is how long an answer is kept that shows more than the shelf: how areas stand, what outlets there are.
const brief = time.Minute

// answer is what is sent for an address, as it is and packed.
type answer struct {
	version uint64 // of the shelf, for which it holds
	day     civil.Date
	until   time.Time // nought: as long as that

	header              http.Header // but for what depends on the packing
	plain, gzip, brotli coded
}

func (a *answer) holds(app *desk.App, version uint64) bool {
	return a.version == version && a.day == app.Ledger.Today() && (a.until.IsZero() || app.DB.Now().Before(a.until))
}

// coded is an answer's bytes in one packing.
type coded struct {
	body             []byte
	tag, length, how []string
}

func codedOf(body []byte, tag, how string) coded {
	f := coded{body: body, length: []string{strconv.Itoa(len(body))}}
	if how != "" {
		f.how, tag = []string{how}, tag+"-"+how
	}
	f.tag = []string{`"` + tag + `"`}
	return f
}

// brotliLevel is where a page stops getting much smaller for the time it takes, once.
const brotliLevel = 9

func packed(header http.Header, plain []byte) *answer {
	var z, b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&z, gzip.BestCompression) // the level is a constant that gzip knows
	bw := brotli.NewWriterLevel(&b, brotliLevel)
	_, _ = zw.Write(plain) // into memory, which takes all
	_, _ = bw.Write(plain)
	_, _ = zw.Close(), bw.Close()
	sum := sha256.Sum256(plain)
	tag := hex.EncodeToString(sum[:16])
	a := &answer{header: maps.Clone(header), plain: codedOf(plain, tag, ""), gzip: codedOf(z.Bytes(), tag, "gzip"), brotli: codedOf(b.Bytes(), tag, "br")}
	a.header.Set("Vary", "Accept-Encoding")
	return a
}

// send answers in the smallest form that the other side takes, or says that it has that already.
func (a *answer) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, a.header) // each value is one string in a slice of its own length: adding to it copies
	f := &a.plain
	switch takes := r.Header.Get("Accept-Encoding"); {
	case accepts(takes, "br"):
		f = &a.brotli
	case accepts(takes, "gzip"):
		f = &a.gzip
	}
	h["Etag"] = f.tag
	if has := r.Header.Get("If-None-Match"); has != "" && matches(has, f.tag[0]) {
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if f.how != nil {
		h["Content-Encoding"] = f.how
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

// maxAge lets anybody keep an answer, and has them ask whether it is still the same, which costs next to nothing: whoever accepts an item
// sees it at once.
const maxAge = "public, no-cache"

// mostOne is the largest answer that is kept, in bytes.
const mostOne = 4 << 20

// kept answers with what is the same for everybody: draw writes it once, and it is kept as long as the shelf stays as it is, or for
// a time above nought. What is not fine, or is asked with more than the number of a page, is not kept.
func kept(v *desk.Visit, within time.Duration, draw func(http.ResponseWriter) error) error {
	version, err := v.Library.Version(v.Ctx()) // before anything is read: what changes meanwhile makes this an old answer
	if err != nil {
		return err
	}
	d := &drawn{header: http.Header{}, status: http.StatusOK}
	day := v.Ledger.Today()
	if err := draw(d); err != nil {
		return err
	}
	if d.status != http.StatusOK || !onePage.MatchString(v.R.URL.RawQuery) || d.body.Len() > mostOne {
		maps.Copy(v.W.Header(), d.header)
		v.W.WriteHeader(d.status)
		_, _ = v.W.Write(d.body.Bytes())
		return nil
	}
	d.header.Set("Cache-Control", maxAge)
	a := packed(d.header, d.body.Bytes())
	a.version, a.day = version, day
	if within > 0 {
		a.until = v.DB.Now().Add(within)
	}
	m := memoryOf(v.App)
	if m.size.Add(int64(len(a.plain.body)+len(a.gzip.body)+len(a.brotli.body))) > mostKept {
		m.answers.Clear()
		m.size.Store(0)
	}
	m.answers.Store(address(v.Link(v.R.URL.Path), v.R.URL.RawQuery), a)
	a.send(v.W, v.R)
	return nil
}
