package bulletin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"everykit/bulletin/content"
	"everykit/bulletin/sheets"
	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

// File is a published edition in one format, as it was stored.
type File struct {
	Name         string // bulletin.pdf
	MediaType    string
	Body         []byte
	Gzip, Brotli []byte // nil where packing gains nothing
	ETag         string // strong, with its quotes: of Body
	MadeAt       time.Time
}

// FileNames are what an edition is written as, in the order to show them.
var FileNames = []string{"index.html", "bulletin.pdf", "bulletin.xlsx", "bulletin.ods", "tables.zip", "bulletin.json"}

// bodyName is the part of the page between the site's header and footer, stored beside the files.
const bodyName = "body.html"

// mediaTypes are those of the files.
var mediaTypes = map[string]string{
	"index.html":    "text/html; charset=utf-8",
	bodyName:        "text/html; charset=utf-8",
	"bulletin.pdf":  "application/pdf",
	"bulletin.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"bulletin.ods":  "application/vnd.oasis.opendocument.spreadsheet",
	"tables.zip":    "application/zip",
	"bulletin.json": "application/json",
}

// packs reports whether a file is text; the others are packed in themselves.
func packs(name string) bool {
	return strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".json")
}

// writeFormat writes a content in one format.
func (b *Bulletins) writeFormat(ctx context.Context, c *content.Content, made civil.Date, name string) ([]byte, error) {
	switch name {
	case "index.html", bodyName, "bulletin.pdf":
		d := c.Document()
		if made != civil.None {
			d.Made = made
		}
		switch name {
		case "index.html":
			return d.Page(), nil
		case bodyName:
			return []byte(d.Body()), nil
		}
		return b.printer.PDF(ctx, d)
	case "bulletin.xlsx":
		return sheets.XLSX(c)
	case "bulletin.ods":
		return sheets.ODS(c)
	case "tables.zip":
		return sheets.Zip(c)
	case "bulletin.json":
		return sheets.JSON(c)
	}
	return nil, noFile(name)
}

func noFile(name string) error {
	return fault.New(fault.NotFound, "bulletins have no file %q", shortened(name)).Hint("take one of %s", strings.Join(FileNames, ", "))
}

// made is a file that is ready to be stored.
type made struct {
	name, media        string
	hash               [sha256.Size]byte
	body, gzip, brotli []byte
}

// makeFiles writes a content in all formats. The PDF is another program's work and packing is slow: both go on beside the rest.
func (b *Bulletins) makeFiles(ctx context.Context, c *content.Content, day civil.Date) ([]made, error) {
	names := append(slices.Clone(FileNames), bodyName)
	files := make([]made, len(names))
	errs := make([]error, len(names))
	var beside sync.WaitGroup
	for i, name := range names {
		if name == "bulletin.pdf" {
			beside.Go(func() {
				body, err := b.write(ctx, c, day, name)
				files[i], errs[i] = packed(name, body), err
			})
			continue
		}
		var body []byte
		body, errs[i] = b.write(ctx, c, day, name)
		beside.Go(func() { files[i] = packed(name, body) })
	}
	beside.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func packed(name string, body []byte) made {
	m := made{name: name, media: mediaTypes[name], hash: sha256.Sum256(body), body: body}
	if packs(name) {
		m.gzip, m.brotli = zipped(body, 9), brotlied(body)
	}
	return m
}

// etag is the strong tag of bytes with a hash.
func etag(hash []byte) string { return `"` + hex.EncodeToString(hash[:16]) + `"` }

// storeFiles stores files: bytes that are there already are not written again.
func storeFiles(ctx context.Context, tx *store.Tx, edition int, files []made) error {
	for _, f := range files {
		var zip, bro any
		if f.gzip != nil {
			zip, bro = f.gzip, f.brotli
		}
		if _, err := tx.Exec(ctx, "INSERT INTO bulletin_blob (hash, body, gzip, brotli) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING", f.hash[:], f.body, zip, bro); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO bulletin_file (edition, name, hash, media) VALUES (?, ?, ?, ?)", edition, f.name, f.hash[:], f.media); err != nil {
			return err
		}
	}
	return nil
}

// readFile reads a stored file.
func (b *Bulletins) readFile(ctx context.Context, e *Edition, name string) (*File, error) {
	f := &File{Name: name, MadeAt: e.PublishedAt.Truncate(time.Second)}
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		var hash []byte
		found, err := tx.Get(ctx, []any{&hash, &f.MediaType, &f.Body, &f.Gzip, &f.Brotli}, `SELECT f.hash, f.media, b.body, b.gzip, b.brotli
			FROM bulletin_file f JOIN bulletin_blob b ON b.hash = f.hash WHERE f.edition = ? AND f.name = ?`, e.ID, name)
		if err == nil && !found {
			err = noFile(name)
		}
		if err == nil {
			f.ETag = etag(hash)
		}
		return err
	})
	return f, err
}

// Preview writes a draft in a format of FileNames, as it is now; of a published edition it gives the stored bytes.
func (b *Bulletins) Preview(ctx context.Context, id int, name string) (*File, error) {
	if !slices.Contains(FileNames, name) {
		return nil, noFile(name)
	}
	c, err := b.composed(ctx, id)
	if err != nil {
		return nil, err
	}
	if c.edition.State == Published {
		return b.readFile(ctx, c.edition, name)
	}
	body, err := b.write(ctx, c.content, civil.None, name)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(body)
	return &File{Name: name, MediaType: mediaTypes[name], Body: body, ETag: etag(hash[:]), MadeAt: b.db.Now().Truncate(time.Second)}, nil
}

// WriteTo writes a draft or an edition in every format into a folder, which it makes if need be, and says which files those are.
// Files of the same names are replaced.
func (b *Bulletins) WriteTo(ctx context.Context, id int, dir string) ([]string, error) {
	var paths []string
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, cannotWrite(dir, err)
	}
	for _, name := range FileNames {
		f, err := b.Preview(ctx, id, name)
		if err != nil {
			return paths, err
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, f.Body, 0o666); err != nil {
			return paths, cannotWrite(path, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func cannotWrite(path string, err error) error {
	return fault.New(fault.Unavailable, "%s cannot be written", path).Hint("see whether the folder may be written to and the disk has room").Because(fmt.Errorf("write: %w", err))
}
