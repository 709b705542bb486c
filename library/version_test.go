package library_test

import (
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/store/storetest"
)

// Every deed that changes what is public gives another version, also where the clock stands still; what does not change it, does not.
func TestVersion(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		seen := map[uint64]string{}
		version := func() uint64 {
			v, err := w.Version(w.ctx)
			must(t, err)
			return v
		}
		seen[version()] = "empty"
		changed := func(what string) {
			t.Helper()
			v := version()
			if was, ok := seen[v]; ok {
				t.Errorf("after %s it is the version of %s", what, was)
			}
			seen[v] = what
			if version() != v {
				t.Errorf("after %s it changes by itself", what)
			}
		}
		must(t, w.LoadBuiltIn(w.ctx))
		changed("load")
		a := w.add(library.Item{Title: "One"})
		changed("add")
		b := w.add(library.Item{Title: "Another"})
		changed("add again")
		it, err := w.StaffItem(w.ctx, nora, a)
		must(t, err)
		it.Summary = "Ours."
		must(t, w.Save(w.ctx, nora, *it))
		changed("save")
		must(t, w.SetHighlight(w.ctx, nora, a, library.Highlight{Until: civil.None}))
		changed("highlight")
		must(t, w.RemoveHighlight(w.ctx, nora, a))
		changed("no highlight")
		must(t, w.Hide(w.ctx, nora, a))
		changed("hide")
		must(t, w.Accept(w.ctx, nora, a))
		changed("accept")
		must(t, w.Join(w.ctx, nora, a, b))
		changed("join")
		_, err = w.Import(w.ctx, nora, []byte("TY  - JOUR\nTI  - A third\nER  - \n"), library.Accepted, false)
		must(t, err)
		changed("import")

		still := version()
		_, err = w.Import(w.ctx, nora, []byte("TY  - JOUR\nTI  - A fourth\nER  - \n"), library.Accepted, true)
		must(t, err)
		kind(t, w.Accept(w.ctx, cora, a), fault.Forbidden)
		kind(t, w.Hide(w.ctx, nora, "no-such"), fault.NotFound)
		if version() != still {
			t.Error("it changes where nothing was changed")
		}
		other := library.New(w.db, nil)
		if v, err := other.Version(w.ctx); err != nil || v != still {
			t.Errorf("another process reads %d, %v", v, err)
		}
	})
}

func TestLookUpWithoutFinder(t *testing.T) {
	w := newWorld(t, storetest.SQLite)
	if w.CanLookUp() {
		t.Error("somebody is asked")
	}
	_, err := w.LookUp(w.ctx, nora, "10.1111/add.15682")
	kind(t, err, fault.Unavailable)
	_, err = w.LookUp(w.ctx, nora, "teapot")
	kind(t, err, fault.Invalid)
	_, err = w.LookUp(w.ctx, cora, "10.1111/add.15682")
	kind(t, err, fault.Forbidden)
	w.FindWith(&library.Web{})
	if !w.CanLookUp() {
		t.Error("nobody is asked")
	}
	_, err = w.LookUp(w.ctx, nora, "37713939") // at no address
	kind(t, err, fault.Unavailable)
}
