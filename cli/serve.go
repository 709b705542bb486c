package cli

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"everykit/demo"
	"everykit/fault"
	"everykit/language"
	"everykit/store"
	"everykit/web"
	"everykit/web/desk"
	"everykit/web/frontend"
	"everykit/web/page"
)

// Limits of the server.
const (
	stopWithin  = 10 * time.Second // requests under way get this long to finish when it stops
	headerBytes = 32 << 10
	formBytes   = 1 << 20  // of a form
	uploadBytes = 32 << 20 // of a form with a file
)

var serveCommand = command{
	name: "serve", brief: "Serve the pages until it is told to stop",
	more: `Ctrl-C or SIGTERM stops it: requests under way are finished first, within 10 seconds.

Put it behind a server that speaks HTTPS, and give --https so that cookies are only sent that way. Health and metrics
(/health, /metrics) have an address of their own, which is not for the public.`,
	setup: func(s *session) func(context.Context, []string) error {
		o := &serving{session: s}
		s.useDatabase()
		s.useKey()
		s.useMail()
		o.listen, o.metrics, o.logs = s.useListen(), s.useMetrics(), s.useLog()
		o.languages = s.setting("languages", "EVERYKIT_LANGUAGES", "", "`FOLDER` with other languages of the public pages, one folder each; English alone if not given")
		o.crossref, o.pubmed = s.useLookups()
		s.flags.BoolVar(&o.https, "https", false, "people reach it over HTTPS")
		s.flags.BoolVar(&o.proxy, "proxy", false, "the server in front names the browser's address in X-Forwarded-For")
		return o.run
	},
}

// serving is one run of a server.
type serving struct {
	*session
	listen, metrics, logs *setting
	languages             *setting
	crossref, pubmed      *setting // nil: nothing is looked up elsewhere, as in a demonstration
	https, proxy          bool
}

func (o *serving) run(ctx context.Context, args []string) error {
	if err := o.want(args); err != nil {
		return err
	}
	log, err := o.logger(o.logs.value())
	if err != nil {
		return err
	}
	o.wantsKey, o.log = true, log
	if folder := o.languages.value(); folder != "" {
		if err := language.Load(folder); err != nil {
			return err
		}
	}
	// The address first: a second server on one address must not touch the database.
	at, err := listen(o.listen.value())
	if err != nil {
		return err
	}
	defer at.Close()
	r, err := o.existingOrNew(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	return o.serve(ctx, r, log, at)
}

func listen(address string) (net.Listener, error) {
	at, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "nothing can be served at %s", address).Hint("stop what is there, or give another address with --listen").Because(err)
	}
	return at, nil
}

// serveGC is how much a server's memory may grow before what is no longer used is looked for, in per cent of what is in use. A
// server holds little, and answers a lot that is gone at once: at the usual 100 an eighth of its time goes into looking.
const serveGC = 300

// serve answers requests until ctx ends, then finishes what is under way.
func (o *serving) serve(ctx context.Context, r *rooms, log *slog.Logger, at net.Listener) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serveGC)
	}
	if err := frontend.Missing(); err != nil {
		log.Warn("pages come without their looks", "why", err.Error())
	}
	madeUp, err := isDemo(ctx, r)
	if err != nil {
		return err
	}
	r.Printer.Trouble = func(err error) { log.Warn("a PDF was made the plain way", "why", err.Error()) }
	if o.crossref != nil {
		r.Library.FindWith(finder(o.crossref, o.pubmed))
	}
	m := newMetrics(r)
	app := &desk.App{
		DB: r.DB, Registry: r.Registry, Ledger: r.Ledger, Staff: r.Staff, Measures: r.Measures, Notices: r.Notices, Mail: r.Mail, Expiry: r.Expiry, Reminders: r.Reminders,
		Surveys: r.Surveys, Support: r.Support, Cards: r.Cards, Data: r.Data, Library: r.Library, Bulletins: r.Bulletins, Reports: r.Reports, Postcodes: r.Postcodes, Requests: r.Requests, Printer: r.Printer, Log: log, Secure: o.https, Proxied: o.proxy, Site: o.mailSettings().site.value(),
		Shell: &page.Shell{Log: log, Demo: madeUp, Version: Version()},
	}
	stopJobs := startJobs(ctx, r, log)
	defer stopJobs()
	pages := newServer(observe(web.New(app), log, m), log)
	failed := make(chan error, 2)
	pages.ConnContext = page.WholeContext
	go func() { failed <- pages.Serve(page.Whole(at)) }()
	stops := []*http.Server{pages}
	if address := o.metrics.value(); address != "off" {
		inner, err := listen(address)
		if err != nil {
			pages.Close()
			return err
		}
		watch := newServer(watchHandler(r, m), log)
		go func() { failed <- watch.Serve(inner) }()
		stops = append(stops, watch)
		log.Info("watching", "health", "http://"+inner.Addr().String()+"/health", "metrics", "http://"+inner.Addr().String()+"/metrics")
	}
	log.Info("serving", "address", "http://"+at.Addr().String()+"/", "database", r.DB.Path, "version", Version())
	select {
	case err = <-failed:
	case <-ctx.Done():
		log.Info("stopping", "within", stopWithin.String())
	}
	return errors.Join(err, stop(stops))
}

// isDemo reports whether the database holds a made-up nation, which every page must say.
func isDemo(ctx context.Context, r *rooms) (is bool, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		is, err = demo.Is(ctx, tx)
		return err
	})
	return is, err
}

// stop ends servers when their requests are done, or when it has taken too long.
func stop(servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, fault.New(fault.Unavailable, "requests were still under way after %s and were cut off", stopWithin), s.Close())
		}
	}
	return errors.Join(errs...)
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      3 * time.Minute, // a download over a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(withoutAddresses{log.Handler()}, slog.LevelWarn),
	}
}
