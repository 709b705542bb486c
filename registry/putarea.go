package registry

import (
	"slices"
	"strings"

	"everykit/fault"
)

// areaRow is an area whose parent and successors are still codes: they may stand further on in the same file.
type areaRow struct {
	Area
	parent     string
	successors []string
}

type areaBatch []areaRow

func (rows areaBatch) store(in *intake) error {
	ids, seen, next := map[string]int{}, map[string]int{}, max(1, len(in.snap.area))
	for _, a := range in.snap.Areas() {
		ids[codeKey(a.Code)] = a.ID
	}
	ok := make([]bool, len(rows))
	for i := range rows {
		rows[i].ID, ok[i] = in.claim(i, rows[i].Code, ids, seen, &next)
	}
	known := make([]string, 0, len(ids))
	for code := range ids {
		known = append(known, code)
	}
	slices.Sort(known)
	parents := map[int]int{}
	for _, a := range in.snap.Areas() {
		parents[a.ID] = a.Parent
	}
	for i := range rows {
		if ok[i] {
			in.resolveArea(i, &rows[i], ids, known)
			parents[rows[i].ID] = rows[i].Parent
		}
	}
	var changed []*Area
	for i := range rows {
		if !ok[i] {
			continue
		}
		a := &rows[i].Area
		in.fault(i, a.check()...)
		if circle(parents, a.ID) {
			in.fault(i, fault.New(fault.Invalid, "%s would lie within itself", a.Code).At("parent"))
		}
		before := in.snap.Area(a.ID)
		if before != nil {
			a.Code = before.Code // codes differ at most in capitals; what was first stays
		}
		if in.count(before != nil, before != nil && before.same(a)) {
			changed = append(changed, a)
		}
	}
	if in.faults > 0 {
		return nil
	}
	return in.writeAreas(changed)
}

// resolveArea finds the areas that a row names.
func (in *intake) resolveArea(i int, r *areaRow, ids map[string]int, known []string) {
	find := func(field, code string) int {
		id, ok := ids[codeKey(code)]
		if !ok {
			in.fault(i, fault.New(fault.Invalid, "%s", unknown("area", code, known)).At(field))
		}
		return id
	}
	r.Parent, r.Successors = 0, nil
	if r.parent != "" {
		r.Parent = find("parent", r.parent)
	}
	slices.SortFunc(r.successors, func(a, b string) int { return strings.Compare(codeKey(a), codeKey(b)) })
	for _, code := range slices.CompactFunc(r.successors, func(a, b string) bool { return codeKey(a) == codeKey(b) }) {
		if id := find("successor", code); id != 0 {
			r.Successors = append(r.Successors, id)
		}
	}
}

// circle reports whether the way up from an area comes back to it, or does not end.
func circle(parents map[int]int, id int) bool {
	at := id
	for range mostLevels {
		if at = parents[at]; at == 0 {
			return false
		}
		if at == id {
			return true
		}
	}
	return true
}

func (in *intake) writeAreas(changed []*Area) error {
	var values, next []any
	for _, a := range changed {
		values = append(values, a.ID, a.Code, a.Name, a.Kind, orNull(a.Parent), dayOrNull(a.ValidFrom), dayOrNull(a.ValidTo),
			numberOrNull(a.Lat), numberOrNull(a.Lon))
		if _, err := in.tx.Exec(in.ctx, "DELETE FROM area_successor WHERE area = ?", a.ID); err != nil {
			return err
		}
		for _, s := range a.Successors {
			next = append(next, a.ID, s)
		}
	}
	_, err := in.tx.Insert(in.ctx, "INSERT INTO area (id, code, name, kind, parent, valid_from, valid_to, lat, lon) VALUES", 9, values,
		`ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent,
		valid_from = excluded.valid_from, valid_to = excluded.valid_to, lat = excluded.lat, lon = excluded.lon`)
	if err != nil {
		return err
	}
	_, err = in.tx.Insert(in.ctx, "INSERT INTO area_successor (area, successor) VALUES", 2, next, "")
	return err
}
