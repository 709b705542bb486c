package check

import (
	"net/http"
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/gs1"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
	"everykit/web/scanning"
)

// kit is what somebody says of theirs.
type kit struct {
	product *registry.Product // nil: not sure
	lot     string
	printed civil.Expiry
}

// kitOf reads a kit from a form or an address. Faults stand at their fields.
func kitOf(v *desk.Visit, from url.Values) (kit, error) {
	var k kit
	var bad fault.List
	if code := strings.TrimSpace(from.Get("product")); code != "" {
		p, ok := v.Snap.FindProduct(code)
		if !ok {
			bad = append(bad, fault.New(fault.Invalid, "%s", v.T("check.product-wrong")).At("product").Hint("%s", v.T("check.product-wrong-hint")))
		}
		k.product = p
	}
	k.lot = strings.TrimSpace(from.Get("lot"))
	var err error
	if k.printed, err = civil.ParseExpiry(from.Get("expiry")); err != nil {
		bad = append(bad, fault.New(fault.Invalid, "%s", v.T("check.date-wrong")).At("expiry").Hint("%s", v.T("check.date-wrong-hint")))
	}
	return k, bad.Err()
}

func (k kit) productID() int {
	if k.product == nil {
		return 0
	}
	return k.product.ID
}

// query is the kit as an address has it.
func (k kit) query() string {
	q := url.Values{}
	if k.product != nil {
		q.Set("product", k.product.Code)
	}
	if k.lot != "" {
		q.Set("lot", k.lot)
	}
	if k.printed.Known {
		q.Set("expiry", k.printed.String())
	}
	return q.Encode()
}

// productOptions are all kinds of kit, not to be sure first.
func productOptions(v *desk.Visit) []page.Option {
	list := []page.Option{{Label: v.T("check.not-sure")}}
	for _, p := range v.Snap.Products() {
		list = append(list, page.Option{Value: p.Code, Label: p.Name})
	}
	return list
}

// asking is the page with the form.
type asking struct {
	Products []page.Option
}

// askPage is the form, with what went wrong with it if err is not nil.
func askPage(v *desk.Visit, said *page.Scan, typed url.Values, err error) error {
	pv := v.View(v.T("check.title"))
	pv.Public = typed == nil && err == nil
	pv.Scan, pv.Form, pv.Body = said, typed, asking{Products: productOptions(v)}
	status := http.StatusOK
	if err != nil {
		if !pv.Fail(err, typed) {
			return err
		}
		status = page.Status(err)
	}
	return pages.Render(v.W, status, "check", pv)
}

// box is the one for codes, before anything is scanned. Its script asks here, where no cookie is read.
func box(v *desk.Visit) *page.Scan {
	b := scanning.Box()
	b.To = v.Link(at + "/scan")
	return b
}

// ask shows the form, or the answer where the address says which kit.
func ask(v *desk.Visit) error {
	q := v.R.URL.Query()
	switch {
	case q.Get("lot") != "" || q.Get("expiry") != "":
		return answerOrAsk(v, q)
	case q.Get("product") != "": // which kind of kit it is says nothing yet
		return askPage(v, box(v), q, nil)
	}
	return askPage(v, box(v), nil, nil)
}

// send answers the form, or fills it in where a code was scanned. Nothing is stored, so there is nothing to go on to.
func send(v *desk.Visit) error {
	s, err := scanning.Read(v)
	if err != nil {
		return askPage(v, box(v), url.Values{}, err)
	}
	if !s.Pressed() {
		return answerOrAsk(v, s.Values)
	}
	a, err := s.Answer(v, scanning.Blanks)
	if err != nil {
		return askPage(v, box(v), s.Values, err)
	}
	a.Into(s.Values)
	said := box(v)
	a.Box(said)
	return askPage(v, said, s.Values, nil)
}

// scanned answers the script of the box.
func scanned(v *desk.Visit) error { return scanning.Reply(v, scanning.Blanks) }

func answerOrAsk(v *desk.Visit, from url.Values) error {
	k, err := kitOf(v, from)
	if err == nil {
		err = answerPage(v, k)
	}
	if err != nil {
		return askPage(v, box(v), from, err)
	}
	return nil
}

// link is the address in the code on a card or a label: GS1 Digital Link, as any scanner opens it.
func link(v *desk.Visit) error {
	code, err := gs1.Parse("https://everykit.invalid"+v.R.URL.RequestURI(), v.Ledger.Today())
	if err != nil {
		return askPage(v, box(v), url.Values{}, unread(v, err))
	}
	from := url.Values{"lot": {code.Lot}, "expiry": {code.Expiry.String()}}
	if p, ok := v.Snap.FindProduct(code.GTIN); ok {
		from.Set("product", p.Code)
	}
	if code.Lot == "" && !code.Expiry.Known {
		return askPage(v, box(v), from, nil)
	}
	return answerOrAsk(v, from)
}

// unread puts the faults of a code from an address beside the box.
func unread(v *desk.Visit, err error) error {
	list := fault.List(nil)
	for _, f := range fault.Of(err) {
		list = append(list, fault.New(fault.Invalid, "%s", f.Message).At("code").Hint("%s", v.T("check.code-wrong-hint")))
	}
	return list.Err()
}
