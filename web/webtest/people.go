package webtest

import (
	"net/http"
	"strconv"

	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
)

// Password and PIN are everybody's.
const (
	Password = "seven grey herons wade"
	PIN      = "4071"
)

// The people of the world, by what they may do at Home. Device is a counter device of Home on which nobody acts, Acting
// one on which Worker does.
const (
	Public        = "public"
	Worker        = "worker"
	Coordinator   = "coordinator"
	National      = "national"
	Analyst       = "analyst"
	Administrator = "administrator"
	Device        = "device"
	Acting        = "acting"
)

// More people, for what takes two of a kind. They are in every world, and not in Everybody.
const (
	Colleague = "colleague" // a worker of Home too
	Neighbour = "neighbour" // a worker of Sister
	Elsewhere = "elsewhere" // the coordinator of Across
)

// Everybody lists one of each kind.
var Everybody = []string{Public, Worker, Coordinator, National, Analyst, Administrator, Device, Acting}

// names are what people are called, so that a page which shows one to somebody it should not can be caught.
var names = map[string]string{
	Worker: "Wanda Werk", Coordinator: "Cora Cole", National: "Nat Reed", Analyst: "Ana Lyle", Administrator: "Ada Minn",
	Colleague: "Col League", Neighbour: "Nia Boer", Elsewhere: "Elsie Ware",
}

// Name is what a person is called.
func Name(who string) string { return names[who] }

// Email is a person's address.
func Email(who string) string { return who + "@example.org" }

func (w *World) people() {
	w.t.Helper()
	area, nation := w.Home.Area, w.Nation(w.Home).ID
	at := func(o *registry.Outlet) []staff.Place { return []staff.Place{{Area: o.Area, Outlet: o.ID}} }
	for who, d := range map[string]staff.Draft{
		Worker:        {Role: staff.Worker, Area: area, Outlets: at(w.Home)},
		Colleague:     {Role: staff.Worker, Area: area, Outlets: at(w.Home)},
		Neighbour:     {Role: staff.Worker, Area: area, Outlets: at(w.Sister)},
		Coordinator:   {Role: staff.Coordinator, Area: area},
		Elsewhere:     {Role: staff.Coordinator, Area: w.Across.Area},
		National:      {Role: staff.National, Area: nation},
		Analyst:       {Role: staff.Analyst, Area: nation},
		Administrator: {Role: staff.Administrator},
	} {
		d.Email, d.Name = Email(who), names[who]
		id, err := w.Staff.Create(w.ctx, staff.Operator(), d, Password)
		w.Must(err)
		if d.Role == staff.Worker {
			w.Must(w.Staff.SetPIN(w.ctx, staff.Operator(), id, PIN))
		}
		w.accounts[who] = id
	}
}

// WorkerAt makes one more worker, of an outlet, and gives the number of the account.
func (w *World) WorkerAt(o *registry.Outlet, email string) int {
	w.t.Helper()
	id, err := w.Staff.Create(w.ctx, staff.Operator(), staff.Draft{
		Email: email, Name: "Extra " + strconv.Itoa(o.ID), Role: staff.Worker, Area: o.Area, Outlets: []staff.Place{{Area: o.Area, Outlet: o.ID}},
	}, Password)
	w.Must(err)
	return id
}

// Account is the number of a person's account.
func (w *World) Account(who string) int { return w.accounts[who] }

// Token opens a new session for a person, or makes a new device; empty for the public.
func (w *World) Token(who string) string {
	w.t.Helper()
	of := who
	switch who {
	case Public:
		return ""
	case Device, Acting:
		of = Worker
	}
	token, p := w.signIn(of)
	if of == who {
		return token
	}
	token, err := w.Staff.OpenCounter(w.ctx, p, ledger.PlaceOf(w.Snap(), w.Home), staff.Device{UserAgent: "test"})
	w.Must(err)
	if who == Acting {
		w.Must(w.Staff.Act(w.ctx, token, w.accounts[Worker], PIN))
	}
	return token
}

func (w *World) signIn(who string) (string, staff.Person) {
	w.t.Helper()
	token, p, err := w.Staff.SignIn(w.ctx, Email(who), Password, staff.Device{UserAgent: "test"})
	w.Must(err)
	return token, p
}

// Person is somebody as the rooms know them, for deeds that go round the pages.
func (w *World) Person(who string) staff.Person {
	w.t.Helper()
	_, p := w.signIn(who)
	return p
}

// wayIn is under which addresses a browser is let in without a password. Only the test's server has them.
const wayIn = "/let-in/"

// WayIn is the address that signs a browser in as somebody.
func (w *World) WayIn(who string) string { return w.URL + wayIn + who }

// Cookie is the cookie that a session's token is kept in.
func Cookie(token string) *http.Cookie {
	return &http.Cookie{Name: "everykit", Value: token, Path: "/"}
}
