package notice

import (
	"net/http"
	"net/url"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// publishBody is the page between a draft and everybody.
type publishBody struct {
	Path      string
	Does      []string // what publication does, a sentence each
	Careful   []string // what to look at first
	Outlets   page.Table
	Unused    page.Table
	Expiries  page.Table
	Shortened []string
	Press     string
}

// mostShown bounds a list on a page; the file has all.
const mostShown = 200

func previewPage(v *desk.Visit) error { return drawPreview(v, nil, nil) }

// publish publishes what was seen on the page before.
func publish(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		return drawPreview(v, form, fault.New(fault.Invalid, "nothing was published").Hint("read the page, then press the button at the end"))
	}
	if _, err := v.Notices.Publish(v.Ctx(), v.Who, n.ID, form.Get("shortened") == "yes"); err != nil {
		if fault.Is(err, fault.Conflict) {
			return v.Go(Path(n.ID) + "?saved=already")
		}
		return drawPreview(v, form, err)
	}
	return v.Go(Path(n.ID) + "?saved=published")
}

func drawPreview(v *desk.Visit, form url.Values, cause error) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	if n.State != notice.Draft {
		return v.Go(Path(n.ID))
	}
	p, err := v.Notices.Preview(v.Ctx(), v.Who, n.ID)
	if err != nil {
		return err
	}
	pv := v.View("Publish this notice?")
	pv.Caption = title(n)
	pv.Wide = true
	pv.Crumbs = []page.Link{{Text: "Notices", Href: "/notices"}, {Text: title(n), Href: Path(n.ID)}}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		for i, e := range pv.Errors {
			if e.Field != "shortened" {
				pv.Errors[i].Field = ""
			}
		}
	}
	b := publishBody{Path: Path(n.ID), Does: does(p), Careful: careful(v, p), Outlets: touchedTable(v, p), Unused: unusedTable(v, p), Expiries: mismatchTable(v, p), Press: "Publish now"}
	if n.Drill {
		b.Press = "Start the drill"
	}
	for _, l := range p.Shortened {
		b.Shortened = append(b.Shortened, l.Number+": "+l.NewExpiry.Words())
	}
	pv.Body = b
	return pages.Render(v.W, status, "publish", pv)
}

// does says in sentences what publication does at once.
func does(p notice.Preview) []string {
	sum, n := p.Sum(), p.Notice
	shelf := page.Kits(int64(sum[ledger.Shelf]))
	var list []string
	add := func(s string) { list = append(list, s) }
	switch {
	case n.Drill:
		add("This is a drill. No kit is held, and no date is changed. Everybody is asked to act as if it were real.")
	case n.Action == notice.Withdraw:
		add(shelf + " on shelves will be held at once. Kits that arrive later will be held too, until a coordinator releases them.")
	case n.Action == notice.Check:
		add(shelf + " on shelves will not be given out until each outlet has checked them.")
	case n.Action == notice.ChangeExpiry:
		add(page.Plural(int64(len(n.Lines)), "lot gets", "lots get") + " a new expiry date. The old one is kept.")
	default:
		add("Nothing happens to the kits. Outlets are asked to read the notice.")
	}
	add(page.Plural(int64(len(p.Outlets)), "outlet", "outlets") + " will see it: those that ever had one of these lots, and those that are waiting for some.")
	if kits := coming(p); kits > 0 {
		add(page.Kits(int64(kits)) + " of these lots are on the way between outlets, in " + page.Plural(int64(len(p.OnTheWay)), "delivery", "deliveries") + ".")
	}
	if out := sum[ledger.People]; out > 0 {
		add("Up to " + page.Kits(int64(out)) + " are with people. Nobody knows who they are. They can look up their kit on the public page.")
	}
	add(page.Plural(int64(p.Letters), "letter goes", "letters go") + " by e-mail to people with an account, and " + page.Plural(int64(p.Links), "letter", "letters") + " with a personal link to those without.")
	return list
}

func coming(p notice.Preview) int {
	kits := 0
	for _, t := range p.OnTheWay {
		kits += t.Kits
	}
	return kits
}

// careful says what to look at before it is too late.
func careful(v *desk.Visit, p notice.Preview) []string {
	var list, nobody, unreached []string
	elsewhere := 0
	for _, t := range p.Outlets {
		switch {
		case !t.Unreached():
		case seesArea(v, t.Area):
			nobody = append(nobody, outletName(v, t.Outlet)+", "+areaName(v, t.Area))
		default:
			elsewhere++
		}
	}
	if elsewhere > 0 {
		list = append(list, "We cannot write to "+page.Plural(int64(elsewhere), "outlet", "outlets")+" of other nations. Tell those who are responsible there.")
	}
	for _, u := range p.Unused {
		if !u.Linked {
			unreached = append(unreached, areaName(v, u.Area))
		}
	}
	if len(nobody) > 0 {
		list = append(list, "We cannot write to "+page.Plural(int64(len(nobody)), "outlet", "outlets")+": "+some(nobody)+". No account and no address is known. Phone them.")
	}
	if len(unreached) > 0 {
		list = append(list, page.Plural(int64(len(unreached)), "authority has", "authorities have")+" no outlet here and no address that we know: "+some(unreached)+".")
	}
	if len(p.Never) > 0 {
		var lots []string
		for _, l := range p.Never {
			lots = append(lots, l.Number)
		}
		list = append(list, page.Plural(int64(len(lots)), "lot has", "lots have")+" never been received here: "+some(lots)+". Check that the "+numberWord(len(lots))+" right.")
	}
	return list
}

func numberWord(n int) string {
	if n == 1 {
		return "number is"
	}
	return "numbers are"
}

// some names up to eight of many.
func some(names []string) string {
	const most = 8
	if len(names) <= most {
		return strings.Join(names, "; ")
	}
	return strings.Join(names[:most], "; ") + " and " + page.Number(int64(len(names)-most)) + " more"
}

// touchedTable is who is told, and what they have.
func touchedTable(v *desk.Visit, p notice.Preview) page.Table {
	shelf := "#On the shelf (kits)"
	if p.Notice.Bars() {
		shelf = map[notice.Action]string{notice.Withdraw: "#To be held (kits)", notice.Check: "#To be checked (kits)"}[p.Notice.Action]
	}
	t := page.Table{
		Caption: "Outlets that are told", Hide: true, Stack: true, Columns: page.Columns("Outlet", shelf, "#Held already (kits)", "#Coming (kits)", "#With people, at most (kits)", "Told by"),
		Empty: "No outlet here ever had one of these lots.",
	}
	var elsewhere ledger.Counts
	others, more, kits := 0, 0, 0
	for _, o := range p.Outlets {
		if !seesArea(v, o.Area) {
			elsewhere, others, kits = elsewhere.Plus(o.Counts), others+1, kits+o.Coming
			continue
		}
		if len(t.Rows) == mostShown {
			more++
			continue
		}
		name := page.TextCell(outletName(v, o.Outlet)).Under(areaName(v, o.Area))
		if o.Closed {
			name = name.Tagged(page.Tag{Text: "closed", Tone: page.Quiet})
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			name, page.CountCell(int64(o.Counts[ledger.Shelf])), someKits(o.HeldAll()), someKits(o.Coming), someKits(o.Counts[ledger.People]), toldBy(o),
		}})
	}
	if more > 0 {
		t.Note = "And " + page.Plural(int64(more), "more outlet", "more outlets") + "."
	}
	if others > 0 {
		t.Rows = append(t.Rows, page.Row{Quiet: true, Cells: []page.Cell{
			page.TextCell("Elsewhere").Under(page.Plural(int64(others), "outlet", "outlets") + " that you do not see one by one"), page.CountCell(int64(elsewhere[ledger.Shelf])),
			someKits(elsewhere.HeldAll()), someKits(kits), someKits(elsewhere[ledger.People]),
			{},
		}})
	}
	if len(p.Outlets) > 1 {
		sum := p.Sum()
		t.Rows = append(t.Rows, page.Row{Total: true, Cells: []page.Cell{
			page.TextCell("All outlets"), page.CountCell(int64(sum[ledger.Shelf])), page.CountCell(int64(sum.HeldAll())), page.CountCell(int64(coming(p))), page.CountCell(int64(sum[ledger.People])), {},
		}})
	}
	return t
}

func toldBy(t notice.Touched) page.Cell {
	var ways []string
	if t.Workers > 0 {
		ways = append(ways, page.Plural(int64(t.Workers), "account", "accounts"))
	}
	if t.Linked {
		ways = append(ways, "a personal link")
	}
	if len(ways) == 0 {
		return page.TagCell(page.Tag{Text: "nobody", Tone: page.Bad})
	}
	return page.TextCell(strings.Join(ways, ", "))
}

// unusedTable is the authorities that do not use the ledger, and how they are told.
func unusedTable(v *desk.Visit, p notice.Preview) page.Table {
	t := page.Table{Caption: "Authorities without an outlet here", Hide: true, Stack: true, Columns: page.Columns("Authority", "Told by")}
	for i, u := range p.Unused {
		if i == mostShown {
			t.Note = "And " + page.Number(int64(len(p.Unused)-mostShown)) + " more."
			break
		}
		by := page.TextCell("a personal link")
		if !u.Linked {
			by = page.TagCell(page.Tag{Text: "nobody", Tone: page.Quiet})
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(areaName(v, u.Area)), by}})
	}
	return t
}

// mismatchTable is the lots whose expiry here is not that of the notice.
func mismatchTable(v *desk.Visit, p notice.Preview) page.Table {
	t := page.Table{Caption: "Expiry dates that differ", Hide: true, Stack: true, Columns: page.Columns("Lot", "In the notice", "Here")}
	if p.Notice.Action != notice.ChangeExpiry {
		t.Note = "Ours stay as they are. If the notice is right, correct the lot."
	}
	for _, m := range p.Mismatches {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(m.Number, lotPath(m.Ours.ID)).Under(desk.ProductName(v.Snap.Product(m.Product))), expiryCell(m.Expiry), expiryCell(m.Ours.Expiry),
		}})
	}
	return t
}
