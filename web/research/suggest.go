package research

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// suggesting is the form in which somebody says what is missing.
type suggesting struct{ Token string }

// trapName is what the field is called that no person sees. Programs that fill in every field fill it in too.
const trapName = "more"

func suggestForm(v *desk.Visit) error { return drawSuggest(v, nil, nil) }

// drawSuggest draws the form, with what was typed and what is wrong with it.
func drawSuggest(v *desk.Visit, typed url.Values, wrong error) error {
	pv := v.View(v.T("research.suggest-title"))
	pv.Crumbs = []page.Link{{Text: v.T("research.title"), Href: v.Link(at)}}
	b := suggesting{Token: typed.Get("token")}
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
		for i := range pv.Errors {
			if f := pv.Errors[i].Field; f == "token" || f == "trap" {
				b.Token, pv.Errors[i].Field = "", "" // a new one: no person can mend it
			}
		}
	}
	if b.Token == "" {
		var err error
		if b.Token, err = v.Library.FormToken(v.Ctx()); err != nil {
			return err
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "suggest", pv)
}

// mostSent is how much is read of what is sent, in bytes: far more than may be typed, so that whoever types too much gets it back.
const mostSent = 4 << 20

// suggest takes what was typed into the queue, which only those see who keep the shelf.
func suggest(v *desk.Visit) error {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostSent)
	form, err := v.Form()
	if err != nil {
		return err
	}
	reference, err := v.Library.Suggest(v.Ctx(), library.Suggestion{
		Title: form.Get("title"), Link: form.Get("link"), Why: form.Get("why"), Email: form.Get("email"),
		Trap: form.Get(trapName), Token: form.Get("token"), Address: v.Address(),
	})
	if err != nil {
		return drawSuggest(v, form, err)
	}
	return v.Go(sentPath + "?" + url.Values{"reference": {reference}}.Encode())
}

// sent is what may be known of a suggestion by who has its reference: nothing of what was typed.
type sent struct {
	Thanks   bool
	Progress *library.Progress
	SentOn   string
	Decided  string // what was decided, in a sentence
	Note     string
	Item     string
}

// suggested thanks whoever comes from the form with the reference in the address, and has the form that asks for one.
func suggested(v *desk.Visit) error {
	hide(v)
	reference := v.R.URL.Query().Get("reference")
	if reference == "" {
		return drawSent(v, sent{}, nil, nil)
	}
	return drawProgress(v, reference, true)
}

// progress says how far a suggestion has come.
func progress(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	hide(v)
	return drawProgress(v, form.Get("reference"), false)
}

// hide keeps an address out of search engines.
func hide(v *desk.Visit) { v.W.Header().Set("X-Robots-Tag", "noindex, nofollow") }

func drawProgress(v *desk.Visit, reference string, thanks bool) error {
	p, err := v.Library.Progress(v.Ctx(), reference)
	if fault.Is(err, fault.NotFound) {
		wrong := fault.New(fault.Invalid, "there is no suggestion with this reference").At("reference").Hint("check the letters and numbers")
		return drawSent(v, sent{}, url.Values{"reference": {reference}}, wrong)
	}
	if err != nil {
		return err
	}
	b := sent{Progress: p, SentOn: v.Words().Date(v.Ledger.Day(p.SentAt)), Note: p.Note, Thanks: thanks && p.Verdict == library.Waiting}
	switch p.Verdict {
	case library.Waiting:
		b.Decided = v.T("research.verdict-waiting")
	case library.Taken:
		b.Decided = v.T("research.verdict-taken")
	case library.KnownYet:
		b.Decided = v.T("research.verdict-known")
	case library.Declined:
		b.Decided = v.T("research.verdict-declined")
	}
	if p.Key != "" {
		b.Item = v.Link(Path(p.Key))
		if p.Verdict == library.Taken {
			b.Decided = v.T("research.verdict-here")
		}
	}
	return drawSent(v, b, nil, nil)
}

func drawSent(v *desk.Visit, b sent, typed url.Values, wrong error) error {
	pv := v.View(v.T("research.progress-title"))
	if b.Thanks {
		pv.Title = v.T("research.thanks")
	}
	pv.Crumbs = []page.Link{{Text: v.T("research.title"), Href: v.Link(at)}}
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
	}
	pv.Body = b
	return pages.Render(v.W, status, "suggested", pv)
}
