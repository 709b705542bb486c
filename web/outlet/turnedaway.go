package outlet

import (
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// turnedAway is somebody who asked for kits and got none, and why: one tap, and not one fact about the person.
var turnedAway = deed{
	page: "turnedaway", title: "Somebody was turned away",
	fields: []string{"reason", "kits", "occurred_on", "note"},
	draw:   drawTurnedAway, save: saveTurnedAway,
}

type turnedAwayBody struct {
	common
	Reasons []page.Option
}

func drawTurnedAway(v *desk.Visit, _ *answers) (any, error) {
	return turnedAwayBody{begin(v), choices(ledger.UnmetReasonOptions())}, nil
}

func saveTurnedAway(v *desk.Visit, a *answers) (string, error) {
	t := ledger.TurnedAway{Entry: a.entry(v), Reason: ledger.UnmetReason(a.choice("reason", ledger.UnmetReasonOptions()))}
	if a.text("reason") == "" {
		a.wrong("reason", "choose why no kit was given")
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.TurnAway(v.Ctx(), v.Who, t); err != nil {
		return "", err
	}
	return entryPath(v, t.ID), nil
}
