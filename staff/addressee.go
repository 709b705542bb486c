package staff

import (
	"context"

	"everykit/store"
)

// Addressee is an account that is open and can be written to.
type Addressee struct {
	Account int
	Email   string
	Role    Role
	Area    int   // as in Person
	Outlets []int // of a Worker
}

// Addressees reads every open account, by number, inside the caller's transaction: for rooms that write letters. The
// addresses are for the outbox and nothing else.
func Addressees(ctx context.Context, tx *store.Tx) ([]Addressee, error) {
	all, err := readAccounts(ctx, tx, accountSQL+"WHERE a.disabled_at IS NULL ORDER BY a.id, o.outlet")
	if err != nil {
		return nil, err
	}
	list := make([]Addressee, len(all))
	for i, a := range all {
		list[i] = Addressee{Account: a.ID, Email: a.Email, Role: a.Role, Area: a.Area}
		for _, o := range a.Outlets {
			list[i].Outlets = append(list[i].Outlets, o.Outlet)
		}
	}
	return list, nil
}
