package bulletin_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/bulletin"
	"everykit/fault"
	"everykit/staff"
	"everykit/store/storetest"
)

// model is what must be true of the bulletins of one period, kept apart from the room.
type model struct {
	state   map[int]bulletin.State
	version map[int]int
	number  map[int]int
	writers map[int]map[string]bool
	bytes   map[int]string // of what is published
	last    int            // the newest edition that was published
}

// TestAnyOrderOfDeeds tries deeds by several people in any order, on right and on old versions. The room and the model agree on
// which are done; nobody signs what they wrote; one edition is open at a time; no byte of what is published ever changes.
func TestAnyOrderOfDeeds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := morning
		inner := &cleaner{TB: t}
		defer inner.clean()
		db := storetest.SQLite(inner, func() time.Time { return now })
		w := newWorld(inner, db, &now)
		m := &model{state: map[int]bulletin.State{}, version: map[int]int{}, number: map[int]int{}, writers: map[int]map[string]bool{}, bytes: map[int]string{}}
		for range rapid.IntRange(4, 40).Draw(r, "deeds") {
			m.step(r, w)
		}
	})
}

// cleaner is a test that ends with one try of rapid's.
type cleaner struct {
	testing.TB
	fns []func()
}

func (c *cleaner) Cleanup(fn func()) { c.fns = append(c.fns, fn) }

func (c *cleaner) clean() {
	for _, fn := range slices.Backward(c.fns) {
		fn()
	}
}

func (m *model) open() int {
	for id, s := range m.state {
		if s == bulletin.Drafted || s == bulletin.Signed {
			return id
		}
	}
	return 0
}

func (m *model) step(r *rapid.T, w *world) {
	name := rapid.SampledFrom([]string{"anna", "abel", "nora"}).Draw(r, "who")
	who := w.who[name]
	deed := rapid.SampledFrom([]string{"draft", "note", "refreeze", "sign", "sign", "unsign", "publish", "publish", "drop", "correct"}).Draw(r, "deed")
	ids := slices.Sorted(maps.Keys(m.state))
	id := 0
	if len(ids) > 0 {
		id = ids[len(ids)-1]
		if rapid.IntRange(0, 4).Draw(r, "another") == 0 {
			id = rapid.SampledFrom(ids).Draw(r, "edition")
		}
	}
	version := m.version[id]
	if rapid.IntRange(0, 7).Draw(r, "old") == 0 {
		version--
	}
	*w.now = w.now.Add(time.Minute)
	right := version == m.version[id]
	state := m.state[id]
	var err error
	done := false
	switch deed {
	case "draft":
		done = m.open() == 0 && m.last == 0
		id, err = w.Draft(w.ctx, who, bulletin.DraftOf{Area: "N", Period: quarter})
		m.begun(done, id, 1, name)
	case "correct":
		done = m.open() == 0 && m.last != 0
		id, err = w.Correct(w.ctx, who, "2021-22-q2", "A number.", "A slip.")
		m.begun(done, id, m.number[m.last]+1, name)
	case "note", "refreeze", "drop":
		done = state == bulletin.Drafted && right
		err = m.change(w, deed, who, id, version)
		if done {
			m.writers[id][name] = true
			m.version[id]++
			if deed == "drop" {
				m.state[id] = bulletin.Dropped
			}
		}
	case "sign":
		done = state == bulletin.Drafted && right && !m.writers[id][name]
		err = w.Sign(w.ctx, who, id, version, time.Time{})
		m.moved(done, id, bulletin.Signed)
	case "unsign":
		done = state == bulletin.Signed && right
		err = w.Unsign(w.ctx, who, id, version, "a slip")
		m.moved(done, id, bulletin.Drafted)
	case "publish":
		done = state == bulletin.Signed && right
		err = w.Publish(w.ctx, who, id, version)
		m.moved(done, id, bulletin.Published)
		if done {
			m.last, m.bytes[id] = id, w.hashes(id)
		}
	}
	if done != (err == nil) || fault.KindOf(err) == fault.Internal && err != nil {
		r.Fatalf("%s by %s of %d in state %d at version %d of %d: %v, and it should be done: %v", deed, name, id, state, version, m.version[id], err, done)
	}
	m.agrees(r, w)
}

func (m *model) begun(done bool, id, number int, by string) {
	if done {
		m.state[id], m.version[id], m.number[id], m.writers[id] = bulletin.Drafted, 1, number, map[string]bool{by: true}
	}
}

func (m *model) moved(done bool, id int, to bulletin.State) {
	if done {
		m.state[id] = to
		m.version[id]++
	}
}

func (m *model) change(w *world, deed string, who staff.Person, id, version int) error {
	switch deed {
	case "note":
		return w.Note(w.ctx, who, id, version, "prison", fmt.Sprintf("Words of %s at %d.", who.Name, version))
	case "refreeze":
		w.kits++
		return w.Refreeze(w.ctx, who, id, version)
	}
	return w.Drop(w.ctx, who, id, version)
}

// agrees compares everything.
func (m *model) agrees(r *rapid.T, w *world) {
	shown := 0
	for id, state := range m.state {
		if state == bulletin.Dropped {
			if _, err := w.Get(w.ctx, w.who["adam"], id); !fault.Is(err, fault.NotFound) {
				r.Fatalf("a dropped one: %v", err)
			}
			continue
		}
		e := w.get(id)
		if e.State != state || e.Version != m.version[id] || e.Number != m.number[id] {
			r.Fatalf("the edition is %+v, and should be in state %d at version %d, number %d", e, state, m.version[id], m.number[id])
		}
		if state == bulletin.Published {
			shown++
			if w.hashes(id) != m.bytes[id] {
				r.Fatalf("bytes of %d have changed", id)
			}
			if m.writers[id][e.SignedName] {
				r.Fatalf("%s signed what they wrote", e.SignedName)
			}
		}
	}
	list, err := w.List(w.ctx)
	if err != nil {
		r.Fatal(err)
	}
	if m.last == 0 && len(list) != 0 || m.last != 0 && (len(list) != 1 || list[0].ID != m.last || len(m.shown(w)) != shown) {
		r.Fatalf("public are %+v, and should be %d", list, m.last)
	}
}

// shown are all editions that the newest one's page tells of.
func (m *model) shown(w *world) []bulletin.Edition {
	w.t.Helper()
	return must1(w.Show(w.ctx, "2021-22-q2", 0))(w.t).All
}
