package survey

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/document"
	"everykit/fault"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type findingsBody struct {
	Subtitle string
	Facts    []page.Fact
	Chapters []page.Link
	Report   template.HTML
	PDF      string
	Answers  page.Link // all answers as a file or a table
}

// findingsPage is the findings for the nation's own staff, as the answers stand now.
func findingsPage(v *desk.Visit) error {
	r, err := findingsOf(v)
	if err != nil {
		return err
	}
	pv := view(v, "", r)
	switch r.State {
	case survey.Published:
		pv.Flash = "These findings are public."
	case survey.Closed:
		pv.Warning = "Not published yet. Only staff of the nation can read this."
	default:
		pv.Warning = "The round is still open. These findings change with each answer, and only staff of the nation can read them."
	}
	return drawFindings(v, pv, r, pathOf(v, r)+"/findings.pdf", page.Link{Text: "All answers (CSV)", Href: pathOf(v, r) + "/answers.csv"})
}

func findingsPDF(v *desk.Visit) error {
	r, err := findingsOf(v)
	if err != nil {
		return err
	}
	return sendPDF(v, r, false)
}

// findingsOf finds a round that has findings: one that was sent.
func findingsOf(v *desk.Visit) (*survey.Round, error) {
	r, err := roundOf(v)
	if err == nil && r.State == survey.Draft {
		return nil, fault.New(fault.Refused, "this round has not been sent, so that nothing is found yet").Hint("send it first")
	}
	return r, err
}

// publicRound finds a published round of any nation by its key. One that is not published is not there.
func publicRound(v *desk.Visit, key string) (*survey.Round, error) {
	r, err := v.Surveys.Round(v.Ctx(), key)
	if err == nil && r.State == survey.Published {
		return r, nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	return nil, fault.New(fault.NotFound, "no findings are published at this address").Hint("the list of findings shows those that are")
}

// publicFindings is the findings of a published round for everybody, as a page or as a PDF.
func publicFindings(v *desk.Visit) error {
	key, pdf := strings.CutSuffix(v.R.PathValue("round"), ".pdf")
	r, err := publicRound(v, key)
	if err != nil {
		return err
	}
	if pdf {
		return sendPDF(v, r, true)
	}
	pv := v.View("")
	pv.Crumbs = []page.Link{{Text: "Findings", Href: "/findings"}}
	forAll(v, &pv)
	return drawFindings(v, pv, r, PublicPath(r.Key)+".pdf", page.Link{Text: "All answers as open data", Href: openAnswers})
}

// forAll lets a page be kept on the way, unless it names who is signed in.
func forAll(v *desk.Visit, pv *page.View) {
	pv.Public = pv.Person == nil
	v.W.Header().Add("Vary", "Cookie")
}

func drawFindings(v *desk.Visit, pv page.View, r *survey.Round, pdf string, answers page.Link) error {
	doc, report, err := editionOf(v.App, r.ID).read(v, r)
	if err != nil {
		return err
	}
	pv.Title, pv.Caption, pv.Wide = doc.Title, "", true
	b := findingsBody{Subtitle: doc.Subtitle, Facts: metaFacts(doc), Report: report, PDF: pdf, Answers: answers}
	for _, c := range doc.Chapters {
		b.Chapters = append(b.Chapters, page.Link{Text: c.Title, Href: "#" + c.Key})
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "findings", pv)
}

func metaFacts(doc *document.Document) []page.Fact {
	var list []page.Fact
	for _, m := range doc.Meta {
		list = append(list, page.Fact{Key: m.Name, Value: page.TextCell(m.Value)})
	}
	return list
}

// sendPDF sends the findings as a PDF. One that is public may be kept on the way for a minute, and is asked for by its
// content after that.
func sendPDF(v *desk.Visit, r *survey.Round, public bool) error {
	pdf, err := editionOf(v.App, r.ID).print(v, r)
	if err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `inline; filename="findings-`+r.Key+`.pdf"`)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	if public {
		sum := sha256.Sum256(pdf)
		tag := `"` + hex.EncodeToString(sum[:12]) + `"`
		h.Set("Cache-Control", "public, max-age=60")
		h.Set("ETag", tag)
		if v.R.Header.Get("If-None-Match") == tag {
			v.W.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(pdf)))
	_, err = v.W.Write(pdf)
	return err
}

type publishedBody struct {
	Rounds  page.Table
	Answers string // where all answers are
}

// openAnswers is the table of the answers of all published rounds, among the open data.
const openAnswers = "/data/answers"

// published lists the findings that everybody can read, the latest first.
func published(v *desk.Visit) error {
	rounds, err := v.Surveys.Rounds(v.Ctx(), 0)
	if err != nil {
		return err
	}
	t := page.Table{Caption: "Findings", Hide: true, Stack: true, Columns: page.Columns("Findings", "Nation", "About", "PDF"), Empty: "Nothing has been published yet."}
	for i := range rounds {
		r := &rounds[i]
		nation := v.Snap.Area(r.Nation)
		if r.State != survey.Published || nation == nil {
			continue
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(r.Title, PublicPath(r.Key)), page.TextCell(nation.Name), page.TextCell(r.Period.String()),
			page.LinkCell("PDF of "+r.Key, PublicPath(r.Key)+".pdf"),
		}})
	}
	pv := v.View("What the surveys found")
	forAll(v, &pv)
	pv.Body = publishedBody{t, openAnswers}
	return pages.Render(v.W, http.StatusOK, "published", pv)
}
