package scanning

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/gs1"
	"everykit/web/desk"
	"everykit/web/page"
)

// Answer is what a code does to a form, and what there is to say about it.
type Answer struct {
	Fill  map[string]string // fields to fill in, by name
	Said  []string          // sentences
	Asks  []page.ScanAsk    // where the form and the code differ: nothing is changed until somebody presses
	Links []page.Link
}

// Rule says what a code does to a form with what stands in it. take is empty at first; it is the Value of one of its own
// Asks when somebody presses that.
type Rule func(v *desk.Visit, form url.Values, code gs1.Code, take string) (Answer, error)

// read is the button that reads the code as it is. A button that chooses one reading of several carries that reading.
const (
	read    = "read"
	reading = "as "
)

// Say adds a sentence.
func (a *Answer) Say(sentence string) { a.Said = append(a.Said, page.Sentence(sentence)) }

// Put fills in a field.
func (a *Answer) Put(field, value string) {
	if a.Fill == nil {
		a.Fill = map[string]string{}
	}
	a.Fill[field] = value
}

// Ask adds a question.
func (a *Answer) Ask(text, press, value string) {
	a.Asks = append(a.Asks, page.ScanAsk{Text: text, Press: press, Value: value})
}

// Link adds a link.
func (a *Answer) Link(text, href string) {
	a.Links = append(a.Links, page.Link{Text: text, Href: href})
}

// Answer reads the code that was sent and asks the rule. The fault of a code that cannot be read stands at the field
// "code". What the photo showed is put into that field, so that a question can be answered without another photo.
func (s *Sent) Answer(v *desk.Visit, rule Rule) (Answer, error) {
	text, err := s.text(v.Ctx())
	if err != nil {
		return Answer{}, atCode(err)
	}
	s.Values.Set(codeField, text)
	take := s.button
	if chosen, ok := strings.CutPrefix(take, reading); ok {
		text, take = chosen, read
		s.Values.Set(codeField, text)
	}
	if take == read {
		take = ""
	}
	code, err := gs1.Parse(text, v.Ledger.Today())
	var q *gs1.Question
	if errors.As(err, &q) {
		return which(v, q), nil
	}
	if err != nil {
		return Answer{}, atCode(err)
	}
	return rule(v, s.Values, code, take)
}

// which asks which of several readings is on the pack.
func which(v *desk.Visit, q *gs1.Question) Answer {
	var a Answer
	a.Say(q.Error())
	for _, c := range q.Readings {
		words := c.Words()
		if p, ok := ProductOf(v, c); ok {
			words = strings.Replace(words, "product "+c.GTIN, desk.ProductName(p), 1)
		}
		a.Ask(page.Sentence(words), "This is on the pack", reading+c.Bracketed())
	}
	a.Say("If none of these is on the pack, fill in the form by hand")
	return a
}

// atCode puts the faults of a code beside the box.
func atCode(err error) error { return at(codeField, err) }

// at puts faults beside a field.
func at(field string, err error) error {
	var list fault.List
	for _, f := range fault.Of(err) {
		list = append(list, fault.New(f.Kind, "%s", f.Message).At(field).Hint("%s", f.Next).Because(f.Unwrap()))
	}
	if list == nil {
		return err
	}
	return list
}

// Box puts what a code said into the box of a page.
func (a Answer) Box(box *page.Scan) { box.Said, box.Asks, box.Links = a.Said, a.Asks, a.Links }

// Into puts the answer into a form that is shown again. The code stays in its field only while something is asked about it.
func (a Answer) Into(form url.Values) {
	for _, name := range slices.Sorted(maps.Keys(a.Fill)) {
		form.Set(name, a.Fill[name])
	}
	if len(a.Asks) == 0 {
		form.Del(codeField)
	}
}

// told is an answer as the script takes it.
type told struct {
	Code  string            `json:"code"` // what a question is asked about
	Wrong string            `json:"wrong,omitempty"`
	Fill  map[string]string `json:"fill,omitempty"`
	Said  []string          `json:"said,omitempty"`
	Asks  []toldAsk         `json:"asks,omitempty"`
	Links []toldLink        `json:"links,omitempty"`
}

type toldAsk struct {
	Text  string `json:"text"`
	Press string `json:"press"`
	Value string `json:"value"`
}

type toldLink struct {
	Text string `json:"text"`
	Href string `json:"href"`
}

// Reply answers the script: what the form says in JSON, saving nothing. A code that cannot be read is an answer too.
func Reply(v *desk.Visit, rule Rule) error {
	s, err := Read(v)
	if err != nil {
		return err
	}
	a, err := s.Answer(v, rule)
	t := told{Code: s.Values.Get(codeField), Fill: a.Fill, Said: a.Said}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Refused, fault.Conflict:
		for _, f := range fault.Of(err) {
			t.Wrong = strings.TrimSpace(t.Wrong + " " + page.Sentence(f.Message) + " " + page.Sentence(f.Next))
		}
	default:
		if err != nil {
			return err
		}
	}
	for _, ask := range a.Asks {
		t.Asks = append(t.Asks, toldAsk(ask))
	}
	for _, l := range a.Links {
		t.Links = append(t.Links, toldLink(l))
	}
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(body) // whoever asked may have gone
	return nil
}
