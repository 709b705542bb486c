package find_test

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"everykit/registry"
	"everykit/web/find"
	"everykit/web/webtest"
)

// TestASpikeNeverTouchesTheLedger: with 2,000 outlets and many visitors at once, the ledger is read once a minute, and a list
// takes little.
func TestASpikeNeverTouchesTheLedger(t *testing.T) {
	w := world(t)
	var list []registry.Outlet
	for i := range 2000 {
		o := more(w, "SP-"+itoa(10000+i), "Pharmacy "+itoa(i), 50+float64(i%50)/20, -3+float64(i/50)/20)
		o.Open, o.Gives = "Mo-Fr 09:00-17:00; Sa 10:00-12:00", []string{"nyxoid"}
		list = append(list, o)
	}
	put(t, w, list...)
	lot := w.Receive(w.Home, "prenoxad", "A1", "2028-03", 5000, webtest.Today-20)
	if lot == 0 {
		t.Fatal("no lot")
	}
	v := w.As(webtest.Public)
	first := time.Now()
	v.Get("/find").Is(t, http.StatusOK, "")
	t.Logf("the first visitor of a minute waits %v", time.Since(first))
	var wg sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	for range 4 {
		wg.Go(func() {
			for i := range 25 {
				at := time.Now()
				a := v.Post("/find", url.Values{"lat": {"51.5"}, "lon": {"-0." + itoa(100+i)}, "only": {"open"}})
				mu.Lock()
				took = append(took, time.Since(at))
				mu.Unlock()
				if a.Status != http.StatusOK {
					t.Errorf("it answers %d", a.Status)
				}
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	t.Logf("100 lists: median %v, the slowest %v", took[50], took[99])
	if took[50] > 250*time.Millisecond {
		t.Errorf("half of the lists take longer than %v", took[50])
	}
	if n := find.Reads(w.App); n != 1 {
		t.Errorf("the ledger was read %d times", n)
	}
	w.Wait(59 * time.Second)
	v.Get("/find")
	if n := find.Reads(w.App); n != 1 {
		t.Errorf("within a minute the ledger was read %d times", n)
	}
	w.Wait(time.Second)
	v.Get("/find")
	if n := find.Reads(w.App); n != 2 {
		t.Errorf("after a minute the ledger was read %d times", n)
	}
}
