package library

import (
	"context"
	"strings"
	"unicode/utf8"

	"everykit/store"
)

// longTitle is from how many letters on a title alone tells a work where the year of one record is not known: "Editorial"
// and "Annual report" are many works.
const longTitle = 30

// sameTitle reports whether two records whose folded titles are equal are of one work: the same year, or one not known; and
// no DOI, PMID or first author that says otherwise. Records of which each has a DOI of its own are two, as a paper and its
// correction are.
func (it *Item) sameTitle(other *Item) bool {
	if it.DOI != "" && other.DOI != "" && it.DOI != other.DOI || it.PMID != "" && other.PMID != "" && it.PMID != other.PMID {
		return false
	}
	if it.Year != 0 && other.Year != 0 {
		return it.Year == other.Year
	}
	a, b := it.firstAuthor(), other.firstAuthor()
	if utf8.RuneCountInString(fold(it.Title)) < longTitle {
		return it.Year == other.Year && a == b
	}
	return a == "" || b == "" || strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// duplicateOf finds the stored item that is of the same work: by DOI, else by PMID, else by title and year. nil if there is
// none.
func duplicateOf(ctx context.Context, tx *store.Tx, it *Item) (*Item, error) {
	one := func(where string, arg any) (*Item, error) {
		list, err := readItems(ctx, tx, where+" ORDER BY i.id LIMIT 20", arg)
		if err != nil {
			return nil, err
		}
		for i := range list {
			same := &list[i]
			if same.ID == it.ID {
				continue
			}
			if strings.Contains(where, "title_key") && !it.sameTitle(same) {
				continue
			}
			return same, nil
		}
		return nil, nil
	}
	if it.DOI != "" {
		if same, err := one("WHERE i.doi = ? AND i.doi <> ''", it.DOI); same != nil || err != nil {
			return same, err
		}
	}
	if it.PMID != "" {
		if same, err := one("WHERE i.pmid = ? AND i.pmid <> ''", it.PMID); err != nil || same != nil && (it.DOI == "" || same.DOI == "") {
			return same, err
		}
	}
	return one("WHERE i.title_key = ?", fold(it.Title))
}
