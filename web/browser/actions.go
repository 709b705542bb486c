package browser

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func call[P, R any](b *Browser, what string, cmd cdp.Command[P, R], params P) R {
	b.t.Helper()
	return do(b, what, func(ctx context.Context, t *chromedp.Target) (R, error) {
		return cdp.Call(ctx, t, cmd, params)
	})
}

// Open goes to an address and gives the HTTP status of the answer.
func (b *Browser) Open(url string) int {
	b.t.Helper()
	if !strings.HasPrefix(url, "http://127.0.0.1:") && url != "about:blank" {
		b.t.Fatalf("browser: tests open addresses of this machine only, not %s", url)
	}
	r := do(b, "open "+url, chromedp.NavigateResponse(url))
	if r == nil {
		return 0
	}
	return int(r.Status)
}

// Click presses the first element that a CSS selector finds, once it can be seen.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	do(b, "click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// Follow clicks, and waits until the page it leads to is there.
func (b *Browser) Follow(selector string) {
	b.t.Helper()
	do(b, "follow "+selector, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click(chromedp.CSS(selector))))
}

// Type empties a field and types into it, or gives a file input its file.
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	sel := chromedp.CSS(selector)
	if b.Attribute(selector, "type") != "file" {
		do(b, "focus "+selector, chromedp.Focus(sel))
		do(b, "select all", chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl)))
		do(b, "empty "+selector, chromedp.KeyEvent(kb.Backspace))
	}
	do(b, "type into "+selector, chromedp.SendKeys(sel, text))
}

// Set gives a field that is no plain text (a date, a select) its value, as its picker would.
func (b *Browser) Set(selector, value string) {
	b.t.Helper()
	do(b, "set "+selector, chromedp.SetValue(chromedp.CSS(selector), value))
}

// keys are the keys that tests press by name.
var keys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Escape": kb.Escape,
	"Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight, "Backspace": kb.Backspace, "Shift": kb.Shift,
}

// Press presses keys one after another on whatever has the focus: a name ("Tab", "Enter", "Space", "Down" ...), "Shift+Tab",
// "Ctrl+d", or text that is typed as it is.
func (b *Browser) Press(names ...string) {
	b.t.Helper()
	for _, n := range names {
		plain, shift := strings.CutPrefix(n, "Shift+")
		k, ok := keys[plain]
		if !ok {
			k = plain
		}
		letter, ctrl := strings.CutPrefix(n, "Ctrl+")
		switch {
		case shift:
			do(b, "press "+n, chromedp.KeyEvent(k, chromedp.KeyModifiers(kb.ModifierShift)))
		case ctrl:
			do(b, "press "+n, chromedp.KeyEvent(letter, chromedp.KeyModifiers(kb.ModifierCtrl)))
		default:
			do(b, "press "+n, chromedp.KeyEvent(k))
		}
	}
}

// PressAndWait presses a key that leads to another page, and waits until that is there.
func (b *Browser) PressAndWait(name string) {
	b.t.Helper()
	k, ok := keys[name]
	if !ok {
		k = name
	}
	do(b, "press "+name, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent(k)))
}

// Text gives the words of the first element a selector finds, as they can be read.
func (b *Browser) Text(selector string) string {
	b.t.Helper()
	return strings.TrimSpace(do(b, "text of "+selector, chromedp.Text(chromedp.CSS(selector), chromedp.NodeReady)))
}

// Value gives what a field holds.
func (b *Browser) Value(selector string) string {
	b.t.Helper()
	return do(b, "value of "+selector, chromedp.Value(chromedp.CSS(selector)))
}

// Attribute gives an attribute of the first element, empty if it has none.
func (b *Browser) Attribute(selector, name string) string {
	b.t.Helper()
	return do(b, "attribute of "+selector, chromedp.AttributeValue(chromedp.CSS(selector), name, chromedp.NodeReady)).Value
}

// Count says how many elements a selector finds now.
func (b *Browser) Count(selector string) int {
	b.t.Helper()
	return Eval[int](b, fmt.Sprintf("document.querySelectorAll(%q).length", selector))
}

// URL is where the tab is.
func (b *Browser) URL() string {
	b.t.Helper()
	return do(b, "location", chromedp.Location())
}

// Title is the title of the document.
func (b *Browser) Title() string {
	b.t.Helper()
	return do(b, "title", chromedp.Title())
}

// Focused says what the keyboard is on: "#id" if it has one, else its element and words.
func (b *Browser) Focused() string {
	b.t.Helper()
	return Eval[string](b, `(() => {
		const e = document.activeElement
		if (!e || e === document.body) return ''
		return e.id ? '#' + e.id : e.tagName.toLowerCase() + ' ' + (e.getAttribute('aria-label') || e.textContent).trim()
	})()`)
}

// Eval gives the value of an expression in the page.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	return do(b, "evaluate", chromedp.Evaluate[T](expression))
}

// Screenshot writes a picture of the whole page, however long, as PNG.
func (b *Browser) Screenshot(file string) {
	b.t.Helper()
	png := do(b, "screenshot", chromedp.FullScreenshot(100))
	if err := os.WriteFile(file, png, 0o644); err != nil {
		b.t.Fatalf("browser: %v", err)
	}
}

// PDF gives the page as it prints on A4, in the orientation that it asks for itself, and how many sheets that takes.
func (b *Browser) PDF() (pdf []byte, sheets int) {
	b.t.Helper()
	yes := true
	r := call(b, "print", page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, PreferCSSPageSize: &yes})
	return r.Data, bytes.Count(r.Data, []byte("/Type /Page\n")) + bytes.Count(r.Data, []byte("/Type /Page/"))
}
