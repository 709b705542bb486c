// Package request is kits that people ask for without an account: by post, or to collect. An authority switches it on and
// says what it offers; each request goes to the queue of the right authority, is approved, picked from a shelf as a supply
// in the ledger, sent, and forgotten as far as it says anything about a person.
//
// # What it promises
//
//   - Nobody says why they ask, what they take, or who they are: a name for an envelope and an address, where it is to be
//     posted, and a way to be reached only if they want.
//   - Name, address and contact are kept sealed (AES-256-GCM) with a key made from the program's key file, which is not in
//     the database, and in no other table, log, error, address of a page or entry of the audit log. They are erased by Tick
//     so many days after the request came to its end (Offer.KeepDays), at once when it is withdrawn, and in any case 90 days
//     after it was made. On SQLite the sealed bytes are overwritten too; on PostgreSQL they go with its next vacuum. A backup
//     keeps them as long as it is kept, and cannot be opened without the key file.
//   - The reference is for whoever asked: 40 bits of chance that nobody can guess, made anew from the request and the key
//     when it is needed, and kept only as a keyed hash. It tells the state, never a name or an address.
//   - One request is one supply. The number of the supply is made from that of the request, so that a double click, two
//     people at once, or a crash half way never take two kits. A supply that is reversed in the ledger makes the request
//     one that waits to be sent again.
//   - Where an authority offers nothing, and where a kit is not licensed for somebody so young, that is counted by month
//     (Gaps) and nothing else is kept.
//   - Limits against abuse hold no mark of anybody: a form must be as old as a person needs to fill it in, is good for one
//     request, and so many requests are taken in an hour from everybody together and for each authority.
//
// Send cannot be one transaction, since the ledger's deeds are transactions of their own. It marks the request, has the
// ledger supply, and finishes; what breaks off between is finished by the next Send or by Tick, and until then the request
// cannot be withdrawn.
//
// Wrong is another thing that the public says: that something about an outlet is not right.
//
// # Where to start reading
//
// Ask and State in request.go, Offer in offer.go; then ask.go for what is taken, handle.go and send.go for what becomes of
// it, tick.go for how it is forgotten.
package request
