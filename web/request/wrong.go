package request

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"everykit/fault"
	"everykit/mail"
	"everykit/postcode"
	"everykit/request"
)

// wrong gives what is wrong with the answers of a page, nil if nothing is. The room looks at all of it again; here it is said while
// the page is still before whoever typed it.
func (w *walk) wrong(at string) error {
	var bad fault.List
	no := func(field, text string) *fault.Error {
		e := fault.New(fault.Invalid, "%s", text).At(field)
		bad = append(bad, e)
		return e
	}
	switch at {
	case who:
		if forIn[w.form.Get("for")] == 0 {
			no("for", w.T("request.for-choose"))
		}
		if w.noArea != nil {
			bad = append(bad, fault.Of(w.noArea)...)
		}
	case kind:
		r := w.form.Get("route")
		if !w.lacks(kind) && r != "either" && !slices.Contains(w.routes, routeIn(r)) {
			no("route", w.T("request.route-choose"))
		}
	case how:
		if !w.lacks(how) && w.way() == 0 {
			no("how", w.T("request.how-choose"))
		}
		if n, err := strconv.Atoi(w.form.Get("kits")); w.form.Get("kits") != "" && (err != nil || n < 1 || n > w.offer.Most) {
			no("kits", w.T("request.kits-choose", "most", w.offer.Most))
		}
	case where:
		w.wrongWhere(no)
	}
	return bad.Err()
}

func (w *walk) wrongWhere(no func(field, text string) *fault.Error) {
	long := func(field string, most int) {
		if utf8.RuneCountInString(w.form.Get(field)) > most {
			no(field, w.T("request.long", "letters", most)).Hint("%s", w.T("request.long-hint"))
		}
	}
	if w.minAge > 0 && w.form.Get("old_enough") != "yes" {
		no("old_enough", w.T("request.age-choose"))
	}
	name, address, contact := strings.TrimSpace(w.form.Get("name")), strings.TrimSpace(w.form.Get("address")), strings.TrimSpace(w.form.Get("contact"))
	if w.way() == request.ByPost {
		if name == "" {
			no("name", w.T("request.name-missing")).Hint("%s", w.T("request.name-missing-hint"))
		}
		switch c, err := postcode.Parse(w.form.Get("postcode")); {
		case address == "":
			no("address", w.T("request.address-missing"))
		case !endsWithPostcode(address) && (err != nil || !c.Whole()):
			no("address", w.T("request.address-postcode")).Hint("%s", w.T("request.address-postcode-hint"))
		}
	} else if w.collectAt() == 0 {
		no("collect", w.T("request.collect-choose"))
	}
	long("name", request.MostName)
	long("address", request.MostAddress)
	long("contact", request.MostContact)
	if contact != "" && utf8.RuneCountInString(contact) <= request.MostContact && !reachable(contact) {
		no("contact", w.T("request.contact-wrong")).Hint("%s", w.T("request.contact-wrong-hint"))
	}
}

// endsWithPostcode reports whether a whole postcode stands at the end of any line.
func endsWithPostcode(address string) bool {
	for l := range strings.Lines(address) {
		words := strings.Fields(l)
		for _, n := range []int{1, 2} {
			if len(words) < n {
				continue
			}
			if c, err := postcode.Parse(strings.Join(words[len(words)-n:], " ")); err == nil && c.Whole() {
				return true
			}
		}
	}
	return false
}

// addressWith is an address as it is written on the envelope: with the postcode that was typed first, where it has none.
func addressWith(address, typed string) string {
	address = strings.TrimSpace(address)
	if c, err := postcode.Parse(typed); err == nil && c.Whole() && address != "" && !endsWithPostcode(address) {
		address += "\n" + string(c)
	}
	return address
}

// reachable reports whether it may be an e-mail address, or a telephone number.
func reachable(contact string) bool {
	if strings.Contains(contact, "@") {
		return mail.CheckAddress(contact) == nil
	}
	digits := 0
	for _, r := range contact {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" +-().", r):
			return false
		}
	}
	return digits >= 7 && digits <= 15
}
