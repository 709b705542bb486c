package bulletin

import (
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin"
	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/document"
	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// bench is the page on which a bulletin is made, step by step.
type bench struct {
	Path    string
	Listed  string // where the bulletins of the place are
	Slug    string
	Version int
	Public  string // where everybody reads it; empty if nobody can yet

	Drafted, Signed, Published bool
	Writes                     bool // may change it, and it may be changed
	Steps                      []page.Link

	Facts    []page.Fact
	Files    []page.Link
	Chapters []chapterRow
	Order    []orderRow
	Open     []findingRow
	Waived   []page.Fact
	Readers  []readerRow
	Invited  page.Table

	Signs     bool   // may sign it, as far as this page knows
	MayNot    string // why this person cannot
	Embargo   string // when it publishes itself, in words
	Publishes bool
	Corrects  bool // may begin a correction of it
	History   page.Table
	Unsaved   []string // what was typed into a form that is no longer there
	At        string   // the form that was sent, or the chapter that was changed: shown open
}

// chapterRow is a chapter with its preview and what a person may write in it.
type chapterRow struct {
	Key, Title string
	ID         string
	Preview    template.HTML
	Note       page.Field
	Meanwhile  string // what somebody else has saved while this was typed
	Titles     []titleRow
	Open       bool
	Saved      bool
	Noted      bool
}

// titleRow is the title of a picture or a table.
type titleRow struct {
	Key   string
	Field page.Field
}

// orderRow is where a chapter stands.
type orderRow struct {
	Key, Title string
	Place, Out page.Field
}

// findingRow is what must be mended or waived.
type findingRow struct {
	compose.Finding
	Field page.Field
}

// readerRow is somebody with early access.
type readerRow struct {
	Number          int
	Who, Why, Email page.Field
}

// typed is a form that was not taken.
type typed struct {
	deed string
	form url.Values
	err  error
}

// editionOf finds the edition that an address names, among those of its place.
func editionOf(v *desk.Visit) (*bulletin.Edition, error) {
	id, err := strconv.Atoi(v.R.PathValue("id"))
	if err != nil || id < 1 || id > 1<<31-1 {
		return nil, noDraft()
	}
	e, err := v.Bulletins.Get(v.Ctx(), v.Who, id)
	if fault.Is(err, fault.Forbidden) || (err == nil && e.Area != v.Area.ID) {
		return nil, noDraft() // it is of another place
	}
	return e, err
}

func noDraft() error {
	return fault.New(fault.NotFound, "there is no such bulletin here").Hint("choose one from the list of bulletins")
}

func workbench(v *desk.Visit) error {
	e, err := editionOf(v)
	if err != nil {
		return err
	}
	return drawBench(v, e, typed{})
}

func drawBench(v *desk.Visit, e *bulletin.Edition, t typed) error {
	c, err := v.Bulletins.Content(v.Ctx(), e.ID)
	if err != nil {
		return err
	}
	b := bench{
		Path: pathOf(v, e), Listed: base(v), Slug: e.Slug, Version: e.Version, At: v.R.URL.Query().Get("at"),
		Drafted: e.State == bulletin.Drafted, Signed: e.State == bulletin.Signed, Published: e.State == bulletin.Published,
	}
	if t.err != nil {
		b.At = t.deed
	}
	b.Writes = b.Drafted && v.May(staff.WriteBulletins)
	if b.Published {
		b.Public = EditionPath(e.Slug, e.Number)
		b.Corrects = v.May(staff.WriteBulletins)
	}
	b.Facts = figuresFacts(v, e)
	for _, name := range bulletin.FileNames {
		b.Files = append(b.Files, page.Link{Text: formats[name], Href: b.Path + "/files/" + name})
	}
	pv := v.View(e.Title)
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{placeLink(v), {Text: "Bulletins", Href: base(v)}}
	pv.Wide = true
	status := http.StatusOK
	if t.err != nil {
		if !pv.Fail(t.err, t.form) {
			return t.err
		}
		status = page.Status(t.err)
		b.place(&pv, t)
	} else {
		pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	}
	b.words(&pv, e, c, t)
	if err := b.order(&pv, v, e, c, t); err != nil {
		return err
	}
	if err := b.checks(&pv, v, e, t); err != nil {
		return err
	}
	b.readers(&pv, e, t)
	if err := b.signing(v, e); err != nil {
		return err
	}
	if err := b.history(v, e); err != nil {
		return err
	}
	b.steps()
	pv.Body = b
	return pages.Render(v.W, status, "workbench", pv)
}

// mainFields are the fields that an error of a deed stands beside, where the room names none that the page has.
var mainFields = map[string]string{"waive": "reason", "unsign": "unsign_why", "correct": "what", "sign": "embargo_on"}

// place puts errors beside the field that they belong to: those of forms that are there many times have a field each.
func (b *bench) place(pv *page.View, t typed) {
	field := mainFields[t.deed]
	switch t.deed {
	case "note":
		field = noteField(t.form.Get("chapter"))
	case "title":
		field = titleField(t.form.Get("key"))
	}
	for i := range pv.Errors {
		switch e := &pv.Errors[i]; {
		case t.form.Has(e.Field) && !hidden[e.Field]:
		case !fault.Is(t.err, fault.Invalid) || !t.form.Has(field):
			e.Field = "" // of the page as a whole
		default:
			e.Field = field
		}
	}
	if !b.Writes && !b.Corrects {
		for _, name := range slices.Sorted(maps.Keys(t.form)) {
			if text := strings.TrimSpace(t.form.Get(name)); text != "" && !hidden[name] {
				b.Unsaved = append(b.Unsaved, text)
			}
		}
	}
}

// hidden are the fields of forms that nobody types into.
var hidden = map[string]bool{"version": true, "finding": true, "chapter": true, "key": true, "slug": true}

func noteField(chapter string) string { return "note-" + chapter }
func titleField(key string) string    { return "title-" + key }

// held begins a field with what is stored, or with what was typed into it where its form was not taken.
func held(pv *page.View, t typed, name, label, stored string) page.Field {
	f := page.Field{Name: name, ID: name, Label: label, Value: stored, Error: pv.ErrorAt(name)}
	if t.err != nil && t.form.Has(name) {
		f.Value = t.form.Get(name)
	}
	return f
}

// words are the chapters, each with its preview, its commentary and its titles.
func (b *bench) words(pv *page.View, e *bulletin.Edition, c *content.Content, t typed) {
	doc := c.Document()
	for i, ch := range c.Chapters {
		row := chapterRow{Key: ch.Key, Title: ch.Title, ID: "chapter-" + ch.Key, Preview: without(doc.Chapters[i])}
		stored := e.Commentary[ch.Key]
		row.Noted = stored != ""
		row.Note = held(pv, t, noteField(ch.Key), "Commentary on: "+ch.Title, stored)
		row.Note.Hint, row.Note.Rows = "Markdown. It stands at the end of the chapter.", 5
		if t.err != nil && t.deed == "note" && t.form.Get("chapter") == ch.Key {
			row.Open = true
			if fault.Is(t.err, fault.Conflict) && strings.TrimSpace(row.Note.Value) != stored {
				row.Meanwhile = stored
				if stored == "" {
					row.Meanwhile = "(nothing)"
				}
			}
		}
		for _, block := range ch.Blocks {
			var key, title string
			switch x := block.(type) {
			case *content.Picture:
				key, title = x.Key, x.Title
			case *content.Table:
				key, title = x.Key, x.Title
			default:
				continue
			}
			f := held(pv, t, titleField(key), "Title: "+title, e.Titles[key])
			f.Hint = "Leave it empty for the title made by rule."
			if t.err != nil && t.deed == "title" && t.form.Get("key") == key {
				row.Open = true
			}
			row.Titles = append(row.Titles, titleRow{key, f})
		}
		if t.err == nil && b.At == ch.Key {
			row.Open, row.Saved = true, pv.Flash != ""
		}
		b.Chapters = append(b.Chapters, row)
	}
}

// without is a chapter as markup without its heading, which the page has of its own.
func without(ch document.Chapter) template.HTML {
	whole := (&document.Document{Chapters: []document.Chapter{ch}}).Body()
	_, rest, _ := strings.Cut(string(whole), "</h2>")
	return framed([]byte(rest))
}

// order is where each chapter stands, and those that are left out.
func (b *bench) order(pv *page.View, v *desk.Visit, e *bulletin.Edition, c *content.Content, t typed) error {
	template, err := v.Bulletins.Template(v.Ctx(), e.ID)
	if err != nil {
		return err
	}
	for i, ch := range template.Chapters {
		row := orderRow{Key: ch.Key, Title: ch.Title}
		if shown := c.Chapter(ch.Key); shown != nil {
			row.Title = shown.Title
		}
		row.Place = held(pv, t, "place-"+ch.Key, "Place of "+row.Title, strconv.Itoa(i+1))
		row.Place.Mode, row.Place.Width = "numeric", 3
		left := ""
		if ch.Out {
			left = "yes"
		}
		row.Out = held(pv, t, "out-"+ch.Key, "Leave out "+row.Title, left)
		if t.err != nil && t.deed == "arrange" {
			row.Out.Value = t.form.Get("out-" + ch.Key)
		}
		b.Order = append(b.Order, row)
	}
	return nil
}

// checks are what must be mended or waived before it is signed.
func (b *bench) checks(pv *page.View, v *desk.Visit, e *bulletin.Edition, t typed) error {
	open, waived, err := v.Bulletins.Check(v.Ctx(), e.ID)
	if err != nil {
		return err
	}
	for i, f := range open {
		row := findingRow{Finding: f}
		row.Hint = page.Sentence(f.Hint)
		if strings.Contains(f.Where, "|") { // the name of a figure, which the sentence says in words
			row.Where = ""
		}
		name := "reason-" + strconv.Itoa(i)
		row.Field = page.Field{Name: "reason", ID: name, Label: "Why it may pass", Hint: "Everybody can read it in the chapter on data quality."}
		if t.err != nil && t.deed == "waive" && t.form.Get("finding") == f.Key {
			row.Field.Value, row.Field.Error = t.form.Get("reason"), pv.ErrorAt("reason")
			for j := range pv.Errors {
				if pv.Errors[j].Field == "reason" {
					pv.Errors[j].Field = name
				}
			}
		}
		b.Open = append(b.Open, row)
	}
	reasons := map[string]string{}
	for _, w := range e.Waived {
		reasons[w.Check] = w.Reason
	}
	for _, f := range waived {
		b.Waived = append(b.Waived, page.Fact{Key: page.Sentence(f.What), Value: page.TextCell("Let pass: " + reasons[f.Key])})
	}
	return nil
}

// spareReaders is how many empty places for readers the form has.
const spareReaders = 2

// readers are those with early access, and places for more.
func (b *bench) readers(pv *page.View, e *bulletin.Edition, t typed) {
	b.Invited = page.Table{Caption: "Early access", Hide: true, Stack: true, Columns: page.Columns("Who", "Why"), Empty: "Nobody has early access."}
	for _, r := range e.EarlyAccess {
		b.Invited.Rows = append(b.Invited.Rows, page.Row{Cells: []page.Cell{page.TextCell(r.Who), page.TextCell(r.Why)}})
	}
	n := len(e.EarlyAccess) + spareReaders
	if t.deed == "invite" {
		for t.form.Has(readerField("who", n+1)) {
			n++
		}
	}
	for i := range n {
		var r bulletin.Reader
		if i < len(e.EarlyAccess) {
			r = e.EarlyAccess[i]
		}
		row := readerRow{Number: i + 1}
		row.Who = held(pv, t, readerField("who", i+1), "Who", r.Who)
		row.Why = held(pv, t, readerField("why", i+1), "Why", r.Why)
		row.Email = held(pv, t, readerField("email", i+1), "E-mail, for a link", r.Email)
		b.Readers = append(b.Readers, row)
	}
}

// signing is who may sign and what then happens.
func (b *bench) signing(v *desk.Visit, e *bulletin.Edition) error {
	b.Embargo = moment(v, e.PublishAt)
	b.Publishes = b.Signed && v.May(staff.WriteBulletins) && (e.PublishAt.IsZero() || !v.DB.Now().Before(e.PublishAt))
	if !b.Drafted {
		return nil
	}
	may, why, err := v.Bulletins.MaySign(v.Ctx(), v.Who, e)
	switch {
	case err != nil:
		return err
	case !may:
		b.MayNot = page.Sentence(why)
	case len(b.Open) > 0:
		b.MayNot = "It cannot be signed yet: " + page.Plural(int64(len(b.Open)), "finding is", "findings are") + " still to be mended or let pass."
	default:
		b.Signs = true
	}
	return nil
}

func (b *bench) history(v *desk.Visit, e *bulletin.Edition) error {
	events, err := v.Bulletins.History(v.Ctx(), v.Who, e.ID)
	b.History = page.Table{Caption: "History", Hide: true, Stack: true, Columns: page.Columns("When", "What", "Who"), Empty: "Nothing has been done yet."}
	for i := len(events) - 1; i >= 0; i-- {
		x := events[i]
		b.History.Rows = append(b.History.Rows, page.Row{Cells: []page.Cell{page.TextCell(moment(v, x.At)), page.TextCell(page.Sentence(x.What)), page.TextCell(x.Who)}})
	}
	return err
}

// steps lead to the parts of the page.
func (b *bench) steps() {
	checks := "4. Checks: nothing to mend"
	if n := len(b.Open); n > 0 {
		checks = "4. Checks: " + strconv.Itoa(n) + " to mend"
	}
	b.Steps = []page.Link{
		{Text: "1. Figures", Href: "#figures"},
		{Text: "2. Words", Href: "#words"},
		{Text: "3. Chapters", Href: "#order"},
		{Text: checks, Href: "#checks"},
		{Text: "5. Early access", Href: "#early"},
		{Text: "6. Sign", Href: "#sign"},
		{Text: "7. Publish", Href: "#publish"},
		{Text: "History", Href: "#history"},
	}
}

// figuresFacts say what the bulletin stands on.
func figuresFacts(v *desk.Visit, e *bulletin.Edition) []page.Fact {
	list := []page.Fact{
		{Key: "State", Value: page.TagCell(stateTag(e))},
		{Key: "About", Value: page.TextCell(e.Period.Words())},
		{Key: "Edition", Value: page.CountCell(int64(e.Number))},
		{Key: "As it was known on", Value: dayCell(e.AsOf)},
		{Key: "Begun", Value: page.TextCell(moment(v, e.MadeAt)).Under(e.MadeName)},
	}
	if e.What != "" {
		list = append(list, page.Fact{Key: "What it puts right", Value: page.TextCell(e.What).Under(e.Why)})
	}
	if !e.SignedAt.IsZero() {
		list = append(list, page.Fact{Key: "Signed", Value: page.TextCell(moment(v, e.SignedAt)).Under(e.SignedName)})
	}
	if !e.PublishedAt.IsZero() {
		list = append(list, page.Fact{Key: "Published", Value: page.TextCell(moment(v, e.PublishedAt))})
	}
	if len(e.Hash) > shortHash {
		list = append(list, page.Fact{Key: "Fingerprint of the figures", Value: page.TextCell(e.Hash[:shortHash])})
	}
	return list
}

const shortHash = 16 // letters of a fingerprint that tell two apart
