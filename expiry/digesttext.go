package expiry

import (
	"strings"

	"everykit/civil"
	"everykit/registry"
)

// The words of a digest: plain text in short sentences. They name outlets, lots and numbers of kits on shelves, and no
// person.

// textFor is the digest of somebody who works at outlets, each with the address of its page; empty if there is nothing to
// say.
func (d *digest) textFor(names, links []string) string {
	body := d.body(len(names) > 1)
	if body == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("This is what to look at today at " + list(names) + ".\n" + body)
	for i, link := range links {
		b.WriteString("\n" + names[i] + ":\n" + link + "\n")
	}
	return b.String()
}

// text is the digest of a coordinator.
func (d *digest) text(name, link string) string {
	body := d.body(true)
	if body == "" {
		return ""
	}
	return "This is what to look at today in " + name + ".\n" + body + "\n" + name + ":\n" + link + "\n"
}

// body is the headings that have something under them. named says whether each line names its outlet.
func (d *digest) body(named bool) string {
	var b strings.Builder
	heading(&b, "Notices to answer", d.notices, func(t toldLine) string { return t.words(named) })
	heading(&b, "Expired and still on the shelf. Write these off, and set them apart", d.expired, func(k kitsLine) string { return k.words(named) })
	heading(&b, "On the shelf, 30 days left or fewer", d.month, func(k kitsLine) string { return k.words(named) })
	heading(&b, "On the shelf, 31 to 90 days left", d.quarter, func(k kitsLine) string { return k.words(named) })
	heading(&b, "Will not be used in time, at today's rate", d.unused, func(k kitsLine) string { return k.unusedWords(named) })
	heading(&b, "People carry kits of these lots. Offer them new ones", d.reissue, dueLine.words)
	return b.String()
}

// heading writes what is under a heading, the first lines of it; nothing if there is none.
func heading[T any](b *strings.Builder, title string, lines []T, words func(T) string) {
	if len(lines) == 0 {
		return
	}
	b.WriteString("\n" + title + ":\n")
	for i, l := range lines {
		if i == mostListed {
			b.WriteString("- and " + number(len(lines)-mostListed) + " more\n")
			break
		}
		b.WriteString("- " + words(l) + "\n")
	}
}

func at(o *registry.Outlet, named bool) string {
	if named {
		return o.Name + ": "
	}
	return ""
}

func (t toldLine) words(named bool) string {
	n := t.told.Notice
	s := at(t.outlet, named) + n.Subject()
	switch {
	case t.late:
		s += ", was due by " + n.DueOn.Words()
	case n.DueOn != civil.None:
		s += ", due by " + n.DueOn.Words()
	}
	return s
}

func (k kitsLine) lot() string {
	name := "a product that is not known"
	if k.product != nil {
		name = k.product.Name
	}
	return name + ", lot " + k.number + ", last day " + k.expiry.Last.Words()
}

func (k kitsLine) words(named bool) string {
	return at(k.outlet, named) + kits(k.kits) + " of " + k.lot()
}

func (k kitsLine) unusedWords(named bool) string {
	s := at(k.outlet, named) + number(k.kits) + " of " + kits(k.of) + " of " + k.lot()
	for i, p := range k.moves {
		join := ", and "
		if i == 0 {
			join = ". "
		}
		s += join + p.To.Name + " could use " + number(p.Kits) + " of them"
	}
	return s
}

func (l dueLine) words() string {
	k := kitsLine{product: l.Product, number: l.Lot.Number, expiry: l.Lot.Expiry}
	s := l.Lot.Number
	if l.Lot.Expiry.Known {
		s = k.lot()
	} else if l.Product != nil {
		s = l.Product.Name + ", lot " + l.Lot.Number
	}
	s += ": at most " + kits(l.people) + " still out"
	if l.Why == ByNotice {
		s += ". Named by notice " + l.Notices[0].Number
	}
	return s
}

// ending is what every digest ends with. off is the address that ends them.
func ending(off string) string {
	return "\nYou get this e-mail once a day when there is something to look at, because you asked for it.\nTo stop it, open this page. You need no password:\n" + off + "\n"
}
