package scan

import (
	"image"
	"slices"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix/decoder"
	"github.com/makiuchi-d/gozxing/datamatrix/detector"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"everykit/gs1"
)

// Bounds of the work on one picture.
const (
	mostFound  = 8    // codes; a sheet of labels has more, and they say the same
	mostPlaces = 4000 // of one view that may be the middle of a DataMatrix
	mostLines  = 5000 // that may go across a barcode
)

// search is the work on one picture.
type search struct {
	found []Found
	votes map[string]int // rows that read so, by text
	lines int            // tried so far
}

// picture looks at a picture in several ways, the cheap and likely ones first, until one has found a square code. A plain
// barcode does not end it: there may be a square beside it that says more.
func (s *search) picture(g *image.Gray) {
	side := max(g.Rect.Dx(), g.Rect.Dy())
	ways := []func() *image.Gray{
		func() *image.Gray { return shrink(g, 800) },
		func() *image.Gray { return shrink(g, 450) },
		func() *image.Gray { return shrink(g, 250) },
		func() *image.Gray { return shrink(g, 1300) },
		func() *image.Gray { return g },
		func() *image.Gray { return invert(shrink(g, 800)) },
		func() *image.Gray { return turn(shrink(g, 800), 45) },
		func() *image.Gray { return turn(shrink(g, 700), 20) },
	}
	if side <= 900 {
		ways = append([]func() *image.Gray{func() *image.Gray { return enlarge(g) }}, ways...)
	}
	looked := map[int]bool{} // a small picture is not smaller at another size
	for i, way := range ways {
		view := way()
		if size := view.Rect.Dx(); i < len(ways)-3 {
			if looked[size] {
				continue
			}
			looked[size] = true
		}
		s.view(view)
		if s.hasSquare() {
			return
		}
	}
}

func (s *search) hasSquare() bool {
	return slices.ContainsFunc(s.found, func(f Found) bool { return f.Kind != kindBarcode })
}

// The kinds of Found.
const (
	kindMatrix  = "DataMatrix"
	kindQR      = "QR code"
	kindBarcode = "barcode"
)

// view looks for all kinds of codes in one view of the picture.
func (s *search) view(g *image.Gray) {
	var whole *gozxing.BinaryBitmap
	var bits *gozxing.BitMatrix
	ok := safely(func() (err error) {
		if whole, err = bitmap(g); err == nil {
			bits, err = blackWhite(g)
		}
		return err
	})
	if !ok {
		return
	}
	s.qr(whole)
	s.matrices(bits)
	s.barcodes(bits)
	turned := copyOf(bits)
	if safely(func() error { turned.Rotate90(); return nil }) {
		s.barcodes(turned)
	}
}

// safely runs a decoder on bits that may be anything; a panic of it means that it found nothing.
func safely(f func() error) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return f() == nil
}

// add keeps a code that is new and has something in it.
func (s *search) add(kind, id, text string) {
	if len(id) != 3 || strings.Trim(text, gs1.Separator+" ") == "" || len(s.found) >= mostFound {
		return
	}
	switch id {
	case "]d2", "]Q3", "]C1":
		text = gs1.Separator + strings.TrimLeft(text, gs1.Separator)
	}
	f := Found{Kind: kind, Text: id + text}
	if !slices.Contains(s.found, f) {
		s.found = append(s.found, f)
	}
}

func identifierOf(r *gozxing.Result) string {
	id, _ := r.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	return id
}

func (s *search) qr(whole *gozxing.BinaryBitmap) {
	safely(func() error {
		r, err := qrcode.NewQRCodeReader().Decode(whole, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		if err == nil {
			s.add(kindQR, identifierOf(r), r.GetText())
		}
		return err
	})
}

// barcodes reads along lines, in both directions. Other print now and then looks like a short barcode on one line, so two
// lines must agree.
func (s *search) barcodes(bits *gozxing.BitMatrix) {
	if s.votes == nil {
		s.votes = map[string]int{}
	}
	hints := map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_ASSUME_GS1:       true, // FNC1 stays in
		gozxing.DecodeHintType_POSSIBLE_FORMATS: []gozxing.BarcodeFormat{gozxing.BarcodeFormat_EAN_13, gozxing.BarcodeFormat_EAN_8},
	}
	readers := []oned.RowDecoder{
		oned.NewMultiFormatUPCEANReader(hints).(oned.RowDecoder),
		oned.NewCode128Reader().(oned.RowDecoder),
	}
	row := gozxing.NewBitArray(bits.GetWidth())
	for y := 2; y < bits.GetHeight(); y += max(3, bits.GetHeight()/200) {
		row = bits.GetRow(y, row)
		for range 2 {
			if s.lines++; s.lines > mostLines {
				return
			}
			for _, reader := range readers {
				safely(func() error {
					r, err := reader.DecodeRow(y, row, hints)
					if err == nil {
						s.vote(identifierOf(r), r.GetText())
					}
					return err
				})
			}
			row.Reverse()
		}
	}
}

func (s *search) vote(id, text string) {
	text = strings.TrimPrefix(text, "]C1") // gozxing writes it before what is GS1-128
	if s.votes[id+text]++; s.votes[id+text] == 2 {
		s.add(kindBarcode, id, text)
	}
}

// matrices looks for a DataMatrix round every place that may be the middle of one: about half of what is near it is black.
func (s *search) matrices(bits *gozxing.BitMatrix) {
	const near = 18
	w, h := bits.GetWidth(), bits.GetHeight()
	step := 10
	if max(w, h) > 1000 {
		step = 20 // a code of less than 40 pixels was as sharp in a smaller view
	}
	black, tried := blackIn(bits), 0
	var done []image.Rectangle
	for _, p := range fromTheMiddle(w, h, step) {
		share := black(p.X-near, p.Y-near, p.X+near, p.Y+near)
		if share < .28 || share > .75 || slices.ContainsFunc(done, func(r image.Rectangle) bool { return p.In(r) }) {
			continue
		}
		if tried++; tried > mostPlaces || len(s.found) >= mostFound {
			return
		}
		if at, ok := s.matrix(bits, p); ok {
			done = append(done, at)
		}
	}
}

// reach is how far from its middle a DataMatrix may go, in pixels of a view.
const reach = 120

// matrix reads a DataMatrix round a place, and gives the rectangle in which it was.
func (s *search) matrix(bits *gozxing.BitMatrix, p image.Point) (at image.Rectangle, ok bool) {
	ok = safely(func() error {
		part, err := around(bits, p)
		if err != nil {
			return err
		}
		d, err := detector.NewDetector(part)
		if err != nil {
			return err
		}
		seen, err := d.Detect()
		if err != nil {
			return err
		}
		r, err := decoder.NewDecoder().Decode(seen.GetBits())
		if err != nil {
			return err
		}
		for _, c := range seen.GetPoints() {
			corner := image.Pt(int(c.GetX()), int(c.GetY())).Add(p).Sub(image.Pt(reach, reach))
			at = at.Union(image.Rectangle{corner, corner.Add(image.Pt(1, 1))})
		}
		s.add(kindMatrix, "]d"+string(rune('0'+r.GetSymbologyModifier())), r.GetText())
		return nil
	})
	return at, ok
}
