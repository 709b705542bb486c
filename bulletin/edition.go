package bulletin

import (
	"time"

	"everykit/bulletin/compose"
	"everykit/bulletin/frozen"
	"everykit/civil"
)

// State is where an edition stands.
type State uint8

// The states, in their order. Numbers are stored.
const (
	Drafted   State = iota + 1 // may be changed
	Signed                     // by another person; waits for its time
	Published                  // its bytes never change
	Dropped                    // a draft that somebody took away; nothing of it is shown
)

// Words is the state as a page writes it.
func (s State) Words() string {
	return [...]string{Drafted: "draft", Signed: "signed", Published: "published", Dropped: "dropped"}[s]
}

// Edition is one bulletin of a period: a draft, or what was published. A correction is a new edition of the same Slug.
type Edition struct {
	ID      int
	Slug    string // 2021-22-q2; of a second nation or an authority with its name behind: 2021-22-q2-scotland
	Number  int    // 1, 2 ...
	Kind    frozen.Kind
	Area    int
	Period  civil.Period
	AsOf    civil.Date
	State   State
	Title   string
	Hash    string // of the snapshot
	Version int    // grows with every change; a change names the one it was made on

	MadeBy, SignedBy       int // accounts; 0: nobody yet, -1: the command line
	MadeName, SignedName   string
	MadeAt, SignedAt       time.Time
	PublishAt, PublishedAt time.Time // PublishAt: the embargo; zero if there is none
	What, Why              string    // of a correction: what changed and why
	Commentary             map[string]string
	Titles                 map[string]string
	Chapters               []string // keys in the order chosen; nil: the template's
	LeftOut                []string
	Waived                 []compose.Waiver // Check is the finding's key
	EarlyAccess            []Reader

	PublishedOn civil.Date // the day it was published, where the site is; civil.None before

	nation     int
	asOfGiven  bool
	seen, turn int64             // see schema.sql
	waivedWhat map[string]string // by key, in words
}

// Reader may read an edition once it is signed, before it is published. With an e-mail address they get a link of their own. The
// address is erased when the edition is published or dropped.
type Reader struct{ Who, Why, Email string }

// DraftOf names a bulletin to begin.
type DraftOf struct {
	Area   string // code
	Period civil.Period
	AsOf   civil.Date // 0: today
}

// commandLine stands in the place of an account for who acts by the command line.
const commandLine = -1

// Limits of what people write, in letters.
const (
	MostNote    = 20_000 // commentary of a chapter
	MostTitle   = 250
	MostReason  = 500
	MostWhat    = 2_000 // what a correction changed, and why
	MostReaders = 200
)
