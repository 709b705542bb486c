package cli

import (
	"context"
	"os"

	"everykit/store"
)

var backupCommand = command{
	name: "backup", args: "FILE", brief: "Copy the database to a new file while it is in use",
	more: "The key for client codes is not in it: keep a copy of the key file in another place than the backups.",
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		return func(ctx context.Context, args []string) error {
			if err := s.want(args, "a FILE"); err != nil {
				return err
			}
			r, err := s.existing(ctx)
			if err != nil {
				return err
			}
			defer r.DB.Close()
			if err := store.Backup(ctx, r.DB, args[0]); err != nil {
				return err
			}
			size := int64(0)
			if info, err := os.Stat(args[0]); err == nil {
				size = info.Size()
			}
			s.say("%s: %d bytes; the key file %s is not in it", args[0], size, s.keyPath())
			return nil
		}
	},
}
