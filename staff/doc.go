// Package staff knows the people who work with Everykit: their accounts, what each role may do and where, who is signed
// in, and who did what.
//
// It stands below the registry and the ledger and knows neither: areas and outlets are plain numbers here (the
// registry's ids), and whoever asks "may this person do that there?" fills in the Place from the registry.
//
// What it promises:
//
//   - One table (may.go) says what every role may do and how far. Nothing else in the program grants anything. A refusal
//     reads the same whether or not the thing asked for exists.
//   - No secret is stored: passwords and PINs are kept as argon2id, session tokens as SHA-256. Somebody who reads the
//     database or a backup of it can sign in as nobody.
//   - An unknown e-mail address, a wrong password and a closed account give the same answer in the same time. Guessing is
//     slowed for the address it comes from; nobody can lock another person out for good.
//   - Signing out, revoking a session, closing an account or changing its password, role or reach works at once in the
//     process that did it, and within CacheFor (2 s) in any other process on the same database.
//   - What is done to accounts is in the audit log in the same transaction. Other rooms write their own deeds there with
//     Audit.
//
// A counter device (the shared computer or tablet of an outlet) has a session bound to one outlet. Nobody acts on it
// until a worker of that outlet says who they are with a PIN; until then it may look at the shelf and no more.
//
// Start reading at Person, then may.go; SignIn and Who are what each request goes through.
package staff
