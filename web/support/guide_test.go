package support_test

import (
	"net/http"
	"testing"

	"everykit/web/webtest"
)

const english = "/nation/E92000001/guidance"

// TestGuidanceIsWrittenAndRead writes a page for staff, opens it to the public and changes it.
func TestGuidanceIsWrittenAndRead(t *testing.T) {
	w := webtest.NewBare(t)
	n, public := w.As(webtest.National), w.As(webtest.Public)
	public.Open("/guidance").Says(t, `href="/guidance/starting-provision"`)
	public.Open("/guidance").Lacks(t, "answering-the-survey", "Write a page", "staff only")
	public.Get("/guidance/answering-the-survey").Is(t, http.StatusNotFound, "")
	w.As(webtest.Worker).Open("/guidance/answering-the-survey").Says(t, "You do not need everything")
	w.As(webtest.Device).Get("/guidance/answering-the-survey").Is(t, http.StatusNotFound, "")

	n.Open("/guidance").Says(t, `href="`+english+`/new"`, "staff only", "Comes with Everykit")
	n.Refused(english+"/new").Says(t, `href="#title"`, `href="#key"`, `href="#markdown"`)
	n.Refused(english+"/new", "key", "starting-provision", "title", "x", "markdown", "x").Says(t, `href="#key"`, "There is a page with this address already")
	form := n.Fill(english+"/new", "do", "preview", "key", "vans", "title", "Vans", "markdown", "## Begin\n\nAsk **Barnet**. <script>alert(1)</script> [here](javascript:alert(2))", "gaps", "no_outlet")
	a := n.Post(english+"/new", form)
	a.Is(t, http.StatusOK, "", "As it will be read", "<strong>Barnet</strong>", "Nothing is saved yet")
	a.Lacks(t, "<script>alert", `href="javascript`)
	public.Get("/guidance/vans").Is(t, http.StatusNotFound, "")
	form = webtest.Held(a.Body)
	form.Set("do", "save")
	a = n.Post(english+"/new", form)
	a.Is(t, http.StatusSeeOther, "/guidance/vans?of=E92000001&saved=guide")
	n.Open(a.To).Says(t, "saved as a new version", "Version 1, 23 November 2026", "Begin", "No public outlet")
	public.Get("/guidance/vans").Is(t, http.StatusNotFound, "")
	public.Open("/guidance").Lacks(t, "Vans")

	old := n.Fill(english+"/vans/edit", "do", "save", "markdown", "Old hat", "gaps", "no_outlet")
	n.Saved(english+"/vans/edit", "do", "save", "markdown", "Ring first.", "public", "yes", "gaps", "no_outlet").Says(t, "Version 2", "Ring first.")
	n.Post(english+"/vans/edit", old).Is(t, http.StatusConflict, "", "a newer version", "Old hat")
	public.Open("/guidance").Says(t, "Vans", "England", `href="/guidance/vans?of=E92000001"`)
	page := public.Open("/guidance/vans")
	page.Says(t, "Ring first.")
	page.Lacks(t, "Version 1", "Change this page")
	public.Get("/guidance/vans?version=1").Is(t, http.StatusNotFound, "") // it was not public
	n.Open("/guidance/vans?version=1").Says(t, "This is an older version.", "Begin")
	n.Get("/guidance/vans?version=9").Is(t, http.StatusNotFound, "")
	n.Get(english+"/no-such/edit").Is(t, http.StatusNotFound, "")

	// What comes with the program is taken over by the first change.
	n.Saved(english+"/starting-provision/edit", "do", "save", "markdown", "The English way.", "public", "yes").Says(t, "Version 1", "The English way.")
	public.Open("/guidance/starting-provision").Says(t, "Decide who leads")
	public.Open("/guidance/starting-provision?of=E92000001").Says(t, "The English way.")
	w.As(webtest.Coordinator).Open("/guidance/starting-provision").Says(t, "The English way.")
	w.As(webtest.Coordinator).Open(barking+"?gap=no_outlet").Says(t, `href="/guidance/vans"`)
	public.Get("/guidance/starting-provision?of=XX").Is(t, http.StatusNotFound, "")

	w.As(webtest.Coordinator).Get(english+"/new").Is(t, http.StatusForbidden, "")
	w.As(webtest.Analyst).Get(english+"/vans/edit").Is(t, http.StatusForbidden, "")
	n.Get("/nation/S92000003/guidance/new").Is(t, http.StatusForbidden, "")
}
