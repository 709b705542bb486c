package staff

import (
	"context"

	"everykit/store"
)

// Names gives the names of accounts, for whoever may already see what they recorded. Closed accounts are among them; an
// account that is not there, as 0 for the operator of the machine, has no entry.
func (s *Staff) Names(ctx context.Context, accounts ...int) (map[int]string, error) {
	names := map[int]string{}
	asked := map[int]bool{}
	var ids []any
	for _, id := range accounts {
		if id != 0 && !asked[id] {
			asked[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return names, nil
	}
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var id int
			var name string
			err := scan(&id, &name)
			names[id] = name
			return err
		}, "SELECT id, name FROM account WHERE id IN ("+store.Marks(len(ids))+")", ids...)
	})
	return names, err
}
