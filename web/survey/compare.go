package survey

import (
	"html/template"
	"net/http"

	"everykit/fault"
	"everykit/survey"
	"everykit/survey/findings"
	"everykit/web/desk"
	"everykit/web/page"
)

type compareBody struct {
	Path   string
	Rounds []page.Option
	A, B   string
	Report template.HTML
	Facts  []page.Fact
}

// compare sets the findings of two rounds of a nation side by side.
func compare(v *desk.Visit) error {
	rounds, err := v.Surveys.Rounds(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	b := compareBody{Path: allPath(v), A: q.Get("a"), B: q.Get("b")}
	var found [2]*survey.Round
	for i := range rounds {
		r := &rounds[i]
		if r.State == survey.Draft {
			continue
		}
		b.Rounds = append(b.Rounds, page.Option{Value: r.Key, Label: r.Title})
		for j, key := range []string{b.A, b.B} {
			if r.Key == key {
				found[j] = r
			}
		}
	}
	pv := view(v, "Compare two rounds", nil)
	pv.Caption = v.Area.Name
	pv.Wide = true
	status := http.StatusOK
	switch {
	case len(b.Rounds) < 2:
		pv.Warning = "There is only one round with answers, so that there is nothing to compare."
	case found[0] != nil && found[1] != nil && found[0] != found[1]:
		one, err := findings.Of(v.Ctx(), v.Surveys, v.Measures, v.Registry, found[0])
		if err != nil {
			return err
		}
		other, err := findings.Of(v.Ctx(), v.Surveys, v.Measures, v.Registry, found[1])
		if err != nil {
			return err
		}
		doc := findings.Compare(one, other)
		b.Report = framed(&doc)
		pv.Title, b.Facts = doc.Title, metaFacts(&doc)
	case b.A != "" || b.B != "":
		cause := fault.New(fault.Invalid, "choose two rounds that differ").At("b")
		pv.Fail(cause, q)
		status = page.Status(cause)
	}
	if b.A == "" && len(b.Rounds) > 1 {
		b.A, b.B = b.Rounds[1].Value, b.Rounds[0].Value
	}
	pv.Body = b
	return pages.Render(v.W, status, "compare", pv)
}
