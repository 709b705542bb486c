package notice

import (
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
)

// The words of letters. They name no person and no number of kits: those stand on the pages, behind a sign-in.

// mostListed is how many lots or outlets a letter lists.
const mostListed = 120

// letter is what people with an account are written.
func (n *Notices) letter(p *plan) string {
	var b strings.Builder
	p.begin(&b)
	p.asks(&b)
	p.lots(&b)
	fmt.Fprintf(&b, "\nRead it and answer here:\n%s/notices/%d\n", n.site, p.ID)
	p.end(&b, n.site)
	b.WriteString("\nYou get this letter because an outlet you work with has had kits of these lots, or is going to get some. You get it once for this notice.\n")
	return b.String()
}

// linkLetter is what goes with a personal link.
func (n *Notices) linkLetter(p *plan, l *linkTo, link string) string {
	var b strings.Builder
	p.begin(&b)
	p.asks(&b)
	p.lots(&b)
	if len(l.outlets) > 0 {
		b.WriteString("\nIt is about kits that these outlets have or had:\n")
		var names []string
		for _, id := range l.outlets {
			if o := p.snap.Outlet(id); o != nil {
				names = append(names, o.Name)
			}
		}
		list(&b, names)
	} else {
		b.WriteString("\nWe do not know what kits there are in your area. Please look for these lots, and pass this on to everybody who gives kits out.\n")
	}
	fmt.Fprintf(&b, "\nRead it and answer here. You need no password. The link is for you: please do not pass it on.\n%s\n", link)
	p.end(&b, n.site)
	return b.String()
}

func (p *plan) begin(b *strings.Builder) {
	if p.Drill {
		b.WriteString("THIS IS A DRILL. Please do all you would do for a real notice. No kits are held back, and nothing is wrong with them.\n\n")
	}
	fmt.Fprintf(b, "%s\n\nNotice %s of %s, %s.\n", p.Title, p.Number, p.Regulator, p.IssuedOn.Words())
	if p.Class > 0 {
		fmt.Fprintf(b, "Class %d.\n", p.Class)
	}
}

// asks says what to do.
func (p *plan) asks(b *strings.Builder) {
	b.WriteString("\nWhat to do\n")
	switch p.Action {
	case Withdraw:
		b.WriteString("Do not give out kits of the lots below. Take them off the shelf and keep them apart.\n")
		if !p.Drill {
			b.WriteString("Everykit has already set them aside in its books. Then tell us that you have done it.\n")
		}
	case Check:
		b.WriteString("Check each kit of the lots below before you give it out. Then tell us how many were good and how many were not.\n")
		if !p.Drill {
			b.WriteString("Until then Everykit will not let them be given out. Kits you found good can be given out again at once.\n")
		}
	case ChangeExpiry:
		b.WriteString("The lots below are good until another day than the one printed. Only these lots, no others. Tell us that you have read it.\n")
	case Inform:
		b.WriteString("Read what the notice says, and tell us that you have.\n")
	}
	if p.Level == People {
		b.WriteString("Tell the people you gave these kits to as well, if you can.\n")
	}
	fmt.Fprintln(b, p.answerBy())
	if p.Text != "" {
		fmt.Fprintf(b, "\nWhat the notice says\n%s\n", p.Text)
	}
}

func (p *plan) answerBy() string {
	if p.DueOn == civil.None {
		return "Please answer as soon as you can."
	}
	return "Please answer by " + p.DueOn.Words() + "."
}

// lots lists the lots by product.
func (p *plan) lots(b *strings.Builder) {
	var products []int
	for _, l := range p.Lines {
		if !slices.Contains(products, l.Product) {
			products = append(products, l.Product)
		}
	}
	for _, id := range products {
		name := "Product"
		if of := p.snap.Product(id); of != nil {
			name = of.Name
		}
		fmt.Fprintf(b, "\nLots of %s\n", name)
		var lines []string
		for _, l := range p.Lines {
			if l.Product == id {
				lines = append(lines, l.words())
			}
		}
		list(b, lines)
	}
}

// words is a lot in one line.
func (l Line) words() string {
	s := l.Number
	if l.Expiry.Known {
		s += ", printed date " + goodUntil(l.Expiry)
	}
	if l.NewExpiry.Known {
		s += ", now good until " + goodUntil(l.NewExpiry)
	}
	return s
}

// goodUntil is the last day in words: "the end of November 2026", "15 November 2026".
func goodUntil(e civil.Expiry) string {
	if e.Day {
		return e.Words()
	}
	return "the " + e.Words()
}

func list(b *strings.Builder, lines []string) {
	for i, l := range lines {
		if i == mostListed {
			fmt.Fprintf(b, "- and %d more, on the page\n", len(lines)-mostListed)
			return
		}
		fmt.Fprintf(b, "- %s\n", l)
	}
}

func (p *plan) end(b *strings.Builder, site string) {
	if p.Level == People && !p.Drill {
		fmt.Fprintf(b, "\nAnybody can look up a kit here:\n%s/check\n", site)
	}
	if p.Source != "" {
		fmt.Fprintf(b, "\nThe notice itself: %s\n", p.Source)
	}
}
