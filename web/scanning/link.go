package scanning

import (
	"net/http"
	"net/url"
	"strings"

	"everykit/fault"
	"everykit/gs1"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/web/desk"
	"everykit/web/page"
)

const linkPath = "/scan/product"

// Unknown says that nobody has linked a code to a product yet. Whoever may do so is led to where that is done; others are
// told what to choose by hand: "the product", "the lot".
func Unknown(v *desk.Visit, a *Answer, gtin, choose string, form url.Values) {
	a.Say("We do not know this code (GTIN " + gtin + ")")
	switch {
	case v.Who.May(staff.ManageRegistry, staff.Place{}):
		back := desk.LocalPath(form.Get(atField), v.R.URL.Path)
		a.Link("Link it to a product", linkPath+"?"+url.Values{"gtin": {gtin}, "to": {back}}.Encode())
	case v.Who.SignedIn():
		a.Say("Choose " + choose + " by hand, and tell the coordinator of your authority, so that the code is known next time")
	default:
		a.Say("Choose " + choose + " by hand")
	}
}

type linkBody struct {
	GTIN     string            // as it came; empty if the person is to type it
	Of       *registry.Product // that has it already
	Products []page.Option
	To       string // where the person came from; empty if that is not known
}

// linkForm shows which product a code belongs to, or asks.
func linkForm(v *desk.Visit) error {
	return showLink(v, v.R.URL.Query(), nil)
}

func showLink(v *desk.Visit, of url.Values, cause error) error {
	pv := v.View("Link a code to a product")
	b := linkBody{GTIN: strings.TrimSpace(of.Get("gtin")), To: desk.LocalPath(of.Get("to"), ""), Products: []page.Option{{Label: "Choose the product"}}}
	for _, p := range v.Snap.Products() {
		o := page.Option{Value: p.Code, Label: p.Name}
		if p.GTIN != "" {
			o.Label += " (has the code " + p.GTIN + ")"
		}
		b.Products = append(b.Products, o)
	}
	if gtin, err := gs1.GTIN(b.GTIN); err == nil && cause == nil {
		b.Of, _ = v.Snap.FindProduct(gtin)
	}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, of) {
			return cause
		}
		status = page.Status(cause)
	}
	pv.Body = b
	return pages.Render(v.W, status, "link", pv)
}

// link writes a code to a product that has none.
func link(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	gtin, err := gs1.GTIN(form.Get("gtin"))
	if err == nil {
		err = linked(v, gtin, form)
	} else {
		err = at("gtin", err)
	}
	if err != nil {
		return showLink(v, form, err)
	}
	again := url.Values{"gtin": {gtin}}
	if to := desk.LocalPath(form.Get("to"), ""); to != "" {
		again.Set("to", to)
	}
	return v.Go(linkPath + "?" + again.Encode())
}

func linked(v *desk.Visit, gtin string, form url.Values) error {
	code := strings.TrimSpace(form.Get("product"))
	p, ok := v.Snap.FindProduct(code)
	switch {
	case code == "" || !ok:
		return fault.New(fault.Invalid, "choose the product from the list").At("product")
	case p.GTIN != "":
		if of, same := v.Snap.FindProduct(gtin); same && of.ID == p.ID {
			return nil
		}
		return fault.New(fault.Conflict, "%s has the code %s already", p.Name, p.GTIN).At("product").
			Hint("a pack with another code is another product: bring it in with a file of products")
	case form.Get("sure") != "yes":
		return fault.New(fault.Invalid, "say that you have looked at the pack").At("sure")
	}
	changed := *p
	changed.GTIN = gtin
	if _, err := v.Registry.PutProduct(v.Ctx(), changed); err != nil {
		return err
	}
	return v.DB.Write(v.Ctx(), func(tx *store.Tx) error {
		return staff.Audit(v.Ctx(), tx, v.Who, 0, "link", "product "+p.Code, "GTIN "+gtin)
	})
}
