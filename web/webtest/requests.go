package webtest

import (
	"time"

	"github.com/google/uuid"

	"everykit/ledger"
	"everykit/request"
	"everykit/staff"
)

// What somebody has typed who asks Home's authority for a kit by post: seen by those who send it, and by nobody else.
const (
	RequestName    = "Robin Nightingale"
	RequestAddress = "7 Wharfside\nBarking\nIG11 7XX"
	RequestContact = "robin@nightingale.example.net"
)

// Requested is what people have asked Home's authority for.
type Requested struct {
	ID        uuid.UUID // by post, to RequestName: nobody has looked at it
	Reference string    // for who asked
	Collect   uuid.UUID // to be collected at Home
	Report    int       // that something said of Home is wrong
}

// Asked has Home's authority offer kits by post and to collect, all of them from Home's shelf, and people ask for some, once.
// It needs kits on that shelf.
func (w *World) Asked() *Requested {
	w.t.Helper()
	if w.requested != nil {
		return w.requested
	}
	w.Must(w.Requests.SetOffer(w.ctx, staff.Operator(), request.Offer{
		Area: w.Home.Area, On: true, Post: true, Collect: true, Outlet: w.Home.ID, Collects: []int{w.Home.ID, w.Sister.ID}, Most: 3, Note: "We post on Tuesdays and Fridays.",
	}))
	r := &Requested{ID: ledger.NewID(), Collect: ledger.NewID()}
	post, collect, report := w.requestForm(), w.requestForm(), w.requestForm()
	w.Wait(request.MinFormAge + time.Second) // nobody types faster
	defer w.Wait(-request.MinFormAge - time.Second)
	var err error
	r.Reference, err = w.Requests.Ask(w.ctx, post, request.Ask{
		ID: r.ID, Area: w.Home.Area, For: request.Myself, Kits: 1, How: request.ByPost, Name: RequestName, Address: RequestAddress, Contact: RequestContact, OldEnough: true,
	})
	w.Must(err)
	_, err = w.Requests.Ask(w.ctx, collect, request.Ask{ID: r.Collect, Area: w.Home.Area, For: request.SomeoneIKnow, Kits: 2, How: request.ToCollect, Collect: w.Home.ID, OldEnough: true})
	w.Must(err)
	w.Must(w.Requests.Report(w.ctx, report, w.Home.ID, "The door is shut on Mondays."))
	list, err := w.Requests.Reports(w.ctx, staff.Operator(), w.Home.Area)
	w.Must(err)
	if len(list) != 1 {
		w.t.Fatalf("there are %d reports", len(list))
	}
	r.Report = list[0].ID
	w.requested = r
	return r
}

// requestForm is the token of a form for asking.
func (w *World) requestForm() string {
	w.t.Helper()
	token, err := w.Requests.FormToken(w.ctx)
	w.Must(err)
	return token
}
