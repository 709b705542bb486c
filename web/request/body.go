package request

import (
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/registry"
	"everykit/request"
	"everykit/web/page"
)

// body is what a page of the form shows.
type body struct {
	At      string
	Carried []page.Field // what other pages asked
	Step    int          // 1 to Steps
	Steps   int
	First   bool

	Table    bool
	Councils []page.Option // where a postcode does not tell
	Council  string        // whose kits they are
	Kits     []page.Option // how many may be asked for; none if one only
	Ways     bool          // post and collect can be chosen from
	Post     bool
	Note     string
	Places   []page.Option
	Place    string
	MinAge   int
	Spray    bool
	Rows     []row
	KeepDays int
}

// row is one answer on the last page.
type row struct {
	Key, Page string
	Value     string
	Lines     []string // as typed
	Data      bool     // it is no message
}

func (w *walk) body(at string, wrong error) body {
	b := body{At: at, First: at == who, Table: w.table, Note: w.offer.Note, MinAge: w.minAge, Post: w.way() == request.ByPost, KeepDays: w.offer.KeepDays}
	for _, p := range order {
		if !w.lacks(p) {
			b.Steps++
			if p == at {
				b.Step = b.Steps
			}
		}
	}
	for _, p := range order {
		if p == at {
			continue
		}
		for _, name := range fields[p] {
			if value := w.form.Get(name); value != "" {
				b.Carried = append(b.Carried, page.Field{Name: name, Value: value})
			}
		}
	}
	for _, name := range always {
		b.Carried = append(b.Carried, page.Field{Name: name, Value: w.form.Get(name)})
	}
	if w.area != nil {
		b.Council = w.area.Name
	}
	switch at {
	case who:
		if !w.table || w.form.Get("council") != "" || wrong != nil && w.noArea != nil && !fault.Is(w.noArea, fault.Invalid) {
			b.Councils = w.councils()
		}
	case how:
		b.Ways = w.offer.Post && w.offer.Collect
		if w.offer.Most > 1 {
			for n := 1; n <= w.offer.Most; n++ {
				b.Kits = append(b.Kits, page.Option{Value: strconv.Itoa(n), Label: w.Words().Number(int64(n))})
			}
		}
	case where:
		if !b.Post {
			b.Places = w.places()
		}
		if len(b.Places) == 1 {
			b.Place, b.Places = b.Places[0].Label, nil
		}
	case cards:
		b.Spray = slices.Contains(w.routes, registry.Intranasal) && routeIn(w.form.Get("route")) != registry.Intramuscular
	case check:
		b.Rows = w.rows()
	}
	return b
}

// councils are all authorities of today, by name.
func (w *walk) councils() []page.Option {
	today := w.Ledger.Today()
	var list []page.Option
	for _, a := range w.Snap.Areas() {
		if a.IsAuthority() && a.On(today) {
			list = append(list, page.Option{Value: a.Code, Label: a.Name})
		}
	}
	slices.SortFunc(list, func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return list
}

// places are where kits can be collected.
func (w *walk) places() []page.Option {
	var list []page.Option
	for _, id := range w.offer.Places() {
		if o := w.Snap.Outlet(id); o != nil {
			list = append(list, page.Option{Value: strconv.Itoa(id), Label: placeWords(o)})
		}
	}
	return list
}

// placeWords name a place that people go to.
func placeWords(o *registry.Outlet) string {
	if o.Postcode == "" {
		return o.Name
	}
	return o.Name + ", " + o.Postcode
}

// rows are all answers, for a last look.
func (w *walk) rows() []row {
	a := w.ask()
	list := []row{{Key: w.T("request.row-for"), Page: who, Value: w.T("request.for-" + w.form.Get("for"))}}
	if !w.lacks(kind) {
		list = append(list, row{Key: w.T("request.row-route"), Page: kind, Value: w.T("request.route-" + w.form.Get("route"))})
	}
	change := how
	if w.lacks(how) {
		change = ""
	}
	if w.offer.Most > 1 {
		list = append(list, row{Key: w.T("request.row-kits"), Page: change, Value: w.Words().Number(int64(max(a.Kits, 1)))})
	}
	if a.How == request.ByPost {
		list = append(list, row{Key: w.T("request.row-how"), Page: change, Value: w.T("request.how-post")},
			row{Key: w.T("request.row-where"), Page: where, Lines: append([]string{a.Name}, strings.Split(addressWith(a.Address, a.Postcode), "\n")...), Data: true})
	} else {
		place := ""
		if o := w.Snap.Outlet(w.collectAt()); o != nil {
			place = placeWords(o)
		}
		list = append(list, row{Key: w.T("request.row-how"), Page: change, Value: w.T("request.how-collect")},
			row{Key: w.T("request.row-place"), Page: where, Lines: []string{place}, Data: true})
		if a.Name != "" {
			list = append(list, row{Key: w.T("request.row-name"), Page: where, Lines: []string{a.Name}, Data: true})
		}
	}
	if w.minAge > 0 {
		list = append(list, row{Key: w.T("request.row-age", "years", w.minAge), Page: where, Value: w.T("request.yes")})
	}
	contact := row{Key: w.T("request.row-contact"), Page: where, Value: w.T("request.contact-none")}
	if a.Contact != "" {
		contact.Value, contact.Lines, contact.Data = "", []string{a.Contact}, true
	}
	return append(list, contact)
}

// collectAt is the place that was chosen, or the only one.
func (w *walk) collectAt() int {
	places := w.offer.Places()
	if len(places) == 1 {
		return places[0]
	}
	id, _ := strconv.Atoi(w.form.Get("collect"))
	if !slices.Contains(places, id) {
		return 0
	}
	return id
}
