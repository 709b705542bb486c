// Package disclosure hides small numbers before a table leaves staff scope, and tries to undo that.
//
// A number of people or kits under a threshold (counts 1 to 4 where the threshold is 5) can tell on a person where it is
// broken down by age, sex, reason, recipient or single outlet. It is shown as [c], never as 0. To hide that number alone is not
// enough: a total less the other parts gives it back, and so do a ratio, the sum over another way of cutting the same people,
// and last year's edition of the same table. So other numbers are hidden with it, as few as can be found.
//
// # What it promises
//
// A Release is named cells with relations between them: sums (rows, columns, areas in regions, months in quarters, a total that
// several tables share) and ratios. Protect marks what must be hidden so that somebody who holds all that is shown, all relations
// and all earlier releases finds, for every hidden small number, that everything the mark may stand for is still possible: each of
// 1 to threshold-1 (and 0 too, where nought is hidden as well). That an attacker's feasible interval must cover a protection
// interval is the usual measure of safety (Hundepool and others, Statistical Disclosure Control, 2012, chapter 4). To ask for the
// whole of 1 to threshold-1, whatever the number is, is ours: then the mark and the table together say no more than the mark alone.
// Protect proves it with whole numbers: for each such cell it has another table in hand that agrees with everything shown.
//
// Of editions the cautious is supposed: whoever looks knows of every cell whether it was revised since an earlier edition (the mark
// for "revised" may say so, and most cells are not). A number shown once is known for ever unless it was revised.
//
// Attack is the auditor. It is another piece of work on another principle (intervals and linear programming) and sees only what
// was shown. What it finds on a protected release is a fault of Protect.
//
// # What it does not promise
//
// The change of a large number between two editions can be small itself (20 became 21: one more person). SmallChanges names such
// cells, so that a publisher can let the earlier edition stand. Whoever knows one of the people in a cell, or knows how Protect chooses
// and tries every table that could have led to its choice, may learn more than the relations tell: that is not looked at.
//
// The package knows no SQL, no HTTP and nothing of kits. Start reading at Release and Rule in release.go, then Protect in
// protect.go and circuit.go for how another table is found, and Attack in attack.go. ReadTables makes releases of published files.
package disclosure
