package scan

import (
	"cmp"
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
)

// blackWhite parts dark from light by the mean of what is round each place, an eighth of the picture wide (Bradley and Roth
// 2007): a pixel is black if it is a fifth darker. gozxing's own way does it by blocks of eight pixels, and there the grain
// of a photo becomes specks on white paper, so that no code stands free.
func blackWhite(g *image.Gray) (*gozxing.BitMatrix, error) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	bits, err := gozxing.NewBitMatrix(w, h)
	if err != nil {
		return nil, err
	}
	sums := make([]int64, (w+1)*(h+1))
	for y := range h {
		line := int64(0)
		for x := range w {
			line += int64(g.Pix[y*g.Stride+x])
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + line
		}
	}
	half := max(w, h)/16 + 1
	for y := range h {
		y0, y1 := max(0, y-half), min(h, y+half)
		for x := range w {
			x0, x1 := max(0, x-half), min(w, x+half)
			sum := sums[y1*(w+1)+x1] - sums[y0*(w+1)+x1] - sums[y1*(w+1)+x0] + sums[y0*(w+1)+x0]
			if int64(g.Pix[y*g.Stride+x])*int64((x1-x0)*(y1-y0))*5 < sum*4 {
				bits.Set(x, y)
			}
		}
	}
	return bits, nil
}

func copyOf(bits *gozxing.BitMatrix) *gozxing.BitMatrix {
	c, _ := gozxing.NewBitMatrix(bits.GetWidth(), bits.GetHeight())
	for y := range bits.GetHeight() {
		c.SetRow(y, bits.GetRow(y, nil))
	}
	return c
}

// around cuts out what is within reach of a place, which is then the middle; white where there is nothing.
func around(bits *gozxing.BitMatrix, p image.Point) (*gozxing.BitMatrix, error) {
	part, err := gozxing.NewBitMatrix(2*reach, 2*reach)
	if err != nil {
		return nil, err
	}
	from := p.Sub(image.Pt(reach, reach))
	row, line := gozxing.NewBitArray(bits.GetWidth()), gozxing.NewBitArray(2*reach)
	for y := max(0, -from.Y); y < min(2*reach, bits.GetHeight()-from.Y); y++ {
		row = bits.GetRow(from.Y+y, row)
		for x := 0; x < 2*reach; x += 32 {
			line.SetBulk(x, word(row, from.X+x, min(32, 2*reach-x)))
		}
		part.SetRow(y, line)
	}
	return part, nil
}

// word gives so many bits of a row from a place on, at most 32; the first is the lowest, and none is set outside the row.
func word(row *gozxing.BitArray, from, n int) uint32 {
	words, size := row.GetBitArray(), row.GetSize()
	at := func(i int) uint64 {
		if i < 0 || i >= (size+31)/32 {
			return 0
		}
		return uint64(words[i])
	}
	first := from >> 5 // rounds down below nought too
	both := at(first) | at(first+1)<<32
	return uint32(both>>(from&31)) & uint32(1<<n-1)
}

// blackIn gives a function for the share of a rectangle that is black; it must lie in the picture or is cut to it.
func blackIn(bits *gozxing.BitMatrix) func(x0, y0, x1, y1 int) float64 {
	w, h := bits.GetWidth(), bits.GetHeight()
	sums := make([]int32, (w+1)*(h+1))
	row := gozxing.NewBitArray(w)
	for y := range h {
		row = bits.GetRow(y, row)
		line := int32(0)
		for x := range w {
			if row.Get(x) {
				line++
			}
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + line
		}
	}
	return func(x0, y0, x1, y1 int) float64 {
		x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, w), min(y1, h)
		if x0 >= x1 || y0 >= y1 {
			return 0
		}
		n := sums[y1*(w+1)+x1] - sums[y0*(w+1)+x1] - sums[y1*(w+1)+x0] + sums[y0*(w+1)+x0]
		return float64(n) / float64((x1-x0)*(y1-y0))
	}
}

// fromTheMiddle gives places all over a picture, the nearest to its middle first: there a person holds what they photograph.
func fromTheMiddle(w, h, step int) []image.Point {
	var all []image.Point
	for y := h / 2 % step; y < h; y += step {
		for x := w / 2 % step; x < w; x += step {
			all = append(all, image.Pt(x, y))
		}
	}
	far := func(p image.Point) int { return (p.X-w/2)*(p.X-w/2) + (p.Y-h/2)*(p.Y-h/2) }
	slices.SortStableFunc(all, func(a, b image.Point) int { return cmp.Compare(far(a), far(b)) })
	return all
}
