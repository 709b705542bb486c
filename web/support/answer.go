package support

import (
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
)

// answer does what one of the forms of an action's page asks for: guidance, a call, no with a reason, or a change of who
// does it, by when, how far it has come and how many kits it takes. An authority may do the last with its own, and withdraw
// what nobody has taken up; the rest is refused to it by the room.
func answer(v *desk.Visit) error {
	a, _, err := actionOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	do := form.Get("do")
	if (do == "guidance" || do == "call") && !v.May(staff.GiveSupport) {
		return v.Who.Must(staff.GiveSupport, desk.AreaPlace(v.Snap, v.Area))
	}
	a.Version = versionIn(form)
	var note string
	switch do {
	case "guidance":
		note, err = withGuidance(v, a, form)
	case "call":
		note, err = withCall(v, a, form)
	case "declined", "withdrawn":
		if a.State, a.Reason = support.Declined, strings.TrimSpace(form.Get("reason")); a.Reason == "" {
			err = fault.New(fault.Invalid, "say why").At("reason")
		}
	case "changed":
		note, err = changed(a, form)
	default:
		err = fault.New(fault.Invalid, "nothing was done").Hint("press one of the buttons on this page")
	}
	if err == nil {
		err = v.Support.Change(v.Ctx(), v.Who, *a, note)
	}
	if err != nil {
		return drawAction(v, form, err)
	}
	return v.Go(ActionPath(v.Area, a.ID) + "?saved=" + do)
}

// withGuidance answers with a page. What follows is for the authority to do: the action is under way.
func withGuidance(v *desk.Visit, a *support.Action, form url.Values) (string, error) {
	n := v.Snap.NationOf(v.Area.ID)
	if n != nil {
		list, err := readable(v, n.ID)
		if err != nil {
			return "", err
		}
		for _, p := range list {
			if p.Key == form.Get("guide") {
				a.Help, a.State = support.Guidance, support.Underway
				taken(v, a)
				note := strings.TrimSpace(form.Get("guide_note"))
				if note != "" {
					note += " "
				}
				return note + p.Title + " (" + GuidePath(p) + ")", nil
			}
		}
	}
	return "", fault.New(fault.Invalid, "choose a page of guidance").At("guide")
}

// taken gives what nobody has to whoever answers: they see that it comes to an end.
func taken(v *desk.Visit, a *support.Action) {
	if a.Owner == 0 && a.OwnerNot == "" {
		a.Owner = v.Who.ID
	}
}

// withCall answers with a call on a day.
func withCall(v *desk.Visit, a *support.Action, form url.Values) (string, error) {
	var bad fault.List
	day := readDay(form, "call_on", &bad)
	switch {
	case len(bad) > 0:
	case day == civil.None:
		bad = append(bad, fault.New(fault.Invalid, "say on which day").At("call_on"))
	case day < v.Ledger.Today():
		bad = append(bad, fault.New(fault.Invalid, "this day has passed").At("call_on").Hint("choose today or later"))
	}
	a.Help, a.State, a.DueOn = support.Call, support.Planned, day
	taken(v, a)
	return strings.TrimSpace(form.Get("call_note")), bad.Err()
}

// changed reads the form that changes the action itself.
func changed(a *support.Action, form url.Values) (string, error) {
	var bad fault.List
	readOwner(form, a, &bad)
	a.Kits = readKits(form, &bad)
	a.State = 0
	for _, s := range states {
		if s.key == form.Get("state") {
			a.State = s.state
		}
	}
	if a.State == 0 {
		bad = append(bad, fault.New(fault.Invalid, "choose how far it has come").At("state"))
	}
	return strings.TrimSpace(form.Get("note")), bad.Err()
}
