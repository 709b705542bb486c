package lot_test

import (
	"html"
	"image"
	"image/color"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/qrcode"

	"everykit/civil"
	"everykit/gs1"
	"everykit/web/lot"
	"everykit/web/webtest"
)

var (
	codePath = regexp.MustCompile(`<svg[^>]*class="draw-code"[^>]*viewBox="0 0 (\d+) \d+"[^>]*>(?s:.*?)<path[^>]*d="([^"]*)" fill="#000"`)
	run      = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`)
)

// drawn paints the first code of a page, each module eight pixels wide.
func drawn(t *testing.T, body string) gozxing.LuminanceSource {
	t.Helper()
	m := codePath.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("there is no code in %.600s", body)
	}
	const px = 8
	side, _ := strconv.Atoi(m[1])
	img := image.NewGray(image.Rect(0, 0, side*px, side*px))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for _, r := range run.FindAllStringSubmatch(html.UnescapeString(m[2]), -1) {
		x, _ := strconv.Atoi(r[1])
		y, _ := strconv.Atoi(r[2])
		n, _ := strconv.Atoi(r[3])
		for dy := range px {
			for dx := range n * px {
				img.SetGray(x*px+dx, y*px+dy, color.Gray{})
			}
		}
	}
	return gozxing.NewLuminanceSourceFromImage(img)
}

func readBy(t *testing.T, reader gozxing.Reader, body string) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(drawn(t, body)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := reader.Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatalf("the code cannot be read: %v", err)
	}
	return got.GetText()
}

// TestLabelIsReadBack has an independent reader read what we draw: it says the product, lot and expiry of the label.
func TestLabelIsReadBack(t *testing.T) {
	w := webtest.NewBare(t)
	for number, expiry := range map[string]string{"0116917": "2028-03", "AbC-9/1": "15/03/2028", "LOT12345678901234567": "2027-02"} {
		id := w.Receive(w.Home, "prenoxad", number, expiry, 3, webtest.Today)
		until, err := civil.ParseExpiry(expiry)
		w.Must(err)
		v := w.As(webtest.Worker)
		for _, what := range []string{"stock", "sheet"} {
			body := v.Open(lot.Path(id) + "/labels/print?what=" + what).Body
			text := readBy(t, datamatrix.NewDataMatrixReader(), body)
			code, err := gs1.Parse(text, webtest.Today)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if code.GTIN != "05026468663361" || code.Lot != number || code.Expiry != until {
				t.Errorf("the label of %s, %s says %+v", number, expiry, code)
			}
		}
		link := readBy(t, qrcode.NewQRCodeReader(), v.Open(lot.Path(id)+"/labels/print?what=card").Body)
		code, err := gs1.Parse(link, webtest.Today)
		if err != nil || !strings.HasPrefix(link, w.URL+"/01/05026468663361/10/") || code.Lot != number || code.Expiry != until {
			t.Errorf("the card of %s leads to %s: %+v %v", number, link, code, err)
		}
	}
}

// TestLabelWithoutGTIN has words and a plain code that leads to the check page, and the form says why.
func TestLabelWithoutGTIN(t *testing.T) {
	w := webtest.NewBare(t)
	_, _, spray := w.Stock()
	v := w.As(webtest.Worker)
	v.Open(lot.Path(spray)+"/labels").Says(t, "number (GTIN) is not known here", "Use by 31 August 2028")
	link := readBy(t, qrcode.NewQRCodeReader(), v.Open(lot.Path(spray)+"/labels/print?what=stock").Body)
	u, err := url.Parse(link)
	w.Must(err)
	if q := u.Query(); !strings.HasPrefix(link, w.URL+"/check?") || q.Get("product") != "nyxoid" || q.Get("lot") != "NX7731" || q.Get("expiry") != "2028-08-31" {
		t.Errorf("the code leads to %s", link)
	}
	blank := w.Receive(w.Home, "prenoxad", "12 AB", "2028-03", 1, webtest.Today)
	v.Open(lot.Path(blank)+"/labels").Says(t, "cannot stand in a GS1 code")
	unknown, err := civil.ParseExpiry("")
	if err == nil && !unknown.Known {
		v.Open(lot.Path(blank)).Says(t, "12 AB")
	}
}

func TestLabelWords(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	v := w.As(webtest.Worker)
	at := lot.Path(first) + "/labels/print"
	a := v.Open(at + "?what=stock&count=3&kits=10")
	a.Says(t, "Use before end June 2027", "Lot 0116917", "10 kits, 50 doses")
	if n := strings.Count(a.Body, `class="ek-sticker"`); n != 3 {
		t.Errorf("%d labels, not 3", n)
	}
	a = v.Open(at + "?what=sheet&count=30&start=5")
	if sheets, all, free := strings.Count(a.Body, "ek-stickers--sheet"), strings.Count(a.Body, `class="ek-sticker"`), strings.Count(a.Body, `class="ek-sticker"></div>`); sheets != 2 || all != 34 || free != 4 {
		t.Errorf("%d sheets with %d labels, %d of them free", sheets, all, free)
	}
	card := v.Open(at + "?what=card")
	card.Says(t, "Check if your kit is still good", "call 999", "Use before end June 2027")
	_, main, _ := strings.Cut(card.Body, "<main")
	webtest.Lacks(t, main, webtest.Name(webtest.Worker), w.Home.Name)
	for _, bad := range []string{"?what=poster", "?what=stock&count=0", "?what=stock&count=many", "?what=sheet&start=25", "?what=stock&count=9999", "?what=stock&kits=-1"} {
		if got := v.Get(at + bad); got.Status != http.StatusUnprocessableEntity && got.Status != http.StatusBadRequest {
			t.Errorf("%s answers %d", bad, got.Status)
		} else {
			got.Says(t, "There is a problem")
		}
	}
}
