// Package ledger keeps every kit somewhere.
//
// A movement takes a number of kits of one lot from one place to another: from the supplier to a shelf, from a shelf
// to people, from people to used. Nothing is edited and nothing deleted; a mistake is set right by a movement that
// reverses it by name. Purchased, dispensed, on hand, with people, used, expired, lost: all are sums over movements,
// so they cannot disagree.
//
// What it promises:
//
//   - A movement's id is made by whoever records it. The same id with the same body again changes nothing and answers
//     as the first time did; with another body it is a conflict.
//   - No shelf, held stock, transfer or stock with people is below zero at the end of any day of its history, also
//     after a late entry and under concurrency. A refusal names lot, place, day and shortfall.
//   - What is counted lives in the write: stock, the stock of each day, the monthly and yearly counts, what supplies told,
//     kits by their last day and the first-supply marks change in the same transaction as the movement. Verify recounts all
//     of them from the movements.
//   - A use, a loss or a hand-back is never refused for want of a known lot or supplier: it is kept as a report that
//     moves nothing of ours.
//   - What an open notice bars is obeyed in the write: kits of a withdrawn lot are held wherever they lie or land, kits
//     to be checked are not given out before they were. Whose notice it is, and who was told, room notice knows.
//   - No fact about a person is needed. A client code, where a service types one, is kept only as a keyed hash.
//
// Start reading at movement.go (what a movement is), then place.go and kind.go (the table of what may move where),
// then ledger.go (post, the one way into the tables), guard.go (the below-zero rule) and
// obey.go (notices). The deeds that people do are each in a
// file of their own name: receive.go, supply.go, transfer.go, use.go, writeoff.go, count.go, reverse.go, unmet.go.
package ledger
