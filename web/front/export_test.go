package front

import (
	"net/http"

	"everykit/web/desk"
)

// Answering is a handler whose page is what draw writes, kept as the pages of this folder are.
func Answering(draw func(http.ResponseWriter) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		return answer(v, func(_ *desk.Visit, _ *reading, w http.ResponseWriter) error { return draw(w) })
	}
}

// NotForRobots are the beginnings of addresses that /robots.txt forbids.
func NotForRobots() []string { return notForRobots }
