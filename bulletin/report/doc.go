// Package report says back to people what their own data showed: one page about a quarter, or a year, for an outlet and
// for an authority, and a short letter with the way to it when a bulletin of that period is published.
//
// Somebody typed every number that a bulletin shows. This is their thanks, and the quickest check there is: who knows the
// counter sees at once when a month is missing or a number is wrong. A page says how many kits were given out and how that
// compares, what was recorded of it and what was not, which kits run out of date soon, which months are silent, how the
// part compares with the whole, and three things that would help most.
//
// What it promises:
//
//   - The numbers are those of the day it is read, not of the bulletin: what was entered late is in. It says so.
//   - Nothing is hidden in it, as it is for people who may see the single entries anyway, and every page says that it is
//     not to be published. Who may read it is asked by package web.
//   - A month without an entry is not known and never nought, in the tables, in the charts and in what is compared.
//   - It is made from the counts that every write keeps up (month_count, year_count, supply_count, stock), through measure
//     where that has them. Only what an outlet's supplies told is counted from its own entries of the period, by the same
//     index as its stock card: the cost is that of the period, not of the history.
//   - One letter for each account and period, however often the period is published: its key in the outbox says so.
//
// Start reading at Reports, then outletReport and areaReport; what to do next is chosen in advice.go.
package report
