package expiry_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/expiry"
	"everykit/web/webtest"
)

func TestBoardOfAnOutlet(t *testing.T) {
	w := newWorld(t)
	worker := w.As(webtest.Worker)
	b, err := w.Expiry.Board(ctx, expiry.OfOutlet(w.Home.ID))
	w.Must(err)
	if b.Expired.Shelf != 6 || b.Soon.Shelf != 8 || b.Unused() < 8 {
		t.Fatalf("the world is not as it should be: %+v", b.Summary)
	}
	a := worker.Open(w.Path("/expiry"))
	a.Says(t, "What expires", "Expired, on the shelf", "Expire within 90 days", "expired 23 days ago", "expires in 69 days", "expiry not known", "Will expire unused",
		fmt.Sprintf(`href="%s/write-off?what=expired&amp;lot=%d&amp;kits=6"`, w.Path(""), w.old), "Write off 6 kits", `href="/lots/`+strconv.Itoa(w.keep)+`"`,
		"At most: not every use is told", "The rate is the kits of the product")
	if words := a.Words(); !strings.Contains(words, "Will expire unused "+strconv.Itoa(b.Unused())+" kits") {
		t.Errorf("the number that will expire unused is not %d: %.900s", b.Unused(), words)
	}
	// A worker learns that the other outlet would use the kits, and not how much it gives out.
	a.Says(t, "to St Anne’s hostel", "would use", "Look and confirm")
	a.Lacks(t, "a month and would use", "about 13")

	worker.Open(w.Path("/expiry?show=expired")).Lacks(t, "KEEP1</a>", "SOON1</a>")
	worker.Open(w.Path("/expiry?show=expired")).Says(t, "OLD1</a>", `aria-current="true">Expired: 1`)
	worker.Open(w.Path("/expiry?show=unknown")).Says(t, "NODATE</a>")
	worker.Open(w.Path("/expiry?show=elf&page=99")).Says(t, "KEEP1</a>", "OLD1</a>")
	worker.Open(w.Path("")).Says(t, `href="/outlets/1/expiry"`, `href="/outlets/1/reissue"`)
	worker.Open(w.Path("/write-off?what=expired&lot="+strconv.Itoa(w.old)+"&kits=6")).Says(t, `value="expired" checked`)

	// The file is the board.
	rows, err := csv.NewReader(strings.NewReader(worker.Open(w.Path("/expiry.csv")).Body)).ReadAll()
	w.Must(err)
	if !slices.Equal(rows[1], []string{"nyxoid", "OLD1", "2026-10", "expired", "6", "0", "0", "4", "1"}) || len(rows) != 5 {
		t.Errorf("the file holds %v", rows)
	}
	// Written off, it is gone from the board.
	worker.Saved(w.Path("/write-off"), "what", "expired", "lot", strconv.Itoa(w.old), "kits", "6")
	worker.Open(w.Path("/expiry")).Lacks(t, "Write off 6 kits", "To be written off")
	worker.Open(w.Path("/expiry?show=people")).Says(t, "OLD1</a>")
	worker.Open(w.Path("/expiry")).Lacks(t, "OLD1</a>")
}

func TestBoardOfNothing(t *testing.T) {
	w := webtest.NewBare(t)
	for who, path := range map[string]string{
		webtest.Worker: w.Path("/expiry"), webtest.Coordinator: "/areas/" + w.Area(w.Home).Code + "/expiry", webtest.National: "/nation/expiry",
	} {
		a := w.As(who).Open(path)
		a.Says(t, "None to write off", "nothing to draw", "There is no such lot here")
		a.Lacks(t, "NaN", "<figure")
	}
	w.As(webtest.Worker).Open(w.Path("/reissue")).Says(t, "People carry no kit from here")
	w.As(webtest.Worker).Open(w.Path("/reissue/poster")).Says(t, "No lot is to be brought back now")
	w.As(webtest.Coordinator).Get("/areas/"+w.Nation(w.Home).Code+"/expiry").Is(t, http.StatusForbidden, "")
	w.As(webtest.Administrator).Get("/areas/"+w.Nation(w.Home).Code+"/expiry").Is(t, http.StatusNotFound, "")
}

func TestBoardOfAnAuthorityAndANation(t *testing.T) {
	w := newWorld(t)
	w.far()
	a := w.As(webtest.Coordinator).Open(w.area() + "/expiry")
	a.Says(t, "Harbour Street needle exchange</a>", "St Anne’s hostel</a>", `href="/outlets/1/expiry"`, "gives out about", "Look and confirm", "Outlets with stock")
	a.Lacks(t, "Barnet outreach van", "Write off 6")
	w.As(webtest.Coordinator).Open(w.area()).Says(t, `href="`+w.area()+`/expiry"`, `href="`+w.area()+`/reissue"`)

	national := w.As(webtest.National)
	a = national.Open(w.area() + "/expiry")
	a.Says(t, "gives out about")
	a.Lacks(t, "Look and confirm") // a national team moves nothing
	a = national.Open("/nation/expiry")
	a.Says(t, "Offers between authorities", "Barnet outreach van", "The two authorities agree first", `href="`+w.area()+`/expiry"`)
	a.Lacks(t, "Clyde pharmacy", "Look and confirm", "Leith") // another nation's
	national.Open("/nation").Says(t, `href="/nation/E92000001/expiry"`)
	national.Get("/nation/S92000003/expiry").Is(t, http.StatusForbidden, "")

	analyst := w.As(webtest.Analyst).Open("/nation/expiry")
	analyst.Says(t, "Barnet outreach van")
	analyst.Lacks(t, `href="/outlets/`)
}

func TestLotsArePaged(t *testing.T) {
	w := webtest.NewBare(t)
	for i := range 60 {
		w.Receive(w.Home, "prenoxad", fmt.Sprintf("P%03d", i), "2028-03", 1, webtest.Today-9)
	}
	worker := w.As(webtest.Worker)
	first, second := worker.Open(w.Path("/expiry")), worker.Open(w.Path("/expiry?page=2"))
	first.Says(t, "P000</a>", "P049</a>", `href="/outlets/1/expiry?page=2"`, "All with stock: 60")
	first.Lacks(t, "P050</a>")
	second.Says(t, "P050</a>", "P059</a>")
	second.Lacks(t, "P049</a>")
}
