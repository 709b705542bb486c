package bulletin

import (
	"context"
	"net/http"
	"time"

	"everykit/web/desk"
	"everykit/web/page"
)

// keepAndSend is the end of every handler whose answer is kept in the memory of the site. It holds until something is published;
// room bulletin knows at once what was published by this process, and within seconds what was by another. version is that of what
// is published, asked before anything else was read, so that what has been published meanwhile makes the answer an old one.
func keepAndSend(v *desk.Visit, version int64, a *page.Answer) {
	room := v.Bulletins
	a.Holds = func(ctx context.Context) bool {
		now, err := room.Version(ctx)
		return err == nil && now == version
	}
	v.Shell.Memory().Keep(v.Link(v.R.URL.Path), a)
	a.Send(v.W, v.R)
}

// kept answers with a page that is the same for everybody: draw writes it once, and it is kept while nothing is published.
func kept(v *desk.Visit, draw func(http.ResponseWriter) error) error {
	version, err := v.Bulletins.Version(v.Ctx())
	if err != nil {
		return err
	}
	d := page.NewDrawn()
	if err := draw(d); err != nil {
		return err
	}
	keepAndSend(v, version, d.Packed(pageFor))
	return nil
}

// How long an answer may be kept without asking again whether it is still the same: the address of a bulletin or a page, and
// that of a file of one edition.
const (
	pageFor = 5 * time.Minute
	maxAge  = "public, max-age=300"
	forEver = "public, max-age=31536000, immutable"
)
