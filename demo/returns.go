package demo

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"

	"everykit/civil"
	"everykit/measure"
	"everykit/table"
)

// answered are the ways in which an authority has no totals to give.
var answered = []measure.State{measure.DontKnow, measure.NotHeld, measure.Refused, measure.NotProvided}

// sendReturns makes up what authorities that do not use the ledger have sent: totals of each quarter, of which one is
// revised later, one covers two of its three months and one is missing; and answers that say why there is no total.
func (p *plan) sendReturns(ctx context.Context, m *measure.Measures) error {
	var text bytes.Buffer
	out := table.NewWriter(&text, "area", "period", "measure", "value", "covers", "published_on", "state", "source")
	var err error
	row := func(a *authority, period civil.Period, of, value, covers string, published civil.Date, state string) {
		if err == nil {
			err = out.Write(a.Code, period.String(), of, value, covers, min(published, p.Today).String(), state, p.source()+", made up")
		}
	}
	for _, a := range p.authorities {
		switch a.habit {
		case returns:
			p.totals(a, row)
		case answers:
			state := answered[a.nth%len(answered)].String()
			for year := civil.FinancialYearOf(p.start); year.First() <= p.Today; year = year.After() {
				row(a, year, "purchased", "", "", year.First()+60, state)
				row(a, year, "dispensed", "", "", year.First()+60, state)
			}
		}
	}
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	rd, err := table.NewReader(bytes.NewReader(text.Bytes()), "demo-returns.csv", int64(text.Len()), measure.Kind())
	if err != nil {
		return err
	}
	defer rd.Close()
	_, err = m.ImportReturns(ctx, rd, false)
	return err
}

// totals are the quarters that one authority sent.
func (p *plan) totals(a *authority, row func(a *authority, period civil.Period, of, value, covers string, published civil.Date, state string)) {
	d := diceFor(p.Seed, "returns of ", a.Code)
	mean := math.Max(12, suppliesAtOne*p.Scale*a.share*a.zeal/7)
	for n, q := 0, civil.QuarterOf(p.start); q.Last() < p.Today; n, q = n+1, q.After() {
		if a.nth == 0 && n == 2 {
			continue // it never came
		}
		out := int(mean * d.around(0.15))
		in := int(mean * d.around(0.25))
		covers := ""
		if a.nth == 1 && n == 1 {
			covers, out = "2/3", out*2/3
		}
		sent := q.Last() + civil.Date(d.between(25, 60))
		row(a, q, "purchased", strconv.Itoa(in), "", sent, "")
		row(a, q, "dispensed", strconv.Itoa(out), covers, sent, "")
		if revised := sent + 90; a.nth == 2 && n == 0 && revised <= p.Today {
			row(a, q, "dispensed", fmt.Sprint(out+d.between(3, 20)), "", revised, "")
		}
	}
}
