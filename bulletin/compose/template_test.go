package compose

import (
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/frozen"
)

// TestTemplates: each file is read, has every chapter once and nothing that is not filled in.
func TestTemplates(t *testing.T) {
	files, err := templateFiles.ReadDir("templates")
	if err != nil || len(files) != 4 {
		t.Fatalf("%d templates: %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".json")
		if got := builtIn(name); got.Name == "" || got.Title == "" {
			t.Errorf("%s has no name or title", name)
		}
	}
	for _, kind := range []frozen.Kind{frozen.Quarterly, frozen.Annual, frozen.Local} {
		for _, nation := range []string{"E92000001", scotland, "W92000004", ""} {
			u := Usual(kind, nation)
			var keys []string
			for _, c := range u.Chapters {
				keys = append(keys, c.Key)
				if c.Title == "" {
					t.Errorf("%s, %s: %s has no title", kind, nation, c.Key)
				}
			}
			want := Chapters()
			if kind == frozen.Local {
				want = slices.DeleteFunc(want, func(k string) bool { return k == "areas" })
			}
			if !slices.Equal(keys, want) {
				t.Errorf("%s, %s: the chapters are %v", kind, nation, keys)
			}
			if board := u.Words["authority"] == "health board"; board != (nation == scotland) {
				t.Errorf("%s, %s: the words are %v", kind, nation, u.Words)
			}
			s := &frozen.Snapshot{Kind: kind, Period: "2021/22", AsOf: "2022-05-01", Area: frozen.Area{Code: nation, Name: "Somewhere"}}
			b, err := open(Input{Snapshot: s})
			if err != nil {
				t.Fatal(err)
			}
			texts := []string{u.Title}
			for _, c := range u.Chapters {
				texts = append(texts, c.Title, c.Intro)
			}
			for _, text := range texts {
				if got := b.fill(text); strings.ContainsAny(got, "{}") || strings.Contains(got, "  ") || text != "" && got == "" {
					t.Errorf("%q is filled in as %q", text, got)
				}
			}
		}
	}
	one := Usual(frozen.Quarterly, "E92000001")
	one.Words["authority"], one.Chapters[0].Title = "changed", "changed"
	if two := Usual(frozen.Quarterly, "E92000001"); two.Words["authority"] == "changed" || two.Chapters[0].Title == "changed" {
		t.Error("two bulletins share a template")
	}
}

func TestParseTemplate(t *testing.T) {
	if _, err := ParseTemplate([]byte(`{"Name":"A","Title":"{area}, {authorities}","Chapters":[{"Key":"prison","Title":"P {span}","Intro":"","Out":true}]}`)); err != nil {
		t.Errorf("a sound template is refused: %v", err)
	}
	for _, bad := range []string{"", "[]", `{"Colour":"red"}`, `{"Title":"{moon}"}`, `{"Chapters":[{"Key":"weather"}]}`, `{"Chapters":[{"Key":"prison"},{"Key":"prison"}]}`, `{"Chapters":[{"Key":"prison","Intro":"{}"}]}`} {
		if got, err := ParseTemplate([]byte(bad)); err == nil {
			t.Errorf("%s was read as %+v", bad, got)
		}
	}
}
