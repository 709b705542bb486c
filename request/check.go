package request

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/fault"
	"everykit/mail"
	"everykit/postcode"
	"everykit/registry"
)

// line makes one line of what somebody typed.
func line(s string) string { return strings.Join(strings.Fields(plain(s)), " ") }

// lines takes the spaces at the ends of lines away, and empty lines.
func lines(s string) string {
	var kept []string
	for l := range strings.SplitSeq(plain(s), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// plain leaves out signs that are not seen but turn what stands after them, and folds the ends of lines.
func plain(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

func checkText(bad fault.List, field, s string, most int) fault.List {
	switch {
	case utf8.RuneCountInString(s) > most:
		return append(bad, fault.New(fault.Invalid, "this is longer than %d letters", most).At(field).Hint("say it in fewer words"))
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' }):
		return append(bad, fault.New(fault.Invalid, "this holds a character that cannot be stored").At(field))
	}
	return bad
}

// tooLong stops what is not worth a closer look.
func (a *Ask) tooLong() error {
	for _, f := range []struct {
		field, text string
		most        int
	}{{"name", a.Name, MostName}, {"address", a.Address, MostAddress}, {"contact", a.Contact, MostContact}, {"postcode", a.Postcode, 64}} {
		if len(f.text) > 8*f.most+100 {
			return fault.New(fault.Invalid, "this is longer than %d letters", f.most).At(f.field)
		}
	}
	return nil
}

// tidy takes spaces away and gives every fault of what somebody typed, as far as it does not hang on what is offered. No
// fault repeats any of it.
func (a *Ask) tidy() fault.List {
	var bad fault.List
	no := func(field, format string, args ...any) *fault.Error {
		e := fault.New(fault.Invalid, format, args...).At(field)
		bad = append(bad, e)
		return e
	}
	a.Name, a.Address, a.Contact = line(a.Name), lines(a.Address), line(a.Contact)
	if a.Kits == 0 {
		a.Kits = 1
	}
	if a.For < Myself || a.For > Work {
		no("for", "choose who the kit is for")
	}
	if a.Route != 0 && a.Route != registry.Intranasal && a.Route != registry.Intramuscular {
		no("route", "choose a nasal spray, an injection, or either")
	}
	if a.How != ByPost && a.How != ToCollect {
		no("how", "choose how you want to get the kit")
	}
	if a.How == ByPost {
		a.Collect = 0
		if a.Name == "" {
			no("name", "type a name for the envelope").Hint("it can be any name that post comes to at the address")
		}
		switch {
		case a.Address == "":
			no("address", "type the address to send it to")
		case strings.Count(a.Address, "\n") >= mostLines:
			no("address", "the address has more than %d lines", mostLines)
		case !hasPostcode(a.Address):
			if c, err := postcode.Parse(a.Postcode); err == nil && c.Whole() {
				a.Address += "\n" + string(c)
			} else {
				no("address", "the address has no postcode").Hint("write the postcode in its last line")
			}
		}
	} else {
		a.Address = "" // not needed, so not kept
	}
	bad = checkText(bad, "name", a.Name, MostName)
	bad = checkText(bad, "address", a.Address, MostAddress)
	bad = checkText(bad, "contact", a.Contact, MostContact)
	if a.Contact != "" && !isEmail(a.Contact) && !isTelephone(a.Contact) {
		no("contact", "this is neither an e-mail address nor a telephone number").Hint("leave it empty if you do not want to be reached")
	}
	return bad
}

// hasPostcode reports whether a whole postcode stands at the end of any line.
func hasPostcode(address string) bool {
	for l := range strings.SplitSeq(address, "\n") {
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

func isEmail(s string) bool { return strings.Contains(s, "@") && mail.CheckAddress(s) == nil }

// isTelephone reports whether it has as many digits as a telephone number, and nothing else.
func isTelephone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" +-().", r):
			return false
		}
	}
	return digits >= 7 && digits <= 15
}

// fit gives the faults of a request under an offer, and fills in what follows from it.
func (a *Ask) fit(o Offer) fault.List {
	var bad fault.List
	no := func(field, format string, args ...any) *fault.Error {
		e := fault.New(fault.Refused, format, args...).At(field)
		bad = append(bad, e)
		return e
	}
	if a.Kits < 1 || a.Kits > o.Most {
		e := no("kits", "you can ask for %s at a time", atMost(o.Most))
		e.Kind = fault.Invalid
	}
	switch {
	case a.How == ByPost && !o.Post:
		no("how", "kits cannot be sent by post here").Hint("choose to collect one")
	case a.How == ToCollect && !o.Collect:
		no("how", "kits cannot be collected here").Hint("choose to have one sent")
	case a.How == ToCollect:
		places := o.Places()
		if a.Collect == 0 && len(places) == 1 {
			a.Collect = places[0]
		}
		if !slices.Contains(places, a.Collect) {
			e := no("collect", "choose where to collect it")
			e.Kind = fault.Invalid
		}
	}
	return bad
}

func atMost(n int) string {
	if n == 1 {
		return "one kit"
	}
	return "up to " + itoa(n) + " kits"
}
