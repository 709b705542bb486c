package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"everykit/demo"
	"everykit/fault"
	"everykit/request"
)

// demoPorts is how many ports from the usual one on are tried for a free one.
const demoPorts = 20

var demoCommand = command{
	name: "demo", brief: "Make up a nation in a temporary folder and serve it",
	more: `It prints the address and who to sign in as. Outlets, counts and most denominators are made up, and every page says
so. The same seed makes the same nation. Ctrl-C stops it and removes the folder.`,
	setup: func(s *session) func(context.Context, []string) error {
		d := &demonstration{session: s}
		s.flags.Uint64Var(&d.seed, "seed", 1, "`N` that the nation grows from")
		s.flags.Float64Var(&d.scale, "scale", 1, "`TIMES` as many outlets and supplies as England may have")
		s.flags.StringVar(&d.keep, "keep", "", "`FOLDER` to make it in, which stays afterwards")
		d.listen = s.setting("listen", "EVERYKIT_LISTEN", "127.0.0.1:8080", "`ADDRESS` of the pages, or the next that is free")
		d.logs = s.setting("log", "EVERYKIT_LOG", "errors", "`FORM` of the log on stderr: text, json, or errors for those alone")
		return d.run
	},
}

// demonstration is one run of the demo command.
type demonstration struct {
	*session
	seed         uint64
	scale        float64
	keep         string
	listen, logs *setting
}

func (d *demonstration) run(ctx context.Context, args []string) error {
	if err := d.want(args); err != nil {
		return err
	}
	log, err := d.logger(d.logs.value())
	if err != nil {
		return err
	}
	at, err := d.address()
	if err != nil {
		return err
	}
	defer at.Close()
	dir, remove, err := d.folder()
	if err != nil {
		return err
	}
	defer remove()
	d.db = &setting{name: "db", flag: filepath.Join(dir, "demo.db"), io: &d.Streams}
	d.wantsKey, d.log = true, log
	if m := d.mailSettings(); m.server.value() == "" {
		m.server.flag = "file://" + filepath.ToSlash(filepath.Join(dir, "mail"))
	}
	d.mailing.site.flag = "http://" + at.Addr().String()
	r, err := d.existingOrNew(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	began := time.Now()
	steps := &steps{session: d.session}
	opened := time.Now()
	forms, err := demo.RequestForms(ctx, r.Requests) // forms are sent by people, who take a while over them
	if err != nil {
		return err
	}
	made, err := demo.Build(ctx, r.DB, r.Registry, r.Ledger, r.Staff, r.Measures, demo.Options{Seed: d.seed, Scale: d.scale, Progress: steps.show})
	if err == nil {
		err = demo.Notices(ctx, made, r.Registry, r.Ledger, r.Notices)
	}
	var asked demo.Surveyed
	if err == nil {
		asked, err = demo.Surveys(ctx, made, r.Registry, r.Measures, r.Surveys)
	}
	if err == nil {
		err = demo.Support(ctx, made, r.Registry, r.Support)
	}
	if err == nil {
		_, err = demo.Bulletins(ctx, made, r.Registry, r.Bulletins)
	}
	if err == nil {
		time.Sleep(request.MinFormAge - time.Since(opened)) // of a small nation, which was made sooner than anybody fills in a form
		err = demo.Requests(ctx, made, r.Registry, r.Requests, forms)
	}
	steps.end()
	if err != nil {
		return err
	}
	d.welcome(made, asked, at.Addr().String(), dir, time.Since(began))
	off := &setting{flag: "off", io: &d.Streams}
	return (&serving{session: d.session, metrics: off}).serve(ctx, r, log, at)
}

// address listens at the address that was asked for, or else at the first that is free from the usual one on.
func (d *demonstration) address() (net.Listener, error) {
	address, from := d.listen.origin()
	at, err := listen(address)
	if err == nil || from != "default" {
		return at, err
	}
	host, port, _ := net.SplitHostPort(address) // the default can be split
	first, _ := strconv.Atoi(port)
	for n := first + 1; n < first+demoPorts; n++ {
		if at, err := listen(net.JoinHostPort(host, strconv.Itoa(n))); err == nil {
			return at, nil
		}
	}
	return nil, err
}

// folder makes the folder of the nation. remove takes a temporary one away.
func (d *demonstration) folder() (dir string, remove func(), err error) {
	if d.keep == "" {
		dir, err = os.MkdirTemp("", "everykit-demo-")
		return dir, func() { os.RemoveAll(dir) }, err
	}
	path := filepath.Join(d.keep, "demo.db")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", nil, fault.New(fault.Refused, "there is a %s already", path).Hint("everykit serve --db %s serves it again", path)
	}
	return d.keep, func() {}, os.MkdirAll(d.keep, 0o700)
}

// welcome says what there is and how to get in.
func (d *demonstration) welcome(made demo.Made, asked demo.Surveyed, address, dir string, took time.Duration) {
	home := "http://" + address
	fmt.Fprintf(d.Out, "Everykit: a made-up nation of %d authorities, %d outlets and %d supplies, from %s to %s.\n",
		made.Authorities, made.Outlets, made.Supplies, made.From, made.Today)
	fmt.Fprintf(d.Out, "Outlets, counts and most denominators are made up (seed %d, made in %.0f s).\n\n  %s/\n\nSign in as:\n", made.Seed, took.Seconds(), home)
	w := tabwriter.NewWriter(d.Out, 0, 0, 2, ' ', 0)
	for _, a := range made.Accounts {
		pin := ""
		if a.PIN != "" {
			pin = "PIN " + a.PIN
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", a.Email, a.Password, a.Role, home+a.Start, pin)
	}
	w.Flush()
	fmt.Fprintf(d.Out, "\nThe survey as the authority to look at first gets it, without an account:\n  %s\n", asked.Link)
	last := "Ctrl-C stops it and removes " + dir + "."
	if d.keep != "" {
		last = "Ctrl-C stops it. It stays in " + dir + "."
	}
	fmt.Fprintf(d.Out, "\n%s\n", last)
}

// steps shows how far a nation is made: a line a step, with its share where stderr is a terminal.
type steps struct {
	*session
	name  string
	drawn time.Time
}

func (p *steps) show(name string, done, total int) {
	if name != p.name {
		p.end()
		p.name = name
		if !p.Terminal {
			p.say("making %s", name)
		}
	}
	if !p.Terminal || time.Since(p.drawn) < 100*time.Millisecond {
		return
	}
	p.drawn = time.Now()
	share := ""
	if total > 0 {
		share = fmt.Sprintf(" %3d%%", 100*done/total)
	}
	fmt.Fprintf(p.Err, "\rmaking %s%s\x1b[K", p.name, share)
}

// end goes on to the next line.
func (p *steps) end() {
	if p.Terminal && p.name != "" {
		fmt.Fprintf(p.Err, "\r\x1b[K")
	}
	p.name, p.drawn = "", time.Time{}
}
