package ledger

import (
	"context"
	"strings"

	"everykit/store"
)

// FamiliesIn gives, for each of some lots, the ids of all entries that are one lot with it, itself among them, inside the
// caller's transaction.
func (l *Ledger) FamiliesIn(ctx context.Context, tx *store.Tx, lots ...int) (map[int][]int, error) {
	heads := map[int]int{}
	err := inChunks(lots, func(marks string, args []any) error {
		return eachLotID(ctx, tx, func(id, head int) { heads[id] = head }, "id IN ("+marks+")", args...)
	})
	if err != nil {
		return nil, err
	}
	members := map[int][]int{}
	var distinct []int
	for _, id := range lots {
		if head, ok := heads[id]; ok && members[head] == nil {
			members[head] = []int{head}
			distinct = append(distinct, head)
		}
	}
	err = inChunks(distinct, func(marks string, args []any) error {
		return eachLotID(ctx, tx, func(id, head int) { members[head] = append(members[head], id) }, "joined_to IN ("+marks+") ORDER BY id", args...)
	})
	families := map[int][]int{}
	for id, head := range heads {
		families[id] = members[head]
	}
	return families, err
}

func eachLotID(ctx context.Context, tx *store.Tx, fn func(id, head int), where string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var id, head int
		err := scan(&id, &head)
		fn(id, head)
		return err
	}, "SELECT id, COALESCE(joined_to, id) FROM lot WHERE "+where, args...)
}

// LotsIn reads lots by their ids, inside the caller's transaction. One that is not there has no entry.
func (l *Ledger) LotsIn(ctx context.Context, tx *store.Tx, lots ...int) (map[int]Lot, error) {
	found := map[int]Lot{}
	err := inChunks(lots, func(marks string, args []any) error {
		some, err := findLots(ctx, tx, "id IN ("+marks+")", args...)
		for _, lot := range some {
			found[lot.ID] = lot
		}
		return err
	})
	return found, err
}

// FindLotIn finds a lot of a product by its number as somebody types it, inside the caller's transaction.
func (l *Ledger) FindLotIn(ctx context.Context, tx *store.Tx, product int, number string) (Lot, bool, error) {
	return findLot(ctx, tx, "product = ? AND number_key = ?", product, lotKey(number))
}

// HandedBack is the kits of a lot that people handed back at an outlet, less what was reversed.
type HandedBack struct{ Area, Outlet, Lot, Kits int }

// HandedBackIn reads them for lots, inside the caller's transaction. It costs as many index rows as the lots have
// movements.
func (l *Ledger) HandedBackIn(ctx context.Context, tx *store.Tx, lots ...int) ([]HandedBack, error) {
	var all []HandedBack
	err := inChunks(lots, func(marks string, args []any) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var h HandedBack
			err := scan(&h.Area, &h.Outlet, &h.Lot, &h.Kits)
			all = append(all, h)
			return err
		}, `SELECT s.area, s.outlet, s.lot, CAST(SUM(CASE WHEN m.reverses IS NULL THEN m.kits ELSE -m.kits END) AS BIGINT)
			FROM stock s JOIN movement m ON m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot AND m.`+ever+`
			WHERE s.lot IN (`+marks+`) AND m.kind = ? AND (m.from_place <> 0 OR m.to_place <> 0)
			GROUP BY s.area, s.outlet, s.lot ORDER BY s.area, s.outlet, s.lot`, append(args, int(KindHandBack))...)
	})
	return all, err
}

// LotHere is what an outlet has of a lot.
type LotHere struct {
	Lot       int
	Unchecked int // of those on the shelf
	Counts
}

// AtOutlet reads what an outlet has or had of lots, inside the caller's transaction.
func (l *Ledger) AtOutlet(ctx context.Context, tx *store.Tx, area, outlet int, lots ...int) ([]LotHere, error) {
	var all []LotHere
	err := inChunks(lots, func(marks string, args []any) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var h LotHere
			dest := []any{&h.Lot, &h.Unchecked}
			for p := Supplier; p < places; p++ {
				dest = append(dest, &h.Counts[p])
			}
			err := scan(dest...)
			all = append(all, h)
			return err
		}, "SELECT lot, unchecked, "+strings.Join(stockColumns, ", ")+" FROM stock WHERE area = ? AND outlet = ? AND lot IN ("+marks+") ORDER BY lot",
			append([]any{area, outlet}, args...)...)
	})
	return all, err
}
