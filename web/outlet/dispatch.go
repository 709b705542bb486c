package outlet

import (
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// dispatch is kits sent to another outlet. Until they arrive they are this outlet's, on the way.
var dispatch = deed{
	page: "dispatch", title: "Send kits to another outlet",
	fields: []string{"kits", "lot", "to", "elsewhere", "occurred_on", "note"},
	draw:   drawDispatch, save: saveDispatch,
}

type dispatchBody struct {
	common
	Lots    []page.Option
	Outlets []page.Option
}

func drawDispatch(v *desk.Visit, a *answers) (any, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return nil, err
	}
	b := dispatchBody{common: begin(v), Lots: onHand(s, true), Outlets: []page.Option{{Label: "Choose the outlet"}}}
	b.Outlets = append(b.Outlets, outletOptions(v, v.Area)...)
	if other := elsewhere(v, a.text("elsewhere")); other != nil && other.ID != v.Outlet.Area {
		b.Outlets = append(b.Outlets, outletOptions(v, other)...)
	}
	return b, nil
}

func saveDispatch(v *desk.Visit, a *answers) (string, error) {
	if a.text("do") == "outlets" {
		return "", showElsewhere(v, a)
	}
	d := ledger.Dispatch{Entry: a.entry(v), Lot: a.lot("lot")}
	var err error
	if d.To, err = strconv.Atoi(a.text("to")); err != nil {
		a.wrong("to", "choose the outlet they go to")
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.Send(v.Ctx(), v.Who, d); err != nil {
		return "", err
	}
	return entryPath(v, d.ID), nil
}

// showElsewhere is the button that lists the outlets of another authority: the form comes back as it was, with those
// outlets in its list.
func showElsewhere(v *desk.Visit, a *answers) error {
	typed := a.text("elsewhere")
	switch other := elsewhere(v, typed); {
	case typed == "":
		return fault.New(fault.Invalid, "write the code or the name of the other authority").At("elsewhere")
	case other == nil:
		return fault.New(fault.Invalid, "no authority is called %.60q", typed).At("elsewhere").Hint("write its code, such as E09000002, or its full name")
	case len(outletOptions(v, other)) == 0:
		return fault.New(fault.Invalid, "%s has no other outlet here", other.Name).At("elsewhere")
	}
	return nil
}

// elsewhere finds an area by its code or its name.
func elsewhere(v *desk.Visit, typed string) *registry.Area {
	if typed == "" {
		return nil
	}
	if area, ok := v.Snap.AreaByCode(typed); ok {
		return area
	}
	for _, area := range v.Snap.Areas() {
		if strings.EqualFold(area.Name, typed) && area.On(v.Ledger.Today()) {
			return area
		}
	}
	return nil
}

// outletOptions are the outlets of an area that are open, without this one.
func outletOptions(v *desk.Visit, area *registry.Area) []page.Option {
	if area == nil {
		return nil
	}
	var list []page.Option
	for _, o := range v.Snap.OutletsOf(area.ID) {
		if o.ID == v.Outlet.ID || !o.OpenOn(v.Ledger.Today()) {
			continue
		}
		option := page.Option{Value: strconv.Itoa(o.ID), Label: o.Name}
		if area.ID != v.Outlet.Area {
			option.Hint = area.Name
		}
		list = append(list, option)
	}
	return list
}
