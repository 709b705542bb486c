package opendata

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"everykit/fault"
)

// mostMaking bounds how long tables may take to make, whoever waits for them.
const mostMaking = 5 * time.Minute

// again is how soon it is tried again after tables could not be made.
const again = 30 * time.Second

// current gives the tables as they were last made. Old ones are made again by one goroutine while everybody is given the old
// ones; where there are none yet, everybody waits for the same making. Where they cannot be made, the old ones stand.
func (s *Store) current(ctx context.Context) (*set, error) {
	s.mu.Lock()
	now, at := s.now, s.db.Now()
	stale := now == nil || at.Sub(now.at) >= Every || at.Before(now.at)
	if stale && s.making == nil && !(s.failed != nil && at.Before(s.retry)) {
		s.making = make(chan struct{})
		// Not with the context of whoever came first: others wait for it too.
		go s.remake(context.WithoutCancel(ctx), s.making)
	}
	making, failed := s.making, s.failed
	s.mu.Unlock()
	switch {
	case now != nil:
		return now, nil
	case making == nil:
		return nil, failed
	}
	select {
	case <-making:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return nil, s.failed
	}
	return s.now, nil
}

func (s *Store) remake(ctx context.Context, done chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, mostMaking)
	defer cancel()
	s.mu.Lock()
	before := s.now
	s.mu.Unlock()
	made, err := s.guarded(ctx, before)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed = err; err == nil {
		s.now = made
	} else {
		s.retry = s.db.Now().Add(again)
	}
	s.making = nil
	close(done)
}

// guarded makes all tables. A mistake of ours there must not end a server that other pages stand on.
func (s *Store) guarded(ctx context.Context, before *set) (made *set, err error) {
	defer func() {
		if p := recover(); p != nil {
			made, err = nil, fault.New(fault.Internal, "the open data could not be made").Because(fmt.Errorf("%v\n%s", p, debug.Stack()))
		}
	}()
	return s.make(ctx, before)
}
