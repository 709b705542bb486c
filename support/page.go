package support

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Page is one version of a guidance page.
type Page struct {
	Key      string // in the address
	Title    string
	Markdown string
	Gaps     []GapKind // it helps with
	Version  int       // 0: comes with the program; a nation's own are numbered from 1
	At       time.Time // zero for version 0
	By       int
	Nation   int
	Public   bool // anybody may read it
}

// Helps reports whether the page helps with a kind of gap.
func (p *Page) Helps(k GapKind) bool { return slices.Contains(p.Gaps, k) }

// Bounds of a page, in letters.
const (
	mostTitle = 200
	mostPage  = 50_000
)

var pageKey = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// SavePage writes a new version of a page of a nation, or a new page. Version is the one it was made on: 0 for a new page
// or one that comes with the program. Conflict if there is a later one; the same page sent twice is one.
func (s *Support) SavePage(ctx context.Context, by staff.Person, p Page) error {
	if err := by.Must(staff.GiveSupport, staff.Place{Nation: p.Nation}); err != nil {
		return err
	}
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	if n := snap.Area(p.Nation); n == nil || n.Kind != registry.Nation {
		return fault.New(fault.NotFound, "there is no such nation").At("nation")
	}
	if err := p.tidy(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		last, err := storedPages(ctx, tx, "area = ? AND name = ? ORDER BY version DESC LIMIT 1", p.Nation, p.Key)
		if err != nil {
			return err
		}
		version := 0
		if len(last) > 0 {
			version = last[0].Version
			if last[0].same(&p) {
				return nil
			}
		}
		if version != p.Version {
			return pageStale()
		}
		var gaps []string
		for _, k := range p.Gaps {
			gaps = append(gaps, string(k))
		}
		n, err := tx.Exec(ctx, `INSERT INTO support_page (area, name, version, title, body, gaps, public, at, staff) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (area, name, version) DO NOTHING`,
			p.Nation, p.Key, version+1, p.Title, p.Markdown, strings.Join(gaps, " "), bit(p.Public), tx.Now.UnixMilli(), by.ID)
		if err == nil && n == 0 {
			err = pageStale()
		}
		if err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, p.Nation, "write guidance", "page "+p.Key, fmt.Sprintf("version %d", version+1))
	})
}

func pageStale() error {
	return fault.New(fault.Conflict, "somebody else has written a newer version of this page").At("version").Hint("nothing was saved; keep your text, open the page again and put it in")
}

// same reports whether two pages say the same.
func (p *Page) same(b *Page) bool {
	return p.Title == b.Title && p.Markdown == b.Markdown && p.Public == b.Public && slices.Equal(p.Gaps, b.Gaps)
}

// tidy takes spaces away and gives every fault.
func (p *Page) tidy() error {
	var bad fault.List
	p.Key, p.Title, p.Markdown = strings.TrimSpace(p.Key), strings.Join(strings.Fields(p.Title), " "), tidyText(p.Markdown)
	if !pageKey.MatchString(p.Key) || len(p.Key) > 60 {
		bad = append(bad, fault.New(fault.Invalid, "the address of a page is lower case letters, numbers and hyphens, 60 at most: starting-provision").At("key"))
	}
	for _, f := range []struct {
		field, text string
		most        int
	}{{"title", p.Title, mostTitle}, {"markdown", p.Markdown, mostPage}} {
		if f.text == "" {
			bad = append(bad, fault.New(fault.Invalid, "must be filled in").At(f.field))
		}
		bad = checkText(bad, f.field, f.text, f.most)
	}
	kinds := p.Gaps
	p.Gaps = nil
	for _, k := range gapKinds { // in one order, each once
		if slices.Contains(kinds, k) {
			p.Gaps = append(p.Gaps, k)
		}
	}
	for _, k := range kinds {
		if !k.Known() {
			bad = append(bad, fault.New(fault.Invalid, "there is no such kind of gap").At("gaps"))
		}
	}
	return bad.Err()
}

// Pages lists the latest version of each page that a nation has, by title: its own, and those of the program that it has
// not written itself.
func (s *Support) Pages(ctx context.Context, nation int) ([]Page, error) {
	var own []Page
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		own, err = storedPages(ctx, tx, "area = ? ORDER BY name, version DESC", nation)
		return err
	})
	if err != nil {
		return nil, err
	}
	list := slices.CompactFunc(own, func(a, b Page) bool { return a.Key == b.Key })
	for _, p := range Starters() {
		if !slices.ContainsFunc(list, func(own Page) bool { return own.Key == p.Key }) {
			p.Nation = nation
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Page) int { return strings.Compare(a.Title, b.Title) })
	return list, nil
}

// Page gives the latest version of one; NotFound if the nation has none such.
func (s *Support) Page(ctx context.Context, nation int, key string) (*Page, error) {
	all, err := s.Versions(ctx, nation, key)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// Versions lists all versions of one page, the newest first, the program's own last; NotFound if there is none.
func (s *Support) Versions(ctx context.Context, nation int, key string) ([]Page, error) {
	var list []Page
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = storedPages(ctx, tx, "area = ? AND name = ? ORDER BY version DESC", nation, key)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range Starters() {
		if p.Key == key {
			p.Nation = nation
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such page of guidance").At("key")
	}
	return list, nil
}

func storedPages(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Page, error) {
	var list []Page
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var p Page
		var gaps string
		var public int
		var at int64
		if err := scan(&p.Nation, &p.Key, &p.Version, &p.Title, &p.Markdown, &gaps, &public, &at, &p.By); err != nil {
			return err
		}
		for _, k := range strings.Fields(gaps) {
			p.Gaps = append(p.Gaps, GapKind(k))
		}
		p.Public, p.At = public != 0, time.UnixMilli(at)
		list = append(list, p)
		return nil
	}, "SELECT area, name, version, title, body, gaps, public, at, staff FROM support_page WHERE "+where, args...)
	return list, err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
