package cli

import (
	"context"
	"strings"

	"everykit/bulletin"
	"everykit/registry"
	"everykit/staff"
)

var bulletinCommand = command{
	name: "bulletin", args: "draft|check|note|waive|sign|unsign|publish|correct|drop|show|write [BULLETIN]", brief: "Make, check, sign and publish a bulletin of a quarter or a year",
	more: `draft    freeze the figures of --period P for --area A, a nation or an authority by code or name, as of --as-of DATE
check    BULLETIN: what must be mended or waived before it is signed, a row each; fails while anything is open
note     BULLETIN CHAPTER FILE: set a chapter's commentary to a file of Markdown; an empty file takes it away
waive    BULLETIN FINDING REASON: let a finding of check stand; FINDING may end in * for all that begin so
sign     BULLETIN, as somebody who changed nothing in it: --as EMAIL; --embargo "2026-12-15 09:30" publishes it by itself
unsign   BULLETIN --why W: make it a draft again
publish  BULLETIN: write all its formats and make it public
correct  BULLETIN --what W --why Y: begin a new edition of a published one
drop     BULLETIN: take a draft away
show     all bulletins, or BULLETIN's main points and files
write    BULLETIN --out FOLDER: ` + strings.Join(bulletin.FileNames, ", ") + `

BULLETIN is its name in addresses, such as 2021-22-q2. --as EMAIL names the account that acts; without it the command line
does, which may do all but sign.`,
	setup: func(s *session) func(context.Context, []string) error {
		b := &bulletins{session: s}
		s.useDatabase()
		s.useKey()
		s.flags.StringVar(&b.period, "period", "", "`PERIOD` of a draft: 2021/22-Q2 or 2021/22")
		s.flags.StringVar(&b.area, "area", "", "`AREA` of a draft, or to show: a nation or an authority, by code or name")
		s.flags.StringVar(&b.asOf, "as-of", "", "`DATE` on which estimates and returns are taken as they were; today if not given")
		s.flags.StringVar(&b.as, "as", "", "`EMAIL` of the account that acts")
		s.flags.StringVar(&b.embargo, "embargo", "", "`TIME` at which a signed bulletin is published, where the site is: 2026-12-15 09:30")
		s.flags.StringVar(&b.what, "what", "", "`WORDS` on what a correction puts right")
		s.flags.StringVar(&b.why, "why", "", "`WORDS` on why it was wrong, or why a signature is taken back")
		s.flags.StringVar(&b.out, "out", "", "`FOLDER` to write to")
		s.flags.StringVar(&b.format, "format", "table", "`FORMAT` of check and show: table, csv or json")
		return b.run
	},
}

// bulletins is one run of the bulletin command.
type bulletins struct {
	*session
	period, area, asOf, as, embargo, what, why, out, format string

	args  []string // after the deed
	slug  string
	rooms *rooms
	snap  *registry.Snapshot
	who   staff.Person
}

// bulletinDeed is what can follow "bulletin".
type bulletinDeed struct {
	name  string
	wants []string // what must stand behind it; the first is the bulletin
	maybe bool     // nothing may stand there too
	do    func(*bulletins, context.Context) error
}

func bulletinDeeds() []bulletinDeed {
	const which = "the BULLETIN, such as 2021-22-q2"
	return []bulletinDeed{
		{"draft", nil, false, (*bulletins).draft},
		{"check", []string{which}, false, (*bulletins).check},
		{"note", []string{which, "the CHAPTER", "a FILE of Markdown"}, false, (*bulletins).note},
		{"waive", []string{which, "the FINDING", "a REASON"}, false, (*bulletins).waive},
		{"sign", []string{which}, false, (*bulletins).sign},
		{"unsign", []string{which}, false, (*bulletins).unsign},
		{"publish", []string{which}, false, (*bulletins).publish},
		{"correct", []string{which}, false, (*bulletins).correct},
		{"drop", []string{which}, false, (*bulletins).drop},
		{"show", []string{which}, true, (*bulletins).show},
		{"write", []string{which}, false, (*bulletins).write},
	}
}

func (b *bulletins) run(ctx context.Context, args []string) error {
	var words []string
	for _, d := range bulletinDeeds() {
		words = append(words, d.name)
	}
	if len(args) == 0 {
		return usage("bulletin needs one of %s", strings.Join(words, ", ")).try("everykit bulletin --help")
	}
	for _, d := range bulletinDeeds() {
		if d.name == args[0] {
			return b.deed(ctx, d, args[1:])
		}
	}
	return usage("bulletin cannot %q%s", args[0], meant(args[0], words)).try("everykit bulletin %s", strings.Join(words, "|"))
}

func (b *bulletins) deed(ctx context.Context, d bulletinDeed, args []string) error {
	if !d.maybe || len(args) > 0 {
		if err := b.want(args, d.wants...); err != nil {
			return err
		}
	}
	if b.args = args; len(args) > 0 {
		b.slug = strings.ReplaceAll(args[0], "/", "-") // 2021/22-Q2 is how people write a period
	}
	if err := b.arguments(d.name); err != nil {
		return err
	}
	b.wantsKey = d.name == "sign" || d.name == "publish" // letters with links wait sealed
	var err error
	if b.rooms, err = b.existing(ctx); err != nil {
		return err
	}
	defer b.rooms.DB.Close()
	if b.snap, err = b.rooms.Registry.Now(ctx); err != nil {
		return err
	}
	if b.who, err = b.actor(ctx); err != nil {
		return err
	}
	return d.do(b, ctx)
}

// arguments checks what was given before any database is opened.
func (b *bulletins) arguments(deed string) error {
	if err := checkFormat(b.format); err != nil {
		return err
	}
	switch {
	case deed == "draft" && (b.period == "" || b.area == ""):
		return usage("bulletin draft needs --period and --area").try("everykit bulletin draft --period 2021/22-Q2 --area Scotland")
	case deed == "correct" && (b.what == "" || b.why == ""):
		return usage("bulletin correct needs --what and --why: readers are told both").try(`everykit bulletin correct %s --what "Two figures of Fife" --why "A return came twice"`, b.slug)
	case deed == "unsign" && b.why == "":
		return usage("bulletin unsign needs --why").try(`everykit bulletin unsign %s --why "A return came late"`, b.slug)
	case deed == "write" && b.out == "":
		return usage("bulletin write needs --out").try("everykit bulletin write %s --out FOLDER", b.slug)
	case deed == "sign" && b.as == "":
		return usage("bulletin sign needs --as: the command line cannot sign").try("everykit bulletin sign %s --as EMAIL", b.slug)
	}
	return nil
}

// actor is the person that --as names, or the command line.
func (b *bulletins) actor(ctx context.Context) (staff.Person, error) {
	if b.as == "" {
		return staff.Operator(), nil
	}
	a, err := b.rooms.Staff.Find(ctx, staff.Operator(), b.as)
	if err != nil {
		return staff.Person{}, err
	}
	if !a.DisabledAt.IsZero() {
		return staff.Person{}, faultClosed()
	}
	p := staff.Person{ID: a.ID, Name: a.Name, Email: a.Email, Role: a.Role, Area: a.Area}
	for _, o := range a.Outlets {
		p.Outlets = append(p.Outlets, o.Outlet)
	}
	return p, nil
}

// found is the edition that the command line names, with what people wrote in it.
func (b *bulletins) found(ctx context.Context) (*bulletin.Edition, error) {
	return b.rooms.Bulletins.Find(ctx, b.who, b.slug)
}
