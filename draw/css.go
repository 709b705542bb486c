package draw

import _ "embed"

// CSS is the stylesheet the markup of this package expects, with rules for
// print and forced colours. Include it once in the stylesheet of the pages.
//
//go:embed draw.css
var CSS string
