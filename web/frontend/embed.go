// Package frontend holds the stylesheet, the scripts and the mark of Everykit's pages, and serves them.
//
// The sources are in src/. "npm ci && npm run build" turns them, with the components of nhsuk-frontend that we use, into
// dist/, which is embedded here and never committed. A program built without that step still runs: Missing says so, and
// the pages come without their looks.
//
// everykit.js is on every page, scan.js only on those into which a code is scanned. reader.js and reader.wasm (zxing-wasm)
// read codes from the camera in browsers that cannot do it themselves: 400 KB, fetched when somebody turns the camera on and
// not before.
//
// Each file is served under a name that holds the hash of its content (/assets/3f2a91c07d1e/everykit.css), so that it can
// be kept for ever by whoever has it, and a new version has a new address. Compressed bytes are made once, when a file is
// first asked for.
//
// Start reading at URL; Handler serves what it names.
package frontend

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// Prefix is where Handler is mounted.
const Prefix = "/assets/"

type asset struct {
	name  string
	hash  string
	kind  string
	plain []byte
	gz    func() []byte // nil bytes if compressing does not pay
}

// assets are the built files by name, hashed on first use.
var assets = sync.OnceValue(func() map[string]*asset {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return load(built)
})

func load(built fs.FS) map[string]*asset {
	all := map[string]*asset{}
	names, err := fs.Glob(built, "*.*")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		if strings.HasPrefix(name, ".") {
			continue
		}
		body, err := fs.ReadFile(built, name)
		if err != nil {
			panic(err) // embedded files can be read
		}
		sum := sha256.Sum256(body)
		all[name] = &asset{
			name: name, hash: hex.EncodeToString(sum[:6]), kind: kindOf(name), plain: body,
			gz: sync.OnceValue(func() []byte { return compress(body) }),
		}
	}
	return all
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".wasm": // by this the browser begins to compile while it still fetches
		return "application/wasm"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = z.Write(body) // into memory
	_ = z.Close()
	if b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// Missing says that the front end is not built, with what to do; nil if it is.
func Missing() error {
	if assets()["everykit.css"] == nil {
		return errors.New("the front end is not built: run make frontend")
	}
	return nil
}

// URL is the address of a built file by its name. A file that is not there has an address too, which is not found.
func URL(name string) string {
	if a := assets()[name]; a != nil {
		return Prefix + a.hash + "/" + name
	}
	return Prefix + "missing/" + name
}

// Handler serves the built files under Prefix. An address with another hash than today's is not found, so that nobody
// keeps a new file under an old name.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
		a := assets()[name]
		if a == nil || a.hash != hash {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if gz := a.gz(); gz != nil {
			h.Set("Content-Encoding", "gzip")
			body = gz
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // whoever asked may have gone
}
