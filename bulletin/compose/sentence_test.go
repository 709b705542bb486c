package compose_test

import (
	"strings"
	"testing"

	"everykit/bulletin/compose"
	"everykit/bulletin/frozen"
)

// said composes a quarter of England of some figures and gives all its words.
func said(t *testing.T, put func(*built), more ...func(*compose.Input)) string {
	t.Helper()
	b := newSnapshot(frozen.Quarterly, eng, "England", "2025/26-Q2", "2025-11-20")
	put(b)
	in := compose.Input{Snapshot: b.done()}
	for _, do := range more {
		do(&in)
	}
	return strings.Join(text(composed(t, in)), "\n")
}

func says(t *testing.T, all string, want []string, not ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(all, s) {
			t.Errorf("it nowhere says %q", s)
		}
	}
	for _, s := range not {
		if strings.Contains(all, s) {
			t.Errorf("it says %q", s)
		}
	}
}

const second = "dispensed|" + eng + "|2025/26-Q2"

// TestOddLetters: what people write keeps its letters, however many bytes those have, and names in capitals.
func TestOddLetters(t *testing.T) {
	all := said(t, func(b *built) {
		b.put(second, 80).put(second+"|product=Érsan 1 mg", 80).sum(second, second+"|product=Érsan 1 mg")
	}, func(in *compose.Input) {
		in.Correction = []compose.Correction{
			{Edition: 2, On: "2025-12-02", What: "“Prison” was wrong", Why: "NHS Fife sent a return twice."},
			{Edition: 3, What: "élite figures. Two of them", Why: "who knows?"},
		}
	})
	says(t, all, []string{
		"Edition 2 (2 December 2025): “Prison” was wrong. Why: NHS Fife sent a return twice.", "Edition 3: Élite figures. Two of them. Why: Who knows?", "Érsan 1 mg was given out most: 100% of kits.",
	}, "\uFFFD", "nHS", "twice..")
}

// TestShares: a part is never said to be none of the whole, nor all of it.
func TestShares(t *testing.T) {
	all := said(t, func(b *built) {
		b.put(second, 22366).put(second+"|channel=community", 22289).put(second+"|channel=ambulance", 77).put(second+"|channel=community|setting=non_drug_treatment", 1)
	})
	says(t, all, []string{
		"gave out 77 kits in July to September 2025. That is less than 1% of all kits.", "22,289 of them (more than 99%)", "Community outlets gave out more than 99% of the kits in Q2 2025/26",
		"Of these, 1 was from services other than drug treatment.",
	}, "0% of all", " 100%", "(100%)", "1 were")
	says(t, said(t, func(b *built) { b.put(second, 80).put(second+"|channel=community", 80) }), []string{"80 of them (100%)"}, "more than 99%")
}

// TestSameInTitles: the title of a picture and the sentence beneath it say alike that nothing changed.
func TestSameInTitles(t *testing.T) {
	before := strings.Replace(second, "Q2", "Q1", 1)
	all := said(t, func(b *built) {
		b.put(second, 80).put(second+"|channel=prison", 44).put(before+"|channel=prison", 44)
	})
	says(t, all, []string{"Prisons gave out 44 kits, the same as the quarter before"}, "much the same")
}

// TestMeanIsOfSome: the mean of some authorities' figures says of how many.
func TestMeanIsOfSome(t *testing.T) {
	mean := "coverage|" + eng + "|2024/25|row=mean"
	put := func(shapes ...shape) func(*built) {
		return func(b *built) { b.put("coverage|"+eng+"|2024/25", 12).put(mean, 5.2, shapes...) }
	}
	says(t, said(t, put(func(f *frozen.Figure) { f.State, f.With, f.Of = "partial", 3, 152 })), []string{"The mean of the authorities' own figures is 5.2, with figures for 3 of 152 authorities."})
	says(t, said(t, put()), []string{"The mean of the authorities' own figures is 5.2."})
}

// TestSources: a table says where its figures are from in words of whoever told them, and names no records where there are none.
func TestSources(t *testing.T) {
	from := func(source, state string) string {
		b := newSnapshot(frozen.Quarterly, eng, "England", "2025/26-Q2", "2025-11-20")
		b.put(second, 80, func(f *frozen.Figure) { f.Source, f.State = source, state }).put(second+"|channel=community", 80, func(f *frozen.Figure) { f.Source, f.State = source, state })
		return table(t, composed(t, compose.Input{Snapshot: b.done()}), "kits_community").Source
	}
	for _, c := range [][3]string{
		{"return: the yearly letter (March 2026)", "reported", "The yearly letter (March 2026), as known on 20 November 2025."},
		{"return", "reported", "Reported and published totals, as known on 20 November 2025."},
		{"return: " + strings.Repeat("a long name ", 20), "partial", "Reported and published totals, as known on 20 November 2025."},
		{"ledger", "counted", "Records of outlets, as known on 20 November 2025."},
		{"ledger; a return says 81", "counted", "Records of outlets, as known on 20 November 2025."},
		{"130 of 152 authorities", "partial", "Records of outlets, or totals that were reported (130 of 152 authorities), as known on 20 November 2025."},
	} {
		if got := from(c[0], c[1]); got != c[2] {
			t.Errorf("of %q: %q, want %q", c[0], got, c[2])
		}
	}
}

// TestHiddenSource: the source of a hidden figure may tell what a return said of it. It is in no file, nor in the fingerprint, by
// which all small numbers could be tried.
func TestHiddenSource(t *testing.T) {
	with := func(source string) string {
		b := newSnapshot(frozen.Quarterly, eng, "England", "2025/26-Q2", "2025-11-20").put(second, 80)
		b.put(second+"|channel=prison", 0, none("suppressed"), func(f *frozen.Figure) { f.Source = source })
		stored, err := composed(t, compose.Input{Snapshot: b.done()}).Encode()
		if err != nil {
			t.Fatal(err)
		}
		return string(stored)
	}
	if a, b := with("ledger; a return says 3"), with("ledger; a return says 4"); a != b || strings.Contains(a, "a return says") {
		t.Error("what a return says of a hidden figure is told")
	}
}
