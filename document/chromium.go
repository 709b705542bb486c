package document

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"everykit/civil"
)

// flags make Chromium print one page and do nothing else. The page's own policy loads nothing; that no name can be
// resolved is the belt.
var flags = []string{
	"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
	"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-breakpad",
	"--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--generate-pdf-document-outline",
}

// mostPDF bounds what is read back.
const mostPDF = 64 << 20

// chromium prints a document. The program gets a folder of its own for all that it writes, and nothing of the environment
// but where programs are; its whole process group has ended and the folder is gone when this returns.
func chromium(ctx context.Context, program string, d *Document) ([]byte, error) {
	folder, err := os.MkdirTemp("", "everykit-pdf-")
	if err != nil {
		return nil, err
	}
	defer remove(folder)
	page, out := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
	if err := os.WriteFile(page, d.Page(), 0o600); err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(page)}
	args := append(append([]string(nil), flags...), "--user-data-dir="+filepath.Join(folder, "profile"), "--print-to-pdf="+out, address.String())
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + folder, "XDG_RUNTIME_DIR=" + folder, "LANG=C.UTF-8"}
	cmd.WaitDelay = 2 * time.Second // for pipes that somebody it started still holds
	said := &tail{}
	cmd.Stdout, cmd.Stderr = said, said
	apart(cmd)
	err = cmd.Run()
	endGroup(cmd)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s did not finish in time: %w", filepath.Base(program), ctx.Err())
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(program), err, said.last)
	}
	f, err := os.Open(out)
	if err != nil {
		return nil, fmt.Errorf("%s made no PDF: %s", filepath.Base(program), said.last)
	}
	defer f.Close()
	pdf, err := io.ReadAll(io.LimitReader(f, mostPDF+1))
	switch {
	case err != nil:
		return nil, err
	case len(pdf) > mostPDF || !bytes.HasPrefix(pdf, []byte("%PDF-")):
		return nil, fmt.Errorf("%s made something that is no PDF of this document", filepath.Base(program))
	}
	return dated(pdf, d.Made), nil
}

// remove takes a folder away. Something that is just ending may write once more: so it tries again.
func remove(folder string) {
	for range 20 {
		if os.RemoveAll(folder) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// tail keeps the end of what a program says.
type tail struct{ last []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.last = append(t.last, p...)
	if n := len(t.last) - 500; n > 0 {
		t.last = append([]byte(nil), t.last[n:]...)
	}
	return len(p), nil
}

// clock finds the two instants that Chromium writes, which lie outside everything that is compressed.
var clock = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)`)

// dated puts the document's day in their place: the same length, so that no offset moves.
func dated(pdf []byte, made civil.Date) []byte {
	day := instant(made).Format("20060102150405")
	return clock.ReplaceAllFunc(pdf, func(found []byte) []byte {
		name, _, _ := bytes.Cut(found, []byte("(D:"))
		return append(append([]byte(nil), name...), "(D:"+day+"+00'00')"...)
	})
}

// instant is what a PDF says of when it was made: the day's first moment.
func instant(made civil.Date) time.Time {
	if made == civil.None {
		made = 0
	}
	return made.Time()
}
