package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is the version of this build; the Makefile sets it.
var release string

// Version names this build: the release, else the revision it was built from.
func Version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unreleased"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "unreleased"
}

var versionCommand = command{
	name: "version", brief: "Print the version",
	setup: func(s *session) func(context.Context, []string) error {
		return func(_ context.Context, args []string) error {
			if err := s.want(args); err != nil {
				return err
			}
			_, err := fmt.Fprintf(s.Out, "everykit %s %s %s/%s\n", Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		}
	},
}
