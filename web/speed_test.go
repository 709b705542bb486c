package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/webtest"
)

// BenchmarkGiveOut posts the form for giving a kit out, each one durable, from 16 signed-in browsers at once.
func BenchmarkGiveOut(b *testing.B) {
	w := webtest.New(b)
	lot, err := w.Ledger.Lot(b.Context(), w.Lot)
	if err != nil {
		b.Fatal(err)
	}
	for range 20 {
		if err := w.Ledger.Receive(b.Context(), staff.Operator(), ledger.Receipt{
			Entry: ledger.Entry{ID: ledger.NewID(), OccurredOn: webtest.Today, Outlet: w.Home.ID, Kits: 100_000}, Product: lot.Product, Lot: lot.Number,
		}); err != nil {
			b.Fatal(err)
		}
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	cookie := webtest.Cookie(w.Token("worker"))
	at := w.URL + desk.OutletPath(w.Home.ID) + "/give-out"
	number, day := strconv.Itoa(w.Lot), webtest.Today.String()
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			form := url.Values{"id": {ledger.NewID().String()}, "occurred_on": {day}, "kits": {"1"}, "lot": {number}, "proposed": {number}}
			r, _ := http.NewRequest(http.MethodPost, at, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(cookie)
			res, err := transport.RoundTrip(r)
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, res.Body)
			res.Body.Close()
			if res.StatusCode != http.StatusSeeOther {
				b.Errorf("answered %s", res.Status)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}
