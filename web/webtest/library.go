package webtest

import (
	"time"

	"everykit/library"
)

// SuggestedAt is the address of who has suggested research: only those who keep the shelf see it.
const SuggestedAt = "finder@university.example.net"

// Suggested is the reference of research that somebody has suggested, on which nobody has decided. It is made once.
func (w *World) Suggested() string {
	w.t.Helper()
	if w.suggested != "" {
		return w.suggested
	}
	token, err := w.Library.FormToken(w.ctx)
	w.Must(err)
	const typing = time.Minute // nobody types at once
	w.Wait(typing)
	defer w.Wait(-typing)
	w.suggested, err = w.Library.Suggest(w.ctx, library.Suggestion{
		Title: "Naloxone in hostels, a survey", Link: "https://example.org/hostels", Why: "It asks who carries a kit.", Email: SuggestedAt, Token: token, Address: "192.0.2.7",
	})
	w.Must(err)
	return w.suggested
}
