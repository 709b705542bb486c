package signin

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// own is for what belongs to a person's own session. A counter device is nobody's own: there the way leads to the list
// of names.
func own(handle func(*desk.Visit) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		if v.Who.Counter == 0 {
			return handle(v)
		}
		if v.R.Method == http.MethodGet {
			return v.Go("/counter")
		}
		return fault.New(fault.Forbidden, "this cannot be done on a counter device").Hint("sign in on a device of your own")
	}
}

// redraw shows a form again with what was wrong, the status telling of it. A refused password or PIN is Forbidden to the
// rooms below, and still something that is put right on the form: any fault with a field is.
func redraw(v *desk.Visit, name string, pv page.View, err error, typed url.Values) error {
	shown := err
	if list := fault.Of(err); len(list) > 0 && list[0].Kind == fault.Forbidden && list[0].Field != "" {
		shown = fault.New(fault.Refused, "%s", list[0].Message).At(list[0].Field).Hint("%s", list[0].Next)
	}
	if !pv.Fail(shown, typed) {
		return err
	}
	return pages.Render(v.W, page.Status(err), name, pv)
}

// twice asks that something hidden was typed the same twice.
func twice(form url.Values, field string) error {
	if form.Get(field) == form.Get("again") {
		return nil
	}
	return fault.New(fault.Invalid, "the two are not the same").At("again").Hint("type it once more in both")
}

// device is where a request comes from, for staff.
func device(v *desk.Visit) staff.Device {
	return staff.Device{UserAgent: v.R.UserAgent(), Address: v.Address()}
}

// done reads which of the things that a page can say was just done. The address carries a word of ours, never more.
func done(v *desk.Visit, said map[string]string) string { return said[v.R.URL.Query().Get("done")] }
