// Package lot is the pages of a lot: find it by the number on the pack, see where all of it went, follow it down to each
// anonymous supply, print labels for it, and join two entries of it that were typed in twice.
//
// What it promises. Everybody who is signed in may look up any lot and sees the totals of it, which always add up: what was
// received is what is on shelves, held, on the way, with people, used, destroyed, lost and returned. Of single outlets they see
// those that they may see anyway; all the others are one row, "elsewhere", and no name of theirs is on the page. Entries that
// are joined count as one lot, and the address of any of them leads to the one that stands for all. Labels and cards never
// name a person and are the same for everybody.
//
// Start reading at traced in traced.go, which reads a lot once for whoever asks, then show.go.
package lot
