package library

import (
	"context"
	"fmt"
	"strings"

	"everykit/store"
)

// index brings the searched words of an item up to date. Only accepted items have any.
func index(ctx context.Context, tx *store.Tx, it *Item) error {
	if tx.Engine == store.Postgres {
		if _, err := tx.Exec(ctx, "DELETE FROM library_text WHERE item = ?", it.ID); err != nil || it.State != Accepted {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO library_text (item, words) VALUES (?, CAST(CAST(? AS TEXT) AS TSVECTOR))", it.ID, tsvector(it))
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM library_text WHERE rowid = ?", it.ID); err != nil || it.State != Accepted {
		return err
	}
	s := it.searched()
	_, err := tx.Exec(ctx, "INSERT INTO library_text (rowid, title, authors, about, rest, tags) VALUES (?, ?, ?, ?, ?, ?)",
		it.ID, words(s[0]), words(s[1]), words(s[2]), words(s[3]), strings.Join(it.tags(), " "))
	return err
}

// tsvector writes the words with their places and weights as PostgreSQL reads them, so that it needs no dictionary of its
// own and finds what FTS5 finds. Between two texts there is a gap, which no phrase crosses.
func tsvector(it *Item) string {
	var b strings.Builder
	place := 0
	for i, text := range it.searched() {
		for _, t := range tokens(text) {
			if place++; place > 16_000 { // PostgreSQL places no more than 16,383
				break
			}
			fmt.Fprintf(&b, "'%s':%d%c ", t.word, place, "ABCD"[i])
		}
		place += 10
	}
	for _, tag := range it.tags() {
		fmt.Fprintf(&b, "'%s' ", tag)
	}
	return b.String()
}

// Tags are words that nobody can type, for no word of a text has an underscore. What a query asks besides words is asked
// with them, so that the index alone answers.

func (it *Item) tags() []string {
	list := []string{kindTag(it.Kind)}
	for _, t := range it.Topics {
		list = append(list, topicTag(t))
	}
	for _, n := range it.Bears {
		list = append(list, bearsTag(n))
	}
	if it.Country != "" {
		list = append(list, countryTag(it.Country))
	}
	if it.Year != 0 {
		list = append(list, yearTag(it.Year), decadeTag(it.Year/10))
	}
	return list
}

func kindTag(k Kind) string      { return fmt.Sprintf("_k%d", k) }
func topicTag(t Topic) string    { return fmt.Sprintf("_t%d", t) }
func bearsTag(n int) string      { return fmt.Sprintf("_b%d", n) }
func yearTag(y int) string       { return fmt.Sprintf("_y%d", y) }
func decadeTag(d int) string     { return fmt.Sprintf("_d%d", d) }
func countryTag(s string) string { return "_c" + strings.ReplaceAll(fold(s), " ", "") }

// yearTags cover a stretch of years with as few tags as can be.
func yearTags(from, to int) []string {
	from, to = max(from, MinYear), min(to, MaxYear)
	var list []string
	for y := from; y <= to; {
		if y%10 == 0 && y+9 <= to {
			list = append(list, decadeTag(y/10))
			y += 10
		} else {
			list = append(list, yearTag(y))
			y++
		}
	}
	return list
}
