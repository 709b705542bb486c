package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	_ "time/tzdata" // civil dates need the outlets' time zone also where the machine has no list of zones
)

// Exit codes.
const (
	done   = 0
	failed = 1
	misuse = 2
)

// Streams is what a command reads from and writes to.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(string) string
	Terminal bool // Err is a terminal: progress may be drawn
}

// Process gives the streams of this process.
func Process() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Terminal: isatty.IsTerminal(os.Stderr.Fd())}
}

// command is one command. setup declares its flags on the session's set and gives what runs it.
type command struct {
	name  string
	args  string // as shown after the name
	brief string // one line for the list of commands
	more  string // further words for its own help; may be empty
	setup func(*session) func(context.Context, []string) error
}

// session is one run of one command.
type session struct {
	Streams
	command command
	flags   *flag.FlagSet
	db, key *setting

	wantsKey bool         // this run takes client codes
	mailing  mailing      // see mailSettings
	log      *slog.Logger // of a server; nil elsewhere
}

// commands are all commands, in the order help lists them.
func commands() []command {
	return []command{
		demoCommand, serveCommand,
		importCommand, exportCommand, templateCommand, figuresCommand, traceCommand,
		surveyCommand, bulletinCommand, opendataCommand, disclosureCommand, libraryCommand, postcodesCommand, staffCommand, verifyCommand, eraseCommand, backupCommand, restoreCommand,
		configCommand, versionCommand,
	}
}

// Run runs one command line (without the program's name) and gives the exit code.
func Run(ctx context.Context, args []string, io Streams) int {
	s := &session{Streams: io}
	err := s.run(ctx, args)
	if err == nil {
		return done
	}
	s.report(err)
	var wrong *usageError
	if errors.As(err, &wrong) {
		return misuse
	}
	return failed
}

func (s *session) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("no command was given").try("everykit help")
	}
	switch args[0] {
	case "help", "--help", "-h":
		return s.help(args[1:])
	case "--version":
		args[0] = "version"
	}
	c, ok := find(args[0])
	if !ok {
		return usage("there is no command %q%s", args[0], meant(args[0], commandNames())).try("everykit help")
	}
	run := s.begin(c)
	rest, err := s.parse(args[1:])
	if errors.Is(err, flag.ErrHelp) {
		s.describe()
		return nil
	}
	if err != nil {
		return err
	}
	return run(ctx, rest)
}

// begin makes this the session of a command and declares its flags.
func (s *session) begin(c command) func(context.Context, []string) error {
	s.command = c
	s.flags = flag.NewFlagSet(c.name, flag.ContinueOnError)
	s.flags.SetOutput(io.Discard)
	return c.setup(s)
}

// parse reads flags wherever they stand and gives the arguments between them. After "--" everything is an argument.
func (s *session) parse(args []string) ([]string, error) {
	var rest []string
	for len(args) > 0 {
		if err := s.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usage("%s", err).try("everykit %s --help", s.command.name)
		}
		left := s.flags.Args()
		if read := len(args) - len(left); read > 0 && args[read-1] == "--" {
			return append(rest, left...), nil
		}
		if len(left) == 0 {
			break
		}
		rest, args = append(rest, left[0]), left[1:]
	}
	return rest, nil
}

// want checks the number of arguments. Names say what each is.
func (s *session) want(args []string, names ...string) error {
	switch {
	case len(args) < len(names):
		return usage("%s needs %s", s.command.name, names[len(args)]).try("everykit %s %s", s.command.name, s.command.args)
	case len(args) > len(names):
		return usage("%s does not know what to do with %q", s.command.name, args[len(names)]).try("everykit %s %s", s.command.name, s.command.args)
	}
	return nil
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func commandNames() []string {
	names := []string{"help"}
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// say writes a line for people to stderr.
func (s *session) say(format string, args ...any) {
	fmt.Fprintln(s.Err, strings.TrimRight(fmt.Sprintf(format, args...), "\n"))
}
