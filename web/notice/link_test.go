package notice_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/notice"
	"everykit/store"
	"everykit/web/webtest"
)

// TestAPersonalLinkNeedsNoAccount reads and answers a notice by a link, and looks for its token in the log.
func TestAPersonalLinkNeedsNoAccount(t *testing.T) {
	w := webtest.NewBare(t)
	leith, _ := w.Snap().OutletByCode("LO-01")
	w.Must(w.Notices.PutContact(t.Context(), w.Person(webtest.Administrator), notice.Contact{Area: leith.Area, Provider: "Leith Together", Email: "leith@example.org"}))
	w.Receive(leith, "prenoxad", "0116917", "2027-06", 12, webtest.Today-60)
	id := w.Publish(w.NewNotice("C/1", notice.Check, "0116917"))
	links := w.PersonalLinks()
	if len(links) != 1 {
		t.Fatalf("the links are %v", links)
	}
	v := w.As(webtest.Public)
	a := v.Open(links[0])
	a.Says(t, "Needles may be missing", "Leith drop-in", "0116917", "Good kits", "keeps nothing on your device")
	a.Lacks(t, "/lots/", "/notices/")
	if a.Header.Get("Set-Cookie") != "" || a.Header.Get("Referrer-Policy") != "no-referrer" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", a.Header)
	}
	v.Refused(links[0], "checked", "many").Says(t, `href="#checked"`)
	form := v.Fill(links[0], "checked", "11", "faulty", "1", "note", "by hand")
	for range 2 {
		v.Post(links[0], form).Is(t, http.StatusSeeOther, links[0]+"?saved=answered")
	}
	v.Open(links[0]+"?saved=answered").Says(t, "Your answer is kept", "You have answered.")
	w.As(webtest.Administrator).Open("/notices/"+strconv.Itoa(id)).Says(t, "The provider", "11", "Told by a personal link")

	bad := v.Get(links[0][:len(links[0])-1] + "7")
	bad.Is(t, http.StatusNotFound, "", "This link does not work", "/check")
	v.Get("/n/x").Is(t, http.StatusNotFound, "", "This link does not work")
	v.Post("/n/x", form).Is(t, http.StatusNotFound, "", "This link does not work")
	w.Must(w.Notices.Close(t.Context(), w.Person(webtest.Administrator), id, "over"))
	v.Open(links[0]).Says(t, "This notice is closed")
	v.Open(links[0]).Lacks(t, "Your answer</h2>")
	form.Set("id", "0193d1de-0000-7000-8000-000000000001")
	v.Post(links[0], form).Is(t, http.StatusConflict, "", "has been closed")
	if token := strings.TrimPrefix(links[0], "/n/"); strings.Contains(w.Log.String(), token) || strings.Contains(w.Log.String(), token[len(token)-20:]) {
		t.Error("the log holds the token")
	}
}

// TestContactsAreKept writes addresses down, all or none.
func TestContactsAreKept(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Coordinator)
	const at = "/areas/E09000002/contacts"
	v.Open(at).Says(t, "Harbour Trust", "Roof and Rest", "Runs St Anne’s hostel.")
	v.Refused(at, "contacts.0.email", "all@example.org", "contacts.1.email", "nobody").Says(t, `href="#contacts.1.email"`, `value="all@example.org"`)
	v.Open(at).Lacks(t, "all@example.org")
	v.Saved(at, "contacts.0.email", "all@example.org", "contacts.1.email", "trust@example.org").Says(t, "The addresses are saved.", "trust@example.org")
	v.Saved(at, "contacts.1.email", "").Lacks(t, "trust@example.org")
	w.As(webtest.Worker).Get(at).Is(t, http.StatusForbidden, "")
	w.As(webtest.Elsewhere).Get(at).Is(t, http.StatusForbidden, "")
}

// TestALetterThatMayNotHaveArrivedIsSentAgain breaks a letter and presses the button beside it.
func TestALetterThatMayNotHaveArrivedIsSentAgain(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	at := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice("C/1", notice.Check, "0116917")))
	c := w.As(webtest.Coordinator)
	c.Open(at).Says(t, "Waiting to be sent")
	w.Must(w.DB.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE outbox SET state = 5, why = 'the line broke' WHERE dedupe LIKE 'notice/%'")
		return err
	}))
	a := c.Open(at)
	a.Says(t, "May not have arrived", "the line broke", "Send it again")
	var again webtest.Form
	for _, f := range webtest.Forms(a.Body, at) {
		if strings.HasSuffix(f.Action, "/again") {
			again = f
		}
	}
	for _, who := range []string{webtest.Worker, webtest.Elsewhere, webtest.Analyst} {
		w.As(who).Post(at+"/again", again.Held).Is(t, http.StatusNotFound, "")
	}
	c.Post(at+"/again", again.Held).Is(t, http.StatusSeeOther, at+"?saved=again#letters")
	c.Post(at+"/again", again.Held).Is(t, http.StatusConflict, "")
	c.Open(at).Says(t, "Waiting to be sent")
}
