package outlet

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
)

// answers reads what a form sent, and gathers what cannot be understood, so that all of it is said at once.
type answers struct {
	typed  url.Values // nil on a fresh form
	start  url.Values // what the address of a fresh form proposes
	faults fault.List
}

// err is what could not be understood; nil if all could.
func (a *answers) err() error { return a.faults.Err() }

// wrong notes a fault of a field.
func (a *answers) wrong(field, message string, args ...any) *fault.Error {
	f := fault.New(fault.Invalid, message, args...).At(field)
	a.faults = append(a.faults, f)
	return f
}

// text is what was typed into a field.
func (a *answers) text(field string) string { return strings.TrimSpace(a.typed.Get(field)) }

// now is what a field holds at this moment: what was typed, or what a fresh form proposes.
func (a *answers) now(field string) string {
	if a.typed != nil {
		return a.text(field)
	}
	return a.start.Get(field)
}

// id is the id of the entry that the form makes.
func (a *answers) id() uuid.UUID {
	id, err := uuid.Parse(a.text("id"))
	if err != nil || id == uuid.Nil {
		a.wrong("id", "this form came without its own number").Hint("look it over, and save it again")
		return uuid.Nil
	}
	return id
}

// keepID gives a form a new id if it came back without one that can be used.
func (a *answers) keepID() {
	if id, err := uuid.Parse(a.text("id")); err != nil || id == uuid.Nil {
		a.typed.Set("id", ledger.NewID().String())
	}
}

// whole reads a whole number from 0 up; an empty field is 0.
func (a *answers) whole(field, what string) int {
	s := strings.NewReplacer(",", "", " ", "").Replace(a.text(field))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000_000 {
		a.wrong(field, "%.20q is not a number of %s", a.text(field), what).Hint("write it in figures, without a fraction")
	}
	return n
}

// kits reads how many kits, 1 or more; more than an entry may hold is refused by the ledger.
func (a *answers) kits(field string) int {
	before := len(a.faults)
	n := a.whole(field, "kits")
	if n < 1 && len(a.faults) == before {
		a.wrong(field, "say how many kits, 1 or more")
	}
	return n
}

// day reads a civil date.
func (a *answers) day(field string) civil.Date {
	s := a.text(field)
	if s == "" {
		a.wrong(field, "say on which day it happened")
		return civil.None
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		a.wrong(field, "%.20q is not a day", s).Hint("write it as 23/11/2026")
	}
	return d
}

// dayOr is the day a field holds, or another one while it holds none that can be read.
func (a *answers) dayOr(field string, otherwise civil.Date) civil.Date {
	if d, err := civil.ParseDate(a.now(field)); err == nil {
		return d
	}
	return otherwise
}

// choice reads one of a list of words as its small number; an empty field is 0, not recorded.
func (a *answers) choice(field string, of []ledger.Option) uint8 {
	key := a.text(field)
	if key == "" {
		return 0
	}
	for i, o := range of {
		if o.Key == key {
			return uint8(i + 1)
		}
	}
	a.wrong(field, "choose one from the list")
	return 0
}

// lot reads which lot was chosen, by the ledger's number for it.
func (a *answers) lot(field string) int {
	n, err := strconv.Atoi(a.text(field))
	if err != nil || n < 1 {
		a.wrong(field, "choose the lot")
		return 0
	}
	return n
}

// entry reads what every deed has.
func (a *answers) entry(v *desk.Visit) ledger.Entry {
	return ledger.Entry{ID: a.id(), Kits: a.kits("kits"), OccurredOn: a.day("occurred_on"), Outlet: v.Outlet.ID, Note: a.text("note")}
}
