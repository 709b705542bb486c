package notice_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/notice"
	"everykit/registry"
)

func registryOf(t testing.TB) (*registry.Snapshot, int) {
	t.Helper()
	w := newWorld(t, sqliteFile(t), ptr(morning))
	return w.snap(), w.id("prenoxad")
}

func TestPaste(t *testing.T) {
	snap, prenoxad := registryOf(t)
	for _, c := range []struct{ text, lines, faults string }{
		{"", "", ""},
		{"0116917", "0116917||", ""},
		{" 0116917 \r\n\r\n0119973\n", "0116917||;0119973||", ""},
		{"0116917 2023-02\n0119973\t02/2023\n0120140,2023-02-14\nX;;\n", "0116917|2023-02|;0119973|2023-02|;0120140|2023-02-14|;X||", ""},
		{"Lot\tExpiry\n0116917\t2023-02", "0116917|2023-02|", ""},
		{"Batch number\n0116917", "0116917||", ""},
		{`"0116917","2023-02"`, "0116917|2023-02|", ""},
		{"A 1 B 2023-02", "A 1 B|2023-02|", ""},
		{"A1 2023-02 2024-02", "A1|2023-02|2024-02", ""},
		{"A1,,2024-02", "A1||2024-02", ""},
		{"A1,230228", "A1|2023-02-28|", ""},
		{"A1 230228", "", "paste.1: line 1: is 230228 part of the lot number, or a date?"},
		{"230228", "230228||", ""},
		{"A1,soon", "", `paste.1: line 1: "soon" is not a date`},
		{"A1\na 1\nB2", "A1||;B2||", "paste.2: line 2: lot a 1 stands in line 1 already"},
		{"A1,2023-02,2024-02,x", "", "paste.1: line 1: there is more here"},
		{"A1,2023-02;2024-02", "", "paste.1: line 1: some of this line is parted by commas"},
		{",2023-02", "", "paste.1: line 1: the lot number is missing"},
		{strings.Repeat("9", 41), "", "paste.1: line 1: the lot number is longer"},
		{"A\x001", "", "paste.1: line 1: the lot number holds a character"},
		{"Lot\nLot", "", "" /* headings until there is a lot */},
	} {
		lines, bad := notice.Paste(snap, prenoxad, c.text)
		var got, faults []string
		for _, l := range lines {
			got = append(got, l.Number+"|"+l.Expiry.String()+"|"+l.NewExpiry.String())
		}
		for _, f := range bad {
			faults = append(faults, f.Field+": "+f.Message)
		}
		if all := strings.Join(faults, ";"); strings.Join(got, ";") != c.lines || !strings.HasPrefix(all, c.faults) || (c.faults == "") != (all == "") {
			t.Errorf("%q: got %q and %q", c.text, got, faults)
		}
	}
	if _, bad := notice.Paste(snap, 999, "A1"); len(bad) != 1 || bad[0].Field != "product" {
		t.Errorf("an unknown product: %v", bad)
	}
	if lines, bad := notice.Paste(snap, prenoxad, strings.Repeat("x\n", 1<<18)); lines != nil || len(bad) != 1 {
		t.Errorf("far too much: %d lines, %v", len(lines), bad)
	}
}

// TestPasteReadsWhatPeopleWrite writes lots in any of the forms that are understood, and reads the same lots.
func TestPasteReadsWhatPeopleWrite(t *testing.T) {
	snap, prenoxad := registryOf(t)
	rapid.Check(t, func(t *rapid.T) {
		type lot struct{ number, expiry, becomes string }
		want := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) lot {
			month := civil.MonthOf(rapid.IntRange(2020, 2039).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")))
			l := lot{number: rapid.StringMatching(`[A-Z0-9][A-Z0-9/]{0,18}`).Draw(t, "number")}
			if rapid.Bool().Draw(t, "dated") {
				l.expiry = month.String()
				if rapid.Bool().Draw(t, "changed") {
					l.becomes = (month + 12).String()
				}
			}
			return l
		}), 0, 8, func(l lot) string { return l.number }).Draw(t, "lots")
		var text strings.Builder
		for _, l := range want {
			sep := rapid.SampledFrom([]string{" ", "\t", ", ", " ; ", "  "}).Draw(t, "between")
			fields := []string{l.number}
			if l.expiry != "" {
				fields = append(fields, l.expiry)
			}
			if l.becomes != "" {
				fields = append(fields, l.becomes)
			}
			text.WriteString(rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "before") + strings.Join(fields, sep) + rapid.SampledFrom([]string{"\n", "\r\n", " \n", "\r"}).Draw(t, "end"))
		}
		lines, bad := notice.Paste(snap, prenoxad, text.String())
		if len(bad) > 0 || len(lines) != len(want) {
			t.Fatalf("%q: %d lots, %v", text.String(), len(lines), bad)
		}
		for i, l := range lines {
			if got := (lot{l.Number, l.Expiry.String(), l.NewExpiry.String()}); got != want[i] || l.Product != prenoxad || l.Lot != 0 {
				t.Fatalf("%q: got %v, want %v", text.String(), got, want[i])
			}
		}
	})
}

// FuzzPaste looks for a text that ends the program, or a lot that no notice could name.
func FuzzPaste(f *testing.F) {
	for _, s := range []string{"0116917 2023-02", "Lot\tExpiry\nA1\t02/23", "A,,2024-02\n\n;;;", "\"x\",\"y\"", "A 1 230228", "\u2028\r\r\n,", "é\xff 2023-02", "lot\nlot,2"} {
		f.Add(s)
	}
	snap, prenoxad := registryOf(f)
	f.Fuzz(func(t *testing.T, text string) {
		lines, bad := notice.Paste(snap, prenoxad, text)
		if len(lines) > notice.MostLines {
			t.Fatalf("%d lots", len(lines))
		}
		seen := map[string]bool{}
		for _, l := range lines {
			key := strings.ToUpper(strings.Join(strings.Fields(l.Number), ""))
			if key == "" || len(l.Number) > ledger.MostLotLetters || !utf8.ValidString(l.Number) || strings.ContainsAny(l.Number, "\n\r\t\x00,;") || l.Number != strings.TrimSpace(l.Number) || seen[key] {
				t.Fatalf("%q gave lot %q", text, l.Number)
			}
			seen[key] = true
			if l.Expiry.Known && (l.Expiry.Last < civil.On(civil.MinYear, 1, 1) || l.Expiry.Last > civil.On(civil.MaxYear, 12, 31)) {
				t.Fatalf("%q gave expiry %s", text, l.Expiry)
			}
		}
		for _, b := range bad {
			if !utf8.ValidString(b.Message) || b.Field == "" {
				t.Fatalf("%q gave a fault %q at %q", text, b.Message, b.Field)
			}
		}
	})
}
