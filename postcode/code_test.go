package postcode

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/fault"
)

func TestParse(t *testing.T) {
	for typed, want := range map[string]Code{
		"SW1A 1AA": "SW1A 1AA", "sw1a1aa": "SW1A 1AA", " Sw1A-1aA ": "SW1A 1AA", "s w 1 a 1 a a": "SW1A 1AA", "SWIA IAA": "SW1A 1AA",
		"m1 1ae": "M1 1AE", "MI IAE": "M1 1AE", "b33 8th": "B33 8TH", "cr2 6xh": "CR2 6XH", "dn55 1pt": "DN55 1PT", "W1A 0AX": "W1A 0AX", "W1A OAX": "W1A 0AX",
		"ec1a1bb": "EC1A 1BB", "0X1 2JD": "OX1 2JD", "OX1 2JD": "OX1 2JD", "0x12jd": "OX1 2JD", "1P1 2BX": "IP1 2BX", "S015 1AA": "SO15 1AA", "so15": "SO15",
		"S01 1AA": "SO1 1AA", "SO1 1AA": "SO1 1AA", "E1 6AN": "E1 6AN", "EI 6AN": "E1 6AN", "EI": "E1", "cr0": "CR0", "CRO": "CR0", "bs1o": "BS10", "N1C": "N1C",
		"ＳＷ１Ａ １ＡＡ": "SW1A 1AA", "SW1A\u00a01AA": "SW1A 1AA", "SW1A\u200b1AA": "SW1A 1AA", "SW1A–1AA": "SW1A 1AA", "\tM1\n1AE\r\n": "M1 1AE", "M1.": "M1",
		"L1 8JQ": "L1 8JQ", "bt1 5gs": "BT1 5GS", "G12 8QQ": "G12 8QQ",
	} {
		got, err := Parse(typed)
		if err != nil || got != want {
			t.Errorf("%q is read as %q, %v; want %q", typed, got, err, want)
		}
		if got.Whole() != strings.Contains(string(want), " ") || got.Out().Whole() {
			t.Errorf("%q: whole %v", got, got.Whole())
		}
	}
	for _, typed := range []string{
		"", " ", "A", "1", "London", "SW1A 1A", "SW1A 1CA", "SW1A 1AO", "QW1 1AA", "SJ1 1AA", "VA1", "AAA1 1AA", "A1B2C3", "SW1A 1AAA", "12345", "75001", "SW1A; DROP",
		"<b>SW1A", "SW1A 1AÅ", "é1 1AA", "1", "00 000", "\x00SW1A", strings.Repeat("S", 1000), strings.Repeat(" ", 1000) + "SW1A", "\xff\xfe", "M1@1AE", "GIR 0AA",
	} {
		got, err := Parse(typed)
		if !fault.Is(err, fault.Invalid) || got != "" {
			t.Errorf("%q is read as %q, %v", typed, got, err)
		}
		for _, e := range fault.Of(err) {
			if len(strings.TrimSpace(typed)) > 2 && strings.Contains(e.Message, strings.TrimSpace(typed)) {
				t.Errorf("the message repeats %q", typed)
			}
		}
	}
}

// codes draws any whole postcode.
func codes() *rapid.Generator[Code] {
	return rapid.Custom(func(t *rapid.T) Code {
		letter := func(set string) string { return string(set[rapid.IntRange(0, len(set)-1).Draw(t, "letter")]) }
		const digits, tens = "0123456789", "123456789"
		out := letter(first)
		last := third
		if rapid.Bool().Draw(t, "two letters") {
			out += letter(second)
			last = fourth
		}
		switch rapid.IntRange(0, 2).Draw(t, "form") {
		case 0:
			out += letter(digits)
		case 1:
			out += letter(tens) + letter(digits)
		default:
			out += letter(digits) + letter(last)
		}
		return Code(out + " " + letter(digits) + letter(inward) + letter(inward))
	})
}

// TestSloppyForms: however it is typed, it is the same one; and what comes out goes in again.
func TestSloppyForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := codes().Draw(t, "code")
		if rapid.Bool().Draw(t, "first half") {
			want = want.Out()
		}
		var b strings.Builder
		for _, c := range strings.ReplaceAll(string(want), " ", "") {
			b.WriteString(rapid.SampledFrom([]string{"", "", "", " ", "  ", "-", "\t", "\u00a0", "."}).Draw(t, "between"))
			s := string(c)
			if rapid.Bool().Draw(t, "small") {
				s = strings.ToLower(s)
			}
			b.WriteString(s)
		}
		got, err := Parse(b.String())
		if err != nil || got != want {
			t.Fatalf("%q is read as %q, %v; want %q", b.String(), got, err, want)
		}
	})
}

// TestOneReading: with Os and noughts, Is and ones changed at will, what is read is one of the readings, and is the very
// one that was changed where no other fits.
func TestOneReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := codes().Draw(t, "code")
		plain := strings.ReplaceAll(string(want), " ", "")
		typed := []byte(plain)
		var at []int
		for i, c := range typed {
			if strings.IndexByte("O0I1", c) >= 0 {
				at = append(at, i)
				if rapid.Bool().Draw(t, "change") {
					typed[i] = other(c)
				}
			}
		}
		readings := map[Code]bool{}
		for change := range 1 << len(at) {
			try := []byte(plain)
			for k, i := range at {
				if change>>k&1 == 1 {
					try[i] = other(try[i])
				}
			}
			if c, ok := written(string(try)); ok {
				readings[c] = true
			}
		}
		got, err := Parse(string(typed))
		if err == nil && !readings[got] {
			t.Fatalf("%q is read as %q", typed, got)
		}
		if len(readings) == 1 && got != want {
			t.Fatalf("%q is read as %q, %v, and can only be %q", typed, got, err, want)
		}
	})
}

// TestPack: no two postcodes share a number, and it fits.
func TestPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := codes().Draw(t, "a"), codes().Draw(t, "b")
		if n := pack(a); n < 0 || n >= 1<<31 || n/inwards != packOut(a.Out()) {
			t.Fatalf("%q is %d", a, n)
		}
		if (pack(a) == pack(b)) != (a == b) {
			t.Fatalf("%q and %q are both %d", a, b, pack(a))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"SW1A 1AA", "s015", "0X1 2JD", "ＳＷ１Ａ", "\x00", "MI IAE"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if err != nil {
			if c != "" || !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: %q, %v", s, c, err)
			}
			return
		}
		if again, err := Parse(string(c)); err != nil || again != c {
			t.Fatalf("%q gives %q, which gives %q, %v", s, c, again, err)
		}
		if c.Whole() {
			pack(c)
		}
		if n := packOut(c.Out()); n < 0 {
			t.Fatalf("%q is %d", c, n)
		}
	})
}
