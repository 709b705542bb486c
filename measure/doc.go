// Package measure says what the ledger, the returns of authorities, the registry of outlets and the estimates of people add
// up to: kits purchased and dispensed, coverage, reach, kits per death, live coverage, first and repeat supplies, outlets
// and what they ask for, kits on hand, and what is about to expire.
//
// What it promises:
//
//   - A Figure carries all that is needed to judge it: the version of its definition, its period, numerator and
//     denominator with the denominator's source and year, a state, and the instant at which the ledger was read.
//   - Unknown is never nought. A figure without a number says why (not asked, no reply, refused, no denominator ...);
//     0 stands only where there were entries that came to nothing, where outlets confirmed that there was nothing, or
//     where a return says 0.
//   - The ledger and a return are never added together. Where both speak of one area and period the ledger is taken,
//     and the figure says that the return differs.
//   - One population never stands in for another, and a prison's kits are never in the coverage of the area round it.
//   - A ratio that somebody published is never put in the place of one computed here, nor the other way round.
//   - Figures are for the areas of a stated day: the last of their period, unless another is asked for. What cannot be told
//     apart, or put together, across a change of areas is left as it was.
//   - Figures are read from the small tables that every movement keeps up (stock, expiry_count, month_count, supply_count),
//     in one transaction, so that a page shows one moment and costs the same however long the history grows.
//
// The room writes only area_return: the period totals that authorities send or that others have published, each kept
// beside its earlier vintages.
//
// Start reading at Figure in figure.go, then Measures in measures.go. Each measure is a file of its own name with its
// definition in words; key.go has what is the same for all figures of each. ratio.go divides by estimates, share.go makes
// parts of a whole, pool.go the rows of regions and nations, limits.go the intervals; vintage.go and series.go deal with
// areas that changed; return.go and the files beside it hold returns. months.go, outlets.go, channels.go, supplies.go,
// shelf.go and expiry.go are what the pages of an authority read.
package measure
