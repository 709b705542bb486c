package bulletin

import (
	"context"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/fault"
	"everykit/opendata"
)

// Beside gives what published editions have shown or hidden of the supplies of a nation, by its code, in a financial year. It has
// hidden numbers, and is for the open data alone: they publish the same year, and protect it against what is known of its quarters.
func (b *Bulletins) Beside(ctx context.Context, nation string, year civil.Period) (opendata.Others, error) {
	snap, err := b.reg.Now(ctx)
	if err != nil {
		return opendata.Others{}, err
	}
	area, found := snap.AreaByCode(nation)
	if !found {
		return opendata.Others{}, fault.New(fault.NotFound, "%s", snap.UnknownArea(nation)).At("area")
	}
	around, err := b.around(ctx, &Edition{nation: area.ID}, true)
	if err != nil {
		return opendata.Others{}, err
	}
	return frozen.Beside(around.nationSnapshots(), area.Code, year), nil
}
