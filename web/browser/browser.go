// Package browser drives a real Chromium for the tests of pages: it opens addresses of 127.0.0.1, clicks, types, takes
// pictures, and asks axe-core whether everybody can use what it sees. Only _test.go files import it.
//
// A test begins with Start, which gives a tab with cookies of its own. The tabs of one test binary share one Chromium if
// its TestMain is
//
//	func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
//
// and each has its own otherwise, which is slower. Chromium runs with a fresh profile and without a network of its own,
// and is ended, with everything it wrote, when the tests are over. A missing browser fails the test and says what to
// install: pages that were not looked at have not passed.
//
// Every method that cannot do its work ends the test. Start reading at Start; axe.go is the judge.
package browser

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long one action may take on a slow machine.
const patience = 15 * time.Second

// Browser is one tab.
type Browser struct {
	t      testing.TB
	ctx    context.Context
	silent bool // scripts of the page are off
}

// chromium is a running browser and how to end it.
type chromium struct {
	ctx  context.Context
	stop func()
}

var shared struct {
	sync.Mutex
	keep    bool
	running *chromium
}

// Main runs the tests of a package with one Chromium for all of them, and ends it after. Its result is for os.Exit.
func Main(m *testing.M) int {
	shared.keep = true
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.running != nil {
		shared.running.stop()
		shared.running = nil
	}
	return code
}

// Start opens a tab that has no cookies and is closed when the test ends. It is 1280 pixels wide.
func Start(t testing.TB) *Browser {
	t.Helper()
	return tab(t, running(t))
}

func tab(t testing.TB, c *chromium) *Browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &Browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("browser: no tab: %v", err)
	}
	b.SetWidth(1280)
	return b
}

// running gives the shared Chromium, or a new one that ends with the test.
func running(t testing.TB) *chromium {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.running != nil {
		return shared.running
	}
	c, err := launch(nil)
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	if shared.keep {
		shared.running = c
	} else {
		t.Cleanup(c.stop)
	}
	return c
}

// launch starts a Chromium, with more flags than all have.
func launch(flags map[string]any) (*chromium, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "everykit-browser-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("hide-scrollbars", true),
		// Nothing but this machine: a page that asks for another fails, and the test sees it.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
	)
	for name, value := range flags {
		options = append(options, chromedp.Flag(name, value))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	end := func() {
		limited, done := context.WithTimeout(ctx, patience)
		_ = chromedp.Cancel(limited) // asks it to close; stop ends the process that does not
		done()
		cancel()
		stop()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(ctx); err != nil {
		end()
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return &chromium{ctx: ctx, stop: end}, nil
}

// do runs one action of the tab and ends the test if it fails.
func do[T any](b *Browser, what string, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		b.t.Fatalf("browser: %s: %v", what, err)
	}
	return v
}

// SetWidth makes the window as wide as a small phone (320) or a desk (1280), in CSS pixels.
func (b *Browser) SetWidth(px int) {
	b.t.Helper()
	height := int64(900)
	if px < 600 {
		height = 640
	}
	do(b, "set width", chromedp.EmulateViewport(int64(px), height))
}

// DisableJS turns the page's scripts off, as for a person whose browser has none. Axe cannot run then: use BlockScript
// for it.
func (b *Browser) DisableJS() {
	b.t.Helper()
	b.silent = true
	call(b, "disable scripts", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// BlockScript keeps our scripts from being loaded by the pages opened next, or lets it through again. A page without its
// script is what people without scripts see, and axe can still look at it.
func (b *Browser) BlockScript(block bool) {
	b.t.Helper()
	call(b, "enable network", network.Enable, network.EnableParams{})
	var patterns []*network.BlockPattern
	if block {
		patterns = []*network.BlockPattern{{URLPattern: "http://*:*/assets/*.js", Block: true}}
	}
	call(b, "block script", network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: patterns})
}
