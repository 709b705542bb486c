package gs1

import (
	"strconv"
	"strings"

	"everykit/civil"
)

// Fields are what a form has of a kit so far, as typed or filled: an empty text is an empty field.
type Fields struct {
	GTIN   string
	Lot    string
	Expiry string // in any form that civil.ParseExpiry reads; Fill writes 2028-03 or 2028-03-15
	Serial string
	Count  string
}

// The names of fields in a Difference.
const (
	FieldGTIN   = "gtin"
	FieldLot    = "lot"
	FieldExpiry = "expiry"
	FieldSerial = "serial"
	FieldCount  = "count"
)

// Difference is a full field of which a code says something else.
type Difference struct {
	Field         string // one of the constants
	Have, Scanned string
}

// Fill adds what was scanned to a form. Empty fields are filled, so that a pack with its product in one code and its lot in
// another adds up; full fields stay as they are, whatever the code says or leaves out, and differences are told. A code of
// another product, another lot or another expiry speaks of another kit than the form: of it nothing is filled, lest the two
// be mixed. Another serial number or count is told, and the rest is filled.
//
// A lot is the same without regard to case and blanks, as the ledger has it; an expiry is the same if its last day is.
func Fill(have Fields, scanned Code) (filled Fields, differs []Difference) {
	filled = have
	another := false
	for _, f := range []struct {
		name    string
		field   *string
		says    string
		same    func(have, says string) bool
		another bool // it tells one kind of kit from another
	}{
		{FieldGTIN, &filled.GTIN, scanned.GTIN, sameGTIN, true},
		{FieldLot, &filled.Lot, scanned.Lot, sameLot, true},
		{FieldExpiry, &filled.Expiry, scanned.Expiry.String(), sameExpiry, true},
		{FieldSerial, &filled.Serial, scanned.Serial, sameText, false},
		{FieldCount, &filled.Count, countText(scanned.Count), sameCount, false},
	} {
		switch {
		case f.says == "":
		case strings.TrimSpace(*f.field) == "":
			*f.field = f.says
		case !f.same(*f.field, f.says):
			differs = append(differs, Difference{f.name, strings.TrimSpace(*f.field), f.says})
			another = another || f.another
		}
	}
	if another {
		filled = have
	}
	return filled, differs
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return digits(n)
}

func sameText(have, says string) bool { return strings.TrimSpace(have) == says }

func sameGTIN(have, says string) bool {
	bare := func(s string) string { return strings.TrimLeft(strings.NewReplacer(" ", "", "-", "").Replace(s), "0") }
	return bare(have) == bare(says)
}

func sameLot(have, says string) bool {
	key := func(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }
	return key(have) == key(says)
}

func sameExpiry(have, says string) bool {
	h, err := civil.ParseExpiry(have)
	s, errSays := civil.ParseExpiry(says)
	return err == nil && errSays == nil && h.Agrees(s)
}

func sameCount(have, says string) bool {
	h, err := strconv.Atoi(strings.TrimSpace(have))
	return err == nil && digits(h) == says
}
