package cli

import (
	"context"
	"fmt"
	"text/tabwriter"
)

var configCommand = command{
	name: "config", brief: "Show every setting, its value and where it is from",
	more: "Each may be set by its flag on the commands that use it, or by the environment for all of them.",
	setup: func(s *session) func(context.Context, []string) error {
		s.useDatabase()
		s.useKey()
		s.useMail()
		zone, listen, metrics, logs := s.zoneSetting(), s.useListen(), s.useMetrics(), s.useLog()
		crossref, pubmed := s.useLookups()
		return func(_ context.Context, args []string) error {
			if err := s.want(args); err != nil {
				return err
			}
			w := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "setting\tvalue\tfrom\tenvironment")
			for _, t := range append([]*setting{s.db, s.key, zone, listen, metrics, logs, crossref, pubmed}, s.mailing.all()...) {
				value, from := t.origin()
				switch t {
				case s.db:
					value = withoutPassword(value)
				case s.key:
					value = s.keyPath()
				case s.mailing.server:
					value = s.mailShown()
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.name, value, from, t.env)
			}
			return w.Flush()
		}
	},
}
