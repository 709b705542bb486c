package cli

import (
	"context"
	"fmt"

	"everykit/table"
)

var verifyCommand = command{
	name: "verify", brief: "Recount everything from the movements and compare it with what is kept",
	more: "Each difference is one line on stdout, and the exit code is 1 if there is any.",
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		return s.verify
	},
}

func (s *session) verify(ctx context.Context, args []string) error {
	if err := s.want(args); err != nil {
		return err
	}
	r, err := s.existing(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	bar := table.NewBar(s.Err, s.Terminal, "verify")
	v, err := r.Ledger.Verify(ctx, func(movements int) { bar.Set(0, 0, movements) })
	bar.Done()
	if err != nil {
		return err
	}
	for _, d := range v.Differences {
		if _, err := fmt.Fprintln(s.Out, d); err != nil {
			return err
		}
	}
	s.say("verify: %s and %s of stock compared, %s", plural(v.Movements, "movement"), plural(v.Stocks, "row"), plural(len(v.Differences), "difference"))
	if len(v.Differences) > 0 {
		s.complain("what is kept differs from the movements", "restore the last backup beside this database and compare; do not go on writing to this one")
		return errSaid
	}
	return nil
}
