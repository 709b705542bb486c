package frozen

import (
	"context"

	"everykit/disclosure"
	"everykit/store"
)

// OpenTold is what the open data have shown of a nation or authority, as Take sees it.
func OpenTold(ctx context.Context, r Rooms, area string) ([]disclosure.Release, error) {
	t := &taking{Rooms: r, today: r.Today(), of: Of{Area: area}}
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		t.snap, err = r.Registry.In(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.area, _ = t.snap.AreaByCode(area)
	t.nation, t.local = t.snap.NationOf(t.area.ID), t.area.IsAuthority()
	if err := t.readKept(ctx); err != nil {
		return nil, err
	}
	return t.before(toldKey(t.nation.Code)), nil
}
