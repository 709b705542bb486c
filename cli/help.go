package cli

import (
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
)

// help lists the commands, or describes one.
func (s *session) help(args []string) error {
	if len(args) > 0 {
		c, ok := find(args[0])
		if !ok {
			return usage("there is no command %q%s", args[0], meant(args[0], commandNames())).try("everykit help")
		}
		s.begin(c)
		s.describe()
		return nil
	}
	fmt.Fprint(s.Out, "Everykit keeps the record of every take-home naloxone kit.\n\nUsage: everykit COMMAND [arguments] [flags]\n\n")
	w := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %s\t%s\n", strings.TrimSpace(c.name+" "+c.args), c.brief)
	}
	w.Flush()
	fmt.Fprint(s.Out, "\nThe database is everykit.db in this folder, or --db PATH, or --db postgres://..., or EVERYKIT_DB.\n"+
		"\"everykit COMMAND --help\" tells more of a command, \"everykit demo\" shows it all with made-up data.\n")
	return nil
}

// describe writes the help of the session's command.
func (s *session) describe() {
	c := s.command
	fmt.Fprintf(s.Out, "Usage: everykit %s\n\n%s.\n", strings.TrimSpace(c.name+" "+c.args), c.brief)
	if c.more != "" {
		fmt.Fprintf(s.Out, "\n%s\n", strings.TrimSpace(c.more))
	}
	first := true
	w := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	s.flags.VisitAll(func(f *flag.Flag) {
		if first {
			fmt.Fprint(s.Out, "\nFlags:\n")
			first = false
		}
		value, words := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			words += " (" + f.DefValue + " if not given)"
		}
		fmt.Fprintf(w, "  --%s\t%s\n", strings.TrimSpace(f.Name+" "+value), words)
	})
	w.Flush()
}
