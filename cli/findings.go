package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"everykit/document"
	"everykit/survey/findings"
)

// findings prints the sentences of a round's report, or writes the whole of it to a file.
func (q *asking) findings(ctx context.Context) error {
	kind := strings.ToLower(filepath.Ext(q.out))
	if q.out != "" && kind != ".pdf" && kind != ".html" {
		return usage("findings are written as .pdf or .html, and %s is neither", q.out).try("everykit survey findings %s --out findings.pdf", q.key)
	}
	r, err := q.round(ctx)
	if err != nil {
		return err
	}
	report, err := findings.Of(ctx, q.rooms.Surveys, q.rooms.Measures, q.rooms.Registry, r)
	if err != nil {
		return err
	}
	if q.out == "" {
		for _, s := range report.Sentences {
			fmt.Fprintln(q.Out, s.Text)
		}
		return nil
	}
	doc := report.Document()
	body := doc.Page()
	if kind == ".pdf" {
		if body, err = (&document.Printer{}).PDF(ctx, &doc); err != nil {
			return err
		}
	}
	f, err := newFile(q.out)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := f.Write(body); err != nil {
		return err
	}
	if err := f.keep(); err != nil {
		return err
	}
	q.say("%s: %s", r.Key, plural(len(report.Sentences), "finding"))
	return nil
}
