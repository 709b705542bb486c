package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/staff"
)

var libraryCommand = command{
	name: "library", args: "import|export|add|highlight|queue|search|... [ARGUMENT...]", brief: "Keep the research library",
	more: `import     FILE... of RIS, BibTeX, PubMed XML, CSL-JSON or CSV, seen by what is in it; - is stdin. New research becomes public
           at once, or proposed with --propose; what is here already is filled, never overwritten. --dry-run only tells
export     everything public, as --format ris, bibtex, csl-json, pubmed or csv; --out FILE writes a file
add        one work: --doi or --pmid look it up, where there is a network; --title and the rest say it yourself
accept     make KEY public
hide       take KEY from the public shelf
highlight  show KEY first: --place, --from, --until, --words; --end takes it from the highlights
queue      what the public suggests, a row each; --all with what was decided on
take       make a proposed work of the suggestion REFERENCE
decline    decide against REFERENCE: --note says why, to its sender
search     find WORDS: --topic, --kind, --country, --recommendation, --year 2020 or 2018-2022, --page`,
	setup: func(s *session) func(context.Context, []string) error {
		l := &keeping{session: s}
		s.useDatabase()
		s.flags.StringVar(&l.format, "format", "", "`FORMAT` of export (ris, bibtex, csl-json, pubmed, csv), or of queue and search (table, csv, json)")
		s.flags.StringVar(&l.out, "out", "", "`FILE` to export to")
		s.flags.BoolVar(&l.propose, "propose", false, "import and add: leave it to somebody to accept")
		s.flags.BoolVar(&l.dryRun, "dry-run", false, "import: tell what would become of each file and store nothing")
		l.itemFlags()
		s.flags.IntVar(&l.highlight.Place, "place", 0, "highlight: `NUMBER` in the order, 1 first")
		s.flags.StringVar(&l.from, "from", "", "highlight: first `DATE`")
		s.flags.StringVar(&l.until, "until", "", "highlight: last `DATE`")
		s.flags.StringVar(&l.highlight.Words, "words", "", "highlight: `TEXT` that says why")
		s.flags.BoolVar(&l.end, "end", false, "highlight: end it")
		s.flags.BoolVar(&l.all, "all", false, "queue: also what was decided on")
		s.flags.StringVar(&l.note, "note", "", "take and decline: `TEXT` for the sender")
		s.flags.IntVar(&l.recommendation, "recommendation", 0, "search: `NUMBER` of a recommendation, 1 to 6")
		s.flags.IntVar(&l.page, "page", 1, "search: `NUMBER` of the page")
		l.crossref, l.pubmed = s.useLookups()
		return l.run
	},
}

// keeping is one run of the library command.
type keeping struct {
	*session
	format, out               string
	propose, dryRun, end, all bool
	item                      typedItem
	highlight                 library.Highlight
	from, until, note         string
	recommendation, page      int
	crossref, pubmed          *setting

	args  []string
	rooms *rooms
}

// libraryDeeds are what can follow "library": the deed, what it needs, and which formats it takes.
var libraryDeeds = []struct {
	name  string
	needs string
	deed  func(*keeping, context.Context) error
}{
	{"import", "a FILE", (*keeping).importFiles},
	{"export", "", (*keeping).export},
	{"add", "", (*keeping).add},
	{"accept", "the KEY of a work", (*keeping).accept},
	{"hide", "the KEY of a work", (*keeping).hide},
	{"highlight", "the KEY of a work", (*keeping).highlightKey},
	{"queue", "", (*keeping).queue},
	{"take", "the REFERENCE of a suggestion", (*keeping).take},
	{"decline", "the REFERENCE of a suggestion", (*keeping).decline},
	{"search", "WORDS", (*keeping).search},
}

func (l *keeping) run(ctx context.Context, args []string) error {
	var words []string
	for _, d := range libraryDeeds {
		words = append(words, d.name)
	}
	if len(args) == 0 {
		return usage("library needs one of %s", strings.Join(words, ", ")).try("everykit library --help")
	}
	for _, d := range libraryDeeds {
		if d.name != args[0] {
			continue
		}
		l.args = args[1:]
		if err := l.arguments(d.name, d.needs); err != nil {
			return err
		}
		open := l.existing
		if d.name == "import" || d.name == "add" {
			open = l.existingOrNew
		}
		var err error
		if l.rooms, err = open(ctx); err != nil {
			return err
		}
		defer l.rooms.DB.Close()
		return d.deed(l, ctx)
	}
	return usage("library cannot %q%s", args[0], meant(args[0], words)).try("everykit library --help")
}

// arguments checks what was given before any database is opened or made.
func (l *keeping) arguments(deed, needs string) error {
	switch deed {
	case "queue", "search":
		if l.format == "" {
			l.format = "table"
		}
		if err := checkFormat(l.format); err != nil {
			return err
		}
	case "export":
		if l.format == "" {
			return usage("library export needs --format").try("--format ris, bibtex, csl-json, pubmed or csv")
		}
		if _, err := library.ParseFormat(l.format); err != nil {
			return usage("there is no format %q", l.format).try("--format ris, bibtex, csl-json, pubmed or csv")
		}
	case "decline":
		if l.note == "" {
			return usage("library decline needs --note").try("say why, in words its sender can read")
		}
	case "add":
		if err := l.item.check(); err != nil {
			return err
		}
	}
	many := deed == "import" || deed == "search"
	switch {
	case needs == "":
		return l.want(l.args)
	case many && len(l.args) > 0:
		return nil
	}
	return l.want(l.args, needs)
}

func (l *keeping) importFiles(ctx context.Context) error {
	taken := 0
	for _, path := range l.args {
		n, err := l.importFile(ctx, path)
		if err != nil {
			return err
		}
		taken += n
	}
	if taken == 0 {
		return errSaid
	}
	return nil
}

// importFile tells what became of one file, and gives how many of its records could be read.
func (l *keeping) importFile(ctx context.Context, path string) (int, error) {
	name, data, err := l.read(path)
	if err != nil {
		return 0, err
	}
	state := library.Accepted
	if l.propose {
		state = library.Proposed
	}
	o, err := l.rooms.Library.Import(ctx, staff.Operator(), data, state, l.dryRun)
	if faults := fault.Of(err); len(faults) > 0 {
		l.complain(name+": "+faults[0].Message, faults[0].Next)
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for _, r := range o.Refused {
		title := ""
		if r.Title != "" {
			title = strconv.Quote(r.Title) + ": "
		}
		l.say("%s:%d: refused: %s%s", name, r.Line, title, r.Reason)
	}
	if o.Asides > 0 {
		l.say("%s: %s without a place here, left aside: %s", name, plural(o.Asides, "field"), asideNames(o.Aside))
	}
	for _, m := range o.Lines {
		if m.Merged {
			l.say("%s:%d: merged into %s", name, m.Line, m.Key)
		}
	}
	_, err = fmt.Fprintf(l.Out, "%s: %s: read %d, added %d, merged %d, refused %d\n", name, o.Format, o.Read(), o.Added(), o.Merged(), len(o.Refused))
	return len(o.Lines), err
}

// asideNames lists the fields that were left aside, each once.
func asideNames(list []library.Aside) string {
	var names []string
	seen := map[string]bool{}
	for _, a := range list {
		if a.Field != "" && !seen[a.Field] && len(names) < 20 {
			seen[a.Field] = true
			names = append(names, a.Field)
		}
	}
	if len(names) == 0 {
		return "words outside of any entry"
	}
	return strings.Join(names, ", ")
}

func (l *keeping) read(path string) (name string, data []byte, err error) {
	var in io.Reader = l.In
	name = "stdin"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", nil, fault.New(fault.NotFound, "the file %s cannot be read", path).Hint("check its name").Because(err)
		}
		defer f.Close()
		in, name = f, filepath.Base(path)
	}
	data, err = io.ReadAll(io.LimitReader(in, library.MostFile+1))
	if err != nil {
		return "", nil, fault.New(fault.Unavailable, "%s cannot be read", name).Because(err)
	}
	return name, data, nil
}

func (l *keeping) export(ctx context.Context) error {
	format, err := library.ParseFormat(l.format)
	if err != nil {
		return err
	}
	list, err := l.rooms.Library.Public(ctx, 0)
	if err != nil {
		return err
	}
	if l.out == "" {
		err = library.Write(l.Out, format, list)
	} else {
		err = l.exportFile(format, list)
	}
	if err == nil {
		l.say("%s: %s", format, plural(len(list), "item"))
	}
	return err
}

func (l *keeping) exportFile(format library.Format, list []library.Item) error {
	f, err := newFile(l.out)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := library.Write(f, format, list); err != nil {
		return err
	}
	return f.keep()
}

func (l *keeping) accept(ctx context.Context) error {
	if err := l.rooms.Library.Accept(ctx, staff.Operator(), l.args[0]); err != nil {
		return err
	}
	l.say("%s: public", l.args[0])
	return nil
}

func (l *keeping) hide(ctx context.Context) error {
	if err := l.rooms.Library.Hide(ctx, staff.Operator(), l.args[0]); err != nil {
		return err
	}
	l.say("%s: hidden", l.args[0])
	return nil
}

func (l *keeping) highlightKey(ctx context.Context) error {
	key := l.args[0]
	if l.end {
		if err := l.rooms.Library.RemoveHighlight(ctx, staff.Operator(), key); err != nil {
			return err
		}
		l.say("%s: no highlight any more", key)
		return nil
	}
	h := l.highlight
	h.From, h.Until = civil.None, civil.None
	for _, d := range []struct {
		name, text string
		to         *civil.Date
	}{{"from", l.from, &h.From}, {"until", l.until, &h.Until}} {
		if d.text == "" {
			continue
		}
		day, err := civil.ParseDate(d.text)
		if err != nil {
			return usage("%s", err).try("--%s 2026-12-31", d.name)
		}
		*d.to = day
	}
	if err := l.rooms.Library.SetHighlight(ctx, staff.Operator(), key, h); err != nil {
		return err
	}
	l.say("%s: highlighted", key)
	return nil
}

func (l *keeping) queue(ctx context.Context) error {
	verdict := library.Waiting
	if l.all {
		verdict = 0
	}
	list, err := l.rooms.Library.Queue(ctx, staff.Operator(), verdict)
	if err != nil {
		return err
	}
	var rows [][]string
	for i := range list {
		q := &list[i]
		rows = append(rows, []string{q.Reference, day(q.SentAt), q.Verdict.String(), q.Title, q.Link, strings.ReplaceAll(q.Why, "\n", " "), q.Key, q.Note})
	}
	return l.print(l.format, []string{"reference", "sent_on", "state", "title", "link", "why", "key", "note"}, rows)
}

func (l *keeping) take(ctx context.Context) error {
	q, err := l.rooms.Library.Queued(ctx, staff.Operator(), l.args[0])
	if err != nil {
		return err
	}
	var draft *library.Item
	if found, err := finder(l.crossref, l.pubmed).Find(ctx, q.Link); err == nil {
		draft = found
	} else if !errors.Is(err, context.Canceled) && q.Link != "" {
		l.say("not looked up: %s", err)
	}
	key, err := l.rooms.Library.TakeUp(ctx, staff.Operator(), q.Reference, draft, l.note)
	if err != nil {
		return err
	}
	l.say("%s: proposed as %s; everykit library accept %s makes it public", q.Reference, key, key)
	return nil
}

func (l *keeping) decline(ctx context.Context) error {
	if err := l.rooms.Library.Decline(ctx, staff.Operator(), l.args[0], l.note); err != nil {
		return err
	}
	l.say("%s: declined", l.args[0])
	return nil
}

// useLookups gives a command the flags of where references are looked up by their number.
func (s *session) useLookups() (crossref, pubmed *setting) {
	return s.setting("crossref", "EVERYKIT_CROSSREF", library.CrossrefAddress, "`ADDRESS` that answers as Crossref does, or off"),
		s.setting("pubmed", "EVERYKIT_PUBMED", library.PubMedAddress, "`ADDRESS` that answers as PubMed does, or off")
}
