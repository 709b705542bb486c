package bulletin

import (
	"net/http"
	"net/url"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// draftsBody is the bulletins of a nation or an authority for its staff.
type draftsBody struct {
	Path      string
	Bulletins page.Table
	Writes    bool
	Periods   []page.Option
	Local     bool
	Others    []page.Link // other nations that this person may see
}

func drafts(v *desk.Visit) error { return drawDrafts(v, nil, nil) }

func drawDrafts(v *desk.Visit, form url.Values, wrong error) error {
	all, err := v.Bulletins.Of(v.Ctx(), v.Who, v.Area.ID)
	if err != nil {
		return err
	}
	b := draftsBody{Path: base(v), Writes: v.May(staff.WriteBulletins), Local: v.R.PathValue("area") != ""}
	b.Bulletins = page.Table{
		Caption: "Bulletins", Hide: true, Stack: true, Columns: page.Columns("Bulletin", "About", "State", "Edition", "Begun by", "Published"),
		Empty: "No bulletin has been begun yet.",
	}
	for i := range all {
		e := &all[i]
		public := page.TextCell(moment(v, e.PublishedAt))
		if e.State == bulletin.Published {
			public.Href = EditionPath(e.Slug, e.Number)
		}
		b.Bulletins.Rows = append(b.Bulletins.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(e.Title, pathOf(v, e)), page.TextCell(e.Period.String()), page.TagCell(stateTag(e)), page.CountCell(int64(e.Number)),
			page.TextCell(e.MadeName), public,
		}})
	}
	b.Periods = ended(v.Ledger.Today())
	for _, n := range v.Snap.Nations() {
		if !b.Local && n.ID != v.Area.ID && v.Who.May(staff.SeeBulletins, desk.AreaPlace(v.Snap, n)) {
			b.Others = append(b.Others, page.Link{Text: n.Name, Href: "/nation/" + n.Code + "/bulletins"})
		}
	}
	pv := v.View("Bulletins")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{placeLink(v)}
	pv.Wide = true
	pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, form) {
			return wrong
		}
		onlyFields(&pv, "period", "as_of")
		status = page.Status(wrong)
	}
	pv.Body = b
	return pages.Render(v.W, status, "drafts", pv)
}

// placeLink leads to the page of the place of a visit.
func placeLink(v *desk.Visit) page.Link {
	if v.R.PathValue("area") != "" {
		return page.Link{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}
	}
	return page.Link{Text: v.Area.Name, Href: "/nation/" + v.Area.Code}
}

// How many periods that have ended can be chosen from.
const (
	quartersShown = 12
	yearsShown    = 6
)

// ended are the quarters and financial years that have ended, latest first.
func ended(today civil.Date) []page.Option {
	var list []page.Option
	q := civil.QuarterOf(today)
	for range quartersShown {
		q = q.Before()
		list = append(list, page.Option{Value: q.Slug(), Label: q.String() + ", " + q.From.Words() + " to " + q.To.Words()})
	}
	y := civil.FinancialYearOf(today)
	for range yearsShown {
		y = y.Before()
		list = append(list, page.Option{Value: y.Slug(), Label: "The year " + y.String() + ", " + y.From.Words() + " to " + y.To.Words()})
	}
	return list
}

// begin freezes the figures of a period and leads to the workbench.
func begin(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	of := bulletin.DraftOf{Area: v.Area.Code}
	var bad fault.List
	if of.Period, err = civil.ParseSlug(form.Get("period")); err != nil {
		bad = append(bad, fault.New(fault.Invalid, "choose a quarter or a year").At("period"))
	}
	if typed := form.Get("as_of"); typed != "" {
		if of.AsOf, err = civil.ParseDate(typed); err != nil {
			bad = append(bad, fault.New(fault.Invalid, "this is no day").At("as_of").Hint("write it like 2026-11-23, or leave it empty for today"))
		}
	}
	if err := bad.Err(); err != nil {
		return drawDrafts(v, form, err)
	}
	id, err := v.Bulletins.Draft(v.Ctx(), v.Who, of)
	if err != nil {
		return drawDrafts(v, form, err)
	}
	return v.Go(pathOf(v, &bulletin.Edition{ID: id}) + "?saved=begun")
}

// correct begins a new edition of what was published.
func correct(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	e, seen := published(v, form.Get("slug"))
	if !seen {
		return noDraft() // it is of another place, or is not published
	}
	id, err := v.Bulletins.Correct(v.Ctx(), v.Who, e.Slug, form.Get("what"), form.Get("why"))
	if err != nil {
		return drawBench(v, e, typed{deed: "correct", form: form, err: err})
	}
	return v.Go(pathOf(v, &bulletin.Edition{ID: id}) + "?saved=corrected")
}

// published finds the newest published edition of a slug among those of the place of a visit.
func published(v *desk.Visit, slug string) (*bulletin.Edition, bool) {
	all, err := v.Bulletins.Of(v.Ctx(), v.Who, v.Area.ID)
	if err != nil {
		return nil, false
	}
	var newest *bulletin.Edition
	for i := range all {
		if e := &all[i]; e.Slug == slug && e.State == bulletin.Published && (newest == nil || e.Number > newest.Number) {
			newest = e
		}
	}
	if newest == nil {
		return nil, false
	}
	e, err := v.Bulletins.Get(v.Ctx(), v.Who, newest.ID)
	return e, err == nil
}

// stateTag is where an edition stands.
func stateTag(e *bulletin.Edition) page.Tag {
	switch e.State {
	case bulletin.Drafted:
		return page.Tag{Text: "draft", Tone: page.Notice}
	case bulletin.Signed:
		return page.Tag{Text: "signed", Tone: page.Cool}
	case bulletin.Published:
		return page.Tag{Text: "published", Tone: page.Good}
	}
	return page.Tag{Text: "dropped", Tone: page.Quiet}
}

// flashes say what was just done.
var flashes = map[string]string{
	"begun": "The figures are frozen. Now go through the steps.", "corrected": "A new edition is begun. Put right what is wrong, then have it signed.",
	"note": "The commentary is saved.", "title": "The title is saved.", "arrange": "The order of chapters is saved.", "invite": "Who has early access is saved.",
	"waive": "The finding is let pass.", "refreeze": "The figures are frozen again, as they are now.", "sign": "It is signed.",
	"unsign": "The signature is taken back. It is a draft again.", "publish": "It is published. Everybody can read it.", "drop": "The draft is gone.",
}
