package survey

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"everykit/civil"
	"everykit/registry"
	"everykit/table"
)

// directory finds who a cell of a file means: an authority by code or by name, a prison by code or by name.
type directory struct {
	snap    *registry.Snapshot
	names   map[string][]*registry.Area // authorities by folded name
	plain   map[string][]*registry.Area // and by name without "council", "city of" and the like
	prisons map[string][]*registry.Outlet
	typed   map[string][]Respondent // prisons and institutions of rounds, by folded code or name
}

func newDirectory(snap *registry.Snapshot) *directory {
	d := &directory{
		snap: snap, names: map[string][]*registry.Area{}, plain: map[string][]*registry.Area{}, prisons: map[string][]*registry.Outlet{}, typed: map[string][]Respondent{},
	}
	for _, a := range snap.Areas() {
		if a.IsAuthority() {
			d.names[table.Fold(a.Name)] = append(d.names[table.Fold(a.Name)], a)
			d.plain[plainName(a.Name)] = append(d.plain[plainName(a.Name)], a)
		}
	}
	for _, o := range snap.Outlets() {
		if o.Kind == registry.PrisonOutlet {
			for _, key := range []string{table.Fold(o.Code), table.Fold(o.Name)} {
				if !slices.Contains(d.prisons[key], o) {
					d.prisons[key] = append(d.prisons[key], o)
				}
			}
		}
	}
	return d
}

// know adds who a round asks, so that those who are not in the registry can be named.
func (d *directory) know(list []record) {
	for i := range list {
		p := list[i].Respondent
		if p.Kind == Authority {
			continue
		}
		for _, key := range []string{table.Fold(p.Code), table.Fold(p.Name)} {
			same := func(o Respondent) bool { return o.self() == p.self() }
			if key != "" && !slices.ContainsFunc(d.typed[key], same) {
				d.typed[key] = append(d.typed[key], p)
			}
		}
	}
}

// common are words that some write in the name of an authority and others do not.
var common = []string{"council", "borough", "city", "county", "metropolitan", "district", "unitary", "authority", "of", "the", "royal", "cc", "bc", "mbc"}

// plainName is a name without those, without signs, in small letters.
func plainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(name, "&", " and ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(common, w) })
	if len(kept) > 1 && kept[0] == "london" && slices.Contains(words, "borough") {
		kept = kept[1:]
	}
	return strings.Join(kept, " ")
}

// totals are words that stand in the place of an authority in a row that is none.
var totals = []string{"total", "totals", "grand_total", "sub_total", "subtotal", "sum", "all", "all_authorities", "average", "mean", "median", "overall", "national"}

// find gives who a cell means, or says in a sentence what is wrong with it.
func (d *directory) find(cell string) (Respondent, string) {
	folded := table.Fold(cell)
	switch {
	case cell == "":
		return Respondent{}, "the authority is missing: if cells are merged in the spreadsheet, part them and fill in every row"
	case slices.Contains(totals, folded) || strings.HasPrefix(folded, "total_"):
		return Respondent{}, "this looks like a row of totals: leave it out, sums are made here"
	}
	if p, ok, words := d.prison(cell); ok || words != "" {
		return p, words
	}
	if a, ok := d.snap.AreaByCode(cell); ok {
		if !a.IsAuthority() {
			return Respondent{}, fmt.Sprintf("%s is a %s, not an authority: leave sums out", a.Name, a.Kind)
		}
		return ofArea(a), ""
	}
	for _, found := range [][]*registry.Area{d.names[folded], d.plain[plainName(cell)]} {
		switch standing := slices.DeleteFunc(slices.Clone(found), func(a *registry.Area) bool { return a.ValidTo != civil.None }); {
		case len(found) == 1:
			return ofArea(found[0]), ""
		case len(standing) == 1:
			return ofArea(standing[0]), ""
		case len(found) > 1:
			return Respondent{}, "there are several of this name: write the code, " + areaCodes(found)
		}
	}
	for _, a := range d.snap.Areas() {
		if !a.IsAuthority() && table.Fold(a.Name) == folded {
			return Respondent{}, fmt.Sprintf("%s is a %s, not an authority: leave sums out", a.Name, a.Kind)
		}
	}
	if found := d.typed[folded]; len(found) == 1 {
		return found[0], ""
	}
	switch found := d.prisons[folded]; {
	case len(found) == 1:
		return Respondent{Kind: Prison, Area: found[0].Area, Code: found[0].Code, Name: found[0].Name}, ""
	case len(found) > 1:
		return Respondent{}, "there are several prisons of this name: write the code"
	}
	return Respondent{}, d.unknown(cell)
}

func ofArea(a *registry.Area) Respondent {
	return Respondent{Kind: Authority, Area: a.ID, Code: a.Code, Name: a.Name}
}

func areaCodes(list []*registry.Area) string {
	codes := make([]string, len(list))
	for i, a := range list {
		codes[i] = a.Code
	}
	return strings.Join(codes, " or ")
}

// unknown proposes who may be meant: names that hold the word, and the nearest by letters.
func (d *directory) unknown(cell string) string {
	typed := plainName(cell)
	var near []string
	propose := func(a *registry.Area) {
		if s := fmt.Sprintf("%s (%s)", a.Name, a.Code); !slices.Contains(near, s) && len(near) < 3 {
			near = append(near, s)
		}
	}
	known := make([]string, 0, len(d.plain))
	for name := range d.plain {
		known = append(known, name)
	}
	slices.Sort(known)
	if name := table.Nearest(typed, known); name != "" {
		propose(d.plain[name][0])
	}
	for _, name := range known {
		if len(typed) > 3 && (strings.Contains(name, typed) || (len(name) > 3 && strings.Contains(typed, name))) {
			propose(d.plain[name][0])
		}
	}
	codes := make([]string, 0, len(known))
	for _, a := range d.snap.Areas() {
		codes = append(codes, a.Code)
	}
	if code := table.Nearest(strings.ToUpper(cell), codes); code != "" && len(near) == 0 {
		a, _ := d.snap.AreaByCode(code)
		propose(a)
	}
	if len(near) == 0 {
		return "there is no authority of this code or name"
	}
	return "there is no authority of this code or name: did you mean " + strings.Join(near, " or ") + "?"
}

// cell is how a file names a respondent: an authority by its code; others by what they are, the code of the area, their own
// code and their name, so that one who is in no registry comes in again.
func (p *Respondent) cell(snap *registry.Snapshot) string {
	if p.Kind == Authority {
		return p.Code
	}
	area := ""
	if a := snap.Area(p.Area); a != nil {
		area = a.Code
	}
	return strings.Join([]string{p.Kind.String(), area, p.Code, p.Name}, "/")
}

// prison reads what cell writes of a prison.
func (d *directory) prison(cell string) (p Respondent, ok bool, words string) {
	parts := strings.SplitN(cell, "/", 4)
	kind := slices.IndexFunc(RespondentKinds(), func(k RespondentKind) bool { return k != Authority && k.String() == table.Fold(parts[0]) })
	if len(parts) != 4 || kind < 0 {
		return p, false, ""
	}
	a, known := d.snap.AreaByCode(parts[1])
	name := strings.Join(strings.Fields(parts[3]), " ")
	switch {
	case !known:
		return p, false, d.snap.UnknownArea(parts[1])
	case name == "":
		return p, false, "the name is missing: write kind/area/code/name, as prison/E09000002//Name"
	case textFault(name, mostTitle, true) != "" || textFault(parts[2], mostKey, false) != "":
		return p, false, "the name or the code of this prison cannot be stored"
	}
	return Respondent{Kind: RespondentKinds()[kind], Area: a.ID, Code: strings.TrimSpace(parts[2]), Name: name}, true, ""
}
