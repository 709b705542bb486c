package cli

import "context"

var opendataCommand = command{
	name: "opendata", args: "FOLDER", brief: "Write all public tables as CSV, JSON and Parquet, with what describes them",
	more: `The tables are those of the pages under /data, made afresh; datapackage.json describes every column. Small numbers that could tell
on a person are hidden as [c], against all editions that were published before. Files of the same names are replaced.`,
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		return func(ctx context.Context, args []string) error {
			if err := s.want(args, "a FOLDER"); err != nil {
				return err
			}
			r, err := s.existing(ctx)
			if err != nil {
				return err
			}
			defer r.DB.Close()
			n, err := r.Data.WriteAll(ctx, args[0])
			if err != nil {
				return err
			}
			s.say("%s: %s", args[0], plural(n, "file"))
			return nil
		}
	},
}
