package measure

import (
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

// Word is how many supplies were recorded with one word, and the kits they got.
type Word struct {
	Key, Words string // Key is empty where nothing was recorded
	Supplies   int
	Kits       int
}

// Supplies is what was recorded of the supplies of an area in a period, each thing counted by itself, in the order of its
// words, not recorded last. Words that no supply had are left out.
type Supplies struct {
	First     []Word // first kit, repeat
	Reasons   []Word // of repeats
	Recipient []Word
}

// SuppliesOf reads it; of a region or nation, of all areas in it.
func (m *Measures) SuppliesOf(ctx context.Context, area int, p civil.Period) (Supplies, error) {
	var s Supplies
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		in, args := idList(l.ids)
		all := told{}
		err := tx.Each(ctx, func(scan func(...any) error) error {
			var k toldKey
			var n Word
			err := scan(&k.about, &k.word, &n.Supplies, &n.Kits)
			all[k] = n
			return err
		}, `SELECT about, word, CAST(SUM(times) AS BIGINT), CAST(SUM(kits) AS BIGINT) FROM supply_count
			WHERE area IN (`+in+`) AND month BETWEEN ? AND ? AND about IN (?, ?, ?) GROUP BY about, word`,
			append(args, int(p.From), int(p.To), int(ledger.AboutFirst), int(ledger.AboutReason), int(ledger.AboutRecipient))...)
		s = Supplies{
			First: all.list(ledger.AboutFirst, ledger.FirstOptions()), Reasons: all.list(ledger.AboutReason, ledger.ReasonOptions()),
			Recipient: all.list(ledger.AboutRecipient, ledger.RecipientOptions()),
		}
		return err
	})
	return s, err
}

// told is how many supplies were recorded with each word of each thing.
type told map[toldKey]Word

type toldKey struct {
	about ledger.About
	word  uint8 // 0: not recorded
}

// list is what was told of one thing, by the words there are for it.
func (t told) list(about ledger.About, options []ledger.Option) []Word {
	var list []Word
	for i, o := range slices.Concat(options, []ledger.Option{{Words: "Not recorded"}}) {
		n := t[toldKey{about, uint8((i + 1) % (len(options) + 1))}]
		if n.Key, n.Words = o.Key, o.Words; n.Supplies != 0 || n.Kits != 0 {
			list = append(list, n)
		}
	}
	return list
}
