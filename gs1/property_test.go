package gs1

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/fault"
)

const letters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789` + marks

func genDate(t *rapid.T, name string) civil.Expiry {
	y, m := rapid.IntRange(1990, 2076).Draw(t, name+" year"), time.Month(rapid.IntRange(1, 12).Draw(t, name+" month"))
	in := civil.MonthOf(y, m)
	switch rapid.IntRange(0, 2).Draw(t, name+" is") {
	case 0:
		return civil.Expiry{}
	case 1:
		return civil.ExpiresIn(in)
	}
	return civil.ExpiresOn(in.First() + civil.Date(rapid.IntRange(0, int(in.Last()-in.First())).Draw(t, name+" day")))
}

func genGTIN(t *rapid.T) string {
	front := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 13, 13, -1).Draw(t, "gtin")
	return front + string(CheckDigit(front))
}

func genCode(t *rapid.T) Code {
	word := func(name string) string {
		return rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 20, -1).Draw(t, name)
	}
	c := Code{
		Lot: word("lot"), Serial: word("serial"), Expiry: genDate(t, "expiry"), BestBefore: genDate(t, "best before"), Made: genDate(t, "made"),
		Count: rapid.IntRange(0, 99_999_999).Draw(t, "count"),
	}
	if rapid.Bool().Draw(t, "has gtin") {
		c.GTIN = genGTIN(t)
	}
	return c
}

// TestWrittenIsReadBack writes a code in every form and reads it.
func TestWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genCode(t)
		if !c.Says() {
			return
		}
		elements, err := c.Elements()
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		forms := []string{"]d2" + elements + Separator, "]C1" + Separator + elements, Separator + strings.ReplaceAll(elements, Separator, "<GS>"), c.Bracketed()}
		if c.GTIN != "" {
			forms = append(forms, c.Link("https://kits.example/a/"))
		}
		for _, f := range forms {
			if got, err := Parse(f, today); err != nil || !got.same(c) || len(got.Skipped) > 0 {
				t.Fatalf("%q: %+v, %v; want %+v", f, got, err, c)
			}
		}
	})
}

// TestLooseLots writes lots as people type them into addresses, which no element string could hold.
func TestLooseLots(t *testing.T) {
	for _, lot := range []string{"AB 12", "Ä/ß+%&=#?", strings.Repeat("1", 40), ".", "..", "a.b", "日本"} {
		c := Code{GTIN: prenoxad, Lot: lot, Expiry: month(2028, time.March)}
		link := c.Link("https://kits.example")
		if got, err := Parse(link, today); err != nil || !got.same(c) {
			t.Errorf("%q: %q: %+v, %v", lot, link, got, err)
		}
	}
	for _, lot := range []string{"AB 12", "Ä", strings.Repeat("1", 21)} {
		if s, err := (Code{Lot: lot}).Elements(); !fault.Is(err, fault.Invalid) || s != "" || !strings.Contains(err.Error(), "lot") {
			t.Errorf("%q: %q, %v", lot, s, err)
		}
	}
	if link := (Code{Lot: "A"}).Link("https://kits.example"); link != "" {
		t.Errorf("a link without a product: %q", link)
	}
}

// naive gives all readings of a text whose separators may be missing, by trying every length of every value. It knows the
// rules from the book and shares nothing with the search but the check of a value.
func naive(text string) []Code {
	fixed := map[string]int{
		"00": 18, "01": 14, "02": 14, "03": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6,
	}
	open := []string{"10", "21", "30", "240", "241", "250", "400", "710", "711", "712", "713", "714", "715", "716", "717"}
	var all []Code
	var grow func(rest string, taken []Element, cut bool)
	grow = func(rest string, taken []Element, cut bool) {
		if rest == "" {
			if c, bad := (maker{today: today}).code(taken); bad == nil && !slices.ContainsFunc(all, c.same) {
				all = append(all, c)
			}
			return
		}
		for n := 2; n <= 4 && n < len(rest); n++ {
			ai := rest[:n]
			length, variable := fixed[ai], slices.Contains(open, ai)
			switch {
			case n == 4 && ai >= "3100" && ai <= "3699" && allDigits(ai): // measures
				length = 6
			case n == 3 && ai >= "410" && ai <= "419" && allDigits(ai): // places
				length = 13
			case !cut && ai == "20":
				length = 2
			case !cut && ai == "04":
				length = 16
			case !cut && (ai == "14" || ai == "18" || ai == "19"):
				length = 6
			case !cut && length == 0 && identifier(rest) == ai: // after a fixed length any may begin
				variable = true
			case ai == "37":
				variable = slices.ContainsFunc(taken, func(e Element) bool { return e.AI == "00" || e.AI == "02" })
			}
			if length == 0 && !variable || cut && slices.ContainsFunc(taken, func(e Element) bool { return e.AI == ai }) {
				continue
			}
			for end := n + 1; end <= len(rest); end++ {
				if length > 0 && end != n+length {
					continue
				}
				e := Element{ai, rest[n:end]}
				if (maker{today: today}).check(e) != nil || cut && length > 0 && !(&search{maker: maker{today: today}}).numeric(e) {
					continue
				}
				grow(rest[end:], append(slices.Clip(taken), e), variable && end < len(rest))
			}
		}
	}
	grow(text, nil, false)
	return all
}

// TestLostSeparators takes separators out of element strings and holds what is read against every way to read it.
func TestLostSeparators(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		var parts []string
		word := func(most int) string {
			return rapid.StringOfN(rapid.RuneFrom([]rune("0123712AX")), 1, most, -1).Draw(t, "word")
		}
		for _, ai := range rapid.Permutation([]string{"01", "10", "17", "21", "30", "712", "240"}).Draw(t, "order")[:rapid.IntRange(1, 5).Draw(t, "parts")] {
			switch ai {
			case "01":
				parts = append(parts, ai+prenoxad)
			case "17":
				parts = append(parts, ai+rapid.SampledFrom([]string{"280300", "280331", "210110"}).Draw(t, "date"))
			case "30":
				parts = append(parts, ai+rapid.StringMatching(`[1-9][0-9]{0,2}`).Draw(t, "count"))
			default:
				parts = append(parts, ai+word(7))
			}
		}
		text := strings.Join(parts, "")
		if isNumberLength(len(text)) && allDigits(text) {
			return // a product number is another question
		}
		want := naive(text)
		got, err := Parse(text, today)
		var q *Question
		switch {
		case errors.As(err, &q):
			seen["question"]++
			if len(want) < 2 {
				t.Fatalf("%q: asked, but there is %d way to read it", text, len(want))
			}
			if len(q.Readings) != min(len(want), mostReadings) || q.More != (len(want) > mostReadings) {
				t.Fatalf("%q: %d readings, more %v; there are %d", text, len(q.Readings), q.More, len(want))
			}
			for _, r := range q.Readings {
				if !slices.ContainsFunc(want, r.same) {
					t.Fatalf("%q: %q is no reading", text, r.Words())
				}
			}
		case err != nil:
			seen["fault"]++
			if len(want) > 1 || len(want) == 1 && want[0].Says() {
				t.Fatalf("%q: %v; there are %d readings", text, err, len(want))
			}
		default:
			seen["read"]++
			if len(want) != 1 || !got.same(want[0]) {
				t.Fatalf("%q: read as %q, and there are %d readings", text, got.Words(), len(want))
			}
		}
	})
	if seen["read"] == 0 || seen["question"] == 0 {
		t.Errorf("the test saw only %v", seen)
	}
}

// TestOneWrongDigit changes one digit of a product number: a check digit always tells.
func TestOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := []byte(genGTIN(t))
		if got, err := GTIN(string(number)); err != nil || got != string(number) {
			t.Fatalf("%s: %s, %v", number, got, err)
		}
		at, by := rapid.IntRange(0, 13).Draw(t, "at"), rapid.IntRange(1, 9).Draw(t, "by")
		number[at] = '0' + (number[at]-'0'+byte(by))%10
		if _, err := GTIN(string(number)); err == nil {
			t.Fatalf("%s has a wrong digit", number)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"01" + prenoxad + "17280300" + "10ABC21123", "]d2" + gs + "10A" + gs + "21B", `(01)05026468663361(10)A\(21)(17)280300`, "https://e.example/01/05026468663361/10/%41?17=280300",
		"5026468663361", strings.Repeat("10", 90), strings.Repeat("21030", 60), strings.Repeat("2401", 400), "]E3502646866336112", "{GS}^]|~",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s, today)
		if len(s) <= mostBytes {
			if tried := (maker{today: today}).readings(s).steps; tried > 2*mostSteps {
				t.Fatalf("%d steps for %d bytes", tried, len(s))
			}
		}
		var q *Question
		switch {
		case errors.As(err, &q):
			if len(q.Readings) < 2 || len(q.Readings) > mostReadings {
				t.Fatalf("%d readings", len(q.Readings))
			}
		case err != nil:
			if !fault.Is(err, fault.Invalid) || fault.Of(err)[0].Next == "" || len(err.Error()) > 400 {
				t.Fatalf("%v", err)
			}
		default:
			if !c.Says() || len(c.GTIN) != 0 && len(c.GTIN) != 14 || len(c.Lot) > mostLoose || len(c.Serial) > mostLoose {
				t.Fatalf("%+v", c)
			}
			elements, err := c.Elements()
			if err != nil {
				return // a loose lot
			}
			if again, err := Parse("]d2"+gs+elements, today); err != nil || !again.same(c) {
				t.Fatalf("%q: %+v, written %q, read %+v, %v", s, c, elements, again, err)
			}
		}
	})
}

// TestWorstSearch gives the search what makes most readings; its work is bounded by steps and by memory.
func TestWorstSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		var b strings.Builder
		for b.Len() < 150 {
			b.WriteString([]string{"10", "21", "30", "240", "241", "250", "400", "710", "717", "1", "0", "17280300"}[r.IntN(12)])
		}
		s := (maker{today: today}).readings(b.String())
		if s.steps > mostSteps+500 || len(s.found) > mostReadings {
			t.Errorf("%q: %d steps, %d readings", b.String(), s.steps, len(s.found))
		}
	}
}
