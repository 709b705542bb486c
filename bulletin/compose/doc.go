// Package compose writes a bulletin out of a frozen snapshot: chapters of sentences, tables and pictures, as one
// content.Content that nothing later computes on.
//
// What it promises:
//
//   - The same Input gives the same content, byte for byte. There is no clock, no SQL and no chance in it.
//   - Every number in a sentence is a figure of the snapshot, or a change, a share or a count of such figures. A number that is
//     hidden is in no sentence, table, picture or figure: Compose takes nothing from Snapshot.Releases, and a share or change
//     of something hidden is hidden too.
//   - A direction ("up", "slightly down", "much the same") is chosen by rule, from percentage and size (direction.go). A figure for
//     a part of its period is never given a direction, a total that holds such a part only where the missing part cannot explain
//     the change, and nothing is compared with what is not known.
//   - A total is never forced from its parts. What is left over is a row of its own and a sentence.
//   - Each picture has a title that states its finding, words for people who do not see it, and a table with the same figures
//     beneath.
//   - [r] is told against the last published edition that had the figure, whatever period that was an edition of.
//
// Templates (templates/*.json) say which chapters stand in which order, their titles, and the words that a nation uses, such as
// board for authority. Sentences are built here, by rule; what an analyst adds is commentary in Markdown, and titles of their own.
//
// Check looks at what was composed and says what a person must mend, or waive with a reason, before it is signed. A hidden number
// that can be worked out cannot be waived.
//
// Start reading at Compose in compose.go, then book.go for how figures are looked up and marked, direction.go for the rule of
// words, and points.go for the main points. Each chapter is a file, and each check.
package compose
