package registry

import "everykit/fault"

type productBatch []Product

func (rows productBatch) store(in *intake) error {
	ids, seen, next := map[string]int{}, map[string]int{}, max(1, len(in.snap.product))
	owner := map[string]int{} // of each GTIN, as it will be
	for _, p := range in.snap.Products() {
		ids[codeKey(p.Code)] = p.ID
	}
	ok := make([]bool, len(rows))
	given := map[int]bool{}
	for i := range rows {
		rows[i].ID, ok[i] = in.claim(i, rows[i].Code, ids, seen, &next)
		given[rows[i].ID] = true
	}
	for _, p := range in.snap.Products() {
		if !given[p.ID] && p.GTIN != "" {
			owner[p.GTIN] = p.ID
		}
	}
	var changed []*Product
	for i := range rows {
		if !ok[i] {
			continue
		}
		p := &rows[i]
		in.fault(i, p.check()...)
		if p.GTIN != "" {
			p.GTIN = normalGTIN(p.GTIN)
			if _, taken := owner[p.GTIN]; taken {
				in.fault(i, fault.New(fault.Invalid, "another product has the GTIN %s", p.GTIN).At("gtin"))
			}
			owner[p.GTIN] = p.ID
		}
		before := in.snap.Product(p.ID)
		if before != nil {
			p.Code = before.Code
		}
		if in.count(before != nil, before != nil && before.same(p)) {
			changed = append(changed, p)
		}
	}
	if in.faults > 0 {
		return nil
	}
	return in.writeProducts(changed)
}

func (in *intake) writeProducts(changed []*Product) error {
	var values []any
	for _, p := range changed {
		// Two products may swap their GTINs in one file: neither may stand in the other's way.
		if before := in.snap.Product(p.ID); before != nil && before.GTIN != p.GTIN {
			if _, err := in.tx.Exec(in.ctx, "UPDATE product SET gtin = NULL WHERE id = ?", p.ID); err != nil {
				return err
			}
		}
		values = append(values, p.ID, p.Code, p.Name, int(p.Form), int(p.Route), p.DosesPerKit, orNull(p.GTIN), orNull(p.Licence),
			orNull(p.ShelfLifeMonths), orNull(p.MinAge))
	}
	_, err := in.tx.Insert(in.ctx, `INSERT INTO product (id, code, name, form, route, doses_per_kit, gtin, licence, shelf_life_months, min_age) VALUES`, 10, values,
		`ON CONFLICT (id) DO UPDATE SET name = excluded.name, form = excluded.form, route = excluded.route,
		doses_per_kit = excluded.doses_per_kit, gtin = excluded.gtin, licence = excluded.licence,
		shelf_life_months = excluded.shelf_life_months, min_age = excluded.min_age`)
	return err
}
