package research

import (
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// itemForm is what the form of an item is chosen from.
type itemForm struct{ Kinds, Topics, Bears []page.Option }

func choices(v *desk.Visit) itemForm {
	var f itemForm
	for _, k := range library.Kinds() {
		f.Kinds = append(f.Kinds, page.Option{Value: k.String(), Label: kindName(v, k)})
	}
	for _, t := range library.Topics() {
		f.Topics = append(f.Topics, page.Option{Value: t.String(), Label: topicName(v, t)})
	}
	for n := range Recommendations {
		f.Bears = append(f.Bears, page.Option{Value: strconv.Itoa(n + 1), Label: numbered(v, n+1)})
	}
	return f
}

// texts are the fields of an item that are words, by name.
func texts(it *library.Item) []struct {
	name string
	text *string
} {
	e := &it.Evidence
	return []struct {
		name string
		text *string
	}{
		{"title", &it.Title},
		{"journal", &it.Journal},
		{"publisher", &it.Publisher},
		{"volume", &it.Volume},
		{"issue", &it.Issue},
		{"pages", &it.Pages},
		{"doi", &it.DOI},
		{"pmid", &it.PMID},
		{"link", &it.Link},
		{"country", &it.Country},
		{"summary", &it.Summary},
		{"abstract", &it.Abstract},
		{"design", &e.Design},
		{"setting", &e.Setting},
		{"n", &e.N},
		{"finding", &e.Finding},
		{"quality", &e.Quality},
		{"tool", &e.Tool},
		{"note", &it.Note},
		{"source", &it.Source},
	}
}

// fields are the names of all fields of the form.
var fields = func() []string {
	list := []string{"authors", "year", "kind", "topics", "recommendations"}
	for _, f := range texts(&library.Item{}) {
		list = append(list, f.name)
	}
	return list
}()

// formOf is an item as its form holds it.
func formOf(it *library.Item) url.Values {
	form := url.Values{"authors": {it.AuthorsText()}, "kind": {it.Kind.String()}, "version": {strconv.Itoa(it.Version)}}
	if it.Year != 0 {
		form.Set("year", strconv.Itoa(it.Year))
	}
	for _, t := range it.Topics {
		form.Add("topics", t.String())
	}
	for _, n := range it.Bears {
		form.Add("recommendations", strconv.Itoa(n))
	}
	for _, f := range texts(it) {
		form.Set(f.name, *f.text)
	}
	return form
}

// itemOf reads the form.
func itemOf(form url.Values) (library.Item, error) {
	var it library.Item
	var bad fault.List
	for _, f := range texts(&it) {
		*f.text = strings.ReplaceAll(form.Get(f.name), "\r\n", "\n")
	}
	it.Authors, it.EtAl = library.ParseAuthors(strings.ReplaceAll(form.Get("authors"), "\r\n", "\n"))
	if s := strings.TrimSpace(form.Get("year")); s != "" {
		var err error
		if it.Year, err = strconv.Atoi(s); err != nil || it.Year == 0 {
			bad = append(bad, fault.New(fault.Invalid, "this is no year").At("year").Hint("write it like 2021, or leave it blank if it is not known"))
		}
	}
	var err error
	if it.Kind, err = library.ParseKind(form.Get("kind")); err != nil {
		bad = append(bad, fault.New(fault.Invalid, "choose what kind of research it is").At("kind"))
	}
	for _, s := range form["topics"] {
		t, err := library.ParseTopic(s)
		if err != nil {
			bad = append(bad, fault.New(fault.Invalid, "choose topics from the list").At("topics"))
			break
		}
		it.Topics = append(it.Topics, t)
	}
	for _, s := range form["recommendations"] {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > len(Recommendations) {
			bad = append(bad, fault.New(fault.Invalid, "choose recommendations from the list").At("recommendations"))
			break
		}
		it.Bears = append(it.Bears, n)
	}
	return it, bad.Err()
}

// editPage is the form of an item, and what else can be done with it.
type editPage struct {
	Form                       itemForm
	Here                       string
	State                      page.Tag
	Public, Proposed, Hideable bool
	Read                       string
	Facts                      []page.Fact
	Highlight                  *library.Highlight // nil: none
	Others                     []page.Fact        // what somebody else has saved meanwhile, where it differs from what was typed
}

// stored is the item that an address of staff names. One that was joined with another leads on.
func stored(v *desk.Visit) (*library.Item, error) {
	return v.Library.StaffItem(v.Ctx(), v.Who, v.R.PathValue("item"))
}

func edit(v *desk.Visit) error {
	it, err := stored(v)
	if err != nil {
		return err
	}
	if it.Key != v.R.PathValue("item") {
		return v.Go(itemsPath + it.Key)
	}
	return drawEdit(v, it, formOf(it), nil)
}

func save(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	was, err := stored(v)
	if err != nil {
		return err
	}
	it, err := itemOf(form)
	if err == nil {
		it.ID = was.ID
		if it.Version, err = strconv.Atoi(form.Get("version")); err != nil {
			it.Version = -1 // which none was made on
		}
		err = v.Library.Save(v.Ctx(), v.Who, it)
	}
	if err != nil {
		if fault.Is(err, fault.Conflict) {
			if was, _ = stored(v); was == nil {
				return err
			}
		}
		return drawEdit(v, was, form, err)
	}
	return v.Go(itemsPath + was.Key + "?done=saved")
}

// drawEdit draws the page of an item with a form: of what is stored, or of what was typed and why it was not taken.
func drawEdit(v *desk.Visit, it *library.Item, form url.Values, wrong error) error {
	b := editPage{
		Form: choices(v), Here: itemsPath + it.Key, State: stateTag(it.State), Public: it.IsPublic(), Proposed: it.State == library.Proposed, Hideable: it.State != library.Hidden,
		Facts: []page.Fact{{Key: "Added", Value: page.TextCell(v.Ledger.Day(it.AddedAt).Words())}, {Key: "Changed", Value: page.TextCell(v.Ledger.Day(it.ChangedAt).Words())}},
	}
	if b.Public {
		b.Read = Path(it.Key)
	}
	all, err := v.Library.AllHighlights(v.Ctx(), v.Who)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Item.ID == it.ID {
			b.Highlight = &all[i]
		}
	}
	pv := view(v, it.Title)
	pv.Form = form
	status := http.StatusOK
	if h := b.Highlight; h != nil && !form.Has("place") {
		form.Set("place", strconv.Itoa(h.Place))
		form.Set("from", h.From.String())
		form.Set("words", h.Words)
		if h.Until != civil.None {
			form.Set("until", h.Until.String())
		}
	}
	if wrong != nil {
		if !pv.Fail(wrong, form) {
			return wrong
		}
		status = page.Status(wrong)
		onlyFields(&pv, append([]string{"place", "from", "until", "words", "key"}, fields...)...)
		if fault.Is(wrong, fault.Conflict) && form.Has("version") {
			b.Others = differs(formOf(it), form)
			form.Set("version", strconv.Itoa(it.Version)) // what is typed may be saved over it once it was seen
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "edit", pv)
}

// labels are the names of fields where the field's own does not do.
var labels = map[string]string{"n": "How many", "doi": "DOI", "pmid": "PubMed number"}

// differs lists the fields in which what is stored is not what was typed.
func differs(now, typed url.Values) []page.Fact {
	var list []page.Fact
	for _, name := range fields {
		have, want := strings.Join(now[name], ", "), strings.Join(typed[name], ", ")
		if strings.Join(strings.Fields(have), " ") == strings.Join(strings.Fields(want), " ") {
			continue
		}
		label := labels[name]
		if label == "" {
			label = page.Sentence(name)
			label = strings.TrimSuffix(label, ".")
		}
		if have == "" {
			have = "(empty)"
		}
		list = append(list, page.Fact{Key: label, Value: page.TextCell(have)})
	}
	return list
}

// typedOver is the form of the item with what another form of the page has sent.
func typedOver(it *library.Item, sent url.Values) url.Values {
	form := formOf(it)
	for name, values := range sent {
		form[name] = values
	}
	return form
}

// setState accepts or hides an item.
func setState(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	key, done := v.R.PathValue("item"), ""
	switch form.Get("do") {
	case "accept":
		err, done = v.Library.Accept(v.Ctx(), v.Who, key), "accepted"
	case "hide":
		err, done = v.Library.Hide(v.Ctx(), v.Who, key), "hidden"
	default:
		err = fault.New(fault.Invalid, "press one of the buttons").Hint("go back, and try again")
	}
	if err != nil {
		return err
	}
	return v.Go(itemsPath + key + "?done=" + done)
}

// highlight highlights an item, changes how, or ends it.
func highlight(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	it, err := stored(v)
	if err != nil {
		return err
	}
	if form.Get("do") == "end" {
		if err := v.Library.RemoveHighlight(v.Ctx(), v.Who, it.Key); err != nil {
			return err
		}
		return v.Go(itemsPath + it.Key + "?done=ended")
	}
	h, err := highlightOf(form)
	if err == nil {
		err = v.Library.SetHighlight(v.Ctx(), v.Who, it.Key, h)
	}
	if err != nil {
		return drawEdit(v, it, typedOver(it, form), err)
	}
	return v.Go(itemsPath + it.Key + "?done=highlighted")
}

func highlightOf(form url.Values) (library.Highlight, error) {
	h := library.Highlight{From: civil.None, Until: civil.None, Words: form.Get("words")}
	var bad fault.List
	if s := strings.TrimSpace(form.Get("place")); s != "" {
		var err error
		if h.Place, err = strconv.Atoi(s); err != nil {
			bad = append(bad, fault.New(fault.Invalid, "the place is a number from 1").At("place"))
		}
	}
	for name, into := range map[string]*civil.Date{"from": &h.From, "until": &h.Until} {
		if s := strings.TrimSpace(form.Get(name)); s != "" {
			d, err := civil.ParseDate(s)
			if err != nil {
				bad = append(bad, fault.New(fault.Invalid, "this is no day").At(name).Hint("write it like 2026-11-23, or leave it empty"))
				continue
			}
			*into = d
		}
	}
	return h, bad.Err()
}

// join makes one item of this one and another, which goes.
func join(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	it, err := stored(v)
	if err != nil {
		return err
	}
	gone := keyOf(form.Get("key"))
	if gone == "" {
		err = fault.New(fault.Invalid, "type the address of the other").At("key").Hint("it is like tse-2022")
	} else {
		err = v.Library.Join(v.Ctx(), v.Who, it.Key, gone)
	}
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Invalid, "there is no such research here").At("key").Hint("search the library")
	}
	if err != nil {
		return drawEdit(v, it, typedOver(it, form), err)
	}
	return v.Go(itemsPath + it.Key + "?done=joined")
}

// keyOf is the key in an address, or what was typed as one.
func keyOf(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if u, err := url.Parse(s); err == nil {
		s = u.Path
	}
	return path.Base(s)
}
