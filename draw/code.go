package draw

import (
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/datamatrix"
	"github.com/boombuler/barcode/qr"

	"everykit/fault"
	"everykit/gs1"
)

// CodeStyle is how a code is drawn. Both may be left out.
type CodeStyle struct {
	Title       string  // what the code is, for those who cannot see it: "Code of lot 0116917"
	Millimetres float64 // side of the picture, with the light margin that belongs to it; 0 to fill its container
}

// Light modules that a reader needs round a code: GS1 asks for one round a DataMatrix, and telephones like two; QR has four.
const (
	dataMatrixMargin = 2
	qrMargin         = 4
)

// Bounds of what is drawn, far above any label and low enough that a code can be printed and read.
const (
	mostElements = 170  // characters of an element string
	mostQR       = 1000 // bytes
)

// DataMatrix draws an element string (gs1.Code.Elements: gs1.Separator between its parts, nothing in front) as a GS1
// DataMatrix: FNC1 goes first, which makes it one, and stands for every separator. It fails with a fault of kind Invalid
// for an empty or too long text and for characters that an element string cannot have.
func DataMatrix(elements string, style CodeStyle) (string, error) {
	if elements == "" || len(elements) > mostElements {
		return "", fault.New(fault.Invalid, "a code for a label has 1 to %d characters, not %d", mostElements, len(elements))
	}
	if bad := strings.IndexFunc(elements, func(r rune) bool { return (r <= ' ' || r > '~') && string(r) != gs1.Separator }); bad >= 0 {
		return "", fault.New(fault.Invalid, "a code for a label cannot hold the character at place %d of %q", bad+1, elements)
	}
	fnc1 := string([]byte{datamatrix.FNC1})
	code, err := datamatrix.Encode(fnc1 + strings.ReplaceAll(elements, gs1.Separator, fnc1))
	if err != nil {
		return "", fault.New(fault.Invalid, "this is too long for a code on a label").Because(err)
	}
	return drawCode(code, dataMatrixMargin, style), nil
}

// QR draws a text, such as a web address, as a QR code that still reads with about a seventh of it damaged. It fails with a
// fault of kind Invalid for an empty or too long text and for one that is not printable ASCII, which readers take in
// different ways; a web address has that as %20 and the like.
func QR(text string, style CodeStyle) (string, error) {
	if text == "" || len(text) > mostQR {
		return "", fault.New(fault.Invalid, "a QR code has 1 to %d characters, not %d", mostQR, len(text))
	}
	if bad := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }); bad >= 0 {
		return "", fault.New(fault.Invalid, "a QR code cannot hold the character at place %d of %q", bad+1, text)
	}
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fault.New(fault.Invalid, "this is too long for a QR code").Because(err)
	}
	return drawCode(code, qrMargin, style), nil
}

// drawCode draws the modules of a code as one path, one unit of the viewBox each, so that their edges are sharp at any size
// and no seams show between them. Black on white whatever the page wears: readers need it.
func drawCode(code barcode.Barcode, margin int, style CodeStyle) string {
	side := code.Bounds().Dx() + 2*margin
	box := strconv.Itoa(side)
	size := ""
	if known(style.Millimetres) && style.Millimetres > 0 {
		size = px(style.Millimetres) + "mm"
	}
	var m markup
	m.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "draw-code", "viewBox", "0 0 "+box+" "+box,
		"width", size, "height", size, "role", "img", "aria-label", style.Title, "shape-rendering", "crispEdges")
	if style.Title != "" {
		m.with(style.Title, "title")
	}
	m.leaf("path", "d", "M0 0h"+box+"v"+box+"H0z", "fill", "#fff")
	m.leaf("path", "d", modules(code, margin), "fill", "#000")
	m.close("svg")
	return m.String()
}

// modules outlines every run of dark modules in a row.
func modules(code barcode.Barcode, margin int) string {
	var d strings.Builder
	b := code.Bounds()
	dark := func(x, y int) bool {
		return x < b.Max.X && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			from := x
			for dark(x, y) {
				x++
			}
			if n := strconv.Itoa(x - from); x > from {
				d.WriteString("M" + strconv.Itoa(from-b.Min.X+margin) + " " + strconv.Itoa(y-b.Min.Y+margin) + "h" + n + "v1h-" + n + "z")
			}
		}
	}
	return d.String()
}
