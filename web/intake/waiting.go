package intake

import (
	"crypto/rand"
	"io"
	"os"
	"sync"
	"time"

	"everykit/fault"
	"everykit/table"
)

// How long and how many files wait between the two steps.
const (
	waitFor  = 30 * time.Minute
	waitMost = 40 // in all: the oldest goes
	ownMost  = 3  // of one session
)

// waiting is a file that was looked at and may be taken in by the session that sent it.
type waiting struct {
	kind   kind
	name   string
	size   int64
	place  string // the address it was sent to: an authority's file is taken in for that authority
	owner  string // id of the session
	since  time.Time
	faults *table.Faults // nil if nothing is wrong

	mu   sync.Mutex // one click after another
	file *os.File   // nil once it is taken in, or was found wrong
	done *taken
}

// open begins to read the file, from its beginning.
func (f *waiting) open() (*table.Reader, error) {
	return table.NewReader(io.NewSectionReader(f.file, 0, f.size), f.name, f.size, f.kind.Kind)
}

// drop gives the file's room back. What it was found to hold stays.
func (f *waiting) drop() {
	if f.file != nil {
		_ = f.file.Close()
		f.file = nil
	}
}

// room is where files wait: in this process only. Nothing of them is in the database.
type room struct {
	mu   sync.Mutex
	now  func() time.Time
	held map[string]*waiting
}

// hall is the room of this process.
var hall = &room{now: time.Now, held: map[string]*waiting{}}

// nameless makes a file that no folder lists: it is gone when it is closed, and when the program ends.
func nameless() (*os.File, error) {
	f, err := os.CreateTemp("", "everykit-*")
	if err != nil {
		return nil, fault.New(fault.Unavailable, "there is no room to keep the file").Hint("try again in a minute").Because(err)
	}
	if err := os.Remove(f.Name()); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// put keeps a file, makes room for it, and gives the name under which its session finds it again.
func (r *room) put(f *waiting) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	f.since = r.now()
	r.sweep()
	for r.count(f.owner) >= ownMost {
		r.oldest(f.owner)
	}
	for len(r.held) >= waitMost {
		r.oldest("")
	}
	name := rand.Text()
	r.held[name] = f
	time.AfterFunc(waitFor+time.Second, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.sweep()
	})
	return name
}

// find gives a file to the session that sent it, at the place it was sent to.
func (r *room) find(name, owner, place string) (*waiting, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep()
	f := r.held[name]
	if f == nil || f.owner != owner || f.place != place {
		return nil, fault.New(fault.NotFound, "this file is not kept any more: it waits for half an hour").Hint("choose the file again; if it was taken in before, that changes nothing")
	}
	return f, nil
}

// sweep lets go of what has waited too long.
func (r *room) sweep() {
	for name, f := range r.held {
		if r.now().Sub(f.since) >= waitFor {
			r.remove(name, f)
		}
	}
}

// remove must not wait for a file that is just being taken in: that one closes it itself.
func (r *room) remove(name string, f *waiting) {
	delete(r.held, name)
	go func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.drop()
	}()
}

func (r *room) count(owner string) (n int) {
	for _, f := range r.held {
		if f.owner == owner {
			n++
		}
	}
	return n
}

// oldest removes the file that has waited longest, of one session or of all.
func (r *room) oldest(owner string) {
	var name string
	var first *waiting
	for n, f := range r.held {
		if (owner == "" || f.owner == owner) && (first == nil || f.since.Before(first.since)) {
			name, first = n, f
		}
	}
	if first != nil {
		r.remove(name, first)
	}
}
