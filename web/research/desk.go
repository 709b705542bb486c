package research

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// shelfPage is where the shelf is kept.
type shelfPage struct {
	Figures    []page.Figure
	Deeds      []page.Deed
	Pills      []pill
	Items      page.Table
	Pager      page.Pager
	Highlights page.Table
}

type pill struct {
	Text, Href string
	Here       bool
}

// flashes are what was just done, by what an address says.
var flashes = map[string]string{
	"added": "Added. Everybody can read it when you accept it.", "public": "Added. Everybody can read it now.", "saved": "Saved.", "accepted": "Accepted. Everybody can read it now.",
	"hidden": "Hidden. Only the team can see it.", "joined": "Joined. The address of the other leads here.", "highlighted": "Highlighted.", "ended": "No longer highlighted.",
	"taken": "Taken up. Fill in what is missing, then accept it.", "known": "Decided: it is here already.", "declined": "Declined.",
}

// states are those of items, in the order to show them.
var states = []struct {
	key, words string
	state      library.State
}{
	{"proposed", "Proposed", library.Proposed}, {"accepted", "Public", library.Accepted}, {"hidden", "Hidden", library.Hidden}, {"all", "All", 0},
}

var tones = map[library.State]page.Tone{library.Proposed: page.Soon, library.Accepted: page.Good, library.Hidden: page.Quiet}

func stateTag(s library.State) page.Tag {
	for _, one := range states {
		if one.state == s {
			return page.Tag{Text: strings.ToLower(one.words), Tone: tones[s]}
		}
	}
	return page.Tag{}
}

// view begins a page of the shelf.
func view(v *desk.Visit, title string) page.View {
	pv := v.View(title)
	pv.Caption = "Research library"
	pv.Crumbs = []page.Link{{Text: "Research library", Href: shelf}}
	pv.Flash = flashes[v.R.URL.Query().Get("done")]
	return pv
}

const perPage = 50 // as library.List has it

// keep is the shelf: what waits, and the items of a state or those that words find.
func keep(v *desk.Visit) error {
	form := v.R.URL.Query()
	waiting, err := v.Library.Queue(v.Ctx(), v.Who, library.Waiting)
	if err != nil {
		return err
	}
	counts := map[library.State]int{}
	for _, s := range states {
		if _, counts[s.state], err = v.Library.List(v.Ctx(), v.Who, s.state, 1); err != nil {
			return err
		}
	}
	b := shelfPage{
		Figures: []page.Figure{
			{Label: "Suggestions to decide on", Value: page.Number(int64(len(waiting))), Href: queuePath},
			{Label: "Proposed", Value: page.Number(int64(counts[library.Proposed])), Href: shelf + "?show=proposed"},
			{Label: "Public", Value: page.Number(int64(counts[library.Accepted])), Href: shelf + "?show=accepted"},
		},
		Deeds: []page.Deed{
			{Label: "Add by typing", Hint: "Or by a DOI or a PubMed number", Href: newPath},
			{Label: "Add from a file", Hint: "RIS, BibTeX, PubMed XML, CSL-JSON or CSV", Href: filePath},
			{Label: "See what everybody sees", Href: at},
		},
		Items: page.Table{Caption: "Items", Hide: true, Stack: true, Columns: page.Columns("Title", "State", "Changed"), Empty: "There is none."},
	}
	if len(waiting) > 0 {
		b.Figures[0].Tone = page.Notice
	}
	show, n := form.Get("show"), numberOf(form.Get("page"))
	if show == "" {
		show = "proposed"
		if counts[library.Proposed] == 0 {
			show = "accepted"
		}
	}
	words := strings.TrimSpace(form.Get("q"))
	var items []library.Item
	total := 0
	for _, s := range states {
		here := words == "" && s.key == show
		b.Pills = append(b.Pills, pill{s.words + " (" + page.Number(int64(counts[s.state])) + ")", shelf + "?show=" + s.key, here})
		if here {
			if items, total, err = v.Library.List(v.Ctx(), v.Who, s.state, n); err != nil {
				return err
			}
		}
	}
	if words != "" {
		found, err := v.Library.Search(v.Ctx(), library.Query{Words: words, Page: n, PerPage: perPage})
		if err != nil {
			return err
		}
		total, n = found.Total, found.Page
		for _, h := range found.Hits {
			items = append(items, h.Item)
		}
	}
	for i := range items {
		it := &items[i]
		state := stateTag(it.State)
		b.Items.Rows = append(b.Items.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(it.Title, itemsPath+it.Key).Under(aboutLine(it)), {Tag: &state}, page.TextCell(v.Ledger.Day(it.ChangedAt).Words()),
		}})
	}
	b.Pager = page.Paginate("Items", n, (total+perPage-1)/perPage, v.R.URL)
	if b.Highlights, err = highlights(v); err != nil {
		return err
	}
	pv := view(v, "Research library")
	pv.Caption, pv.Crumbs, pv.Form, pv.Body = "", nil, form, b
	return pages.Render(v.W, http.StatusOK, "shelf", pv)
}

func numberOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1
	}
	return min(max(n, 1), 1<<20)
}

func highlights(v *desk.Visit) (page.Table, error) {
	t := page.Table{Caption: "Highlights", Hide: true, Stack: true, Columns: page.Columns("#Place", "Title", "From", "Until"), Empty: "Nothing is highlighted. Open an item that is public to highlight it."}
	list, err := v.Library.AllHighlights(v.Ctx(), v.Who)
	for i := range list {
		h := &list[i]
		until := "no end"
		if h.Until != civil.None {
			until = h.Until.Words()
		}
		t.Rows = append(t.Rows, page.Row{
			Quiet: h.Until != civil.None && h.Until < v.Ledger.Today(),
			Cells: []page.Cell{page.CountCell(int64(h.Place)), page.LinkCell(h.Item.Title, itemsPath+h.Item.Key+"#highlight").Under(h.Words), page.TextCell(h.From.Words()), page.TextCell(until)},
		})
	}
	return t, err
}

// newForm is the form of a new item.
func newForm(v *desk.Visit) error { return drawNew(v, nil, nil, "") }

// add looks a number up, or puts what was typed on the shelf.
func add(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("do") == "look" {
		found, err := v.Library.LookUp(v.Ctx(), v.Who, form.Get("number"))
		if err != nil {
			return drawNew(v, form, asRefusal(err), "")
		}
		filled := formOf(found)
		filled.Set("number", form.Get("number"))
		return drawNew(v, filled, nil, "Found. Look it over, write the plain words, and add it. Nothing is stored yet.")
	}
	it, err := itemOf(form)
	if err == nil {
		it.State = library.Proposed
		if form.Get("do") == "public" {
			it.State = library.Accepted
		}
		err = v.Library.Add(v.Ctx(), v.Who, &it)
	}
	if err != nil {
		return drawNew(v, form, err, "")
	}
	done := "added"
	if it.State == library.Accepted {
		done = "public"
	}
	return v.Go(itemsPath + it.Key + "?done=" + done)
}

// asRefusal lets a form say that nobody could be asked, or that nobody knows: what was typed stays.
func asRefusal(err error) error {
	if !fault.Is(err, fault.Unavailable) && !fault.Is(err, fault.NotFound) {
		return err
	}
	var list fault.List
	for _, f := range fault.Of(err) {
		list = append(list, fault.New(fault.Refused, "%s", f.Message).Hint("%s", f.Next).At("number"))
	}
	return list.Err()
}

// newPage is the form of a new item.
type newPage struct {
	Form itemForm
	Look bool
}

func drawNew(v *desk.Visit, form url.Values, wrong error, flash string) error {
	pv := view(v, "Add research")
	pv.Flash = flash
	pv.Form = form
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, form) {
			return wrong
		}
		status = page.Status(wrong)
		onlyFields(&pv, append([]string{"number"}, fields...)...)
	}
	pv.Body = newPage{Form: choices(v), Look: v.Library.CanLookUp()}
	return pages.Render(v.W, status, "new", pv)
}

// onlyFields leaves an error that belongs to no field of a page with the page as a whole.
func onlyFields(pv *page.View, fields ...string) {
	for i := range pv.Errors {
		known := false
		for _, f := range fields {
			known = known || f == pv.Errors[i].Field
		}
		if !known {
			pv.Errors[i].Field = ""
		}
	}
}
