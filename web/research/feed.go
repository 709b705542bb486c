package research

import (
	"encoding/xml"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
)

// The feed as RFC 4287 has it.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomTerm struct {
		Term string `xml:"term,attr"`
	}
	atomEntry struct {
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Published string       `xml:"published"`
		Updated   string       `xml:"updated"`
		Authors   []atomAuthor `xml:"author"`
		Terms     []atomTerm   `xml:"category"`
		Link      atomLink     `xml:"link"`
		Summary   string       `xml:"summary,omitempty"`
	}
)

// mostEntries is how many items the feed tells of.
const mostEntries = 30

// feed is the latest research as an Atom feed.
func feed(v *desk.Visit) error {
	return kept(v, 0, func(w http.ResponseWriter) error {
		items, err := v.Library.Public(v.Ctx(), mostEntries)
		if err != nil {
			return err
		}
		f := atomFeed{
			Lang: "en-GB", ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(v.Site+feedPath)).URN(), Title: "Latest research on take-home naloxone", Author: atomAuthor{"Everykit"},
			Links: []atomLink{{"self", "application/atom+xml", v.Site + feedPath}, {"alternate", "text/html", v.Site + at}},
		}
		updated := time.Unix(0, 0)
		for i := range items {
			it := &items[i]
			f.Entries = append(f.Entries, entryOf(v, it))
			if it.ChangedAt.After(updated) {
				updated = it.ChangedAt
			}
		}
		f.Updated = stamp(updated)
		fileHeaders(w.Header(), "application/atom+xml; charset=utf-8")
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		return xml.NewEncoder(w).Encode(f)
	})
}

// entryOf is an item in the feed. Its id is made of its key, which never changes, so that no reader shows it twice.
func entryOf(v *desk.Visit, it *library.Item) atomEntry {
	e := atomEntry{
		ID:    uuid.NewSHA1(uuid.NameSpaceURL, []byte("everykit research "+it.Key)).URN(),
		Title: it.Title, Published: stamp(it.ShownAt), Updated: stamp(it.ChangedAt), Link: atomLink{"alternate", "text/html", v.Site + Path(it.Key)}, Summary: it.Summary,
	}
	for _, n := range it.Authors[:min(len(it.Authors), mostAuthors)] {
		e.Authors = append(e.Authors, atomAuthor{n.String()})
	}
	for _, t := range it.Topics {
		e.Terms = append(e.Terms, atomTerm{t.String()})
	}
	return e
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// exports are the formats in which all items, or what was found, can be taken away.
var exports = []library.Format{library.RIS, library.BibTeX, library.CSLJSON, library.CSV}

// export is all items as a file, or those that a search finds: at most library.MostRanked of them then.
func export(v *desk.Visit) error {
	format := library.CSV
	for _, f := range exports {
		if v.R.URL.Path == at+"/export."+f.Ending() {
			format = f
		}
	}
	form := v.R.URL.Query()
	return kept(v, 0, func(w http.ResponseWriter) error {
		if !asked(form) {
			items, err := v.Library.Public(v.Ctx(), 0)
			if err != nil {
				return err
			}
			return writeFile(w, format, "research", items)
		}
		q, wrong := query(v, form)
		if wrong != nil {
			return fault.New(fault.Invalid, "%s", wrong[0].Message)
		}
		var items []library.Item
		q.Page, q.PerPage = 1, 100
		for {
			found, err := v.Library.Search(v.Ctx(), q)
			if err != nil {
				return err
			}
			for i := range found.Hits {
				items = append(items, found.Hits[i].Item)
			}
			if q.Page++; q.Page > found.Pages || len(items) >= library.MostRanked {
				break
			}
		}
		return writeFile(w, format, "research-found", items)
	})
}
