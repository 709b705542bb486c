// Command bench runs Everykit beside what people would otherwise use, on the same machine in one go, and prints one table
// with the peer beside us. It is a module of its own so that the peers never enter the product's.
//
// What is compared:
//
//   - Import. A file of supplies for a made-up nation (rows.go) goes in by the real binary, as its own process, from start
//     to end: reading, every rule, balances, monthly counts. Beside it stand the same rows put into one table of bare
//     SQLite (bare.go: same driver, same durability, a UUID as text for primary key, one prepared insert in one
//     transaction, the making of the rows not timed), with random ids and with ids in the order of time, and PocketBase's
//     batch interface over HTTP (pocketbase.go).
//   - Peak memory of the importing process, as the kernel kept it.
//   - One supply at a time over HTTP, durable, from many clients at once: the form a worker fills in, with a session,
//     against PocketBase's making of a record with the same fields and its own settings, which do not wait for the disk.
//   - Figures. A nation with a million supplies and one with ten million (figurenation.go) are made by the program's own
//     imports, and everything that pages of figures show is asked for (figures.go), in this process, without HTTP. Beside
//     it stands a plain scan of the movements in the same SQLite, by the same driver, that counts one year. It is the
//     longest part, some minutes and about three gigabytes; -only figures -figures 1000000 is a short one.
//   - A bulletin. The real commands draft a quarter of that nation of a million and write it in every format (bulletin.go),
//     then it is published and its page is asked for over and over, and so is the front page, beside nginx (nginx.go) that
//     serves the very same packed bytes from a file.
//
// What it promises: each round runs all contestants one after another, so that whatever else the machine does falls on
// all; figures are medians over the rounds, and a ratio is the median of the rounds' ratios. Nothing speaks to anything but
// 127.0.0.1; loops are bounded in count and in time; every process it starts is ended by its id and every file it makes
// is removed. It measures and never fails for being slow. After the HTTP run the ledger is recounted with verify, and
// each answered post must be in it.
//
// Start reading at main.go, then everykit.go, which holds all that is known of Everykit's commands and forms.
package main
