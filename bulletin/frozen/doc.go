// Package frozen reads the figures of a bulletin once and keeps them: what a quarter's or a year's bulletin says stands on one
// Snapshot, read in one moment of the database, and on nothing that comes later.
//
// # What it promises
//
//   - The same ledger, returns and estimates give the same snapshot, byte for byte as JSON, on both engines: codes and words, no
//     row number and no clock. Hash says so in a line, and Mark how much the ledger held.
//   - A number that is not known is not there: its state says why. A total is never made from its parts nor a part from its total;
//     what is left over is told (Sum, and a figure with the word not_attributed).
//   - Estimates and returns are those that had been published by the as-of day. A return without a date of publication counts as
//     published. The ledger is taken as it is on the day of freezing: it has no earlier state to go back to.
//   - What was recorded of people (recipient, first or repeat, reason, age, sex, and the reach that is made of them), an authority's
//     settings, and the kits of its prisons are shown only as package disclosure lets them be, against all earlier editions and the
//     editions of the open data. A hidden figure is "suppressed" and has no number, note or interval; the number is in Releases alone.
//   - A period that has not ended, an area that is not known or is a region, and a period of which nothing is known are refused.
//
// # Figures
//
// An ID is measure|area|period and then |key=word for each split, in the order of Keys. N is the nation, or the authority of a
// local bulletin; A each authority of Areas; P the period, S the nine quarters or six years that end with it, compared P, the
// period before, and the same a year ago; FY the latest financial year that has ended by the end of P.
//
//	dispensed|N|S                      and by channel, and community by setting
//	dispensed|N|compared|recipient=    supply, reason, age, sex; |product= for P. These count kits
//	supplies|N|compared|recipient=     the same in supplies, where the ledger tells
//	purchased|N|compared               live_coverage|N|compared, first_supplies|N|S, reach|N|S
//	repeat_share|N|P and a year ago    repeat_used likewise
//	coverage|N|FY and the year before  coverage_treatment|N|FY, kits_per_death|N|FY and four before, deaths|N|year
//	dispensed|A|compared               dispensed|A|P|channel=, coverage|A|FY, reach|A|P, live_coverage|A|P
//
// Where a nation has several readings the first that has a number has the plain ID, and each other |row=sum, pooled, mean,
// published, published_ratio or whole. The parts of a total are those of its reading: of the nation's own published total the
// parts that were published, of a sum over authorities the sums of their parts.
//
// # How small numbers are hidden
//
// Two releases are kept, each found again by its key. "told" has what was recorded of supplies, in kits and in supplies: a word hidden in
// one is hidden in the other. It has also what a reader could work out (the supplies that are over the line of a share and those
// that are not, how many first supplies an authority had since its last reach was shown), so that it is not given away either.
// "channels" has the kits of authorities by channel: where a prison's number is small, one or more larger numbers of other
// channels are hidden with it, for the total less the others would be the prison's. Where an authority's total leaves no room it is
// not hidden, since totals are public. A year is the sum of its quarters in both.
//
// Where a release cannot be protected what was recorded is left out of it, and if need be all of it; its cells are kept even so. What
// was hidden before can then be narrowed by what adds up, and is still not found out. The open data are looked at as far as they were
// out, with all their areas; Beside gives them what bulletins have published, so that a year that they show later than its quarters
// gives none of those away either. A bulletin that was frozen before an edition of the open data came out and published after it has
// not seen it: freeze it again.
//
// # Where to start reading
//
// Take in take.go, then readfigures.go and readparts.go; told.go, channels.go and protect.go for what is hidden. kept.go finds what was
// shown before.
package frozen
