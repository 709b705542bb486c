package research

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// queuePage is what strangers have suggested.
type queuePage struct {
	Pills []pill
	Table page.Table
}

var verdicts = []struct {
	key, words string
	verdict    library.Verdict
}{
	{"waiting", "Waiting", library.Waiting}, {"taken", "Taken up", library.Taken}, {"known", "Here already", library.KnownYet}, {"declined", "Declined", library.Declined},
}

func verdictWords(one library.Verdict) string {
	for _, k := range verdicts {
		if k.verdict == one {
			return k.words
		}
	}
	return ""
}

func queue(v *desk.Visit) error {
	b := queuePage{Table: page.Table{Caption: "Suggestions", Hide: true, Stack: true, Columns: page.Columns("What", "Sent", "Reference"), Empty: "There is none."}}
	show := v.R.URL.Query().Get("show")
	shown := library.Waiting
	for _, k := range verdicts {
		if k.key == show {
			shown = k.verdict
		}
	}
	for _, k := range verdicts {
		b.Pills = append(b.Pills, pill{k.words, queuePath + "?show=" + k.key, k.verdict == shown})
	}
	list, err := v.Library.Queue(v.Ctx(), v.Who, shown)
	if err != nil {
		return err
	}
	for i := range list {
		q := &list[i]
		b.Table.Rows = append(b.Table.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(nameOf(q), queuePath+"/"+q.Reference), page.TextCell(v.Ledger.Day(q.SentAt).Words()), page.TextCell(q.Reference),
		}})
	}
	pv := view(v, "Suggestions")
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "queue", pv)
}

func nameOf(q *library.Queued) string {
	if q.Title != "" {
		return q.Title
	}
	return q.Link
}

// suggestionPage is one of them.
type suggestionPage struct {
	Facts   []page.Fact
	Why     []string
	Waits   bool
	Near    []page.Option // items that it may be
	Here    string
	CanLook bool
}

func suggestion(v *desk.Visit) error {
	q, err := v.Library.Queued(v.Ctx(), v.Who, v.R.PathValue("reference"))
	if err != nil {
		return err
	}
	return drawSuggestion(v, q, nil, nil)
}

// mostNear is how many items are offered that a suggestion may be about.
const mostNear = 4

func drawSuggestion(v *desk.Visit, q *library.Queued, form url.Values, wrong error) error {
	b := suggestionPage{
		Waits: q.Verdict == library.Waiting, Why: lines(q.Why), Here: queuePath + "/" + q.Reference, CanLook: v.Library.CanLookUp() && numberIn(q.Link) != "",
		Facts: []page.Fact{{Key: "Reference", Value: page.TextCell(q.Reference)}, {Key: "Sent", Value: page.TextCell(v.Ledger.Day(q.SentAt).Words())}},
	}
	add := func(key string, c page.Cell) { b.Facts = append(b.Facts, page.Fact{Key: key, Value: c}) }
	if q.Title != "" {
		add("Title", page.TextCell(q.Title))
	}
	if q.Link != "" {
		add("Link", page.TextCell(q.Link))
	}
	if q.Email != "" {
		add("E-mail", page.TextCell(q.Email).Under("Erased with the decision."))
	}
	if !b.Waits {
		add("Decided", page.TextCell(verdictWords(q.Verdict)+", "+v.Ledger.Day(q.DecidedAt).Words()))
		if q.Note != "" {
			add("Note", page.TextCell(q.Note))
		}
		if q.Key != "" {
			add("Item", page.LinkCell(q.Key, itemsPath+q.Key))
		}
	} else if q.Title != "" {
		found, err := v.Library.Search(v.Ctx(), library.Query{Words: q.Title, PerPage: mostNear})
		if err != nil {
			return err
		}
		for i := range found.Hits {
			it := &found.Hits[i].Item
			b.Near = append(b.Near, page.Option{Value: it.Key, Label: it.Title, Hint: aboutLine(it)})
		}
	}
	pv := view(v, "A suggestion")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Suggestions", Href: queuePath})
	pv.Form = form
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, form) {
			return wrong
		}
		status = page.Status(wrong)
		onlyFields(&pv, "note", "other")
	}
	pv.Body = b
	return pages.Render(v.W, status, "suggestion", pv)
}

// numberIn is the DOI or PubMed number in what somebody gave as a link.
func numberIn(link string) string {
	if doi, ok := library.ParseDOI(link); ok {
		return doi
	}
	pmid, _ := library.ParsePMID(link)
	return pmid
}

// decide takes a suggestion up, says that it is here already, or declines it.
func decide(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	reference := v.R.PathValue("reference")
	q, err := v.Library.Queued(v.Ctx(), v.Who, reference)
	if err != nil {
		return err
	}
	note, to := form.Get("note"), queuePath
	switch form.Get("do") {
	case "take", "look":
		var draft *library.Item
		if form.Get("do") == "look" {
			if draft, err = v.Library.LookUp(v.Ctx(), v.Who, numberIn(q.Link)); err != nil {
				err = asRefusal(err)
				break
			}
		}
		var key string
		key, err = v.Library.TakeUp(v.Ctx(), v.Who, q.Reference, draft, note)
		to = itemsPath + key + "?done=taken"
	case "known":
		key := form.Get("key")
		if other := keyOf(form.Get("other")); other != "" {
			key = other
		}
		if key == "" {
			err = fault.New(fault.Invalid, "choose which one it is, or type its address").At("other")
			break
		}
		err = v.Library.MergeInto(v.Ctx(), v.Who, q.Reference, key, note)
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.Invalid, "there is no such research here").At("other").Hint("search the library")
		}
		to += "?done=known"
	case "decline":
		err = v.Library.Decline(v.Ctx(), v.Who, q.Reference, note)
		to += "?done=declined"
	default:
		err = fault.New(fault.Invalid, "press one of the buttons")
	}
	if err != nil {
		if now, again := v.Library.Queued(v.Ctx(), v.Who, reference); again == nil {
			q = now
		}
		return drawSuggestion(v, q, form, err)
	}
	return v.Go(to)
}
