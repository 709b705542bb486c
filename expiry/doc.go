// Package expiry says what runs out when, what to do about it, and tells those who want to be told each morning.
//
// Four things live here:
//
//   - Board: kits on shelves, set aside and in people's hands by the month of their last day, for an outlet, an authority,
//     or a region or nation, and how many of those on shelves will expire unused at today's rate of supply. The rate and
//     the reckoning are defined in words beside the code (RateDefinition, UnusedDefinition) for pages to show.
//   - Proposals: what could be moved to an outlet that would use it in time; Confirm makes one a transfer, once.
//   - Reissue: lots of which people carry kits that have expired, soon will, or are named by a notice.
//   - The digest: one e-mail a day for whoever asked for it (Wish, Tick).
//
// What it promises:
//
//   - A board is one moment: one transaction over the small tables that every movement keeps up (stock, month_count and
//     the open transfers of room ledger, which this room only reads). It costs as many rows as outlets have lots, however
//     long the history is.
//   - Unknown is not nought and not good: kits whose date is not known stand apart, are in no month, and are never
//     proposed.
//   - Every kit of a proposal is one that would otherwise be left over, and that is used at the other place without
//     anything more left over there: moving never makes more waste.
//   - A proposal that is confirmed twice is one transfer; one that no longer holds is refused, with the reason.
//   - Nobody gets a digest who has not asked. Whoever has asked gets one a day at most, over restarts, killed processes,
//     several servers on one database and mail servers that are away: that somebody has had it is written in the
//     transaction that puts the mail, and the outbox sends each mail once. There is none when there is nothing to say, for
//     a closed account, or to an address that the mail server refuses (Bounced tells the coordinator).
//
// Start reading at Board in board.go and makeboard.go; unused.go is the reckoning, plan.go the moves: both are pure. look.go is the one
// reading of the ledger that all of them share. tick.go is the digest's way out, digest.go and digesttext.go what is in it.
package expiry
