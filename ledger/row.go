package ledger

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/store"
)

// A movement's columns, in families: a supply has columns that a receipt has not, and a statement that leaves out what
// is empty is a third quicker.
const (
	coreColumns   = "area, id, kind, occurred_on, recorded_at, outlet, lot, product, kits, from_place, to_place, staff, split, flags, other_area, other, transfer, reverses, note"
	supplyColumns = ", recipient, supply, reason, age_band, sex, trained, client, card, replaces_lot, pick_reason"
	useColumns    = ", doses, outcome, ambulance, setting"
	buyColumns    = ", order_ref, unit_price, supplier, paid_by"
	coreCount     = 19
	supplyCount   = 10
	useCount      = 4
	buyCount      = 4
)

// family says which columns beside the core a kind fills.
type family uint8

const (
	plainFamily family = iota
	supplyFamily
	useFamily
	buyFamily
	families
)

func (k Kind) family() family {
	switch k {
	case KindSupply:
		return supplyFamily
	case KindUse, KindStaffUse:
		return useFamily
	case KindReceive, KindOpen:
		return buyFamily
	}
	return plainFamily
}

var familyColumns = [families]string{coreColumns, coreColumns + supplyColumns, coreColumns + useColumns, coreColumns + buyColumns}

var familyCounts = [families]int{coreCount, coreCount + supplyCount, coreCount + useCount, coreCount + buyCount}

// values appends the movement's values in the order of its family's columns.
func (m *Movement) values(v []any) []any {
	v = append(v, m.Area, idValue(m.ID), int(m.Kind), int(m.OccurredOn), m.RecordedAt.UnixMilli(), m.Outlet, m.Lot, m.Product, m.Kits,
		int(m.From), int(m.To), m.Staff, m.split(), int(m.Flags&stored), unlessZero(m.OtherArea), unlessZero(m.Other),
		idOrNull(m.Transfer), idOrNull(m.Reverses), textOrNull(m.Note))
	switch m.Kind.family() {
	case supplyFamily:
		v = append(v, unlessZero(int(m.Recipient)), unlessZero(int(m.Supply)), unlessZero(int(m.Reason)), unlessZero(int(m.AgeBand)),
			unlessZero(int(m.Sex)), unlessZero(int(m.Trained)), bytesOrNull(m.Client), textOrNull(m.Card), textOrNull(m.ReplacesLot),
			textOrNull(m.PickReason))
	case useFamily:
		v = append(v, unlessZero(m.Doses), unlessZero(int(m.Outcome)), unlessZero(int(m.Ambulance)), textOrNull(m.Setting))
	case buyFamily:
		v = append(v, textOrNull(m.Order), unlessZero(m.UnitPrice), textOrNull(m.Supplier), textOrNull(m.PaidBy))
	}
	return v
}

func unlessZero(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func idValue(id uuid.UUID) []byte { return append([]byte(nil), id[:]...) }

func idOrNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return idValue(id)
}

func bytesOrNull(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

const allColumns = coreColumns + supplyColumns + useColumns + buyColumns

// scanMovement reads a row of allColumns.
func scanMovement(scan func(...any) error) (*Movement, error) {
	m := &Movement{}
	var id, transfer, reverses []byte
	var on int
	var split uint8
	var at int64
	var otherArea, other, recipient, supply, reason, age, sex, trained, doses, outcome, ambulance, price *int
	var note, card, replaces, pick, setting, order, supplier, paidBy *string
	err := scan(&m.Area, &id, &m.Kind, &on, &at, &m.Outlet, &m.Lot, &m.Product, &m.Kits, &m.From, &m.To, &m.Staff, &split, &m.Flags,
		&otherArea, &other, &transfer, &reverses, &note,
		&recipient, &supply, &reason, &age, &sex, &trained, &m.Client, &card, &replaces, &pick,
		&doses, &outcome, &ambulance, &setting, &order, &price, &supplier, &paidBy)
	if err != nil {
		return nil, err
	}
	copy(m.ID[:], id)
	copy(m.Transfer[:], transfer)
	copy(m.Reverses[:], reverses)
	m.OccurredOn, m.RecordedAt = civil.Date(on), time.UnixMilli(at)
	m.setSplit(split)
	m.OtherArea, m.Other, m.Note = number(otherArea), number(other), text(note)
	m.Recipient, m.Supply, m.Reason, m.AgeBand = Recipient(number(recipient)), First(number(supply)), Reason(number(reason)), Age(number(age))
	m.Sex, m.Trained, m.Card, m.ReplacesLot, m.PickReason = Sex(number(sex)), YesNo(number(trained)), text(card), text(replaces), text(pick)
	m.Doses, m.Outcome, m.Ambulance, m.Setting = number(doses), Outcome(number(outcome)), YesNo(number(ambulance)), text(setting)
	m.Order, m.UnitPrice, m.Supplier, m.PaidBy = text(order), number(price), text(supplier), text(paidBy)
	return m, nil
}

func number(p *int) int {
	if p == nil {
		return 0
	}
	return *p
}

func text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// eachMovement reads movements by a condition and what follows it.
func eachMovement(ctx context.Context, tx *store.Tx, fn func(*Movement) error, where string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		m, err := scanMovement(scan)
		if err != nil {
			return err
		}
		return fn(m)
	}, "SELECT "+allColumns+" FROM movement WHERE "+where, args...)
}

// movementByID reads one movement.
func movementByID(ctx context.Context, tx *store.Tx, area int, id uuid.UUID) (*Movement, error) {
	var found *Movement
	err := eachMovement(ctx, tx, func(m *Movement) error { found = m; return nil }, "area = ? AND id = ?", area, id[:])
	return found, err
}

// prefixed puts a table's short name before each of a list of columns.
func prefixed(table, columns string) string {
	return table + "." + strings.ReplaceAll(columns, ", ", ", "+table+".")
}
