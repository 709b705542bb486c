package table

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Bar shows on a terminal how far long work is: share, rows, rows a second.
type Bar struct {
	w     io.Writer // nil if nothing is to be drawn
	label string
	now   func() time.Time
	start time.Time
	drawn time.Time
	width int // of the line that stands there, in letters
}

const (
	barCells = 24
	barEvery = 100 * time.Millisecond
)

// NewBar makes a bar on w. If terminal is false it draws nothing at all, so that logs and pipes stay clean.
func NewBar(w io.Writer, terminal bool, label string) *Bar {
	return newBar(w, terminal, label, time.Now)
}

func newBar(w io.Writer, terminal bool, label string, now func() time.Time) *Bar {
	b := &Bar{label: label, now: now, start: now()}
	if terminal {
		b.w = w
	}
	return b
}

// Set says how far the work is: done of size in any unit (size 0 if it is not known), and the rows so far. It may be
// called for every row: the bar is drawn ten times a second at most.
func (b *Bar) Set(done, size int64, rows int) {
	if b.w == nil {
		return
	}
	now := b.now()
	if now.Sub(b.drawn) < barEvery {
		return
	}
	b.drawn = now
	line := b.label
	if size > 0 {
		share := min(max(float64(done)/float64(size), 0), 1)
		full := int(share * barCells)
		line += fmt.Sprintf(" %s%s %3.0f%%", strings.Repeat("█", full), strings.Repeat("░", barCells-full), share*100)
	}
	line += fmt.Sprintf(" %s rows", grouped(rows))
	if seconds := now.Sub(b.start).Seconds(); seconds >= 1 {
		line += fmt.Sprintf(", %s a second", grouped(int(float64(rows)/seconds)))
	}
	b.draw(line)
}

// Done takes the bar away; what follows begins on a clean line.
func (b *Bar) Done() {
	if b.w == nil || b.width == 0 {
		return
	}
	b.draw("")
	fmt.Fprint(b.w, "\r")
}

// draw writes over the line that stands there, with spaces where it was longer.
func (b *Bar) draw(line string) {
	width := len([]rune(line))
	fmt.Fprint(b.w, "\r", line, strings.Repeat(" ", max(0, b.width-width)))
	b.width = width
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
