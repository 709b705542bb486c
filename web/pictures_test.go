package web_test

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/demo"
	"everykit/staff"
	"everykit/web/browser"
	"everykit/web/webtest"
)

// mostBytes is how large a picture may be: they are kept with the source.
const mostBytes = 150_000

// frames are the widths that pictures are taken at.
var frames = []struct {
	name  string
	width int
}{{"phone", 360}, {"desktop", 1280}}

// TestPictures takes the pictures of the README, of the made-up nation, into the folder that EVERYKIT_PICTURES names.
func TestPictures(t *testing.T) {
	dir := os.Getenv("EVERYKIT_PICTURES")
	if dir == "" {
		t.Skip("EVERYKIT_PICTURES names no folder: make shots")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	w, made := webtest.NewDemo(t, 0.5)
	year := civil.FinancialYearOf(made.Today).Before().Slug()
	outlet := "/outlets/" + strconv.Itoa(made.Outlet.ID)
	named, survey := lotsNamed(t, w), strings.TrimPrefix(w.Demo.Link, webtest.Site)
	for _, shot := range []struct {
		name, path string
		as         staff.Role
		heights    [2]int // how much of the page is shown in each frame
	}{
		{"nation", "/nation?measure=coverage&period=" + year, staff.National, [2]int{760, 1500}},
		{"authority", "/areas/" + made.Area.Code, staff.Coordinator, [2]int{760, 1200}},
		{"outlet", outlet, staff.Worker, [2]int{760, 960}},
		{"give-out", outlet + "/give-out", staff.Worker, [2]int{760, 960}},
		{"day-sheet", outlet + "/day-sheet", staff.Worker, [2]int{760, 960}},
		{"notice", "/notices/1", staff.National, [2]int{760, 1500}},
		{"answer", "/notices/1" + outlet, staff.Worker, [2]int{1100, 960}},
		{"check", "/check?lot=" + named, staff.Nobody, [2]int{760, 960}},
		{"recommendations", "/nation/scorecard?year=" + year, staff.National, [2]int{760, 1300}},
		{"scorecard", "/areas/" + made.Area.Code + "/scorecard", staff.Coordinator, [2]int{1100, 960}},
		{"survey", survey, staff.Nobody, [2]int{1100, 960}},
		{"front", "/", staff.Nobody, [2]int{1100, 1500}},
		{"find", "/find/" + made.Area.Code, staff.Nobody, [2]int{1100, 1200}},
		{"bulletin", "/bulletins/" + w.Printed.Published[2], staff.Nobody, [2]int{1100, 1500}},
	} {
		b := browser.Start(t)
		if shot.as != staff.Nobody {
			enter(t, b, w, accountOf(t, made, shot.as))
		}
		for i, f := range frames {
			b.SetWidth(f.width)
			if got := b.Open(w.URL + shot.path); got != 200 {
				t.Fatalf("%s answers %d", shot.path, got)
			}
			file := filepath.Join(dir, shot.name+"-"+f.name+".png")
			b.Screenshot(file)
			crop(t, file, shot.heights[i])
		}
	}
}

// lotsNamed is the number of a lot that the first notice names.
func lotsNamed(t *testing.T, w *webtest.World) string {
	t.Helper()
	n, err := w.Notices.Get(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return n.Lines[0].Number
}

func accountOf(t *testing.T, made demo.Made, r staff.Role) demo.Account {
	t.Helper()
	for _, a := range made.Accounts {
		if a.Role == r {
			return a
		}
	}
	t.Fatalf("the demonstration has no %s", r)
	return demo.Account{}
}

// enter signs in as a person does.
func enter(t *testing.T, b *browser.Browser, w *webtest.World, a demo.Account) {
	t.Helper()
	b.Open(w.URL + "/sign-in")
	b.Type("#email", a.Email)
	b.Type("#password", a.Password)
	b.Follow("main button")
	if b.URL() == w.URL+"/sign-in" {
		t.Fatalf("%s cannot sign in", a.Email)
	}
}

// crop keeps the top of a picture, in 256 colours at most, which is enough for pages and half as large.
func crop(t *testing.T, file string, height int) {
	t.Helper()
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(in)
	in.Close()
	if err != nil {
		t.Fatal(err)
	}
	size := image.Rect(0, 0, whole.Bounds().Dx(), min(height, whole.Bounds().Dy()))
	top := image.NewPaletted(size, palette(whole, size))
	draw.Draw(top, size, whole, whole.Bounds().Min, draw.Src)
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(out, top); err != nil {
		t.Fatal(err)
	}
	if info, err := out.Stat(); err != nil || info.Size() > mostBytes {
		t.Errorf("%s is larger than %d bytes: %v", file, mostBytes, err)
	}
}

// palette is the 256 colours a picture has most of.
func palette(m image.Image, size image.Rectangle) color.Palette {
	often := map[color.RGBA]int{}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			often[color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)]++
		}
	}
	var list color.Palette
	for len(list) < 256 && len(often) > 0 {
		var most color.RGBA
		n := 0
		for c, k := range often {
			if k > n || (k == n && less(c, most)) {
				most, n = c, k
			}
		}
		list = append(list, most)
		delete(often, most)
	}
	return list
}

// less orders colours, so that the same page gives the same picture.
func less(a, b color.RGBA) bool {
	return int(a.R)<<16|int(a.G)<<8|int(a.B) < int(b.R)<<16|int(b.G)<<8|int(b.B)
}
