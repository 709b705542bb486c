package research_test

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/library"
	"everykit/web/webtest"
)

var vocabulary = strings.Fields(`naloxone overdose opioid heroin fentanyl prison release community pharmacy outreach peer supply distribution programme training kit
	nasal injection coverage mortality risk evaluation trial cohort survey interview systematic review model cost effectiveness policy law police ambulance
	emergency treatment methadone hostel family friend carer witness reversal response Scotland England Wales Canada Norway Massachusetts grief loss stigma`)

// BenchmarkSearch asks a site with 20,000 items what people would ask, as a browser does, and reports the time that 99 of 100 answers
// take; and likewise for a page that is kept.
func BenchmarkSearch(b *testing.B) {
	const items = 20_000
	w := webtest.NewBare(b)
	rng := rand.New(rand.NewPCG(1, 2))
	some := func(words int) string {
		var list []string
		for range words {
			if rng.IntN(4) == 0 {
				list = append(list, fmt.Sprintf("term%d", int(rng.ExpFloat64()*800)))
			} else {
				list = append(list, vocabulary[rng.IntN(len(vocabulary))])
			}
		}
		return strings.Join(list, " ")
	}
	list := make([]library.Item, items)
	for i := range list {
		list[i] = library.Item{
			Title: fmt.Sprintf("Naloxone %s %d", some(9), i), Year: 1990 + rng.IntN(36), Kind: library.Kinds()[rng.IntN(6)], Journal: some(3),
			Authors: []library.Name{{Family: some(1), Given: "A"}}, Abstract: "Naloxone " + some(200), Summary: some(40), DOI: fmt.Sprintf("10.5555/x.%d", i),
			Topics: []library.Topic{library.Topics()[rng.IntN(16)]}, Bears: []int{1 + rng.IntN(6)}, Country: []string{"England", "Scotland", "Canada"}[rng.IntN(3)],
		}
	}
	var file strings.Builder
	w.Must(library.Write(&file, library.CSLJSON, list))
	_, err := w.Library.Import(b.Context(), w.Person(webtest.National), []byte(file.String()), library.Accepted, false)
	w.Must(err)
	ask := func(paths []string) func(*testing.B) {
		return func(b *testing.B) {
			for _, path := range paths { // once, as for whoever comes first after a change
				r, err := http.Get(w.URL + path)
				if err != nil {
					b.Fatal(err)
				}
				r.Body.Close()
			}
			var times []time.Duration
			of := map[string]time.Duration{}
			for b.Loop() {
				for _, path := range paths {
					began := time.Now()
					r, err := http.Get(w.URL + path)
					if err != nil {
						b.Fatal(err)
					}
					_, _ = io.Copy(io.Discard, r.Body)
					r.Body.Close()
					if r.StatusCode != http.StatusOK {
						b.Fatalf("%s answers %d", path, r.StatusCode)
					}
					took := time.Since(began)
					times = append(times, took)
					of[path] += took
				}
			}
			slowest := slices.MaxFunc(paths, func(x, y string) int { return cmp.Compare(of[x], of[y]) })
			b.Logf("the slowest in all: %s, a mean of %v", slowest, of[slowest]/time.Duration(max(len(times)/len(paths), 1)))
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
		}
	}
	b.Run("search", ask([]string{
		"/research?q=naloxone", "/research?q=naloxone+prison", "/research?q=take+home+naloxone", "/research?q=peer+supply+cost", "/research?q=term7", "/research?q=term1200+naloxone",
		"/research?q=pris", "/research?q=%22naloxone+distribution%22", "/research?q=overdose&topic=prisons", "/research?q=naloxone&kind=review&from=2015",
		"/research?q=grief+loss&country=Scotland", "/research?q=naloxone&bears=3&page=40", "/research?topic=cost&page=3", "/research?q=nothinghasthisword",
	}))
	b.Run("kept", ask([]string{"/research", "/research?page=2", "/research/kimmel-2023"}))
}
