package paper

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
)

// How many rows a sheet has.
const (
	firstRows = 15
	moreRows  = 15
	mostRows  = 150
)

// typedSheet is a day's paper as it was typed.
type typedSheet struct {
	form   url.Values
	id     uuid.UUID
	outlet int
	day    civil.Date
	faults fault.List
}

// cell names a field of a row: rows.3.kits.
func cell(row int, field string) string { return "rows." + strconv.Itoa(row) + "." + field }

func (s *typedSheet) text(row int, field string) string {
	return strings.TrimSpace(s.form.Get(cell(row, field)))
}

func (s *typedSheet) wrong(row int, field, message string, args ...any) {
	s.faults = append(s.faults, fault.New(fault.Invalid, message, args...).At(cell(row, field)))
}

// read makes the rows that were filled in, and notes what cannot be understood.
func (s *typedSheet) read(rows int) []ledger.SheetRow {
	var list []ledger.SheetRow
	for n := 1; n <= rows; n++ {
		if !s.empty(n) {
			list = append(list, s.row(n))
		}
	}
	return list
}

// empty reports whether a row was left as it was. Its lot is not asked: that one is proposed.
func (s *typedSheet) empty(row int) bool {
	for _, field := range []string{"kits", "recipient", "supply", "reason", "trained", "note"} {
		if s.text(row, field) != "" {
			return false
		}
	}
	kind := s.text(row, "kind")
	return kind == "" || kind == given
}

// row reads one row. Its id is made from the sheet's and its place on it, so that the same sheet twice is one.
func (s *typedSheet) row(n int) ledger.SheetRow {
	kind := s.text(n, "kind")
	e := ledger.Entry{
		ID: ledger.RowID(strconv.Itoa(s.outlet), "day-sheet", s.id.String(), n), OccurredOn: s.day, Outlet: s.outlet,
		Kits: s.kits(n, kind), Note: s.text(n, "note"),
	}
	if kind != "" && kind != given {
		s.only(n, given, "recipient", "supply", "trained")
	}
	switch kind {
	case "", given:
		return ledger.SheetRow{Row: n, Supply: &ledger.SupplyOf{
			Entry: e, Lot: s.lot(n, true), Recipient: ledger.Recipient(s.choice(n, "recipient", ledger.RecipientOptions())),
			Supply:  ledger.First(s.choice(n, "supply", ledger.FirstOptions())),
			Reason:  ledger.Reason(s.choice(n, "reason", ledger.ReasonOptions())),
			Trained: s.trained(n),
		}}
	case used:
		s.only(n, "given out or turned away", "reason")
		return ledger.SheetRow{Row: n, Use: &ledger.UseOf{Entry: e, Lot: s.lot(n, false)}}
	case back:
		s.only(n, "given out or turned away", "reason")
		return ledger.SheetRow{Row: n, HandBack: &ledger.WriteOff{Entry: e, Lot: s.lot(n, false), From: ledger.People, To: ledger.Spoiled}}
	case away:
		why := ledger.UnmetReason(s.choice(n, "reason", ledger.UnmetReasonOptions()))
		return ledger.SheetRow{Row: n, TurnAway: &ledger.TurnedAway{Entry: e, Reason: why}}
	}
	s.wrong(n, "kind", "choose what happened from the list")
	return ledger.SheetRow{Row: n}
}

// only refuses what was typed where it would be lost: nothing that somebody wrote is dropped without a word.
func (s *typedSheet) only(row int, kind string, fields ...string) {
	if kind == given {
		kind = "given out"
	}
	for _, f := range fields {
		if s.text(row, f) != "" {
			s.wrong(row, f, "row %d: leave this empty, it belongs to kits %s", row, kind)
		}
	}
}

// kits reads how many. Somebody turned away asked for one kit unless a number says more.
func (s *typedSheet) kits(row int, kind string) int {
	text := s.text(row, "kits")
	if text == "" {
		if kind != away {
			s.wrong(row, "kits", "row %d: write how many kits, or empty the row", row)
		}
		return 1
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		s.wrong(row, "kits", "row %d: %.20q is not a number of kits, 1 or more", row, text)
		return 1
	}
	return n
}

func (s *typedSheet) lot(row int, needed bool) int {
	text := s.text(row, "lot")
	if text == "" && !needed {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		s.wrong(row, "lot", "row %d: choose the lot", row)
	}
	return n
}

func (s *typedSheet) choice(row int, field string, of []ledger.Option) uint8 {
	n, ok := place(of, s.text(row, field))
	if !ok {
		s.wrong(row, field, "row %d: this answer does not belong to what happened", row)
	}
	return n
}

func (s *typedSheet) trained(row int) ledger.YesNo {
	switch s.text(row, "trained") {
	case "yes":
		return ledger.Yes
	case "no":
		return ledger.No
	case "":
	default:
		s.wrong(row, "trained", "row %d: choose yes or no", row)
	}
	return 0
}
