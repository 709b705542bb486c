package registry

import (
	"regexp"
	"slices"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// outletRow is an outlet whose area and products are still the words of a file.
type outletRow struct {
	Outlet
	area  string
	gives string
}

type outletBatch []outletRow

func (rows outletBatch) store(in *intake) error {
	ids, seen, next := map[string]int{}, map[string]int{}, max(1, len(in.snap.outlet))
	for _, o := range in.snap.Outlets() {
		ids[codeKey(o.Code)] = o.ID
	}
	var changed []*Outlet
	for i := range rows {
		o := &rows[i].Outlet
		var ok bool
		if o.ID, ok = in.claim(i, o.Code, ids, seen, &next); !ok {
			continue
		}
		in.resolveOutlet(i, &rows[i])
		in.fault(i, o.check(in.today)...)
		before := in.snap.Outlet(o.ID)
		if before != nil {
			o.Code = before.Code
			if o.Area != 0 && o.Area != before.Area {
				in.fault(i, fault.New(fault.Refused, "%s belongs to %s, and the record of its kits stays there", o.Code, in.snap.Area(before.Area).Code).At("authority").
					Hint("close it, and register the outlet under its new authority with a code of its own"))
			}
		}
		if in.count(before != nil, before != nil && before.same(o)) {
			changed = append(changed, o)
		}
	}
	if in.faults > 0 {
		return nil
	}
	return in.writeOutlets(changed)
}

// resolveOutlet finds the area and the products that a row names.
func (in *intake) resolveOutlet(i int, r *outletRow) {
	a, ok := in.snap.AreaByCode(r.area)
	switch {
	case ok:
		r.Area = a.ID
		if british.MatchString(a.Code) {
			code, err := parsePostcode(r.Postcode)
			if err != nil {
				in.fault(i, err.At("postcode"))
			}
			r.Postcode = code
		}
	case r.area == "":
		in.fault(i, fault.New(fault.Invalid, "must be filled in").At("authority"))
	default:
		in.fault(i, fault.New(fault.Invalid, "%s", in.snap.UnknownArea(r.area)).At("authority"))
	}
	gives, err := in.snap.parseGives(r.gives)
	if err != nil {
		in.fault(i, err.At("gives"))
	}
	r.Gives = gives
}

// british is the shape of the codes that the statistics offices of the United Kingdom give areas.
var british = regexp.MustCompile(`^[ENSWK][0-9]{8}$`)

// ukPostcode is the shape of a full postcode or of its outward half (BS 7666).
var ukPostcode = regexp.MustCompile(`^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?$`)

// parsePostcode brings a British postcode to its common form, IG11 7LZ. The outward half alone will do, for a place that
// is not to be found by strangers.
func parsePostcode(s string) (string, *fault.Error) {
	if s == "" {
		return "", nil
	}
	m := ukPostcode.FindStringSubmatch(strings.ToUpper(strings.Join(strings.Fields(s), "")))
	if m == nil {
		return s, fault.New(fault.Invalid, "%.20q is not a postcode; write it as IG11 7LZ, or only IG11", s)
	}
	return strings.TrimSpace(m[1] + " " + m[2]), nil
}

// parseGives reads what an outlet gives: codes or names of products and forms, parted by comma or semicolon, or by spaces
// where each is one word; "none" for nothing; empty where it is not known.
func (s *Snapshot) parseGives(text string) ([]string, *fault.Error) {
	var list []string
	for _, part := range splitWords(text, ",;") {
		if key, ok := s.giving(part); ok {
			list = append(list, key)
			continue
		}
		for _, w := range strings.Fields(part) {
			key, ok := s.giving(w)
			if !ok {
				known := append(forms.keys[1:len(forms.keys):len(forms.keys)], keysOf(s.Products(), func(p *Product) string { return p.Code })...)
				if near := table.Nearest(strings.ToLower(w), known); near != "" {
					return nil, fault.New(fault.Invalid, "%s is neither a product nor a form: did you mean %s?", w, near)
				}
				return nil, fault.New(fault.Invalid, "%s is neither a product nor a form", w).Hint("import the product first")
			}
			list = append(list, key)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) > 1 && slices.Contains(list, noneKey) {
		return nil, fault.New(fault.Invalid, "it says none and something else too")
	}
	return list, nil
}

func (s *Snapshot) giving(word string) (key string, ok bool) {
	if strings.EqualFold(word, noneKey) {
		return noneKey, true
	}
	if f, err := ParseForm(word); err == nil && f != 0 {
		return f.String(), true
	}
	if p, ok := s.FindProduct(word); ok {
		return p.Code, true
	}
	return "", false
}

func (in *intake) writeOutlets(changed []*Outlet) error {
	var values []any
	for _, o := range changed {
		values = append(values, o.ID, o.Code, o.Name, int(o.Kind), o.Area, int(o.Channel), orNull(o.Provider), orNull(o.Postcode),
			numberOrNull(o.Lat), numberOrNull(o.Lon), orNull(o.Open), orNull(int(o.WalkIn)), orNull(int(o.Requires)),
			orNull(strings.Join(o.Gives, " ")), orNull(o.Phone), orNull(o.Email), orNull(int(o.Public)), orNull(int(o.StepFree)),
			orNull(o.Languages), orNull(o.LegalBasis), dayOrNull(o.LegalFrom), dayOrNull(o.ConfirmedOn), dayOrNull(o.ClosedOn))
	}
	_, err := in.tx.Insert(in.ctx, `INSERT INTO outlet (id, code, name, kind, area, channel, provider, postcode, lat, lon, open_hours,
		walk_in, requires, gives, phone, email, public, step_free, languages, legal_basis, legal_from, confirmed_on, closed_on) VALUES`, 23, values,
		`ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, channel = excluded.channel,
		provider = excluded.provider, postcode = excluded.postcode, lat = excluded.lat, lon = excluded.lon,
		open_hours = excluded.open_hours, walk_in = excluded.walk_in, requires = excluded.requires, gives = excluded.gives,
		phone = excluded.phone, email = excluded.email, public = excluded.public, step_free = excluded.step_free,
		languages = excluded.languages, legal_basis = excluded.legal_basis, legal_from = excluded.legal_from,
		confirmed_on = excluded.confirmed_on, closed_on = excluded.closed_on`)
	return err
}
