// Package demo makes up a nation to show Everykit with: the real authorities and products, and about 2,000 outlets, two
// financial years of deliveries and some 300,000 supplies that never were.
//
// What it promises:
//
//   - Nothing made up passes for real. Each outlet's name says "(made up)", telephone numbers are those kept for drama,
//     addresses end in .example, each made-up denominator says so in its method and source, and the database carries a
//     mark (Is) by which every page says so too. No estimate is derived from that of another population.
//   - The same seed, scale and day give the same content, ids included, whatever the machine.
//   - Everything goes in by the doors that others use: the registry's deeds, the ledger's import and its deeds. No rule
//     is passed by, so Verify is clean afterwards, and a demo that builds is itself a test of those doors.
//   - Every state that a page can show occurs: authorities that count, that are silent, that have no outlets, that send
//     returns, that answered with a refusal, that confirmed nil, and some without a denominator.
//
// The nation is made of the 152 authorities of 2017/18, of which each has a place on the map and a number of residents:
// the changes of boundaries since then are taken to lie ahead (see nation.go).
//
// Start reading at Build in demo.go. A nation is planned first (nation.go, plan.go, outlets.go), then each authority is
// played through day by day (town.go, restock.go, giveout.go, after.go), which writes the rows of files that the ledger
// imports (files.go), and last come the few deeds that files cannot hold (deeds.go).
package demo
