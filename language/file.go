package language

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/feature/plural"
)

// entry is one line of a file of messages, as it is written.
type entry struct {
	key   string
	text  string
	forms []formText // in place of text, where it has plural forms
}

type formText struct{ form, text string }

// readFile reads the lines of a file in their order. A key that stands twice is a mistake that a map would hide.
func readFile(body []byte) ([]entry, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	var list []entry
	err := readObject(d, func(key string, t json.Token) error {
		e := entry{key: key}
		switch t := t.(type) {
		case string:
			e.text = t
		case json.Delim:
			if t != '{' {
				return fmt.Errorf("%s: it is neither a text nor texts by plural form", key)
			}
			err := readMembers(d, func(form string, t json.Token) error {
				text, ok := t.(string)
				if !ok {
					return fmt.Errorf("%s: the form %s is no text", key, form)
				}
				e.forms = append(e.forms, formText{form, text})
				return nil
			})
			if err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s: it is neither a text nor texts by plural form", key)
		}
		list = append(list, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("there is something after the last }")
	}
	return list, nil
}

func readObject(d *json.Decoder, each func(string, json.Token) error) error {
	t, err := d.Token()
	if err != nil {
		return fmt.Errorf("it is no JSON: %w", err)
	}
	if t != json.Delim('{') {
		return fmt.Errorf("it does not begin with {")
	}
	return readMembers(d, each)
}

func readMembers(d *json.Decoder, each func(string, json.Token) error) error {
	seen := map[string]bool{}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return fmt.Errorf("it is no JSON: %w", err)
		}
		key, _ := k.(string)
		if seen[key] {
			return fmt.Errorf("%s: it stands there twice", key)
		}
		seen[key] = true
		t, err := d.Token()
		if err != nil {
			return fmt.Errorf("%s: it is no JSON: %w", key, err)
		}
		if err := each(key, t); err != nil {
			return err
		}
	}
	_, err := d.Token() // the }
	if err != nil {
		return fmt.Errorf("it is no JSON: %w", err)
	}
	return nil
}

// markupEnd is how the names of files end whose messages have markup.
const markupEnd = ".html.json"

// prefixOf is what the keys in a file begin with.
func prefixOf(file string) (prefix string, markup bool) {
	if name, ok := strings.CutSuffix(file, markupEnd); ok {
		return name + ".", true
	}
	return strings.TrimSuffix(file, ".json") + ".", false
}

// read makes a message of an entry, and checks what can be checked without another language beside it.
func (w *Words) read(file string, e entry) (message, error) {
	prefix, markup := prefixOf(file)
	if !strings.HasPrefix(e.key, prefix) {
		return message{}, fmt.Errorf("keys in this file begin with %q", prefix)
	}
	m := message{file: file, markup: markup, counts: e.forms != nil, forms: map[plural.Form][]part{}}
	if !m.counts {
		t, err := parse(e.text, markup)
		if err == nil && e.text == "" {
			err = fmt.Errorf("it says nothing; leave it out to have English there")
		}
		m.forms[plural.Other] = t
		return m, err
	}
	need := forms(w.rules)
	for _, x := range e.forms {
		form, ok := formNamed(x.form, need)
		if !ok {
			return m, fmt.Errorf("%s has no form %q; it needs %s", w.Tag, x.form, names(need))
		}
		t, err := parse(x.text, markup)
		if err == nil && x.text == "" {
			err = fmt.Errorf("it says nothing")
		}
		if err != nil {
			return m, fmt.Errorf("form %s: %w", x.form, err)
		}
		m.forms[form] = t
	}
	for _, f := range need {
		if m.forms[f] == nil {
			return m, fmt.Errorf("the form %q is missing; %s needs %s", formName(f), w.Tag, names(need))
		}
	}
	return m, nil
}

func formNamed(name string, among []plural.Form) (plural.Form, bool) {
	for _, f := range among {
		if formName(f) == name {
			return f, true
		}
	}
	return plural.Other, false
}

// names lists forms as a file has them.
func names(list []plural.Form) string {
	var out []string
	for _, x := range formNames {
		if _, ok := formNamed(x.name, list); ok {
			out = append(out, x.name)
		}
	}
	return strings.Join(out, ", ")
}
