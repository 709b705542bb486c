package registry

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/store"
)

// load reads the whole registry in one transaction.
func load(ctx context.Context, tx *store.Tx) (*Snapshot, error) {
	s := &Snapshot{}
	if _, err := tx.Get(ctx, []any{&s.Version}, "SELECT version FROM registry_version WHERE id = 1"); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, *store.Tx) error{s.loadAreas, s.loadOutlets, s.loadProducts} {
		if err := read(ctx, tx); err != nil {
			return nil, err
		}
	}
	s.index()
	if err := s.loadEstimates(ctx, tx); err != nil {
		return nil, err
	}
	s.indexEstimates()
	return s, nil
}

func (s *Snapshot) loadAreas(ctx context.Context, tx *store.Tx) error {
	err := tx.Each(ctx, func(scan func(...any) error) error {
		a := &Area{}
		var parent, days, from, to sql.NullInt64
		var lat, lon sql.NullFloat64
		if err := scan(&a.ID, &a.Code, &a.Name, &a.Kind, &parent, &from, &to, &lat, &lon, &days); err != nil {
			return err
		}
		a.Parent, a.ValidFrom, a.ValidTo, a.Lat, a.Lon = int(parent.Int64), date(from), date(to), number(lat), number(lon)
		if a.MinDays = DefaultMinDays; days.Valid {
			a.MinDays = int(days.Int64)
		}
		s.area = put(s.area, a.ID, a)
		return nil
	}, "SELECT id, code, name, kind, parent, valid_from, valid_to, lat, lon, min_days FROM area")
	if err != nil {
		return err
	}
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area, successor int
		if err := scan(&area, &successor); err != nil {
			return err
		}
		if a := s.Area(area); a != nil {
			a.Successors = append(a.Successors, successor)
		}
		return nil
	}, "SELECT area, successor FROM area_successor")
}

func (s *Snapshot) loadOutlets(ctx context.Context, tx *store.Tx) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		o := &Outlet{}
		var lat, lon sql.NullFloat64
		var walkIn, requires, public, stepFree, from, confirmed, closed sql.NullInt64
		var provider, postcode, open, gives, phone, email, languages, basis sql.NullString
		err := scan(&o.ID, &o.Code, &o.Name, &o.Kind, &o.Area, &o.Channel, &provider, &postcode, &lat, &lon, &open, &walkIn,
			&requires, &gives, &phone, &email, &public, &stepFree, &languages, &basis, &from, &confirmed, &closed)
		if err != nil {
			return err
		}
		o.Provider, o.Postcode, o.Lat, o.Lon, o.Open = provider.String, postcode.String, number(lat), number(lon), open.String
		o.WalkIn, o.Requires, o.Gives = WalkIn(walkIn.Int64), Requires(requires.Int64), strings.Fields(gives.String)
		o.Phone, o.Email, o.Public, o.StepFree = phone.String, email.String, Answer(public.Int64), Answer(stepFree.Int64)
		o.Languages, o.LegalBasis, o.LegalFrom, o.ConfirmedOn, o.ClosedOn = languages.String, basis.String, date(from), date(confirmed), date(closed)
		s.outlet = put(s.outlet, o.ID, o)
		return nil
	}, `SELECT id, code, name, kind, area, channel, provider, postcode, lat, lon, open_hours, walk_in, requires, gives, phone,
		email, public, step_free, languages, legal_basis, legal_from, confirmed_on, closed_on FROM outlet`)
}

func (s *Snapshot) loadProducts(ctx context.Context, tx *store.Tx) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		p := &Product{}
		var gtin, licence sql.NullString
		var life, age sql.NullInt64
		if err := scan(&p.ID, &p.Code, &p.Name, &p.Form, &p.Route, &p.DosesPerKit, &gtin, &licence, &life, &age); err != nil {
			return err
		}
		p.GTIN, p.Licence, p.ShelfLifeMonths, p.MinAge = gtin.String, licence.String, int(life.Int64), int(age.Int64)
		s.product = put(s.product, p.ID, p)
		return nil
	}, "SELECT id, code, name, form, route, doses_per_kit, gtin, licence, shelf_life_months, min_age FROM product")
}

func (s *Snapshot) loadEstimates(ctx context.Context, tx *store.Tx) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		e := &Estimate{}
		var areas, period string
		var low, high sql.NullFloat64
		if err := scan(&e.ID, &areas, &e.Population, &period, &e.Value, &low, &high, &e.Published, &e.Method, &e.Source); err != nil {
			return err
		}
		e.Low, e.High = number(low), number(high)
		for _, code := range strings.Fields(areas) {
			a := s.areaByCode[code]
			if a == nil {
				return fmt.Errorf("estimate %d is of area %s, which is not in the registry", e.ID, code)
			}
			e.Areas = append(e.Areas, a.ID)
		}
		var err error
		if e.Period, err = civil.ParsePeriod(period); err != nil {
			return fmt.Errorf("estimate %d: %w", e.ID, err)
		}
		s.estimates = append(s.estimates, e)
		return nil
	}, "SELECT id, areas, population, period, value, low, high, published, method, source FROM estimate ORDER BY id")
}

// put places x at its id in a list that grows.
func put[T any](list []*T, id int, x *T) []*T {
	for len(list) <= id {
		list = append(list, nil)
	}
	list[id] = x
	return list
}

func date(n sql.NullInt64) civil.Date {
	if !n.Valid {
		return civil.None
	}
	return civil.Date(n.Int64)
}

func number(n sql.NullFloat64) *float64 {
	if !n.Valid {
		return nil
	}
	return &n.Float64
}

// sorted gives the ids of a list by code.
func sorted[T any](all []*T, code func(*T) string) codes {
	var ids codes
	for id, x := range all {
		if x != nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int) int { return strings.Compare(code(all[a]), code(all[b])) })
	return ids
}
