package cli

import (
	"context"

	"everykit/store"
)

var restoreCommand = command{
	name: "restore", args: "FILE", brief: "Make a database from a backup",
	more: "It never overwrites: the database of --db must not be there yet, or be an empty one of PostgreSQL.",
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		return func(ctx context.Context, args []string) error {
			if err := s.want(args, "a FILE"); err != nil {
				return err
			}
			if err := store.Restore(ctx, s.db.value(), args[0]); err != nil {
				return err
			}
			to := withoutPassword(s.db.value())
			s.say("restored %s to %s", args[0], to)
			s.say("  next: everykit verify --db %s", to)
			return nil
		}
	},
}
