package intake

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

// shownFaults is how many faults the page shows; the file has all that are kept.
const shownFaults = 20

// chooseBody is the page on which a file is chosen.
type chooseBody struct {
	Here      string
	Kinds     []page.Option
	Templates page.Table
	Exports   *page.Table // where records can be taken out
}

// lookBody is what was found in a file.
type lookBody struct {
	Here, Take, Words string
	Facts             []page.Fact
	Faults            page.Table
	Count             int // of faults
	Nothing           bool
}

// here is the address of the import page that a request belongs to.
func here(v *desk.Visit) string {
	if v.Area != nil {
		return "/areas/" + v.Area.Code + "/import"
	}
	return "/import"
}

func view(v *desk.Visit, title string) page.View {
	pv := v.View(title)
	if v.Area != nil {
		pv.Caption = v.Area.Name
		pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}}
	}
	return pv
}

// choose shows the form.
func choose(v *desk.Visit) error { return showChoose(v, nil, nil) }

func showChoose(v *desk.Visit, typed url.Values, cause error) error {
	pv := view(v, "Import a file")
	status := 200
	if cause != nil {
		if !pv.Fail(cause, typed) {
			return cause
		}
		status = page.Status(cause)
	}
	b := chooseBody{Here: here(v), Kinds: []page.Option{{Label: "Choose one"}}, Templates: page.Table{
		Caption: "Templates", Hide: true, Stack: true, Columns: page.Columns("Kind", "Columns needed", "May be left out", "Template"),
	}}
	for _, k := range kindsFor(v) {
		b.Kinds = append(b.Kinds, page.Option{Value: k.Name, Label: k.Words})
		need, rest := "", ""
		for _, c := range k.Columns {
			into := &rest
			if c.Need {
				into = &need
			}
			if *into != "" {
				*into += ", "
			}
			*into += c.Name
		}
		b.Templates.Rows = append(b.Templates.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(k.Words), page.TextCell(need), page.TextCell(rest), page.LinkCell(k.Name+".csv", b.Here+"/template/"+k.Name),
		}})
	}
	if v.Area != nil && v.May(staff.Download) {
		t := exportTable(v.Area.Code)
		b.Exports = &t
	}
	pv.Body = b
	return pages.Render(v.W, status, "choose", pv)
}

// preview looks at a file and keeps nothing but the file itself.
func preview(v *desk.Visit) error {
	s, err := receive(v)
	if err != nil {
		return showChoose(v, url.Values{}, err)
	}
	typed := url.Values{"kind": {s.kind}}
	k, err := kindOf(v, s.kind)
	if err == nil && (s.file == nil || s.size == 0) {
		err = fault.New(fault.Invalid, "choose a file that is not empty").At("file")
	}
	if err != nil {
		s.drop()
		return showChoose(v, typed, err)
	}
	f := &waiting{kind: k, name: s.name, size: s.size, file: s.file, place: here(v), owner: v.Who.Session}
	would, err := k.take(v, f, true)
	if err != nil {
		f.drop()
		if !errors.As(err, &f.faults) {
			return showChoose(v, typed, atFile(err))
		}
		return showLook(v, f, hall.put(f), would)
	}
	return showLook(v, f, hall.put(f), would)
}

// atFile puts what is wrong with a file as a whole beside the field it was chosen in.
func atFile(err error) error {
	var list fault.List
	for _, f := range fault.Of(err) {
		at := *f
		at.Field = "file"
		list = append(list, &at)
	}
	if list == nil {
		return err
	}
	return list
}

func showLook(v *desk.Visit, f *waiting, name string, would taken) error {
	pv := view(v, "What the file holds")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Import a file", Href: here(v)})
	at := here(v) + "/files/" + name
	b := lookBody{Here: here(v), Take: at + "/take", Words: f.kind.Words, Facts: []page.Fact{
		{Key: "File", Value: page.TextCell(f.name)}, {Key: "Holds", Value: page.TextCell(f.kind.Words)},
	}}
	status := 200
	if f.faults != nil {
		status = 422
		b.Count = f.faults.Count()
		b.Faults = faultTable(f.faults, at)
	} else {
		b.Facts = append(b.Facts, facts(would)...)
		b.Nothing = would.New+would.Changed == 0
	}
	pv.Body = b
	return pages.Render(v.W, status, "look", pv)
}

// facts are the numbers of rows.
func facts(t taken) []page.Fact {
	row := func(key string, n int) page.Fact { return page.Fact{Key: key, Value: page.CountCell(int64(n))} }
	list := []page.Fact{row("Rows", t.Rows), row("New", t.New)}
	if t.Changed > 0 {
		list = append(list, row("Changed", t.Changed))
	}
	return append(list, row("Already here, the same", t.Same))
}

func faultTable(faults *table.Faults, at string) page.Table {
	t := page.Table{Caption: "What is wrong", Stack: true, CSV: at + "/faults.csv", Columns: page.Columns("Row", "Column", "Value", "Why")}
	list := faults.List()
	for _, f := range list[:min(len(list), shownFaults)] {
		row := strconv.Itoa(f.Row)
		if f.Row == 0 {
			row = "whole file"
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(row), page.TextCell(f.Column), page.TextCell(f.Value), page.TextCell(page.Sentence(f.Reason))}})
	}
	if n := faults.Count() - len(t.Rows); n > 0 {
		t.Note = "And " + page.Number(int64(n)) + " more."
		if faults.Count() > len(list) {
			t.Note += " The file to download has the first " + page.Number(int64(len(list))) + "."
		} else {
			t.Note += " The file to download has them all."
		}
	}
	return t
}

// faultsCSV is what is wrong with a file, as a file.
func faultsCSV(v *desk.Visit) error {
	f, err := hall.find(v.R.PathValue("file"), v.Who.Session, here(v))
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.faults == nil {
		return fault.New(fault.NotFound, "nothing is wrong with this file")
	}
	fileHeaders(v.W, "faults.csv")
	return f.faults.WriteCSV(v.W)
}

// take takes in a file that was looked at. A second click finds that it was done.
func take(v *desk.Visit) error {
	name := v.R.PathValue("file")
	f, err := hall.find(name, v.Who.Session, here(v))
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done == nil {
		if f.file == nil {
			return fault.New(fault.Refused, "this file cannot be taken in").Hint("put right what is wrong with it, and choose it again")
		}
		did, err := f.kind.take(v, f, false)
		if err != nil {
			if errors.As(err, &f.faults) { // somebody was faster: what was there for it is there no more
				f.drop()
				return showLook(v, f, name, taken{})
			}
			return err
		}
		f.drop()
		f.done = &did
		if err := audit(v, "import", f.kind.Name, fmt.Sprintf("rows %d, new %d, changed %d", did.Rows, did.New, did.Changed)); err != nil {
			return err
		}
	}
	return v.Go(here(v) + "/files/" + name + "/done")
}

// audit writes down that a file went in or out.
func audit(v *desk.Visit, deed, kind, detail string) error {
	area := 0
	if v.Area != nil {
		area = v.Area.ID
	}
	return v.DB.Write(v.Ctx(), func(tx *store.Tx) error {
		return staff.Audit(v.Ctx(), tx, v.Who, area, deed, "file "+kind, detail)
	})
}

// doneBody is what a file did.
type doneBody struct {
	Panel page.Panel
	Facts []page.Fact
}

// done says what was taken in.
func done(v *desk.Visit) error {
	f, err := hall.find(v.R.PathValue("file"), v.Who.Session, here(v))
	if err != nil {
		return err
	}
	f.mu.Lock()
	did := f.done
	f.mu.Unlock()
	if did == nil {
		return v.Go(here(v))
	}
	pv := view(v, "The file is taken in")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Import a file", Href: here(v)})
	pv.Body = doneBody{
		Panel: page.Panel{Title: "The file is taken in", Text: f.kind.Words + ": " + page.Plural(int64(did.Rows), "row", "rows") + " of " + f.name + ".", Links: []page.Link{{Text: "Import another file", Href: here(v)}}},
		Facts: facts(*did),
	}
	return pages.Render(v.W, 200, "done", pv)
}

// template is an empty file of a kind with one example row.
func template(v *desk.Visit) error {
	k, err := kindOf(v, v.R.PathValue("kind"))
	if err != nil {
		return fault.New(fault.NotFound, "there is no such kind of file")
	}
	fileHeaders(v.W, k.Name+".csv")
	return k.Template(v.W)
}
