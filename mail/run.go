package mail

import (
	"context"
	"time"
)

// tidyEvery is how often a running loop erases what is no longer needed.
const tidyEvery = time.Hour

// Run sends what is due until ctx ends, and tidies. A message in the middle of a conversation is then broken off if
// that is safe, and finished if it is not: allow it ten seconds. It runs without a Sender too, for the tidying.
func (o *Outbox) Run(ctx context.Context) {
	look, tidy := time.NewTicker(o.opts.Poll), time.NewTicker(tidyEvery)
	defer look.Stop()
	defer tidy.Stop()
	o.tidied(ctx)
	for ctx.Err() == nil {
		if _, err := o.Once(ctx); err != nil && ctx.Err() == nil {
			o.opts.Log.Error("mail: nothing could be sent", "why", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-o.wake:
		case <-look.C:
		case <-tidy.C:
			o.tidied(ctx)
		}
	}
}

func (o *Outbox) tidied(ctx context.Context) {
	if _, err := o.Tidy(ctx); err != nil && ctx.Err() == nil {
		o.opts.Log.Error("mail: old texts could not be erased", "why", err.Error())
	}
}
