package cli

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// jobEvery is how often a server looks whether something is due.
const jobEvery = time.Minute

// job is something that a server does by itself when it is due. Each may be done by several servers of one database at
// once: what was done is written down in the transaction that does it.
type job struct {
	name string
	tick func(context.Context) error
}

// startJobs runs what is due until ctx ends; stop waits until they have come to an end.
func startJobs(ctx context.Context, r *rooms, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { r.Mail.Run(ctx) })
	for _, j := range r.jobs() {
		running.Go(func() { j.run(ctx, log) })
	}
	return func() {
		cancel()
		running.Wait()
	}
}

func (j job) run(ctx context.Context, log *slog.Logger) {
	every := time.NewTicker(jobEvery)
	defer every.Stop()
	for {
		if err := j.tick(ctx); err != nil && ctx.Err() == nil {
			log.Error("a job failed and will be tried again", "job", j.name, "why", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// jobs are what a server does by itself beside sending mail.
func (r *rooms) jobs() []job {
	return []job{{"notices", r.Notices.Tick}, {"digests", r.Expiry.Tick}, {"reminders", r.Reminders.Tick}, {"surveys", r.Surveys.Tick}, {"library", r.Library.Tick}, {"bulletins", r.Bulletins.Tick}, {"requests", r.Requests.Tick}}
}
