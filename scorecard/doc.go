// Package scorecard says for each authority where it stands on each of the six recommendations of the report, where the gaps
// are, what would close them, and how many kits a year needs.
//
// # What it promises
//
//   - A verdict follows from a table of rules (Rules) that carries a version and is shown beside the cards. The rules are
//     pure functions of what is known (judge.go, helped.go): the same evidence gives the same verdict.
//   - Each line has its evidence in words with the numbers, its day and its source. Which source is taken first is part of
//     the rule; where two sources disagree the evidence says both, and they are never added.
//   - Unknown is never nought. No reply, don't know, not held and refused stay what they are in Line.State and read
//     "Not known: no reply". A part of a plan that is not known makes what follows from it not known.
//   - A nation's cards cost the reading of some figures, one round and the actions, however many authorities it has.
//
// # Where to start reading
//
// Card in card.go and Rules in rule.go; judge.go for the verdicts, read.go and facts.go for what they are read from,
// told.go for what a round was answered. gap.go, find.go and plan.go are what is to be done.
package scorecard
