package language

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
)

// part is a piece of a message: words, then a place to be filled; place is empty in the last one.
type part struct {
	literal string
	place   string
	href    bool // the place is the whole of an address
}

// message is what stands under a key: one text, or one a plural form.
type message struct {
	file   string
	markup bool
	counts bool // it has plural forms
	forms  map[plural.Form][]part
}

// form is the text that fits the pair "count".
func (m message) form(of *Words, pairs []any) []part {
	if m.counts {
		if n, ok := whole(value("count", pairs)); ok {
			if t, ok := m.forms[formOf(of.rules, n)]; ok {
				return t
			}
		}
	}
	return m.forms[plural.Other]
}

// value is what the pairs give for a name; nil if nothing.
func value(name string, pairs []any) any {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return nil
}

// places are the names of the places of a text, each once, sorted.
func places(t []part) []string {
	var list []string
	for _, p := range t {
		if p.place != "" {
			list = append(list, p.place)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

var (
	placeName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	tag       = regexp.MustCompile(`<(/?)([a-z]+)([^<>]*)>`)
	attribute = map[string]*regexp.Regexp{
		"a":      regexp.MustCompile(`^ href="(/[^"/{}][^"{}]*|/|#[^"{}]*|https://[^"{}]+|tel:[^"{}]+|mailto:[^"{}]+|\{[a-z][a-z0-9_]*\})"$`),
		"abbr":   regexp.MustCompile(`^ title="[^"{}]+"$`),
		"span":   regexp.MustCompile(`^ (class="nhsuk-u-visually-hidden"|lang="[A-Za-z-]+")$`),
		"strong": regexp.MustCompile(`^$`),
		"em":     regexp.MustCompile(`^$`),
		"code":   regexp.MustCompile(`^$`),
		"br":     regexp.MustCompile(`^$`),
	}
)

// parse reads a text. What is wrong with it is said in words for whoever wrote it.
func parse(s string, markup bool) ([]part, error) {
	if markup {
		if err := checkMarkup(s); err != nil {
			return nil, err
		}
	} else if strings.ContainsAny(s, "<>") {
		return nil, fmt.Errorf("it has < or >: a message with markup belongs in a file that ends in .html.json")
	}
	var t []part
	for {
		before, after, open := strings.Cut(s, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("it has a } without a {")
		}
		if !open {
			return append(t, part{literal: before}), nil
		}
		name, rest, closed := strings.Cut(after, "}")
		if !closed || !placeName.MatchString(name) {
			return nil, fmt.Errorf("after { there must be a name in small letters, and then }")
		}
		t = append(t, part{literal: before, place: name, href: markup && strings.HasSuffix(before, ` href="`)})
		s = rest
	}
}

// checkMarkup lets pass the few elements that messages may have, rightly closed.
func checkMarkup(s string) error {
	var open []string
	for _, m := range tag.FindAllStringSubmatch(s, -1) {
		closing, name, rest := m[1] != "", m[2], m[3]
		allowed, known := attribute[name]
		switch {
		case !known:
			return fmt.Errorf("it has <%s>: it may have a, abbr, br, code, em, span and strong", name)
		case closing && (len(open) == 0 || open[len(open)-1] != name || rest != ""):
			return fmt.Errorf("</%s> closes nothing", name)
		case closing:
			open = open[:len(open)-1]
		case !allowed.MatchString(rest):
			return fmt.Errorf("<%s%s> has an attribute that it may not have", name, rest)
		case name != "br":
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("<%s> is not closed", open[len(open)-1])
	}
	if strings.ContainsAny(tag.ReplaceAllString(s, ""), "<>") {
		return fmt.Errorf("it has < or > that is no part of an element; write &lt; or &gt;")
	}
	return nil
}

// elements are those that a text opens, with their attributes, sorted.
func elements(t []part) []string {
	var list []string
	for _, m := range tag.FindAllStringSubmatch(source(t), -1) {
		if m[1] == "" {
			list = append(list, m[0])
		}
	}
	slices.Sort(list)
	return list
}

// safeHref lets pass what may follow href=, as package page does for its links.
func safeHref(s string) string {
	if !strings.HasPrefix(s, "//") && !strings.HasPrefix(s, `/\`) {
		for _, ok := range []string{"/", "#", "?", "https://", "mailto:", "tel:"} {
			if strings.HasPrefix(s, ok) {
				return s
			}
		}
	}
	return "#"
}
