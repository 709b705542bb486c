package library

import (
	"regexp"
	"slices"
	"strings"
)

// risTag is the beginning of a line of RIS. The standard has two spaces before the dash and one after; programs vary.
var risTag = regexp.MustCompile(`^([A-Z][A-Z0-9]) {1,2}- ?(.*)$`)

// risField is one field of an entry.
type risField struct{ tag, value string }

// risKinds are the types of RIS that are not studies.
var risKinds = map[string]Kind{
	"RPRT": ReportKind, "GOVDOC": ReportKind, "BOOK": ReportKind, "EBOOK": ReportKind, "EDBOOK": ReportKind, "GEN": ReportKind, "ELEC": ReportKind,
	"PAMP": ReportKind, "WEB": ReportKind, "GRNT": ReportKind, "LEGAL": ReportKind, "BILL": ReportKind, "STAT": ReportKind, "STAND": Guidance,
	"DATA": Statistics, "DBASE": Statistics, "AGGR": Statistics, "BLOG": Essay, "NEWS": Essay, "MGZN": Essay,
}

// readRIS reads entries from TY to ER. An entry without ER ends where the next begins; a line without a tag goes on with
// the field before it.
func readRIS(r *Report, text string) {
	lines := strings.Split(text, "\n")
	indent := risIndent(lines)
	var fields []risField
	var more []string // lines that go on with the last field
	start := 0
	whole := func() {
		if len(more) > 0 {
			fields[len(fields)-1].value += "\n" + strings.Join(more, "\n")
			more = nil
		}
	}
	end := func() {
		if whole(); start > 0 {
			risItem(r, start, fields)
		}
		fields, start = nil, 0
	}
	for n, l := range lines {
		l = strings.TrimRight(strings.TrimPrefix(l, "\ufeff"), " \t")
		if len(l) >= indent && strings.TrimSpace(l[:indent]) == "" {
			l = l[indent:]
		}
		m := risTag.FindStringSubmatch(l)
		switch {
		case m == nil && start > 0 && len(fields) > 0:
			if l = strings.TrimSpace(l); l != "" {
				more = append(more, l)
			}
		case m == nil:
			if l = strings.TrimSpace(l); l != "" && start == 0 {
				r.aside(n+1, "", l)
			}
		case m[1] == "TY":
			end()
			start = n + 1
			fields = append(fields, risField{"TY", m[2]})
		case m[1] == "ER":
			end()
		case start == 0:
			r.aside(n+1, m[1], m[2])
		default:
			whole()
			fields = append(fields, risField{m[1], m[2]})
		}
		if r.Read() >= mostRecords {
			r.refuse(n+1, "", "the file holds more than %d entries; those from here on were not read", mostRecords)
			return
		}
	}
	end()
}

// risIndent is by how much the whole file is set in, as web pages that show RIS do.
func risIndent(lines []string) int {
	for _, l := range lines {
		if at := risStart.FindString(l); at != "" {
			return len(at) - len(strings.TrimLeft(at, " \t"))
		}
	}
	return 0
}

// risTitles and the rest are the tags that hold one thing, the best first.
var (
	risTitles     = []string{"TI", "T1", "CT"}
	risJournals   = []string{"JF", "T2", "JO", "BT", "JA", "J2", "J1", "J9", "T3"}
	risYears      = []string{"PY", "Y1", "DA", "YR"}
	risIssues     = []string{"IS", "CP"}
	risPublishers = []string{"PB"}
)

// risItem makes an item of an entry's fields.
func risItem(r *Report, start int, fields []risField) {
	var it Item
	used := make([]bool, len(fields))
	first := func(tags ...string) string {
		for _, tag := range tags {
			for i, f := range fields {
				if f.tag == tag && strings.TrimSpace(f.value) != "" && !used[i] {
					used[i] = true
					return strings.TrimSpace(f.value)
				}
			}
		}
		return ""
	}
	typ := strings.ToUpper(first("TY"))
	it.Title = first(risTitles...)
	it.Journal = first(risJournals...)
	if it.Title == "" && (typ == "BOOK" || typ == "RPRT" || typ == "GOVDOC" || typ == "EBOOK") {
		it.Title, it.Journal = it.Journal, "" // a whole book has its title under BT
	}
	for _, tag := range risYears {
		for i, f := range fields {
			if f.tag == tag {
				if y := parseYear(f.value); y != 0 && it.Year == 0 {
					it.Year = y
				}
				used[i] = it.Year != 0 && parseYear(f.value) == it.Year
			}
		}
	}
	it.Volume, it.Issue, it.Publisher = first("VL"), first(risIssues...), first(risPublishers...)
	it.Abstract = first("AB", "N2")
	it.Pages = risPages(first)
	it.Key = first("ID")
	risIdentify(&it, fields, used)
	for i, f := range fields {
		if used[i] || strings.TrimSpace(f.value) == "" {
			continue
		}
		switch f.tag {
		case "AU", "A1":
			used[i] = true
			for _, one := range risNames(f.value) {
				it.addAuthor(one)
			}
		case "N1":
			used[i] = it.setNoted(f.value)
		case "M3":
			if k, err := ParseKind(f.value); err == nil && it.Kind == 0 {
				it.Kind, used[i] = k, true
			}
		case "KW":
			used[i] = it.addTopics(f.value)
		case "DB", "DP":
			used[i] = true
		}
	}
	if it.Kind == 0 {
		kind, ok := risKinds[typ]
		if !ok {
			kind = Study
		}
		it.Kind = guessKind(it.Title, kind)
	}
	for i, f := range fields {
		if !used[i] && strings.TrimSpace(f.value) != "" && !repeats(&it, f) {
			r.aside(start, f.tag, f.value)
		}
	}
	r.keep(start, it)
}

// repeats reports whether a field says again what the item has already, as TI and T1 or T2 and JF do.
func repeats(it *Item, f risField) bool {
	v := fold(f.value)
	switch {
	case slices.Contains(risTitles, f.tag):
		return v == fold(it.Title)
	case slices.Contains(risJournals, f.tag):
		return v == fold(it.Journal)
	case f.tag == "N2":
		return v == fold(it.Abstract)
	case f.tag == "UR":
		doi, ok := ParseDOI(f.value)
		return ok && doi == it.DOI
	}
	return false
}

// risNames parts the names of one field: most programs write one, some several with semicolons or a line each.
func risNames(s string) []string {
	if strings.HasSuffix(s, ",") && !strings.Contains(s, "\n") {
		return []string{s} // a body, which may have a semicolon in its name
	}
	return strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' })
}

// risPages reads SP and EP, or the number of an article.
func risPages(first func(...string) string) string {
	from, to := first("SP"), first("EP")
	switch {
	case from == "" && to == "":
		return first("C7", "AR", "SE")
	case from == "":
		return to
	case to == "" || from == to:
		return from
	case strings.ContainsAny(from, "-\u2013"):
		return from
	}
	return from + "-" + to
}

var (
	pmidInText = regexp.MustCompile(`(?i)\bPMID:?\s*([0-9]{1,8})\b`)
	doiInText  = regexp.MustCompile(`(?i)\bdoi(?:\.org/|:)\s*(10\.[0-9]{4,9}/\S+)`)
)

// risIdentify finds DOI, PMID and address, wherever programs put them.
func risIdentify(it *Item, fields []risField, used []bool) {
	base := ""
	for _, f := range fields {
		if f.tag == "DB" || f.tag == "DP" {
			base += strings.ToLower(f.value) + " "
		}
	}
	pubmed := strings.Contains(base, "pubmed") || strings.Contains(base, "medline") || strings.Contains(base, "nlm")
	for i, f := range fields {
		if f.tag == "DO" || f.tag == "DI" {
			if doi, ok := ParseDOI(f.value); ok && it.DOI == "" {
				it.DOI, used[i] = doi, true
			}
		}
	}
	for i, f := range fields {
		value := strings.TrimSpace(f.value)
		switch f.tag {
		case "PM", "C2", "AN":
			sure := f.tag == "PM" || pubmed || (f.tag == "C2" && strings.Contains(base, "scopus")) || strings.HasPrefix(strings.ToUpper(value), "PMID")
			if pmid, ok := ParsePMID(value); ok && sure && (it.PMID == "" || it.PMID == pmid) {
				it.PMID, used[i] = pmid, true
			}
		case "N1", "M1", "M2", "M3", "L3", "C1":
			if strings.HasPrefix(value, noteMark) {
				continue
			}
			if m := pmidInText.FindStringSubmatch(value); m != nil && it.PMID == "" {
				it.PMID, _ = ParsePMID(m[1])
				used[i] = strings.TrimSpace(value) == m[0]
			}
			if f.tag == "L3" || f.tag == "M3" {
				if doi, ok := ParseDOI(value); ok && it.DOI == "" {
					it.DOI, used[i] = doi, true
				}
			} else if m := doiInText.FindStringSubmatch(value); m != nil && it.DOI == "" && len(value) < 200 {
				if doi, ok := ParseDOI(m[1]); ok {
					it.DOI, used[i] = doi, len(value) < len(doi)+25
				}
			}
		}
	}
	for i, f := range fields { // last: an address says again what other tags say better
		if f.tag == "UR" || f.tag == "L2" || f.tag == "LK" {
			for one := range strings.FieldsSeq(f.value) {
				used[i] = risLink(it, strings.TrimRight(one, ";")) || used[i]
			}
		}
	}
}

// risLink takes one address in: it may be all there is of a DOI or a PMID.
func risLink(it *Item, s string) bool {
	if isDOILink(s) {
		doi, _ := ParseDOI(s)
		if it.DOI == "" {
			it.DOI = doi
		}
		if it.DOI == doi {
			return true
		}
	}
	if pmid, ok := ParsePMID(s); ok && strings.Contains(s, "/") {
		if it.PMID == "" {
			it.PMID = pmid
		}
	}
	if _, ok := parseLink(s); ok && it.Link == "" {
		it.Link = s
		return true
	}
	return false
}

// addTopics takes those topics in that are among key words, and reports whether all were.
func (it *Item) addTopics(s string) bool {
	all := true
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '\n' || r == ',' }) {
		if t, err := ParseTopic(w); err == nil {
			it.Topics = append(it.Topics, t)
		} else {
			all = false
		}
	}
	return all
}
