package survey

import (
	"bytes"
	"strconv"

	"everykit/survey"
	"everykit/table"
	"everykit/web/desk"
)

// answersFile gives all answers of a round in the columns that can be imported again. It is written whole before any of it
// is sent, so that half a file never passes for one, and its number of rows is in the header Everykit-Rows.
func answersFile(v *desk.Visit) error {
	r, err := roundOf(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	kind := survey.Kind()
	out := table.NewWriter(&b, kind.Names()...)
	rows, err := v.Surveys.ExportAnswers(v.Ctx(), out, r.Key, false)
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="answers-`+r.Key+`.csv"`)
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Everykit-Rows", strconv.Itoa(rows))
	_, err = v.W.Write(b.Bytes())
	return err
}
