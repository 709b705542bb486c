package postcode

import "math"

// The National Grid and its ellipsoid, and the shift from its datum to that of GPS, as Ordnance Survey publishes them in "A
// guide to coordinate systems in Great Britain", annexes A to C. The shift is one for the whole country, right to about
// five metres, which is less than the length of a street that shares a postcode.
const (
	airyA, airyB   = 6377563.396, 6356256.909 // metres
	wgsA, wgsB     = 6378137.000, 6356752.3142
	gridScale      = 0.9996012717
	gridE, gridN   = 400000, -100000 // of the true origin
	gridLat        = 49 * math.Pi / 180
	gridLon        = -2 * math.Pi / 180
	shiftX         = 446.448 // metres
	shiftY         = -125.157
	shiftZ         = 542.060
	shiftScale     = 1 - 20.4894e-6
	turnX          = 0.1502 * second1 // radians
	turnY          = 0.2470 * second1
	turnZ          = 0.8421 * second1
	second1        = math.Pi / 180 / 3600
	earthRadius    = 6_371_000.0 // metres
	gridMostE      = 700_000     // the grid's own bounds, in metres
	gridMostN      = 1_300_000
	degree         = math.Pi / 180
	closeEnough    = 1e-5  // metres
	closeEnoughRad = 1e-13 // radians
)

// fromGrid turns eastings and northings of the National Grid (OSGB36, metres) into latitude and longitude (WGS 84, degrees).
func fromGrid(e, n float64) (lat, lon float64) {
	phi, lambda := unproject(e, n)
	x, y, z := cartesian(phi, lambda, airyA, airyB)
	x, y, z = shiftX+shiftScale*x-turnZ*y+turnY*z, shiftY+turnZ*x+shiftScale*y-turnX*z, shiftZ-turnY*x+turnX*y+shiftScale*z
	phi, lambda = geodetic(x, y, z, wgsA, wgsB)
	return phi / degree, lambda / degree
}

// unproject turns grid coordinates into latitude and longitude on the Airy ellipsoid, in radians (annex C).
func unproject(e, n float64) (phi, lambda float64) {
	const e2 = 1 - airyB*airyB/(airyA*airyA)
	phi = gridLat
	for m := 0.0; ; {
		phi += (n - gridN - m) / (airyA * gridScale)
		if m = meridian(phi); math.Abs(n-gridN-m) < closeEnough {
			break
		}
	}
	sin, tan := math.Sin(phi), math.Tan(phi)
	nu := airyA * gridScale / math.Sqrt(1-e2*sin*sin)
	rho := airyA * gridScale * (1 - e2) / math.Pow(1-e2*sin*sin, 1.5)
	eta2 := nu/rho - 1
	sec, t2, d := 1/math.Cos(phi), tan*tan, e-gridE
	t4, t6 := t2*t2, t2*t2*t2
	vii := tan / (2 * rho * nu)
	viii := tan / (24 * rho * math.Pow(nu, 3)) * (5 + 3*t2 + eta2 - 9*t2*eta2)
	ix := tan / (720 * rho * math.Pow(nu, 5)) * (61 + 90*t2 + 45*t4)
	x := sec / nu
	xi := sec / (6 * math.Pow(nu, 3)) * (nu/rho + 2*t2)
	xii := sec / (120 * math.Pow(nu, 5)) * (5 + 28*t2 + 24*t4)
	xiia := sec / (5040 * math.Pow(nu, 7)) * (61 + 662*t2 + 1320*t4 + 720*t6)
	phi += -vii*d*d + viii*math.Pow(d, 4) - ix*math.Pow(d, 6)
	return phi, gridLon + x*d - xi*math.Pow(d, 3) + xii*math.Pow(d, 5) - xiia*math.Pow(d, 7)
}

// meridian is the length of the central meridian from the true origin to a latitude, in metres on the grid.
func meridian(phi float64) float64 {
	const n = (airyA - airyB) / (airyA + airyB)
	const n2, n3 = n * n, n * n * n
	d, s := phi-gridLat, phi+gridLat
	return airyB * gridScale * ((1+n+5./4*n2+5./4*n3)*d - (3*n+3*n2+21./8*n3)*math.Sin(d)*math.Cos(s) +
		(15./8*n2+15./8*n3)*math.Sin(2*d)*math.Cos(2*s) - 35./24*n3*math.Sin(3*d)*math.Cos(3*s))
}

// cartesian gives the point of a latitude and longitude on an ellipsoid (annex B).
func cartesian(phi, lambda, a, b float64) (x, y, z float64) {
	e2 := 1 - b*b/(a*a)
	nu := a / math.Sqrt(1-e2*math.Sin(phi)*math.Sin(phi))
	return nu * math.Cos(phi) * math.Cos(lambda), nu * math.Cos(phi) * math.Sin(lambda), nu * (1 - e2) * math.Sin(phi)
}

// geodetic gives the latitude and longitude of a point (annex B).
func geodetic(x, y, z, a, b float64) (phi, lambda float64) {
	e2 := 1 - b*b/(a*a)
	p := math.Hypot(x, y)
	phi = math.Atan2(z, p*(1-e2))
	for range 20 {
		nu := a / math.Sqrt(1-e2*math.Sin(phi)*math.Sin(phi))
		next := math.Atan2(z+e2*nu*math.Sin(phi), p)
		done := math.Abs(next-phi) < closeEnoughRad
		if phi = next; done {
			break
		}
	}
	return phi, math.Atan2(y, x)
}

// Distance is between two points on the Earth, in metres (haversine, radius 6,371 km).
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	a, b := math.Sin((lat2-lat1)*degree/2), math.Sin((lon2-lon1)*degree/2)
	h := a*a + math.Cos(lat1*degree)*math.Cos(lat2*degree)*b*b
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}
