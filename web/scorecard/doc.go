// Package scorecard is the pages of the six recommendations: the scorecard of an authority on one sheet, the table of a
// nation that is sorted and narrowed by verdict, the gaps with what would close each, and the plan of kits needed for a
// target.
//
// What it promises. A verdict is a word in a tag, with its evidence, its date and its source beside it; colour never says
// it alone. What is not known is a verdict of its own and says why: it is never "not met", and never nought. Nobody has a
// rank: authorities stand by name, by verdict or by how many recommendations they meet, and no row is numbered. The rules
// that make a verdict are on the page, with their version. Each table is also a file with the same rows, all of them as
// they are narrowed on the page. Everything is chosen by links and forms that work without a script.
//
// Start reading at Routes; card.go is an authority's sheet, nation.go and choice.go the nation's table, gaps.go and plan.go
// what to do about it.
package scorecard
