package registry

import (
	"context"
	"strconv"
	"strings"

	"everykit/table"
)

// Export writes everything of one kind to out, which was made with that kind's columns (table.Kind.Names), by code, and
// says how many rows that were. What it writes can be imported into an empty registry, in the order of Kinds, and is the
// same registry then; the settings of areas (MinDays) are not part of it. It does not close out.
func (r *Registry) Export(ctx context.Context, kind string, out table.Out) (rows int, err error) {
	s, err := r.Now(ctx)
	if err != nil {
		return 0, err
	}
	switch kind {
	case AreasFile:
		return writeAll(out, s.Areas(), s.areaCells)
	case OutletsFile:
		return writeAll(out, s.Outlets(), s.outletCells)
	case ProductsFile:
		return writeAll(out, s.Products(), productCells)
	case EstimatesFile:
		return writeAll(out, s.Estimates(), s.estimateCells)
	}
	return 0, noKind(kind)
}

func writeAll[T any](out table.Out, all []*T, cells func(*T) []string) (int, error) {
	for i, x := range all {
		if err := out.Write(cells(x)...); err != nil {
			return i, err
		}
	}
	return len(all), nil
}

func (s *Snapshot) areaCells(a *Area) []string {
	next := make([]string, len(a.Successors))
	for i, id := range a.Successors {
		next[i] = s.areaCode(id)
	}
	return []string{
		a.Code, a.Name, a.Kind, s.areaCode(a.Parent), a.ValidFrom.String(), a.ValidTo.String(), numberCell(a.Lat), numberCell(a.Lon),
		strings.Join(next, " "),
	}
}

func (s *Snapshot) outletCells(o *Outlet) []string {
	return []string{
		o.Code, o.Name, o.Kind.String(), s.areaCode(o.Area), o.Channel.String(), o.Provider, o.Postcode, numberCell(o.Lat), numberCell(o.Lon),
		o.Open, o.WalkIn.String(), o.Requires.String(), strings.Join(o.Gives, " "), o.Phone, o.Email, o.Public.String(), o.StepFree.String(),
		o.Languages, o.LegalBasis, o.LegalFrom.String(), o.ConfirmedOn.String(), o.ClosedOn.String(),
	}
}

func productCells(p *Product) []string {
	return []string{
		p.Code, p.Name, p.Form.String(), p.Route.String(), countCell(p.DosesPerKit), p.GTIN, p.Licence, countCell(p.ShelfLifeMonths), countCell(p.MinAge),
	}
}

func (s *Snapshot) estimateCells(e *Estimate) []string {
	return []string{
		s.areasCell(e), e.Population.String(), e.Period.String(), plainNumber(e.Value), numberCell(e.Low), numberCell(e.High),
		string(e.Published), e.Method, e.Source,
	}
}

func (s *Snapshot) areaCode(id int) string {
	if a := s.Area(id); a != nil {
		return a.Code
	}
	return ""
}

func numberCell(f *float64) string {
	if f == nil {
		return ""
	}
	return plainNumber(*f)
}

func countCell(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
