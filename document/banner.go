package document

import (
	"fmt"
	"strings"
)

// bannerCSS puts the banner at the head of each page of paper. Who does not see it finds the same in the title or the text:
// what stands in a margin is not read out.
func (d *Document) bannerCSS() string {
	if d.Banner == "" {
		return ""
	}
	return "\n@page { @top-left { content: " + cssString(printable(d.Banner)) + "; font: bold 9pt Arial, Helvetica, sans-serif; color: #212b32; } }\n"
}

// cssString is text as a stylesheet has it within a page: everything but letters, digits and spaces is written by its number,
// so that it can end neither the string nor the element.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == ' ', r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\%x `, r) // the space ends the number
		}
	}
	b.WriteByte('"')
	return b.String()
}

// banner writes it at the head of each page.
func (w *plainWriter) banner(text string) {
	if text == "" {
		return
	}
	w.f.SetHeaderFuncMode(func() {
		w.f.SetY(margin - 9)
		w.style("B", noteSize, 33, 43, 50)
		w.f.CellFormat(w.wide, 5, drawn(text), "", 0, "L", false, 0, "")
	}, true)
}
