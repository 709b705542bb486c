package ledger

import (
	"context"
	"strings"

	"everykit/store"
)

// Family gives all entries that are one lot, that which stands for them first: itself alone, if nothing is joined to it.
func (l *Ledger) Family(ctx context.Context, lot int) ([]Lot, error) {
	var all []Lot
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = l.familyIn(ctx, tx, lot)
		return err
	})
	return all, err
}

func (l *Ledger) familyIn(ctx context.Context, tx *store.Tx, lot int) ([]Lot, error) {
	one, err := l.lotToRead(ctx, tx, lot)
	if err != nil {
		return nil, err
	}
	return findLots(ctx, tx, "id = ? OR joined_to = ? ORDER BY CASE WHEN id = ? THEN 0 ELSE 1 END, id", one.Head(), one.Head(), one.Head())
}

// wholeFamily is familyIn for what is to be done to all of it: nothing is joined to it until the transaction ends.
func (l *Ledger) wholeFamily(ctx context.Context, tx *store.Tx, lot int) ([]Lot, error) {
	if err := touchLot(ctx, tx, lot); err != nil {
		return nil, err
	}
	one, err := l.lotToRead(ctx, tx, lot)
	if err != nil {
		return nil, err
	}
	if one.JoinedTo != 0 {
		if err := touchLot(ctx, tx, one.JoinedTo); err != nil {
			return nil, err
		}
	}
	return l.familyIn(ctx, tx, lot)
}

// touchLot makes whoever else is about to change a lot, or records its kits, wait until the transaction ends.
func touchLot(ctx context.Context, tx *store.Tx, lot int) error {
	_, err := tx.Exec(ctx, "UPDATE lot SET barred = barred WHERE id = ?", lot)
	return err
}

// LotsNumbered finds lots by their number as somebody types it, without case or spaces, of one product or (0) of all.
func (l *Ledger) LotsNumbered(ctx context.Context, product int, number string) ([]Lot, error) {
	var all []Lot
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = findLots(ctx, tx, "number_key = ? AND (? = 0 OR product = ?) ORDER BY id", lotKey(number), product, product)
		return err
	})
	return all, err
}

// SearchLots finds at most limit lots whose number has what somebody typed in it, those that begin with it first.
func (l *Ledger) SearchLots(ctx context.Context, typed string, limit int) ([]Lot, error) {
	key := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(lotKey(typed))
	var all []Lot
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = findLots(ctx, tx, `number_key LIKE ? ESCAPE '\' ORDER BY CASE WHEN number_key LIKE ? ESCAPE '\' THEN 0 ELSE 1 END, number_key, id LIMIT ?`, "%"+key+"%", key+"%", limit)
		return err
	})
	return all, err
}
