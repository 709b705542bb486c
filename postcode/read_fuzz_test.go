package postcode

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"everykit/fault"
)

// FuzzRead reads any file: what comes out is a place on Earth, and what is wrong is said without what stands there.
func FuzzRead(f *testing.F) {
	f.Add("pcds,doterm,oscty,oslaua,lat,long\nYO1 9AA,,E99999999,E06000014,53.96,-1.08\nCANARY,,,,,\n")
	f.Add("\xef\xbb\xbfPCD7,DOTERM,lad25cd,LAT,LONG\r\n\"AB1 0AA\",199606,,57.1,-2.2\r\n")
	f.Add(`"OX1 2JD",10,451163,206500,"E92000001","","E18000011","E10000025","E07000178","E05013109"` + "\n" + `"OX1 2JE",90,0,0,"","","","","",""`)
	f.Add("pcds,doterm,oslaua,lat,long\nAB10 1AA,,,NaN,Inf\n")
	f.Add("pcds,doterm,oslaua,lat,long\n\"AB10 1AA\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := newReader("file.csv", strings.NewReader(text))
		if err != nil || r.kind == "" {
			return
		}
		for {
			var to row
			err := r.next(&to)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "CANARY") {
					t.Fatalf("the fault is %v", err)
				}
				return
			}
			if to.ended || to.nowhere {
				continue
			}
			if !to.code.Whole() || !(math.Abs(to.lat) <= 90 && math.Abs(to.lon) <= 180) {
				t.Fatalf("a row is %+v", to)
			}
			pack(to.code)
		}
	})
}
