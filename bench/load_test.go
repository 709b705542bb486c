package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestPressIsBounded(t *testing.T) {
	var sent atomic.Int64
	send := func(context.Context, int, int) error { sent.Add(1); return nil }
	got, err := load{clients: 4, warmUp: 2, lasts: time.Minute, most: 40}.press(t.Context(), send)
	if err != nil || got.requests != 40 || got.answered != 48 || sent.Load() != 48 {
		t.Errorf("by count: %d requests, %d answered, %d sent, %v", got.requests, got.answered, sent.Load(), err)
	}
	slow := func(context.Context, int, int) error { time.Sleep(5 * time.Millisecond); return nil }
	got, err = load{clients: 2, lasts: 50 * time.Millisecond, most: 1_000_000}.press(t.Context(), slow)
	if err != nil || got.requests < 2 || got.took > 5*time.Second {
		t.Errorf("by time: %d requests in %s, %v", got.requests, got.took, err)
	}
	if p50, p99 := got.quantile(0.5), got.quantile(0.99); p50 < 5 || p99 < p50 {
		t.Errorf("half within %v ms, 99 in 100 within %v ms", p50, p99)
	}
}

func TestPressStopsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	_, err := load{clients: 3, lasts: time.Minute, most: 1_000_000}.press(t.Context(), func(ctx context.Context, client, n int) error {
		if client == 1 && n == 5 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestPostWantsItsStatus(t *testing.T) {
	server := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusSeeOther))
	defer server.Close()
	answer, err := post(t.Context(), newClient(), server.URL, http.Header{}, nil, http.StatusSeeOther)
	if err != nil || answer.Get("Location") != "/elsewhere" {
		t.Errorf("a redirect is not followed: %v, %v", answer, err)
	}
	if _, err := post(t.Context(), newClient(), server.URL, http.Header{}, nil, http.StatusOK); err == nil {
		t.Error("a redirect passed for success")
	}
}
