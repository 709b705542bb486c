package scanning

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"everykit/fault"
	"everykit/scan"
	"everykit/web/desk"
)

// Bounds of what is read. A form of ours is far below them.
const (
	mostPhoto = 12 << 20
	mostForm  = 1 << 20
	mostParts = 200
)

// Names of what the box sends.
const (
	codeField  = "code"
	photoField = "photo"
	buttonName = "scan"
	atField    = "at" // the page that the script asks from
)

// Sent is a form with the box in it, as it came.
type Sent struct {
	Values url.Values // all fields, and neither the photo nor the button
	button string
	photo  []byte
}

// Read reads a form, whether it came with a photo or without.
func Read(v *desk.Visit) (*Sent, error) {
	s := &Sent{Values: url.Values{}}
	kind, _, _ := mime.ParseMediaType(v.R.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostPhoto+mostForm)
		if err := s.parts(v.R); err != nil {
			return nil, unreadable(err)
		}
	} else {
		form, err := v.Form()
		if err != nil {
			return nil, err
		}
		s.Values = form
	}
	s.button = s.Values.Get(buttonName)
	s.Values.Del(buttonName)
	s.Values.Del(photoField) // a form sent without parts has the name of the file in it
	return s, nil
}

func (s *Sent) parts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = s.part(part)
		}
		if err != nil {
			return err
		}
	}
	return errors.New("more parts than a form has")
}

// part reads one field into memory: nothing of a form with a photo ever lies on a disk.
func (s *Sent) part(p *multipart.Part) error {
	most := int64(mostForm)
	if p.FormName() == photoField {
		most = mostPhoto
	}
	body, err := io.ReadAll(io.LimitReader(p, most+1))
	switch {
	case err != nil:
		return err
	case int64(len(body)) > most:
		return &http.MaxBytesError{Limit: most}
	case p.FormName() == photoField:
		s.photo = body
	case p.FormName() != "":
		s.Values.Add(p.FormName(), string(body))
	}
	return nil
}

func unreadable(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return fault.New(fault.Invalid, "the photo is larger than %d MB", mostPhoto>>20).At(codeField).
			Hint("take it again with fewer pixels, or type what is on the pack")
	}
	return fault.New(fault.Invalid, "this form did not arrive whole").Hint("go back, and send it again").Because(err)
}

// Pressed reports whether the form was sent to be filled in by a code. Then it must not be saved.
func (s *Sent) Pressed() bool { return s.button != "" }

// looking lets two photos be looked at at a time: each takes a processor for a moment, and memory for its pixels.
var looking = make(chan struct{}, 2)

// text is the code that was scanned: of the photo if there is one, else as it was typed.
func (s *Sent) text(ctx context.Context) (string, error) {
	if len(s.photo) > 0 {
		return s.seen(ctx)
	}
	code := strings.TrimSpace(s.Values.Get(codeField))
	if code == "" {
		return "", fault.New(fault.Invalid, "no code was scanned yet, and nothing is saved").At(codeField).
			Hint("scan or type a code, or fill in the form and press the button below it")
	}
	return code, nil
}

func (s *Sent) seen(ctx context.Context) (string, error) {
	select {
	case looking <- struct{}{}:
		defer func() { <-looking }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	found, err := scan.Picture(bytes.NewReader(s.photo))
	if err != nil {
		return "", err
	}
	return found[0].Text, nil // that which says most
}
