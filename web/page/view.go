package page

import (
	"net/url"

	"everykit/civil"
	"everykit/fault"
	"everykit/language"
)

// View is one page about to be drawn. Make it with Shell.View, then set what the page needs. In a template the View is
// "$" and what the page itself brings is "$.Body".
type View struct {
	Title     string // of the document, and of the heading unless the page writes its own
	TitleLang string // where the title is in another language than the page; empty where it is not
	Caption   string // a quieter line over the heading: the outlet, the authority
	Back      Link   // one step up, over the heading; none if empty
	Crumbs    []Link // the way down to this page; on a small screen only the last one shows, as a way back
	Flash     string // one sentence about what was just done
	Warning   string // one sentence that concerns this page before anything else
	Wide      bool   // for maps and large tables: 1200 px in place of 960
	Public    bool   // nothing on it belongs to a person: may be cached
	Open      bool   // anybody may read it: it has the way to leave it quickly, and addresses in every language
	Locate    bool   // it has a button that asks the browser where it is
	Person    *Person
	Path      string          // without the language before it
	Words     *language.Words // nil is English
	Today     civil.Date

	Scan   *Scan      // the box into which a code is scanned; nil on pages without one
	Form   url.Values // what was typed, if a form is shown again; nil the first time
	Errors []FieldError
	Body   any

	shell   *Shell
	address string // the path with what was asked
	worded  bool   // its template takes its words from messages
}

// FieldError is one thing wrong with a form, beside the field it belongs to.
type FieldError struct {
	Field   string // name of the field; empty for the form as a whole
	Message string
	Hint    string
}

// Fail puts what was typed and what was wrong with it on the page. It reports false if err is no fault that belongs on
// the form (not allowed, not found, our own mistake): then return err from the handler, and the error page is shown.
//
//	if err := h.ledger.Supply(ctx, supply); err != nil {
//		if !v.Fail(err, r.PostForm) {
//			return err
//		}
//		return h.pages.Render(w, page.Status(err), "give", v)
//	}
func (v *View) Fail(err error, typed url.Values) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Refused, fault.Conflict:
	default:
		return false
	}
	v.Form = typed
	for _, f := range fault.Of(err) {
		v.Errors = append(v.Errors, FieldError{Field: f.Field, Message: Sentence(v.Words.Fault(f.Message)), Hint: Sentence(v.Words.Fault(f.Next))})
	}
	return true
}

// Demo reports whether figures here are made up.
func (v View) Demo() bool { return v.shell != nil && v.shell.Demo }

// Version is what the footer shows.
func (v View) Version() string {
	if v.shell == nil || v.shell.Version == "" {
		return v.T("shell.development")
	}
	return v.shell.Version
}

// ErrorAt gives the message for a field, empty if there is none.
func (v View) ErrorAt(field string) string {
	for _, e := range v.Errors {
		if e.Field == field && field != "" {
			if e.Hint != "" {
				return e.Message + " " + e.Hint
			}
			return e.Message
		}
	}
	return ""
}

// LastCrumb is where "back" leads on a small screen.
func (v View) LastCrumb() Link {
	if len(v.Crumbs) == 0 {
		return Link{}
	}
	return v.Crumbs[len(v.Crumbs)-1]
}
