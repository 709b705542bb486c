package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/civil"
	"everykit/draw"
	"everykit/ledger"
	"everykit/registry"
)

// whole writes a count.
func whole(v float64) string { return draw.Number(v, 0) }

// number writes a value with so many decimals.
func number(v float64, places int) string { return draw.Number(v, places) }

// plural picks the word for a number.
func plural(v float64, one, many string) string {
	if v == 1 {
		return one
	}
	return many
}

// many is a count with its word: "3 authorities".
func many(v float64, one, more string) string { return whole(v) + " " + plural(v, one, more) }

// percent is a share in whole per cent, with its sign. A part is never said to be none or all.
func percent(v float64) string {
	switch {
	case v > 0 && v < 0.5:
		return "less than 1%"
	case v >= 99.5 && v < 100:
		return "more than 99%"
	}
	return number(v, 0) + "%"
}

// joined lists words: "a, b and c".
func joined(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// capital makes a sentence begin with one.
func capital(s string) string {
	if s == "" {
		return s
	}
	first, n := utf8.DecodeRuneInString(s) // people write letters of more than a byte, such as “
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// lowered lets words stand within a sentence. Those that begin with letters that stand for words, such as NHS, stay as they are.
func lowered(s string) string {
	if s == "" {
		return s
	}
	first, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); first == utf8.RuneError || unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

var small = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// spelt writes a small number out.
func spelt(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return whole(float64(n))
}

// span writes a period without saying its year twice: July to September 2021.
func span(p civil.Period) string {
	from, to := p.From.Words(), p.To.Words()
	if p.From == p.To {
		return from
	}
	month, year, _ := strings.Cut(from, " ")
	if strings.HasSuffix(to, " "+year) {
		return month + " to " + to
	}
	return from + " to " + to
}

// short is a period as a label: Q2 2021/22, or 2021/22.
func short(p civil.Period) string {
	year, quarter, is := strings.Cut(p.String(), "-Q")
	if is {
		return "Q" + quarter + " " + year
	}
	if len(p.String()) == len("2021-07") && p.From == p.To {
		return p.From.Words()
	}
	return p.String()
}

// fromTo is a run of periods as a label.
func fromTo(from, to civil.Period) string {
	if from == to {
		return short(from)
	}
	return short(from) + " to " + short(to)
}

// unit names what a period is: quarter, year, month.
func unit(p civil.Period) string {
	switch p.Months() {
	case 3:
		return "quarter"
	case 12:
		return "year"
	case 1:
		return "month"
	}
	return "period"
}

// covers writes how many of a period's months are in: "two of its three months".
func covers(s string) (words string, missing float64, ok bool) {
	a, b, cut := strings.Cut(s, "/")
	n, of := atoi(a), atoi(b)
	if !cut || n < 1 || of <= n {
		return "", 0, false
	}
	return spelt(n) + " of its " + spelt(of) + " months", float64(of)/float64(n) - 1, true
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1000 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// day writes 2022-03-29 as 29 March 2022, 2022-03 as March 2022, and anything else as it is.
func day(s string) string {
	if d, err := civil.ParseDate(s); err == nil {
		return d.Words()
	}
	if p, err := civil.ParsePeriod(s); err == nil && p.From == p.To {
		return p.Words()
	}
	return s
}

// splitWords are the words of a split, in the order to show them.
type splitWords struct{ keys, words []string }

func options(list []ledger.Option) splitWords {
	var s splitWords
	for _, o := range list {
		s.keys, s.words = append(s.keys, o.Key), append(s.words, o.Words)
	}
	return s
}

// splits knows the words of each split. Two stand for what is left: not_recorded and not_attributed.
var splits = map[string]splitWords{
	"channel": func() splitWords {
		var s splitWords
		for _, c := range registry.Channels() {
			s.keys, s.words = append(s.keys, c.String()), append(s.words, c.Words())
		}
		return s
	}(),
	"setting": func() splitWords {
		s := splitWords{
			[]string{"drug_treatment", "non_drug_treatment", "other_non_drug_treatment", "homelessness", "peer", "family", "on_release", "in_custody", "community"},
			[]string{
				"Drug treatment services", "Services other than drug treatment", "Other services (not drug treatment)", "Homelessness services", "Peer networks",
				"Family services", "On release", "In custody", "In the community",
			},
		}
		for _, k := range registry.OutletKinds() {
			s.keys, s.words = append(s.keys, k.String()), append(s.words, k.Words())
		}
		return s
	}(),
	"recipient": options(ledger.RecipientOptions()),
	"supply":    options(ledger.FirstOptions()),
	"reason":    options(ledger.ReasonOptions()),
	"age":       options(ledger.AgeOptions()),
	"sex":       options(ledger.SexOptions()),
}

const (
	notRecorded   = "not_recorded"
	notAttributed = "not_attributed"
)

// word is how a row of a split is called.
func word(split, key string) string {
	switch key {
	case notRecorded:
		return "Not recorded"
	case notAttributed:
		return "Not attributed"
	}
	if split == "product" {
		return key // its name as it is
	}
	for i, k := range splits[split].keys {
		if k == key {
			return splits[split].words[i]
		}
	}
	return strings.ReplaceAll(key, "_", " ")
}

// place orders the words of a split: the known ones as forms have them, then others by name, then what is left over.
func place(split, key string) int {
	switch key {
	case notRecorded:
		return 1001
	case notAttributed:
		return 1002
	}
	for i, k := range splits[split].keys {
		if k == key {
			return i
		}
	}
	return 1000
}
