package measure

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// read reads what all periods need: the returns in one statement, and of the ledger one for each thing that kits are split by.
// The ledgers that are counted for an area are the same in all periods unless areas changed; then there are some more.
func (b *breakdown) read(ctx context.Context) error {
	if len(b.readings) == 0 {
		return nil
	}
	var ids []int
	same := map[string][]int{} // readings by the ledgers they count
	var order []string
	for i, r := range b.readings {
		ids = append(ids, r.scope.ids()...)
		key := keyOf(r.scope.ids())
		if same[key] == nil {
			order = append(order, key)
		}
		same[key] = append(same[key], i)
	}
	if err := b.readReturns(ctx, distinct(ids)); err != nil {
		return err
	}
	b.counted = make([]map[PartKey]*tally, len(b.readings))
	for i := range b.counted {
		b.counted[i] = map[PartKey]*tally{}
	}
	for _, key := range order {
		if err := b.readCounted(ctx, same[key]); err != nil {
			return err
		}
	}
	return nil
}

func keyOf(ids []int) string {
	ids = distinct(ids)
	slices.Sort(ids)
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(Number(number(id)) + " ")
	}
	return b.String()
}

// readReturns reads all returns of kits dispensed that were out by the as-of day: of each cell the latest vintage.
func (b *breakdown) readReturns(ctx context.Context, areas []int) error {
	r := b.readings[0]
	b.returns = map[splitKey]map[int]*returned{}
	if len(areas) == 0 {
		return nil
	}
	in, args := idList(areas)
	var all []Return
	err := eachReturn(ctx, r.tx, func(t Return) error {
		if r.asOf >= r.today || t.Published.By(r.asOf) {
			all = append(all, t)
		}
		return nil
	}, "area IN ("+in+") AND measure = ?", append(args, string(Dispensed))...)
	slices.SortStableFunc(all, func(a, b Return) int {
		return cmp.Or(cmp.Compare(a.Published.Last(), b.Published.Last()), strings.Compare(string(a.Published), string(b.Published)))
	})
	for i := range all {
		t := &all[i]
		key := splitKey{t.Setting, t.Recipient, t.Supply, t.Reason}
		if b.returns[key] == nil {
			b.returns[key] = map[int]*returned{}
		}
		of := b.returns[key][t.Area]
		if of == nil {
			of = &returned{cells: map[string]map[registry.Channel]*Return{}}
			b.returns[key][t.Area] = of
		}
		p := t.Period.String()
		if of.cells[p] == nil {
			of.cells[p] = map[registry.Channel]*Return{}
		}
		t.before = of.cells[p][t.Channel] // later vintages come later and take the place
		of.cells[p][t.Channel] = t
	}
	return err
}

// readCounted reads what the ledgers of some readings have, which count the same ones.
func (b *breakdown) readCounted(ctx context.Context, which []int) error {
	r := b.readings[which[0]]
	ids := distinct(r.scope.ids())
	if len(ids) == 0 {
		return nil
	}
	var told []int
	for _, i := range which {
		if slices.ContainsFunc(b.q.Told, func(p civil.Period) bool { return p.String() == b.readings[i].period.String() }) {
			told = append(told, i)
		}
	}
	if err := b.readSettings(ctx, ids, which); err != nil {
		return err
	}
	if len(told) == 0 {
		return nil
	}
	if err := b.readTold(ctx, ids, told); err != nil {
		return err
	}
	return b.readProducts(ctx, ids, told)
}

// add counts a month's number of a part in every period that has the month.
func (b *breakdown) add(which []int, month civil.Month, k PartKey, t tally) {
	for _, i := range which {
		r := b.readings[i]
		if month < r.period.From || month > r.span.to {
			continue
		}
		sum := b.counted[i][k]
		if sum == nil {
			sum = &tally{}
			b.counted[i][k] = sum
		}
		sum.kits, sum.supplies, sum.noting = sum.kits+t.kits, sum.supplies+t.supplies, sum.noting+t.noting
	}
}

// months lists the months of some readings, as values of a statement.
func (b *breakdown) months(which []int) []any {
	var list []any
	seen := map[civil.Month]bool{}
	for _, i := range which {
		for m := b.readings[i].period.From; m <= b.readings[i].span.to; m++ {
			if !seen[m] {
				seen[m] = true
				list = append(list, int(m))
			}
		}
	}
	return list
}

// readSettings reads the community kits by the kind of outlet. The pair of drug treatment and all others is there for every
// period with either.
func (b *breakdown) readSettings(ctx context.Context, ids, which []int) error {
	months := b.months(which)
	if len(months) == 0 {
		return nil
	}
	in, args := idList(ids)
	args = append(append(args, int(ledger.KindSupply), int(registry.Community)), months...)
	return b.readings[which[0]].tx.Each(ctx, func(scan func(...any) error) error {
		var kind registry.OutletKind
		var month civil.Month
		var kits int
		if err := scan(&kind, &month, &kits); err != nil {
			return err
		}
		t, none := tally{kits: float64(kits)}, tally{}
		drug, other := t, none
		if kind != registry.DrugService {
			drug, other = none, t
		}
		community := registry.Community.String()
		b.add(which, month, PartKey{Channel: community, Setting: DrugTreatment}, drug)
		b.add(which, month, PartKey{Channel: community, Setting: NonDrugTreatment}, other)
		if kind != 0 {
			b.add(which, month, PartKey{Channel: community, Setting: kind.String()}, t)
		}
		return nil
	}, `SELECT o.kind, c.month, CAST(SUM(c.kits) AS BIGINT) FROM outlet o JOIN month_count c ON c.area = o.area AND c.outlet = o.id
		WHERE o.area IN (`+in+") AND c.kind = ? AND c.split = ? AND c.month IN ("+store.Marks(len(months))+") GROUP BY o.kind, c.month", args...)
}

// aboutWords are the words of each thing that is told of supplies, by their small numbers, and where they go in a key.
var aboutWords = map[ledger.About]struct {
	words []string
	put   func(*PartKey, string)
}{
	ledger.AboutRecipient:   {wordsOf(ledger.RecipientOptions()), func(k *PartKey, w string) { k.Recipient = w }},
	ledger.AboutFirst:       {wordsOf(ledger.FirstOptions()), func(k *PartKey, w string) { k.Supply = w }},
	ledger.AboutReason:      {wordsOf(ledger.ReasonOptions()), func(k *PartKey, w string) { k.Reason = w }},
	ledger.AboutAge:         {wordsOf(ledger.AgeOptions()), func(k *PartKey, w string) { k.Age = w }},
	ledger.AboutSex:         {wordsOf(ledger.SexOptions()), func(k *PartKey, w string) { k.Sex = w }},
	ledger.AboutFirstAtRisk: {[]string{"", ledger.FirstSupply.String()}, func(k *PartKey, w string) { k.Supply, k.Recipient = w, ledger.PersonAtRisk.String() }},
}

func wordsOf(options []ledger.Option) []string {
	list := []string{NotRecorded}
	for _, o := range options {
		list = append(list, o.Key)
	}
	return list
}

// readTold reads what was recorded of supplies.
func (b *breakdown) readTold(ctx context.Context, ids, which []int) error {
	months := b.months(which)
	if len(months) == 0 {
		return nil
	}
	in, args := idList(ids)
	args = append(append([]any{int(registry.CommunityPrescription), int(registry.Ambulance)}, args...), months...)
	return b.readings[which[0]].tx.Each(ctx, func(scan func(...any) error) error {
		var about ledger.About
		var word uint8
		var month civil.Month
		var times, kits, noting int
		if err := scan(&month, &about, &word, &times, &kits, &noting); err != nil {
			return err
		}
		of := aboutWords[about]
		if int(word) >= len(of.words) {
			return nil
		}
		var k PartKey
		of.put(&k, of.words[word])
		b.add(which, month, k, tally{float64(kits), float64(times), float64(noting)})
		return nil
	}, `SELECT month, about, word, CAST(SUM(times) AS BIGINT), CAST(SUM(kits) AS BIGINT),
			CAST(SUM(CASE WHEN channel IN (?, ?) THEN 0 ELSE times END) AS BIGINT)
		FROM supply_count WHERE area IN (`+in+") AND month IN ("+store.Marks(len(months))+") AND about <= 6 GROUP BY month, about, word", args...)
}

// readProducts reads kits by product.
func (b *breakdown) readProducts(ctx context.Context, ids, which []int) error {
	months := b.months(which)
	if len(months) == 0 {
		return nil
	}
	r := b.readings[which[0]]
	in, args := idList(ids)
	args = append(append(args, int(ledger.KindSupply)), months...)
	return r.tx.Each(ctx, func(scan func(...any) error) error {
		var product, kits int
		var month civil.Month
		if err := scan(&product, &month, &kits); err != nil {
			return err
		}
		name := NotRecorded
		if p := r.snap.Product(product); p != nil {
			name = p.Name
		}
		b.add(which, month, PartKey{Product: name}, tally{kits: float64(kits)})
		return nil
	}, `SELECT product, month, CAST(SUM(kits) AS BIGINT) FROM month_count
		WHERE area IN (`+in+") AND outlet = 0 AND kind = ? AND month IN ("+store.Marks(len(months))+") GROUP BY product, month", args...)
}
