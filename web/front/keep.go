package front

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// How long a page holds if nothing is known to have changed, how long a browser keeps it without asking, and how long the
// numbers on it hold.
const (
	holdFor = time.Minute
	maxAge  = time.Minute
	readFor = 15 * time.Minute
)

// site is what this folder keeps of one site.
type site struct {
	making  sync.Mutex // one page at a time
	reading atomic.Pointer[reading]
}

// sites are those of this process: one, but in tests.
var sites sync.Map

func siteOf(app *desk.App) *site {
	s, ok := sites.Load(app)
	if !ok {
		s, _ = sites.LoadOrStore(app, &site{})
	}
	return s.(*site)
}

// answer sends the page at an address, from memory if it holds, else made again by draw. While one request makes it all others
// are given the one before; so they are if it cannot be made.
func answer(v *desk.Visit, draw func(*desk.Visit, *reading, http.ResponseWriter) error) error {
	v.R = v.R.Clone(v.R.Context())
	v.R.URL.RawQuery = "" // no page depends on one, and none may show what one visitor came with
	s, m, address := siteOf(v.App), v.Shell.Memory(), v.Link(v.R.URL.Path)
	before := m.Kept(address)
	if before == nil {
		s.making.Lock()
	} else if !s.making.TryLock() {
		before.Send(v.W, v.R)
		return nil
	}
	defer s.making.Unlock()
	if a := m.Holding(v.Ctx(), address); a != nil {
		a.Send(v.W, v.R)
		return nil
	}
	a, err := s.make(v, draw)
	switch {
	case err == nil:
		m.Keep(address, a)
	case before == nil, fault.Is(err, fault.NotFound):
		return err
	default:
		v.Log.Error("page not made again, the one before is served", "route", v.R.Pattern, "error", err.Error())
		a = before
	}
	a.Send(v.W, v.R)
	return nil
}

// version is all that a page depends on and that is quick to ask for.
type version struct {
	library   uint64
	bulletins int64
	day       civil.Date
}

func versionNow(ctx context.Context, app *desk.App) (n version, err error) {
	if n.library, err = app.Library.Version(ctx); err == nil {
		n.bulletins, err = app.Bulletins.Version(ctx)
	}
	n.day = app.Ledger.Today()
	return n, err
}

func (s *site) make(v *desk.Visit, draw func(*desk.Visit, *reading, http.ResponseWriter) error) (*page.Answer, error) {
	app := v.App
	of, err := versionNow(v.Ctx(), app)
	if err != nil {
		return nil, err
	}
	until := v.DB.Now().Add(holdFor)
	r, err := s.read(v, of.day)
	if err != nil {
		return nil, err
	}
	d := page.NewDrawn()
	if err := draw(v, r, d); err != nil {
		return nil, err
	}
	a := d.Packed(maxAge)
	a.Holds = func(ctx context.Context) bool {
		now, err := versionNow(ctx, app)
		return err == nil && now == of && app.DB.Now().Before(until)
	}
	return a, nil
}

// read gives the numbers: those there are for a quarter of an hour, then new ones. The caller holds making.
func (s *site) read(v *desk.Visit, today civil.Date) (*reading, error) {
	now := v.DB.Now()
	if r := s.reading.Load(); r != nil && r.today == today && now.Before(r.at.Add(readFor)) && !now.Before(r.at) {
		return r, nil
	}
	r, err := read(v, today)
	if err != nil {
		return nil, err
	}
	r.at = now
	s.reading.Store(r)
	return r, nil
}
