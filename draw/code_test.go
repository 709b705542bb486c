package draw

import (
	"fmt"
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	zxdatamatrix "github.com/makiuchi-d/gozxing/datamatrix"
	zxqr "github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/fault"
	"everykit/gs1"
)

// printed rasterises a drawn code as a printer does: its path, a number of dots for each module.
func printed(t interface {
	Helper()
	Fatalf(string, ...any)
}, svg string, dots int,
) *image.Gray {
	t.Helper()
	var side int
	var paths []string
	for _, n := range parse(t, svg) {
		switch n.name {
		case "svg":
			if _, err := fmt.Sscanf(n.attr["viewBox"], "0 0 %d", &side); err != nil {
				t.Fatalf("viewBox: %v", err)
			}
		case "path":
			paths = append(paths, n.attr["d"])
		}
	}
	if len(paths) != 2 {
		t.Fatalf("%d paths, want the ground and the modules", len(paths))
	}
	img := image.NewGray(image.Rect(0, 0, side*dots, side*dots))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	run := regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
	if rest := run.ReplaceAllString(paths[1], ""); rest != "" {
		t.Fatalf("the path has something else in it: %q", rest)
	}
	for _, p := range run.FindAllStringSubmatch(paths[1], -1) {
		x, _ := strconv.Atoi(p[1])
		y, _ := strconv.Atoi(p[2])
		n, _ := strconv.Atoi(p[3])
		if p[3] != p[4] || x+n > side || y >= side {
			t.Fatalf("a run that does not close or leaves the picture: %s", p[0])
		}
		for dy := range dots {
			for dx := range n * dots {
				img.SetGray(x*dots+dx, y*dots+dy, color.Gray{})
			}
		}
	}
	return img
}

// readBack reads a drawn code with a reader of another house. Its search for the corners of a QR code fails for one in fifty
// even on a faultless print, so it may be told that there is nothing else in the picture; the reading is its own.
func readBack(t interface {
	Helper()
	Fatalf(string, ...any)
}, reader gozxing.Reader, svg string,
) (text, id string) {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(printed(t, svg, 4))
	if err != nil {
		t.Fatalf("%v", err)
	}
	found, err := reader.Decode(bits, nil)
	if err != nil {
		found, err = reader.Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	}
	if err != nil {
		t.Fatalf("the other reader cannot read it: %v", err)
	}
	id, _ = found.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	return found.GetText(), id
}

func TestDataMatrixIsReadByAnotherReader(t *testing.T) {
	letters := []rune("ABCXYZabc0123456789-/.+_()")
	rapid.Check(t, func(t *rapid.T) {
		code := gs1.Code{
			GTIN:   "05026468663361",
			Lot:    rapid.StringOfN(rapid.SampledFrom(letters), 1, 20, -1).Draw(t, "lot"),
			Serial: rapid.StringOfN(rapid.SampledFrom(letters), 0, 20, -1).Draw(t, "serial"),
			Expiry: civil.ExpiresIn(civil.MonthOf(2028, time.Month(rapid.IntRange(1, 12).Draw(t, "month")))),
			Count:  rapid.IntRange(0, 500).Draw(t, "count"),
		}
		elements, err := code.Elements()
		if err != nil {
			t.Fatal(err)
		}
		svg, err := DataMatrix(elements, CodeStyle{Title: "Lot " + code.Lot, Millimetres: 18})
		if err != nil {
			t.Fatal(err)
		}
		text, id := readBack(t, zxdatamatrix.NewDataMatrixReader(), svg)
		if id != "]d2" {
			t.Fatalf("read as %s, want a GS1 DataMatrix", id)
		}
		if text != gs1.Separator+elements {
			t.Fatalf("read %q, want FNC1 and %q", text, elements)
		}
		back, err := gs1.Parse(id+text, civil.On(2026, time.November, 23))
		if err != nil || back.Lot != code.Lot || back.Serial != code.Serial || back.Expiry != code.Expiry || back.Count != code.Count || back.GTIN != code.GTIN {
			t.Fatalf("%q: %+v, %v; want %+v", text, back, err, code)
		}
	})
}

func TestDataMatrixOfEverySize(t *testing.T) {
	for n := 1; n <= mostElements-2; n += 7 {
		elements := "91" + strings.Repeat("aB/", 60)[:n]
		svg, err := DataMatrix(elements, CodeStyle{})
		if err != nil {
			t.Fatal(n, err)
		}
		if text, id := readBack(t, zxdatamatrix.NewDataMatrixReader(), svg); text != gs1.Separator+elements || id != "]d2" {
			t.Errorf("%d letters: read %s%q", n, id, text)
		}
	}
}

func TestQRIsReadByAnotherReader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		link := gs1.Code{GTIN: "05026468663361", Lot: rapid.StringN(1, 30, 40).Draw(t, "lot")}.Link("https://everykit.example")
		if n := rapid.IntRange(0, 300).Draw(t, "more"); n > 0 {
			link += "?note=" + strings.Repeat("a%20b", n)[:n]
		}
		svg, err := QR(link, CodeStyle{Title: "The page of this lot"})
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := readBack(t, zxqr.NewQRCodeReader(), svg); text != link {
			t.Fatalf("read %q, want %q", text, link)
		}
	})
}

func TestCodeMarkup(t *testing.T) {
	svg, err := DataMatrix("10A", CodeStyle{Title: `Lot "A" <b>`, Millimetres: 12.34})
	if err != nil {
		t.Fatal(err)
	}
	root := parse(t, svg)[1]
	for name, want := range map[string]string{"width": "12.3mm", "height": "12.3mm", "role": "img", "aria-label": `Lot "A" <b>`, "shape-rendering": "crispEdges"} {
		if root.attr[name] != want {
			t.Errorf("%s is %q, want %q", name, root.attr[name], want)
		}
	}
	bare, err := QR("HTTPS://EVERYKIT.EXAMPLE", CodeStyle{})
	if err != nil {
		t.Fatal(err)
	}
	if root := parse(t, bare)[1]; root.attr["width"] != "" || strings.Contains(bare, "<title>") {
		t.Errorf("no size and no title were asked for: %.120s", bare)
	}
}

func TestCodesRefuse(t *testing.T) {
	for _, c := range []string{"", "10A B", "10Ä", "10A\n", strings.Repeat("1", mostElements+1)} {
		if svg, err := DataMatrix(c, CodeStyle{}); !fault.Is(err, fault.Invalid) || svg != "" {
			t.Errorf("DataMatrix %.20q: %v", c, err)
		}
	}
	for _, c := range []string{"", "Ä", "a\n", strings.Repeat("a", mostQR+1)} {
		if svg, err := QR(c, CodeStyle{}); !fault.Is(err, fault.Invalid) || svg != "" {
			t.Errorf("QR %.20q: %v", c, err)
		}
	}
	if _, err := QR(strings.Repeat("a", mostQR), CodeStyle{}); err != nil {
		t.Errorf("as long as may be: %v", err)
	}
}
