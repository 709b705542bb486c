package find

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/draw"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// showing is the page of one outlet.
type showing struct {
	Card  card
	Week  []openDay
	Code  template.HTML
	Link  string // what the code says
	Wrong string
	Post  bool
}

// codeSide is how large the code is on paper, in millimetres.
const codeSide = 30

// placeOf is the outlet that an address names. Those that are not for the public are not there.
func placeOf(v *desk.Visit, k *known) (*place, error) {
	id, err := strconv.Atoi(v.R.PathValue("outlet"))
	if p := k.byID[id]; err == nil && p != nil {
		return p, nil
	}
	return nil, fault.New(fault.NotFound, "%s", v.T("find.no-outlet")).Hint("%s", v.T("find.no-outlet-hint"))
}

// outlet is the public page of one.
func outlet(v *desk.Visit) error {
	k := lookUp(v)
	p, err := placeOf(v, k)
	if err != nil {
		return err
	}
	c := clock{v.DB.Now(), v.Ledger.Zone()}
	pv := v.View(p.Name)
	pv.TitleLang, pv.Public = pv.InEnglish(), true
	pv.Crumbs = []page.Link{{Text: v.T("find.title"), Href: v.Link(at)}}
	b := showing{
		Card: k.cardOf(v.Words(), found{place: p, open: p.openAt(c)}, asked{}, c), Week: week(v.Words(), p.hours),
		Link: site(v) + v.Link(Path(p.ID)), Wrong: v.Link(Path(p.ID) + "/wrong"), Post: k.posts[p.Area],
	}
	b.Card.Week = ""
	code, err := draw.QR(b.Link, draw.CodeStyle{Title: v.T("find.code-title"), Millimetres: codeSide})
	if err == nil { // an address that no code can hold is written out below it anyway
		b.Code = template.HTML(code) // draw escapes what it is given
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "outlet", pv)
}

// site is where the visitor's browser reaches the pages, unless whoever runs them has said where that is.
func site(v *desk.Visit) string {
	if v.Site != "" {
		return strings.TrimSuffix(v.Site, "/")
	}
	scheme := "http"
	if v.Secure {
		scheme = "https"
	}
	return scheme + "://" + v.R.Host
}
