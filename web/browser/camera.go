package browser

import "testing"

// StartCamera is Start in a Chromium of its own that has a camera, which may be used without asking. The camera sees a film:
// the name of a file of JPEG pictures one after another (.mjpeg), shown again and again.
func StartCamera(t testing.TB, film string) *Browser {
	t.Helper()
	c, err := launch(map[string]any{
		"use-fake-device-for-media-stream": true,
		"use-fake-ui-for-media-stream":     true,
		"use-file-for-fake-video-capture":  film,
	})
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	t.Cleanup(c.stop)
	return tab(t, c)
}
