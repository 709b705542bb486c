package survey

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/mail"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// MostLetter is how many bytes an attached letter may have.
const MostLetter = 10 << 20

const mostFileName = 120 // letters

// letterTypes are the kinds of file that a letter may be, by the ending they are kept under.
var letterTypes = map[string]string{
	".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".txt": "text/plain; charset=utf-8", ".eml": "message/rfc822",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".odt": "application/vnd.oasis.opendocument.text",
}

// LetterType is the media type of an attached letter by the name it is kept under.
func LetterType(name string) string {
	if t, ok := letterTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// checkLetter gives the name under which an attached file is kept; empty if there is none. What it is, is seen by its
// content and never by its name: the ending is put right.
func checkLetter(name string, body []byte) (string, *fault.Error) {
	if len(body) == 0 {
		return "", nil
	}
	if len(body) > MostLetter {
		return "", fault.New(fault.Invalid, "this file is larger than %d MB", MostLetter>>20).At("letter").Hint("send a smaller one, such as the letter without its annexes")
	}
	ending := letterEnding(body)
	if ending == "" {
		return "", fault.New(fault.Invalid, "this file is of a kind that is not kept").At("letter").Hint("give a PDF, a picture (PNG, JPEG), a Word or OpenDocument text, plain text or a saved e-mail")
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`"/<>:|?*%`, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSuffix(name, path.Ext(name)), ". ")
	if letters := []rune(name); len(letters) > mostFileName {
		name = string(letters[:mostFileName])
	}
	if name == "" {
		name = "letter"
	}
	return name + ending, nil
}

func letterEnding(body []byte) string {
	switch http.DetectContentType(body) {
	case "application/pdf":
		return ".pdf"
	case "image/png":
		return ".png"
	case "image/jpeg":
		return ".jpg"
	case "application/zip":
		return zipEnding(body)
	}
	if m, err := mail.ReadMessage(bytes.NewReader(body)); err == nil && m.Header.Get("From") != "" && (m.Header.Get("Date") != "" || m.Header.Get("Subject") != "") {
		return ".eml"
	}
	text := bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if utf8.Valid(text) && !bytes.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n\f", r) }) {
		return ".txt"
	}
	return ""
}

// zipEnding tells the two kinds of text document that are archives. Nothing of them is unpacked but OpenDocument's mark.
func zipEnding(body []byte) string {
	files, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return ""
	}
	for _, f := range files.File {
		switch f.Name {
		case "word/document.xml":
			return ".docx"
		case "mimetype":
			if r, err := f.Open(); err == nil {
				mark, _ := io.ReadAll(io.LimitReader(r, 100))
				r.Close()
				if string(mark) == letterTypes[".odt"] {
					return ".odt"
				}
			}
		}
	}
	return ""
}

// attach keeps a letter. Those that were there stay.
func (c *change) attach(name string, body []byte) error {
	seq := 0
	if _, err := c.tx.Get(c.ctx, []any{&seq}, "SELECT COALESCE(MAX(seq), 0) FROM survey_letter WHERE area = ? AND round = ? AND number = ?", c.w.Area, c.round.ID, c.w.Number); err != nil {
		return err
	}
	c.w.Letter = name
	c.say("Letter attached: %s", name)
	_, err := c.tx.Exec(c.ctx, "INSERT INTO survey_letter (area, round, number, seq, at, staff, name, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		c.w.Area, c.round.ID, c.w.Number, seq+1, c.tx.Now.UnixMilli(), c.by.ID, name, body)
	return err
}

// LetterFile gives the letter that was attached last. NotFound if there is none.
func (s *Survey) LetterFile(ctx context.Context, by staff.Person, round, respondent int) (name string, body []byte, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		r, err := roundByID(ctx, tx, round)
		if err != nil {
			return err
		}
		w, err := s.one(ctx, tx, r, respondent)
		if err != nil {
			return err
		}
		if err := by.Must(staff.SeeSurvey, staff.Place{Nation: r.Nation, Area: w.Area}); err != nil {
			return err
		}
		found, err := tx.Get(ctx, []any{&name, &body}, "SELECT name, body FROM survey_letter WHERE area = ? AND round = ? AND number = ? ORDER BY seq DESC LIMIT 1", w.Area, round, respondent)
		if err == nil && !found {
			err = fault.New(fault.NotFound, "no letter is attached here")
		}
		return err
	})
	return name, body, err
}
