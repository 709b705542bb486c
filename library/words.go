package library

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// kindWords are what other programs call the kinds, folded.
var kindWords = map[string]Kind{
	"study": Study, "article": Study, "journal_article": Study, "article_journal": Study, "original_article": Study, "research_article": Study,
	"clinical_trial": Study, "randomized_controlled_trial": Study, "observational_study": Study,
	"review": Review, "systematic_review": Review, "meta_analysis": Review, "scoping_review": Review, "review_article": Review,
	"report": ReportKind, "technical_report": ReportKind, "government_document": ReportKind,
	"guidance": Guidance, "guideline": Guidance, "practice_guideline": Guidance, "standard": Guidance,
	"statistics": Statistics, "dataset": Statistics, "data": Statistics, "bulletin": Statistics,
	"essay": Essay, "editorial": Essay, "comment": Essay, "commentary": Essay, "letter": Essay, "opinion": Essay,
}

// ParseKind reads a kind in our words or those of other programs.
func ParseKind(s string) (Kind, error) {
	if k, ok := kindWords[table.Fold(s)]; ok {
		return k, nil
	}
	return 0, fault.New(fault.Invalid, "there is no kind %.40q of research", s).At("kind").Hint("one of %s", strings.Join(kinds[1:], ", "))
}

// topicWords are other words for the topics, folded.
var topicWords = map[string]Topic{
	"prison": Prisons, "grief": Grief, "bereavement": Grief, "peer": PeerSupply, "peers": PeerSupply, "peer_distribution": PeerSupply,
	"outreach_programmes": Outreach, "cost_effectiveness": Cost, "costs": Cost, "laws": Policy, "law": Policy,
}

// ParseTopic reads a topic in any case, with spaces, "-" or "_".
func ParseTopic(s string) (Topic, error) {
	word := table.Fold(s)
	for _, t := range Topics() {
		if table.Fold(t.String()) == word {
			return t, nil
		}
	}
	if t, ok := topicWords[word]; ok {
		return t, nil
	}
	return 0, fault.New(fault.Invalid, "there is no topic %.40q", s).At("topics").Hint("one of %s", strings.Join(topics[1:], ", "))
}

// parseBears reads numbers of recommendations parted by anything: "1 2 3", "1, 6", "R3".
func parseBears(s string) ([]int, error) {
	var list []int
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 || n > recommendations {
			return nil, fault.New(fault.Invalid, "there is no recommendation %.10s", w).At("recommendations").Hint("they are numbered 1 to %d", recommendations)
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

func bearsText(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

func topicsText(list []Topic) string {
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = t.String()
	}
	return strings.Join(words, "; ")
}

// reviewTitle is how the title of a review tells that it is one.
var reviewTitle = regexp.MustCompile(`(?i)\b(systematic|scoping|narrative|umbrella|rapid|integrative|literature|realist) (literature )?review\b|\bmeta-?analysis\b|\breview of (the )?(reviews|literature|evidence)\b`)

// guessKind gives the kind where a file does not say it.
func guessKind(title string, otherwise Kind) Kind {
	if otherwise == Study && reviewTitle.MatchString(title) {
		return Review
	}
	return otherwise
}
