package library_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/library"
	"everykit/store/storetest"
)

var vocabulary = strings.Fields(`naloxone overdose opioid heroin fentanyl prison release community pharmacy outreach peer supply distribution programme
	training kit nasal injection coverage mortality risk evaluation trial cohort survey interview qualitative systematic review model cost effectiveness policy law
	police ambulance emergency department treatment methadone buprenorphine homelessness hostel family friend carer witness reversal response administration
	Scotland England Wales Ireland Canada Australia Norway Massachusetts Toronto Glasgow bereavement grief loss stigma`)

// shelf makes n items whose words are as common as in a real library: naloxone in every one, rare words in few.
func shelf(n int) []library.Item {
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
	list := make([]library.Item, n)
	for i := range list {
		list[i] = library.Item{
			Title: fmt.Sprintf("Naloxone %s %d", some(9), i), Year: 1990 + rng.IntN(36), Kind: library.Kinds()[rng.IntN(6)], Journal: some(3),
			Authors: []library.Name{{Family: some(1), Given: "A"}, {Family: some(1), Given: "B"}}, Abstract: "Naloxone " + some(200), Summary: some(40),
			Topics: []library.Topic{library.Topics()[rng.IntN(16)]}, Bears: []int{1 + rng.IntN(6)}, Country: []string{"England", "Scotland", "Canada"}[rng.IntN(3)],
			DOI: fmt.Sprintf("10.5555/x.%d", i),
		}
	}
	return list
}

// BenchmarkSearch asks a shelf of 20,000 items what people would ask, and reports the time that 99 of 100 answers take.
func BenchmarkSearch(b *testing.B) {
	w := newWorld(b, storetest.SQLite)
	var file strings.Builder
	must(b, library.Write(&file, library.CSLJSON, shelf(20_000)))
	if _, err := w.Import(w.ctx, nora, []byte(file.String()), library.Accepted, false); err != nil {
		b.Fatal(err)
	}
	queries := []library.Query{
		{Words: "naloxone"},
		{Words: "naloxone prison"},
		{Words: "take home naloxone"},
		{Words: "peer supply cost"},
		{Words: "term7"},
		{Words: "term1200 naloxone"},
		{Words: "pris"},
		{Words: `"naloxone distribution"`},
		{Words: "overdose", Topic: library.Prisons},
		{Words: "naloxone", Kind: library.Review, From: 2015},
		{Words: "grief loss family", Country: "Scotland"},
		{Words: "naloxone", Bears: 3, Page: 40},
		{},
		{Topic: library.Cost, Page: 3},
		{Words: "nothing-has-this-word"},
		{Words: "naloxone overdose opioid heroin fentanyl prison"},
	}
	var times []time.Duration
	slowest, worst := time.Duration(0), library.Query{}
	for b.Loop() {
		for _, q := range queries {
			began := time.Now()
			if _, err := w.Search(w.ctx, q); err != nil {
				b.Fatal(err)
			}
			took := time.Since(began)
			times = append(times, took)
			if took > slowest {
				slowest, worst = took, q
			}
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*50/100].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.Logf("slowest %v: %+v", slowest, worst)
}
