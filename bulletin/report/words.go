package report

import (
	"strconv"
	"strings"

	"everykit/civil"
)

// plain writes a number with a comma at the thousands.
func plain(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return plain(n) + " " + many
}

func kits(n int) string { return count(n, "kit", "kits") }

// percent is a part of a whole in whole per cent. A part that is there is never "0%", one that is not the whole never
// "100%".
func percent(part, whole int) string {
	switch {
	case whole <= 0:
		return ""
	case part > 0 && part*200 < whole:
		return "less than 1%"
	case part < whole && part*200 >= whole*199:
		return "more than 99%"
	}
	return strconv.Itoa((part*200+whole)/(whole*2)) + "%"
}

// list joins names: "a, b and c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// monthList names months, the first few of them.
func monthList(months []civil.Month) string {
	const most = 4
	var names []string
	for i, m := range months {
		if i == most && len(months) > most+1 {
			names = append(names, count(len(months)-most, "other month", "other months"))
			break
		}
		names = append(names, m.Words())
	}
	return list(names)
}

// name is a period as people say it: July to September 2026, 2025/26, July 2026.
func name(p civil.Period) string {
	if p.Months() == 12 {
		return p.String()
	}
	from, to := p.From.Words(), p.To.Words()
	if p.From == p.To {
		return to
	}
	month, year, _ := strings.Cut(from, " ")
	if strings.HasSuffix(to, " "+year) {
		return month + " to " + to
	}
	return from + " to " + to
}

// nameOn says of a period that has not ended that it has not.
func nameOn(p civil.Period, today civil.Date) string {
	if p.Last() >= today {
		return name(p) + " so far"
	}
	return name(p)
}

// span is what a period is called beside another of the same length.
func span(p civil.Period) string {
	switch p.Months() {
	case 1:
		return "month"
	case 3:
		return "quarter"
	case 12:
		return "year"
	}
	return "period"
}

// inText keeps a name from being read as Markdown where it stands in a list of links.
func inText(s string) string {
	var b strings.Builder
	for _, c := range s {
		if strings.ContainsRune("\\`*_{}[]()<>#+-.!|~&:@/", c) && c < 0x80 {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
