// Package findings is the report of a round, generated: what authorities answered, in sentences that carry the numbers they
// stand on, with charts, tables and definitions.
//
// What it promises:
//
//   - Every sentence says of how many it speaks ("of the 117 that gave counts") and has its exact numbers beside any rounded
//     word. Which share is "nearly a third" and which is not stands in one table (share.go), printed with the report.
//   - Don't know, information not held, refused, left open and no reply are never counted as no or as nought. They are
//     counted and told as what they are, and stand in no share.
//   - Nothing is divided by an estimate that is not there. An authority without one keeps its kits and has no coverage. One
//     estimate for several authorities is one ratio, for them together.
//   - Where an authority's ledger counted the kits, the ledger is taken and the answer told beside it; they are never added.
//   - Compose reads nothing but its Input and no clock: the same input gives the same findings, and one changed answer
//     changes the sentences that stand on it and no others.
//   - A question that a round did not ask has no sentence. Compare sets two rounds side by side only in what both asked.
//
// Start reading at Findings in findings.go, then Input in input.go. who.go, provision.go, kits.go, coverage.go, given.go,
// requirements.go, records.go, help.go and prisons.go each write the sentences of one chapter; report.go and the files
// beside it make the document of them.
package findings
