package survey

import (
	"net/http"
	"net/url"
	"strconv"

	"everykit/fault"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// stepBody is the page between a round and a step that many people notice.
type stepBody struct {
	Back    string
	Does    []string // what happens, a sentence each
	Careful []string // what to look at first
	Missing []string // who has no address
	Press   string
}

// step is such a page: what it is called, in which state of a round it can be taken, what it says, and what it does and
// then says was done.
type step struct {
	title string
	from  survey.State
	does  func(*desk.Visit, *survey.Round, []survey.Reply) (stepBody, error)
	do    func(*desk.Visit, *survey.Round) (said string, err error)
}

var (
	sending = step{
		title: "Send this round?", from: survey.Draft, does: sendingDoes,
		do: func(v *desk.Visit, r *survey.Round) (string, error) {
			return "sent", v.Surveys.Open(v.Ctx(), v.Who, r.ID)
		},
	}
	reminding = step{
		title: "Remind those who have not answered?", from: survey.Open, does: remindingDoes,
		do: func(v *desk.Visit, r *survey.Round) (string, error) {
			n, err := v.Surveys.Remind(v.Ctx(), v.Who, r.ID)
			return "n." + strconv.Itoa(n), err
		},
	}
	closing = step{
		title: "Close this round?", from: survey.Open, does: closingDoes,
		do: func(v *desk.Visit, r *survey.Round) (string, error) {
			return "closed", v.Surveys.Close(v.Ctx(), v.Who, r.ID)
		},
	}
	publishing = step{
		title: "Publish the findings?", from: survey.Closed, does: publishingDoes,
		do: func(v *desk.Visit, r *survey.Round) (string, error) {
			return "published", v.Surveys.Publish(v.Ctx(), v.Who, r.ID)
		},
	}
)

func sendPage(v *desk.Visit) error    { return drawStep(v, &sending, nil) }
func send(v *desk.Visit) error        { return take(v, &sending) }
func remindPage(v *desk.Visit) error  { return drawStep(v, &reminding, nil) }
func remind(v *desk.Visit) error      { return take(v, &reminding) }
func closePage(v *desk.Visit) error   { return drawStep(v, &closing, nil) }
func closeRound(v *desk.Visit) error  { return take(v, &closing) }
func publishPage(v *desk.Visit) error { return drawStep(v, &publishing, nil) }
func publish(v *desk.Visit) error     { return take(v, &publishing) }

// take does what was seen on the page before.
func take(v *desk.Visit, s *step) error {
	r, err := roundOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		return drawStep(v, s, fault.New(fault.Invalid, "nothing was done").Hint("read the page, then press the button at the end"))
	}
	said, err := s.do(v, r)
	if err != nil {
		return drawStep(v, s, err)
	}
	return v.Go(pathOf(v, r) + "?saved=" + said)
}

func drawStep(v *desk.Visit, s *step, cause error) error {
	r, err := roundOf(v)
	if err != nil {
		return err
	}
	if r.State != s.from && cause == nil {
		return v.Go(pathOf(v, r))
	}
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	if err != nil {
		return err
	}
	pv := view(v, s.title, r)
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, url.Values{}) {
			return cause
		}
		status = page.Status(cause)
		aimed(&pv, nil)
	}
	b, err := s.does(v, r, replies)
	if err != nil {
		return err
	}
	b.Back = pathOf(v, r)
	pv.Body = b
	return pages.Render(v.W, status, "step", pv)
}

func remindingDoes(v *desk.Visit, _ *survey.Round, replies []survey.Reply) (stepBody, error) {
	b := stepBody{Press: "Send the reminders"}
	silent, today := 0, 0
	for i := range replies {
		x := &replies[i]
		if !canBeReminded(x) {
			continue
		}
		switch {
		case x.Email == "":
			b.Missing = append(b.Missing, x.Name)
		case x.RemindedOn == v.Ledger.Today():
			today++
		default:
			silent++
		}
	}
	b.Does = []string{page.Plural(int64(silent), "reminder goes", "reminders go") + " out by e-mail, each with the personal link, to who has not answered, or only in part."}
	if today > 0 {
		b.Does = append(b.Does, page.Plural(int64(today), "has", "have")+" been reminded today already, and gets nothing more.")
	}
	b.Does = append(b.Does, "Nobody is reminded who has answered, has refused, or waits for us to clarify a question.")
	if silent == 0 {
		b.Press = ""
	}
	return b, nil
}

// canBeReminded reports whether an answer is still hoped for.
func canBeReminded(x *survey.Reply) bool {
	return (x.Status == survey.Waiting || x.Status == survey.Acknowledged || x.Status == survey.InPart) && unset(x.PausedOn)
}

func closingDoes(_ *desk.Visit, _ *survey.Round, replies []survey.Reply) (stepBody, error) {
	c := tally(replies)
	silent := c.waiting + c.acknowledged
	b := stepBody{Press: "Close the round", Does: []string{
		"The personal links still open, and no longer take answers.",
		page.Plural(int64(silent), "has", "have") + " answered nothing and will be “no reply”. That is not nought.",
		page.Plural(int64(c.part), "has", "have") + " answered in part. What they answered counts.",
		"You can still type in an answer that comes by letter, and correct one.",
	}}
	if c.doubts > 0 {
		b.Careful = append(b.Careful, page.Plural(int64(c.doubts), "reply has", "replies have")+" doubts that nobody has explained.")
	}
	return b, nil
}

func publishingDoes(_ *desk.Visit, r *survey.Round, replies []survey.Reply) (stepBody, error) {
	private := 0
	for _, q := range r.Questions {
		if q.Private {
			private++
		}
	}
	b := stepBody{Press: "Publish now", Does: []string{
		"The findings stand at " + PublicPath(r.Key) + ", as a page and as a PDF, for everybody.",
		"All answers become open data, with the names of who answered.",
		page.Plural(int64(private), "question is", "questions are") + " marked “not published”. The answers to them stay here.",
	}}
	if c := tally(replies); c.doubts > 0 {
		b.Careful = append(b.Careful, page.Plural(int64(c.doubts), "reply has", "replies have")+" doubts that nobody has explained.")
	}
	return b, nil
}
