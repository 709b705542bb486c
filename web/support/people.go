package support

import (
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
)

// people are the names of those who asked for, own or changed something.
type people struct {
	names map[int]string
	own   int
	shown bool
}

// peopleOf reads the names of accounts. Analysts work with figures: they are not told who.
func peopleOf(v *desk.Visit, accounts ...int) (people, error) {
	p := people{own: v.Who.ID, shown: v.Who.Role != staff.Analyst}
	if !p.shown {
		return p, nil
	}
	var err error
	p.names, err = v.Staff.Names(v.Ctx(), accounts...)
	return p, err
}

// of names an account.
func (p people) of(account int) string {
	switch {
	case account == 0, p.shown && p.names[account] == "":
		return "Everykit’s operator"
	case !p.shown:
		return "A member of staff"
	}
	return p.names[account]
}

// owner says who does an action: somebody with an account, a post without one, or nobody yet.
func (p people) owner(a support.Action) string {
	switch {
	case a.Owner != 0:
		return p.of(a.Owner)
	case a.OwnerNot != "" && !p.shown:
		return "Somebody without an account"
	}
	return a.OwnerNot
}

// accountsOf are the accounts that a list of actions names.
func accountsOf(list []support.Action) []int {
	var ids []int
	for _, a := range list {
		ids = append(ids, a.Owner, a.AskedBy)
	}
	return ids
}
