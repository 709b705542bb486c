package web

import (
	"net/http"

	"everykit/fault"
)

// notFound answers every address that no route has.
func notFound(http.ResponseWriter, *http.Request) error {
	return fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
}
