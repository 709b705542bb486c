package cli

import (
	"bufio"
	"context"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/staff"
)

var eraseCommand = command{
	name: "erase", brief: "Take away the marks that client codes left",
	more: `Client codes are kept only as keyed hashes, and those are personal data. --before takes away the marks of all supplies
before a day; --code-stdin reads one code from stdin and takes away that person's marks in the authority named by --area.
The supplies themselves stay. It reads every movement: run it when it is quiet.`,
	setup: func(s *session) func(context.Context, []string) error {
		e := &erasing{session: s}
		s.useDatabase()
		s.useKey()
		s.flags.StringVar(&e.before, "before", "", "marks of supplies before this `DAY`")
		s.flags.StringVar(&e.area, "area", "", "`CODE` of the authority, with --code-stdin")
		s.flags.BoolVar(&e.code, "code-stdin", false, "read the code of one person from stdin")
		return e.run
	},
}

type erasing struct {
	*session
	before, area string
	code         bool
}

func (e *erasing) run(ctx context.Context, args []string) error {
	if err := e.want(args); err != nil {
		return err
	}
	what := ledger.Erasure{Area: e.area}
	switch {
	case (e.before == "") == !e.code, e.code && e.area == "":
		return usage("erase needs either --before DAY, or --code-stdin and --area CODE").try("everykit erase --before 2024-04-01")
	case e.code:
		line, _ := bufio.NewReader(e.In).ReadString('\n')
		if what.Code = strings.TrimSpace(line); what.Code == "" {
			return usage("there is no code on stdin").try("echo CODE | everykit erase --code-stdin --area %s", e.area)
		}
	default:
		day, err := civil.ParseDate(e.before)
		if err != nil {
			return usage("%v", err).try("everykit erase --before 2024-04-01")
		}
		what.Before = day
	}
	e.wantsKey = e.code
	r, err := e.existing(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	n, err := r.Ledger.EraseMarks(ctx, staff.Operator(), what)
	if err != nil {
		return err
	}
	e.say("erase: %s taken away", plural(n, "mark"))
	return nil
}
