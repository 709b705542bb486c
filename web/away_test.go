package web_test

import (
	"context"
	"net/http"
	"testing"

	"everykit/staff"
	"everykit/store"
	"everykit/web/webtest"
)

// Where the database cannot say who asks, nobody who is signed in is told to sign in: that would throw away the form they
// sent, and look like an answer. Public pages go on, and the form can be sent again as it is.
func TestNobodyIsSignedOutBecauseTheDatabaseIsAway(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	form := worker.Fill("/outlets/1/give-out")
	rename := func(from, to string) {
		w.Must(w.DB.Write(context.Background(), func(tx *store.Tx) error {
			_, err := tx.Exec(context.Background(), "ALTER TABLE "+from+" RENAME TO "+to)
			return err
		}))
	}
	rename("session", "session_away")
	w.Wait(staff.CacheFor) // until then it is answered from memory
	if a := worker.Post("/outlets/1/give-out", form); a.Status < 500 || a.To != "" {
		t.Errorf("a form sent meanwhile answers %d to %q", a.Status, a.To)
	}
	if a := worker.Get("/check"); a.Status != http.StatusOK {
		t.Errorf("a public page answers %d meanwhile", a.Status)
	}
	rename("session_away", "session")
	if a := worker.Post("/outlets/1/give-out", form); a.To != "/outlets/1/entries/"+form.Get("id") || w.Shelf(first) != 23 {
		t.Errorf("the same form answers %d to %q afterwards, with %d on the shelf", a.Status, a.To, w.Shelf(first))
	}
}
