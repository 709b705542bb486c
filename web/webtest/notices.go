package webtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"everykit/civil"
	"everykit/notice"
	"everykit/staff"
)

// NewNotice is a notice of Today as it is typed in: what differs is set by the test.
func (w *World) NewNotice(number string, action notice.Action, lots ...string) notice.Notice {
	w.t.Helper()
	n := notice.Notice{
		Number: number, Regulator: "MHRA", IssuedOn: Today, Title: "Needles may be missing", Action: action, Level: notice.Outlets, DueOn: civil.None,
		Text: "Hold the sealed kit to the light. You must see two needles.", Source: "https://example.org/notice",
	}
	for _, lot := range lots {
		n.Lines = append(n.Lines, notice.Line{Product: w.Product("prenoxad"), Number: lot})
	}
	return n
}

// Publish publishes a notice and gives its number here.
func (w *World) Publish(n notice.Notice) int {
	w.t.Helper()
	id, err := w.Notices.Save(w.ctx, staff.Operator(), n)
	w.Must(err)
	_, err = w.Notices.Publish(w.ctx, staff.Operator(), id, true)
	w.Must(err)
	return id
}

var personal = regexp.MustCompile(`/n/[0-9a-z]+-[0-9a-z]{26}`)

// PersonalLinks sends what waits in the outbox and gives the addresses of all personal links to notices in the letters so
// far.
func (w *World) PersonalLinks() []string {
	w.t.Helper()
	return w.inLetters(personal)
}

// inLetters sends what waits in the outbox and gives what is found in the letters so far.
func (w *World) inLetters(what *regexp.Regexp) []string {
	w.t.Helper()
	_, err := w.Post.Once(w.ctx)
	w.Must(err)
	files, err := filepath.Glob(filepath.Join(w.Letters, "*.eml"))
	w.Must(err)
	var found []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		w.Must(err)
		found = append(found, what.FindAllString(strings.ReplaceAll(string(b), "=\r\n", ""), -1)...)
	}
	return found
}

// notices are one that informs of a lot that every outlet has, so that no kit is kept back, and a draft.
func (w *World) notices() {
	w.t.Helper()
	leith, _ := w.Snap().OutletByCode("LO-01")
	w.Must(w.Notices.PutContact(w.ctx, staff.Operator(), notice.Contact{Area: leith.Area, Email: "leith@example.org"}))
	n := w.NewNotice("INF/1", notice.Inform)
	n.Lines = []notice.Line{{Product: w.Snap().Products()[0].ID, Number: "0116917"}}
	w.Notice = w.Publish(n)
	links := w.PersonalLinks()
	if len(links) != 1 {
		w.t.Fatalf("there are %d personal links", len(links))
	}
	w.Link = links[0]
	n.Number = "DRAFT/1"
	var err error
	w.Draft, err = w.Notices.Save(w.ctx, staff.Operator(), n)
	w.Must(err)
}
