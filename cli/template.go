package cli

import "context"

var templateCommand = command{
	name: "template", args: "KIND", brief: "Print the header of a kind of file with one example row",
	more: kindsHelp(),
	setup: func(s *session) func(context.Context, []string) error {
		return func(_ context.Context, args []string) error {
			if err := s.want(args, "a KIND of file"); err != nil {
				return err
			}
			kind, err := fileKind(args[0])
			if err != nil {
				return err
			}
			return kind.Template(s.Out)
		}
	},
}
