package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"everykit/registry"
	"everykit/staff"
)

var staffCommand = command{
	name: "staff", args: "add|list|disable|enable|password|pin [EMAIL]", brief: "Manage the accounts of people who work with Everykit",
	more: `add       --email E --name N --role ROLE, with --outlet CODE for a worker and --area CODE for the others
list      everybody; --area CODE for one authority or nation
disable   close EMAIL's account and end its sessions at once
enable    open it again
password  give EMAIL a new password
pin       give EMAIL, a worker, a PIN for counter devices

ROLE is worker, coordinator, national, analyst or administrator. A password or PIN is made and printed once, or read from
stdin with --password-stdin or --pin-stdin: it is never an argument, which others on the machine could read.`,
	setup: func(s *session) func(context.Context, []string) error {
		p := &people{session: s}
		s.useDatabase()
		s.flags.StringVar(&p.email, "email", "", "`ADDRESS` to sign in with")
		s.flags.StringVar(&p.name, "name", "", "`NAME` as colleagues know them")
		s.flags.StringVar(&p.role, "role", "", "`ROLE`")
		s.flags.StringVar(&p.area, "area", "", "`CODE` of the authority or nation")
		s.flags.Func("outlet", "`CODE` of an outlet a worker works at; may be given again", func(code string) error {
			p.outlets = append(p.outlets, code)
			return nil
		})
		s.flags.BoolVar(&p.passwordStdin, "password-stdin", false, "read the password from stdin")
		s.flags.BoolVar(&p.pinStdin, "pin-stdin", false, "read the PIN from stdin")
		s.flags.StringVar(&p.format, "format", "table", "`FORMAT` of list: table, csv or json")
		return p.run
	},
}

// people is one run of the staff command.
type people struct {
	*session
	email, name, role, area string
	outlets                 []string
	passwordStdin, pinStdin bool
	format                  string

	rooms *rooms
	snap  *registry.Snapshot
}

// staffDeeds are what can follow "staff".
var staffDeeds = map[string]func(*people, context.Context) error{
	"add":      (*people).add,
	"list":     (*people).list,
	"disable":  (*people).disable,
	"enable":   (*people).enable,
	"password": (*people).password,
	"pin":      (*people).pin,
}

func (p *people) run(ctx context.Context, args []string) error {
	words := []string{"add", "list", "disable", "enable", "password", "pin"}
	if len(args) == 0 {
		return usage("staff needs one of %s", strings.Join(words, ", ")).try("everykit staff --help")
	}
	deed, ok := staffDeeds[args[0]]
	if !ok {
		return usage("staff cannot %q%s", args[0], meant(args[0], words)).try("everykit staff %s", strings.Join(words, "|"))
	}
	if err := p.arguments(args[0], args[1:]); err != nil {
		return err
	}
	open := p.existing
	if args[0] == "add" {
		open = p.existingOrNew
	}
	var err error
	if p.rooms, err = open(ctx); err != nil {
		return err
	}
	defer p.rooms.DB.Close()
	if p.snap, err = p.rooms.Registry.Now(ctx); err != nil {
		return err
	}
	return deed(p, ctx)
}

// arguments checks what was given besides the deed before any database is opened or made.
func (p *people) arguments(deed string, args []string) error {
	switch deed {
	case "list":
		if err := checkFormat(p.format); err != nil {
			return err
		}
		return p.want(args)
	case "add":
		if p.email == "" || p.name == "" || p.role == "" {
			return usage("staff add needs --email, --name and --role").try("everykit staff --help")
		}
		return p.want(args)
	}
	if p.email != "" && len(args) == 0 {
		return nil
	}
	if err := p.want(args, "the EMAIL of the account"); err != nil {
		return err
	}
	p.email = args[0]
	return nil
}

var staffColumns = []string{"email", "name", "role", "area", "outlets", "password", "pin", "made_on", "signed_in_on", "closed_on"}

func (p *people) list(ctx context.Context) error {
	at := staff.Place{}
	if p.area != "" {
		id, err := areaNumber(ctx, p.rooms, p.area)
		if err != nil {
			return err
		}
		at.Area = id
	}
	all, err := p.rooms.Staff.Accounts(ctx, staff.Operator(), at)
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i, a := range all {
		rows[i] = p.cells(a)
	}
	return p.print(p.format, staffColumns, rows)
}

func (p *people) cells(a staff.Account) []string {
	area := ""
	if at := p.snap.Area(a.Area); at != nil {
		area = at.Code
	}
	var outlets []string
	for _, at := range a.Outlets {
		if o := p.snap.Outlet(at.Outlet); o != nil {
			outlets = append(outlets, o.Code)
		}
	}
	slices.Sort(outlets)
	return []string{
		a.Email, a.Name, a.Role.String(), area, strings.Join(outlets, " "), yesNo(a.HasPassword), yesNo(a.HasPIN),
		day(a.MadeAt), day(a.SignedInAt), day(a.DisabledAt),
	}
}

func (p *people) disable(ctx context.Context) error {
	return p.change(ctx, "closed; every session of it has ended", p.rooms.Staff.Disable)
}

func (p *people) enable(ctx context.Context) error {
	return p.change(ctx, "open again, with the password and PIN it had", p.rooms.Staff.Enable)
}

// change does a deed to the account of p.email and says what became of it.
func (p *people) change(ctx context.Context, became string, deed func(context.Context, staff.Person, int) error) error {
	a, err := p.rooms.Staff.Find(ctx, staff.Operator(), p.email)
	if err != nil {
		return err
	}
	if err := deed(ctx, staff.Operator(), a.ID); err != nil {
		return err
	}
	p.say("%s: %s", a.Email, became)
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// secretLine says a secret that was made here, once.
func (s *session) secretLine(what, secret string) error {
	_, err := fmt.Fprintf(s.Out, "%s: %s\n", what, secret)
	return err
}
