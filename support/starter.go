package support

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed guidance/*.md
var starterFiles embed.FS

// Starters are the pages that come with the program, by key: texts of our own that a nation may take, change or replace.
// Each file begins with lines "name: value" (title, gaps, public), then an empty line, then Markdown.
func Starters() []Page { return slices.Clone(starters()) }

var starters = sync.OnceValue(func() []Page {
	names, err := fs.Glob(starterFiles, "guidance/*.md")
	if err != nil {
		panic(err)
	}
	var list []Page
	for _, name := range names {
		text, err := starterFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		list = append(list, readStarter(strings.TrimSuffix(strings.TrimPrefix(name, "guidance/"), ".md"), string(text)))
	}
	return list
})

func readStarter(key, text string) Page {
	head, body, _ := strings.Cut(text, "\n\n")
	p := Page{Key: key, Markdown: strings.TrimSpace(body)}
	for _, line := range strings.Split(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); name {
		case "title":
			p.Title = value
		case "public":
			p.Public = value == "yes"
		case "gaps":
			for _, k := range strings.Fields(value) {
				p.Gaps = append(p.Gaps, GapKind(k))
			}
		}
	}
	return p
}
