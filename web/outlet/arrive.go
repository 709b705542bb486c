package outlet

import (
	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// arrive is what came of a delivery: how many kits are good, how many are broken. The rest is missing.
var arrive = deed{
	page: "arrive", title: "A delivery has arrived",
	fields: []string{"good", "broken", "occurred_on", "note"},
	draw:   drawArrive, save: saveArrive,
}

type arriveBody struct {
	common
	Sent  int
	Facts []page.Fact
}

func drawArrive(v *desk.Visit, _ *answers) (any, error) {
	t, err := delivery(v)
	if err != nil {
		return nil, err
	}
	lot, err := v.Ledger.Lot(v.Ctx(), t.Lot)
	if err != nil {
		return nil, err
	}
	p := v.Snap.Product(lot.Product)
	return arriveBody{common: begin(v), Sent: t.Kits, Facts: []page.Fact{
		{Key: "Sent", Value: page.TextCell(kitsAndDoses(t.Kits, p)).Under(t.SentOn.Words())},
		{Key: "From", Value: page.TextCell(outletName(v.Snap, t.Outlet))},
		{Key: "Lot", Value: page.TextCell(lot.Number).Under(desk.ProductName(p) + " · " + expiryWords(lot))},
	}}, nil
}

func saveArrive(v *desk.Visit, a *answers) (string, error) {
	from, transfer, err := deliveryName(v)
	if err != nil {
		return "", err
	}
	arrival := ledger.Arrival{
		ID: a.id(), Transfer: transfer, FromArea: from.ID, OccurredOn: a.day("occurred_on"),
		Good: a.whole("good", "kits"), Broken: a.whole("broken", "kits"), Note: a.text("note"),
	}
	if a.text("good") == "" && len(a.faults) == 0 {
		a.wrong("good", "say how many good kits came").Hint("0 is a number")
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.Arrive(v.Ctx(), v.Who, arrival); err != nil {
		return "", err
	}
	if arrival.Good == 0 { // there is no entry over this shelf to show
		return desk.OutletPath(v.Outlet.ID) + "?saved=arrived", nil
	}
	return entryPath(v, arrival.ID), nil
}

// deliveryName reads which delivery the address names.
func deliveryName(v *desk.Visit) (from *registry.Area, id uuid.UUID, err error) {
	from, ok := v.Snap.AreaByCode(v.R.PathValue("area"))
	id, err = uuid.Parse(v.R.PathValue("transfer"))
	if !ok || err != nil {
		return nil, id, notComing()
	}
	return from, id, nil
}

// delivery finds it among those on their way to this outlet.
func delivery(v *desk.Visit) (ledger.Transfer, error) {
	from, id, err := deliveryName(v)
	if err != nil {
		return ledger.Transfer{}, err
	}
	coming, err := v.Ledger.Coming(v.Ctx(), v.Outlet)
	if err != nil {
		return ledger.Transfer{}, err
	}
	for _, t := range coming {
		if t.Area == from.ID && t.ID == id {
			return t, nil
		}
	}
	return ledger.Transfer{}, notComing()
}

func notComing() error {
	return fault.New(fault.NotFound, "no such delivery is on its way here").Hint("it may have been recorded as arrived already: look at the latest entries of the shelf")
}

func outletName(snap *registry.Snapshot, id int) string {
	if o := snap.Outlet(id); o != nil {
		return o.Name
	}
	return "not known"
}
