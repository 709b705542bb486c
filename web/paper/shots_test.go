package paper_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"everykit/web/browser"
)

// TestPictures looks at the pages: EVERYKIT_SHOTS=dir go test ./web/paper -run Pictures.
func TestPictures(t *testing.T) {
	dir := os.Getenv("EVERYKIT_SHOTS")
	if dir == "" {
		t.Skip("EVERYKIT_SHOTS names no folder")
	}
	w, count := busy(t)
	b := w.browse("joy")
	for name, path := range map[string]string{
		"day-sheet": w.path("/day-sheet"), "print": w.path("/day-sheet/print"), "card": w.path("/card"), "counts": w.path("/count"), "count": count, "sign": count + "/sign",
	} {
		for _, width := range browser.Widths {
			b.SetWidth(width)
			b.Open(w.url + path)
			b.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)))
		}
		pdf, n := b.PDF()
		t.Log(name, n)
		_ = os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644)
	}
}
