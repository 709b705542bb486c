package document

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"

	"everykit/fault"
)

// Printer makes PDFs: with Chromium where one is found, else with a writer of its own. The zero value is ready to use, and
// it is safe for use by many goroutines.
type Printer struct {
	// Chromium is the program; empty: what the environment's EVERYKIT_CHROMIUM names, or else chromium, chromium-browser or
	// google-chrome in the path. "none" leaves it out.
	Chromium string

	// Limit is how long Chromium may take before it is ended and the plain writer is used; 0: 60 seconds.
	Limit time.Duration

	// Trouble, if set, is told why Chromium was there and could not be used. It gets no words of the document.
	Trouble func(error)
}

// usual is the limit where none is set.
const usual = time.Minute

// press lets one Chromium run at a time in this process: each takes some hundred megabytes.
var press = make(chan struct{}, 1)

// PDF writes a tagged PDF with bookmarks and a list of contents where Chromium is there; else, or where it fails or takes
// longer than the limit, a plain one with the same text and figures. Where the context ends first it is
// fault.Unavailable.
func (p *Printer) PDF(ctx context.Context, d *Document) ([]byte, error) {
	program := p.program()
	if program == "" {
		return d.plain()
	}
	select {
	case press <- struct{}{}:
		defer func() { <-press }()
	case <-ctx.Done():
		return nil, busy(ctx.Err())
	}
	limit := p.Limit
	if limit <= 0 {
		limit = usual
	}
	within, stop := context.WithTimeout(ctx, limit)
	defer stop()
	pdf, err := chromium(within, program, d)
	switch {
	case err == nil:
		return pdf, nil
	case ctx.Err() != nil:
		return nil, busy(errors.Join(ctx.Err(), err))
	}
	if p.Trouble != nil {
		p.Trouble(err)
	}
	return d.plain()
}

func busy(cause error) error {
	return fault.New(fault.Unavailable, "the PDF was not finished in time").Hint("try again in a minute").Because(cause)
}

// program is the path of Chromium, "" if there is none.
func (p *Printer) program() string {
	name := p.Chromium
	if name == "" {
		name = os.Getenv("EVERYKIT_CHROMIUM")
	}
	if name == "none" {
		return ""
	}
	if name != "" {
		path, err := exec.LookPath(name)
		if err != nil && p.Trouble != nil {
			p.Trouble(err)
		}
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
