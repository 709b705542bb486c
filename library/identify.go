package library

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// mostDOI bounds the length of a DOI. The handbook sets no bound; none in use comes near this.
const mostDOI = 300

var doiShape = regexp.MustCompile(`^10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s"{}\\]+$`)

// ParseDOI finds a DOI in what somebody typed or a program wrote: bare, with "doi:" or an address before it, with spaces
// in it, in upper case, with a full stop after it. It gives the form that is kept (lower case, as DOIs are the same in
// either) and false if there is none.
func ParseDOI(s string) (string, bool) {
	if len(s) > 4*mostDOI {
		return "", false
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unseen(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	at := strings.Index(s, "10.")
	if at < 0 {
		return "", false
	}
	prefix := strings.ToLower(s[:at])
	s = s[at:]
	if strings.Contains(prefix, "://") || strings.HasPrefix(strings.TrimSpace(prefix), "doi.org") || strings.Contains(strings.ToLower(s), "%2f") {
		s, _, _ = strings.Cut(s, "?")
		if plain, err := url.PathUnescape(s); err == nil {
			s = plain
		}
	}
	s = joined(strings.Fields(s))
	s = strings.ToLower(strings.TrimRight(s, ".,;:'\u2019\u201d"))
	for strings.HasSuffix(s, ")") && strings.Count(s, ")") > strings.Count(s, "(") || strings.HasSuffix(s, "]") && !strings.Contains(s, "[") || strings.HasSuffix(s, "}") && !strings.Contains(s, "{") {
		s = strings.TrimRight(s[:len(s)-1], ".,;:")
	}
	if len(s) > mostDOI || !doiShape.MatchString(s) {
		return "", false
	}
	return s, true
}

// joined takes the spaces out of a DOI, and leaves away the words that follow one.
func joined(words []string) string {
	s := ""
	for _, w := range words {
		broken := s == "" || strings.HasSuffix(s, "/") || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "-") || !strings.Contains(s, "/")
		if !broken && !strings.HasPrefix(w, "/") && !strings.HasPrefix(w, ".") && !strings.HasPrefix(w, "-") {
			break
		}
		s += w
	}
	return s
}

var pmidShape = regexp.MustCompile(`(?i)^(?:pmid\s*:?\s*|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|pubmed\s*:?\s*)?0*([1-9][0-9]{0,8})(?:\.[0-9]+)?/?$`)

// ParsePMID finds a PubMed number: bare, with "PMID" or PubMed's address before it.
func ParsePMID(s string) (string, bool) {
	if len(s) > 200 {
		return "", false
	}
	m := pmidShape.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	return m[1], true
}

// MinYear and MaxYear bound the year of a work.
const (
	MinYear = 1500
	MaxYear = 2199
)

var digits = regexp.MustCompile(`[0-9]+`)

// parseYear finds the year in a date as programs write it: "2019/03//", "c2019", "1998 Dec-1999 Jan", "20190301". 0 if
// there is none: "in press", "n.d.".
func parseYear(s string) int {
	if len(s) > 1000 {
		s = s[:1000]
	}
	for _, d := range digits.FindAllString(s, 50) {
		if len(d) == 8 || len(d) == 6 {
			d = d[:4]
		}
		if y, err := strconv.Atoi(d); err == nil && len(d) == 4 && y >= MinYear && y <= MaxYear {
			return y
		}
	}
	return 0
}

// parseLink gives an address of the web in the form that is kept. False if it is none, or one that a browser would run.
func parseLink(s string) (string, bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "; ")
	if len(s) > mostLink || s == "" {
		return "", false
	}
	if strings.HasPrefix(strings.ToLower(s), "www.") {
		s = "https://" + s
	}
	u, err := url.Parse(strings.ReplaceAll(s, " ", "%20"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	kept := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) || unseen(r) {
			return -1
		}
		return r
	}, u.String())
	kept = strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", `"`, "%22", "<", "%3C", ">", "%3E", "|", "%7C", "^", "%5E", "`", "%60").Replace(kept)
	return kept, len(kept) <= mostLink
}

// isDOILink reports whether an address does nothing but resolve a DOI.
func isDOILink(link string) bool {
	l := strings.ToLower(link)
	for _, host := range []string{"doi.org/", "dx.doi.org/", "www.doi.org/"} {
		if strings.HasPrefix(l, "https://"+host) || strings.HasPrefix(l, "http://"+host) {
			_, ok := ParseDOI(link)
			return ok
		}
	}
	return false
}

var (
	pageRange = regexp.MustCompile(`^([A-Za-z]*)([0-9]+)-([0-9]+)$`)
	pageDash  = regexp.MustCompile(`(?:\s*[\x{2010}-\x{2015}\x{2212}-]\s*)+`)
	pageWord  = regexp.MustCompile(`(?i)^(?:pp?\.?|pages?)\s+`)
)

// tidyPages brings pages to one form: 468-77 and 468–477 are 468-477.
func tidyPages(s string) string {
	s = line(s)
	for pageWord.MatchString(s) {
		s = pageWord.ReplaceAllString(s, "")
	}
	s = line(pageDash.ReplaceAllString(s, "-"))
	m := pageRange.FindStringSubmatch(s)
	if m != nil && len(m[3]) < len(m[2]) {
		return m[1] + m[2] + "-" + m[2][:len(m[2])-len(m[3])] + m[3]
	}
	return s
}
