package sheets

import (
	"fmt"
	"strings"
)

// mostPlaces is how many decimals draw.Number shows at most.
const mostPlaces = 6

// format is a cell's place among the formats of the workbook: of each style one for words, then one for each number of
// decimals.
func (c cell) format() int {
	n := int(c.style) * (mostPlaces + 2)
	if c.number != "" {
		n += 1 + c.places
	}
	return n
}

// xlsxFonts are one for each of: plain, title, heading, bold, link.
var xlsxFonts = []string{`<sz val="12"/>`, `<b/><sz val="18"/>`, `<b/><sz val="14"/>`, `<b/><sz val="12"/>`, `<u/><sz val="12"/><color rgb="FF0563C1"/>`}

// xlsxLook says of each style which font it has and whether it is wrapped. Fewer letters than a row of its own has room
// for make no harm; a table's cells are wrapped.
var xlsxLook = [styles]struct {
	font  int
	base  int // in cellStyleXfs: Normal, Heading 1, Heading 2, Hyperlink
	align string
}{
	plain:     {0, 0, `<alignment vertical="top" wrapText="1"/>`},
	title:     {1, 1, `<alignment vertical="top"/>`},
	heading:   {2, 2, `<alignment vertical="top"/>`},
	head:      {3, 0, `<alignment vertical="bottom" wrapText="1"/>`},
	headRight: {3, 0, `<alignment horizontal="right" vertical="bottom" wrapText="1"/>`},
	headInset: {3, 0, `<alignment horizontal="left" vertical="bottom" indent="1" wrapText="1"/>`},
	inset:     {0, 0, `<alignment horizontal="left" vertical="top" indent="1" wrapText="1"/>`},
	sumInset:  {3, 0, `<alignment horizontal="left" vertical="top" indent="1" wrapText="1"/>`},
	right:     {0, 0, `<alignment horizontal="right" vertical="top" wrapText="1"/>`},
	sum:       {3, 0, `<alignment vertical="top" wrapText="1"/>`},
	sumRight:  {3, 0, `<alignment horizontal="right" vertical="top" wrapText="1"/>`},
	line:      {0, 0, `<alignment vertical="top"/>`},
	link:      {4, 3, `<alignment vertical="top"/>`},
}

// numberCode is the format of a number with so many decimals.
func numberCode(places int) string {
	if places == 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", places)
}

func xlsxStyles() string {
	var w strings.Builder
	w.WriteString(xmlHead + `<styleSheet ` + mainNS + `>`)
	fmt.Fprintf(&w, `<numFmts count="%d">`, mostPlaces+1)
	for p := range mostPlaces + 1 {
		fmt.Fprintf(&w, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+p, numberCode(p))
	}
	fmt.Fprintf(&w, `</numFmts><fonts count="%d">`, len(xlsxFonts))
	for _, f := range xlsxFonts {
		font, colour, _ := strings.Cut(f, "<color")
		if colour != "" {
			colour = "<color" + colour
		}
		w.WriteString(`<font>` + font + colour + `<name val="Arial"/><family val="2"/></font>`)
	}
	w.WriteString(`</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="4">`)
	for _, font := range []int{0, 1, 2, 4} {
		fmt.Fprintf(&w, `<xf numFmtId="0" fontId="%d" fillId="0" borderId="0" applyFont="1"/>`, font)
	}
	fmt.Fprintf(&w, `</cellStyleXfs><cellXfs count="%d">`, int(styles)*(mostPlaces+2))
	for st := range styles {
		look := xlsxLook[st]
		for n := range mostPlaces + 2 {
			code := 0
			if n > 0 {
				code = 164 + n - 1
			}
			fmt.Fprintf(&w, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0" xfId="%d" applyNumberFormat="1" applyFont="1" applyAlignment="1">%s</xf>`, code, look.font, look.base, look.align)
		}
	}
	w.WriteString(`</cellXfs><cellStyles count="4"><cellStyle name="Normal" xfId="0" builtinId="0"/><cellStyle name="Heading 1" xfId="1" builtinId="16"/>` +
		`<cellStyle name="Heading 2" xfId="2" builtinId="17"/><cellStyle name="Hyperlink" xfId="3" builtinId="8"/></cellStyles></styleSheet>`)
	return w.String()
}
