package language

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	tags "golang.org/x/text/language"

	"everykit/fault"
)

// head is the file of a language that says which it is.
type head struct {
	Tag       string `json:"tag"`
	Name      string `json:"name"`
	Direction string `json:"direction"`
}

const headFile = "language.json"

// taken are tags that would hide addresses of this site.
var taken = []string{"api"}

// Load reads languages from a folder given by the operator (everykit serve --languages DIR): the folder itself if it has a
// language.json, else each of its folders that has one. It is an error (fault.Invalid, one for each mistake, with file and key) to
// have a key that English has not, or a place that its English message has not, and all else that package language refuses.
// Nothing is loaded if anything is wrong.
func Load(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fault.New(fault.Invalid, "there is no folder %s with languages", dir).Hint("give --languages a folder that holds one folder a language").Because(err)
	}
	read, err := ReadAll(os.DirFS(dir))
	if err != nil {
		return err
	}
	var clash fault.List
	change(func(all []*Words) []*Words {
		for _, w := range read {
			if slices.ContainsFunc(append(slices.Clone(all), English()), func(o *Words) bool { return o.Path == w.Path || o.Tag == w.Tag }) {
				clash = append(clash, fault.New(fault.Invalid, "the language %s is there twice", w.Tag).At(headFile))
			}
		}
		if clash != nil {
			return all
		}
		return append(all, read...)
	})
	return clash.Err()
}

// ReadAll is Load without adding what was read.
func ReadAll(fsys fs.FS) ([]*Words, error) {
	var wrong fault.List
	var folders []string
	if _, err := fs.Stat(fsys, headFile); err == nil {
		folders = []string{"."}
	} else {
		found, err := fs.Glob(fsys, "*/"+headFile)
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			folders = append(folders, path.Dir(name))
		}
	}
	if folders == nil {
		return nil, fault.New(fault.Invalid, "there is no language in this folder").Hint("each language is a folder with a file %s", headFile)
	}
	var all []*Words
	for _, folder := range folders {
		l := &loader{fsys: fsys, folder: folder}
		w := l.words()
		if w != nil && slices.ContainsFunc(all, func(o *Words) bool { return o.Path == w.Path }) {
			l.say(headFile, "", fmt.Errorf("the language %s is there twice", w.Tag))
		}
		all = append(all, w)
		wrong = append(wrong, l.wrong...)
	}
	return all, wrong.Err()
}

// loader reads one language and gathers what is wrong with it.
type loader struct {
	fsys   fs.FS
	folder string
	wrong  fault.List
}

// say notes a mistake: in which file, under which key.
func (l *loader) say(file, key string, err error) {
	where := path.Join(l.folder, file)
	if key != "" {
		where += ": " + key
	}
	l.wrong = append(l.wrong, fault.New(fault.Invalid, "%s: %s", where, err.Error()).At(where))
}

func (l *loader) words() *Words {
	w := l.head()
	if w == nil {
		return nil
	}
	files, err := fs.Glob(l.fsys, path.Join(l.folder, "*.json"))
	if err != nil {
		l.say("", "", err)
		return nil
	}
	for _, name := range files {
		if file := path.Base(name); file != headFile {
			l.messages(w, name, file)
		}
	}
	return w
}

func (l *loader) head() *Words {
	body, err := fs.ReadFile(l.fsys, path.Join(l.folder, headFile))
	if err != nil {
		l.say(headFile, "", err)
		return nil
	}
	var h head
	if err := json.Unmarshal(body, &h); err != nil {
		l.say(headFile, "", fmt.Errorf("it is no JSON: %w", err))
		return nil
	}
	tag, err := tags.Parse(h.Tag)
	switch {
	case err != nil || h.Tag == "":
		err = fmt.Errorf("%q is no language tag; write one such as cy", h.Tag)
	case h.Name == "":
		err = fmt.Errorf("it has no name: how its own speakers write it")
	case h.Direction != "" && h.Direction != "ltr" && h.Direction != "rtl":
		err = fmt.Errorf("the direction %q is neither ltr nor rtl", h.Direction)
	case tag.String() == "en-GB" || slices.Contains(taken, strings.ToLower(tag.String())):
		err = fmt.Errorf("the tag %s is taken", h.Tag)
	}
	if err != nil {
		l.say(headFile, "", err)
		return nil
	}
	return &Words{
		Tag: tag.String(), Name: h.Name, Path: "/" + strings.ToLower(tag.String()), RTL: h.Direction == "rtl", rules: tag,
		messages: map[string]message{},
	}
}

func (l *loader) messages(w *Words, name, file string) {
	body, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.say(file, "", err)
		return
	}
	list, err := readFile(body)
	if err != nil {
		l.say(file, "", err)
		return
	}
	for _, e := range list {
		ours, ok := English().messages[e.key]
		if !ok {
			l.say(file, e.key, fmt.Errorf("there is no such message in English"))
			continue
		}
		m, err := w.read(file, e)
		if err == nil {
			err = fits(m, ours, forms(w.rules))
		}
		if err != nil {
			l.say(file, e.key, err)
			continue
		}
		w.messages[e.key] = m
	}
}

// fits compares a message with the English one: the same kind, the same places, the same elements.
func fits(m, ours message, need []plural.Form) error {
	switch {
	case m.file != ours.file:
		return fmt.Errorf("it belongs in the file %s", ours.file)
	case m.counts && !ours.counts:
		return fmt.Errorf("it has plural forms, and the English message has none")
	case !m.counts && ours.counts && len(need) > 1:
		return fmt.Errorf("it has one text, and needs the plural forms %s", names(need))
	}
	english := ours.forms[plural.Other]
	may := places(english)
	for f, t := range m.forms {
		have := places(t)
		for _, p := range have {
			if !slices.Contains(may, p) {
				return fmt.Errorf("%sthe English message has no place {%s}", of(m, f), p)
			}
		}
		for _, p := range may {
			counted := m.counts && p == "count" && f != plural.Other // "one kit" need not say 1
			if !slices.Contains(have, p) && !counted {
				return fmt.Errorf("%sthe place {%s} is missing", of(m, f), p)
			}
		}
		if want, got := elements(english), elements(t); !slices.Equal(want, got) {
			return fmt.Errorf("%sit has the elements %s, and the English message %s", of(m, f), spelt(got), spelt(want))
		}
	}
	return nil
}

// of begins a mistake with its plural form, where there are several.
func of(m message, f plural.Form) string {
	if !m.counts {
		return ""
	}
	return "form " + formName(f) + ": "
}

func spelt(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, " ")
}
