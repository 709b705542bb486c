package sheets_test

import (
	"testing"

	"everykit/bulletin/content"
)

// nation is a bulletin of 152 authorities, with more tables than a real one has.
func nation() *content.Content {
	c := sample()
	first := c.Tables()[1]
	c.Chapters = c.Chapters[:1]
	for n := range 40 {
		t := *first
		t.Number, t.Key = n+1, first.Key+string(rune('a'+n%26))+string(rune('a'+n/26))
		t.Columns = append(t.Columns[:3:3], first.Columns[1:]...)
		t.Rows = nil
		for _, r := range first.Rows {
			t.Rows = append(t.Rows, content.Row{Cells: append(r.Cells[:3:3], r.Cells[1:]...)})
		}
		c.Chapters[0].Blocks = append(c.Chapters[0].Blocks, &t)
	}
	return c
}

// BenchmarkNation writes it in each format.
func BenchmarkNation(b *testing.B) {
	c := nation()
	for name, write := range writers {
		b.Run(name, func(b *testing.B) {
			var size int
			for b.Loop() {
				body, err := write(c)
				if err != nil {
					b.Fatal(err)
				}
				size = len(body)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
	b.Run("document", func(b *testing.B) {
		for b.Loop() {
			c.Document().Page()
		}
	})
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Encode(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
