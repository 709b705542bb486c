package survey

import (
	"context"
	"crypto/sha256"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"everykit/document"
	"everykit/registry"
	"everykit/survey"
	"everykit/survey/findings"
	"everykit/web/desk"
)

// edition is the findings of a round as they were made from one version of its answers. It is kept, so that many readers
// cost one composition and one print.
type edition struct {
	sync.Mutex
	from   [sha256.Size]byte // the version of the answers
	areas  *registry.Snapshot
	looked time.Time // when it was last made sure that it still holds
	made   time.Time

	doc  *document.Document
	body template.HTML
	sum  [sha256.Size]byte // of the whole document
	pdf  []byte
}

const (
	// stillFresh is how long nobody looks whether an answer has changed: a spike of readers asks the database once.
	stillFresh = 2 * time.Second
	// stillGood is how long findings stand whose answers have not changed; the ledger's own counts are read anew after it.
	stillGood = 10 * time.Minute
)

// editions are those in memory, by site and round. There are as many as there are rounds.
var editions struct {
	sync.Mutex
	of map[editionKey]*edition
}

type editionKey struct {
	app   *desk.App
	round int
}

func editionOf(app *desk.App, round int) *edition {
	editions.Lock()
	defer editions.Unlock()
	if editions.of == nil {
		editions.of = map[editionKey]*edition{}
	}
	key := editionKey{app, round}
	e := editions.of[key]
	if e == nil {
		e = &edition{}
		editions.of[key] = e
	}
	return e
}

// refresh makes the findings, if they are not there or no longer hold. The lock is the caller's.
func (e *edition) refresh(v *desk.Visit, r *survey.Round) error {
	now := time.Now()
	if e.doc != nil && e.areas == v.Snap && now.Sub(e.looked) < stillFresh {
		return nil
	}
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	if err != nil {
		return err
	}
	from := versionOf(r, replies)
	if e.doc != nil && e.areas == v.Snap && from == e.from && now.Sub(e.made) < stillGood {
		e.looked = now
		return nil
	}
	found, err := findings.Of(v.Ctx(), v.Surveys, v.Measures, v.Registry, r)
	if err != nil {
		return err
	}
	doc := found.Document()
	sum := sha256.Sum256(doc.Page())
	if sum != e.sum {
		e.sum, e.pdf, e.body = sum, nil, framed(&doc)
	}
	e.doc, e.from, e.areas, e.looked, e.made = &doc, from, v.Snap, now, now
	return nil
}

// framed is a report as markup, each drawing in the frame that drawings have on all pages.
func framed(doc *document.Document) template.HTML {
	return template.HTML(strings.ReplaceAll(string(doc.Body()), `<figure class="draw"`, `<figure class="ek-chart draw"`)) // as document escaped it
}

// versionOf tells one version of the answers of a round from another.
func versionOf(r *survey.Round, replies []survey.Reply) (sum [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintln(h, r.Key, r.Title, r.State, r.ClosedOn)
	for i := range replies {
		x := &replies[i]
		fmt.Fprintln(h, x.Number, x.Name, x.Status, x.Version, x.Late, x.RefusedFor, len(x.Answers), slices.Sorted(maps.Keys(x.Answers)))
	}
	h.Sum(sum[:0])
	return sum
}

// read gives the findings as a document and as markup.
func (e *edition) read(v *desk.Visit, r *survey.Round) (*document.Document, template.HTML, error) {
	e.Lock()
	defer e.Unlock()
	if err := e.refresh(v, r); err != nil {
		return nil, "", err
	}
	return e.doc, e.body, nil
}

// print gives them as a PDF. Whoever asks while it is being made waits for that one; it is made to its end also where the
// first to ask has gone away.
func (e *edition) print(v *desk.Visit, r *survey.Round) ([]byte, error) {
	e.Lock()
	defer e.Unlock()
	if err := e.refresh(v, r); err != nil {
		return nil, err
	}
	if e.pdf == nil {
		pdf, err := v.Printer.PDF(context.WithoutCancel(v.Ctx()), e.doc)
		if err != nil {
			return nil, err
		}
		e.pdf = pdf
	}
	return e.pdf, nil
}
