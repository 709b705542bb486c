package postcode

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLines writes cells as files do, and reads them again.
func TestLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		var want [][]string
		if rapid.Bool().Draw(t, "mark") {
			b.WriteString("\xef\xbb\xbf")
		}
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		for range rapid.IntRange(0, 4).Draw(t, "lines") {
			cells := rapid.SliceOfN(rapid.StringMatching(`[a-z0-9",.-]{0,6}`), 1, 5).Draw(t, "cells")
			cells[0] = "x" + cells[0] // a line with nothing in it is none
			want = append(want, cells)
			for i, c := range cells {
				if i > 0 {
					b.WriteByte(',')
				}
				if strings.ContainsAny(c, `",`) || rapid.Bool().Draw(t, "quoted") {
					c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
				b.WriteString(c)
			}
			b.WriteString(end)
		}
		text := b.String()
		if rapid.Bool().Draw(t, "no last end") {
			text = strings.TrimSuffix(text, end)
		}
		l := newLines(strings.NewReader(text))
		for _, w := range want {
			if got, err := l.next(); err != nil || !slices.Equal(got, w) {
				t.Fatalf("%q gives %q, %v; want %q", text, got, err, w)
			}
		}
		if got, err := l.next(); !errors.Is(err, io.EOF) || l.at != int64(len(text)) {
			t.Fatalf("after the end of %q come %q, %v, at %d", text, got, err, l.at)
		}
	})
}
