package demo

import (
	"context"
	"fmt"
	"math"

	"everykit/civil"
	"everykit/registry"
)

// source names where made-up numbers come from.
func (o Options) source() string { return fmt.Sprintf("Everykit demo, seed %d", o.Seed) }

// putEstimates makes denominators up: so many people who use opiates for 1,000 residents, by a rate that is made up too.
// It never looks at estimates of another population. An authority of which a real one is known keeps that alone.
func putEstimates(ctx context.Context, reg *registry.Registry, snap *registry.Snapshot, all []*authority, o Options, start civil.Date) error {
	d := diceFor(o.Seed, "estimates")
	year, _, _ := start.Parts()
	var list []registry.Estimate
	for _, a := range all {
		rate := 7.5 * math.Min(2.5, math.Max(0.4, d.around(0.4))) / 1000
		if !a.estimate || len(snap.EstimatesFor(registry.OpiateUse, a.ID)) > 0 {
			continue
		}
		value := math.Round(a.residents * rate)
		low, high := math.Round(value*0.85), math.Round(value*1.2)
		list = append(list, registry.Estimate{
			Areas: []int{a.ID}, Population: registry.OpiateUse, Period: civil.FinancialYear(year - 2), Value: value, Low: &low, High: &high,
			Published: registry.Published(fmt.Sprintf("%d-03", year)),
			Method:    "made up for this demonstration: residents of 15 to 64 times a made-up rate", Source: o.source(),
		})
	}
	_, err := reg.PutEstimate(ctx, list...)
	return err
}
