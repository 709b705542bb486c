package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/library"
	"everykit/staff"
)

// typedItem is one work as flags say it. Search uses some of them too.
type typedItem struct {
	doi, pmid, title, journal, publisher, volume, issue, pages, link, summary, country, kind, year string
	authors, topics                                                                                []string
}

func (l *keeping) itemFlags() {
	for _, f := range []struct {
		to          *string
		name, words string
	}{
		{&l.item.doi, "doi", "add: `DOI`, looked up at Crossref"},
		{&l.item.pmid, "pmid", "add: PubMed `NUMBER`, looked up there"},
		{&l.item.title, "title", "add: `TITLE`"},
		{&l.item.journal, "journal", "add: `NAME` of the journal"},
		{&l.item.publisher, "publisher", "add: `NAME` of the publisher"},
		{&l.item.volume, "volume", "add: `VOLUME`"},
		{&l.item.issue, "issue", "add: `ISSUE`"},
		{&l.item.pages, "pages", "add: `PAGES`"},
		{&l.item.link, "link", "add: `ADDRESS` of a page"},
		{&l.item.summary, "summary", "add: `TEXT` in plain words"},
		{&l.item.country, "country", "add and search: `COUNTRY`"},
		{&l.item.kind, "kind", "add and search: `KIND`: study, review, report, guidance, statistics or essay"},
		{&l.item.year, "year", "add and search: `YEAR`; search also takes 2018-2022"},
	} {
		l.flags.StringVar(f.to, f.name, "", f.words)
	}
	l.flags.Func("author", "add: `NAME` as \"Family, Given\"; may be given again", func(s string) error {
		l.item.authors = append(l.item.authors, s)
		return nil
	})
	l.flags.Func("topic", "add and search: `TOPIC`; may be given again to add", func(s string) error {
		_, err := library.ParseTopic(s)
		l.item.topics = append(l.item.topics, s)
		return err
	})
}

// check refuses what cannot be a work.
func (t *typedItem) check() error {
	if t.doi == "" && t.pmid == "" && t.title == "" {
		return usage("library add needs --doi, --pmid or --title").try("everykit library --help")
	}
	if _, ok := library.ParseDOI(t.doi); t.doi != "" && !ok {
		return usage("%q is not a DOI", t.doi).try("--doi 10.1111/add.15682")
	}
	if _, ok := library.ParsePMID(t.pmid); t.pmid != "" && !ok {
		return usage("%q is not a PubMed number", t.pmid).try("--pmid 37713939")
	}
	if y, err := strconv.Atoi(t.year); t.year != "" && (err != nil || y < library.MinYear || y > library.MaxYear) {
		return usage("%q is not a year", t.year).try("--year 2026")
	}
	if t.kind != "" {
		if _, err := library.ParseKind(t.kind); err != nil {
			return usage("there is no kind %q", t.kind).try("study, review, report, guidance, statistics or essay")
		}
	}
	return nil
}

// over puts what was typed over what a look-up found.
func (t *typedItem) over(it *library.Item) {
	for _, f := range []struct {
		to    *string
		typed string
	}{
		{&it.DOI, t.doi},
		{&it.PMID, t.pmid},
		{&it.Title, t.title},
		{&it.Journal, t.journal},
		{&it.Publisher, t.publisher},
		{&it.Volume, t.volume},
		{&it.Issue, t.issue},
		{&it.Pages, t.pages},
		{&it.Link, t.link},
		{&it.Summary, t.summary},
		{&it.Country, t.country},
	} {
		if f.typed != "" {
			*f.to = f.typed
		}
	}
	if len(t.authors) > 0 {
		it.Authors, it.EtAl = library.ParseAuthors(strings.Join(t.authors, ";"))
	}
	if y, err := strconv.Atoi(t.year); err == nil {
		it.Year = y
	}
	if k, err := library.ParseKind(t.kind); err == nil {
		it.Kind = k
	}
	for _, s := range t.topics {
		if topic, err := library.ParseTopic(s); err == nil {
			it.Topics = append(it.Topics, topic)
		}
	}
}

// finder asks Crossref and PubMed where the settings say they are.
func finder(crossref, pubmed *setting) library.Finder {
	address := func(t *setting) string {
		if strings.EqualFold(t.value(), "off") {
			return ""
		}
		return t.value()
	}
	return &library.Web{Crossref: address(crossref), PubMed: address(pubmed)}
}

func (l *keeping) add(ctx context.Context) error {
	it := library.Item{Kind: library.Study}
	if number := l.item.pmid + l.item.doi; number != "" {
		if l.item.pmid != "" {
			number = l.item.pmid
		}
		found, err := finder(l.crossref, l.pubmed).Find(ctx, number)
		switch {
		case err == nil:
			it = *found
		case l.item.title == "" && fault.Is(err, fault.Unavailable):
			return fault.New(fault.Unavailable, "%s", err).Hint("give --title and what else you know: the rest can be added later").Because(err)
		case l.item.title == "":
			return err
		default:
			l.say("not looked up: %s", err)
		}
	}
	l.item.over(&it)
	if !l.propose {
		it.State = library.Accepted
	}
	if err := l.rooms.Library.Add(ctx, staff.Operator(), &it); err != nil {
		return err
	}
	_, err := fmt.Fprintf(l.Out, "%s: %s\n", it.Key, it.Cite(library.Vancouver))
	return err
}

func (l *keeping) search(ctx context.Context) error {
	q := library.Query{Words: strings.Join(l.args, " "), Country: l.item.country, Bears: l.recommendation, Page: l.page, PerPage: 20}
	var err error
	if l.item.kind != "" {
		if q.Kind, err = library.ParseKind(l.item.kind); err != nil {
			return err
		}
	}
	for _, s := range l.item.topics {
		if q.Topic, err = library.ParseTopic(s); err != nil {
			return err
		}
	}
	if from, to, ok := strings.Cut(l.item.year, "-"); l.item.year != "" {
		if !ok {
			to = from
		}
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil {
			return usage("%q is not a year", l.item.year).try("--year 2020 or --year 2018-2022")
		}
		q.From, q.To = a, b
	}
	f, err := l.rooms.Library.Search(ctx, q)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, h := range f.Hits {
		year, snippet := "", ""
		if h.Item.Year != 0 {
			year = strconv.Itoa(h.Item.Year)
		}
		for _, p := range h.Snippet {
			snippet += p.Text
		}
		rows = append(rows, []string{h.Item.Key, year, h.Item.Kind.String(), h.Item.Title, snippet})
	}
	if err := l.print(l.format, []string{"key", "year", "kind", "title", "snippet"}, rows, "year"); err != nil {
		return err
	}
	if f.Pages > 1 {
		l.say("page %d of %d; %s", f.Page, f.Pages, plural(f.Total, "item"))
	}
	return nil
}
