package web_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/registry"
	"everykit/request"
	"everykit/staff"
	"everykit/store"
	"everykit/web/webtest"
)

// TestFromTheFrontDoorToForgetting is the way of one kit as people go it, in Chromium with scripts off: somebody with a phone says at the
// front door where they are, sees who has kits, asks for one by post, and looks up how far it is; the authority approves and sends it; after its
// days nobody can find out who it was for. No address on that way holds anything that they typed.
func TestFromTheFrontDoorToForgetting(t *testing.T) {
	const name, street, town, code, mail = "Canary Fernsby", "8 Canary Mews", "Barking", "IG11 8AA", "canary.fernsby@example.net"
	w := webtest.NewBare(t)
	w.Stock()
	home, lat, lon := *w.Home, 51.540, 0.080
	home.Public, home.Phone, home.Postcode, home.Lat, home.Lon = registry.Yes, "020 7946 0001", "IG11 7LZ", &lat, &lon
	_, err := w.Registry.PutOutlet(t.Context(), home)
	w.Must(err)
	table := filepath.Join(t.TempDir(), "postcodes.csv")
	w.Must(os.WriteFile(table, []byte("pcds,doterm,lad25cd,lat,long\r\nIG11 8AA,,E09000002,51.545,0.085\r\n"), 0o600))
	_, err = w.Postcodes.Import(t.Context(), table, nil)
	w.Must(err)
	w.Must(w.Requests.SetOffer(t.Context(), staff.Operator(), request.Offer{Area: home.Area, On: true, Post: true, Outlet: home.ID, Most: 1, KeepDays: 14}))
	before := w.Shelf(w.LotOf("0116917"))

	b := w.Browse(webtest.Public)
	b.DisableJS()
	b.SetWidth(320)
	var seen []string // addresses
	see := func(what string) {
		t.Helper()
		seen = append(seen, b.URL())
		if got := b.Text("body"); !strings.Contains(got, what) {
			t.Fatalf("at %s is nothing of %q: %.400s", b.URL(), what, got)
		}
	}
	b.Open(w.URL + "/")
	b.Type("#place", code)
	b.Follow(`main form[action="/find"] button`)
	see(home.Name)
	see("Has kits")
	b.Follow(`main a[href="/request"]`)
	w.Wait(time.Minute) // nobody types faster
	b.Click(`label[for="for"]`)
	b.Type("#postcode", code)
	b.Follow(`button[value="next"]`)
	see("spray")
	b.Click(`label[for="route-2"]`)
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="skip"]`)
	if b.Count(`label[for="how"]`) > 0 {
		b.Click(`label[for="how"]`)
		b.Follow(`button[value="next"]`)
	}
	b.Click(`label[for="old_enough"]`)
	b.Type("#name", name)
	b.Type("#address", street+"\n"+town+"\n"+code)
	b.Type("#contact", mail)
	b.Follow(`button[value="next"]`)
	see(street)
	b.Follow(`button[value="send"]`)
	reference := strings.TrimSpace(b.Text("#reference"))
	see(reference)

	c := w.Browse(webtest.Coordinator)
	c.DisableJS()
	c.Open(w.URL + "/requests")
	c.Follow(`main table a`)
	one := c.URL()
	if got := c.Text("main"); !strings.Contains(got, name) || !strings.Contains(got, street) || !strings.Contains(got, mail) {
		t.Fatalf("whoever packs it cannot read where to: %.400s", got)
	}
	c.Follow(`button[value="approve"]`)
	c.Follow(`button[value="send"]`)
	if got := w.Shelf(w.LotOf("0116917")); got != before-1 {
		t.Errorf("%d kits are left of %d", got, before)
	}

	b.Open(w.URL + "/request/progress")
	b.Type("#reference", reference)
	b.Follow("main form button")
	see("Sent")
	for _, url := range seen {
		for _, typed := range []string{"canary", "Canary", "IG11", "8AA", reference} {
			if strings.Contains(url, typed) {
				t.Errorf("%q is in the address %s", typed, url)
			}
		}
	}

	secrets := []string{name, street, "Canary", code, mail}
	w.Wait(13 * 24 * time.Hour)
	w.Must(w.Requests.Tick(t.Context()))
	c.Open(w.WayIn(webtest.Coordinator))
	c.Open(one)
	if got := c.Text("main"); !strings.Contains(got, street) {
		t.Errorf("it is gone before its days: %.400s", got)
	}
	w.Wait(2 * 24 * time.Hour)
	w.Must(w.Requests.Tick(t.Context()))
	c.Open(w.WayIn(webtest.Coordinator))
	c.Open(one)
	if got := c.Text("main"); !strings.Contains(got, "Deleted") || slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(got, s) }) {
		t.Errorf("after its days stands there: %.400s", got)
	}
	for _, s := range secrets {
		if inDatabase(t, w, s) {
			t.Errorf("%q is in the database", s)
		}
	}
}

// inDatabase looks for words in the files of the database, byte by byte.
func inDatabase(t *testing.T, w *webtest.World, words string) bool {
	t.Helper()
	var path string
	w.Must(w.DB.Read(t.Context(), func(tx *store.Tx) error {
		var number int
		var name string
		_, err := tx.Get(t.Context(), []any{&number, &name, &path}, "PRAGMA database_list")
		return err
	}))
	files, err := filepath.Glob(path + "*")
	w.Must(err)
	if len(files) == 0 {
		t.Fatal("the database has no file")
	}
	return slices.ContainsFunc(files, func(file string) bool {
		b, err := os.ReadFile(file)
		w.Must(err)
		return strings.Contains(string(b), words)
	})
}
