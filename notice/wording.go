package notice

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
)

// Wording is one text that tells the public what to do. What it says is clinical: it has a version, and a clinician
// approves one version by name. A changed word is a new version, which nobody has approved yet.
type Wording struct {
	Key      string
	Version  int
	Notice   string // the number of the notice that it is about alone; empty for a text of general use
	Title    string
	Blocks   []Block
	Approved *Approval // nil until somebody has
}

// Block is a paragraph, or a list of steps to be done in their order.
type Block struct {
	Text  string
	Steps []string
}

// Approval says who stands behind a version of a text. The name is meant to be shown to everybody.
type Approval struct {
	Name string
	Role string // "consultant in addiction medicine", "superintendent pharmacist"
	On   civil.Date
}

// ID names a text with its version: "last-resort/1".
func (w Wording) ID() string { return w.Key + "/" + strconv.Itoa(w.Version) }

// Steps are those of the text's first list; none if it has none.
func (w Wording) Steps() []string {
	for _, b := range w.Blocks {
		if b.Steps != nil {
			return b.Steps
		}
	}
	return nil
}

// With fills in what stands in braces: With("until", "the end of June 2027") puts it for {until}.
func (w Wording) With(pairs ...string) Wording {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	r := strings.NewReplacer(pairs...)
	w.Title, w.Blocks = r.Replace(w.Title), slices.Clone(w.Blocks)
	for i := range w.Blocks {
		w.Blocks[i].Text = r.Replace(w.Blocks[i].Text)
	}
	return w
}

//go:embed wording/*.md
var wordingFiles embed.FS

// wordings are the built-in texts by key.
var wordings = mustReadWordings(wordingFiles)

// mustReadWordings reads the embedded texts: a mistake in one is a mistake in the program.
func mustReadWordings(from fs.FS) map[string]Wording {
	all := map[string]Wording{}
	names, err := fs.Glob(from, "wording/*.md")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			panic(err)
		}
		w, err := readWording(strings.TrimSuffix(path.Base(name), ".md"), string(text))
		if err != nil {
			panic(err)
		}
		all[w.Key] = w
	}
	return all
}

// readWording reads a text: lines "name: value" to the first empty one, then paragraphs and numbered lists with empty
// lines between.
func readWording(key, text string) (Wording, error) {
	w := Wording{Key: key}
	head, body, _ := strings.Cut(text, "\n\n")
	for _, line := range strings.Split(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "version":
			w.Version, _ = strconv.Atoi(value)
		case "title":
			w.Title = value
		case "notice":
			w.Notice = value
		default:
			return w, fmt.Errorf("notice: wording %s has a line %q in its head", key, line)
		}
	}
	for _, part := range strings.Split(strings.TrimSpace(body), "\n\n") {
		var b Block
		for _, line := range strings.Split(part, "\n") {
			if step, ok := strings.CutPrefix(line, "1. "); ok {
				b.Steps = append(b.Steps, step)
			} else {
				b.Text = strings.TrimSpace(b.Text + " " + line)
			}
		}
		if (b.Text == "") == (b.Steps == nil) {
			return w, fmt.Errorf("notice: wording %s has a part that is neither a paragraph nor a list", key)
		}
		w.Blocks = append(w.Blocks, b)
	}
	if w.Version < 1 || w.Title == "" {
		return w, fmt.Errorf("notice: wording %s needs a version and a title", key)
	}
	return w, nil
}
