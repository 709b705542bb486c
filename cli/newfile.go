package cli

import (
	"bufio"
	"os"
	"path/filepath"

	"everykit/fault"
)

// file is one that appears under its name only when it is whole.
type file struct {
	*bufio.Writer
	part *os.File
	path string
}

func newFile(path string) (*file, error) {
	part, err := os.CreateTemp(filepath.Dir(path), ".everykit-")
	if err != nil {
		return nil, fault.New(fault.Unavailable, "no file can be made in %s", filepath.Dir(path)).Hint("check that the folder is there and may be written").Because(err)
	}
	return &file{bufio.NewWriterSize(part, 1<<16), part, path}, nil
}

// keep gives the file its name. A file that had the name is replaced.
func (f *file) keep() error {
	err := f.Flush()
	if err == nil {
		err = f.part.Sync()
	}
	if e := f.part.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.part.Name(), f.path)
	}
	if err != nil {
		return fault.New(fault.Unavailable, "%s cannot be written", f.path).Hint("make room on the disk, or write elsewhere").Because(err)
	}
	return nil
}

// discard takes away what was not kept.
func (f *file) discard() {
	f.part.Close()
	os.Remove(f.part.Name())
}
