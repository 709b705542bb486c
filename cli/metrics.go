package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"everykit/ledger"
	"everykit/store"
)

// metrics is what a server tells whoever watches over it. Its labels are routes, statuses and kinds of entry: none can
// lead to a person or an outlet.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	underWay prometheus.Gauge
}

func newMetrics(r *rooms) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "everykit_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "everykit_request_seconds", Help: "How long answers took, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .04, .1, .25, 1, 5},
		}, []string{"route"}),
		underWay: prometheus.NewGauge(prometheus.GaugeOpts{Name: "everykit_requests_under_way", Help: "Requests being answered now."}),
	}
	m.registry.MustRegister(m.requests, m.took, m.underWay, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&entries{rooms: r}, &letters{r.Mail})
	return m
}

func (m *metrics) request(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// watchHandler serves /health and /metrics.
func watchHandler(r *rooms, m *metrics) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, req *http.Request) {
		status, says := http.StatusOK, "ok"
		if err := healthy(req.Context(), r); err != nil {
			status, says = http.StatusServiceUnavailable, err.Error()
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]string{"status": says, "version": Version()}) // whoever asked may have gone
	})
	return mux
}

// healthy reads from the database, within two seconds.
func healthy(ctx context.Context, r *rooms) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := r.DB.Ping(ctx); err != nil {
		return err
	}
	return r.DB.Read(ctx, func(tx *store.Tx) error {
		var version int64
		_, err := tx.Get(ctx, []any{&version}, "SELECT version FROM registry_version WHERE id = 1")
		return err
	})
}

// entriesFor is how long a count of the ledger's entries is told again before it is made afresh.
const entriesFor = 10 * time.Second

// entries tells how much the ledger holds, from its monthly counts.
type entries struct {
	rooms *rooms
	mu    sync.Mutex
	at    time.Time
	kits  map[ledger.Kind][2]int // entries and kits, less what was reversed
}

var (
	entriesDesc = prometheus.NewDesc("everykit_entries", "Entries in the ledger by kind, less those reversed.", []string{"kind"}, nil)
	kitsDesc    = prometheus.NewDesc("everykit_kits", "Kits moved in the ledger by kind, less what was reversed.", []string{"kind"}, nil)
	upDesc      = prometheus.NewDesc("everykit_database_up", "1 if the database answers, else 0.", nil, nil)
)

// Describe implements prometheus.Collector.
func (e *entries) Describe(ch chan<- *prometheus.Desc) {
	ch <- entriesDesc
	ch <- kitsDesc
	ch <- upDesc
}

// Collect implements prometheus.Collector.
func (e *entries) Collect(ch chan<- prometheus.Metric) {
	e.mu.Lock()
	defer e.mu.Unlock()
	up := 1.0
	if time.Since(e.at) > entriesFor {
		if err := e.count(); err != nil {
			up = 0
		}
	}
	ch <- prometheus.MustNewConstMetric(upDesc, prometheus.GaugeValue, up)
	for kind, n := range e.kits {
		ch <- prometheus.MustNewConstMetric(entriesDesc, prometheus.GaugeValue, float64(n[0]), kind.String())
		ch <- prometheus.MustNewConstMetric(kitsDesc, prometheus.GaugeValue, float64(n[1]), kind.String())
	}
}

// count adds up the authorities' totals, each found by the key of the monthly counts.
func (e *entries) count() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	snap, err := e.rooms.Registry.Now(ctx)
	if err != nil {
		return err
	}
	kits := map[ledger.Kind][2]int{}
	err = e.rooms.DB.Read(ctx, func(tx *store.Tx) error {
		for _, a := range snap.Areas() {
			err := tx.Each(ctx, func(scan func(...any) error) error {
				var kind ledger.Kind
				var times, moved int
				if err := scan(&kind, &times, &moved); err != nil {
					return err
				}
				n := kits[kind]
				kits[kind] = [2]int{n[0] + times, n[1] + moved}
				return nil
			}, "SELECT kind, sum(times), sum(kits) FROM month_count WHERE area = ? AND outlet = 0 GROUP BY kind", a.ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		e.kits, e.at = kits, time.Now()
	}
	return err
}
