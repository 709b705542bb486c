package survey

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"everykit/fault"
	"everykit/ledger"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type answerBody struct {
	Back string
	Form questionnaire
	Has  bool // something is stored already
}

// answerForm is the form of somebody who answered by letter, for staff to type in; and for corrections.
func answerForm(v *desk.Visit) error { return drawAnswer(v, nil, nil) }

// answer keeps what staff typed in on somebody's behalf, with the letter it came from.
func answer(v *desk.Visit) error {
	r, x, err := replyOf(v)
	if err != nil {
		return err
	}
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, survey.MostLetter+1<<20)
	if err := v.R.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return fault.New(fault.Invalid, "the letter is larger than %d MB", survey.MostLetter>>20).Hint("go back, and send a smaller one")
		}
		return fault.New(fault.Invalid, "this form did not arrive whole").Hint("go back, and send it again").Because(err)
	}
	if v.R.MultipartForm != nil {
		defer v.R.MultipartForm.RemoveAll()
	}
	form := v.R.PostForm
	sent, bad := readSent(form, questionsOf(r, x.Respondent))
	sent.Done, sent.Source = form.Get("do") == "send", form.Get("source")
	if file, head, err := v.R.FormFile("letter"); err == nil {
		sent.Name = head.Filename
		sent.Letter, err = io.ReadAll(file)
		file.Close()
		if err != nil {
			return err
		}
	}
	if err = bad.Err(); err == nil {
		if err = v.Surveys.AnswerFor(v.Ctx(), v.Who, r.ID, x.Number, sent); err == nil {
			return v.Go(replyPath(v, r, x.Number) + "?saved=answered")
		}
	}
	return drawAnswer(v, form, err)
}

func drawAnswer(v *desk.Visit, form url.Values, cause error) error {
	r, x, err := replyOf(v)
	if err != nil {
		return err
	}
	pv := view(v, "Answer on their behalf", r)
	pv.Caption = x.Name
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: x.Name, Href: replyPath(v, r, x.Number)})
	questions := questionsOf(r, x.Respondent)
	status := http.StatusOK
	if cause != nil {
		fresh(form, cause, questions, x)
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		aimed(&pv, questions, "source", "letter")
	} else {
		pv.Form = held(questions, x.Answers)
		pv.Form.Set("id", ledger.NewID().String())
	}
	pv.Body = answerBody{Back: replyPath(v, r, x.Number), Form: formOf(pv, questions, x, false), Has: len(x.Answers) > 0}
	return pages.Render(v.W, status, "answer", pv)
}

// attached gives the letter that staff attached. It is never shown in the browser: whatever is in it stays a file.
func attached(v *desk.Visit) error {
	r, x, err := replyOf(v)
	if err != nil {
		return err
	}
	name, body, err := v.Surveys.LetterFile(v.Ctx(), v.Who, r.ID, x.Number)
	if err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", survey.LetterType(name))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox")
	_, err = v.W.Write(body)
	return err
}
