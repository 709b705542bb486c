package bulletin_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"

	"everykit/staff"
	"everykit/store"
)

// staff makes an account.
func (w *world) staff(name string, role staff.Role, area string) int {
	w.t.Helper()
	d := staff.Draft{Email: name + "@staff.example.org", Name: name, Role: role, Area: w.id(area)}
	id := must1(staff.New(w.db, staff.Options{}).Create(w.ctx, staff.Operator(), d, ""))(w.t)
	w.who[name] = staff.Person{ID: id, Name: name, Role: role, Area: d.Area}
	return id
}

// publishSigned publishes what is signed.
func (w *world) publishSigned(id int) {
	w.t.Helper()
	must(w.t, w.Publish(w.ctx, w.who["anna"], id, w.get(id).Version))
}

// hashes are all stored bytes, or those of some editions, in words.
func (w *world) hashes(editions ...int) string {
	w.t.Helper()
	all := ""
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		all = ""
		return tx.Each(w.ctx, func(scan func(...any) error) error {
			var edition int
			var name string
			var hash, body, gz, br []byte
			err := scan(&edition, &name, &hash, &body, &gz, &br)
			for _, id := range editions {
				if id != edition {
					return err
				}
			}
			all += fmt.Sprintf("%d %s %x %x %x %x\n", edition, name, hash, body, gz, br)
			return err
		}, "SELECT f.edition, f.name, f.hash, b.body, b.gzip, b.brotli FROM bulletin_file f JOIN bulletin_blob b ON b.hash = f.hash ORDER BY f.edition, f.name")
	}))
	return all
}

// written writes an edition into a folder and reads the files there.
func (w *world) written(id int) map[string]string {
	w.t.Helper()
	files := map[string]string{}
	for _, path := range must1(w.WriteTo(w.ctx, id, filepath.Join(w.t.TempDir(), "new")))(w.t) {
		files[filepath.Base(path)] = string(must1(os.ReadFile(path))(w.t))
	}
	return files
}

func gunzip(t testing.TB, packed []byte) string {
	t.Helper()
	r := must1(gzip.NewReader(bytes.NewReader(packed)))(t)
	return string(must1(io.ReadAll(r))(t))
}

func unbrotli(t testing.TB, packed []byte) string {
	t.Helper()
	return string(must1(io.ReadAll(brotli.NewReader(bytes.NewReader(packed))))(t))
}
