package bulletin_test

import (
	"io"
	"net/http"
	"testing"
)

// BenchmarkPublicPage reads a published bulletin as a crowd of browsers does, packed, over HTTP.
func BenchmarkPublicPage(b *testing.B) {
	w := world(b)
	published(b, w)
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			r, _ := http.NewRequest(http.MethodGet, w.URL+"/bulletins/"+slug, nil)
			r.Header.Set("Accept-Encoding", "gzip")
			res, err := transport.RoundTrip(r)
			if err != nil {
				b.Error(err)
				return
			}
			n, _ := io.Copy(io.Discard, res.Body)
			res.Body.Close()
			if res.StatusCode != http.StatusOK || n == 0 {
				b.Errorf("answered %s", res.Status)
				return
			}
			b.SetBytes(n)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
