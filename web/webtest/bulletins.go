package webtest

import (
	"regexp"
	"time"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/registry"
)

// Editions are the bulletins of a world, those of Home's nation first. All have the same people: the national team writes, and
// the analyst signs; of Home's authority the coordinator writes, and an administrator signs.
type Editions struct {
	Slug      string // of the latest quarter that has ended, published twice
	First     int    // its first edition
	Corrected int    // its second
	Draft     int    // of the quarter before, with nothing let pass and no words
	Signed    int    // of the last financial year, under embargo until the day after Today
	HiddenAs  string // slug of Draft
	SignedAs  string // slug of Signed
	Early     string // the address for whoever has early access to Signed: /early/...
	Link      string // the address of a subscription that waits to be confirmed: /bulletins/subscribed/...

	LocalSlug   string // of Home's authority, published
	LocalDraft  int    // likewise, of the quarter before
	LocalSigned int    // of the last financial year, to be published by hand
}

// Who has early access in a world, and who waits for its bulletins: their addresses are shown to nobody but those who typed
// them.
const (
	EarlyReader = "Office of the minister"
	EarlyAt     = "early@minister.example.org"
	SubscribeAt = "reader@letters.example.org"
)

var (
	subscribedBy = regexp.MustCompile(`/bulletins/subscribed/[0-9a-z]+-[0-9a-z]{26}`)
	earlyBy      = regexp.MustCompile(`/early/[0-9a-z]+-[0-9a-z]{26}`)
)

// Editions makes the bulletins of the world, once: it takes longer than all of New, so only tests of bulletins and those of
// all pages ask for it.
func (w *World) Editions() *Editions {
	w.t.Helper()
	if w.editions != nil {
		return w.editions
	}
	was := w.Printer.Chromium
	w.Printer.Chromium = "none" // which is quicker; that Chromium prints bulletins is tested in their room
	defer func() { w.Printer.Chromium = was }()

	e := &Editions{}
	quarter := civil.QuarterOf(Today).Before()
	e.Slug = quarter.Slug()
	nation, home := w.Nation(w.Home), w.Area(w.Home)

	e.First = w.drafted(National, nation, quarter)
	w.issued(e.First, National, Analyst)
	var err error
	e.Corrected, err = w.Bulletins.Correct(w.ctx, w.Person(National), e.Slug, "The figure of Barnet stood too low.", "Nine kits were entered late.")
	w.Must(err)
	w.issued(e.Corrected, National, Analyst)

	e.Draft = w.drafted(National, nation, quarter.Before())
	year := civil.FinancialYearOf(Today).Before()
	e.HiddenAs, e.SignedAs = quarter.Before().Slug(), year.Slug()
	e.Signed = w.drafted(National, nation, year)
	w.Must(w.Bulletins.Invite(w.ctx, w.Person(National), e.Signed, w.version(e.Signed), []bulletin.Reader{{Who: EarlyReader, Why: "To answer questions in parliament", Email: EarlyAt}}))
	w.waived(National, e.Signed)
	w.signed(Analyst, e.Signed, w.DB.Now().Add(24*time.Hour))

	local := w.drafted(Coordinator, home, quarter)
	w.issued(local, Coordinator, Administrator)
	of, err := w.Bulletins.Get(w.ctx, w.Person(Coordinator), local)
	w.Must(err)
	e.LocalSlug = of.Slug
	e.LocalDraft = w.drafted(Coordinator, home, quarter.Before())
	e.LocalSigned = w.drafted(Coordinator, home, year)
	w.waived(Coordinator, e.LocalSigned)
	w.signed(Administrator, e.LocalSigned, time.Time{})

	w.Must(w.Bulletins.Subscribe(w.ctx, SubscribeAt))
	e.Link = w.one(subscribedBy)
	e.Early = w.one(earlyBy)
	w.editions = e
	return e
}

// one is what is found once in the letters so far.
func (w *World) one(what *regexp.Regexp) string {
	w.t.Helper()
	found := w.inLetters(what)
	if len(found) == 0 {
		w.t.Fatalf("no letter has %s", what)
	}
	for _, other := range found { // one letter names its link more than once
		if other != found[0] {
			w.t.Fatalf("there are more than one of %s", what)
		}
	}
	return found[0]
}

// drafted begins a bulletin.
func (w *World) drafted(who string, of *registry.Area, period civil.Period) int {
	w.t.Helper()
	id, err := w.Bulletins.Draft(w.ctx, w.Person(who), bulletin.DraftOf{Area: of.Code, Period: period})
	w.Must(err)
	return id
}

// waived lets every finding of a draft pass.
func (w *World) waived(who string, id int) {
	w.t.Helper()
	open, _, err := w.Bulletins.Check(w.ctx, id)
	w.Must(err)
	var keys []string
	for _, f := range open {
		keys = append(keys, f.Key)
	}
	if len(keys) > 0 {
		w.Must(w.Bulletins.WaiveMany(w.ctx, w.Person(who), id, w.version(id), "It is a small world.", keys...))
	}
}

func (w *World) signed(who string, id int, embargo time.Time) {
	w.t.Helper()
	w.Must(w.Bulletins.Sign(w.ctx, w.Person(who), id, w.version(id), embargo))
}

// issued lets every finding of a draft pass, has it signed, and publishes it.
func (w *World) issued(id int, writer, signer string) {
	w.t.Helper()
	w.waived(writer, id)
	w.signed(signer, id, time.Time{})
	w.Must(w.Bulletins.Publish(w.ctx, w.Person(writer), id, w.version(id)))
}

// version is that of an edition now.
func (w *World) version(id int) int {
	w.t.Helper()
	e, err := w.Bulletins.Get(w.ctx, w.Person(Administrator), id)
	w.Must(err)
	return e.Version
}
