package find_test

import (
	"os"
	"path/filepath"
	"testing"

	"everykit/civil"
	"everykit/registry"
	"everykit/web/webtest"
)

func ptr(f float64) *float64 { return &f }

// world has outlets that anybody may be told of: Home knows all of itself, Sister little, Across has coordinates alone. Abroad
// is not public. noon of 23 November 2026 is a Monday.
func world(t *testing.T) *webtest.World {
	t.Helper()
	w := webtest.NewBare(t)
	home, sister, across, abroad := *w.Home, *w.Sister, *w.Across, *w.Abroad
	home.Public, home.Lat, home.Lon, home.Phone, home.Postcode = registry.Yes, ptr(51.540), ptr(0.080), "020 7946 0001", "IG11 7LZ"
	home.StepFree, home.Languages, home.Requires = registry.Yes, "English, Polish", registry.RequiresOf(registry.Training)
	sister.Public, sister.Lat, sister.Lon, sister.Requires = registry.Yes, ptr(51.550), ptr(0.090), registry.RequiresOf(registry.PersonName, registry.Referral)
	across.Public, across.Lat, across.Lon, across.Gives, across.Open = registry.Yes, ptr(51.610), ptr(-0.200), []string{"prenoxad"}, "24/7"
	abroad.Public, abroad.Lat, abroad.Lon = registry.No, ptr(51.541), ptr(0.081)
	put(t, w, home, sister, across, abroad)
	return w
}

func put(t *testing.T, w *webtest.World, list ...registry.Outlet) {
	t.Helper()
	_, err := w.Registry.PutOutlet(t.Context(), list...)
	w.Must(err)
}

// more is an outlet beside those of the world.
func more(w *webtest.World, code, name string, lat, lon float64) registry.Outlet {
	return registry.Outlet{
		Code: code, Name: name, Kind: registry.Pharmacy, Area: w.Home.Area, Channel: registry.Community, Public: registry.Yes, Lat: ptr(lat), Lon: ptr(lon),
		LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
	}
}

// postcodes imports a table of Barking, Barnet and a place in no authority.
func postcodes(t *testing.T, w *webtest.World) {
	t.Helper()
	const rows = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,ctry25cd,lat,long,hlth19cd\r\n" +
		"IG117LZ,IG11 7LZ,IG11 7LZ,198001,,E99999999,,E09000002,,E92000001,51.538,0.081,\r\n" +
		"IG118AA,IG11 8AA,IG11 8AA,198001,,E99999999,,E09000002,,E92000001,51.545,0.085,\r\n" +
		"NW4 4BG,NW4  4BG,NW4 4BG,198001,,E99999999,,E09000003,,E92000001,51.589,-0.229,\r\n" +
		"IM1 1AA,IM1  1AA,IM1 1AA,198001,,M99999999,,M99999999,,M83000003,54.150,-4.480,\r\n"
	path := filepath.Join(t.TempDir(), "ONSPD.csv")
	w.Must(os.WriteFile(path, []byte(rows), 0o600))
	_, err := w.Postcodes.Import(t.Context(), path, nil)
	w.Must(err)
}
