package bulletin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

// mostEntries is how many editions the feed tells of.
const mostEntries = 50

// feedPath is the address of the feed.
const feedPath = "/bulletins/feed.atom"

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
	atomEntry struct {
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Link      atomLink `xml:"link"`
		Summary   string   `xml:"summary"`
	}
)

// Feed is the Atom feed of what was published, newest first.
func (b *Bulletins) Feed(ctx context.Context) (*File, error) {
	s, err := b.shelved(ctx)
	if err != nil {
		return nil, err
	}
	return s.feed, nil
}

// writeFeed writes the feed. An entry's id is made of what never changes, so that no reader shows it twice; not of the snapshot's
// hash, by which the small numbers in it could be tried until one is right.
func (b *Bulletins) writeFeed(s *shelved) (*File, error) {
	feed := atomFeed{
		Lang: "en-GB", ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(b.site+feedPath)).URN(), Title: "Naloxone bulletins", Author: atomAuthor{"Everykit"},
		Links: []atomLink{{"self", "application/atom+xml", b.site + feedPath}, {"alternate", "text/html", b.site + "/bulletins"}},
	}
	updated := time.Unix(0, 0).UTC() // of a feed with nothing in it
	for i := range s.all {
		e := &s.all[i]
		if e.PublishedAt.After(updated) {
			updated = e.PublishedAt
		}
		if i < mostEntries {
			feed.Entries = append(feed.Entries, b.entry(e))
		}
	}
	feed.Updated = stamp(updated)
	var out bytes.Buffer
	out.WriteString(xml.Header)
	x := xml.NewEncoder(&out)
	x.Indent("", " ")
	if err := x.Encode(feed); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	body := out.Bytes()
	hash := sha256.Sum256(body)
	return &File{
		Name: "feed.atom", MediaType: "application/atom+xml; charset=utf-8", Body: body, Gzip: zipped(body, 9), Brotli: brotlied(body),
		ETag: etag(hash[:]), MadeAt: updated.Truncate(time.Second),
	}, nil
}

func (b *Bulletins) entry(e *Edition) atomEntry {
	at := fmt.Sprintf("%s/bulletins/%s/%d", b.site, e.Slug, e.Number)
	one := atomEntry{
		ID:    uuid.NewSHA1(uuid.NameSpaceURL, []byte("everykit bulletin "+e.Slug+" "+fmt.Sprint(e.Number)+" "+e.PublishedAt.Format(time.RFC3339Nano))).URN(),
		Title: e.Title, Published: stamp(e.PublishedAt), Updated: stamp(e.PublishedAt), Link: atomLink{"alternate", "text/html", at},
		Summary: "Figures of " + e.Period.Words() + ".",
	}
	if e.Number > 1 {
		one.Title = fmt.Sprintf("%s (edition %d)", e.Title, e.Number)
		one.Summary = "What changed: " + ended(e.What) + " Why: " + ended(e.Why)
	}
	return one
}

// ended is what a person wrote with a mark at its end.
func ended(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
