package report

import (
	"context"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/bulletin/report"
	"everykit/civil"
	"everykit/document"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// place is whose report a visit is about.
type place struct {
	*desk.Visit
	name string
	home string // path of its own page
	file string // begins the name of a PDF
	read func(*report.Reports, context.Context, civil.Period) (*document.Document, error)
}

func ofOutlet(handle func(place) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		id := v.Outlet.ID
		return handle(place{v, v.Outlet.Name, desk.OutletPath(id), v.Outlet.Code, func(r *report.Reports, ctx context.Context, p civil.Period) (*document.Document, error) {
			return r.OfOutlet(ctx, id, p)
		}})
	}
}

func ofArea(handle func(place) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		if !v.Area.IsAuthority() {
			return fault.New(fault.NotFound, "%s is not the area of one authority", v.Area.Name).Hint("see the page of its nation")
		}
		id := v.Area.ID
		return handle(place{v, v.Area.Name, "/areas/" + v.Area.Code, v.Area.Code, func(r *report.Reports, ctx context.Context, p civil.Period) (*document.Document, error) {
			return r.OfArea(ctx, id, p)
		}})
	}
}

// Path is where the report of a period is, under the page of an outlet or an authority.
func Path(home string, p civil.Period) string { return home + "/report/" + p.Slug() }

// choose leads to the period that the form asks for.
func choose(v place) error {
	p, err := figures.Asked(v.Visit, figures.LastQuarter(v.Ledger.Today()))
	if err != nil {
		return err
	}
	return v.Go(Path(v.home, p))
}

type body struct {
	Periods []page.Option
	Period  string
	Choose  string // address of the form
	Report  template.HTML
	PDF     string
	Facts   []page.Fact
}

func show(v place) error {
	slug, pdf := strings.CutSuffix(v.R.PathValue("period"), ".pdf")
	p, err := civil.ParseSlug(slug)
	if err != nil {
		return fault.New(fault.NotFound, "there is no report at this address: %s", err.Error()).Hint("a period is written like 2026-27-q1 or 2025-26")
	}
	if pdf {
		return v.print(p)
	}
	d, err := v.read(v.Reports, v.Ctx(), p)
	if err != nil {
		return err
	}
	today := v.Ledger.Today()
	b := body{
		Periods: figures.Choices(figures.Recent(today, 3, 6), p, func(p civil.Period) string { return figures.Long(p, today) }), Period: p.Slug(),
		Choose: v.home + "/report", Report: d.Body(), PDF: Path(v.home, p) + ".pdf",
	}
	for _, m := range d.Meta {
		b.Facts = append(b.Facts, page.Fact{Key: m.Name, Value: page.TextCell(m.Value)})
	}
	pv := v.View(d.Title)
	pv.Caption = d.Subtitle
	pv.Crumbs = []page.Link{{Text: v.name, Href: v.home}}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "report", pv)
}

// print sends the report as a PDF. Its links name the site, for they are read away from it.
func (v place) print(p civil.Period) error {
	d, err := v.read(v.Reports.Paper(), v.Ctx(), p)
	if err != nil {
		return err
	}
	file, err := v.Printer.PDF(v.Ctx(), d)
	if err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `inline; filename="`+plainName(v.file)+"-"+p.Slug()+`.pdf"`)
	h.Set("Content-Length", strconv.Itoa(len(file)))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	_, err = v.W.Write(file)
	return err
}

// plainName keeps of a code what may stand in a file's name.
func plainName(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, code)
}
