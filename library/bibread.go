package library

import (
	"strings"
)

// bibKinds are the entries of BibTeX that are not studies.
var bibKinds = map[string]Kind{
	"techreport": ReportKind, "report": ReportKind, "book": ReportKind, "booklet": ReportKind, "manual": Guidance, "misc": ReportKind, "online": ReportKind,
	"electronic": ReportKind, "www": ReportKind, "dataset": Statistics, "data": Statistics, "legislation": ReportKind, "standard": Guidance,
}

// readBibTeX reads the entries of a file; @string is filled in, comments and preambles are passed over.
func readBibTeX(r *Report, text string) {
	p := newBibParser(text)
	for r.Read() < mostRecords {
		e, err := p.next()
		if e == nil {
			return
		}
		if err != nil {
			r.refuse(e.line, e.key, "the entry %.60s cannot be read: %s", e.key, err)
			continue
		}
		bibItem(r, e)
	}
	r.refuse(p.lineOf(p.at), "", "the file holds more than %d entries; those from here on were not read", mostRecords)
}

// bibUsed are the fields that an item takes.
var bibUsed = map[string]bool{
	"title": true, "author": true, "year": true, "date": true, "month": true, "journal": true, "journaltitle": true, "booktitle": true,
	"volume": true, "number": true, "issue": true, "pages": true, "eid": true, "articleno": true, "article-number": true, "doi": true, "pmid": true, "url": true,
	"abstract": true, "publisher": true, "institution": true, "organization": true, "school": true, "subtitle": true, "day": true,
}

func bibItem(r *Report, e *bibEntry) {
	it := Item{
		Key:   e.key,
		Title: latex(e.field("title")), Year: parseYear(e.field("year")),
		Journal:   latex(e.field("journal", "journaltitle", "booktitle")),
		Volume:    latex(e.field("volume")),
		Issue:     latex(e.field("number", "issue")),
		Pages:     latex(e.field("pages", "eid", "articleno", "article-number")),
		Publisher: latex(e.field("publisher", "institution", "organization", "school")),
		Abstract:  latex(e.field("abstract")),
		DOI:       verbatim(e.field("doi")), PMID: verbatim(e.field("pmid")), Link: verbatim(e.field("url")),
	}
	if it.Year == 0 {
		it.Year = parseYear(e.field("date"))
	}
	if sub := latex(e.field("subtitle")); sub != "" && !strings.Contains(fold(it.Title), fold(sub)) {
		it.Title = strings.TrimRight(line(it.Title), ":") + ": " + sub
	}
	if it.Title == "" && e.field("author") == "" && it.Year == 0 && it.DOI == "" {
		r.refuse(e.line, e.key, "the entry %.60s says neither title nor author", e.key)
		return
	}
	bibAuthors(&it, e.field("author"))
	for _, f := range e.fields {
		switch {
		case strings.HasPrefix(f.name, "everykit_"):
			if !it.setExtra(strings.TrimPrefix(f.name, "everykit_"), latex(f.value)) {
				r.aside(e.line, f.name, f.value)
			}
		case f.name == "keywords" || f.name == "keyword":
			if !it.addTopics(latex(f.value)) {
				r.aside(e.line, f.name, latex(f.value))
			}
		case f.name == "note" || f.name == "annote":
			if !bibNote(&it, latex(f.value)) {
				r.aside(e.line, f.name, latex(f.value))
			}
		case f.name == "eprint" && it.PMID == "" && strings.EqualFold(strings.TrimSpace(e.field("eprinttype", "archiveprefix")), "pubmed"):
			it.PMID = verbatim(f.value)
		case f.name == "type" && it.Kind == 0:
			if k, err := ParseKind(latex(f.value)); err == nil {
				it.Kind = k
			} else {
				r.aside(e.line, f.name, latex(f.value))
			}
		case !bibUsed[f.name]:
			r.aside(e.line, f.name, f.value)
		}
	}
	if it.Kind == 0 {
		kind, ok := bibKinds[e.kind]
		if !ok {
			kind = Study
		}
		it.Kind = guessKind(it.Title, kind)
	}
	r.keep(e.line, it)
}

// bibNote takes what is known out of a note: PMID, or that the work is not printed yet.
func bibNote(it *Item, note string) bool {
	if m := pmidInText.FindStringSubmatch(note); m != nil && it.PMID == "" {
		it.PMID = m[1]
		return strings.TrimSpace(note) == m[0]
	}
	return false
}

// bibAuthors parts the names at " and ", outside of braces.
func bibAuthors(it *Item, s string) {
	depth, from := 0, 0
	s = strings.Join(strings.Fields(s), " ")
	one := func(name string) {
		if name = strings.TrimSpace(name); name != "" {
			bibAuthor(it, name)
		}
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		case ' ':
			if depth <= 0 && len(s) >= i+5 && strings.EqualFold(s[i:i+5], " and ") {
				one(s[from:i])
				from = i + 5
				i += 4
			}
		}
	}
	one(s[from:])
}

// bibAuthor reads one name: "von Last, Jr, First", "First von Last", or a body in braces.
func bibAuthor(it *Item, s string) {
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") && wholly(s) {
		it.Authors = append(it.Authors, Name{Literal: latex(s)}.tidy())
		return
	}
	if strings.EqualFold(s, "others") || strings.EqualFold(s, "et al.") {
		it.EtAl = true
		return
	}
	parts := outside(s, ',')
	for i := range parts {
		parts[i] = line(latex(parts[i]))
	}
	var n Name
	switch {
	case len(parts) == 2:
		n = Name{Family: parts[0], Given: parts[1]}
	case len(parts) > 2:
		n = Name{Family: parts[0], Suffix: parts[1], Given: strings.Join(parts[2:], " ")}
	default:
		n = bibPlain(s)
	}
	if n = n.tidy(); n != (Name{}) {
		it.Authors = append(it.Authors, n)
	}
}

// bibPlain reads a name without commas. Particles in lower case belong to the family name.
func bibPlain(s string) Name {
	var words []string
	for _, w := range outside(s, ' ') {
		if w = line(latex(strings.ReplaceAll(w, "~", "{ }"))); w != "" {
			words = append(words, w)
		}
	}
	if len(words) < 2 {
		return Name{Literal: strings.Join(words, " ")}
	}
	if n := withInitials(strings.Join(words, " ")); n.Literal == "" {
		return n
	}
	last := len(words) - 1
	suffix := ""
	if last >= 2 && suffixes.MatchString(words[last]) {
		suffix, last = words[last], last-1
	}
	from := last
	for i := 1; i < last; i++ {
		if w := words[i]; strings.ToLower(w) == w && strings.ToUpper(w) != w {
			from = i
			break
		}
	}
	return Name{Family: strings.Join(words[from:last+1], " "), Given: strings.Join(words[:from], " "), Suffix: suffix}
}

// wholly reports whether the first brace is shut by the last.
func wholly(s string) bool {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 && i < len(s)-1 {
				return false
			}
		}
	}
	return depth == 0
}

// outside parts a text at a character that is in no braces.
func outside(s string, at byte) []string {
	var parts []string
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case s[i] == at && depth <= 0:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}
