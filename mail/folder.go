package mail

import (
	"context"
	"os"
	"path/filepath"

	"everykit/fault"
)

// Folder is a Sender that writes each letter into a folder as ID.eml, which any mail program opens. It is for
// development and demonstrations. A letter is there whole or not at all, and once: its name is its id.
type Folder struct{ dir string }

// NewFolder makes the folder if it is not there.
func NewFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.Unavailable, "the folder for mail cannot be made").Hint("check where it is to be and the permissions there").Because(err)
	}
	return &Folder{dir}, nil
}

// Send implements Sender. The one act is the renaming.
func (f *Folder) Send(_ context.Context, l Letter, closing func() error) Outcome {
	name := filepath.Join(f.dir, l.ID.String())
	if err := os.WriteFile(name+".part", l.Bytes, 0o600); err != nil {
		return Outcome{Away, "the folder for mail cannot be written"}
	}
	if err := closing(); err != nil {
		os.Remove(name + ".part")
		return Outcome{Later, notClosed}
	}
	if err := os.Rename(name+".part", name+".eml"); err != nil {
		return Outcome{Away, "the folder for mail cannot be written"}
	}
	return Outcome{Verdict: Accepted}
}

// Rest implements Sender.
func (f *Folder) Rest() {}

// notClosed is the reason of a try that ended because its row could not be marked, or is somebody else's by now.
const notClosed = "the outbox could not be written just before the end"
