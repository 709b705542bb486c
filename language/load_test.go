package language_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/fault"
	"everykit/language"
)

const cymraeg = `{"tag": "cy", "name": "Cymraeg", "direction": "ltr"}`

// folder is a folder with one language and one file of messages.
func folder(head, file, body string) fstest.MapFS {
	return fstest.MapFS{"welsh/language.json": {Data: []byte(head)}, "welsh/" + file: {Data: []byte(body)}}
}

// TestReadsALanguage with all that a language can have of its own.
func TestReadsALanguage(t *testing.T) {
	all, err := language.ReadAll(fstest.MapFS{
		"welsh/language.json": {Data: []byte(cymraeg)},
		"welsh/data.json": {Data: []byte(`{
			"data.title": "Data agored",
			"data.rows-made": {"zero": "{count} rhes, {date}", "one": "un rhes, {date}", "two": "{count} res, {date}", "few": "{count} rhes, {date}", "many": "{count} rhes, {date}", "other": "{count} o resi, {date}"}
		}`)},
		"welsh/data.html.json": {Data: []byte(`{"data.licence-use": "Dan y <a href=\"{path}\">{licence}</a>."}`)},
		"welsh/dates.json":     {Data: []byte(`{"dates.november": "Tachwedd", "dates.day": "{day} {month} {year}"}`)},
		"welsh/numbers.json":   {Data: []byte("{\"numbers.thousands\": \"\u00a0\"}")},
		"arabic/language.json": {Data: []byte(`{"tag": "ar", "name": "العربية", "direction": "rtl"}`)},
		"notes.txt":            {Data: []byte("not a language")},
	})
	if err != nil || len(all) != 2 {
		t.Fatal(err, len(all))
	}
	ar, cy := all[0], all[1]
	if ar.Dir() != "rtl" || ar.Path != "/ar" || cy.Dir() != "ltr" || cy.Path != "/cy" || cy.Lang() != "cy" || cy.Name != "Cymraeg" {
		t.Errorf("%+v, %+v", ar, cy)
	}
	day := civil.On(2026, 11, 23)
	for got, want := range map[string]string{
		cy.T("data.title"):  "Data agored",
		cy.T("check.title"): "Is my kit still good?",
		cy.T("data.rows-made", "count", 1, "date", day):                                       "un rhes, 23 Tachwedd 2026",
		cy.T("data.rows-made", "count", 2, "date", day):                                       "2 res, 23 Tachwedd 2026",
		cy.T("data.rows-made", "count", 1234, "date", day):                                    "1\u00a0234 o resi, 23 Tachwedd 2026",
		cy.Date(civil.On(2026, 12, 1)):                                                        "1 December 2026",
		cy.T("check.typed-in-date", "date", day):                                              "The date you typed is 23 Tachwedd 2026. It has not passed.",
		string(cy.HTML("data.licence-use", "path", "https://x.example/", "licence", "<OGL>")): `Dan y <a href="https://x.example/">&lt;OGL&gt;</a>.`,
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// TestWhatIsRefused is every mistake that a file can have, each named with its file and key.
func TestWhatIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ head, file, body, says string }{
		"unknown key":        {cymraeg, "check.json", `{"check.titel": "x"}`, "welsh/check.json: check.titel: there is no such message in English"},
		"another file":       {cymraeg, "data.json", `{"check.title": "x"}`, `welsh/data.json: check.title: keys in this file begin with "data."`},
		"markup file":        {cymraeg, "check.html.json", `{"check.title": "x"}`, "welsh/check.html.json: check.title: it belongs in the file check.json"},
		"no markup file":     {cymraeg, "remind.json", `{"remind.not-here": "x"}`, "it belongs in the file remind.html.json"},
		"missing place":      {cymraeg, "check.json", `{"check.typed-in-date": "x"}`, "check.typed-in-date: the place {date} is missing"},
		"unknown place":      {cymraeg, "check.json", `{"check.typed-in-date": "{date} {day}"}`, "the English message has no place {day}"},
		"open brace":         {cymraeg, "check.json", `{"check.title": "x {"}`, "after { there must be a name"},
		"closing brace":      {cymraeg, "check.json", `{"check.title": "x }"}`, "it has a } without a {"},
		"wrong form":         {cymraeg, "data.json", `{"data.rows-made": {"one": "{count} {date}", "several": "{count} {date}", "other": "{count} {date}"}}`, `cy has no form "several"; it needs zero, one, two, few, many, other`},
		"missing form":       {cymraeg, "data.json", `{"data.rows-made": {"one": "{count} {date}", "other": "{count} {date}"}}`, `data.rows-made: the form "zero" is missing`},
		"one text":           {cymraeg, "data.json", `{"data.rows-made": "{count} {date}"}`, "it has one text, and needs the plural forms"},
		"forms where none":   {`{"tag":"zh","name":"中文"}`, "check.json", `{"check.title": {"other": "x"}}`, "it has plural forms, and the English message has none"},
		"place in a form":    {`{"tag":"fr","name":"français"}`, "data.json", `{"data.rows-made": {"one": "{count}", "other": "{count} {date}"}}`, "form one: the place {date} is missing"},
		"count in other":     {`{"tag":"de","name":"Deutsch"}`, "data.json", `{"data.rows-made": {"one": "eine, {date}", "other": "{date}"}}`, "form other: the place {count} is missing"},
		"script":             {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"/check\">x</a><script>alert(1)</script>"}`, "it has <script>"},
		"attribute":          {cymraeg, "remind.html.json", `{"remind.not-here": "<a onclick=\"x\" href=\"/check\">x</a>"}`, "has an attribute that it may not have"},
		"address":            {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"javascript:x\">x</a>"}`, "has an attribute that it may not have"},
		"another address":    {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"https://example.org/\">x</a>"}`, "and the English message"},
		"element lost":       {cymraeg, "remind.html.json", `{"remind.not-here": "x"}`, "it has the elements none"},
		"not closed":         {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"/check\">x"}`, "<a> is not closed"},
		"closed twice":       {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"/check\">x</a></a>"}`, "</a> closes nothing"},
		"loose <":            {cymraeg, "remind.html.json", `{"remind.not-here": "<a href=\"/check\">x</a> < 3"}`, "no part of an element"},
		"markup in plain":    {cymraeg, "check.json", `{"check.title": "<em>x</em>"}`, "it has < or >"},
		"empty":              {cymraeg, "check.json", `{"check.title": ""}`, "it says nothing"},
		"twice":              {cymraeg, "check.json", `{"check.title": "x", "check.title": "y"}`, "check.title: it stands there twice"},
		"number":             {cymraeg, "check.json", `{"check.title": 3}`, "check.title: it is neither a text nor"},
		"list":               {cymraeg, "check.json", `{"check.title": ["x"]}`, "check.title: it is neither a text nor"},
		"form of a number":   {cymraeg, "check.json", `{"check.title": {"other": 3}}`, "check.title: the form other is no text"},
		"no JSON":            {cymraeg, "check.json", `{"check.title": `, "check.json"},
		"not an object":      {cymraeg, "check.json", `[]`, "it does not begin with {"},
		"more":               {cymraeg, "check.json", `{} {}`, "something after the last }"},
		"bad tag":            {`{"tag":"Welsh!","name":"x"}`, "check.json", `{}`, "is no language tag"},
		"no tag":             {`{"name":"x"}`, "check.json", `{}`, "is no language tag"},
		"no name":            {`{"tag":"cy"}`, "check.json", `{}`, "it has no name"},
		"direction":          {`{"tag":"cy","name":"x","direction":"up"}`, "check.json", `{}`, "neither ltr nor rtl"},
		"English":            {`{"tag":"en-GB","name":"x"}`, "check.json", `{}`, "the tag en-GB is taken"},
		"an address of ours": {`{"tag":"api","name":"x"}`, "check.json", `{}`, "the tag api is taken"},
		"head no JSON":       {`{`, "check.json", `{}`, "welsh/language.json: it is no JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := language.ReadAll(folder(c.head, c.file, c.body))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it is %v", err)
			}
		})
	}
}

// TestAllMistakesAreTold at once, so that a translator need not find them one by one.
func TestAllMistakesAreTold(t *testing.T) {
	_, err := language.ReadAll(folder(cymraeg, "check.json", `{"check.titel": "x", "check.lot": "{y}", "check.button": "z"}`))
	if n := len(fault.Of(err)); n != 2 {
		t.Errorf("%d mistakes: %v", n, err)
	}
}

// TestLoad loads from a folder of the machine, and loads nothing if anything is wrong.
func TestLoad(t *testing.T) {
	t.Cleanup(language.ForgetOthers)
	dir := t.TempDir()
	write := func(name, body string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "away")} {
		if err := language.Load(path); !fault.Is(err, fault.Invalid) || len(language.All()) != 1 {
			t.Errorf("%s: %v", path, err)
		}
	}
	write("cy/language.json", cymraeg)
	write("cy/check.json", `{"check.title": "A yw fy mhecyn yn dal yn dda?"}`)
	write("xy/language.json", `{"tag": "cy", "name": "twice"}`)
	if err := language.Load(dir); !fault.Is(err, fault.Invalid) || len(language.All()) != 1 {
		t.Errorf("one language twice: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "xy")); err != nil {
		t.Fatal(err)
	}
	if err := language.Load(dir); err != nil {
		t.Fatal(err)
	}
	cy := language.All()[1]
	if w, rest := language.For("/cy/check"); w != cy || rest != "/check" || cy.T("check.title") != "A yw fy mhecyn yn dal yn dda?" {
		t.Errorf("it is not there: %s", rest)
	}
	if err := language.Load(filepath.Join(dir, "cy")); !fault.Is(err, fault.Invalid) {
		t.Errorf("it is loaded twice: %v", err)
	}
}

// TestAnyTextOrRefusal: whatever a file holds, a language is read whole or refused with a fault, and what was read never writes an
// element that its English message does not have.
func TestAnyTextOrRefusal(t *testing.T) {
	piece := rapid.SampledFrom([]string{"<a href=\"/check\">", "</a>", "<b>", "<", ">", "{x}", "{", "}", "&amp;", "&", "x", " ", "\"", "é", "<script>", "<a href=\"{x}\">"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
		body := `{"remind.not-here": "` + strings.ReplaceAll(text, `"`, `\"`) + `"}`
		all, err := language.ReadAll(folder(cymraeg, "remind.html.json", body))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		got := string(all[0].HTML("remind.not-here"))
		if strings.Count(got, "<") != 2 || !strings.Contains(got, `<a href="/cy/check">`) {
			t.Fatalf("%q becomes %q", text, got)
		}
	})
}
