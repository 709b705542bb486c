package gs1

import (
	"errors"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
)

var today = civil.On(2026, time.November, 23)

const (
	prenoxad = "05026468663361" // the EAN of a pack that is sold in Britain
	gs       = Separator
)

func month(y int, m time.Month) civil.Expiry      { return civil.ExpiresIn(civil.MonthOf(y, m)) }
func day(y int, m time.Month, d int) civil.Expiry { return civil.ExpiresOn(civil.On(y, m, d)) }

func TestParse(t *testing.T) {
	full := Code{GTIN: prenoxad, Lot: "0116917", Expiry: month(2028, time.March)}
	serial := full
	serial.Serial = "aB-9/1"
	for name, c := range map[string]struct {
		text string
		want Code
	}{
		"separators":                     {"01" + prenoxad + "17280300" + "100116917" + gs + "21aB-9/1", serial},
		"lot before expiry":              {"01" + prenoxad + "100116917" + gs + "17280300" + "21aB-9/1", serial},
		"a separator at the end":         {"01" + prenoxad + "17280300" + "100116917" + gs, full},
		"separators twice and in front":  {gs + "01" + prenoxad + gs + gs + "17280300" + gs + "100116917" + gs + gs, full},
		"enter after it":                 {"]d201" + prenoxad + "17280300" + "100116917\r\n", full},
		"GS1 DataMatrix":                 {"]d201" + prenoxad + "17280300" + "100116917" + gs + "21aB-9/1", serial},
		"GS1-128 (expo #23975)":          {"]C101" + prenoxad + "17280300" + "100116917", full},
		"GS1 QR":                         {"]Q301" + prenoxad + "17280300" + "100116917", full},
		"DataBar":                        {"]e001" + prenoxad + "17280300" + "100116917", full},
		"capitals locked":                {"]D201" + prenoxad + "17280300" + "100116917", full},
		"capitals locked, EAN":           {"]e05026468663361", Code{GTIN: prenoxad}},
		"brackets":                       {"(01)" + prenoxad + "(17)280300(10)0116917(21)aB-9/1", serial},
		"brackets with blanks":           {" (01) " + prenoxad + " (17) 280300 (10) 0116917 ", full},
		"brackets with 13 digits":        {"(01)5026468663361(17)280300(10)0116917", full},
		"brackets with an id":            {"]C1(01)" + prenoxad + "(17)280300(10)0116917", full},
		"brackets within a lot":          {"(01)" + prenoxad + "(10)A(B)(123)(10", Code{GTIN: prenoxad, Lot: "A(B)(123)(10"}},
		"brackets within a lot, escaped": {`(10)AB\(21)5`, Code{Lot: "AB(21)5"}},
		"link":                           {"https://example.org/01/05026468663361/10/0116917?17=280300", full},
		"link, any path":                 {"HTTPS://Example.org/some/01/way/01/05026468663361/10/0116917/21/aB-9%2F1?x=1&17=280300#top", serial},
		"link, old words, 13 digits":     {"https://example.org/gtin/5026468663361/lot/0116917/?exp=280300", full},
		"link, no scheme":                {"id.example.org/01/5026468663361?10=0116917&17=280300&linkType=gs1:pip", full},
		"link in a QR":                   {"]Q1https://example.org/01/05026468663361/10/0116917?17=280300", full},
		"EAN-13":                         {"5026468663361", Code{GTIN: prenoxad}},
		"EAN-13, blanks":                 {"5 026468 663361", Code{GTIN: prenoxad}},
		"EAN-13, id":                     {"]E05026468663361", Code{GTIN: prenoxad}},
		"EAN-13 with what follows":       {"]E3502646866336112", Code{GTIN: prenoxad}},
		"UPC-A":                          {"369547353025", Code{GTIN: "00369547353025"}},
		"EAN-8":                          {"96385074", Code{GTIN: "00000096385074"}},
		"EAN-8, id":                      {"]E496385074", Code{GTIN: "00000096385074"}},
		"GTIN-14":                        {"09501101530003", Code{GTIN: "09501101530003"}},
		"day":                            {"17280331" + "10X" + gs, Code{Expiry: day(2028, time.March, 31), Lot: "X"}},
		"February of a leap year":        {"1728022910X", Code{Expiry: day(2028, time.February, 29), Lot: "X"}},
		"made, best before, count":       {"1125010115300100" + "3012" + gs + "10Z", Code{Made: day(2025, time.January, 1), BestBefore: month(2030, time.January), Count: 12, Lot: "Z"}},
		"a carton":                       {"00340123450000000018" + "02" + prenoxad + "17280300" + "100116917" + gs + "3724", Code{GTIN: prenoxad, Lot: "0116917", Expiry: month(2028, time.March), Count: 24, Skipped: []Element{{"00", "340123450000000018"}}}},
		"the product and the content":    {"02" + prenoxad + "0109501101530003" + gs, Code{GTIN: "09501101530003", Skipped: []Element{{"02", prenoxad}}}},
		"skipped: fixed, to a separator": {"01" + prenoxad + "20011128010031030001752400X1" + gs + "91ab" + gs + "88new" + gs + "10L", Code{GTIN: prenoxad, Made: month(2028, time.January), Lot: "L", Skipped: []Element{{"20", "01"}, {"3103", "000175"}, {"240", "0X1"}, {"91", "ab"}, {"88", "new"}}}},
		"the same lot twice":             {"10A1" + gs + "10A1", Code{Lot: "A1"}},
		"OMS #10212":                     {"01095011015300031714070410AB-123", Code{GTIN: "09501101530003", Expiry: day(2014, time.July, 4), Lot: "AB-123"}},
		"OMS #10523":                     {"(01)09506682101352(17)201031(30)100", Code{GTIN: "09506682101352", Expiry: day(2020, time.October, 31), Count: 100}},
		"OMS #10489: product":            {"]C10109501101530003", Code{GTIN: "09501101530003"}},
		"OMS #10489: lot and expiry":     {"]C11714070410AB-123", Code{Expiry: day(2014, time.July, 4), Lot: "AB-123"}},
		"OMS #10489: lot alone":          {"10AB-123", Code{Lot: "AB-123"}},
		"OFF #8333":                      {"]d201070356200521631523080710230710" + gs, Code{GTIN: "07035620052163", BestBefore: day(2023, time.August, 7), Lot: "230710"}},
		"a lot with marks":               {"10" + `!"%&'()*+,-./:;<=>?` + gs, Code{Lot: `!"%&'()*+,-./:;<=>?`}},
	} {
		got, err := Parse(c.text, today)
		if err != nil {
			t.Errorf("%s: %q: %v", name, c.text, err)
			continue
		}
		same(t, name, got, c.want)
	}
}

func same(t *testing.T, name string, got, want Code) {
	t.Helper()
	if !got.same(want) {
		t.Errorf("%s: got %+v, want %+v", name, got, want)
	}
	if len(got.Skipped) != len(want.Skipped) {
		t.Errorf("%s: skipped %v, want %v", name, got.Skipped, want.Skipped)
		return
	}
	for i := range want.Skipped {
		if got.Skipped[i] != want.Skipped[i] {
			t.Errorf("%s: skipped %v, want %v", name, got.Skipped, want.Skipped)
		}
	}
}

// TestSeparatorsInAllShapes gives one code with its separator in every shape.
func TestSeparatorsInAllShapes(t *testing.T) {
	for _, shape := range []string{"\x1d", "<GS>", "<gs>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "[FNC1]", "^]", `\x1d`, `\u001D`, "␝", "è", "ñ", "\xe8", "|", "~"} {
		for _, front := range []string{"", shape, "]d2", "]d2" + shape} {
			text := front + "01" + prenoxad + "10ABC21123" + shape + "17280331" + "21" + "S1"
			c, err := Parse(text, today)
			if err != nil || c.Lot != "ABC21123" || c.Serial != "S1" || c.GTIN != prenoxad {
				t.Errorf("%q: %+v, %v", text, c, err)
			}
		}
	}
}

func TestQuestions(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a lot with 21 in it": {"01" + prenoxad + "17280331" + "10ABC21123", []string{
			"product " + prenoxad + ", lot ABC21123, use before 31 March 2028",
			"product " + prenoxad + ", lot ABC, use before 31 March 2028, serial number 123",
		}},
		"serial number, then lot": {"21X110Y", []string{"serial number X110Y", "lot Y, serial number X1"}},
		"lot, then expiry":        {"10AB17280331", []string{"lot AB17280331", "lot AB, use before 31 March 2028"}},
		"no EAN-8 and no date":    {"17281310", nil},
		"an EAN-8 that is a date": {"17280211", []string{"product 00000017280211", "use before 11 February 2028"}},
		"national number":         {"10AB7129934567X", []string{"lot AB7129934567X", "lot AB"}},
		"OMS #1838": {"01089040530003331726093010KT07LP4" + "21" + "99812", []string{
			"product 08904053000333, lot KT07LP42199812, use before 30 September 2026",
			"product 08904053000333, lot KT07LP4, use before 30 September 2026, serial number 99812",
		}},
		"OFF #8333": {"01070356200521631523080710230710", []string{
			"product 07035620052163, lot 230710, best before 7 August 2023",
			"product 07035620052163, lot 2, best before 7 August 2023, count 710",
		}},
	} {
		_, err := Parse(c.text, today)
		var q *Question
		if c.want == nil {
			if err == nil || errors.As(err, &q) {
				t.Errorf("%s: %v, want a fault", name, err)
			}
			continue
		}
		if !errors.As(err, &q) {
			t.Errorf("%s: %v is no question", name, err)
			continue
		}
		var got []string
		for _, r := range q.Readings {
			got = append(got, r.Words())
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if !fault.Is(err, fault.Invalid) || fault.Of(err)[0].Next == "" {
			t.Errorf("%s: a question must be a fault with a hint where nobody can be asked", name)
		}
	}
}

// TestSafeWithoutSeparators reads codes whose separators were lost and which have one meaning all the same.
func TestSafeWithoutSeparators(t *testing.T) {
	for text, want := range map[string]string{
		"01" + prenoxad + "17280331" + "10ABC123":                     "product " + prenoxad + ", lot ABC123, use before 31 March 2028",
		"01" + prenoxad + "17280331" + "100116917":                    "product " + prenoxad + ", lot 0116917, use before 31 March 2028",
		"01" + prenoxad + "10ABC1721" + "1":                           "", // 21 begins at two places: ABC17, 1 or ABC1721 1 are both readings
		"01" + prenoxad + "10" + strings.Repeat("A", 20) + "21" + "7": "product " + prenoxad + ", lot " + strings.Repeat("A", 20) + ", serial number 7",
		"10AB17289931": "lot AB17289931", // no month 99
	} {
		c, err := Parse(text, today)
		var q *Question
		switch {
		case want == "" && !errors.As(err, &q):
			t.Errorf("%q: %+v, %v; want a question", text, c, err)
		case want != "" && (err != nil || c.Words() != want):
			t.Errorf("%q: %q, %v; want %q", text, c.Words(), err, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for text, says := range map[string]string{
		"": "there is no code", " \r\n": "there is no code", gs: "there is no code", "]d2": "there is no code",
		"hello":                                "does not begin with",
		"0116917":                              "cut short",
		"01" + "05026468663362" + "10A":        "should end in 1",
		"5026468663362":                        "should end in 1",
		"]E05026468663362":                     "should end in 1",
		"]E417280331":                          "wrong check digit",
		"17281310":                             "wrong check digit",
		"]d217281331":                          "is not a date",
		"]d217280231":                          "is not a date",
		"]d21728":                              "cut short",
		"]d217800101":                          "is not a date", // 1980
		"]d2" + "10" + gs + "21A":              "is empty",
		"]d210A b" + gs:                        "which no code may hold",
		"]d210Aß" + gs:                         "which no code may hold",
		"]d210" + strings.Repeat("A", 21):      "may have 20",
		"]d2300" + gs:                          "1 to 99,999,999",
		"]d230123456789" + gs:                  "1 to 99,999,999",
		"10A" + gs + "10B":                     "twice",
		"30" + "1" + gs + "372":                "twice",
		"91company":                            "no product, lot or expiry",
		"88x":                                  "does not begin with",
		"https://example.org/":                 "no product in it",
		"https://example.org/01/5026468663362": "should end in 1",
		"https://example.org/01/05026468663361/10/%zz":   "damaged",
		"https://example.org/01/05026468663361/foo/bar":  "damaged",
		"https://example.org/01/05026468663361/10/a%0Ab": "which no code may hold",
		"(99":                      "does not begin with",
		"(01)" + prenoxad + "(10)": "is empty",
		strings.Repeat("1", 5000):  "too long",
	} {
		c, err := Parse(text, today)
		if err == nil || !strings.Contains(err.Error(), says) || !fault.Is(err, fault.Invalid) || fault.Of(err)[0].Next == "" {
			t.Errorf("%.60q: %+v, %v; want a fault with a hint that says %q", text, c, err, says)
		}
	}
}

func TestCentury(t *testing.T) {
	for _, c := range []struct{ now, yy, want int }{
		{2026, 26, 2026},
		{2026, 76, 2076},
		{2026, 77, 1977},
		{2026, 0, 2000},
		{2026, 99, 1999},
		{1998, 49, 1949},
		{1998, 48, 2048},
		{1998, 2, 2002},
		{2060, 9, 2109},
		{2060, 10, 2110},
		{2060, 11, 2011},
	} {
		if got := century(c.yy, civil.On(c.now, time.June, 1)); got != c.want {
			t.Errorf("%02d read in %d is %d, want %d", c.yy, c.now, got, c.want)
		}
	}
}
