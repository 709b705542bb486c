package library

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

// How many suggestions are taken in an hour: from everybody, and from one address. Both are more than people need, and few
// enough that somebody can read them all.
const (
	MostAnHour        = 60
	MostAnHourFromOne = 5
)

// limiter counts suggestions. An address is known to it only as a hash under a key that is made at the start and never
// leaves memory, and for an hour.
type limiter struct {
	mu    sync.Mutex
	key   []byte
	all   []time.Time
	by    map[[16]byte][]time.Time
	swept time.Time
}

func newLimiter() *limiter {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return &limiter{key: key, by: map[[16]byte][]time.Time{}}
}

// take counts one more from an address; false if that would be too many. An empty address is counted with all others that
// are.
func (l *limiter) take(now time.Time, address string) bool {
	h := hmac.New(sha256.New, l.key)
	h.Write([]byte(address))
	mark := [16]byte(h.Sum(nil)[:16])
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute || now.Before(l.swept) {
		l.sweep(now)
	}
	l.all, l.by[mark] = recent(l.all, now), recent(l.by[mark], now)
	if len(l.all) >= MostAnHour || len(l.by[mark]) >= MostAnHourFromOne {
		if len(l.by[mark]) == 0 {
			delete(l.by, mark)
		}
		return false
	}
	l.all, l.by[mark] = append(l.all, now), append(l.by[mark], now)
	return true
}

// sweep forgets addresses that sent nothing for an hour.
func (l *limiter) sweep(now time.Time) {
	l.swept = now
	for mark, times := range l.by {
		if len(recent(times, now)) == 0 {
			delete(l.by, mark)
		}
	}
}

// recent are the times of the last hour.
func recent(times []time.Time, now time.Time) []time.Time {
	for len(times) > 0 && now.Sub(times[0]) >= time.Hour {
		times = times[1:]
	}
	return times
}
