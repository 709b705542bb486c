// Package notice is what a regulator or a maker says about lots, and what became of it at every outlet that had one.
//
// A notice names lots and an action. A notice is not always a recall: the largest real one asked only that kits be checked
// where they lay. So there are four actions: withdraw, check in place, change the expiry, inform.
//
// # What it promises
//
//   - Publish is one transaction: the lots are named in the ledger and barred (or their expiry changed), every outlet that
//     ever held one or waits for one is told, the letters are in the outbox and the audit log has its line, or nothing of
//     it. A notice is published once; what is published never changes.
//   - Whoever is told gets one letter about a notice, however often its lots turn up. An outlet that first gets such a lot
//     afterwards is told in the transaction in which the kits land.
//   - Outlets that have closed, outlets where nobody has an account, and authorities without an outlet here are told by a
//     personal link. Only a hash of its token is kept.
//   - An answer carries an id made by whoever gives it: the same again is the same answer, another body under it a
//     conflict. What was answered is never overwritten, only added to.
//   - What is unanswered after its day goes once to the coordinators and a day later once to the nation.
//   - The table of effects adds up at every moment, since it is read from the ledger's own places.
//   - A drill tells, collects, escalates and counts like a notice, and bars nothing, changes nothing in the ledger and is
//     never public.
//
// What kits must obey is the ledger's (its bars); here is who said so, to whom, and what they answered.
//
// # Where to start reading
//
// Notice in notice.go, then publish.go and plan.go for what publication does, answer.go and link.go for what comes back,
// effect.go for the table, tick.go for what is overdue. check.go is what stands behind the public page "Is my kit still
// good?", and wording.go the texts it shows.
package notice
