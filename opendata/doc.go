// Package opendata is the tables that anybody may take away: areas, outlets that are public, estimates, products, each measure,
// what was recorded of supplies, the answers and findings of published rounds, the scorecard with its rules, and the gaps.
//
// # What it promises
//
//   - Every table has a name that stays, a dictionary of its columns, its definition's version, source and licence, and says when it
//     was made. As CSV, JSON and Parquet it says the same.
//   - Public pages never touch the ledger. All tables are made together, kept in memory as bytes, and made again at the earliest
//     a quarter of an hour later, by one request while all others are given what there is. A table whose bytes are the same keeps
//     the instant at which it was made, and its ETag.
//   - The same data make the same bytes.
//   - An authority's own totals (kits, coverage, people per kit) are shown as they are. What was recorded of people (first or repeat,
//     reason, recipient, age, sex) goes through package disclosure before it is shown, and so does what a single prison gave. A
//     hidden number is [c] in CSV, and absent with its state beside it elsewhere; it is never 0.
//   - What was recorded of supplies is published for whole financial years, some time after their end. What was shown is kept, so
//     that the next edition is protected against it; an area's numbers are replaced when none of them changes by less than
//     the threshold, and stand until then. What bulletins have published of the year and its quarters is looked at too (Beside).
//   - No e-mail address, no private answer, no name of a person, and nothing of a round that is not published.
//
// # Where to start reading
//
// Table in table.go, then Store in store.go. Each table is a file of its name. release.go and edition.go are how supplies are
// protected and remembered; csv.go, json.go, parquet.go and datapackage.go are the formats.
package opendata
