package draw

import (
	"encoding/xml"
	"math"
	"net/url"
	"strconv"
	"strings"
)

// markup writes elements with every attribute and text escaped. It is the only
// way text gets into the strings of this package, so that nothing is forgotten.
type markup struct{ strings.Builder }

// open begins an element; attributes are name, value, name, value. An attribute
// with an empty value is left out.
func (m *markup) open(name string, attrs ...string) {
	m.tag(name, attrs)
	m.WriteByte('>')
}

func (m *markup) close(name string) { m.WriteString("</" + name + ">") }

// leaf writes an element without content. Only names that HTML also lets stand
// empty inside svg are written with it.
func (m *markup) leaf(name string, attrs ...string) {
	m.tag(name, attrs)
	m.WriteString("/>")
}

// with writes an element around one text.
func (m *markup) with(text, name string, attrs ...string) {
	m.open(name, attrs...)
	m.text(text)
	m.close(name)
}

func (m *markup) text(s string) { _ = xml.EscapeText(m, []byte(s)) } // a Builder never fails

func (m *markup) tag(name string, attrs []string) {
	m.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		m.WriteString(" " + attrs[i] + `="`)
		m.text(attrs[i+1])
		m.WriteByte('"')
	}
}

// px writes a coordinate with at most one decimal: finer than a screen shows.
func px(v float64) string {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // never "-0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// safeID makes any text an id that can stand in an attribute and in url(#...).
func safeID(id string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, id)
	if clean == "" || clean[0] < 'A' {
		clean = "draw" + clean // an id that begins with a digit or a dash is awkward in selectors
	}
	return clean
}

// safeHref is href if it is relative or http(s), and else nothing: a link made
// from data must not become a script.
func safeHref(href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}

// textWidth estimates the width of text set at the given size in a common sans
// serif face, in the unit of size. It errs on the wide side.
func textWidth(s string, size float64) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iIjl.,:;'|!’ ftr()-", r):
			em += 0.34
		case strings.ContainsRune("mwMW%", r):
			em += 0.88
		case r >= 'A' && r <= 'Z':
			em += 0.7
		case r >= 0x2e80: // wide scripts
			em += 1
		default:
			em += 0.57
		}
	}
	return em * size
}
