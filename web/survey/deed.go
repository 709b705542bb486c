package survey

import (
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/survey"
	"everykit/web/desk"
)

// deed does what a button on the page of one of those asked says.
func deed(v *desk.Visit) error {
	r, x, err := replyOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	said, err := do(v, r, x, form)
	if err != nil {
		for _, f := range fault.Of(err) {
			if to, ok := deedFields[form.Get("do")+" "+f.Field]; ok {
				f.Field = to
			}
			if !form.Has(f.Field) {
				f.Field = ""
			}
		}
		return drawReply(v, form, err, "")
	}
	if strings.HasPrefix(said, "http") { // a fresh link, which is shown in this answer and nowhere else
		return drawReply(v, nil, nil, said)
	}
	return v.Go(replyPath(v, r, x.Number) + "?saved=" + said)
}

// deedFields are the fields of these forms, by their deed and what the room calls them.
var deedFields = map[string]string{
	"acknowledge on": "acknowledged_on", "post on": "posted_on", "pause on": "paused_on", "pause why": "paused_for", "resume on": "resumed_on",
	"extend to": "extended_to", "extend why": "extended_for", "refuse exemption": "refused_for",
}

// do does it, and gives what the page then says was done, or the fresh link.
func do(v *desk.Visit, r *survey.Round, x *survey.Reply, form url.Values) (said string, err error) {
	ctx, rounds, by := v.Ctx(), v.Surveys, v.Who
	question := form.Get("question")
	switch form.Get("do") {
	case "acknowledge":
		return "acknowledged", onDay(form, "acknowledged_on", func(on civil.Date) error { return rounds.Acknowledge(ctx, by, r.ID, x.Number, on) })
	case "post":
		return "posted", onDay(form, "posted_on", func(on civil.Date) error { return rounds.Posted(ctx, by, r.ID, x.Number, on) })
	case "pause":
		return "paused", onDay(form, "paused_on", func(on civil.Date) error { return rounds.Pause(ctx, by, r.ID, x.Number, on, form.Get("paused_for")) })
	case "resume":
		return "resumed", onDay(form, "resumed_on", func(on civil.Date) error { return rounds.Resume(ctx, by, r.ID, x.Number, on) })
	case "extend":
		return "extended", onDay(form, "extended_to", func(to civil.Date) error {
			return rounds.Extend(ctx, by, r.ID, x.Number, to, form.Get("extended_for"))
		})
	case "refuse":
		return "refused", rounds.Refuse(ctx, by, r.ID, x.Number, form.Get("refused_for"))
	case "remind":
		n, err := rounds.Remind(ctx, by, r.ID, x.Number)
		if err == nil && n == 0 {
			err = fault.New(fault.Refused, "they were written to today already, or cannot be").Hint("remind them tomorrow")
		}
		return "reminded", err
	case "query":
		if question == "" {
			return "", fault.New(fault.Invalid, "choose a question").At("question")
		}
		return "asked", beside(rounds.Ask(ctx, by, r.ID, x.Number, question, form.Get("query")), "query")
	case "ask":
		return "asked", beside(rounds.Ask(ctx, by, r.ID, x.Number, question, form.Get(question+".query")), question+".query")
	case "explain":
		return "explained", beside(rounds.Explain(ctx, by, r.ID, x.Number, question, form.Get(question+".explained")), question+".explained")
	case "address":
		return "address", rounds.SetEmail(ctx, by, r.ID, x.Number, form.Get("email"))
	case "link":
		return rounds.NewLink(ctx, by, r.ID, x.Number)
	}
	return "", fault.New(fault.Invalid, "this form does not say what to do").Hint("use one of the buttons of the page")
}

// onDay reads the day of a form and does what is to be done on it.
func onDay(form url.Values, field string, do func(civil.Date) error) error {
	d, err := civil.ParseDate(strings.TrimSpace(form.Get(field)))
	if err != nil {
		return fault.New(fault.Invalid, "choose a day").At(field).Hint("write it like 2026-11-23")
	}
	return do(d)
}

// beside puts whatever is wrong with a form of one field beside it.
func beside(err error, field string) error {
	for _, f := range fault.Of(err) {
		f.Field = field
	}
	return err
}
