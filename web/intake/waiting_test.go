package intake

import (
	"testing"
	"time"

	"everykit/fault"
)

// TestFilesWaitForTheirOwn: a file waits half an hour, for one session and place, and makes room for newer ones.
func TestFilesWaitForTheirOwn(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	r := &room{now: func() time.Time { return now }, held: map[string]*waiting{}}
	put := func(owner string) (string, *waiting) {
		f, err := nameless()
		if err != nil {
			t.Fatal(err)
		}
		w := &waiting{owner: owner, place: "/import", file: f}
		t.Cleanup(w.drop)
		now = now.Add(time.Second)
		return r.put(w), w
	}
	name, first := put("a")
	if got, err := r.find(name, "a", "/import"); err != nil || got != first {
		t.Fatal(got, err)
	}
	for _, c := range [][2]string{{"b", "/import"}, {"a", "/areas/E09000002/import"}} {
		if _, err := r.find(name, c[0], c[1]); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v finds it: %v", c, err)
		}
	}
	for range ownMost {
		put("a")
	}
	if _, err := r.find(name, "a", "/import"); err == nil {
		t.Error("the oldest of a session does not make room")
	}
	for i := range waitMost * 2 {
		put(string(rune('A' + i%50)))
	}
	if len(r.held) > waitMost {
		t.Errorf("%d files wait", len(r.held))
	}
	last, w := put("z")
	now = now.Add(waitFor)
	if _, err := r.find(last, "z", "/import"); err == nil || len(r.held) != 0 {
		t.Errorf("after half an hour %d wait", len(r.held))
	}
	time.Sleep(20 * time.Millisecond)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file != nil {
		t.Error("its room is not given back")
	}
}
