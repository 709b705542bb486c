package bulletin

import (
	"context"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/fault"
	"everykit/opendata"
	"everykit/store"
)

// Beside gives what editions have shown or hidden, or will once they are published, of the supplies of a nation, by its code, in a
// financial year. It has hidden numbers, and is for the open data alone: they publish the same year, and protect it against what is known
// of its quarters. Drafts and signed editions are among them: what of them is hidden was chosen when they were frozen, and cannot know of
// open data that come out between then and the day of publication. So those must know of it.
func (b *Bulletins) Beside(ctx context.Context, nation string, year civil.Period) (opendata.Others, error) {
	var all []*frozen.Snapshot
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		snap, err := b.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		area, found := snap.AreaByCode(nation)
		if !found {
			return fault.New(fault.NotFound, "%s", snap.UnknownArea(nation)).At("area")
		}
		list, err := readEditions(ctx, tx, "e.nation = ? AND e.state <> ? ORDER BY CASE WHEN e.turn IS NULL THEN 1 ELSE 0 END, e.turn, e.id", area.ID, int(Dropped))
		if err != nil {
			return err
		}
		for i := range list {
			s, err := b.snapshotIn(ctx, tx, &list[i])
			if err != nil {
				return err
			}
			all = append(all, s)
		}
		return nil
	})
	if err != nil {
		return opendata.Others{}, err
	}
	return frozen.Beside(all, nation, year), nil
}
