package ledger

import (
	"bytes"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/registry"
)

// MostKits is the most kits that one movement may carry: more is a slip of the finger.
const MostKits = 100_000

// Movement is a number of kits of one lot that went from one place to another.
type Movement struct {
	ID         uuid.UUID
	Kind       Kind
	OccurredOn civil.Date // the day it happened
	RecordedAt time.Time  // when we learnt it
	Area       int        // of the outlet that records it
	Outlet     int        // that records it; 0 in a report that names none
	Lot        int        // 0 in a report whose lot is not known
	Product    int        // the lot's; 0 where not known
	Kits       int        // 1 to MostKits
	From, To   Place
	OtherArea  int       // of Other
	Other      int       // the other outlet: where sent to, where it came from, who supplied it; 0 if none
	Transfer   uuid.UUID // arrive, short, broken: the send they answer
	Reverses   uuid.UUID // the movement this one undoes; zero if it undoes none
	Staff      int       // account that recorded it; 0 for an import from the command line
	Flags      Flag
	Note       string

	barred  bool      // a notice bars the lot
	lot     *Lot      // as it was read in this transaction, if it was
	givenAt time.Time // of the reversal of a supply: when that was made, if only checked kits could be given out by it

	Channel registry.Channel // supply: how it was given out
	Unmet   UnmetReason      // unmet: why

	Detail
}

// Detail is what may be recorded beside the bare movement. Every part may be left out.
type Detail struct {
	Recipient   Recipient
	Supply      First
	Reason      Reason
	AgeBand     Age
	Sex         Sex
	Trained     YesNo
	Client      []byte // keyed hash of a client code; never the code
	Card        string // number of a card given with the kit
	ReplacesLot string // lot of the kit this one replaces, as typed
	PickReason  string // why this lot, where another was due first

	Doses     int
	Outcome   Outcome
	Ambulance YesNo
	Setting   string // where it was used: home, street ...

	Order     string
	UnitPrice int // pence; 0 not recorded
	Supplier  string
	PaidBy    string
}

// Flag marks what a reader of the record should know.
type Flag uint8

// The flags.
const (
	ExpiredWhenSupplied Flag = 1 << iota // entered late: the lot was past its expiry on the day
	Erased                               // the hash of a client code was taken away
	autoChannel                          // the rest say what was filled in and not asked for; they are not stored
	autoSupply
	autoOther
	autoPlace
	isNew              // was not stored before
	BarredWhenSupplied // entered late: a notice barred the lot on the day it was entered
	stored             = ExpiredWhenSupplied | Erased | BarredWhenSupplied
)

// split is what the monthly counts tell apart within a kind: channel for supplies, reason for unmet requests.
func (m *Movement) split() int {
	switch m.Kind {
	case KindSupply:
		return int(m.Channel)
	case KindUnmet:
		return int(m.Unmet)
	}
	return 0
}

// setSplit puts a stored split back.
func (m *Movement) setSplit(n uint8) {
	switch m.Kind {
	case KindSupply:
		m.Channel = registry.Channel(n)
	case KindUnmet:
		m.Unmet = UnmetReason(n)
	}
}

// sign is -1 for a reversal, which takes back what its movement counted.
func (m *Movement) sign() int {
	if m.Reverses != uuid.Nil {
		return -1
	}
	return 1
}

// where gives the outlet (and its area) that a place of this movement belongs to.
func (m *Movement) where(p Place) (area, outlet int) {
	if atOther(m.Kind, p, m.Other != 0) {
		return m.OtherArea, m.Other
	}
	return m.Area, m.Outlet
}

// same reports whether a movement asked for again is the one stored under its id. What was filled in for the asker the
// first time, and not asked for now, is not compared.
func (m *Movement) same(s *Movement) bool {
	d, e := m.Detail, s.Detail
	if m.Flags&autoSupply != 0 {
		d.Supply = e.Supply
	}
	sameBody := m.Kind == s.Kind && m.OccurredOn == s.OccurredOn && m.Outlet == s.Outlet && m.Lot == s.Lot && m.Kits == s.Kits &&
		m.Transfer == s.Transfer && m.Reverses == s.Reverses && m.Note == s.Note && m.Unmet == s.Unmet &&
		(m.Flags&autoChannel != 0 || m.Channel == s.Channel) &&
		(m.Flags&autoOther != 0 || m.Other == s.Other) &&
		(m.Flags&(autoPlace|autoOther) != 0 || (m.From == s.From && m.To == s.To))
	if !sameBody || (s.Flags&Erased == 0 && !bytes.Equal(d.Client, e.Client)) {
		return false
	}
	d.Client, e.Client = nil, nil
	return d.plain() == e.plain()
}

// plain is Detail without its hash, so that it can be compared.
func (d Detail) plain() plainDetail {
	return plainDetail{
		d.Recipient, d.Supply, d.Reason, d.AgeBand, d.Sex, d.Trained, d.Card, d.ReplacesLot, d.PickReason, d.Doses, d.Outcome,
		d.Ambulance, d.Setting, d.Order, d.UnitPrice, d.Supplier, d.PaidBy,
	}
}

type plainDetail struct {
	recipient                Recipient
	supply                   First
	reason                   Reason
	age                      Age
	sex                      Sex
	trained                  YesNo
	card, replaces, pick     string
	doses                    int
	outcome                  Outcome
	ambulance                YesNo
	setting, order           string
	unitPrice                int
	supplierName, paidByName string
}
