package cli

import (
	"context"
	"strings"

	"everykit/civil"
	"everykit/measure"
)

var figuresCommand = command{
	name: "figures", args: "MEASURE --period P", brief: "Print what is counted, one row an area, the nation's rows last",
	more: "MEASURE is one of " + strings.Join(measureNames(), ", ") + `. A period is 2021/22 (April to March), 2021/22-Q2,
2021 or 2021-07.

Figures are for the areas as they stood on the last day of the period, unless --vintage names another day.
One measure may have several rows for a nation, each with its name: as published, the pooled ratio, the mean of ratios.

The columns of --format csv are a promise: ` + strings.Join(measure.Columns, ", ") + `.
An absent number is empty, never 0; the state says why.`,
	setup: func(s *session) func(context.Context, []string) error {
		f := &figures{session: s}
		s.useDatabase()
		s.flags.StringVar(&f.period, "period", "", "`PERIOD` to count")
		s.flags.StringVar(&f.area, "area", "", "`CODE` of an authority, region or nation; all authorities if not given")
		s.flags.StringVar(&f.asOf, "as-of", "", "`DATE` on which estimates and returns are taken as they were; today if not given")
		s.flags.StringVar(&f.vintage, "vintage", "", "`DATE` on which the areas are taken as they stood; the last day of the period if not given")
		s.flags.StringVar(&f.format, "format", "table", "`FORMAT`: table, csv or json")
		return f.run
	},
}

// figures is one run of the figures command.
type figures struct {
	*session
	period, area, asOf, vintage, format string
}

func (f *figures) run(ctx context.Context, args []string) error {
	q, err := f.query(args)
	if err != nil {
		return err
	}
	r, err := f.existing(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	list, err := r.Measures.Figures(ctx, q)
	if err != nil {
		return err
	}
	rows := make([][]string, len(list))
	for i := range list {
		rows[i] = list[i].Cells()
	}
	return f.print(f.format, measure.Columns, rows, figureNumbers...)
}

// figureNumbers are the columns that hold numbers.
var figureNumbers = []string{"value", "numerator", "denominator", "low", "high"}

func (f *figures) query(args []string) (measure.Query, error) {
	const example = "everykit figures coverage --period 2021/22"
	q := measure.Query{Area: f.area}
	if err := f.want(args, "a MEASURE"); err != nil {
		return q, err
	}
	var err error
	if q.Measure, err = measure.ParseKey(args[0]); err != nil {
		return q, usage("%s%s", err, meant(args[0], measureNames())).try("one of %s", strings.Join(measureNames(), ", "))
	}
	if f.period == "" {
		return q, usage("figures needs a --period").try(example)
	}
	if q.Period, err = civil.ParsePeriod(f.period); err != nil {
		return q, usage("%s", err).try(example)
	}
	if f.asOf != "" {
		if q.AsOf, err = civil.ParseDate(f.asOf); err != nil {
			return q, usage("--as-of: %s", err).try("--as-of 2018-12-31")
		}
	}
	if f.vintage != "" {
		if q.Vintage, err = civil.ParseDate(f.vintage); err != nil {
			return q, usage("--vintage: %s", err).try("--vintage 2023-04-01")
		}
	}
	return q, checkFormat(f.format)
}

func measureNames() []string {
	var names []string
	for _, k := range measure.Keys() {
		names = append(names, string(k))
	}
	return names
}
