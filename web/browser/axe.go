package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// Violation is one rule of axe-core that a page breaks.
type Violation struct {
	Rule   string
	Impact string
	Help   string
	Where  []string // selector and markup of each element
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n    %s", v.Rule, v.Impact, v.Help, strings.Join(v.Where, "\n    "))
}

var axeSource = sync.OnceValues(func() (string, error) {
	dir, err := root()
	if err != nil {
		return "", err
	}
	body, err := os.ReadFile(filepath.Join(dir, "web", "frontend", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is not there, run make frontend: %w", err)
	}
	return string(body), nil
})

// axeRun asks for every rule of WCAG 2.0 to 2.2, A and AA, and for axe's own good practice.
const axeRun = `axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations'],
}).then(r => JSON.stringify(r.violations.map(v => ({
	Rule: v.id, Impact: v.impact, Help: v.help,
	Where: v.nodes.map(n => n.target.join(' ') + '  ' + n.html.slice(0, 200)),
}))))`

// Axe looks at the page as it is now and gives what it finds.
func (b *Browser) Axe() []Violation {
	b.t.Helper()
	if b.silent {
		b.t.Fatal("browser: axe needs scripts: use BlockScript in place of DisableJS")
	}
	source, err := axeSource()
	if err != nil {
		b.t.Fatalf("browser: %v", err)
	}
	do(b, "load axe", chromedp.Evaluate[chromedp.Void](source+"\n;undefined"))
	text := do(b, "run axe", chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
	var found []Violation
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		b.t.Fatalf("browser: axe: %v", err)
	}
	return found
}

// Fit checks what every page must be at the width it has now: clean before axe, and no wider than the window, so that
// nobody scrolls sideways to read (WCAG 1.4.10).
func (b *Browser) Fit() {
	b.t.Helper()
	for _, v := range b.Axe() {
		b.t.Errorf("axe at %s: %s", b.URL(), v)
	}
	if s := b.Sideways(); s != "" {
		b.t.Errorf("%s: %s", b.URL(), s)
	}
}

// Sideways says how far the page is wider than its window and what sticks out, or nothing if it fits.
func (b *Browser) Sideways() string {
	b.t.Helper()
	type size struct{ Page, Window int }
	s := Eval[size](b, `({Page: document.documentElement.scrollWidth, Window: document.documentElement.clientWidth})`)
	if s.Page <= s.Window {
		return ""
	}
	return fmt.Sprintf("%d px wide in a window of %d: %s", s.Page, s.Window, Eval[string](b, culprit))
}

// culprit names an element that sticks out of the window and is not inside something that scrolls.
const culprit = `(() => {
	const w = document.documentElement.clientWidth
	for (const e of document.querySelectorAll('body *')) {
		if (e.closest('.ek-scroll, .nhsuk-u-visually-hidden')) continue
		if (e.getBoundingClientRect().right > w + 1) return e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 60)
	}
	return 'not found'
})()`

// Widths are those every page is looked at.
var Widths = []int{320, 1280}

// Check opens a page at every width, with our script and without it, and runs Fit on each. The answer must have the
// status that is wanted: an error page is usable too, and must not pass for the page that was meant.
func (b *Browser) Check(url string, status int) {
	b.t.Helper()
	for _, blocked := range []bool{false, true} {
		b.BlockScript(blocked)
		for _, w := range Widths {
			b.SetWidth(w)
			if got := b.Open(url); got != status {
				b.t.Errorf("%s answers %d, not %d: %s", url, got, status, b.Title())
			}
			b.Fit()
		}
	}
	b.BlockScript(false)
}
