// Package registry knows what the ledger counts for, and counts with: areas (nations, regions, authorities, health
// boards), outlets (places that give kits out), products (one licensed pack each) and estimates (how many people a
// figure is divided by).
//
// What it promises:
//
//   - Words at the edge, small numbers inside. Files, forms and pages say "E09000002" and "needle_exchange"; the ledger
//     keeps an area, an outlet and a product as a small integer that never changes and is never given to another.
//     0 is always "not known".
//   - Unknown is never nought. An outlet of which nobody has said whether it asks for a referral is another thing than
//     one that is confirmed to ask for nothing, and an empty cell never becomes 0.
//   - No estimate is ever assumed. A denominator has a population, a period, a method and a source, and one population
//     never stands in for another. Latest says which estimate a figure takes, and takes none rather than a wrong one.
//   - Nothing is removed: an area ends and names its successors, an outlet closes. Only an estimate entered by mistake
//     can be taken out.
//   - Reading is cheap: Registry.Now gives a Snapshot of everything in memory that does not change while it is held.
//     It holds what this process wrote, always, and what another process wrote, within a second.
//   - A file goes in whole or not at all, and what goes out goes in again to the same state.
//
// Start reading at Registry in registry.go, then Snapshot in snapshot.go. The rules of each noun are beside it (area.go,
// outlet.go, product.go, estimate.go); files in and out are import.go, export.go and kinds.go.
package registry
