package draw

import (
	"regexp"
	"strconv"
)

var (
	narrowDrawing = regexp.MustCompile(`(?s)<svg [^>]*class="draw-svg draw-narrow".*?</svg>`)
	pointName     = regexp.MustCompile(`<title>[^<]*</title>`) // that of the drawing has an id
	diamondPath   = regexp.MustCompile(`d="M(-?[0-9.]+) (-?[0-9.]+)L(-?[0-9.]+) (-?[0-9.]+)L(-?[0-9.]+) (-?[0-9.]+)L(-?[0-9.]+) (-?[0-9.]+)Z"`)
)

// Slim makes the markup of a chart smaller for a page that has many. It takes the names of single values out of the narrow
// drawings: they are read by pointing, which nobody can on a telephone. The drawing keeps its own name and description, and the
// wide one all. And it writes diamonds from their top with small steps, which pack better than four places on the sheet.
func Slim(chart string) string {
	chart = narrowDrawing.ReplaceAllStringFunc(chart, func(svg string) string { return pointName.ReplaceAllString(svg, "") })
	return diamondPath.ReplaceAllStringFunc(chart, func(path string) string {
		var at [8]float64
		for i, s := range diamondPath.FindStringSubmatch(path)[1:] {
			at[i], _ = strconv.ParseFloat(s, 64) // digits and a point
		}
		r := at[2] - at[0]
		for i, want := range []float64{0, 0, r, r, 0, 2 * r, -r, r} {
			if d := at[i] - at[i%2] - want; d > 0.11 || d < -0.11 { // px writes one decimal
				return path // some other shape of four corners
			}
		}
		s := px(r)
		return `d="M` + px(at[0]) + " " + px(at[1]) + "l" + s + " " + s + "l-" + s + " " + s + "l-" + s + " -" + s + `Z"`
	})
}
