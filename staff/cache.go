package staff

import (
	"sync"
	"time"
)

// cacheMost is how many sessions are remembered before all are forgotten.
const cacheMost = 20000

// cache remembers for CacheFor whose a session is. Every change to accounts or sessions through this process empties
// it; it is so short-lived that forgetting everything costs little, and nothing can be forgotten to be forgotten.
type cache struct {
	mu   sync.RWMutex
	age  uint64 // how often it was emptied
	seen map[key]cached
}

type cached struct {
	p     Person
	until time.Time
}

func (c *cache) get(k key, now time.Time) (Person, bool) {
	c.mu.RLock()
	e, ok := c.seen[k]
	c.mu.RUnlock()
	return e.p, ok && now.Before(e.until)
}

// started gives the age to hand to put. Take it before reading the database.
func (c *cache) started() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.age
}

// put remembers what was read, unless the cache was emptied since: what was read may be what was changed.
func (c *cache) put(age uint64, k key, p Person, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.age != age {
		return
	}
	if c.seen == nil || len(c.seen) >= cacheMost {
		c.seen = map[key]cached{}
	}
	c.seen[k] = cached{p, until}
}

// empty must come after the change is durable and before its answer is given.
func (c *cache) empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.age++
	c.seen = nil
}
