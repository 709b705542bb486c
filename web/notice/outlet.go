package notice

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// outletBody is the page at which an outlet reads a notice and answers it.
type outletBody struct {
	Path    string
	Home    string
	Do      []string // what to do, a step each
	Note    string   // what has been done already
	Facts   []page.Fact
	Text    []string
	Table   page.Table // the kits that are here, or were
	ID      string     // of the answer
	Ask     string     // heading of the form; empty where no answer is taken
	Rows    []answerRow
	Good    string // heads of the columns
	Faulty  string
	Replace bool
	Press   string
	Seen    bool // can be said to have been seen
	Done    bool
	Given   page.Table
	Release []releasable
	Letter  string
}

// answerRow is a lot in the form of an answer.
type answerRow struct {
	Lot          string
	Sub          string
	Good, Faulty string // names of the fields; Good is empty where only one number is asked for
}

// releasable is a lot whose held kits can go back on the shelf.
type releasable struct {
	Lot    int
	Number string
	Kits   int
	Key    string
}

// atOutlet shows the page.
func atOutlet(v *desk.Visit) error { return drawOutlet(v, nil, nil) }

// toldHere finds what this outlet was told of the notice.
func toldHere(v *desk.Visit) (notice.Told, error) {
	n, err := noticeOf(v)
	if err != nil {
		return notice.Told{}, err
	}
	all, err := v.Notices.ToldIn(v.Ctx(), n.ID, v.Outlet.Area)
	if err != nil {
		return notice.Told{}, err
	}
	for _, t := range all {
		if t.Outlet == v.Outlet.ID {
			return t, nil
		}
	}
	return notice.Told{}, fault.New(fault.NotFound, "this outlet was not told of this notice").Hint("it never had one of these lots")
}

func drawOutlet(v *desk.Visit, form url.Values, cause error) error {
	t, err := toldHere(v)
	if err != nil {
		return err
	}
	n := t.Notice
	lots, err := v.Notices.LotsAt(v.Ctx(), n.ID, v.Outlet.ID)
	if err != nil {
		return err
	}
	pv := v.View(title(n))
	pv.Caption = v.Outlet.Name
	pv.Crumbs = crumbs(v)
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	if n.Drill {
		pv.Warning = "This is a drill. Please do all you would do for a real notice. No kits are held back, and nothing is wrong with them."
	}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
	}
	may := v.May(staff.MoveKits)
	b := outletBody{
		Path: OutletPath(n.ID, v.Outlet.ID), Home: desk.OutletPath(v.Outlet.ID), Facts: facts(v, n), Text: paragraphs(n.Text),
		Table: hereTable(v, n, lots), Done: t.Done(), Seen: may && n.Open() && t.SeenAt.IsZero(), Letter: OutletPath(n.ID, v.Outlet.ID) + "/letter",
	}
	b.Do, b.Note = todo(n, t, lots)
	if n.Open() && may {
		b.form(n, lots)
	}
	if v.May(staff.ReleaseHold) && n.Action == notice.Withdraw && n.Bars() {
		b.Release = releases(lots)
	}
	if b.Given, err = givenTable(v, n); err != nil {
		return err
	}
	known := map[string]bool{"replaced": true, "note": true}
	for _, r := range b.Rows {
		known[r.Good], known[r.Faulty] = true, true
	}
	for i := range pv.Errors {
		if !known[pv.Errors[i].Field] {
			pv.Errors[i].Field = ""
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "outlet", pv)
}

// crumbs lead to where this person came from: their notices, or the notice as a whole.
func crumbs(v *desk.Visit) []page.Link {
	all := []page.Link{{Text: "Notices", Href: "/notices"}}
	if oversees(v) {
		return append(all, page.Link{Text: "This notice everywhere", Href: "/notices/" + v.R.PathValue("notice")})
	}
	return append(all, page.Link{Text: v.Outlet.Name, Href: desk.OutletPath(v.Outlet.ID)})
}

// todo says what to do, in as few words as there can be, and what has been done by itself.
func todo(n *notice.Notice, t notice.Told, lots []notice.LotAt) (steps []string, note string) {
	here := 0
	for _, l := range lots {
		here += l.Counts[ledger.Shelf] + l.HeldAll()
	}
	switch {
	case n.State == notice.Closed:
		return nil, "This notice is closed. There is nothing left to do."
	case t.Done():
		return nil, "You have answered. There is nothing left to do."
	}
	switch n.Action {
	case notice.Withdraw:
		steps = []string{"Do not give out kits of the lots below.", "Take them off the shelf and keep them apart.", "Tell us how many you put aside."}
		if !n.Drill && here > 0 {
			note = "We have already set these kits aside in the books."
		}
	case notice.Check:
		steps = []string{"Find the kits of the lots below.", "Check each one as the notice says.", "Leave good kits on the shelf. Keep faulty ones apart.", "Tell us how many were good and how many were faulty."}
		if !n.Drill && t.Unchecked > 0 {
			note = page.Kits(int64(t.Unchecked)) + " cannot be given out until you have checked them."
		}
	case notice.ChangeExpiry:
		steps = []string{"Look at the new dates below. Only these lots have changed.", "Go by the new date for these lots, not the one on the pack.", "Tell us that you have read this."}
	default:
		steps = []string{"Read what the notice says.", "Tell us that you have read it."}
	}
	if here == 0 && (n.Action == notice.Withdraw || n.Action == notice.Check) {
		steps = []string{"Look for kits of the lots below. Our books say that you have none.", "Tell us that you have looked."}
	}
	return steps, note
}

// form sets up the questions of the answer.
func (b *outletBody) form(n *notice.Notice, lots []notice.LotAt) {
	b.ID, b.Press = ledger.NewID().String(), "Send"
	b.Ask = "Your answer"
	b.Replace = n.Action == notice.Withdraw || n.Action == notice.Check
	switch n.Action {
	case notice.Check:
		b.Good, b.Faulty = "Good", "Faulty"
	case notice.Withdraw:
		b.Faulty = "Put aside"
	default:
		b.Press = "I have read this"
		return
	}
	for _, l := range lots {
		kits, sub := l.Counts[ledger.Shelf], "on the shelf"
		switch {
		case n.Action == notice.Withdraw && !n.Drill:
			kits, sub = l.HeldAll(), "held"
		case n.Action == notice.Check && n.Bars():
			kits, sub = l.Unchecked, "to check"
		}
		if kits == 0 {
			continue
		}
		r := answerRow{Lot: l.Lot.Number, Sub: page.Kits(int64(kits)) + " " + sub, Faulty: lotField(l.Lot.ID, "faulty")}
		if n.Action == notice.Check {
			r.Good = lotField(l.Lot.ID, "good")
		}
		b.Rows = append(b.Rows, r)
	}
	if len(b.Rows) == 0 {
		b.Press = "I have looked"
	}
}

func lotField(lot int, what string) string { return "lots." + strconv.Itoa(lot) + "." + what }

// hereTable is the kits of the notice that are at this outlet now. Lots that it only had are left out, unless there is
// nothing else to show.
func hereTable(v *desk.Visit, n *notice.Notice, lots []notice.LotAt) page.Table {
	t := page.Table{Caption: "Kits here now", Hide: true, Stack: true, Columns: page.Columns("Lot", "Expires", "#On the shelf (kits)", "#To check (kits)", "#Held (kits)"), Empty: "Our books say that none of these kits are here now."}
	checks := n.Action == notice.Check && n.Bars()
	if !checks {
		t.Columns = append(t.Columns[:3:3], t.Columns[4])
	}
	for _, l := range lots {
		if l.Counts[ledger.Shelf]+l.HeldAll() == 0 {
			continue
		}
		cells := []page.Cell{page.LinkCell(l.Lot.Number, lotPath(l.Lot.ID)).Under(desk.ProductName(v.Snap.Product(l.Lot.Product))), expiryCell(l.Lot.Expiry), page.CountCell(int64(l.Counts[ledger.Shelf]))}
		if n.Action == notice.ChangeExpiry && l.Line.Expiry.Known && l.Line.Expiry.Last != l.Lot.Expiry.Last {
			cells[1] = cells[1].Under("printed: " + l.Line.Expiry.Words())
		}
		if checks {
			cells = append(cells, someKits(l.Unchecked))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, someKits(l.HeldAll()))})
	}
	return t
}

// releases are the lots that a coordinator can put back.
func releases(lots []notice.LotAt) []releasable {
	var list []releasable
	for _, l := range lots {
		if kits := l.Counts[ledger.Held]; kits > 0 {
			list = append(list, releasable{Lot: l.Lot.ID, Number: l.Lot.Number, Kits: kits, Key: ledger.NewID().String()})
		}
	}
	return list
}

// givenTable is what this outlet has answered, the latest first.
func givenTable(v *desk.Visit, n *notice.Notice) (page.Table, error) {
	t := page.Table{Caption: "Answers so far", Hide: true, Stack: true, Columns: page.Columns("When", "By", "What was found", "Note")}
	all, err := v.Notices.Answers(v.Ctx(), n.ID, v.Outlet.Area, v.Outlet.ID)
	if err != nil || len(all) == 0 {
		return t, err
	}
	var ids []int
	for _, g := range all {
		ids = append(ids, g.Staff)
	}
	names, err := v.Staff.Names(v.Ctx(), ids...)
	if err != nil {
		return t, err
	}
	for _, g := range all {
		by := page.TextCell(names[g.Staff])
		if g.ByLink {
			by = page.TextCell("a personal link")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{on(v, g.At, ""), by, page.TextCell(foundWords(n, g)), page.TextCell(g.Note)}})
	}
	return t, nil
}

// foundWords says what an answer holds.
func foundWords(n *notice.Notice, g notice.Given) string {
	var parts []string
	switch {
	case len(g.Lots) == 0 && g.Good+g.Faulty == 0:
		parts = append(parts, "Read")
		if n.Action == notice.Check || n.Action == notice.Withdraw {
			parts[0] = "None found"
		}
	case n.Action == notice.Withdraw:
		parts = append(parts, page.Kits(int64(g.Good+g.Faulty))+" put aside")
	default:
		parts = append(parts, page.Number(int64(g.Good))+" good", page.Number(int64(g.Faulty))+" faulty")
	}
	if g.Replaced > 0 {
		parts = append(parts, page.Number(int64(g.Replaced))+" replaced")
	}
	return strings.Join(parts, ", ")
}
