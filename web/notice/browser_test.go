package notice_test

import (
	"strconv"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/notice"
	"everykit/web/webtest"
)

// TestTheWholeWay is one notice from the desk of the nation to the counter and back, in a browser: written, published,
// seen on the shelf, kept from being given out, checked, given out, and seen to be answered.
func TestTheWholeWay(t *testing.T) {
	w := webtest.NewBare(t)
	lot := w.Receive(w.Home, "prenoxad", "0116917", "2027-06", 6, webtest.Today-60)
	b := w.Browse(webtest.National)
	b.Open(w.URL + "/notices")
	b.Follow(`main a[href="/notices/new"]`)
	for field, text := range map[string]string{"#title": "Needles may be missing", "#number": "NatPSA/2022/009/MHRA", "#regulator": "MHRA", "#text": "You must see two needles."} {
		b.Type(field, text)
	}
	b.Set("#issued_on", "2026-11-10")
	b.Click(`label[for="action-2"]`)
	b.Set("#paste_product", strconv.Itoa(w.Product("prenoxad")))
	b.Type("#paste", "0116917")
	b.Follow(`button[value="paste"]`)
	if got := b.Value(`[id="lines.0.lot"]`); got != "0116917" {
		t.Fatalf("the first row is %q", got)
	}
	b.Follow(`button[value="save"]`)
	b.Follow(`a[href$="/publish"]`)
	if got := b.Text("main ul"); !strings.Contains(got, "6 kits on shelves will not be given out") {
		t.Fatalf("publication is said to do %q", got)
	}
	b.Follow(".ek-actions button")
	if got := b.Text(".ek-flash"); !strings.Contains(got, "published") {
		t.Fatalf("after publishing: %q", got)
	}

	c := w.Browse(webtest.Worker)
	c.SetWidth(320)
	c.Open(w.URL + w.Path("/give-out"))
	if got := c.Text("main"); !strings.Contains(got, "0116917") {
		t.Errorf("the form says %q", got)
	}
	c.Open(w.URL + w.Path(""))
	c.Fit()
	c.Follow(".ek-callout a")
	c.Fit()
	c.Follow("form[action$='/seen'] button")
	c.Type(`[id="lots.`+strconv.Itoa(lot)+`.good"]`, "5")
	c.Type(`[id="lots.`+strconv.Itoa(lot)+`.faulty"]`, "1")
	c.Follow("form[action$='/answer'] button")
	if got := c.Text(".ek-flash"); !strings.Contains(got, "Your answer is kept") {
		t.Fatalf("after answering: %q", got)
	}
	c.Fit()
	c.Open(w.URL + w.Path("/give-out"))
	c.Type("#kits", "2")
	c.Follow(".ek-actions button")
	if got := c.Text("h1"); got != "2 kits given out" {
		t.Fatalf("after the check: %q", got)
	}
	if kits := w.At(w.Home, lot); kits[ledger.Shelf] != 3 || kits[ledger.Spoiled] != 1 {
		t.Errorf("the kits are %v", kits)
	}

	d := w.Browse(webtest.Coordinator)
	d.Open(w.URL + "/notices")
	d.Follow("main table a")
	if got := d.Text("#outlets + *"); !strings.Contains(got, "answered") || !strings.Contains(got, "5") {
		t.Errorf("the coordinator reads %q", got)
	}
	d.Fit()
}

// everything makes one of each thing that the pages show, and gives their addresses by who looks at them.
func everything(t *testing.T, w *webtest.World) map[string]map[string]string {
	t.Helper()
	leith, _ := w.Snap().OutletByCode("LO-01")
	w.Must(w.Notices.PutContact(t.Context(), w.Person(webtest.Administrator), notice.Contact{Area: leith.Area, Email: "leith@example.org"}))
	var first int
	for i, o := range w.Snap().Outlets() {
		lot := w.Receive(o, "prenoxad", "0116917", "2027-06", 24+i, webtest.Today-60)
		w.Receive(o, "prenoxad", "0117002", "2028-03", 12, webtest.Today-60)
		if o.ID == w.Home.ID {
			first = lot
		}
	}
	w.Receive(w.Home, "nyxoid", "NX7731", "31/08/2028", 30, webtest.Today-30)
	many := w.NewNotice("NatPSA/2022/009/MHRA", notice.Check, "0116917", "0117002")
	for i := range 20 {
		many.Lines = append(many.Lines, notice.Line{Product: w.Product("prenoxad"), Number: "01169" + strconv.Itoa(20+i)})
	}
	many.Class, many.Severity, many.DueOn, many.Level = 2, "Action within 48 hours", webtest.Today+5, notice.People
	check := w.Publish(many)
	w.PersonalLinks()
	links := w.PersonalLinks()
	worker := w.Person(webtest.Worker)
	w.Must(w.Notices.Answer(t.Context(), worker, notice.Answer{ID: ledger.NewID(), Notice: check, Outlet: w.Home.ID, Lots: []notice.LotAnswer{{Lot: first, Good: 20, Faulty: 2}}, Replaced: 1, Note: "two boxes were torn"}))
	withdraw := w.NewNotice("W/2", notice.Withdraw, "0117002")
	withdraw.Title, withdraw.Text = "Batch withdrawn: it may leak", ""
	gone := w.Publish(withdraw)
	change := w.NewNotice("X/1", notice.ChangeExpiry)
	change.Title = "Longer shelf life"
	until, _ := civil.ParseExpiry("2029-08")
	change.Lines = []notice.Line{{Product: w.Product("nyxoid"), Number: "NX7731", NewExpiry: until}}
	longer := w.Publish(change)
	draft := w.NewNotice("D/1", notice.ChangeExpiry, "0116917", "NEW1")
	for i := range draft.Lines {
		draft.Lines[i].NewExpiry, _ = civil.ParseExpiry("2026-01")
	}
	written, err := w.Notices.Save(t.Context(), w.Person(webtest.National), draft)
	w.Must(err)
	drill, err := w.Notices.MakeDrill(t.Context(), w.Person(webtest.National), check)
	w.Must(err)
	_, err = w.Notices.Publish(t.Context(), w.Person(webtest.National), drill, false)
	w.Must(err)
	at := func(id int) string { return "/notices/" + strconv.Itoa(id) }
	here := func(id int) string { return at(id) + "/outlets/" + strconv.Itoa(w.Home.ID) }
	return map[string]map[string]string{
		webtest.Public: {"link": links[0], "nolink": "/n/x"},
		webtest.Worker: {
			"shelf": w.Path(""), "list-worker": "/notices", "outlet-check": here(check), "outlet-withdraw": here(gone), "outlet-change": here(longer),
			"outlet-drill": here(drill), "letter-outlet": here(check) + "/letter",
		},
		webtest.Coordinator: {"list-area": "/notices", "notice-area": at(check), "release": here(gone), "contacts": "/areas/E09000002/contacts", "area": "/areas/E09000002"},
		webtest.National: {
			"list-nation": "/notices", "notice": at(check), "new": "/notices/new", "edit": at(written) + "/edit", "draft": at(written), "publish": at(written) + "/publish",
			"close": at(gone) + "/close", "drill": at(drill), "letter": at(check) + "/letter",
		},
	}
}

// TestPagesAreUsableByAll opens every page of the folder at both widths, with and without the script.
func TestPagesAreUsableByAll(t *testing.T) {
	w := webtest.NewBare(t)
	for who, list := range everything(t, w) {
		b := w.Browse(who)
		for _, path := range list {
			status := 200
			if path == "/n/x" {
				status = 404
			}
			b.Check(w.URL+path, status)
		}
	}
}

// TestTheLetterIsOneSheet prints the letter of a notice with many lots.
func TestTheLetterIsOneSheet(t *testing.T) {
	w := webtest.NewBare(t)
	pages := everything(t, w)
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + pages[webtest.Worker]["letter-outlet"])
	if _, sheets := b.PDF(); sheets != 1 {
		t.Errorf("the letter of an outlet takes %d sheets", sheets)
	}
	c := w.Browse(webtest.National)
	c.Open(w.URL + pages[webtest.National]["letter"])
	if _, sheets := c.PDF(); sheets > 2 {
		t.Errorf("the letter of all lots takes %d sheets", sheets)
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.NewBare(t)
	for who, list := range everything(t, w) {
		w.Pictures(w.Browse(who), dir, list)
	}
}
