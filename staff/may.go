package staff

import "everykit/fault"

// Deed is something a person may or may not do at a place.
type Deed uint8

// The deeds. They are not stored: the order may change.
const (
	SeeOutlet      Deed = iota // an outlet's shelf
	SeeEntries                 // its stock card and single movements
	MoveKits                   // give out, receive, send, arrive, use, hand back, write off, turned away
	Count                      // count a shelf
	SignCount                  // sign a count off
	Reverse                    // reverse a movement
	ReleaseHold                // put held kits back on the shelf
	OpenCounter                // make a device the counter device of an outlet
	SeeArea                    // an authority's page: its totals and those of each outlet
	ManageArea                 // details of an authority's outlets, minimum days
	SeeNation                  // the nation's page
	SeeFigures                 // figures of an authority or a nation with their definitions
	Download                   // take single movements away as a file (a page's own table needs only the page's deed)
	Import                     // bring files in
	ManageWorkers              // workers' accounts in an authority
	ManageAccounts             // every account
	ManageRegistry             // areas, products, estimates
	SeeAudit                   // who did what
	SeeNotices                 // notices and who has answered them
	WriteNotices               // make, publish and close notices
	SeeSurvey                  // rounds and what was answered
	RunSurvey                  // write, send and close rounds, answer for an authority
	SeeScorecard               // where an authority stands, its gaps, the help it asked for
	AskSupport                 // ask for help with a gap
	GiveSupport                // answer such asks, plan actions, write guidance
	SeeBulletins               // drafts of bulletins, and the checks of them
	WriteBulletins             // begin, change and publish them
	SignBulletins              // sign what somebody else wrote
	HandleRequests             // kits that people asked for: names and addresses, send, refuse
	OfferRequests              // what an authority offers to people who ask
	deeds                      // how many there are
)

// Place is where a deed would be done, filled in from the registry by whoever asks: the outlet with its authority and
// nation, or an authority with its nation, or a nation. Nought means not named, and matches nobody's own.
type Place struct{ Nation, Area, Outlet int }

// reach is how far a role may do a deed.
type reach uint8

const (
	never      reach = iota
	ownOutlets       // at the outlets the person works at
	ownArea          // anywhere in their authority
	ownNation        // anywhere in their nation
	anywhere
)

// grant is one row: how far each role may do a deed, and the words after "you may not" for whoever may not.
type grant struct {
	worker, coordinator, national, analyst, administrator reach
	words                                                 string
}

// grants is the whole of what anybody may do.
var grants = [deeds]grant{
	//               worker      coordinator  national   analyst    administrator
	SeeOutlet:      {ownOutlets, ownArea, ownNation, never, anywhere, "see this outlet"},
	SeeEntries:     {ownOutlets, ownArea, ownNation, never, anywhere, "see the entries of this outlet"},
	MoveKits:       {ownOutlets, ownArea, never, never, anywhere, "record kits here"},
	Count:          {ownOutlets, ownArea, never, never, anywhere, "count this shelf"},
	SignCount:      {ownOutlets, ownArea, never, never, anywhere, "sign off this count"},
	Reverse:        {ownOutlets, ownArea, never, never, anywhere, "reverse this record"},
	ReleaseHold:    {never, ownArea, never, never, anywhere, "release these kits"},
	OpenCounter:    {ownOutlets, ownArea, never, never, anywhere, "open a counter device here"},
	SeeArea:        {never, ownArea, ownNation, ownNation, anywhere, "see this authority"},
	ManageArea:     {never, ownArea, never, never, anywhere, "change this authority's outlets"},
	SeeNation:      {never, never, ownNation, ownNation, anywhere, "see this nation"},
	SeeFigures:     {never, ownArea, ownNation, ownNation, anywhere, "see these figures"},
	Download:       {ownOutlets, ownArea, ownNation, never, anywhere, "download these records"},
	Import:         {never, never, never, never, anywhere, "import files"},
	ManageWorkers:  {never, ownArea, never, never, anywhere, "change accounts here"},
	ManageAccounts: {never, never, never, never, anywhere, "change accounts"},
	ManageRegistry: {never, never, never, never, anywhere, "change the registry"},
	SeeAudit:       {never, ownArea, ownNation, never, anywhere, "see the audit log here"},
	SeeNotices:     {ownOutlets, ownArea, ownNation, ownNation, anywhere, "see notices here"},
	WriteNotices:   {never, never, ownNation, never, anywhere, "write notices"},
	SeeSurvey:      {never, ownArea, ownNation, ownNation, anywhere, "see this survey"},
	RunSurvey:      {never, never, ownNation, never, anywhere, "run this survey"},
	SeeScorecard:   {never, ownArea, ownNation, ownNation, anywhere, "see this scorecard"},
	AskSupport:     {never, ownArea, ownNation, never, anywhere, "ask for help here"},
	GiveSupport:    {never, never, ownNation, never, anywhere, "answer asks for help"},
	SeeBulletins:   {never, ownArea, ownNation, ownNation, anywhere, "see these drafts"},
	WriteBulletins: {never, ownArea, ownNation, ownNation, anywhere, "write bulletins here"},
	SignBulletins:  {never, ownArea, ownNation, ownNation, anywhere, "sign bulletins here"},
	HandleRequests: {ownOutlets, ownArea, never, never, anywhere, "see who asked for kits here"},
	OfferRequests:  {never, ownArea, never, never, anywhere, "change what is offered here"},
}

func (g grant) reachOf(r Role) reach {
	switch r {
	case Worker:
		return g.worker
	case Coordinator:
		return g.coordinator
	case National:
		return g.national
	case Analyst:
		return g.analyst
	case Administrator:
		return g.administrator
	}
	return never
}

// May reports whether the person may do the deed there. A counter device on which nobody acts may only see its outlet.
func (p Person) May(d Deed, at Place) bool {
	if d >= deeds || (p.NeedsPIN() && d != SeeOutlet) {
		return false
	}
	switch grants[d].reachOf(p.Role) {
	case ownOutlets:
		return p.WorksAt(at.Outlet)
	case ownArea:
		return p.Area != 0 && at.Area == p.Area
	case ownNation:
		return p.Area != 0 && at.Nation == p.Area
	case anywhere:
		return true
	}
	return false
}

// Must is May as an error: fault.Forbidden with a sentence that says what is not allowed and not whether the place, or
// anything at it, exists. Nil if the person may.
func (p Person) Must(d Deed, at Place) error {
	switch {
	case p.May(d, at):
		return nil
	case !p.SignedIn():
		return signedOut()
	case p.NeedsPIN():
		return fault.New(fault.Forbidden, "nobody has said yet who is at this counter").Hint("choose your name and type your PIN")
	case d >= deeds:
		return fault.New(fault.Forbidden, "you may not do this")
	case p.Role == Worker:
		return fault.New(fault.Forbidden, "you may not %s", grants[d].words).Hint("ask the coordinator of your authority")
	}
	return fault.New(fault.Forbidden, "you may not %s", grants[d].words).Hint("ask an administrator of Everykit")
}

// signedOut is what everything says to a request with no session, or one that has ended.
func signedOut() error {
	return fault.New(fault.Forbidden, "you are not signed in, or have been signed out").Hint("sign in to go on")
}
