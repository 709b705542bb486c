package scorecard_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/measure"
	"everykit/registry"
	"everykit/table"
	"everykit/web/webtest"
)

const (
	barking = "/areas/E09000002"
	england = "/nation/E92000001"
)

// country is the world with an estimate of people for most authorities of England and a return for last year from many:
// enough, some, none, refused, and silence. Barking gave 58 kits to 861 people.
func country(t *testing.T) *webtest.World {
	t.Helper()
	w := webtest.New(t)
	var estimates, returns strings.Builder
	estimates.WriteString("area,population,period,value,published_on,method,source\n")
	returns.WriteString("area,period,measure,value,published_on,state,source\n")
	estimate := func(code string, people int) {
		fmt.Fprintf(&estimates, "%s,opiate_users,2023/24,%d,2025,made up,made up for a test\n", code, people)
	}
	kits := func(code, n, state string) {
		fmt.Fprintf(&returns, "%s,2025/26,dispensed,%s,2026-06,%s,reply to the questionnaire\n", code, n, state)
	}
	for i, a := range w.Snap().AuthoritiesOf(w.Nation(w.Home).ID, webtest.Today) {
		if len(w.Snap().OutletsOf(a.ID)) > 0 {
			estimate(a.Code, 861)
			continue
		}
		if i%17 != 3 {
			estimate(a.Code, 400+i*10)
		}
		switch i % 9 {
		case 0:
			kits(a.Code, fmt.Sprint(2000+i), "")
		case 1:
			kits(a.Code, "0", "")
		case 2:
			kits(a.Code, "", "refused")
		case 3:
		default:
			kits(a.Code, fmt.Sprint(30+i), "")
		}
	}
	take(t, w, "estimates", estimates.String())
	take(t, w, measure.ReturnsFile, returns.String())
	return w
}

// take imports a file of the registry, or of returns.
func take(t *testing.T, w *webtest.World, kind, text string) {
	t.Helper()
	kinds := append(registry.Kinds(), measure.Kind())
	for _, k := range kinds {
		if k.Name != kind {
			continue
		}
		rd, err := table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
		w.Must(err)
		if kind == measure.ReturnsFile {
			_, err = w.Measures.ImportReturns(t.Context(), rd, false)
		} else {
			_, err = w.Registry.Import(t.Context(), kind, rd, false)
		}
		w.Must(err)
		return
	}
	t.Fatalf("there is no kind of file %s", kind)
}
