package scan

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"everykit/fault"
)

// pngSaying is the beginning of a PNG that says it is so large.
func pngSaying(w, h uint32, depth, kind byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, depth, kind, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

// progressive is the beginning of a JPEG that is built up in passes.
func progressive(w, h uint16, passes int) []byte {
	b := []byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 11, 8}
	b = binary.BigEndian.AppendUint16(b, h)
	b = binary.BigEndian.AppendUint16(b, w)
	b = append(b, 1, 1, 0x11, 0)
	return append(b, bytes.Repeat([]byte{0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0}, passes)...)
}

func TestLimits(t *testing.T) {
	whole := asJPEG(t, label(t, kit, 6), 80)
	for name, c := range map[string]struct {
		photo io.Reader
		says  string
	}{
		"empty":                    {strings.NewReader(""), "neither JPEG nor PNG"},
		"words":                    {strings.NewReader("a photo, honestly"), "neither JPEG nor PNG"},
		"another kind":             {strings.NewReader("GIF89a\x01\x00\x01\x00"), "neither JPEG nor PNG"},
		"cut short":                {bytes.NewReader(whole[:len(whole)/2]), "damaged"},
		"broken line":              {io.MultiReader(bytes.NewReader(whole[:100]), iotest.ErrReader(io.ErrUnexpectedEOF)), "did not arrive whole"},
		"too many bytes":           {io.LimitReader(zeros{}, mostBytes+1), "larger than 12 MB"},
		"too many pixels":          {bytes.NewReader(pngSaying(8000, 5001, 8, 0)), "8000 by 5001"},
		"far too many pixels":      {bytes.NewReader(pngSaying(1<<31-1, 1<<31-1, 8, 0)), "neither JPEG nor PNG"},
		"one long line":            {bytes.NewReader(pngSaying(1<<31-1, 20, 1, 0)), "too many pixels"},
		"deep colours":             {bytes.NewReader(pngSaying(6000, 5000, 16, 6)), "too many pixels"},
		"passes over many pixels":  {bytes.NewReader(progressive(5000, 4000, 1)), "too many pixels"},
		"many passes over few":     {bytes.NewReader(progressive(500, 400, mostPasses+1)), "too many pixels"},
		"too small":                {bytes.NewReader(asPNG(t, paper(19, 500))), "too small"},
		"the smallest, and a line": {bytes.NewReader(asPNG(t, paper(leastSide, 5000))), "no code could be read"},
	} {
		found, err := Picture(c.photo)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) || fault.Of(err)[0].Next == "" || found != nil {
			t.Errorf("%s: %v, %v; want a fault with a hint that says %q", name, found, err, c.says)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestKindsOfPixels reads the same label from every kind of pixels that the decoders make.
func TestKindsOfPixels(t *testing.T) {
	g := onto(paper(300, 300), label(t, kit, 5), 40, 40)
	kinds := map[string]interface {
		image.Image
		Set(x, y int, c color.Color)
	}{
		"Gray16": image.NewGray16(g.Rect), "RGBA": image.NewRGBA(g.Rect), "NRGBA": image.NewNRGBA(g.Rect), "RGBA64": image.NewRGBA64(g.Rect),
		"NRGBA64": image.NewNRGBA64(g.Rect), "Paletted": image.NewPaletted(g.Rect, color.Palette{color.White, color.Black}), "CMYK": image.NewCMYK(g.Rect),
	}
	for name, img := range kinds {
		for y := range 300 {
			for x := range 300 {
				img.Set(x, y, g.GrayAt(x, y))
			}
		}
		s := search{}
		if s.picture(shrink(img, mostSide)); len(s.found) != 1 {
			t.Errorf("%s: %v", name, s.found)
		}
	}
	clear := image.NewNRGBA(g.Rect) // ink on nothing at all
	for y := range 300 {
		for x := range 300 {
			if g.GrayAt(x, y).Y < 128 {
				clear.SetNRGBA(x, y, color.NRGBA{A: 255})
			}
		}
	}
	if found, err := Picture(bytes.NewReader(asPNG(t, clear))); err != nil || len(found) != 1 {
		t.Errorf("clear ground: %v, %v", found, err)
	}
}

// TestDamaged changes single bytes all over a photo: whatever comes of it, it is an answer.
func TestDamaged(t *testing.T) {
	for _, whole := range [][]byte{asJPEG(t, label(t, kit, 3), 60), asPNG(t, label(t, kit, 3))} {
		for at := 0; at < len(whole); at += 1 + len(whole)/150 {
			photo := bytes.Clone(whole)
			photo[at] ^= 0xff
			answers(t, photo)
			answers(t, whole[:at])
		}
	}
}

func answers(t *testing.T, photo []byte) {
	t.Helper()
	found, err := Picture(bytes.NewReader(photo))
	if (err == nil) != (len(found) > 0) || err != nil && !fault.Is(err, fault.Invalid) {
		t.Fatalf("%v, %v", found, err)
	}
	for _, f := range found {
		if len(f.Text) < 4 || f.Text[0] != ']' || f.Kind == "" {
			t.Fatalf("%+v has no symbology identifier or no content", f)
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(asPNG(f, label(f, kit, 2)))
	f.Add(asJPEG(f, ean13(f, "96385074", 1), 50))
	f.Add(asPNG(f, qrOf(f, "https://e.example/01/05026468663361", 1)))
	f.Add(progressive(100, 100, 2))
	f.Fuzz(func(t *testing.T, photo []byte) { answers(t, photo) })
}
