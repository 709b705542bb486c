package page

import (
	"fmt"
	"html/template"
	"slices"

	"everykit/civil"
	"everykit/language"
)

// Figure is one number on a card: what it is, what it says, and how it is counted.
type Figure struct {
	Label      string
	Value      string // already written: Number, Decimal; empty if there is none, then State says why
	Unit       string // after the value: "kits"
	Beside     string // a quieter line: "60 doses", "58 kits for 861 people"
	Href       string // where the number comes from; none if empty
	Definition string // name of its entry on the page of definitions: "coverage"; none if empty
	State      string // state key if the figure is anything but counted: "no_reply"
	Tone       Tone
	Words      *language.Words // of a public page; nil is English
}

// Deed is something a person may do from here, as a large button.
type Deed struct {
	Label string
	Hint  string
	Href  string
	First bool // the one most people come for: wider and filled
}

// Fact is one line of a summary list.
type Fact struct {
	Key    string
	Value  Cell
	Action Link // "Change", with what is changed said in Key
}

// Panel says that something has been done.
type Panel struct {
	Title string
	Text  string
	Links []Link // what to do next
}

// Chart is a drawing of package draw and the table with the same numbers, which folds away under it.
type Chart struct {
	Drawing template.HTML // a figure with its own title; from draw, never from input
	Table   Table
	Open    bool // the table is shown at once
}

// Drawing pairs what package draw made with its table.
func Drawing(markup string, t Table) Chart {
	return Chart{Drawing: template.HTML(markup), Table: t} // draw escapes what it is given
}

// Callout is a few sentences that must not be missed.
type Callout struct {
	Title string
	Text  string
	Words *language.Words // of a public page; nil is English
}

// in gives a piece the words of a public page: {{template "figures" (.Body.Figures | in $.Words)}}.
func in(w *language.Words, piece any) (any, error) {
	switch p := piece.(type) {
	case []Figure:
		p = slices.Clone(p)
		for i := range p {
			p[i].Words = w
		}
		return p, nil
	case Table:
		p.Words = w
		return p, nil
	case Chart:
		p.Table.Words = w
		return p, nil
	case Pager:
		p.Words = w
		return p, nil
	case Callout:
		p.Words = w
		return p, nil
	}
	return nil, fmt.Errorf("page: %T has no words of its own", piece)
}

// structFuncs make small values in a template.
var structFuncs = template.FuncMap{
	"tag":   func(tone Tone, text string) Tag { return Tag{text, tone} },
	"state": StateTag,
	"expiryTag": func(e civil.Expiry, today civil.Date) *Tag {
		if t, ok := ExpiryTag(e, today); ok {
			return &t
		}
		return nil
	},
	"callout": func(title, text string) Callout { return Callout{Title: title, Text: text} },
	"link":    func(text, href string) Link { return Link{text, href} },
	"button":  func(text string) Button { return Button{Text: text} },
	"in":      in,
	"secondary": func(b Button) Button {
		b.Kind = "secondary"
		return b
	},
	"warning": func(b Button) Button { b.Kind = "warning"; return b },
	"href":    func(to string, b Button) Button { b.Href = to; return b },
	"named": func(name, value string, b Button) Button {
		b.Name, b.Value = name, value
		return b
	},
}

// Button sends a form, or leads on if it has an Href.
type Button struct {
	Text  string
	Kind  string // "", "secondary" or "warning" (for what cannot be undone)
	Href  string
	Name  string // sent with the form, where it has two buttons
	Value string
}
