package draw

import "strconv"

// ink is the colour of words and axes on white paper.
const (
	ink     = "#212b32"
	inkSoft = "#425563" // labels of axes, sources: 7.6 to 1 on white
	rule    = "#d8dde0" // grid lines
	paper   = "#ffffff"
)

// A tone is a fill and the ink that is read on it (4.5 to 1 or more, which a
// test checks).
type tone struct{ fill, ink string }

// classTones are the five classes of a map, low to high: one road from pale
// yellow-green through teal to navy. Lightness falls by about equal steps, so
// that the order holds without any sense of hue and in a grey print.
var classTones = [5]tone{
	{"#eef5cf", ink},
	{"#a9dcb8", ink},
	{"#4fb3bf", ink},
	{"#2272a4", paper},
	{"#172d6b", paper},
}

// seriesTones tell series apart. Each is dark enough to be a line or to carry
// white words; the first two differ in lightness and hue for every kind of
// colour vision.
var seriesTones = [6]tone{
	{"#12436d", paper}, // navy
	{"#bf5300", paper}, // burnt orange
	{"#1a7f78", paper}, // teal
	{"#801650", paper}, // plum
	{"#5c6773", paper}, // slate
	{"#876a00", paper}, // ochre
}

// seriesTone is the tone of series i from 0; after the sixth they come round
// again, and the key's order and words must tell them apart.
func seriesTone(i int) tone { return seriesTones[i%len(seriesTones)] }

func seriesClass(i int) string { return "draw-s" + strconv.Itoa(i%len(seriesTones)+1) }
