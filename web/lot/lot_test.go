package lot_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
	"everykit/web/lot"
	"everykit/web/webtest"
)

var operator = staff.Operator()

// rowOf is the cells of a row of a table by its first words, as the page writes them one after the other.
func rowOf(t *testing.T, a webtest.Answer, first string) string {
	t.Helper()
	_, rest, ok := strings.Cut(a.Words(), first)
	if !ok {
		t.Fatalf("no row of %s in %.800s", first, a.Words())
	}
	return strings.TrimSpace(rest[:min(len(rest), 300)])
}

func TestSearch(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Worker)
	v.Open("/lots").Lacks(t, "On shelves")
	a := v.Open("/lots?q=01169")
	a.Says(t, ">0116917</a>", ">011691A</a>")
	a.Lacks(t, ">0115000</a>")
	// Home has 35 of 40 on its shelf, and 5 with people; what others have is not in it.
	if row := rowOf(t, a, "0116917"); !strings.Contains(row, "On shelves (kits) 35") || !strings.Contains(row, "With people (kits) 5") {
		t.Errorf("the row is %q", row)
	}
	v.Open("/lots?q=9999999").Says(t, "No lot has this in its number")
	bare := webtest.NewBare(t)
	bare.Stock()
	bare.Receive(bare.Home, "nyxoid", "0116917", "2027-06", 1, webtest.Today)
	v = bare.As(webtest.Worker)
	v.Open("/lots?q=0116917").Says(t, "Nyxoid", "Prenoxad")
	for _, code := range []string{"010502646866336117270600100116917", "(01)05026468663361(17)270600(10)0116917", "https://example.org/01/05026468663361/10/0116917?17=270600"} {
		a := v.Open("/lots?q=" + strings.NewReplacer("?", "%3F", "=", "%3D").Replace(code))
		a.Says(t, ">0116917</a>")
		a.Lacks(t, "Nyxoid", ">0117002</a>")
	}
}

func TestWhoSeesWhat(t *testing.T) {
	w := webtest.New(t)
	at := lot.Path(w.Lot)
	for who, sees := range map[string][]string{
		webtest.Worker:        {w.Home.Name},
		webtest.Acting:        {w.Home.Name},
		webtest.Device:        {w.Home.Name},
		webtest.Coordinator:   {w.Home.Name, w.Sister.Name},
		webtest.National:      {w.Home.Name, w.Sister.Name, w.Across.Name},
		webtest.Analyst:       {w.Home.Name, w.Sister.Name, w.Across.Name},
		webtest.Administrator: {w.Home.Name, w.Sister.Name, w.Across.Name, w.Abroad.Name},
	} {
		v := w.As(who)
		page, file, deliveries := v.Open(at), v.Open(at+"/trace.csv"), v.Open(at+"/deliveries.csv")
		page.Says(t, sees...)
		_, main, _ := strings.Cut(page.Body, "<main")
		for i, o := range []string{w.Home.Name, w.Sister.Name, w.Across.Name, w.Abroad.Name} {
			code := []string{"BD-01", "BD-02", "BT-01", "GG-01"}[i]
			seen := i < len(sees)
			if strings.Contains(main, o) != seen || strings.Contains(file.Body, code) != seen || (!seen && strings.Contains(deliveries.Body, code)) {
				t.Errorf("%s sees %s: %v", who, o, !seen)
			}
		}
		if elsewhere := strings.Contains(main, "Elsewhere"); elsewhere != (who != webtest.Administrator) {
			t.Errorf("%s: elsewhere is said: %v", who, elsewhere)
		}
		// The total is that of the whole lot for everybody: five outlets with 40 each.
		page.Says(t, "200 kits from suppliers")
	}
	a := w.As(webtest.Analyst).Open(at)
	a.Lacks(t, at+"/outlets/")
	w.As(webtest.Public).Get(at).Is(t, http.StatusSeeOther, "/sign-in?to=%2Flots%2F"+strconv.Itoa(w.Lot))
	w.As(webtest.Worker).Get("/lots/999999").Is(t, http.StatusNotFound, "")
	w.As(webtest.Worker).Get("/lots/x").Is(t, http.StatusNotFound, "")
}

// TestAddsUp reads the tables of the page and of the file: what was received is the sum of the rest, row by row.
func TestAddsUp(t *testing.T) {
	w := webtest.New(t)
	ctx := context.Background()
	e := webtest.NewEntry(w.Home, 2, webtest.Today-3)
	w.Must(w.Ledger.Use(ctx, operator, ledger.UseOf{Entry: e, Lot: w.Lot}))
	e = webtest.NewEntry(w.Home, 1, webtest.Today-2)
	w.Must(w.Ledger.WriteOff(ctx, operator, ledger.WriteOff{Entry: e, Lot: w.Lot, From: ledger.People, To: ledger.Spoiled}))
	e = webtest.NewEntry(w.Home, 4, webtest.Today-2)
	w.Must(w.Ledger.WriteOff(ctx, operator, ledger.WriteOff{Entry: e, Lot: w.Lot, From: ledger.Shelf, To: ledger.Destroyed, Reason: "damaged"}))

	a := w.As(webtest.Administrator).Open(lot.Path(w.Lot))
	a.Says(t, "Handed back by people: 1 kit of these")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.As(webtest.Administrator).Open(lot.Path(w.Lot)+"/trace.csv").Body, "\ufeff"))).ReadAll()
	w.Must(err)
	if got := strings.Join(rows[0], ","); got != "product,lot,area,outlet,received,shelf,held,transit,people,used,destroyed,lost,returned" {
		t.Fatalf("the columns are %s", got)
	}
	var sums [13]int
	for i, r := range rows[1:] {
		all := 0
		for c := 4; c < 13; c++ {
			n, err := strconv.Atoi(r[c])
			w.Must(err)
			if c > 4 {
				all += n
			}
			if i < len(rows)-2 {
				sums[c] += n
			} else if sums[c] != n {
				t.Errorf("the total of %s is %d, its rows sum to %d", rows[0][c], n, sums[c])
			}
		}
		if r[4] != strconv.Itoa(all) {
			t.Errorf("%v: received %s, the rest sums to %d", r, r[4], all)
		}
	}
	if last := rows[len(rows)-1]; last[2]+last[3] != "" || last[4] != "200" {
		t.Errorf("the total is %v", last)
	}
}

func TestFacts(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	until, err := civil.ParseExpiry("2028-06")
	w.Must(err)
	publish := func(n notice.Notice) {
		n.Regulator, n.IssuedOn, n.Level = "MHRA", webtest.Today-1, notice.Outlets
		n.Lines[0].Product, n.Lines[0].Number = w.Product("prenoxad"), "0116917"
		id, err := w.Notices.Save(context.Background(), operator, n)
		w.Must(err)
		_, err = w.Notices.Publish(context.Background(), operator, id, false)
		w.Must(err)
	}
	publish(notice.Notice{Number: "CHANGE/7", Title: "Good for longer", Action: notice.ChangeExpiry, Lines: []notice.Line{{NewExpiry: until}}})
	publish(notice.Notice{Number: "CHECK/8", Title: "Look for both needles", Action: notice.Check, Lines: []notice.Line{{}}})
	a := w.As(webtest.Worker).Open(lot.Path(first))
	a.Says(t, "End of June 2028", "From end of June 2027 to end of June 2028", "by notice CHANGE/7", "Notice CHECK/8", "Check in place: Look for both needles", "Notice CHANGE/7", "Change the expiry date: Good for longer", "Waiting to be checked", "24 kits", "it is good to the last day, 30 June 2028")
	w.As(webtest.Worker).Open(lot.Path(first)+"/labels").Says(t, "Notice CHECK/8 names this lot", "Use before end June 2028")
}

func TestAtOutlet(t *testing.T) {
	w := webtest.New(t)
	ctx := context.Background()
	e := webtest.NewEntry(w.Home, 1, webtest.Today)
	w.Must(w.Ledger.Supply(ctx, operator, ledger.SupplyOf{Entry: e, Lot: w.Lot, Recipient: 2, Supply: 2, Reason: 3, Card: "K-0042", ClientCode: "CANARYCODE"}))
	at := fmt.Sprintf("%s/outlets/%d", lot.Path(w.Lot), w.Home.ID)
	a := w.As(webtest.Worker).Open(at)
	a.Says(t, "K-0042", "Given out", "Family or friend", "Lost", "/entries/"+e.ID.String())
	a.Lacks(t, "CANARYCODE")
	code := w.Snap().Products()[0].Code
	file := w.As(webtest.Worker).Open(at + "/entries.csv")
	file.Says(t, "id,occurred_on,kind,product,lot,kits,from,to,other_outlet,recipient,supply,reason,card,replaces_lot,reverses",
		e.ID.String()+",2026-11-23,supply,"+code+",0116917,1,shelf,people,,family_or_friend,repeat,lost,K-0042,,")
	file.Lacks(t, "CANARYCODE")
	w.As(webtest.Neighbour).Get(at).Is(t, http.StatusForbidden, "")
	w.As(webtest.Analyst).Get(at).Is(t, http.StatusForbidden, "")

	// Fifty a page, and none of them lost or shown twice.
	for i := range 60 {
		e := webtest.NewEntry(w.Home, 1, webtest.Today-30)
		e.Note = strconv.Itoa(i)
		w.Must(w.Ledger.Receive(ctx, operator, ledger.Receipt{Entry: e, Product: w.Product(code), Lot: "0116917"}))
	}
	seen := map[string]bool{}
	pages := 0
	for next := at; next != ""; pages++ {
		a := w.As(webtest.Worker).Open(next)
		for _, part := range strings.Split(a.Body, "/entries/")[1:] {
			id, _, _ := strings.Cut(part, `"`)
			if id != "" && len(id) == 36 && seen[id] {
				t.Errorf("%s is shown twice", id)
			}
			seen[id] = len(id) == 36
		}
		next = ""
		if _, after, ok := strings.Cut(a.Body, `ek-pager__step--next" href="`); ok {
			next, _, _ = strings.Cut(after, `"`)
		}
	}
	if n := strings.Count(w.As(webtest.Worker).Open(at+"/entries.csv").Body, "\n") - 1; pages != 2 || len(seen) != n || n != 64 {
		t.Errorf("%d pages with %d entries, the file has %d", pages, len(seen), n)
	}
}

func TestJoinAndPart(t *testing.T) {
	w := webtest.NewBare(t)
	first, second, spray := w.Stock()
	typo := w.Receive(w.Sister, "prenoxad", "O116917", "2027-06", 5, webtest.Today-3)
	ada := w.As(webtest.Administrator)
	at := lot.Path(first)
	a := ada.Open(at + "/join?q=116917")
	a.Says(t, "O116917")
	a.Lacks(t, ">"+"0117002<", "NX7731")
	to := at + "/join?other=" + strconv.Itoa(typo)
	ada.Open(to).Says(t, "will be counted under 0116917", "Received (kits)", "They are one lot: join them")

	// Refusals leave all as it was.
	for _, x := range []struct {
		other int
		says  string
	}{{second, "different expiry dates"}, {spray, "Lots of two products cannot be one"}, {first, "joined to the lot already"}} {
		got := ada.Post(at+"/join", map[string][]string{"other": {strconv.Itoa(x.other)}})
		if got.Status < 400 || got.Status > 499 {
			t.Errorf("joining %d answers %d", x.other, got.Status)
		}
		got.Says(t, x.says)
	}
	ada.Post(at+"/join", map[string][]string{"other": {""}}).Says(t, "Choose the entry that is the same lot.")
	w.As(webtest.Coordinator).Get(to).Is(t, http.StatusForbidden, "")
	w.As(webtest.Coordinator).Open(at).Lacks(t, "/join")

	ada.Post(at+"/join", map[string][]string{"other": {strconv.Itoa(typo)}}).Is(t, http.StatusSeeOther, at+"?saved=joined")
	a = ada.Open(at + "?saved=joined")
	a.Says(t, "The two entries are one lot now", "Also typed as", "O116917", "29 kits from suppliers", w.Sister.Name)
	ada.Get(lot.Path(typo)).Is(t, http.StatusSeeOther, at)
	ada.Get(fmt.Sprintf("%s/outlets/%d", lot.Path(typo), w.Sister.ID)).Is(t, http.StatusSeeOther, fmt.Sprintf("%s/outlets/%d", at, w.Sister.ID))
	ada.Open(at+"/trace.csv").Says(t, "prenoxad,0116917,E09000002,BD-02,5,5,0,0,0,0,0,0,0", "prenoxad,0116917,,,29,29,0,0,0,0,0,0,0")
	if n := strings.Count(ada.Open("/lots?q=116917").Body, ">0116917</a>"); n != 1 {
		t.Errorf("the joined lot is found %d times", n)
	}

	ada.Post(at+"/part", map[string][]string{"entry": {strconv.Itoa(second)}}).Says(t, "This entry is not joined to the lot.")
	ada.Post(at+"/part", map[string][]string{"entry": {strconv.Itoa(typo)}}).Is(t, http.StatusSeeOther, at+"?saved=parted")
	a = ada.Open(at)
	a.Says(t, "24 kits from suppliers")
	a.Lacks(t, "Also typed as", w.Sister.Name)
	ada.Open(lot.Path(typo)).Says(t, "5 kits from suppliers")
}
