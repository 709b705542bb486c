package survey

import (
	"time"

	"everykit/civil"
	"everykit/measure"
)

// Status is what has become of a question sent to one respondent.
type Status uint8

// The statuses.
const (
	NotSent      Status = 1 // round is a draft, or nobody has written to them
	Waiting      Status = 2 // sent, nothing heard
	Acknowledged Status = 3
	Paused       Status = 4 // they asked us to clarify: the clock stands
	InPart       Status = 5 // some answers
	Answered     Status = 6 // every question that must be answered is, or has a state; by link: and they said that this is all
	Refused      Status = 7 // the whole of it, with the exemption named
	NoReply      Status = 8 // closed without an answer
)

// Statuses lists them all, in order.
func Statuses() []Status {
	return []Status{NotSent, Waiting, Acknowledged, Paused, InPart, Answered, Refused, NoReply}
}

// String is the status's key.
func (s Status) String() string {
	return keyOf([]string{"", "not_sent", "waiting", "acknowledged", "paused", "in_part", "answered", "refused", "no_reply"}, int(s))
}

// Words is how a page writes it.
func (s Status) Words() string {
	return keyOf([]string{
		"", "Not sent", "Waiting", "Acknowledged", "Waiting for us to clarify", "Answered in part", "Answered", "Refused", "No reply",
	}, int(s))
}

// HasAnswers reports whether something was answered: in part or wholly.
func (s Status) HasAnswers() bool { return s == InPart || s == Answered }

// By says how an answer came. Numbers are stored.
type By uint8

// The ways.
const (
	ByLink  By = 1
	ByStaff By = 2 // from a letter, on the authority's behalf
	ByFile  By = 3
)

// Words is how a page writes it.
func (b By) Words() string { return keyOf([]string{"", "by link", "by staff", "by file"}, int(b)) }

// Answer is the answer to one question. Number, Options or Text is filled in where State.HasNumber or Reported; other
// states (dont_know, not_held, refused, not_provided) stand without one. A question that the skip rules leave out has none.
type Answer struct {
	Question string
	State    measure.State
	Number   *float64
	Options  []string
	Text     string
	By       By
	Source   string
	At       time.Time
	Staff    int // 0 by link or file
	Version  int // of the reply, when it became so
}

// IsBlank reports whether nothing was answered.
func (a Answer) IsBlank() bool {
	return a.State == 0 && a.Number == nil && len(a.Options) == 0 && a.Text == ""
}

// Reply is everything about one respondent.
type Reply struct {
	Respondent
	Status         Status
	Late           bool // past its day and not answered, or answered after it
	SentAt         time.Time
	SentOn         civil.Date // the day the clock began to run
	OpenedAt       time.Time  // the link, first
	AcknowledgedOn civil.Date
	DueOn          civil.Date
	PausedOn       civil.Date // civil.None while the clock runs
	PausedFor      string     // what they asked
	AnsweredOn     civil.Date // the day all that must be was answered
	RefusedOn      civil.Date
	RefusedFor     string // the exemption named
	ExtendedFor    string // the public interest reason
	Reminders      int
	RemindedOn     civil.Date
	Answers        map[string]Answer // by question key
	Aside          map[string]Answer // written where the skip rules leave the question out: counted by nobody
	Doubts         []Doubt
	Letter         string // file name of the latest attached letter, if any
	Version        int    // grows with each change of the answers; a form says which it was made from
}

// Doubt is something a check found in a reply (contradictions, jumps, a clash with the ledger), or that staff asked about.
type Doubt struct {
	Question  string
	Says      string // in a sentence, with the numbers
	Asked     string // what staff wrote to them about it
	QueriedAt time.Time
	Explained string // what they said to it
	Private   bool   // it tells of an answer that is not public: to a private question, or to a round that is not published
}

// Event is one line of a respondent's history: sent, opened, answered, corrected (with what it was before), paused ...
type Event struct {
	At    time.Time
	Staff int
	What  string // in words
}

// record is a respondent's row.
type record struct {
	Reply
	asked  asked
	done   bool // they said that this is all
	ledger ledgerCount
}

// asked says whether somebody has written to a respondent. Numbers are stored.
type asked uint8

const (
	notAsked       asked = 0
	askedHere      asked = 1
	askedElsewhere asked = 2 // a file says so
)

// settle fills in what follows from the rest: status and lateness, as of today.
func (w *record) settle(r *Round, today civil.Date) {
	complete := len(w.Answers) > 0 && w.done && len(r.Missing(w.Kind, w.Answers)) == 0
	if !complete {
		w.AnsweredOn = civil.None
	}
	switch {
	case complete:
		w.Status = Answered
	case w.RefusedFor != "":
		w.Status = Refused
	case len(w.Answers) > 0:
		w.Status = InPart
	case r.State == Draft || w.asked == notAsked:
		w.Status = NotSent
	case r.Ended():
		w.Status = NoReply
	case w.PausedOn != civil.None:
		w.Status = Paused
	case w.AcknowledgedOn != civil.None:
		w.Status = Acknowledged
	default:
		w.Status = Waiting
	}
	w.Late = false
	if w.DueOn == civil.None {
		return
	}
	switch w.Status {
	case Answered:
		w.Late = w.AnsweredOn != civil.None && w.AnsweredOn > w.DueOn
	case Refused:
		w.Late = w.RefusedOn > w.DueOn
	case Waiting, Acknowledged, InPart, NoReply:
		w.Late = w.PausedOn == civil.None && today > w.DueOn
	}
}
