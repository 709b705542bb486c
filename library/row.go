package library

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"everykit/store"
)

// itemColumns are the columns of library_item after its id, in the order of values and scanItem.
const itemColumns = "slug, state, kind, title, authors, et_al, year, journal, publisher, volume, issue, pages, doi, pmid, link, summary, abstract, " +
	"country, topics, bears, design, setting, n, finding, quality, tool, note, source, shown_at, added_at, changed_at, accepted_at, version, title_key"

const itemWidth = 34

var itemRead = "i.id, i." + strings.ReplaceAll(strings.TrimSuffix(itemColumns, ", title_key"), ", ", ", i.")

func (it *Item) values() ([]any, error) {
	authors, err := json.Marshal(it.Authors)
	if err != nil {
		return nil, err
	}
	e := it.Evidence
	return []any{
		it.Key, int(it.State), int(it.Kind), it.Title, string(authors), bit(it.EtAl), it.Year, it.Journal, it.Publisher, it.Volume, it.Issue, it.Pages,
		it.DOI, it.PMID, it.Link, it.Summary, it.Abstract, it.Country, topicBits(it.Topics), bearsBits(it.Bears), e.Design, e.Setting, e.N, e.Finding,
		e.Quality, e.Tool, it.Note, it.Source, it.ShownAt.UnixMilli(), it.AddedAt.UnixMilli(), it.ChangedAt.UnixMilli(), instant(it.AcceptedAt), it.Version,
		fold(it.Title),
	}, nil
}

func scanItem(scan func(...any) error, more ...any) (Item, error) {
	var it Item
	var state, kind, etAl, topics, bears int
	var authors string
	var shown, added, changed int64
	var accepted *int64
	e := &it.Evidence
	err := scan(append([]any{
		&it.ID, &it.Key, &state, &kind, &it.Title, &authors, &etAl, &it.Year, &it.Journal, &it.Publisher, &it.Volume, &it.Issue, &it.Pages, &it.DOI, &it.PMID,
		&it.Link, &it.Summary, &it.Abstract, &it.Country, &topics, &bears, &e.Design, &e.Setting, &e.N, &e.Finding, &e.Quality, &e.Tool, &it.Note, &it.Source,
		&shown, &added, &changed, &accepted, &it.Version,
	}, more...)...)
	if err != nil {
		return it, err
	}
	it.State, it.Kind, it.EtAl, it.Topics, it.Bears = State(state), Kind(kind), etAl != 0, topicsOf(topics), bearsOf(bears)
	it.ShownAt, it.AddedAt, it.ChangedAt = time.UnixMilli(shown), time.UnixMilli(added), time.UnixMilli(changed)
	if accepted != nil {
		it.AcceptedAt = time.UnixMilli(*accepted)
	}
	return it, json.Unmarshal([]byte(authors), &it.Authors)
}

// readItems reads items; where follows "FROM library_item i ".
func readItems(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Item, error) {
	var list []Item
	err := tx.Each(ctx, func(scan func(...any) error) error {
		it, err := scanItem(scan)
		list = append(list, it)
		return err
	}, "SELECT "+itemRead+" FROM library_item i "+where, args...)
	return list, err
}

// byKey reads an item by its key, or by one it had before it was joined; nil if there is none.
func byKey(ctx context.Context, tx *store.Tx, key string) (*Item, error) {
	list, err := readItems(ctx, tx, "WHERE i.slug = ?", key)
	if err == nil && len(list) == 0 {
		list, err = readItems(ctx, tx, "JOIN library_alias a ON a.item = i.id WHERE a.slug = ?", key)
	}
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// insert stores a new item under a key nobody has, and sets ID and Key.
func insert(ctx context.Context, tx *store.Tx, it *Item) error {
	base := it.Key
	if base == "" {
		base = slug(it)
	}
	key, err := freeKey(ctx, tx, base)
	if err != nil {
		return err
	}
	it.Key, it.Version, it.AddedAt, it.ChangedAt = key, 0, tx.Now, tx.Now
	if it.State == Accepted && it.AcceptedAt.IsZero() {
		it.AcceptedAt = tx.Now
	}
	if it.ShownAt.IsZero() {
		it.ShownAt = tx.Now
	}
	values, err := it.values()
	if err != nil {
		return err
	}
	if _, err := tx.Get(ctx, []any{&it.ID}, "INSERT INTO library_item ("+itemColumns+") VALUES ("+store.Marks(itemWidth)+") RETURNING id", values...); err != nil {
		return err
	}
	return index(ctx, tx, it)
}

// freeKey gives the key, or the first of those with a number after it that nobody has.
func freeKey(ctx context.Context, tx *store.Tx, key string) (string, error) {
	taken := map[string]bool{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		taken[s] = true
		return err
	}, "SELECT slug FROM library_item WHERE slug >= ? AND slug < ? UNION SELECT slug FROM library_alias WHERE slug >= ? AND slug < ?", key, key+".", key, key+".")
	n := 1
	for taken[numbered(key, n)] {
		n++
	}
	return numbered(key, n), err
}

// update stores an item that was changed.
func update(ctx context.Context, tx *store.Tx, it *Item) error {
	it.Version++
	it.ChangedAt = tx.Now
	values, err := it.values()
	if err != nil {
		return err
	}
	set := strings.ReplaceAll(itemColumns, ", ", " = ?, ") + " = ?"
	if _, err := tx.Exec(ctx, "UPDATE library_item SET "+set+" WHERE id = ?", append(values, it.ID)...); err != nil {
		return err
	}
	return index(ctx, tx, it)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// instant is an instant or, if it never was, NULL.
func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
