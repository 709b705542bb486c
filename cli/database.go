package cli

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/report"
	"everykit/document"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/library"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/postcode"
	"everykit/registry"
	"everykit/reminder"
	"everykit/request"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/support"
	"everykit/survey"
)

// rooms are the rooms on one open database.
type rooms struct {
	DB        *store.DB
	Registry  *registry.Registry
	Staff     *staff.Staff
	Ledger    *ledger.Ledger
	Measures  *measure.Measures
	Mail      *mail.Outbox
	Notices   *notice.Notices
	Expiry    *expiry.Expiry
	Reminders *reminder.Reminders
	Surveys   *survey.Survey
	Support   *support.Support
	Cards     *scorecard.Scorecards
	Data      *opendata.Store
	Library   *library.Library
	Bulletins *bulletin.Bulletins
	Reports   *report.Reports
	Postcodes *postcode.Postcodes
	Requests  *request.Requests
	Printer   *document.Printer
}

// useDatabase gives a command the flag of the database.
func (s *session) useDatabase() {
	s.db = s.setting("db", "EVERYKIT_DB", "everykit.db", "database: a `PATH`, or postgres://...")
}

// useKey gives a command the flag of the key for client codes.
func (s *session) useKey() {
	s.key = s.setting("key", "EVERYKIT_KEY", "", "key `FILE` for client codes; PATH.key beside the database if not given, everykit.key for PostgreSQL")
}

// zoneSetting is the time zone of the outlets, which says what day it is there. It belongs to the database as a whole
// and not to one run of a command, so it has no flag.
func (s *session) zoneSetting() *setting {
	return &setting{name: "zone", env: "EVERYKIT_ZONE", otherwise: "Europe/London", io: &s.Streams}
}

// keyPath is where the key for client codes is: never inside the database, so that neither it nor a backup of it is
// enough to try codes against the marks that are kept.
func (s *session) keyPath() string {
	switch {
	case s.key != nil && s.key.value() != "":
		return s.key.value()
	case store.IsPostgres(s.db.value()):
		return "everykit.key"
	}
	return s.db.value() + ".key"
}

// existing opens a database that is there, and fails if it is not.
func (s *session) existing(ctx context.Context) (*rooms, error) {
	dsn := s.db.value()
	missing := fault.New(fault.NotFound, "there is no Everykit database at %s", withoutPassword(dsn)).
		Hint("give another with --db; import, staff add, serve and restore make one")
	if !store.IsPostgres(dsn) {
		if _, err := os.Stat(dsn); errors.Is(err, fs.ErrNotExist) {
			return nil, missing
		}
	}
	db, err := store.Open(ctx, dsn, nil)
	if err != nil {
		return nil, err
	}
	made, err := db.Made(ctx)
	if err == nil && !made {
		err = missing
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return s.join(ctx, db)
}

// existingOrNew opens a database and makes it if it is not there.
func (s *session) existingOrNew(ctx context.Context) (*rooms, error) {
	return s.open(ctx, s.db.value())
}

func (s *session) open(ctx context.Context, dsn string) (*rooms, error) {
	db, err := store.Open(ctx, dsn, nil)
	if err != nil {
		return nil, err
	}
	return s.join(ctx, db)
}

// join brings a database up to date and builds the rooms on it. It owns db, also when it fails.
func (s *session) join(ctx context.Context, db *store.DB) (*rooms, error) {
	r, err := s.joined(ctx, db)
	if err != nil {
		db.Close()
		return nil, err
	}
	return r, nil
}

func (s *session) joined(ctx context.Context, db *store.DB) (*rooms, error) {
	zone, err := s.zone()
	if err != nil {
		return nil, err
	}
	if err := upToDate(ctx, db); err != nil {
		return nil, err
	}
	reg := registry.New(db)
	snap, err := reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	if len(snap.Areas()) == 0 {
		// A new database knows the areas, products and estimates that Everykit ships with.
		if err := reg.LoadBuiltIn(ctx); err != nil {
			return nil, err
		}
	}
	key, err := s.clientKey(ctx, db)
	if err != nil {
		return nil, err
	}
	post, err := s.outboxOptions(key)
	if err != nil {
		return nil, err
	}
	kits, people, outbox := ledger.New(db, reg, key, zone), staff.New(db, staff.Options{}), mail.New(db, post)
	notices := notice.New(db, reg, kits, outbox, post.Site)
	measures := measure.New(db, reg, kits.Today)
	surveys, help := survey.New(db, reg, measures, outbox, kits.Today, post.Site), support.New(db, reg, kits, kits.Today)
	cards := scorecard.New(db, reg, measures, surveys, help, kits.Today)
	shelf := library.New(db, kits.Today)
	if err := shelf.LoadBuiltIn(ctx); err != nil {
		return nil, err
	}
	open := opendata.New(db, reg, measures, surveys, cards, kits.Today)
	printer := &document.Printer{}
	codes := postcode.New(db, reg)
	bulletins := bulletin.New(db, reg, measures, notices, open, outbox, printer, kits.Today, post.Site)
	open.Beside(bulletins.Beside)
	reports := report.New(db, reg, measures, outbox, kits.Today, post.Site)
	bulletins.OnPublished(func(ctx context.Context, tx *store.Tx, e bulletin.Edition) error {
		return reports.Send(ctx, tx, e.Area, e.Period)
	})
	return &rooms{
		Bulletins: bulletins, Reports: reports, Printer: printer,
		Postcodes: codes, Requests: request.New(db, reg, kits, codes, outbox, key, kits.Today, post.Site),
		DB: db, Library: shelf, Registry: reg, Staff: people, Ledger: kits, Measures: measures, Mail: outbox, Surveys: surveys, Support: help,
		Cards: cards, Data: open,
		Notices: notices, Expiry: expiry.New(db, reg, kits, notices, people, outbox, post.Site), Reminders: reminder.New(db, kits, notices, outbox, key, post.Site),
	}, nil
}

// clientKey loads the key if this command uses one, and makes it for a database without client codes. A key that is
// lost is never replaced by itself: a new one would make a stranger of everybody seen before. Nil then, and the ledger
// says so when a code is typed.
func (s *session) clientKey(ctx context.Context, db *store.DB) ([]byte, error) {
	if !s.wantsKey {
		return nil, nil
	}
	path := s.keyPath()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		used, err := knowsClients(ctx, db)
		if err != nil {
			return nil, err
		}
		if used {
			s.say("everykit: the key file %s is not there: client codes cannot be taken", path)
			s.say("  try: bring back the file that belongs to this database, or name it with --key")
			return nil, nil
		}
	}
	return ledger.LoadKey(path)
}

// knowsClients reports whether any client's mark is kept.
func knowsClients(ctx context.Context, db *store.DB) (known bool, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		var one int
		known, err = tx.Get(ctx, []any{&one}, "SELECT 1 FROM client_day LIMIT 1")
		return err
	})
	return known, err
}

// upToDate applies the schema steps that a database has not had. It writes only if there are any, so that commands
// that read never wait for one that writes.
func upToDate(ctx context.Context, db *store.DB) error {
	current, err := db.Current(ctx, schema()...)
	if err != nil || current {
		return err
	}
	return db.Migrate(ctx, schema()...)
}

func (s *session) zone() (*time.Location, error) {
	t := s.zoneSetting()
	zone, err := time.LoadLocation(t.value())
	if err != nil {
		return nil, usage("there is no time zone %q", t.value()).try("set %s=%s", t.env, t.otherwise)
	}
	return zone, nil
}

func isPostgres(dsn string) bool { return store.IsPostgres(dsn) }

// withoutPassword makes a database address fit to be shown.
func withoutPassword(dsn string) string {
	if !store.IsPostgres(dsn) {
		return dsn
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "postgres://..."
	}
	return u.Redacted()
}
