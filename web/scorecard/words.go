package scorecard

import (
	"fmt"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/scorecard"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// verdicts are the verdicts in the order to show them.
var verdicts = []scorecard.Verdict{scorecard.Met, scorecard.Partly, scorecard.NotMet, scorecard.NotKnown}

var tones = map[scorecard.Verdict]page.Tone{scorecard.Met: page.Good, scorecard.Partly: page.Soon, scorecard.NotMet: page.Bad, scorecard.NotKnown: page.Quiet}

// verdictTag is a verdict in a tag, which stays on one line.
func verdictTag(v scorecard.Verdict) page.Tag {
	return page.Tag{Text: strings.ReplaceAll(v.Words(), " ", "\u00a0"), Tone: tones[v]}
}

// short are the recommendations as the head of a column.
var short = [6]string{"Provided", "A kit for each person", "For anybody", "No requirements", "Recorded", "Supported"}

// kinds are the gaps that keep a recommendation from being met. The sixth asks for something to be done about each of them.
var kinds = [6][]support.GapKind{
	{support.NoProvision},
	{support.LowCoverage},
	{support.NoOutlet},
	{support.Requirements},
	{support.Silent, support.ExpiresFaster, support.NoReply},
	{},
}

// money writes pence as pounds, the pence only where there are any.
func money(pence int) string {
	if pence%100 == 0 {
		return "£" + page.Number(int64(pence/100))
	}
	return "£" + page.Number(int64(pence/100)) + fmt.Sprintf(".%02d", pence%100)
}

// pounds is money in a file, which has no sign: 1234.50.
func pounds(pence int) string { return fmt.Sprintf("%d.%02d", pence/100, pence%100) }

// moneyCell is a cost that may not be known.
func moneyCell(pence *int, why string) figures.Cell {
	if pence == nil {
		return figures.Unknown(why)
	}
	return figures.Cell{Raw: pounds(*pence), Show: page.TextCell(money(*pence))}
}

// countCell is a number of kits that may not be known.
func countCell(n *int, why string) figures.Cell {
	if n == nil {
		return figures.Unknown(why)
	}
	return figures.Cell{Raw: strconv.Itoa(*n), Show: page.CountCell(int64(*n))}
}

// dayCell is a day that may not be known.
func dayCell(d civil.Date, why string) figures.Cell {
	if d == civil.None {
		return figures.Unknown(why)
	}
	return figures.Cell{Raw: d.String(), Show: page.TextCell(d.Words())}
}

// years is how many financial years the pages offer: back to the survey that the recommendations were written after.
const years = 11

// yearAsked is the financial year of an address, or another if it asks for none. A shorter period gives the year it lies in.
func yearAsked(v *desk.Visit, otherwise civil.Period) (civil.Period, error) {
	p, err := figures.Asked(v, otherwise)
	if err == nil && !p.IsFinancialYear() {
		p = civil.FinancialYearOf(p.Last())
	}
	return p, err
}

// yearOptions are the years to choose from.
func yearOptions(v *desk.Visit, chosen civil.Period) []page.Option {
	today := v.Ledger.Today()
	return figures.Choices(figures.Recent(today, years, 0), chosen, func(p civil.Period) string { return figures.Name(p, today) })
}
