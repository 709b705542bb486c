package postcode_test

import (
	"archive/zip"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/postcode"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	directory = `"pcd","pcd2","pcds","dointr","doterm","oscty","ced","oslaua","osward","ctry","lat","long","oshlthau"
"YO1  9AA","YO1  9AA","YO1 9AA","198001","","E99999999","","E06000014","","E92000001",53.96,-1.08,"E18000003"
"OX1 2JD","OX1  2JD","OX1 2JD","198001","","E10000025","","E07000178","","E92000001",51.755,-1.26,""
"OX1 2AA","OX1  2AA","OX1 2AA","198001","","E10000025","","E07000178","","E92000001",51.757,-1.262,""
"OX1 9AB","OX1  9AB","OX1 9AB","198001","199912","E10000025","","E07000178","","E92000001",51.7,-1.2,""
"OX1 1AA","OX1  1AA","OX1 1AA","198001","","E10000025","","E07000178","","E92000001",99.999999,0.0,""
"G12 8QQ","G12  8QQ","G12 8QQ","198001","","S99999999","","S12000049","","S92000003",55.8721,-4.2882,"S08000031"
"CA1 1AA","CA1  1AA","CA1 1AA","198001","","E10000006","","E06000063","","E92000001",54.89,-2.93,""
"HG1 1AA","HG1  1AA","HG1 1AA","198001","","E10000023","","E07000165","","E92000001",53.99,-1.54,""
"GIR 0AA","GIR  0AA","GIR 0AA","198001","","","","","","",99.999999,0.0,""
"BT1 5GS","BT1  5GS","BT1 5GS","198001","","N99999999","","N09000003","","N92000002",54.596,-5.93,"ZC010"
`
	newer = "\xef\xbb\xbfpcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,ctry25cd,lat,long,hlth19cd\r\n" +
		"OX1 2JD,OX1  2JD,OX1 2JD,198001,,E10000025,,E07000178,,E92000001,51.755,-1.26,\r\n"
	codePoint = `"OX1 2JD",10,451163,206500,"E92000001","","E18000011","E10000025","E07000178","E05013109"
"OX1 2AA",10,451025,206721,"E92000001","","E18000011","E10000025","E07000178","E05013109"
"YO1 9AA",90,0,0,"E92000001","","E18000003","","E06000014","E05010327"
`
)

type world struct {
	*postcode.Postcodes
	t    *testing.T
	db   *store.DB
	snap *registry.Snapshot
	dir  string
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := &world{t: t, db: db, dir: t.TempDir()}
		w.must(db.Migrate(t.Context(), slices.Concat(registry.Schema, postcode.Schema)...))
		reg := registry.New(db)
		w.must(reg.LoadBuiltIn(t.Context()))
		var err error
		w.snap, err = reg.Now(t.Context())
		w.must(err)
		w.Postcodes = postcode.New(db, reg)
		fn(t, w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) file(name, text string) string {
	w.t.Helper()
	at := filepath.Join(w.dir, name)
	w.must(os.MkdirAll(filepath.Dir(at), 0o755))
	w.must(os.WriteFile(at, []byte(text), 0o600))
	return at
}

func (w *world) load(at string) postcode.Imported {
	w.t.Helper()
	did, err := w.Import(w.t.Context(), at, nil)
	w.must(err)
	return did
}

// is checks where a postcode is.
func (w *world) is(typed, area string, lat, lon float64, rough bool) {
	w.t.Helper()
	c, err := postcode.Parse(typed)
	w.must(err)
	at, err := w.Find(w.t.Context(), c)
	w.must(err)
	code := ""
	if a := w.snap.Area(at.Area); a != nil {
		code = a.Code
	}
	if code != area || math.Abs(at.Lat-lat) > 2e-4 || math.Abs(at.Lon-lon) > 2e-4 || at.Rough != rough {
		w.t.Errorf("%s is %+v in %q, want %q at %f, %f", typed, at, code, area, lat, lon)
	}
}

func (w *world) isNot(code postcode.Code, kind fault.Kind) {
	w.t.Helper()
	at, err := w.Find(w.t.Context(), code)
	if !fault.Is(err, kind) || at != (postcode.Place{}) {
		w.t.Errorf("%s: %+v, %v", code, at, err)
	}
	for _, e := range fault.Of(err) {
		if code != "" && strings.Contains(e.Message+e.Next, string(code)) || e.Next == "" {
			w.t.Errorf("the fault of %s says %q, %q", code, e.Message, e.Next)
		}
	}
}

func TestDirectory(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.isNot("OX1 2JD", fault.Unavailable)
		w.isNot("OX1", fault.Unavailable)
		if n, err := w.Any(t.Context()); n != 0 || err != nil {
			t.Errorf("without a table there are %d, %v", n, err)
		}
		last := 0
		did, err := w.Import(t.Context(), w.file("ONSPD.csv", directory), func(done, size int64, rows int) {
			if done < 1 || done > size || rows != last+1 {
				t.Errorf("progress %d of %d, %d rows", done, size, rows)
			}
			last = rows
		})
		w.must(err)
		if want := (postcode.Imported{Rows: 10, Kept: 7, Ended: 1, NoPlace: 2, Kind: postcode.Directory}); did != want || last != did.Rows {
			t.Errorf("imported %+v, want %+v", did, want)
		}
		if n, err := w.Any(t.Context()); n != 7 || err != nil {
			t.Errorf("there are %d, %v", n, err)
		}
		w.is("yo19aa", "E06000014", 53.96, -1.08, false)          // one tier
		w.is("OX1 2JD", "E10000025", 51.755, -1.26, false)        // two tiers: the county
		w.is("g128qq", "S08000031", 55.8721, -4.2882, false)      // a health board
		w.is("CA1 1AA", "E06000063", 54.89, -2.93, false)         // the county has been divided: its district has followed it
		w.is("HG1 1AA", "E06000065", 53.99, -1.54, false)         // the county has ended: its successor
		w.is("BT1 5GS", "", 54.596, -5.93, false)                 // no authority is known there
		w.is("OX1", "E10000025", (51.755+51.757)/2, -1.261, true) // the middle of those in use
		w.isNot("OX1 9AB", fault.NotFound)
		w.isNot("OX1 1AA", fault.NotFound)
		w.isNot("ZE1", fault.NotFound)
		w.isNot("nothing", fault.Invalid)
		w.isNot("", fault.Invalid)
	})
}

func TestOutcodeOverTwoAuthorities(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.load(w.file("a.csv", "pcds,doterm,oscty,oslaua,lat,long\nAL1 1AA,,E10000015,E07000240,51.75,-0.33\nAL1 1AB,,E10000015,E07000241,51.76,-0.34\nAL2 1AA,,E10000015,E07000240,51.7,-0.3\nAL2 1AB,,,E09000003,51.8,-0.4\n"))
		w.is("AL1", "E10000015", 51.755, -0.335, true) // two districts of one county
		w.is("AL2", "", 51.75, -0.35, true)
	})
}

func TestCodePoint(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		did := w.load(w.file("ox.csv", codePoint))
		if want := (postcode.Imported{Rows: 3, Kept: 2, NoPlace: 1, Kind: postcode.CodePoint}); did != want {
			t.Errorf("imported %+v, want %+v", did, want)
		}
		w.is("OX1 2JD", "E10000025", 51.75486, -1.26019, false)
		w.isNot("YO1 9AA", fault.NotFound)
	})
}

func TestZipAndFolder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		names := "AREA,NAME\nE06000014,York\n"
		w.file("cpo/Data/CSV/ox.csv", codePoint)
		w.file("cpo/Data/CSV/g.csv", `"G12 8QQ",10,256800,666700,"S92000003","","S08000031","","S12000049","S13002976"`+"\n")
		w.file("cpo/Doc/headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n")
		if did := w.load(filepath.Join(w.dir, "cpo")); did.Kept != 3 || did.Kind != postcode.CodePoint {
			t.Errorf("a folder gives %+v", did)
		}
		at := filepath.Join(w.dir, "onspd.zip")
		f, err := os.Create(at)
		w.must(err)
		z := zip.NewWriter(f)
		for name, text := range map[string]string{"Data/ONSPD.csv": newer, "Data/multi_csv/OX.csv": newer, "Documents/names.csv": names, "Documents/empty.csv": "", "readme.txt": "x"} {
			p, err := z.Create(name)
			w.must(err)
			_, err = p.Write([]byte(text))
			w.must(err)
		}
		w.must(z.Close())
		w.must(f.Close())
		if did := w.load(at); did.Kept != 1 || did.Rows != 1 || did.Kind != postcode.Directory {
			t.Errorf("a zip gives %+v", did)
		}
		w.is("OX1 2JD", "E10000025", 51.755, -1.26, false)
		w.isNot("G12 8QQ", fault.NotFound) // of the table before
		w.isNot("G12", fault.NotFound)
	})
}

// TestWholeOrNotAtAll gives files that are no such files, or broken ones, beside a table that is there.
func TestWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.load(w.file("good.csv", directory))
		var many strings.Builder
		many.WriteString("pcds,doterm,oscty,oslaua,lat,long\n")
		for i := range 9000 {
			fmt.Fprintf(&many, "AB%d %d%c%c,,,E06000014,57,-2\n", 10+i/5760, i/576%10, "ABDEFGHJLNPQRSTUWXYZABDE"[i/24%24], "ABDEFGHJLNPQRSTUWXYZABDE"[i%24])
		}
		for name, text := range map[string]string{
			"empty":      "",
			"a header":   "pcds,doterm,oscty,oslaua,lat,long\n",
			"other":      "code,name\nE06000014,York\n",
			"postcode":   "pcds,doterm,oscty,oslaua,lat,long\nCANARY 9,,,E06000014,57,-2\n",
			"half one":   "pcds,doterm,oscty,oslaua,lat,long\nAB10,,,E06000014,57,-2\n",
			"place":      "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,,,E06000014,north,-2\n",
			"no number":  "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,,,E06000014,NaN,NaN\n",
			"far":        "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,,,E06000014,-95,-2\n",
			"off grid":   `"AB10 1AA",10,9451163,206500,"E92000001","","E18000011","","E06000014",""` + "\n",
			"twice":      "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,,,E06000014,57,-2\nAB101AA,,,E06000014,57,-2\n",
			"late":       many.String(), // letters repeat in it
			"binary":     "\x00\x01\x02",
			"short zip":  "PK\x03\x04 and no more",
			"open quote": "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,\"\n",
			"long line":  "pcds,doterm,oscty,oslaua,lat,long\nAB10 1AA,\"" + strings.Repeat("x", 1<<20),
		} {
			_, err := w.Import(t.Context(), w.file(name+".csv", text), nil)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
			for _, e := range fault.Of(err) {
				if e.Next == "" || strings.Contains(e.Message+e.Next, "CANARY") || strings.Contains(e.Message+e.Next, "AB10") {
					t.Errorf("%s: %q, %q", name, e.Message, e.Next)
				}
			}
			if n, err := w.Any(t.Context()); n != 7 || err != nil {
				t.Fatalf("after %s there are %d, %v", name, n, err)
			}
			w.is("OX1 2JD", "E10000025", 51.755, -1.26, false)
		}
		w.file("both/a.csv", newer)
		w.file("both/b.csv", codePoint)
		for at, kind := range map[string]fault.Kind{filepath.Join(w.dir, "both"): fault.Invalid, filepath.Join(w.dir, "none"): fault.NotFound} {
			if _, err := w.Import(t.Context(), at, nil); !fault.Is(err, kind) {
				t.Errorf("%s: %v", at, err)
			}
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := w.Import(ended, filepath.Join(w.dir, "good.csv"), nil); err == nil {
			t.Error("an import that was ended says that it is done")
		}
		w.is("OX1 2JD", "E10000025", 51.755, -1.26, false)
	})
}
