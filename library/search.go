package library

import (
	"context"
	"strings"

	"everykit/store"
)

// PageSize is how many items a page of the library shows.
const PageSize = 6

// Query is what is looked for. What is nought is not asked about.
type Query struct {
	Words    string // see parseQuery; empty: every item, the newest first
	Topic    Topic
	Bears    int // a recommendation
	Kind     Kind
	Country  string // as Countries lists it
	From, To int    // years of publication, both inside
	Page     int    // from 1
	PerPage  int    // PageSize if 0; at most 100
}

// Found is one page of what was found.
type Found struct {
	Hits  []Hit
	Total int  // MostRanked at most where words were asked for
	More  bool // there are more than Total
	Page  int
	Pages int // 0: nothing was found
}

// Hit is one item that was found, with what of it was asked for.
type Hit struct {
	Item    Item
	Title   []Piece // the title, in pieces
	Snippet []Piece // where the words stand; the beginning of the summary where they stand elsewhere
}

// Piece is a piece of a text. Hit pieces hold a word that was asked for.
type Piece struct {
	Text string
	Hit  bool
}

// MostRanked is how many items are weighed against each other. A question that more of them answer is hardly one: what has
// all its words in the title comes first then, and within that the newest on the shelf; and no more than this many are
// given. So the time of an answer does not grow with the shelf.
const MostRanked = 1000

// Search looks through the accepted items. Words are all to be found, wherever in the item; what has them in its title
// counts most, then authors, summary and finding, and the rest. A page past the last one is the last one.
func (l *Library) Search(ctx context.Context, q Query) (*Found, error) {
	if q.PerPage <= 0 || q.PerPage > 100 {
		q.PerPage = PageSize
	}
	a := q.asked()
	var found *Found
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		found = &Found{Page: max(q.Page, 1)}
		var ids []any
		var err error
		switch {
		case len(a.terms) > 0:
			ids, err = found.byWords(ctx, tx, q, a)
		case strings.TrimSpace(q.Words) == "":
			ids, err = found.byDate(ctx, tx, q)
		default: // nothing in it is a word
			found.Page = 1
		}
		if err != nil || len(ids) == 0 {
			return err
		}
		return found.fill(ctx, tx, ids, a.terms)
	})
	return found, err
}

// pages sets what is known once the total is, and gives where the page begins.
func (f *Found) pages(perPage int) (offset int) {
	f.Pages = (f.Total + perPage - 1) / perPage
	f.Page = min(f.Page, max(f.Pages, 1))
	return (f.Page - 1) * perPage
}

// matching is the table of words and the condition on it; ids are in column id.
func matching(engine store.Engine) (id, from string) {
	if engine == store.Postgres {
		return "item", "library_text WHERE words @@ CAST(CAST(? AS TEXT) AS TSQUERY)"
	}
	return "rowid", "library_text WHERE library_text MATCH ?"
}

// byWords finds the ids of a page among what has the words.
func (f *Found) byWords(ctx context.Context, tx *store.Tx, q Query, a asked) ([]any, error) {
	id, from := matching(tx.Engine)
	all, title := a.text(tx.Engine, false), a.text(tx.Engine, true)
	count := func(question string) (n int, err error) {
		_, err = tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM (SELECT "+id+" FROM "+from+" LIMIT ?) AS x", question, MostRanked+1)
		return n, err
	}
	n, err := count(all)
	if err != nil {
		return nil, err
	}
	f.Total, f.More = min(n, MostRanked), n > MostRanked
	offset := f.pages(q.PerPage)
	limit := min(q.PerPage, f.Total-offset)
	if limit <= 0 {
		return nil, nil
	}
	if !f.More {
		return ranked(ctx, tx, all, limit, offset)
	}
	inTitle, err := count(title)
	if err != nil {
		return nil, err
	}
	var ids []any
	if offset < inTitle {
		if inTitle > MostRanked {
			ids, err = ordered(ctx, tx, "SELECT "+id+" FROM "+from+" ORDER BY "+id+" DESC LIMIT ? OFFSET ?", title, limit, offset)
		} else {
			ids, err = ranked(ctx, tx, title, limit, offset)
		}
	}
	if rest := limit - len(ids); err == nil && rest > 0 {
		var more []any
		more, err = ordered(ctx, tx, "SELECT "+id+" FROM "+from+" ORDER BY "+id+" DESC LIMIT ? OFFSET ?", without(tx.Engine, all, title), rest, max(offset-inTitle, 0))
		ids = append(ids, more...)
	}
	return ids, err
}

// without asks for what answers one question and not another.
func without(engine store.Engine, all, title string) string {
	if engine == store.Postgres {
		return "(" + all + ") & !(" + title + ")"
	}
	return "(" + all + ") NOT (" + title + ")"
}

// ranked gives ids by how well they answer.
func ranked(ctx context.Context, tx *store.Tx, question string, limit, offset int) ([]any, error) {
	if tx.Engine == store.Postgres {
		const query = "CAST(CAST(? AS TEXT) AS TSQUERY)"
		return ordered(ctx, tx, "SELECT item FROM library_text WHERE words @@ "+query+" ORDER BY ts_rank('{0.1, 0.3, 0.4, 1.0}', words, "+query+") DESC, item DESC LIMIT ? OFFSET ?",
			question, question, limit, offset)
	}
	return ordered(ctx, tx, "SELECT rowid FROM library_text WHERE library_text MATCH ? ORDER BY bm25(library_text, 10.0, 4.0, 3.0, 1.0, 0.0), rowid DESC LIMIT ? OFFSET ?", question, limit, offset)
}

// ordered runs a query that gives ids.
func ordered(ctx context.Context, tx *store.Tx, query string, args ...any) ([]any, error) {
	var ids []any
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var id int
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// byDate finds the ids of a page of everything, the newest on the shelf first.
func (f *Found) byDate(ctx context.Context, tx *store.Tx, q Query) ([]any, error) {
	where, args := q.filters()
	if _, err := tx.Get(ctx, []any{&f.Total}, "SELECT COUNT(*) FROM library_item i WHERE "+where, args...); err != nil {
		return nil, err
	}
	offset := f.pages(q.PerPage)
	return ordered(ctx, tx, "SELECT i.id FROM library_item i WHERE "+where+" ORDER BY i.shown_at DESC, i.id DESC LIMIT ? OFFSET ?", append(args, q.PerPage, offset)...)
}

// filters are the conditions of a query without words.
func (q *Query) filters() (string, []any) {
	where, args := "i.state = ?", []any{int(Accepted)}
	add := func(condition string, arg any) {
		where, args = where+" AND "+condition, append(args, arg)
	}
	if q.Topic.String() != "" {
		add("(i.topics & ?) <> 0", topicBits([]Topic{q.Topic}))
	}
	if q.Bears >= 1 && q.Bears <= recommendations {
		add("(i.bears & ?) <> 0", bearsBits([]int{q.Bears}))
	}
	if q.Kind != 0 {
		add("i.kind = ?", int(q.Kind))
	}
	if q.Country != "" {
		add("i.country = ?", q.Country)
	}
	if q.From > 0 {
		add("i.year >= ?", q.From)
	}
	if q.To > 0 {
		add("i.year BETWEEN 1 AND ?", q.To)
	}
	return where, args
}

// fill reads the items of a page.
func (f *Found) fill(ctx context.Context, tx *store.Tx, ids []any, terms []term) error {
	list, err := readItems(ctx, tx, "WHERE i.id IN ("+store.Marks(len(ids))+")", ids...)
	if err != nil {
		return err
	}
	at := make(map[int]int, len(list))
	for i := range list {
		at[list[i].ID] = i
	}
	for _, id := range ids {
		if i, ok := at[id.(int)]; ok {
			f.Hits = append(f.Hits, hit(list[i], terms))
		}
	}
	return nil
}

// Countries lists the countries of accepted items.
func (l *Library) Countries(ctx context.Context) ([]string, error) {
	var list []string
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var s string
			err := scan(&s)
			list = append(list, s)
			return err
		}, "SELECT DISTINCT country FROM library_item WHERE state = ? AND country <> '' ORDER BY country", int(Accepted))
	})
	return list, err
}
