package paper_test
import "testing"
import "everykit/web/browser"
func TestDbg(t *testing.T) {
	w := newWorld(t); w.stock()
	b := w.browse("sam")
	b.Open(w.url + w.path("/day-sheet"))
	browser.Eval[int](b, `(['keydown','keypress','keyup','submit','focusin'].forEach(n => addEventListener(n, e => { localStorage.log = (localStorage.log||'') + ' ' + n+':'+ (e.key||'') + '@'+ (e.target.id||e.target.tagName) + (e.defaultPrevented?'!':'') })), 1)`)
	b.Press("2", "Tab", "B", "Tab", "R", "Enter")
	t.Log(browser.Eval[string](b, "localStorage.log"))
	t.Log(b.Focused(), b.URL())
}
