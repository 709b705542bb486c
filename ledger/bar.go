package ledger

import (
	"context"
	"fmt"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Bars are the ways in which open notices keep a lot from being given out, as bits.
type Bars uint8

// The bars. Withdrawn kits are held wherever they lie or land, until a coordinator releases them. Kits to be checked stay
// on the shelf and may be given out once they were checked.
const (
	Withdrawn Bars = 1 << iota
	ToCheck
)

// Bar is an open notice that keeps lots from being given out. The notice itself is not this room's; it has a number
// that stays, and the one printed on it.
type Bar struct {
	Lot    int
	Notice int
	Number string // as printed: "NatPSA/2022/009/MHRA"
	Kind   Bars   // one of them
	Since  time.Time
	On     civil.Date // the day of Since at the outlets
}

// Hit is what a notice found on one shelf: kits that are held now, or that now wait to be checked.
type Hit struct{ Area, Outlet, Lot, Kits int }

// Landing is kits of a barred lot that came to a shelf while the bar stood.
type Landing struct {
	Hit
	Bars []Bar
}

// OnLanding has fn called, in the transaction that records it, whenever kits of a barred lot land on a shelf. It is set
// once, before the ledger is used.
func (l *Ledger) OnLanding(fn func(context.Context, *store.Tx, Landing) error) { l.landing = fn }

// Bar keeps lots, and whatever is joined to them, from being given out from now on, inside the caller's transaction, and
// gives what lies on shelves now. Withdrawn kits are moved from shelf to held; kits to be checked stay and are counted as
// unchecked. Bars of one notice on one lot are set once: again changes nothing and hits nothing.
func (l *Ledger) Bar(ctx context.Context, tx *store.Tx, who staff.Person, b Bar, lots ...int) ([]Hit, error) {
	if b.Kind != Withdrawn && b.Kind != ToCheck {
		return nil, fault.New(fault.Internal, "a notice must either withdraw lots or have them checked")
	}
	b.Since, b.On = tx.Now, l.today(tx)
	if tx.Engine == store.Postgres { // before any lot is held: an import that reads all bars waits here, or is waited for (see allBars)
		if _, err := tx.Exec(ctx, "LOCK TABLE lot_bar IN ROW EXCLUSIVE MODE"); err != nil {
			return nil, err
		}
	}
	var hits []Hit
	for _, id := range lots {
		family, err := l.wholeFamily(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		for _, lot := range family {
			b.Lot = lot.ID
			more, err := l.barLot(ctx, tx, who, b)
			if err != nil {
				return nil, err
			}
			hits = append(hits, more...)
		}
	}
	return hits, nil
}

func (l *Ledger) barLot(ctx context.Context, tx *store.Tx, who staff.Person, b Bar) ([]Hit, error) {
	n, err := tx.Exec(ctx, "INSERT INTO lot_bar (lot, notice, number, kind, since, since_on) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (lot, notice) DO NOTHING",
		b.Lot, b.Notice, b.Number, int(b.Kind), b.Since.UnixMilli(), int(b.On))
	if err != nil || n == 0 {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "UPDATE lot SET barred = barred | ? WHERE id = ?", int(b.Kind), b.Lot); err != nil {
		return nil, err
	}
	// Touching the rows first makes others wait, so that nothing is given out between the look and the hold.
	if _, err := tx.Exec(ctx, "UPDATE stock SET shelf = shelf WHERE lot = ? AND shelf > 0", b.Lot); err != nil {
		return nil, err
	}
	var hits []Hit
	err = tx.Each(ctx, func(scan func(...any) error) error {
		h := Hit{Lot: b.Lot}
		err := scan(&h.Area, &h.Outlet, &h.Kits)
		hits = append(hits, h)
		return err
	}, "SELECT area, outlet, shelf FROM stock WHERE lot = ? AND shelf > 0 ORDER BY area, outlet", b.Lot)
	if err != nil || b.Kind == ToCheck {
		if err == nil {
			err = setUnchecked(ctx, tx, b.Lot, "shelf > 0", "shelf")
		}
		return hits, err
	}
	lot, err := l.lotByID(ctx, tx, b.Lot)
	if err != nil {
		return nil, err
	}
	var holds []*Movement
	for _, h := range hits {
		for left := h.Kits; left > 0; left -= MostKits {
			holds = append(holds, b.hold(who.ID, lot, Hit{h.Area, h.Outlet, h.Lot, min(left, MostKits)}, l.today(tx)))
		}
	}
	if err := l.recordHolds(ctx, tx, newBatch(tx), holds); err != nil {
		return nil, err
	}
	return hits, fewerUnchecked(ctx, tx, b.Lot) // another notice may have asked to check what is held now
}

// hold is the movement that sets kits aside for a notice.
func (b Bar) hold(who int, lot Lot, h Hit, on civil.Date) *Movement {
	return &Movement{
		ID: NewID(), Kind: KindHold, OccurredOn: on, Area: h.Area, Outlet: h.Outlet, Lot: lot.ID, Product: lot.Product, Kits: h.Kits,
		From: Shelf, To: Held, Staff: who, Note: "Notice " + b.Number,
	}
}

func (l *Ledger) recordHolds(ctx context.Context, tx *store.Tx, b *batch, holds []*Movement) error {
	for _, m := range holds {
		m.RecordedAt = tx.Now
	}
	if len(holds) == 0 {
		return nil
	}
	_, err := b.record(ctx, holds) // their ids are new: nothing clashes
	return err
}

// Unbar ends what a notice bars, inside the caller's transaction: from now on its lots may be given out again, as far as
// no other notice bars them. Kits that are held stay held until they are released.
func (l *Ledger) Unbar(ctx context.Context, tx *store.Tx, notice int) error {
	var lots []int
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var lot int
		err := scan(&lot)
		lots = append(lots, lot)
		return err
	}, "SELECT lot FROM lot_bar WHERE notice = ? AND ended_at IS NULL ORDER BY lot", notice)
	if err != nil {
		return err
	}
	for _, lot := range lots {
		if _, err := tx.Exec(ctx, "UPDATE lot_bar SET ended_at = ? WHERE lot = ? AND notice = ?", tx.Now.UnixMilli(), lot, notice); err != nil {
			return err
		}
		if err := settleBars(ctx, tx, lot); err != nil {
			return err
		}
	}
	return nil
}

// settleBars writes on a lot which open bars it has left.
func settleBars(ctx context.Context, tx *store.Tx, lot int) error {
	// The lot first: another notice may be published or closed at the same moment.
	if err := touchLot(ctx, tx, lot); err != nil {
		return err
	}
	open, err := barsOf(ctx, tx, "lot = ?", lot)
	if err != nil {
		return err
	}
	var bits Bars
	for _, b := range open[lot] {
		bits |= b.Kind
	}
	if _, err := tx.Exec(ctx, "UPDATE lot SET barred = ? WHERE id = ?", int(bits), lot); err != nil || bits&ToCheck != 0 {
		return err
	}
	return setUnchecked(ctx, tx, lot, "unchecked > 0", "0")
}

// barsOf reads open bars by lot, the oldest first.
func barsOf(ctx context.Context, tx *store.Tx, where string, args ...any) (map[int][]Bar, error) {
	found := map[int][]Bar{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var b Bar
		var since int64
		err := scan(&b.Lot, &b.Notice, &b.Number, &b.Kind, &since, &b.On)
		b.Since = time.UnixMilli(since)
		found[b.Lot] = append(found[b.Lot], b)
		return err
	}, "SELECT lot, notice, number, kind, since, since_on FROM lot_bar WHERE ended_at IS NULL AND "+where+" ORDER BY since, notice", args...)
	return found, err
}

// isReleased reports whether a coordinator released what a notice holds of a lot at an outlet.
func isReleased(ctx context.Context, tx *store.Tx, area, outlet int, b Bar) (bool, error) {
	var n int
	return tx.Get(ctx, []any{&n}, "SELECT 1 FROM lot_released WHERE area = ? AND outlet = ? AND lot = ? AND notice = ?", area, outlet, b.Lot, b.Notice)
}

// holding is the first of a lot's bars that holds its kits at an outlet, nil if none does.
func holding(ctx context.Context, tx *store.Tx, area, outlet int, bars []Bar) (*Bar, error) {
	for i, b := range bars {
		if b.Kind != Withdrawn {
			continue
		}
		if done, err := isReleased(ctx, tx, area, outlet, b); err != nil || !done {
			return &bars[i], err
		}
	}
	return nil, nil
}

// refuseBarred refuses to give out today what a notice keeps back. What was given out on an earlier day has happened: it is
// recorded, and flagged.
func (l *Ledger) refuseBarred(ctx context.Context, tx *store.Tx, m *Movement, lot Lot) error {
	if lot.Barred == 0 {
		return nil
	}
	if done, err := isStored(ctx, tx, []*Movement{m}); err != nil || done {
		return err // sent before: post compares it with what was stored
	}
	bars, err := barsOf(ctx, tx, "lot = ?", lot.ID)
	if err != nil {
		return err
	}
	if m.OccurredOn < l.today(tx) {
		m.flagBarred(bars[lot.ID])
		return nil
	}
	b, err := holding(ctx, tx, m.Area, m.Outlet, bars[lot.ID])
	if err != nil {
		return err
	}
	if b != nil {
		return fault.New(fault.Refused, "lot %s is withdrawn by notice %s: do not give it out", lot.Number, b.Number).At("lot").
			Hint("give another lot; a coordinator releases these kits when they may be given out again")
	}
	if lot.Barred&ToCheck == 0 {
		return nil
	}
	// Touching the row first makes others wait, so that two cannot both give out the kits that one has checked.
	if _, err := tx.Exec(ctx, "UPDATE stock SET unchecked = unchecked WHERE area = ? AND outlet = ? AND lot = ?", m.Area, m.Outlet, m.Lot); err != nil {
		return err
	}
	var shelf, unchecked int
	if _, err := tx.Get(ctx, []any{&shelf, &unchecked}, "SELECT shelf, unchecked FROM stock WHERE area = ? AND outlet = ? AND lot = ?", m.Area, m.Outlet, m.Lot); err != nil {
		return err
	}
	if m.Kits <= shelf-unchecked {
		return nil
	}
	return fault.New(fault.Refused, "lot %s must be checked before it is given out (notice %s): %s", lot.Number, checkNumber(bars[lot.ID]), checkedWords(shelf, unchecked)).At("lot").
		Hint("check the kits as the notice says and enter what you found, or give another lot")
}

// flagBarred flags a supply that is entered late, if a notice barred its lot by the day of it.
func (m *Movement) flagBarred(bars []Bar) {
	for _, b := range bars {
		if m.OccurredOn >= b.On {
			m.Flags |= BarredWhenSupplied
		}
	}
}

func checkedWords(shelf, unchecked int) string {
	if shelf == unchecked {
		return "none of the kits on the shelf has been checked"
	}
	return fmt.Sprintf("%d of the %d kits on the shelf have been checked", shelf-unchecked, shelf)
}

func checkNumber(bars []Bar) string {
	for _, b := range bars {
		if b.Kind == ToCheck {
			return b.Number
		}
	}
	return ""
}

// BarredBy gives the lots that a notice bars, or barred until it was closed, inside the caller's transaction: those it named,
// and those that were ever joined to one while it stood.
func (l *Ledger) BarredBy(ctx context.Context, tx *store.Tx, notice int) ([]int, error) {
	var lots []int
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var lot int
		err := scan(&lot)
		lots = append(lots, lot)
		return err
	}, "SELECT lot FROM lot_bar WHERE notice = ? ORDER BY lot", notice)
	return lots, err
}

func barsOfLots(ctx context.Context, tx *store.Tx, lots []int) (map[int][]Bar, error) {
	if len(lots) == 0 {
		return nil, nil
	}
	args := make([]any, len(lots))
	for i, id := range lots {
		args[i] = id
	}
	return barsOf(ctx, tx, "lot IN ("+store.Marks(len(lots))+")", args...)
}
