package gs1

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFill(t *testing.T) {
	full := Code{GTIN: prenoxad, Lot: "AB12", Expiry: month(2028, time.March), Serial: "7", Count: 10}
	lotOnly, gtinOnly := Code{Lot: "AB12", Expiry: month(2028, time.March)}, Code{GTIN: prenoxad}
	all := Fields{GTIN: prenoxad, Lot: "AB12", Expiry: "2028-03", Serial: "7", Count: "10"}
	for name, c := range map[string]struct {
		have    Fields
		code    Code
		want    Fields
		differs []Difference
	}{
		"an empty form":                     {Fields{}, full, all, nil},
		"the product first (OMS #10489)":    {Fields{GTIN: prenoxad}, lotOnly, Fields{GTIN: prenoxad, Lot: "AB12", Expiry: "2028-03"}, nil},
		"the lot first (OMS #10489)":        {Fields{Lot: "AB12", Expiry: "2028-03"}, gtinOnly, Fields{GTIN: prenoxad, Lot: "AB12", Expiry: "2028-03"}, nil},
		"no expiry in it (OMS #10480)":      {all, Code{GTIN: prenoxad, Lot: "AB12"}, all, nil},
		"nothing in it":                     {all, Code{}, all, nil},
		"the same again":                    {all, full, all, nil},
		"typed another way":                 {Fields{GTIN: "5 026468 663361", Lot: " ab 12 ", Expiry: "31/03/2028", Count: " 010 "}, full, Fields{GTIN: "5 026468 663361", Lot: " ab 12 ", Expiry: "31/03/2028", Serial: "7", Count: " 010 "}, nil},
		"noughts cut off by a spreadsheet":  {Fields{GTIN: "5026468663361"}, gtinOnly, Fields{GTIN: "5026468663361"}, nil},
		"another expiry: nothing is filled": {Fields{Expiry: "2028-04"}, full, Fields{Expiry: "2028-04"}, []Difference{{FieldExpiry, "2028-04", "2028-03"}}},
		"another lot: nothing is filled":    {Fields{Lot: "AB13"}, full, Fields{Lot: "AB13"}, []Difference{{FieldLot, "AB13", "AB12"}}},
		"another product":                   {Fields{GTIN: "09501101530003", Count: "2"}, full, Fields{GTIN: "09501101530003", Count: "2"}, []Difference{{FieldGTIN, "09501101530003", prenoxad}, {FieldCount, "2", "10"}}},
		"another serial number and count":   {Fields{Serial: "8", Count: "3"}, full, Fields{GTIN: prenoxad, Lot: "AB12", Expiry: "2028-03", Serial: "8", Count: "3"}, []Difference{{FieldSerial, "8", "7"}, {FieldCount, "3", "10"}}},
		"what is typed is no date":          {Fields{Expiry: "soon"}, full, Fields{Expiry: "soon"}, []Difference{{FieldExpiry, "soon", "2028-03"}}},
		"the last day, and the month":       {Fields{Expiry: "2028-03"}, Code{Expiry: day(2028, time.March, 31)}, Fields{Expiry: "2028-03"}, nil},
		"a day within the month":            {Fields{Expiry: "2028-03"}, Code{Expiry: day(2028, time.March, 15)}, Fields{Expiry: "2028-03"}, []Difference{{FieldExpiry, "2028-03", "2028-03-15"}}},
		"best before is no expiry":          {Fields{}, Code{Lot: "A", BestBefore: month(2028, time.March)}, Fields{Lot: "A"}, nil},
	} {
		got, differs := Fill(c.have, c.code)
		if got != c.want || !slices.Equal(differs, c.differs) {
			t.Errorf("%s: %+v, %v; want %+v, %v", name, got, differs, c.want, c.differs)
		}
	}
}

// TestFillNeverOverwrites fills any form from any codes: what was full stays to the letter, what is filled is what a code says,
// and a code scanned twice changes nothing more.
func TestFillNeverOverwrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string, of ...string) string { return rapid.SampledFrom(append(of, "")).Draw(t, name) }
		have := Fields{
			GTIN: some("gtin", prenoxad, "09501101530003", "??"), Lot: some("lot", "A", " a", "B"), Expiry: some("expiry", "2028-03", "03/28", "never"),
			Serial: some("serial", "1", "2"), Count: some("count", "1", "x"),
		}
		c := genCode(t)
		filled, differs := Fill(have, c)
		for _, f := range [][3]string{
			{have.GTIN, filled.GTIN, c.GTIN},
			{have.Lot, filled.Lot, c.Lot},
			{have.Expiry, filled.Expiry, c.Expiry.String()},
			{have.Serial, filled.Serial, c.Serial},
			{have.Count, filled.Count, countText(c.Count)},
		} {
			if f[0] != "" && f[1] != f[0] {
				t.Fatalf("%q became %q", f[0], f[1])
			}
			if f[0] == "" && f[1] != "" && f[1] != f[2] {
				t.Fatalf("filled with %q, the code says %q", f[1], f[2])
			}
		}
		for _, d := range differs {
			if d.Have == "" || d.Scanned == "" {
				t.Fatalf("a difference with nothing: %+v", d)
			}
		}
		again, differsAgain := Fill(filled, c)
		if again != filled || !slices.Equal(differs, differsAgain) {
			t.Fatalf("a second scan changed %+v to %+v", filled, again)
		}
	})
}
