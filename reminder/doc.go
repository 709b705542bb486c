// Package reminder is one e-mail that somebody asked for: before a kit expires, or when there is a notice about its lot.
//
// # What it promises
//
//   - Whoever asks leaves an e-mail address and nothing else about themselves. It is confirmed by a link before anything
//     is sent but the link itself, so that nobody can be written to who did not ask.
//   - The address is kept sealed (AES-256-GCM) with a key made from the program's key file, which is not in the database.
//     To know an address again it is compared by a keyed hash. Neither stands in a log, an error or the address of a page.
//   - A reminder knows a product, a lot number as printed and an expiry. It knows no area, no outlet and no supply, and
//     nothing in the ledger knows of it: its tables stand apart, and nobody can join them.
//   - It is deleted when the e-mail is handed to the outbox (which erases its own sealed copy when it is sent), by its
//     link, 48 hours after it was asked for if it was not confirmed, and 12 months after the expiry at the latest.
//   - Its mails name no medicine, and no place.
//   - Nobody learns from it whether an address is known here: asking gives the same answer whatever is there.
//
// One address can be sent at most three links a day, and everybody together a bounded number a minute; what is counted for
// that holds no mark of who asks, and is gone after two days.
//
// The link holds a random number and a keyed hash of it, so that somebody who can read the database cannot make one.
// Opening it does nothing: programs that look through mail open links too. A button on its page does.
//
// Start reading at Ask, then Confirm, Delete and Tick.
package reminder
