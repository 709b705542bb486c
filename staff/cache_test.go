package staff

import (
	"testing"
	"time"
)

// What was read before the cache was emptied must not get in after: it may be the session that was just ended.
func TestTheCacheKeepsNothingReadBeforeItWasEmptied(t *testing.T) {
	var c cache
	now, p := time.Now(), Person{ID: 1}
	age := c.started()
	c.empty()
	c.put(age, key{1}, p, now.Add(time.Minute))
	if _, ok := c.get(key{1}, now); ok {
		t.Error("an old answer came in")
	}
	c.put(c.started(), key{1}, p, now.Add(time.Minute))
	if got, ok := c.get(key{1}, now); !ok || got.ID != 1 {
		t.Error("a new answer was not kept")
	}
	if _, ok := c.get(key{1}, now.Add(time.Minute)); ok {
		t.Error("an answer outlived its time")
	}
	for i := range cacheMost + 1 {
		c.put(c.started(), key{2, byte(i), byte(i >> 8)}, p, now.Add(time.Minute))
	}
	if len(c.seen) > cacheMost {
		t.Errorf("%d sessions remembered", len(c.seen))
	}
}
