package lot

import (
	"html/template"
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/draw"
	"everykit/gs1"
	"everykit/web/desk"
	"everykit/web/page"
)

// label is what stands on a label or a card: words, and a code with the same in it.
type label struct {
	Product string
	Lot     string
	Use     string // until when, in words
	Amount  string // kits and doses; empty on a card
	Code    template.HTML
	Plain   string // why the code is not a GS1 one; empty if it is
}

// Sides of the codes in millimetres, with their light margins.
const (
	labelCode = 22
	cardCode  = 30
)

// label makes the label of some kits: with a GS1 DataMatrix of product, expiry and lot, or where that cannot be, with a plain
// QR code that leads to the same words.
func (t *traced) label(kits int) (label, error) {
	l := t.words()
	l.Amount = page.Kits(int64(kits))
	if n := t.doses(kits); n > 0 {
		l.Amount += ", " + page.Doses(int64(n))
	}
	style := draw.CodeStyle{Title: "Code of lot " + t.lot.Number, Millimetres: labelCode}
	elements, why := t.elements()
	if l.Plain = why; why != "" {
		return t.plain(l, style)
	}
	markup, err := draw.DataMatrix(elements, style)
	l.Code = template.HTML(markup) // draw escapes what it is given
	return l, err
}

// card makes the card of the person: the address at which anybody can look whether this lot is still good. It holds nothing
// else, and is the same for everybody who has a kit of this lot.
func (t *traced) card() (label, error) {
	return t.plain(t.words(), draw.CodeStyle{Title: "Code that opens the page “Is my kit still good?” for lot " + t.lot.Number, Millimetres: cardCode})
}

func (t *traced) words() label {
	return label{Product: desk.ProductName(t.product), Lot: t.lot.Number, Use: useWords(t.lot.Expiry)}
}

func (t *traced) plain(l label, style draw.CodeStyle) (label, error) {
	markup, err := draw.QR(t.checkLink(), style)
	l.Code = template.HTML(markup) // draw escapes what it is given
	return l, err
}

// useWords is until when a kit may be used. On the day that is printed, and on the last day of a month that is, it still may.
func useWords(e civil.Expiry) string {
	switch {
	case !e.Known:
		return "Use before: see the pack"
	case e.Day:
		return "Use by " + e.Last.Words()
	}
	return "Use before end " + e.Last.Month().Words()
}

// code is the lot as GS1 writes it; its GTIN is empty where the product's is not known.
func (t *traced) code() gs1.Code {
	c := gs1.Code{Lot: t.lot.Number, Expiry: t.lot.Expiry}
	if t.product != nil {
		c.GTIN, _ = gs1.GTIN(t.product.GTIN) // one that is not right is none
	}
	return c
}

// elements is what the DataMatrix holds, or why there is none.
func (t *traced) elements() (elements, why string) {
	c := t.code()
	if c.GTIN == "" {
		return "", "This product’s number (GTIN) is not known here, so its labels have words and a plain QR code that opens the page “Is my kit still good?”. An administrator can link the number to the product."
	}
	elements, err := c.Elements()
	if err != nil {
		return "", "This lot’s number cannot stand in a GS1 code, so its labels have words and a plain QR code that opens the page “Is my kit still good?”."
	}
	return elements, ""
}

// checkLink is the address that answers whether a kit of this lot is still good: a GS1 Digital Link where the product has a
// number, and the page's own address where not.
func (t *traced) checkLink() string {
	if link := t.code().Link(t.site()); link != "" {
		return link
	}
	q := url.Values{"lot": {t.lot.Number}}
	if t.product != nil {
		q.Set("product", t.product.Code)
	}
	if t.lot.Expiry.Known {
		q.Set("expiry", t.lot.Expiry.String())
	}
	return t.site() + "/check?" + q.Encode()
}

// site is where people reach the pages: as it was set, or as this visitor does.
func (t *traced) site() string {
	if t.Site != "" {
		return strings.TrimSuffix(t.Site, "/")
	}
	if t.Secure {
		return "https://" + t.R.Host
	}
	return "http://" + t.R.Host
}
