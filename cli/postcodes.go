package cli

import (
	"context"
	"os"
	"path/filepath"
	"runtime/debug"

	"everykit/postcode"
	"everykit/table"
)

var postcodesCommand = command{
	name: "postcodes", args: "FILE", brief: "Take in the table of postcodes, for finding kits near by",
	more: `FILE is the ONS Postcode Directory, the National Statistics Postcode Lookup or Code-Point Open, as CSV, or the zip file
or folder that it comes in. It takes the place of the table that was there, whole or not at all. Without a table people
choose their council from a list.`,
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		return s.postcodes
	},
}

func (s *session) postcodes(ctx context.Context, args []string) error {
	if err := s.want(args, "a FILE"); err != nil {
		return err
	}
	// A file that cannot be read, or is another, must not leave a new database behind.
	if _, err := postcode.Look(args[0]); err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(importMemory)
	}
	r, err := s.existingOrNew(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	name := filepath.Base(args[0])
	bar := table.NewBar(s.Err, s.Terminal, name)
	did, err := r.Postcodes.Import(ctx, args[0], bar.Set)
	bar.Done()
	if err != nil {
		return err
	}
	s.say("%s: %s, %s, %d kept, %d no longer in use, %d without a place", name, did.Kind, plural(did.Rows, "row"), did.Kept, did.Ended, did.NoPlace)
	return nil
}
