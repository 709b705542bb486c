// Package nation is the page of a nation: one figure for each of its authorities, as a map of hexagons and as a table,
// with the nation and its regions over them.
//
// What it promises. The map and the table are drawn from the same figures, and the table lacks nothing that the map says.
// An authority without a number is there, hatched and named on the map and with its state in the table; it is never 0
// and never left out. The colours are five classes that people with any colour vision can tell apart. Everything is
// chosen and sorted by links and one form, without a script. The file has the columns that "everykit figures" promises.
//
// Start reading at show in show.go, then choice.go (what an address asks for), drawing.go and rows.go.
package nation
