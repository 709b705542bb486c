package library

import (
	"slices"
	"time"
)

// Item is one work on the shelf. Texts are as tidy leaves them: no markup, no control characters, single spaces. Those
// that may have several paragraphs (Summary, Abstract, Finding, Note) part them with one line break.
type Item struct {
	ID    int    // 0: not stored
	Key   string // stands in addresses, kept for good; made by the room where it is empty
	State State
	Kind  Kind

	Title   string
	Authors []Name
	EtAl    bool // there are more authors than those listed
	Year    int  // 0 not known, or not yet published

	Journal   string // or the book it is a chapter of
	Publisher string
	Volume    string
	Issue     string
	Pages     string // 468-477, or the number of an article
	DOI       string // lower case, without a prefix
	PMID      string // digits
	Link      string // http or https

	Summary  string // in plain words, our own
	Abstract string
	Country  string
	Topics   []Topic // each once, in the order of Topics
	Bears    []int   // the recommendations 1 to 6 it bears on, each once, rising
	Evidence Evidence
	Note     string // what a reader should know about the record
	Source   string // where what is said here was read

	Version    int       // how often it was changed; Save needs the one it was made on
	ShownAt    time.Time // orders the latest; see Accept and Import
	AddedAt    time.Time
	ChangedAt  time.Time
	AcceptedAt time.Time // nought: never
}

// Evidence is what somebody noted who has read the work.
type Evidence struct {
	Design  string
	Setting string
	N       string // of people, areas or studies, in words: "249", "7 studies, 2,578 participants"
	Finding string
	Quality string // a rating
	Tool    string // the tool it was rated with
}

// State is how far an item has come. Numbers are stored.
type State uint8

// The states.
const (
	Proposed State = 1 // waits for somebody who accepts it; staff alone see it
	Accepted State = 2 // public
	Hidden   State = 3 // was looked at and is not shown
)

var states = []string{Proposed: "proposed", Accepted: "accepted", Hidden: "hidden"}

// String is the word for files and commands.
func (s State) String() string { return wordOf(states, int(s)) }

// Kind is what sort of work it is. Numbers are stored.
type Kind uint8

// The kinds.
const (
	Study      Kind = 1
	Review     Kind = 2
	ReportKind Kind = 3
	Guidance   Kind = 4
	Statistics Kind = 5
	Essay      Kind = 6
)

var kinds = []string{Study: "study", Review: "review", ReportKind: "report", Guidance: "guidance", Statistics: "statistics", Essay: "essay"}

// Kinds lists them in the order to show them.
func Kinds() []Kind { return []Kind{Study, Review, ReportKind, Guidance, Statistics, Essay} }

// String is the word for files, addresses and commands.
func (k Kind) String() string { return wordOf(kinds, int(k)) }

// Topic is one of a fixed list. Numbers are stored, and are also the bit a topic has in the table: never change one.
type Topic uint8

// The topics.
const (
	Provision    Topic = 1
	Coverage     Topic = 2
	Outreach     Topic = 3
	Prisons      Topic = 4
	PeerSupply   Topic = 5
	Policy       Topic = 6
	Cost         Topic = 7
	Grief        Topic = 8
	Requirements Topic = 9
	Ambulance    Topic = 10
	Prescription Topic = 11
	Effects      Topic = 12
	Products     Topic = 13
	Training     Topic = 14
	Planning     Topic = 15
	Monitoring   Topic = 16
)

var topics = []string{
	Provision: "provision", Coverage: "coverage", Outreach: "outreach", Prisons: "prisons", PeerSupply: "peer supply", Policy: "policy",
	Cost: "cost", Grief: "grief and loss", Requirements: "requirements", Ambulance: "ambulance", Prescription: "prescription",
	Effects: "effects", Products: "products", Training: "training", Planning: "planning", Monitoring: "monitoring",
}

// Topics lists them in the order to show them.
func Topics() []Topic {
	list := make([]Topic, 0, len(topics)-1)
	for t := 1; t < len(topics); t++ {
		list = append(list, Topic(t))
	}
	return list
}

// String is the word for pages, files, addresses and commands.
func (t Topic) String() string { return wordOf(topics, int(t)) }

func wordOf(words []string, n int) string {
	if n <= 0 || n >= len(words) {
		return ""
	}
	return words[n]
}

// IsPublic reports whether everybody may see it.
func (it *Item) IsPublic() bool { return it.State == Accepted }

// topicBits packs topics into one number for the table.
func topicBits(list []Topic) (bits int) {
	for _, t := range list {
		bits |= 1 << t
	}
	return bits
}

func topicsOf(bits int) (list []Topic) {
	for _, t := range Topics() {
		if bits&(1<<t) != 0 {
			list = append(list, t)
		}
	}
	return list
}

func bearsBits(list []int) (bits int) {
	for _, n := range list {
		bits |= 1 << n
	}
	return bits
}

func bearsOf(bits int) (list []int) {
	for n := 1; n <= recommendations; n++ {
		if bits&(1<<n) != 0 {
			list = append(list, n)
		}
	}
	return list
}

// recommendations is how many the report makes.
const recommendations = 6

// sameRecord reports whether two items say the same, whatever the room has noted about them.
func sameRecord(a, b *Item) bool {
	x, y := *a, *b
	for _, it := range []*Item{&x, &y} {
		it.ID, it.Key, it.State, it.Version = 0, "", 0, 0
		it.ShownAt, it.AddedAt, it.ChangedAt, it.AcceptedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	}
	lists := slices.Equal(x.Authors, y.Authors) && slices.Equal(x.Topics, y.Topics) && slices.Equal(x.Bears, y.Bears)
	return lists && x.plain() == y.plain()
}

// plain is everything of an item that can be compared with ==.
type plain struct {
	kind                                                                   Kind
	etAl                                                                   bool
	year                                                                   int
	title, journal, publisher, volume, issue, pages, doi, pmid, link       string
	summary, abstract, country, design, setting, n, finding, quality, tool string
	note, source                                                           string
}

func (it *Item) plain() plain {
	e := it.Evidence
	return plain{
		it.Kind, it.EtAl, it.Year,
		it.Title, it.Journal, it.Publisher, it.Volume, it.Issue, it.Pages, it.DOI, it.PMID, it.Link,
		it.Summary, it.Abstract, it.Country, e.Design, e.Setting, e.N, e.Finding, e.Quality, e.Tool,
		it.Note, it.Source,
	}
}
