package scan

import (
	"image"
	"image/color"
	"math"

	"github.com/makiuchi-d/gozxing"
)

// mostSide is the longest side that is looked at: more only makes a sharp code larger.
const mostSide = 2400

// shrink gives the light of a picture, with its longer side at most so long; each pixel is the mean of those it stands for.
func shrink(img image.Image, most int) *image.Gray {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	scale := max(1, float64(max(w, h))/float64(most))
	out := image.NewGray(image.Rect(0, 0, max(1, int(float64(w)/scale)), max(1, int(float64(h)/scale))))
	line := lineOf(img)
	row, sums := make([]uint8, w), make([]int, out.Rect.Dx())
	edge := edges(w, len(sums))
	for y := range out.Rect.Dy() {
		from, to := y*h/out.Rect.Dy(), (y+1)*h/out.Rect.Dy()
		clear(sums)
		for sy := from; sy < to; sy++ {
			line(b.Min.Y+sy, row)
			for x := range sums {
				for _, v := range row[edge[x]:edge[x+1]] {
					sums[x] += int(v)
				}
			}
		}
		for x, sum := range sums {
			out.Pix[y*out.Stride+x] = uint8(sum / ((to - from) * (edge[x+1] - edge[x])))
		}
	}
	return out
}

// edges parts so many pixels among so many places.
func edges(pixels, places int) []int {
	e := make([]int, places+1)
	for i := range e {
		e[i] = i * pixels / places
	}
	return e
}

// lineOf gives a function that writes the light of line y of a picture, without a detour for the kinds that photos come in.
// What is clear counts as white.
func lineOf(img image.Image) func(y int, row []uint8) {
	x0 := img.Bounds().Min.X
	switch img := img.(type) {
	case *image.YCbCr:
		return func(y int, row []uint8) { copy(row, img.Y[img.YOffset(x0, y):]) }
	case *image.Gray:
		return func(y int, row []uint8) { copy(row, img.Pix[img.PixOffset(x0, y):]) }
	case *image.RGBA:
		return func(y int, row []uint8) { lights(img.Pix[img.PixOffset(x0, y):], row) }
	case *image.NRGBA:
		return func(y int, row []uint8) { lights(img.Pix[img.PixOffset(x0, y):], row) }
	case *image.Paletted:
		table := make([]uint8, 256)
		for i, c := range img.Palette {
			table[i] = light(c)
		}
		return func(y int, row []uint8) {
			for x, i := range img.Pix[img.PixOffset(x0, y):][:len(row)] {
				row[x] = table[i]
			}
		}
	}
	return func(y int, row []uint8) {
		for x := range row {
			row[x] = light(img.At(x0+x, y))
		}
	}
}

// lights writes the light of pixels of four bytes.
func lights(pix []byte, row []uint8) {
	for x := range row {
		p := pix[4*x : 4*x+4]
		v := (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000
		row[x] = uint8((v*int(p[3]) + 255*(255-int(p[3]))) / 255)
	}
}

func light(c color.Color) uint8 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	var row [1]uint8
	lights([]byte{n.R, n.G, n.B, n.A}, row[:])
	return row[0]
}

// enlarge doubles a picture, with lines between its pixels: a code of two pixels a module is read better so.
func enlarge(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, 2*w, 2*h))
	at := func(x, y int) int { return int(g.Pix[min(max(y, 0), h-1)*g.Stride+min(max(x, 0), w-1)]) }
	for y := range 2 * h {
		for x := range 2 * w {
			// The nearest pixel counts three times in each direction, its neighbour on that side once.
			nx, ny := x/2-1+x%2*2, y/2-1+y%2*2
			out.Pix[y*out.Stride+x] = uint8((9*at(x/2, y/2) + 3*at(nx, y/2) + 3*at(x/2, ny) + at(nx, ny)) / 16)
		}
	}
	return out
}

// turn gives a picture turned by so many degrees round its middle, white where there was nothing.
func turn(g *image.Gray, degrees float64) *image.Gray {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	w, h := float64(g.Rect.Dx()), float64(g.Rect.Dy())
	out := image.NewGray(image.Rect(0, 0, int(math.Abs(w*cos)+math.Abs(h*sin)), int(math.Abs(w*sin)+math.Abs(h*cos))))
	ow, oh := float64(out.Rect.Dx()), float64(out.Rect.Dy())
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			dx, dy := float64(x)+.5-ow/2, float64(y)+.5-oh/2
			sx, sy := int(math.Floor(dx*cos+dy*sin+w/2)), int(math.Floor(-dx*sin+dy*cos+h/2))
			v := uint8(255)
			if sx >= 0 && sy >= 0 && sx < g.Rect.Dx() && sy < g.Rect.Dy() {
				v = g.Pix[sy*g.Stride+sx]
			}
			out.Pix[y*out.Stride+x] = v
		}
	}
	return out
}

// invert makes light dark.
func invert(g *image.Gray) *image.Gray {
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = 255 - v
	}
	return out
}

// bitmap gives a picture to gozxing: black and white by what is round each place.
func bitmap(g *image.Gray) (*gozxing.BinaryBitmap, error) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	source, err := gozxing.NewPlanarYUVLuminanceSource(g.Pix, w, h, 0, 0, w, h, false)
	if err != nil {
		return nil, err
	}
	return gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
}
