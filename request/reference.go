package request

import (
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
)

// referenceLetters have none that are taken for each other: no 0 and O, no 1, I and L.
const referenceLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// referenceLength letters of 31 hold 44 bits.
const referenceLength = 9

// referenceOf makes the reference of a request, like R7K-42Q-XM9, the same each time: only whoever has the key can.
func (k *keys) referenceOf(area int, id uuid.UUID) string {
	sum := mark(k.reference, string(bound(area, id)))
	var n uint64
	for _, b := range sum[:8] {
		n = n<<8 | uint64(b)
	}
	var b strings.Builder
	for i := range referenceLength {
		if i > 0 && i%3 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(referenceLetters[n%uint64(len(referenceLetters))])
		n /= uint64(len(referenceLetters))
	}
	return b.String()
}

// keptReference is what is kept of a reference, however it is typed; false for what cannot be one.
func (k *keys) keptReference(typed string) ([]byte, bool) {
	if len(typed) > 100 {
		return nil, false
	}
	var plain []byte
	for _, c := range strings.ToUpper(typed) {
		switch {
		case strings.ContainsRune(referenceLetters, c):
			plain = append(plain, byte(c))
		case !strings.ContainsRune(" -_.\t\r\n\u00a0–‑‐", c):
			return nil, false
		}
	}
	return mark(k.kept, string(plain)), len(plain) == referenceLength
}

// MostMissesAMinute is how many references that are not there are looked up in a minute, by everybody together, before all
// have to wait: at that pace one of ten thousand would be guessed in forty years.
const MostMissesAMinute = 120

// misses counts them, in this process.
type misses struct {
	mu     sync.Mutex
	minute int64
	times  int
}

func (m *misses) tooMany(now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.minute != now.Unix()/60 || m.times < MostMissesAMinute {
		return nil
	}
	return fault.New(fault.Unavailable, "too many references are being looked up just now").Hint("try again in a minute")
}

func (m *misses) add(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if minute := now.Unix() / 60; m.minute != minute {
		m.minute, m.times = minute, 0
	}
	m.times++
}
