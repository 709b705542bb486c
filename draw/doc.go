// Package draw turns numbers, labels and states into pictures: SVG charts, the
// hex cartogram and codes for labels, as strings of markup.
//
// What lives here. Columns, Lines and StackedBars draw one Chart each; Funnel
// draws rates against size with the limits of chance; Spark draws a tiny line for
// a table row. Hexes gives every place with a centroid a
// hexagon of its own near its neighbours, and HexMap draws those hexagons with
// colour classes, hatched states, links and a legend. Breaks5, ClassOf and
// Ranges cut values into the five classes. DataMatrix and QR draw the codes of
// labels and cards. CSS holds the few rules the markup
// needs; the pages' stylesheet includes it once.
//
// What it promises.
//
//   - The strings are safe to put into a page as they are (template.HTML): all
//     that comes from data is escaped, links are kept only if they are relative
//     or http(s), and the markup has no script, no style attribute and no
//     reference to anything outside itself.
//   - A value that is not known is never drawn as nought. NaN (or an infinity)
//     is a gap, hatched and named by its State. A known nought is a figure.
//   - No meaning hangs on colour alone: classes differ in lightness and carry
//     their value or label, states have patterns with words in the key, and
//     text on every colour has a contrast of 4.5 to 1 or more.
//   - The same input gives the same bytes; Hexes does not mind the order of its
//     input.
//   - Words stay readable on a telephone. A chart is drawn twice, wide and
//     narrow, and the stylesheet shows the one that fits its container; the
//     words round it (title, key, source) are HTML and wrap.
//
// It is a leaf: no SQL, no HTTP, and it knows nothing of kits. A picture is
// never the only way to a figure: the page that shows one has a table with the
// same numbers beside it.
//
// Start reading at chart.go for charts, at map.go for the map, at hexes.go for
// how the cartogram is laid out, and at code.go for codes.
package draw
