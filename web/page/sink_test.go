package page_test

import (
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"everykit/civil"
	"everykit/draw"
	"everykit/fault"
	"everykit/web/browser"
	"everykit/web/frontend"
	"everykit/web/page"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

var today = civil.On(2026, 11, 23)

// sink is what the page with everything on it shows.
type sink struct {
	Deeds   []page.Deed
	Figures []page.Figure
	Lots    []page.Option
	Ticked  []string
	Shelf   page.Table
	Months  page.Table
	None    page.Table
	Chart   page.Chart
	Facts   []page.Fact
	Expiry  civil.Expiry
	Pager   page.Pager
}

func sinkBody() sink {
	soon, red := page.Tag{Text: "expires in 20 days", Tone: page.Soon}, page.Tag{Text: "expired 3 days ago", Tone: page.Bad}
	shelf := page.Table{
		Caption: "On the shelf", Stack: true, CSV: "/shelf.csv", Note: "Kits held are not usable.",
		Columns: page.Columns("Lot", "#On hand (kits)", "#Usable (kits)", "Expires"),
		Rows: []page.Row{
			{Cells: []page.Cell{page.LinkCell("0116917", "/lots/1").Under("Prenoxad 2 mg/2 ml"), page.CountCell(1234).Under("6,170 doses"), page.CountCell(1200), page.TextCell("15 December 2026").Tagged(soon)}},
			{Quiet: true, Cells: []page.Cell{page.LinkCell("B22<b>", "/lots/2"), page.CountCell(3), page.CountCell(0), page.TextCell("20 November 2026").Tagged(red)}},
			{Total: true, Cells: []page.Cell{page.TextCell("All lots"), page.CountCell(1237), page.CountCell(1200), {}}},
		},
	}
	months := page.Table{Caption: "Kits by month", CSV: "/months.csv"}
	months.Columns = page.Columns("Outlet", "#Apr 2026", "#May 2026", "#Jun 2026", "#Jul 2026", "#Aug 2026", "#Sep 2026", "#All")
	for _, name := range []string{"Harbour Street needle exchange", "St Anne’s hostel", "Peer network"} {
		r := page.Row{Cells: []page.Cell{page.LinkCell(name, "/outlets/1")}}
		for i := range 7 {
			r.Cells = append(r.Cells, page.CountCell(int64(100*i+12)))
		}
		months.Rows = append(months.Rows, r)
	}
	at, _ := url.Parse("/card?outlet=3&page=4")
	return sink{
		Deeds: []page.Deed{
			{Label: "Give out", Hint: "24 usable kits here", Href: "/give", First: true},
			{Label: "Receive", Href: "/receive"},
			{Label: "Send", Href: "/send"},
			{Label: "Arrived", Href: "/arrive", Hint: "1 on the way"},
			{Label: "Used", Href: "/use"},
			{Label: "Handed back", Href: "/back"},
			{Label: "Write off", Href: "/off"},
			{Label: "Count", Href: "/count"},
			{Label: "Turned away", Href: "/unmet"},
		},
		Figures: []page.Figure{
			{Label: "On hand", Value: "1,237", Unit: "kits", Beside: "6,185 doses", Definition: "on-hand", Href: "/card"},
			{Label: "Held", Value: "0", Unit: "kits"},
			{Label: "Expired", Value: "3", Unit: "kits", Tone: page.Bad, Definition: "expired"},
			{Label: "Usable", Value: "1,200", Unit: "kits", Tone: page.Good},
			{Label: "Coverage", Beside: "No estimate of people who use opiates", State: "no_denominator", Definition: "coverage"},
		},
		Lots: []page.Option{
			{Value: "A1", Label: "0116917, Prenoxad", Hint: "24 usable, expires December 2027"},
			{Value: "B2", Label: "B22, Nyxoid", Hint: "3 left", Tag: &soon},
			{Value: "C3", Label: "C31, Nyxoid", Hint: "Held: notice 7", Disabled: true, Tag: &red},
		},
		Ticked: []string{"B2"},
		Shelf:  shelf, Months: months, None: page.Table{Caption: "On the way", Empty: "Nothing is on the way here."},
		Chart: page.Drawing(draw.Columns(draw.Chart{
			ID: "c", Title: "More kits given out each month", Subtitle: "Kits, Barking, 2026", Labels: []string{"Apr 2026", "May 2026", "Jun 2026"},
			Series: []draw.Series{{Name: "Given out", Values: []float64{12, math.NaN(), 40}, States: []draw.State{"", "no_reply", ""}}},
		}), months),
		Facts: []page.Fact{
			{Key: "Lot", Value: page.TextCell("0116917").Under("Prenoxad")},
			{Key: "Expires", Value: page.TextCell("December 2026").Tagged(soon), Action: page.Link{Text: "Change", Href: "/lots/1/expiry"}},
		},
		Expiry: civil.ExpiresOn(civil.On(2026, 12, 13)),
		Pager:  page.Paginate("Stock card", 4, 9, at),
	}
}

func shell() *page.Shell {
	return &page.Shell{
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})), Demo: true, Version: "1.0",
		Today: func() civil.Date { return today },
		Person: func(r *http.Request) *page.Person {
			if r.URL.Query().Has("public") {
				return nil
			}
			return &page.Person{
				Name: "Amina Yusuf", Role: "Worker", Place: "Harbour Street needle exchange", Home: "/sink",
				Nav: []page.Link{{"Outlet", "/sink"}, {"Day sheet", "/sheet"}, {"Stock card", "/card"}, {"Barking and Dagenham", "/areas/E09000002"}},
			}
		},
	}
}

var pages = page.MustParse(os.DirFS("testdata"), "*.html")

// site serves the page with everything on it: fresh, with errors, done, and broken.
func site(t *testing.T, s *page.Shell) string {
	t.Helper()
	if err := frontend.Missing(); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(frontend.Prefix, frontend.Handler())
	mux.Handle("GET /sink", s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		v := s.View(r, "Harbour Street")
		v.Caption, v.Crumbs = "Outlet", []page.Link{{"England", "/nation"}, {"Barking and Dagenham", "/areas/E09000002"}}
		v.Wide = r.URL.Query().Has("wide")
		v.Flash, v.Warning, v.Body = "2 kits given out.", "3 kits on this shelf are expired.", sinkBody()
		return pages.Render(w, http.StatusOK, "sink", v)
	}))
	mux.Handle("POST /sink", s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		v := s.View(r, "Give out kits")
		v.Back, v.Body = page.Link{Href: "/sink"}, sinkBody()
		if err := r.ParseForm(); err != nil {
			return err
		}
		err := fault.List{
			fault.New(fault.Refused, "Harbour Street has 24 kits of lot 0116917 on 23 November 2026; 30 are asked for: 6 too few.").At("kits").Hint("Give out 24, or pick another lot too."),
			fault.New(fault.Invalid, "Pick a lot.").At("lot"),
			fault.New(fault.Invalid, "13/2026 is not an expiry date.").At("expiry"),
			fault.New(fault.Invalid, "Type a number of kits in row 1.").At("kits-1"),
			fault.New(fault.Conflict, "Somebody else has counted this shelf just now."),
		}
		if !v.Fail(err, r.PostForm) {
			return err
		}
		return pages.Render(w, page.Status(err), "sink", v)
	}))
	mux.Handle("GET /done", s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		v := s.View(r, "Given out")
		v.Body = page.Panel{Title: "2 kits given out", Text: "Lot 0116917, 10 doses", Links: []page.Link{{"Give out more", "/sink"}, {"Back to the shelf", "/sink"}}}
		return pages.Render(w, http.StatusOK, "done", v)
	}))
	mux.Handle("GET /refused", s.Handle(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Forbidden, "This outlet is not yours.").Hint("Ask your coordinator.")
	}))
	server := httptest.NewServer(page.Gzip(mux))
	t.Cleanup(server.Close)
	return server.URL
}

func TestEverythingIsUsable(t *testing.T) {
	home := site(t, shell())
	b := browser.Start(t)
	b.Check(home+"/sink", http.StatusOK)
	b.Check(home+"/sink?public", http.StatusOK)
	b.Check(home+"/done", http.StatusOK)
	b.Check(home+"/refused", http.StatusForbidden)
}

// TestBetweenTheWidths looks at windows where the layout changes.
func TestBetweenTheWidths(t *testing.T) {
	home := site(t, shell())
	b := browser.Start(t)
	for _, path := range []string{"/sink", "/sink?wide"} {
		for _, w := range []int{280, 400, 641, 700, 769, 900, 1023, 1024, 1100, 1263, 1264, 1600} {
			b.SetWidth(w)
			b.Open(home + path)
			if s := b.Sideways(); s != "" {
				t.Errorf("%s at %d: %s", path, w, s)
			}
			want := min(w-32, 960)
			if path == "/sink?wide" {
				want = min(w-32, 1200)
			}
			if w >= 769 {
				want = min(w-64, want)
			}
			if got := browser.Eval[int](b, "document.querySelector('main').clientWidth"); got != want {
				t.Errorf("%s at %d: the words are %d px wide, want %d", path, w, got, want)
			}
		}
	}
}

func TestErrorsLeadToTheirFields(t *testing.T) {
	home := site(t, shell())
	b := browser.Start(t)
	for _, w := range browser.Widths {
		b.SetWidth(w)
		b.Open(home + "/sink")
		b.Type("#note", "kept as typed")
		b.Follow("form[action='/sink'] button[type=submit]:not([name])")
		b.Fit()
		if got := b.Value("#note"); got != "kept as typed" {
			t.Errorf("typed words came back as %q", got)
		}
		if got := browser.Eval[string](b, dangling); got != "" {
			t.Errorf("the error summary leads nowhere: %s", got)
		}
		if got := browser.Eval[int](b, "document.querySelectorAll('.nhsuk-error-summary__list a').length"); got != 4 {
			t.Errorf("%d links in the error summary, want 4", got)
		}
	}
}

// dangling lists links of the error summary that lead to no field.
const dangling = `[...document.querySelectorAll('.nhsuk-error-summary__list a')].map(a => a.getAttribute('href'))
	.filter(h => !document.querySelector(h)?.matches('input, select, textarea')).join(' ')`

// TestPictures writes what a person looks at before a change of style is taken, where EVERYKIT_PICTURES names a folder.
func TestPictures(t *testing.T) {
	dir := os.Getenv("EVERYKIT_PICTURES")
	if dir == "" {
		dir = t.TempDir()
	}
	home := site(t, shell())
	b := browser.Start(t)
	for _, w := range browser.Widths {
		b.SetWidth(w)
		for name, path := range map[string]string{"sink": "/sink", "public": "/sink?public", "done": "/done", "refused": "/refused"} {
			b.Open(home + path)
			b.Screenshot(filepath.Join(dir, name+"-"+strconv.Itoa(w)+".png"))
		}
		b.Open(home + "/sink")
		b.Follow("form[action='/sink'] button[type=submit]:not([name])")
		b.Screenshot(filepath.Join(dir, "errors-"+strconv.Itoa(w)+".png"))
	}
}
