// Package measure says what the ledger, the returns of authorities and the estimates of people add up to: kits
// purchased and dispensed, coverage, kits on hand, kits about to expire.
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
//   - Figures are read from the small tables that every movement keeps up (stock, month_count), in one transaction, so
//     that a page shows one moment and costs the same however long the history grows.
//
// The room writes only area_return: the period totals that authorities send or that others have published, each kept
// beside its earlier vintages.
//
// Start reading at Figure in figure.go, then Measures in measures.go. Each measure is a file of its own name with its
// definition in words; pool.go makes the rows of regions and nations; return.go and the files beside it hold returns;
// months.go, outlets.go, channels.go, shelf.go and expiry.go are what the pages of an authority read.
package measure
