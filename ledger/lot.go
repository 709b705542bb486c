package ledger

import (
	"context"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

// Lot is a product, its number as printed, and its expiry.
type Lot struct {
	ID       int
	Product  int
	Number   string // as printed: case and leading noughts kept
	Expiry   civil.Expiry
	JoinedTo int  // the lot this one was found to be; 0 if itself
	Barred   Bars // by open notices
}

// Head is the lot that stands for this one: itself, or the one it was joined to.
func (l Lot) Head() int {
	if l.JoinedTo != 0 {
		return l.JoinedTo
	}
	return l.ID
}

// MostLotLetters bounds a lot's number: GS1 allows 20, some makers print a little more.
const MostLotLetters = 40

// lotKey is how lot numbers are compared: without case or spaces.
func lotKey(number string) string {
	return strings.ToUpper(strings.Join(strings.Fields(number), ""))
}

func checkLotNumber(number string) error {
	switch {
	case strings.TrimSpace(number) == "":
		return fault.New(fault.Invalid, "the lot number is missing").At("lot").Hint("copy it from the pack, near the expiry date; it may be marked LOT or Batch")
	case len(number) > MostLotLetters:
		return fault.New(fault.Invalid, "the lot number is longer than %d letters", MostLotLetters).At("lot")
	}
	for _, r := range number {
		if r < ' ' {
			return fault.New(fault.Invalid, "the lot number holds a character that cannot be printed").At("lot")
		}
	}
	return nil
}

const lotColumns = "id, product, number, expiry, expiry_day, joined_to, barred"

func scanLot(scan func(...any) error) (Lot, error) {
	var l Lot
	var expiry, joined *int
	var day bool
	err := scan(&l.ID, &l.Product, &l.Number, &expiry, &day, &joined, &l.Barred)
	if expiry != nil {
		l.Expiry = civil.Expiry{Last: civil.Date(*expiry), Known: true, Day: day}
	}
	if joined != nil {
		l.JoinedTo = *joined
	}
	return l, err
}

// findLots reads lots by a condition.
func findLots(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Lot, error) {
	var found []Lot
	err := tx.Each(ctx, func(scan func(...any) error) error {
		l, err := scanLot(scan)
		found = append(found, l)
		return err
	}, "SELECT "+lotColumns+" FROM lot WHERE "+where, args...)
	return found, err
}

func findLot(ctx context.Context, tx *store.Tx, where string, args ...any) (Lot, bool, error) {
	found, err := findLots(ctx, tx, where, args...)
	if err != nil || len(found) == 0 {
		return Lot{}, false, err
	}
	return found[0], true, nil
}

// shared ends a query of a lot by which a deed learns whether it is barred. On PostgreSQL deeds and a publication run side by
// side: one that is to land kits or give them out holds the lot's row until it ends, and so either the notice finds what it
// did, or it finds the notice. On SQLite there is one writer.
func shared(tx *store.Tx) string {
	if tx.Engine == store.Postgres {
		return " FOR SHARE"
	}
	return ""
}

// lotFor gives the lot of a product by its number, making it if it is not known yet. An expiry that is not known yet is
// filled in; one that disagrees is refused, for a changed expiry is a notice, never an edit.
func (l *Ledger) lotFor(ctx context.Context, tx *store.Tx, product int, number string, expiry civil.Expiry) (Lot, error) {
	if err := checkLotNumber(number); err != nil {
		return Lot{}, err
	}
	number = strings.TrimSpace(number)
	lot, ok, err := findLot(ctx, tx, "product = ? AND number_key = ?"+shared(tx), product, lotKey(number))
	if err != nil {
		return Lot{}, err
	}
	if !ok {
		_, err := tx.Exec(ctx, `INSERT INTO lot (product, number, number_key, expiry, expiry_day, made_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (product, number_key) DO NOTHING`, product, number, lotKey(number), expiryValue(expiry), oneIf(expiry.Day), tx.Now.UnixMilli())
		if err != nil {
			return Lot{}, err
		}
		if lot, _, err = findLot(ctx, tx, "product = ? AND number_key = ?"+shared(tx), product, lotKey(number)); err != nil {
			return Lot{}, err
		}
	}
	if was, err := printedBefore(ctx, tx, lot, expiry); err != nil {
		return Lot{}, err
	} else if !was && !lot.Expiry.Agrees(expiry) {
		return Lot{}, fault.New(fault.Conflict, "lot %s is known with expiry %s, not %s", lot.Number, lot.Expiry, expiry).At("expiry").
			Hint("look at the pack again; where both are printed so, they are two lots or there is a notice that changes the expiry")
	}
	if !lot.Expiry.Known && expiry.Known {
		if err := setExpiry(ctx, tx, lot, expiry); err != nil {
			return Lot{}, err
		}
		lot.Expiry = expiry
	}
	return lot, nil
}

func expiryValue(e civil.Expiry) any {
	if !e.Known {
		return nil
	}
	return int(e.Last)
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
