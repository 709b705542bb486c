package compose_test

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
)

// TestEngland: 152 authorities of whom some are silent.
func TestEngland(t *testing.T) {
	in := compose.Input{Snapshot: england(t), Slug: "2025-26-q2", Edition: 1}
	c := composed(t, in)
	list := points(t, c)
	if len(list) != 6 {
		t.Errorf("there are %d main points", len(list))
	}
	for _, says := range []string{"Some or all figures are missing from 22 of 152 authorities.", "from incomplete figures", "The 130 authorities with figures for both gave out "} {
		if !strings.Contains(list[0], says) {
			t.Errorf("the first point does not say %q: %s", says, list[0])
		}
	}
	if regexp.MustCompile(`up|down`).MatchString(strings.Split(list[0], "The 130")[0] + list[1] + list[2]) {
		t.Errorf("a sum of which authorities are missing is given a direction: %s", list[:3])
	}
	if rows := len(table(t, c, "kits_by_area").Rows); rows != 153 {
		t.Errorf("the table of authorities has %d rows", rows)
	}
	if got := shown(table(t, c, "kits_by_channel")); !strings.Contains(got, " [p]") {
		t.Errorf("a sum without 22 authorities is not marked\n%s", got)
	}
	for _, key := range []string{"coverage_map", "coverage_funnel"} {
		if !slices.ContainsFunc(c.Chapter("coverage").Blocks, func(b content.Block) bool { p, is := b.(*content.Picture); return is && p.Key == key }) {
			t.Errorf("there is no %s", key)
		}
	}
	all := strings.Join(text(c), "\n")
	for _, never := range []string{"health board", "problem drug use", "increase", "NaN", "{"} {
		if strings.Contains(all, never) {
			t.Errorf("it says %q", never)
		}
	}
	body := []byte(c.Document().Body())
	var zip, br bytes.Buffer
	z, _ := gzip.NewWriterLevel(&zip, gzip.BestCompression)
	b := brotli.NewWriterLevel(&br, brotli.BestCompression)
	for _, w := range []io.WriteCloser{z, b} {
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d bytes, gzip %d, brotli %d", len(body), zip.Len(), br.Len())
	if zip.Len() > 53_000 || br.Len() > 46_000 {
		t.Errorf("the page is too large: gzip %d, brotli %d", zip.Len(), br.Len())
	}
}

// TestPictures: each has a title, words, a table beneath, and sound markup without style or script; ids are there once.
func TestPictures(t *testing.T) {
	for _, in := range []compose.Input{scotlandInput(), {Snapshot: england(t)}} {
		c := composed(t, in)
		n := 0
		seen := map[string]bool{}
		for _, ch := range c.Chapters {
			if seen[ch.Key] {
				t.Errorf("the key %s is there twice", ch.Key)
			}
			seen[ch.Key] = true
			for i, b := range ch.Blocks {
				if x, is := b.(*content.Table); is {
					if seen[x.Key] || x.Title == "" {
						t.Errorf("the table %s is there twice, or has no title", x.Key)
					}
					seen[x.Key] = true
				}
				p, is := b.(*content.Picture)
				if !is {
					continue
				}
				n++
				if seen[p.Key] {
					t.Errorf("the key %s is there twice", p.Key)
				}
				seen[p.Key] = true
				if p.Title == "" || p.Alt == "" || p.Subtitle == "" || p.Source == "" || p.Markup == "" {
					t.Errorf("the picture %s lacks something: %+v", p.Key, p)
				}
				found := false
				for _, next := range ch.Blocks[i+1:] {
					if x, is := next.(*content.Table); is {
						found = x.Key == p.Table
						break
					}
				}
				if !found {
					t.Errorf("the table %s is not beneath the picture %s", p.Table, p.Key)
				}
				d := xml.NewDecoder(strings.NewReader(string(p.Markup)))
				for {
					token, err := d.Token()
					if err == io.EOF {
						break
					}
					if err != nil {
						t.Fatalf("%s: %v", p.Key, err)
					}
					if e, is := token.(xml.StartElement); is && (e.Name.Local == "script" || slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") })) {
						t.Errorf("%s has %v", p.Key, e)
					}
				}
			}
		}
		if n < 5 {
			t.Errorf("there are %d pictures", n)
		}
	}
}

// TestAnnualAndLocal: years are told against years, and a local bulletin names no outlet and no other area.
func TestAnnualAndLocal(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	b := newSnapshot(frozen.Annual, eng, "England", "2024/25", "2025-07-01")
	for _, name := range []string{"Aberford", "Barley", "Corby Mill"} {
		b.s.Areas = append(b.s.Areas, frozen.Area{Code: "E0600000" + name[:1], Name: name, Kind: "authority"})
	}
	b.fill(r, 0)
	c := composed(t, compose.Input{Snapshot: b.done()})
	all := strings.Join(text(c), "\n")
	if !strings.Contains(c.Title, "annual report, 2024/25") || !strings.Contains(all, "the year before") || strings.Contains(all, "quarter") {
		t.Errorf("an annual report says\n%s", all)
	}
	if slices.ContainsFunc(c.Chapter("coverage").Blocks, func(b content.Block) bool {
		p, is := b.(*content.Picture)
		return is && p.Key == "coverage_map"
	}) {
		t.Error("three authorities are a map")
	}
	if got := len(table(t, c, "kits_by_channel").Rows); got != 6 {
		t.Errorf("a series of years has %d", got)
	}

	l := newSnapshot(frozen.Local, "E06000001", "Hartlepool", "2025/26-Q2", "2025-11-20")
	l.s.Areas = []frozen.Area{{Code: "E06000001", Name: "Hartlepool", Kind: "authority"}}
	l.fill(r, 0)
	c = composed(t, compose.Input{Snapshot: l.done()})
	if c.Chapter("areas") != nil || c.Chapter("combined") == nil || !strings.Contains(c.Title, "Hartlepool: local bulletin") {
		t.Errorf("a local bulletin is %q", c.Title)
	}
	if all := strings.Join(text(c), "\n"); strings.Contains(all, "authorities with figures") || strings.Contains(all, "No authority is known") {
		t.Errorf("a local bulletin speaks of others\n%s", all)
	}
}
