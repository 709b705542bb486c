package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"everykit/language"
)

// Field is one question of a form: what is asked, what was answered, what is wrong with the answer. In a template it
// begins with $.Field, which knows what was typed and what was wrong, and is completed by a pipe:
//
//	{{template "text" ($.Field "lot" "Lot number" | hint "As printed on the box." | width 10)}}
type Field struct {
	Name    string
	ID      string // the name, so that the error summary leads here
	Label   string
	Hint    string
	Error   string
	Value   string
	Values  []string // of checkboxes: those ticked
	Type    string   // of the input element: text unless set
	Mode    string   // inputmode: which keyboard a phone opens
	Auto    string   // autocomplete, off unless set
	Prefix  string
	Suffix  string
	Min     string
	Max     string
	Width   int // in characters: 2, 3, 4, 5, 10, 20 or 30; as wide as it goes unless set
	Rows    int // of a text area
	Big     bool
	Inline  bool // radios beside each other
	Small   bool // radios and checkboxes of a second rank
	Step    bool // plus and minus beside a number, where scripts run
	Focus   bool // the first thing to type on the page
	Options []Option
	Words   *language.Words

	typed bool // the form has been sent: initial answers no longer count
}

// Option is one answer of a select, of radios or checkboxes. A disabled one is shown greyed, with its hint as reason.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Tag      *Tag
	Disabled bool
}

// Field begins a question with what was typed before and what was wrong with it.
func (v View) Field(name, label string) Field {
	f := Field{Name: name, ID: name, Label: label, Error: v.ErrorAt(name), Words: v.Words}
	if v.Form != nil {
		f.typed, f.Value, f.Values = true, v.Form.Get(name), v.Form[name]
	}
	return f
}

// DescribedBy lists the ids of hint and error for aria-describedby.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// Picked reports whether an option is the answer, or among the answers.
func (f Field) Picked(o Option) bool {
	return !o.Disabled && (o.Value == f.Value || slices.Contains(f.Values, o.Value))
}

// OptionID is the id of the i-th option; the first has the field's own, so that the error summary leads to it.
func (f Field) OptionID(i int) string {
	if i == 0 {
		return f.ID
	}
	return f.ID + "-" + strconv.Itoa(i+1)
}

// fieldFuncs are the pipes that complete a Field in a template. The field comes last, as pipes have it.
var fieldFuncs = map[string]any{
	"hint":      func(s string, f Field) Field { f.Hint = s; return f },
	"initial":   initial,
	"width":     func(n int, f Field) Field { f.Width = n; return f },
	"rows":      func(n int, f Field) Field { f.Rows = n; return f },
	"prefix":    func(s string, f Field) Field { f.Prefix = s; return f },
	"suffix":    func(s string, f Field) Field { f.Suffix = s; return f },
	"least":     func(s any, f Field) Field { f.Min = fmt.Sprint(s); return f },
	"most":      func(s any, f Field) Field { f.Max = fmt.Sprint(s); return f },
	"id":        func(s string, f Field) Field { f.ID = s; return f },
	"auto":      func(s string, f Field) Field { f.Auto = s; return f },
	"kind":      func(s string, f Field) Field { f.Type = s; return f },
	"mode":      func(s string, f Field) Field { f.Mode = s; return f },
	"options":   func(o []Option, f Field) Field { f.Options = o; return f },
	"big":       func(f Field) Field { f.Big = true; return f },
	"inline":    func(f Field) Field { f.Inline = true; return f },
	"small":     func(f Field) Field { f.Small = true; return f },
	"step":      func(f Field) Field { f.Step = true; return f },
	"focus":     func(f Field) Field { f.Focus = true; return f },
	"checkItem": func(f Field, i int) checkItem { return checkItem{f, f.Options[i], f.OptionID(i)} },
	"option": func(value, label string, f Field) Field {
		f.Options = append(slices.Clip(f.Options), Option{Value: value, Label: label})
		return f
	},
}

// checkItem is one of several checkboxes, for its partial.
type checkItem struct {
	Field  Field
	Option Option
	ID     string
}

// initial is the answer a form opens with; what somebody typed wins over it, also when they emptied the field.
func initial(value any, f Field) Field {
	if f.typed {
		return f
	}
	if list, ok := value.([]string); ok {
		f.Values = list
		return f
	}
	f.Value = fmt.Sprint(value)
	return f
}
