package frozen

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Figure is one number. Its ID is measure|area|period, and then one |key=word for each split, in the order of Keys. See the
// package comment for the list of those that are there.
type Figure struct {
	ID          string   `json:"id"`
	Measure     string   `json:"measure"`
	Area        string   `json:"area"` // code
	Period      string   `json:"period"`
	Split       []Split  `json:"split,omitempty"`
	State       string   `json:"state"` // key of measure.State; "suppressed" where hidden
	Value       *float64 `json:"value"` // nil where there is none or it is hidden
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	Low         *float64 `json:"low,omitempty"`
	High        *float64 `json:"high,omitempty"`
	Limits      string   `json:"limits,omitempty"`
	Covers      string   `json:"covers,omitempty"`   // 2/3
	Expected    *float64 `json:"expected,omitempty"` // live coverage
	With        int      `json:"with,omitempty"`     // authorities with a number, of a nation
	Of          int      `json:"of,omitempty"`
	Definition  string   `json:"definition"`
	Source      string   `json:"source,omitempty"`
	Notes       []string `json:"notes,omitempty"`
}

// Split is a part of a whole: channel=prison.
type Split struct{ Key, Word string }

// Keys are the keys of splits in the order in which an ID has them. row tells apart the several readings of a nation (none for
// the one that comes first): sum, pooled, mean, published, published_ratio, whole.
var Keys = []string{"channel", "setting", "recipient", "supply", "reason", "age", "sex", "product", "row"}

// Words that no return and no supply has.
const (
	NotRecorded   = "not_recorded"   // nothing was recorded
	NotAttributed = "not_attributed" // what a total has over its parts
)

// Measures that are figures of a bulletin only; the others are those of package measure.
const (
	Supplies = "supplies" // how many times kits were given, whatever their number
	Deaths   = "deaths"   // opioid-related deaths as they were published
)

// ID names a figure. Splits may come in any order; those without a word are left out.
func ID(measure, area, period string, splits ...Split) string {
	var b strings.Builder
	b.WriteString(measure + "|" + area + "|" + period)
	for _, s := range ordered(splits) {
		b.WriteString("|" + s.Key + "=" + s.Word)
	}
	return b.String()
}

// ordered are splits in the order of Keys, without those that say nothing. A word cannot be taken for the end of an ID's part.
func ordered(splits []Split) []Split {
	var list []Split
	for _, s := range splits {
		if s.Word != "" {
			list = append(list, Split{s.Key, strings.ReplaceAll(s.Word, "|", "/")})
		}
	}
	slices.SortStableFunc(list, func(a, b Split) int { return slices.Index(Keys, a.Key) - slices.Index(Keys, b.Key) })
	return list
}

// Word is what a figure is split by under a key; empty where it is not.
func (f *Figure) Word(key string) string {
	for _, s := range f.Split {
		if s.Key == key {
			return s.Word
		}
	}
	return ""
}

// Hidden reports whether the figure is known and not shown.
func (f *Figure) Hidden() bool { return f.State == "suppressed" }

// round keeps ten digits of a number: what both engines agree on.
func round(v *float64) *float64 {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return nil
	}
	x, err := strconv.ParseFloat(strconv.FormatFloat(*v, 'g', 10, 64), 64)
	if err != nil {
		return nil
	}
	x += 0 // -0 is 0
	return &x
}
