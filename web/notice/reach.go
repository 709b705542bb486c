package notice

import (
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
)

// writes reports whether somebody may write and publish notices.
func writes(v *desk.Visit) bool {
	return v.Who.May(staff.WriteNotices, staff.Place{Nation: v.Who.Area})
}

// oversees reports whether somebody looks at more than their own outlets.
func oversees(v *desk.Visit) bool { return v.Who.SignedIn() && v.Who.Role != staff.Worker }

// mustOversee is oversees as an error.
func mustOversee(v *desk.Visit) error {
	if !oversees(v) {
		return fault.New(fault.Forbidden, "you may not see the answers of other outlets").Hint("ask the coordinator of your authority")
	}
	return nil
}

// seesArea reports whether somebody may see what an authority's outlets answered, one by one.
func seesArea(v *desk.Visit, id int) bool {
	a := v.Snap.Area(id)
	return a != nil && v.Who.May(staff.SeeNotices, desk.AreaPlace(v.Snap, a))
}

// onlyArea is the authority that somebody is held to; 0 for those who see more than one.
func onlyArea(v *desk.Visit) int {
	if v.Who.Role == staff.Coordinator {
		return v.Who.Area
	}
	return 0
}

// workplaces are the outlets where a worker answers: on a counter device that one alone.
func workplaces(v *desk.Visit) []*registry.Outlet {
	var all []*registry.Outlet
	for _, id := range v.Who.Outlets {
		if o := v.Snap.Outlet(id); o != nil {
			all = append(all, o)
		}
	}
	return all
}

// areaName is what an authority is called.
func areaName(v *desk.Visit, id int) string {
	if a := v.Snap.Area(id); a != nil {
		return a.Name
	}
	return "not known"
}

// outletName is what an outlet is called.
func outletName(v *desk.Visit, id int) string {
	if o := v.Snap.Outlet(id); o != nil {
		return o.Name
	}
	return "An outlet"
}
