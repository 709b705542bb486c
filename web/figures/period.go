package figures

import (
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// Running reports whether a period has not ended yet.
func Running(p civil.Period, today civil.Date) bool { return p.Last() >= today }

// LastYear is the last financial year that is complete.
func LastYear(today civil.Date) civil.Period { return civil.FinancialYearOf(today).Before() }

// LastQuarter is the last financial quarter that is complete.
func LastQuarter(today civil.Date) civil.Period { return civil.QuarterOf(today).Before() }

// Asked is the period that an address asks for, or another if it asks for none.
func Asked(v *desk.Visit, otherwise civil.Period) (civil.Period, error) {
	slug := v.R.URL.Query().Get("period")
	if slug == "" {
		return otherwise, nil
	}
	p, err := civil.ParseSlug(slug)
	if err != nil {
		return civil.Period{}, fault.New(fault.Invalid, "%s", err.Error()).At("period")
	}
	return p, nil
}

// Recent are the periods a page offers: financial years, this one first, and if asked for quarters.
func Recent(today civil.Date, years, quarters int) []civil.Period {
	var list []civil.Period
	for p := civil.FinancialYearOf(today); len(list) < years; p = p.Before() {
		list = append(list, p)
	}
	for p := civil.QuarterOf(today); len(list) < years+quarters; p = p.Before() {
		list = append(list, p)
	}
	return list
}

// Choices makes the options of a select, each as it is to be called. The one chosen is there, whatever it is.
func Choices(list []civil.Period, chosen civil.Period, called func(civil.Period) string) []page.Option {
	if !slices.Contains(list, chosen) {
		list = append(slices.Clip(list), chosen)
	}
	options := make([]page.Option, len(list))
	for i, p := range list {
		options[i] = page.Option{Value: p.Slug(), Label: called(p)}
	}
	return options
}

// Plain is a period as people say it: 2025/26; July to September 2026.
func Plain(p civil.Period) string {
	if p.Months() < 12 {
		return months(p)
	}
	return p.String()
}

// Name is a period of what has been, in a heading: 2025/26; July to September 2026; 2026/27 so far.
func Name(p civil.Period, today civil.Date) string {
	name := Plain(p)
	if Running(p, today) && p.First() <= today {
		name += " so far"
	}
	return name
}

// Long is a period with its months: 2025/26: April 2025 to March 2026.
func Long(p civil.Period, today civil.Date) string {
	long := months(p)
	if p.Months() > 1 {
		long = p.String() + ": " + long
	}
	if Running(p, today) && p.First() <= today {
		long += " (so far)"
	}
	return long
}

// months names the months of a period, its year once if it is one: July to September 2026.
func months(p civil.Period) string {
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
