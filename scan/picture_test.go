package scan

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/ean"

	"everykit/civil"
	"everykit/draw"
	"everykit/fault"
	"everykit/gs1"
)

var (
	today = civil.On(2026, time.November, 23)
	kit   = gs1.Code{GTIN: "05026468663361", Lot: "A21-0116917", Expiry: civil.ExpiresIn(civil.MonthOf(2028, time.March))}
)

// label is our own label's code, as many dots a module.
func label(t testing.TB, c gs1.Code, dots int) *image.Gray {
	t.Helper()
	elements, err := c.Elements()
	if err != nil {
		t.Fatal(err)
	}
	svg, err := draw.DataMatrix(elements, draw.CodeStyle{Title: "x"})
	if err != nil {
		t.Fatal(err)
	}
	return printed(t, svg, dots)
}

func qrOf(t testing.TB, text string, dots int) *image.Gray {
	t.Helper()
	svg, err := draw.QR(text, draw.CodeStyle{})
	if err != nil {
		t.Fatal(err)
	}
	return printed(t, svg, dots)
}

var (
	runs = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`)
	box  = regexp.MustCompile(`viewBox="0 0 (\d+) `)
)

// printed puts the path of a drawn code on paper.
func printed(t testing.TB, svg string, dots int) *image.Gray {
	t.Helper()
	n := func(s string) int {
		v, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	side := n(box.FindStringSubmatch(svg)[1]) * dots
	img := paper(side, side)
	for _, r := range runs.FindAllStringSubmatch(svg, -1) {
		x, y, w := n(r[1])*dots, n(r[2])*dots, n(r[3])*dots
		for dy := range dots {
			for dx := range w {
				img.SetGray(x+dx, y+dy, color.Gray{15})
			}
		}
	}
	return img
}

// bars puts a barcode on paper, with the white at its ends that it needs.
func bars(t testing.TB, code barcode.Barcode, err error, dots, height int) *image.Gray {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	w := code.Bounds().Dx()
	img := paper((w+24)*dots, height+20)
	for x := range w {
		if color.GrayModel.Convert(code.At(x, 0)).(color.Gray).Y < 128 {
			for dx := range dots {
				for y := range height {
					img.SetGray((x+12)*dots+dx, 10+y, color.Gray{15})
				}
			}
		}
	}
	return img
}

func ean13(t testing.TB, number string, dots int) *image.Gray {
	code, err := ean.Encode(number)
	return bars(t, code, err, dots, 60*dots/2)
}

func gs1128(t testing.TB, elements string, dots int) *image.Gray {
	code, err := code128.Encode(string(code128.FNC1) + strings.ReplaceAll(elements, gs1.Separator, string(code128.FNC1)))
	return bars(t, code, err, dots, 80)
}

func paper(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 245
	}
	return img
}

// onto lays one picture on another.
func onto(ground, g *image.Gray, x, y int) *image.Gray {
	for dy := range g.Rect.Dy() {
		for dx := range g.Rect.Dx() {
			ground.SetGray(x+dx, y+dy, g.GrayAt(dx, dy))
		}
	}
	return ground
}

// desk is a busy ground: stripes, blots and lines of print, the same every time.
func desk(w, h int) *image.Gray {
	r := rand.New(rand.NewPCG(1, 2))
	g := paper(w, h)
	for y := range h {
		for x := range w {
			g.Pix[y*g.Stride+x] = uint8(120 + 60*math.Sin(float64(x)/37)*math.Cos(float64(y)/53) + float64(r.IntN(20)))
		}
	}
	for range w * h / 900 {
		x, y, n, m, v := r.IntN(w), r.IntN(h), 2+r.IntN(20), 1+r.IntN(5), uint8(r.IntN(256))
		for dy := range m {
			for dx := range n {
				g.SetGray(x+dx, y+dy, color.Gray{v})
			}
		}
	}
	return g
}

// noise is what a small lens adds in poor light.
func noise(g *image.Gray, much int) *image.Gray {
	r := rand.New(rand.NewPCG(3, 4))
	for i, v := range g.Pix {
		g.Pix[i] = uint8(min(max(int(v)+r.IntN(2*much+1)-much, 0), 255))
	}
	return g
}

// blur is a hand that was not steady.
func blur(g *image.Gray, radius int) *image.Gray {
	out := image.NewGray(g.Rect)
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			sum, n := 0, 0
			for dy := -radius; dy <= radius; dy++ {
				for dx := -radius; dx <= radius; dx++ {
					if p := image.Pt(x+dx, y+dy); p.In(g.Rect) {
						sum += int(g.GrayAt(p.X, p.Y).Y)
						n++
					}
				}
			}
			out.SetGray(x, y, color.Gray{uint8(sum / n)})
		}
	}
	return out
}

// shade is light from one side.
func shade(g *image.Gray) *image.Gray {
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			v := &g.Pix[y*g.Stride+x]
			*v = uint8(int(*v) * (40 + 60*x/g.Rect.Dx()) / 100)
		}
	}
	return g
}

func asJPEG(t testing.TB, g image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, g, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, g image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicture(t *testing.T) {
	withSerial := kit
	withSerial.Serial = "7x/9"
	link := kit.Link("https://everykit.example")
	elements, err := withSerial.Elements()
	if err != nil {
		t.Fatal(err)
	}
	onDesk := func(g *image.Gray, w, h, x, y int) *image.Gray { return onto(desk(w, h), g, x, y) }
	coloured := image.NewNRGBA(image.Rect(0, 0, 400, 400))
	small := label(t, kit, 8)
	for y := range 400 {
		for x := range 400 {
			c := color.NRGBA{200, 240, 210, 255}
			if image.Pt(x-60, y-60).In(small.Rect) && small.GrayAt(x-60, y-60).Y < 128 {
				c = color.NRGBA{20, 30, 90, 255}
			}
			coloured.SetNRGBA(x, y, c)
		}
	}
	for name, c := range map[string]struct {
		photo []byte
		want  []string // Code.Words in order
	}{
		"our label":                 {asPNG(t, label(t, kit, 4)), []string{kit.Words()}},
		"our label, small":          {asPNG(t, label(t, kit, 2)), []string{kit.Words()}},
		"our label, large":          {asJPEG(t, label(t, withSerial, 30), 80), []string{withSerial.Words()}},
		"turned by 90":              {asPNG(t, turn(label(t, kit, 5), 90)), []string{kit.Words()}},
		"turned by 180":             {asPNG(t, turn(label(t, kit, 5), 180)), []string{kit.Words()}},
		"turned by 270":             {asPNG(t, turn(label(t, kit, 5), 270)), []string{kit.Words()}},
		"turned by 33":              {asPNG(t, turn(label(t, kit, 6), 33)), []string{kit.Words()}},
		"noisy":                     {asJPEG(t, noise(onto(paper(900, 700), label(t, kit, 6), 300, 220), 60), 60), []string{kit.Words()}},
		"blurred":                   {asJPEG(t, blur(onto(paper(700, 700), label(t, kit, 8), 200, 220), 3), 80), []string{kit.Words()}},
		"light from one side":       {asJPEG(t, shade(onto(paper(900, 700), label(t, kit, 6), 300, 220)), 80), []string{kit.Words()}},
		"light on dark":             {asPNG(t, invert(onto(paper(500, 400), label(t, kit, 6), 150, 120))), []string{kit.Words()}},
		"coloured":                  {asPNG(t, coloured), []string{kit.Words()}},
		"on a busy ground":          {asJPEG(t, onDesk(label(t, kit, 7), 1200, 900, 420, 300), 80), []string{kit.Words()}},
		"busy, in a corner":         {asJPEG(t, onDesk(label(t, kit, 6), 1200, 900, 980, 40), 80), []string{kit.Words()}},
		"busy, small in 12 million": {asJPEG(t, onDesk(label(t, kit, 9), 4000, 3000, 2600, 700), 80), []string{kit.Words()}},
		"busy, turned, on a label":  {asJPEG(t, turn(onDesk(onto(paper(460, 400), label(t, kit, 7), 110, 80), 1200, 900, 420, 300), 15), 85), []string{kit.Words()}},
		"QR":                        {asPNG(t, onto(paper(600, 600), qrOf(t, link, 6), 100, 90)), []string{kit.Words()}},
		"QR, busy":                  {asJPEG(t, onDesk(qrOf(t, link, 7), 1200, 900, 300, 200), 80), []string{kit.Words()}},
		"EAN-13":                    {asPNG(t, onto(paper(600, 400), ean13(t, "5026468663361", 3), 60, 60)), []string{"product 05026468663361"}},
		"EAN-13 upside down":        {asPNG(t, turn(onto(paper(600, 400), ean13(t, "5026468663361", 3), 60, 60), 180)), []string{"product 05026468663361"}},
		"EAN-13 on its side":        {asPNG(t, turn(onto(paper(600, 400), ean13(t, "5026468663361", 3), 60, 60), 90)), []string{"product 05026468663361"}},
		"EAN-13 askew":              {asJPEG(t, turn(onto(paper(900, 700), ean13(t, "5026468663361", 4), 60, 60), 40), 90), []string{"product 05026468663361"}},
		"EAN-13, busy":              {asJPEG(t, onDesk(ean13(t, "5026468663361", 4), 1200, 900, 200, 300), 80), []string{"product 05026468663361"}},
		"UPC-A":                     {asPNG(t, ean13(t, "0369547353025", 3)), []string{"product 00369547353025"}},
		"EAN-8":                     {asPNG(t, ean13(t, "96385074", 3)), []string{"product 00000096385074"}},
		"GS1-128":                   {asPNG(t, gs1128(t, elements, 2)), []string{withSerial.Words()}},
		"a square and bars":         {asJPEG(t, onto(onto(paper(1000, 800), ean13(t, "5026468663361", 3), 40, 40), label(t, kit, 5), 600, 500), 85), []string{kit.Words(), "product 05026468663361"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := Picture(bytes.NewReader(c.photo))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				code, err := gs1.Parse(f.Text, today)
				if err != nil {
					t.Fatalf("%s %q: %v", f.Kind, f.Text, err)
				}
				got = append(got, code.Words())
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestManyLabelsTurned tries what a hand does: any turn, any size, noise.
func TestManyLabelsTurned(t *testing.T) {
	missed := 0
	const n = 24
	for i := range n {
		code := kit
		code.Lot = "L" + strconv.Itoa(1000+i*37)
		g := turn(noise(onto(paper(500, 420), label(t, code, 4+i%4), 100, 70), 20), float64(i)*17.5)
		found, err := Picture(bytes.NewReader(asJPEG(t, g, 75)))
		if err != nil {
			missed++
			continue
		}
		if got, err := gs1.Parse(found[0].Text, today); err != nil || got.Words() != code.Words() {
			t.Fatalf("%d: a wrong reading is worse than none: %q, %v", i, found[0].Text, err)
		}
	}
	if missed > 1 {
		t.Errorf("%d of %d were not read", missed, n)
	}
}

func TestNothingThere(t *testing.T) {
	for name, photo := range map[string][]byte{
		"white": asPNG(t, paper(800, 600)), "a desk": asJPEG(t, desk(1600, 1200), 80), "noise": asPNG(t, noise(paper(700, 700), 200)),
		"a code cut in two": asPNG(t, label(t, kit, 6).SubImage(image.Rect(0, 0, 110, 220))),
	} {
		found, err := Picture(bytes.NewReader(photo))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "no code could be read") || !strings.Contains(fault.Of(err)[0].Next, "type") {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

// TestOneRowIsNoBarcode holds the rule that two rows must say the same.
func TestOneRowIsNoBarcode(t *testing.T) {
	s := search{votes: map[string]int{}}
	s.vote("]E4", "96385074")
	s.vote("]E4", "96385081")
	if len(s.found) != 0 {
		t.Errorf("two rows that differ count: %v", s.found)
	}
	for range 3 {
		s.vote("]E4", "96385074")
	}
	if len(s.found) != 1 || s.found[0] != (Found{kindBarcode, "]E496385074"}) {
		t.Errorf("%v", s.found)
	}
}
