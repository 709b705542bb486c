// Package survey is a round of questions to every authority of a nation, and what came of it: who was asked, by what law's
// clock, who has answered, what they answered, and what is odd about it.
//
// # What it promises
//
//   - Nobody needs an account to answer. Each respondent has a personal link; only a hash of its token is kept. The same
//     questions can be answered on paper and entered by staff with the letter attached, or come in a file.
//   - An answer is a value or a state (don't know, information not held, refused, not provided), never a guess. No answer
//     is not nought.
//   - A question that the skip rules leave out has no answer. What somebody writes there all the same is put aside, shown
//     to staff as a doubt, and counted by nobody.
//   - Nothing that was stored is lost: a correction leaves what was there before in the respondent's history. A form sent
//     from a view older than the answers is refused where they differ, and what it said is kept in the history too.
//   - The same form twice is one; two people at one link cannot overwrite each other unseen.
//   - The clock is the law's: 20 working days after the day of receipt, working days as the Act means them (clock.go,
//     holidays.go). Reminders and the closing come from the day, not from whether a program was running at the hour.
//   - Letters are put in the transaction of the deed they belong to. A reminder is at most one a day.
//   - Once a round is open its questions do not change.
//
// Everything about one respondent lies in one row, their answers packed into one column (pack.go): a nation's replies are
// read in one query, whatever their number.
//
// # Where to start reading
//
// Round in round.go, Question in question.go, Reply in reply.go; then open.go for what sending does, sent.go and answer.go
// for what comes back, doubts.go for what is odd, tick.go for what the day brings, import.go for files.
package survey
