package opendata

import (
	"context"
	"maps"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// settleDays is how long after a year's end what was recorded in it is first published: most late entries are there by then.
const settleDays = 90

// suppliesName is the name of the protected table, in addresses and in open_edition.
const suppliesName = "supplies"

// rule is how supplies are protected.
var rule = disclosure.Rule{Threshold: disclosure.Threshold}

// edition is a release of one nation and year as it was kept.
type edition struct {
	disclosure.Release
	number int
	beside disclosure.Release // cells of what others had published, and how ours add up with them
}

// toPublish is what there is to publish of one nation and year.
type toPublish struct {
	nation  *registry.Area
	period  civil.Period
	areas   map[string]counts // by code of the area, as the ledger has them now
	earlier []edition         // oldest first

	beside func() (*beside, error) // what others have published of it; nil: nobody does
}

// mostTries is how often editions are tried again where another process made one at the same time.
const mostTries = 3

// editions brings the editions of all nations up to date, and gives them with what there is to publish, by year.
func (s *Store) editions(ctx context.Context) ([]toPublish, error) {
	for try := 1; ; try++ {
		list, err := s.readSupplies(ctx)
		if err != nil {
			return nil, err
		}
		err = s.publish(ctx, list)
		if err == nil || !fault.Is(err, fault.Conflict) || try == mostTries {
			return list, err
		}
	}
}

func (s *Store) publish(ctx context.Context, list []toPublish) error {
	for i := range list {
		p := &list[i]
		p.beside = func() (*beside, error) { return s.readBeside(ctx, p) }
		next, err := p.next()
		if err != nil {
			return err
		}
		if next == nil {
			continue
		}
		if err := s.keep(ctx, p, next); err != nil {
			return err
		}
		p.earlier = append(p.earlier, *next)
	}
	return nil
}

// next is the edition that would be published now; nil where the last one stands, or where there is none and nothing can be shown.
//
// An area's numbers are replaced where none of them, and none of the nation's, changes by less than the threshold; otherwise those
// it had stand.
func (p *toPublish) next() (*edition, error) {
	areas := map[string]counts{}
	var before []disclosure.Release
	for _, e := range p.earlier {
		before = append(before, e.whole())
		areas = areasOf(e.Release, p.nation.Code)
	}
	changed := false
	for code, now := range p.areas {
		had, there := areas[code]
		if now.complete() && !maps.Equal(now.all(), had) && !(there && smallChange(now, had)) {
			areas[code], changed = now.all(), true
		}
	}
	if !changed {
		return nil, nil
	}
	r := releaseOf(p.nation.Code, areas)
	if len(before) > 0 && len(disclosure.SmallChanges(r, rule, before[len(before)-1])) > 0 {
		return nil, nil
	}
	var others *beside
	if p.beside != nil {
		var err error
		if others, err = p.beside(); err != nil {
			return nil, err
		}
	}
	r, kept, err := others.protect(r, before)
	if fault.Is(err, fault.Refused) {
		return nil, nil
	}
	return &edition{r, len(p.earlier) + 1, kept}, err
}

// smallChange reports whether any count of an area changes by less than the threshold.
func smallChange(now, had counts) bool {
	for _, name := range cells() {
		if change := max(now[name]-had[name], had[name]-now[name]); change != 0 && change < rule.Threshold {
			return true
		}
	}
	return false
}

// areasOf takes the counts of areas out of a release.
func areasOf(r disclosure.Release, nation string) map[string]counts {
	areas := map[string]counts{}
	for _, c := range r.Cells {
		code, name, _ := strings.Cut(c.ID, "|")
		if code == nationKey(nation) {
			continue
		}
		if areas[code] == nil {
			areas[code] = counts{}
		}
		areas[code][name] = c.Value
	}
	return areas
}

// readSupplies reads what the ledger counted in each year that has settled, and all editions so far.
func (s *Store) readSupplies(ctx context.Context) ([]toPublish, error) {
	var list []toPublish
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		var first *int
		if _, err := tx.Get(ctx, []any{&first}, "SELECT MIN(month) FROM supply_count"); err != nil || first == nil {
			return err
		}
		for year := civil.FinancialYearOf(civil.Month(*first).First()); year.Last()+settleDays <= s.today(); year = year.After() {
			byNation, err := readYear(ctx, tx, snap, year)
			if err != nil {
				return err
			}
			for _, nation := range snap.Nations() {
				p := toPublish{nation: nation, period: year, areas: byNation[nation.ID]}
				if p.earlier, err = readEditions(ctx, tx, snap, nation, year); err != nil {
					return err
				}
				if p.areas != nil || p.earlier != nil {
					list = append(list, p)
				}
			}
		}
		return nil
	})
	return list, err
}

// readYear reads what supplies of a year told, by nation and area.
func readYear(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, year civil.Period) (map[int]map[string]counts, error) {
	byNation := map[int]map[string]counts{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area, of, word int
		var times int64
		if err := scan(&area, &of, &word, &times); err != nil {
			return err
		}
		nation := snap.NationOf(area)
		if nation == nil {
			return nil
		}
		if byNation[nation.ID] == nil {
			byNation[nation.ID] = map[string]counts{}
		}
		code := snap.Area(area).Code
		c := byNation[nation.ID][code]
		if c == nil {
			c = counts{}
			byNation[nation.ID][code] = c
		}
		c.tell(ledger.About(of), word, times)
		return nil
	}, "SELECT area, about, word, CAST(SUM(times) AS BIGINT) FROM supply_count WHERE month BETWEEN ? AND ? GROUP BY area, about, word ORDER BY area, about, word", int(year.From), int(year.To))
	return byNation, err
}

// readEditions reads all editions of a nation and year, oldest first.
func readEditions(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, nation *registry.Area, year civil.Period) ([]edition, error) {
	var list []edition
	at := map[int]map[string]disclosure.Cell{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var c disclosure.Cell
		var area, number, kept int
		var name string
		var shown *int64
		if err := scan(&area, &number, &name, &c.Value, &shown, &kept, &c.Revision); err != nil {
			return err
		}
		code := snap.Area(area).Code
		if total, is := strings.CutPrefix(name, "+"); is {
			code, name = nationKey(code), total
		}
		if at[number] == nil {
			at[number] = map[string]disclosure.Cell{}
		}
		c.ID, c.Keep, c.Hidden = cellID(code, name), kept == 1, shown == nil
		if shown != nil {
			c.Shown = *shown
		}
		at[number][c.ID] = c
		return nil
	}, `SELECT c.area, c.edition, c.cell, c.value, c.shown, c.kept, c.revision
		FROM open_cell c WHERE c.nation = ? AND c.name = ? AND c.period = ?`, nation.ID, suppliesName, year.String())
	if err != nil {
		return nil, err
	}
	for number := 1; at[number] != nil; number++ {
		values := disclosure.Release{}
		for _, c := range at[number] {
			values.Cells = append(values.Cells, c)
		}
		r := releaseOf(nation.Code, areasOf(values, nation.Code))
		r.Rule = rule
		for i := range r.Cells {
			r.Cells[i] = at[number][r.Cells[i].ID]
		}
		list = append(list, edition{Release: r, number: number})
	}
	return list, readKeptBeside(ctx, tx, nation.ID, year, list)
}

// keep stores an edition. Where another process has stored one of that number meanwhile the fault is Conflict.
func (s *Store) keep(ctx context.Context, p *toPublish, e *edition) error {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	return s.db.Bulk(ctx, func(tx *store.Tx) error {
		added, err := tx.Exec(ctx, "INSERT INTO open_edition (nation, name, period, edition, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			p.nation.ID, suppliesName, p.period.String(), e.number, tx.Now.UnixMilli())
		if err != nil {
			return err
		}
		if added == 0 {
			return fault.New(fault.Conflict, "another process published this edition at the same time")
		}
		const columns = 10
		values := make([]any, 0, columns*len(e.Cells))
		for _, c := range e.Cells {
			code, name, _ := strings.Cut(c.ID, "|")
			if total, is := strings.CutSuffix(code, "+"); is {
				code, name = total, "+"+name
			}
			area, ok := snap.AreaByCode(code)
			if !ok {
				return fault.New(fault.Internal, "area %s is gone", code)
			}
			var shown any
			if !c.Hidden {
				shown = c.Shown
			}
			kept := 0
			if c.Keep {
				kept = 1
			}
			values = append(values, area.ID, p.nation.ID, suppliesName, p.period.String(), e.number, name, c.Value, shown, kept, c.Revision)
		}
		if err := keepBeside(ctx, tx, p, e); err != nil {
			return err
		}
		_, err = tx.Insert(ctx, "INSERT INTO open_cell (area, nation, name, period, edition, cell, value, shown, kept, revision) VALUES", columns, values, "")
		return err
	})
}
