package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"slices"
	"sync"
	"time"
)

// load is how hard a server is pressed: by so many clients, for so long or until so many requests are answered.
type load struct {
	clients int
	warmUp  int // requests that each client sends before the clock starts
	lasts   time.Duration
	most    int // requests while the clock runs
}

// requests is the most that will be sent.
func (l load) requests() int { return l.most + l.warmUp*l.clients }

// pressed is what came of it.
type pressed struct {
	requests  int           // answered while the clock ran
	answered  int           // with the warm-up
	took      time.Duration // from the start of the clock to the last answer
	latencies []time.Duration
}

func (p pressed) perSecond() float64 { return float64(p.requests) / p.took.Seconds() }

// quantile gives the latency under which that share of requests stayed, in milliseconds.
func (p pressed) quantile(share float64) float64 {
	if len(p.latencies) == 0 {
		return 0
	}
	at := min(int(share*float64(len(p.latencies))), len(p.latencies)-1)
	return float64(p.latencies[at]) / float64(time.Millisecond)
}

// press has each client send one request after another; send gets the client's number and how many it sent before. The
// first error ends it.
func (l load) press(ctx context.Context, send func(ctx context.Context, client, n int) error) (pressed, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	each := func(work func(client int) error) {
		var all sync.WaitGroup
		for c := range l.clients {
			all.Go(func() {
				if err := work(c); err != nil {
					stop(err)
				}
			})
		}
		all.Wait()
	}
	each(func(client int) error {
		for n := range l.warmUp {
			if err := send(ctx, client, n); err != nil {
				return err
			}
		}
		return nil
	})
	found := make([][]time.Duration, l.clients)
	begun := time.Now()
	each(func(client int) error {
		share := l.most / l.clients
		found[client] = make([]time.Duration, 0, min(share, 100_000))
		for n := range share {
			if time.Since(begun) >= l.lasts || ctx.Err() != nil {
				return nil
			}
			at := time.Now()
			if err := send(ctx, client, l.warmUp+n); err != nil {
				return err
			}
			found[client] = append(found[client], time.Since(at))
		}
		return nil
	})
	p := pressed{took: time.Since(begun), latencies: slices.Concat(found...)}
	slices.Sort(p.latencies)
	p.requests = len(p.latencies)
	p.answered = p.requests + l.warmUp*l.clients
	return p, context.Cause(ctx)
}

// source hands out rows to many clients.
type source struct {
	mu   sync.Mutex
	pull func() ([]string, bool)
	stop func()
}

// newSource makes a source of all rows of a nation; its owner calls stop.
func newSource(n nation) *source {
	s := &source{}
	s.pull, s.stop = iter.Pull(n.supplies(orderedIDs))
	return s
}

func (s *source) next() ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cells, ok := s.pull()
	if !ok {
		return nil, errors.New("there are no more rows")
	}
	return slices.Clone(cells), nil
}

// newClient makes the client of one of them: it keeps its connection, keeps no cookies and follows nothing.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       30 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 1, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// post sends a body and wants one status back. The answer's body is read, so that the connection can be used again.
func post(ctx context.Context, c *http.Client, url string, header http.Header, body []byte, want int) (http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header = header
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != want {
		answer, _ := io.ReadAll(io.LimitReader(resp.Body, 2000))
		return nil, fmt.Errorf("%s answered %s, not %d\n%s", url, resp.Status, want, answer)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.Header, err
}
