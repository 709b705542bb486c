package compose_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/draw"
)

// drawSnapshot makes up a nation with few authorities: anything may be unknown, partial or hidden. A hidden figure has a number here,
// far from all others, although a real snapshot has none: it must not come out even so.
func drawSnapshot(t *rapid.T) (*frozen.Snapshot, []float64) {
	kind := rapid.SampledFrom([]frozen.Kind{frozen.Quarterly, frozen.Annual, frozen.Local}).Draw(t, "kind")
	period := rapid.SampledFrom([]string{"2021/22-Q2", "2023/24-Q4", "2019/20-Q1"}).Draw(t, "period")
	if kind == frozen.Annual {
		period = "2021/22"
	}
	b := newSnapshot(kind, rapid.SampledFrom([]string{eng, sco}).Draw(t, "nation"), "Nation", period, "2025-11-20")
	for i := range rapid.IntRange(0, 9).Draw(t, "authorities") {
		lat, lon := 50+float64(i), -float64(i%3)
		b.s.Areas = append(b.s.Areas, frozen.Area{Code: fmt.Sprintf("A%02d", i), Name: "Area " + string(rune('A'+i)), Kind: "authority", Lat: &lat, Lon: &lon})
	}
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	b.fill(r, rapid.IntRange(0, 4).Draw(t, "silent"))
	var secret []float64
	for i := range b.s.Figures {
		f := &b.s.Figures[i]
		switch n := r.IntN(12); {
		case f.Value == nil:
		case n == 0 && f.Period == period:
			v := 770001 + float64(len(secret))*17
			f.State, f.Value, f.Numerator, f.Low = "suppressed", &v, &v, &v
			secret = append(secret, v)
		case n == 1:
			f.State, f.Value, f.Numerator, f.Denominator = "no_reply", nil, nil, nil
		case n == 2 && strings.HasPrefix(f.ID, "dispensed"):
			f.State, f.Covers = "partial", "2/3"
		}
	}
	return b.done(), secret
}

// told are the chapters whose sentences are made of figures.
var told = []string{"main_points", "community", "prison", "community_prescription", "ambulance", "other_channels", "combined", "recipients", "repeats", "products", "areas", "coverage", "deaths", "quality"}

var inWords = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// allowed are all numbers that sentences of a snapshot may hold: figures, changes and shares of figures of one measure, counts of
// authorities and figures, and those of dates and fixed words.
func allowed(s *frozen.Snapshot) map[string]bool {
	ok := map[string]bool{"100": true}
	add := func(v float64) {
		for places := range 3 {
			ok[draw.Number(math.Abs(v), places)] = true
		}
	}
	var known []*frozen.Figure
	for i := range s.Figures {
		if f := &s.Figures[i]; f.Value != nil && f.State != "suppressed" {
			known = append(known, f)
			add(*f.Value)
		}
	}
	words := s.Period + " " + s.AsOf
	for _, x := range known {
		words += " " + x.Period
		for _, y := range known {
			if x.Measure != y.Measure || x.Area != y.Area {
				continue
			}
			switch {
			case x.Period != y.Period && slices.Equal(x.Split, y.Split): // a change
				add(*x.Value - *y.Value)
				if *y.Value != 0 {
					add(100 * (*x.Value - *y.Value) / *y.Value)
				}
			case x.Period == y.Period && *y.Value != 0 && (len(y.Split) == 0 || strings.HasSuffix(y.ID, "=community") || strings.HasSuffix(y.ID, "=repeat")): // a share
				add(100 * *x.Value / *y.Value)
			}
		}
	}
	for _, sum := range s.Sums {
		if sum.Remainder != nil {
			add(*sum.Remainder)
		}
	}
	for n := range len(s.Areas) + 1 {
		add(float64(n))
	}
	hidden := 0
	for _, f := range s.Figures {
		if f.State == "suppressed" {
			hidden++
		}
	}
	add(float64(hidden))
	// like for like: the authorities that gave whole figures for both periods
	p, _ := civil.ParsePeriod(s.Period)
	now, then := 0.0, 0.0
	for _, a := range s.Areas {
		x, y := s.Figure("dispensed|"+a.Code+"|"+s.Period), s.Figure("dispensed|"+a.Code+"|"+p.Before().String())
		if slices.ContainsFunc(s.Silent, func(one frozen.Silent) bool { return one.Area == a.Code }) || x == nil || y == nil || x.State != "counted" || y.State != "counted" {
			continue
		}
		now, then = now+*x.Value, then+*y.Value
	}
	add(now)
	add(then)
	add(now - then)
	if then != 0 {
		add(100 * (now - then) / then)
	}
	for q, i := p, 0; i < 10; q, i = q.Before(), i+1 {
		words += " " + q.String() + " " + q.Words()
	}
	words += " 10 3 15 20 1 2 3 4 2011" // the rule of areas, quarters, an introduction
	for _, n := range inWords.FindAllString(words, -1) {
		ok[n] = true
	}
	return ok
}

// TestProperties: whatever the snapshot, no number is made up, none that is hidden comes out, there are at most six main points, no
// sentence stands half, and to compose twice gives the same bytes.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, secret := drawSnapshot(t)
		in := compose.Input{Snapshot: s, Slug: "x", Edition: 1}
		_ = compose.Check(in, &content.Content{}) // whatever it is given, it does not fail
		c, err := compose.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		one, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := compose.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if two, err := again.Encode(); err != nil || !bytes.Equal(one, two) {
			t.Fatalf("composed twice it is two things: %v", err)
		}
		s.Releases, s.ReleaseKeys = nil, nil
		for i := range s.Figures {
			if f := &s.Figures[i]; f.State == "suppressed" {
				f.Value, f.Numerator, f.Low = nil, nil, nil
			}
		}
		without, err := compose.Compose(in)
		if err != nil {
			t.Fatal(err)
		}
		if three, err := without.Encode(); err != nil || !bytes.Equal(one, three) {
			t.Fatalf("what is hidden makes a difference, and if it is only to a hash: %v", err)
		}
		for _, v := range secret {
			for _, n := range []string{fmt.Sprintf("%.0f", v), draw.Number(v, 0)} {
				if bytes.Contains(one, []byte(n)) {
					t.Fatalf("the hidden number %s stands in the content", n)
				}
			}
		}
		ok := allowed(s)
		for _, key := range told {
			ch := c.Chapter(key)
			if ch == nil {
				continue
			}
			for _, b := range ch.Blocks {
				var said []string
				switch b := b.(type) {
				case content.Para:
					said = []string{b.Text}
				case content.Points:
					said = b.Items
					if key == "main_points" && len(said) > 6 {
						t.Fatalf("%d main points", len(said))
					}
				case *content.Picture:
					if b.Key != "coverage_funnel" && b.Key != "coverage_map" { // they count places
						said = []string{b.Title + "."}
					}
				}
				for _, sentence := range said {
					if strings.Contains(sentence, "  ") || strings.Contains(sentence, "..") || strings.Contains(sentence, " ,") || strings.Contains(sentence, "()") || !strings.HasSuffix(sentence, ".") {
						t.Fatalf("%s: a sentence is not whole: %q", key, sentence)
					}
					for _, n := range inWords.FindAllString(sentence, -1) {
						if n = strings.TrimSuffix(n, ","); !ok[n] {
							t.Fatalf("%s: %s is no figure: %q", key, n, sentence)
						}
					}
				}
			}
		}
		for _, x := range c.Tables() {
			for _, r := range x.Rows {
				for _, cell := range r.Cells {
					if cell.Number == nil {
						continue
					}
					if slices.Contains(cell.Marks, content.Suppressed) || slices.Contains(cell.Marks, content.NotThere) {
						t.Fatalf("a cell of %s has a mark in place of a number, and a number", x.Key)
					}
					if f := s.Figure(cell.Figure); cell.Figure != "" && (f == nil || f.Value == nil || *f.Value != *cell.Number || f.State == "suppressed") {
						t.Fatalf("a cell of %s is not the figure %s", x.Key, cell.Figure)
					}
				}
			}
		}
		for _, f := range compose.Check(in, c) {
			if f.Key == "" || f.What == "" || f.Where == "" || f.Hint == "" {
				t.Fatalf("a finding without words: %+v", f)
			}
			for _, v := range secret {
				if strings.Contains(f.What, draw.Number(v, 0)) {
					t.Fatalf("a finding tells a hidden number: %s", f.What)
				}
			}
		}
	})
}
