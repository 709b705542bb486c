package staff_test

import (
	"testing"

	"everykit/staff"
	"everykit/store/storetest"
)

// Who is part of every request: under 10 µs from memory.
func BenchmarkWho(b *testing.B) {
	for name, wait := range map[string]bool{"memory": false, "database": true} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, storetest.SQLite)
			w.create(b, worker("ada", canal, harbour))
			token, _ := w.signIn(b, "ada")
			b.ReportAllocs()
			for b.Loop() {
				if wait {
					w.clock.move(staff.CacheFor)
				}
				if _, err := w.Who(ctx, token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
