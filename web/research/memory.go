package research

import (
	"context"
	"maps"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"everykit/web/desk"
	"everykit/web/page"
)

// countries are those of a version of the shelf: every search offers them.
type countries struct {
	version uint64
	list    []string
}

// known are the countries by site: one, but in tests.
var known sync.Map

func countriesOf(v *desk.Visit) ([]string, error) {
	version, err := v.Library.Version(v.Ctx())
	if err != nil {
		return nil, err
	}
	kept, _ := known.LoadOrStore(v.App, &atomic.Pointer[countries]{})
	at := kept.(*atomic.Pointer[countries])
	if c := at.Load(); c != nil && c.version == version {
		return c.list, nil
	}
	list, err := v.Library.Countries(v.Ctx())
	if err == nil {
		at.Store(&countries{version, list})
	}
	return list, err
}

// onePage is the only question whose answer is kept: that of a search is not.
var onePage = regexp.MustCompile(`^(page=[1-9][0-9]{0,4})?$`)

// brief is how long an answer is kept that shows more than the shelf: how areas stand, what outlets there are.
const brief = time.Minute

// maxAge lets anybody keep an answer, and has them ask whether it is still the same, which costs next to nothing: whoever accepts an
// item sees it at once.
const maxAge = "public, no-cache"

// mostOne is the largest answer that is kept, in bytes.
const mostOne = 4 << 20

// kept answers with what is the same for everybody: draw writes it once, and it is kept for one version of the shelf and one day, and
// no longer than a time above nought. What is not fine, or is asked with more than the number of a page, is not kept.
func kept(v *desk.Visit, within time.Duration, draw func(http.ResponseWriter) error) error {
	version, err := v.Library.Version(v.Ctx()) // before anything is read: what changes meanwhile makes this an old answer
	if err != nil {
		return err
	}
	d, app, day := page.NewDrawn(), v.App, v.Ledger.Today()
	if err := draw(d); err != nil {
		return err
	}
	if d.Status != http.StatusOK || !onePage.MatchString(v.R.URL.RawQuery) || d.Body.Len() > mostOne {
		maps.Copy(v.W.Header(), d.Header())
		v.W.WriteHeader(d.Status)
		_, _ = v.W.Write(d.Body.Bytes())
		return nil
	}
	d.Header().Set("Cache-Control", maxAge)
	a, until := page.Packed(d.Header(), d.Body.Bytes()), v.DB.Now().Add(within)
	a.Holds = func(ctx context.Context) bool {
		now, err := app.Library.Version(ctx)
		return err == nil && now == version && app.Ledger.Today() == day && (within == 0 || app.DB.Now().Before(until))
	}
	v.Shell.Memory().Keep(page.Address(v.Link(v.R.URL.Path), v.R.URL.RawQuery), a)
	a.Send(v.W, v.R)
	return nil
}
