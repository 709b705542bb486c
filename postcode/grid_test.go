package postcode

import (
	"math"
	"testing"
)

// TestGrid compares with points that Ordnance Survey publishes for testing transformations (the OSTN15 developer pack): the
// whole country from Scilly to Shetland. One shift for all of it is right to a few metres.
func TestGrid(t *testing.T) {
	const most = 10 // metres
	for name, p := range map[string][4]float64{
		"St Mary's, Scilly":    {91492.146, 11318.804, 49.92226393730, -6.29977752014},
		"Lizard Point":         {170370.718, 11572.405, 49.96006137820, -5.20304609998},
		"St Catherine's Point": {449816.371, 75335.861, 50.57563665000, -1.29782277240},
		"North Foreland":       {639821.835, 169565.858, 51.37447025550, 1.44454730409},
		"Lambeth":              {530624.974, 178388.464, 51.48936564950, -0.11992557180},
		"Carmarthen":           {241124.584, 220332.641, 51.85890896400, -4.30852476960},
		"Droitwich":            {389544.190, 261912.153, 52.25529381630, -2.15458614387},
		"King's Lynn":          {562180.547, 319784.995, 52.75136687170, 0.40153547065},
		"TP20":                 {422242.186, 433818.701, 53.80021519630, -1.66379168242},
		"TP30":                 {267056.768, 846176.972, 57.48625000720, -4.21926398555},
		"TP40":                 {395999.668, 1138728.951, 60.13308091660, -2.07382822798},
	} {
		lat, lon := fromGrid(p[0], p[1])
		if d := Distance(lat, lon, p[2], p[3]); !(d < most) {
			t.Errorf("%s is %.1f m away, at %f, %f", name, d, lat, lon)
		}
	}
	// The worked example of "A guide to coordinate systems in Great Britain", annex C: on the Airy ellipsoid.
	phi, lambda := unproject(651409.903, 313177.270)
	if math.Abs(phi/degree-(52+39./60+27.2531/3600)) > 1e-8 || math.Abs(lambda/degree-(1+43./60+4.5177/3600)) > 1e-8 {
		t.Errorf("the worked example is at %.9f, %.9f", phi/degree, lambda/degree)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct{ lat1, lon1, lat2, lon2, want, within float64 }{
		{0, 0, 0, 0, 0, 0},
		{51, 0, 52, 0, 111_195, 1},
		{0, 0, 0, 180, 20_015_087, 1},
		{50.0664, -5.7147, 58.6440, -3.0701, 968_900, 100}, // Land's End to John o' Groats
	} {
		if d := Distance(c.lat1, c.lon1, c.lat2, c.lon2); math.Abs(d-c.want) > c.within || d != Distance(c.lat2, c.lon2, c.lat1, c.lon1) {
			t.Errorf("%v: %f m", c, d)
		}
	}
}
