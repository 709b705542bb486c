package scan

import (
	"cmp"
	"io"
	"slices"

	"everykit/fault"
)

// Found is one code in a picture.
type Found struct {
	Kind string // "DataMatrix", "QR code", "barcode"
	Text string // symbology identifier and content, for gs1.Parse
}

// Picture reads the codes in a photo, JPEG or PNG, of at most 12 MB and 40 megapixels. Those that say most go first: GS1 codes
// in squares, other squares, GS1-128, plain product numbers. It fails with a fault of kind Invalid if the picture is too
// large, is damaged or of another kind, or has no code that could be read.
func Picture(r io.Reader) ([]Found, error) {
	img, err := load(r)
	if err != nil {
		return nil, err
	}
	s := search{}
	s.picture(img)
	if len(s.found) == 0 {
		return nil, fault.New(fault.Invalid, "no code could be read in this photo").
			Hint("take it again from nearer, with light and a steady hand, or type what is on the pack instead")
	}
	slices.SortStableFunc(s.found, func(a, b Found) int { return cmp.Compare(rank(a), rank(b)) })
	return s.found, nil
}

// rank is low for what says most.
func rank(f Found) int {
	switch f.Text[:3] {
	case "]d2", "]Q3":
		return 0
	case "]C1":
		return 2
	case "]E0", "]E4":
		return 3
	case "]C0":
		return 4
	}
	return 1
}
