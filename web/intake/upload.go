package intake

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"everykit/fault"
	"everykit/web/desk"
)

// mostBytes is the largest file a page takes; larger ones go in with the import command.
const mostBytes = 32 << 20

// sent is a form with a file, read as it comes in.
type sent struct {
	kind string
	name string
	file *os.File // nil if none was chosen
	size int64
}

// receive reads the form. The file goes to disk as it comes, never into memory whole.
func receive(v *desk.Visit) (*sent, error) {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostBytes+1<<16)
	parts, err := v.R.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "this form cannot be read").Hint("choose the file again").Because(err)
	}
	s := &sent{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err == nil {
			err = s.part(part)
		}
		if err != nil {
			s.drop()
			return nil, unreadable(err)
		}
	}
}

func (s *sent) part(p *multipart.Part) error {
	switch p.FormName() {
	case "kind":
		b, err := io.ReadAll(io.LimitReader(p, 100))
		s.kind = string(b)
		return err
	case "file":
		if p.FileName() == "" || s.file != nil {
			return nil
		}
		s.name = plainName(p.FileName())
		f, err := nameless()
		if err != nil {
			return err
		}
		s.file = f
		s.size, err = io.Copy(f, p)
		if err == nil && s.size > mostBytes {
			err = tooLarge()
		}
		return err
	}
	return nil
}

// plainName is a file's name without the folders some browsers send with it.
func plainName(name string) string {
	return filepath.Base(strings.ReplaceAll(name, `\`, "/"))
}

func (s *sent) drop() {
	if s.file != nil {
		_ = s.file.Close()
	}
}

func tooLarge() error {
	return fault.New(fault.Invalid, "the file is larger than %d MB", mostBytes>>20).At("file").
		Hint("split it, or ask whoever runs Everykit to take it in with the import command")
}

func unreadable(err error) error {
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return tooLarge()
	case fault.KindOf(err) != fault.Internal:
		return err
	}
	return fault.New(fault.Invalid, "the file did not arrive whole").At("file").Hint("send it again").Because(err)
}
