package expiry

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"everykit/registry"
)

func aPlace(id int, r Rate, takes bool, lasts map[int]int, hs ...holding) *place {
	return &place{outlet: &registry.Outlet{ID: id}, rate: r, takes: takes, own: hs, last: func(lot int) int { return lasts[lot] }}
}

func at2(o *registry.Outlet, lat, lon float64) { o.Lat, o.Lon = &lat, &lon }

func TestPlanByHand(t *testing.T) {
	daily, none := Rate{100, 100}, Rate{0, 100}
	lasts := map[int]int{1: 53, 2: 400, 3: 2}
	type want struct{ from, to, lot, kits int }
	for _, c := range []struct {
		name   string
		places func() []*place
		want   []want
	}{
		{"to whoever uses it", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{1, 53, 30}), aPlace(2, daily, true, lasts)}
		}, []want{{1, 2, 1, 30}}},
		{"no more than is used after the travel", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{1, 53, 80}), aPlace(2, daily, true, lasts)}
		}, []want{{1, 2, 1, 50}}},
		{"what a place uses itself stays", func() []*place {
			return []*place{aPlace(1, daily, true, lasts, holding{1, 53, 60}), aPlace(2, daily, true, lasts)}
		}, []want{{1, 2, 1, 7}}},
		{"to two, where one is not enough", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{1, 53, 80}), aPlace(2, daily, true, lasts), aPlace(3, daily, true, lasts)}
		}, []want{{1, 2, 1, 50}, {1, 3, 1, 30}}},
		{"not where it would arrive too late", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{3, 2, 30}), aPlace(2, daily, true, lasts)}
		}, nil},
		{"not to a place that is closed or gives nothing out", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{1, 53, 30}), aPlace(2, daily, false, lasts)}
		}, nil},
		{"what stays where it is", func() []*place {
			p := aPlace(1, none, false, lasts, holding{1, 53, 30})
			p.fixed = map[int]bool{1: true}
			return []*place{p, aPlace(2, daily, true, lasts)}
		}, nil},
		{"what is on its way counts", func() []*place {
			p := aPlace(2, daily, true, lasts)
			p.coming = []holding{{1, 53, 45}}
			return []*place{aPlace(1, none, false, lasts, holding{1, 53, 30}), p}
		}, []want{{1, 2, 1, 5}}},
		{"what expires first goes first", func() []*place {
			return []*place{aPlace(1, none, false, lasts, holding{2, 400, 380}, holding{1, 53, 30}), aPlace(2, daily, true, lasts)}
		}, []want{{1, 2, 1, 30}, {1, 2, 2, 367}}},
		{"the nearest of several alike", func() []*place {
			ps := []*place{aPlace(1, none, false, lasts, holding{1, 53, 30}), aPlace(2, daily, true, lasts), aPlace(3, daily, true, lasts), aPlace(4, daily, true, lasts)}
			at2(ps[0].outlet, 51, 0)
			at2(ps[1].outlet, 52, 0)
			at2(ps[2].outlet, 51.1, 0)
			return ps
		}, []want{{1, 3, 1, 30}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []want
			for _, m := range planned(c.places(), TravelDays, anywhere) {
				got = append(got, want{m.from.outlet.ID, m.to.outlet.ID, m.lot, m.kits})
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestPlanSavesWhatItMoves checks day by day, over all places, that every kit moved is one less left over in the end.
func TestPlanSavesWhatItMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SampledFrom([]int{TravelDays, OfferDays}).Draw(t, "days")
		n := rapid.IntRange(2, 5).Draw(t, "places")
		lasts := map[int]int{}
		for lot := 1; lot <= 5; lot++ {
			lasts[lot] = rapid.IntRange(-20, 300).Draw(t, "last")
		}
		stock := rapid.SliceOfNDistinct(rapid.IntRange(1, 5), 0, 4, rapid.ID[int])
		draw := func(what string) []holding {
			var hs []holding
			for _, lot := range stock.Draw(t, what) {
				hs = append(hs, holding{lot, lasts[lot], rapid.IntRange(0, 60).Draw(t, "kits")})
			}
			return hs
		}
		var places []*place
		before, own := 0, map[int]int{}
		for i := range n {
			p := aPlace(i+1, rates.Draw(t, "rate"), rapid.Bool().Draw(t, "takes"), lasts, draw("shelf")...)
			p.coming = draw("coming")
			before += walk(p.rate, p.own, p.coming, days)
			own[i+1] = stockOf(p.own)
			places = append(places, p)
		}
		could := map[int]int{}
		for _, p := range places {
			could[p.outlet.ID] = sum(unused(p.rate, p.own))
		}
		moved := 0
		for _, m := range planned(places, days, anywhere) {
			if m.kits < 1 || m.from == m.to || !m.to.takes || m.useBy <= days {
				t.Fatalf("a move that is none: %+v", m)
			}
			moved += m.kits
			if could[m.from.outlet.ID] -= m.kits; could[m.from.outlet.ID] < 0 {
				t.Fatal("a place sends what it would use itself")
			}
		}
		after := 0
		for _, p := range places {
			after += walk(p.rate, p.own, p.coming, days)
			if stockOf(p.own) > own[p.outlet.ID] {
				t.Fatal("a shelf has grown")
			}
		}
		if before-after != moved {
			t.Fatalf("%d kits were moved, but only %d are saved", moved, before-after)
		}
	})
}
