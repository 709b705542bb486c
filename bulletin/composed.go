package bulletin

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/store"
)

// composed is an edition with all that it is composed of. What is in it is shared: it must not be changed.
type composed struct {
	edition  *Edition
	snapshot *frozen.Snapshot
	content  *content.Content
	findings []compose.Finding
	turn     int64 // of the last publication that was seen
}

// around is what stands round an edition: what is published of its nation.
type around struct {
	turn       int64
	nationCode string
	published  []past // of the nation, oldest first
}

// past is a published edition. Its snapshot is there for those of the area, and for all where they were asked for.
type past struct {
	Edition
	snapshot *frozen.Snapshot
}

func (a *around) nationSnapshots() []*frozen.Snapshot {
	list := make([]*frozen.Snapshot, len(a.published))
	for i := range a.published {
		list[i] = a.published[i].snapshot
	}
	return list
}

// kept is what was composed last and which snapshots were read, for pages that ask again and again.
type kept struct {
	mu        sync.Mutex
	snapshots map[string]*frozen.Snapshot // by hash
	composed  map[composedKey]*composed
}

type composedKey struct {
	id, version int
	turn        int64
}

// How much is kept. A nation's snapshot takes some megabytes.
const (
	mostSnapshots = 24
	mostComposed  = 3
)

// around reads what is published of an edition's nation: all snapshots, or those that its composing needs.
func (b *Bulletins) around(ctx context.Context, e *Edition, all bool) (*around, error) {
	var a *around
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		a, err = b.aroundIn(ctx, tx, e, all)
		return err
	})
	return a, err
}

func (b *Bulletins) aroundIn(ctx context.Context, tx *store.Tx, e *Edition, all bool) (*around, error) {
	snap, err := b.reg.In(ctx, tx)
	if err != nil {
		return nil, err
	}
	a := &around{}
	if n := snap.Area(e.nation); n != nil {
		a.nationCode = n.Code
	}
	if a.turn, err = turnNow(ctx, tx); err != nil {
		return nil, err
	}
	list, err := readEditions(ctx, tx, "e.nation = ? AND e.state = ? ORDER BY e.turn", e.nation, int(Published))
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		p := past{Edition: one}
		if all || one.Area == e.Area || one.turn > e.seen {
			if p.snapshot, err = b.snapshotIn(ctx, tx, &one); err != nil {
				return nil, err
			}
		}
		a.published = append(a.published, p)
	}
	return a, nil
}

func turnNow(ctx context.Context, tx *store.Tx) (turn int64, err error) {
	_, err = tx.Get(ctx, []any{&turn}, "SELECT turn FROM bulletin_turn WHERE one = 1")
	return turn, err
}

// snapshotIn reads what an edition stands on.
func (b *Bulletins) snapshotIn(ctx context.Context, tx *store.Tx, e *Edition) (*frozen.Snapshot, error) {
	b.kept.mu.Lock()
	s := b.kept.snapshots[e.Hash]
	b.kept.mu.Unlock()
	if s != nil {
		return s, nil
	}
	var body []byte
	found, err := tx.Get(ctx, []any{&body}, "SELECT body FROM bulletin_snapshot WHERE edition = ?", e.ID)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("bulletin: edition %d has no snapshot", e.ID)
	}
	if s, err = unpackSnapshot(body); err != nil {
		return nil, err
	}
	b.kept.mu.Lock()
	defer b.kept.mu.Unlock()
	if b.kept.snapshots == nil || len(b.kept.snapshots) >= mostSnapshots {
		b.kept.snapshots = map[string]*frozen.Snapshot{}
	}
	b.kept.snapshots[e.Hash] = s
	return s, nil
}

// composed gives a draft or a signed edition, composed as a draft and checked.
func (b *Bulletins) composed(ctx context.Context, id int) (*composed, error) {
	var e *Edition
	var s *frozen.Snapshot
	var a *around
	var had *composed
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		if e, err = readEdition(ctx, tx, id); err != nil {
			return err
		}
		turn, err := turnNow(ctx, tx)
		if err != nil {
			return err
		}
		b.kept.mu.Lock()
		had = b.kept.composed[composedKey{e.ID, e.Version, turn}]
		b.kept.mu.Unlock()
		if had != nil || e.State == Published {
			return nil
		}
		if s, err = b.snapshotIn(ctx, tx, e); err != nil {
			return err
		}
		a, err = b.aroundIn(ctx, tx, e, false)
		return err
	})
	if err != nil || had != nil {
		return had, err
	}
	if e.State == Published {
		return &composed{edition: e}, nil
	}
	c, err := b.composeWith(e, s, a, true)
	if err != nil {
		return nil, err
	}
	b.kept.mu.Lock()
	defer b.kept.mu.Unlock()
	if b.kept.composed == nil || len(b.kept.composed) >= mostComposed {
		b.kept.composed = map[composedKey]*composed{}
	}
	b.kept.composed[composedKey{e.ID, e.Version, a.turn}] = c
	return c, nil
}

// composeWith composes an edition on a snapshot and checks it. draft: as one that is not published; else as published today.
func (b *Bulletins) composeWith(e *Edition, s *frozen.Snapshot, a *around, draft bool) (*composed, error) {
	in := compose.Input{
		Snapshot: s, Slug: e.Slug, Edition: e.Number, Draft: draft, Template: e.arranged(b.usual(s.Kind, a.nationCode)),
		Commentary: e.Commentary, Titles: e.Titles,
	}
	if !draft {
		in.PublishedOn = b.today().String()
	}
	for i := range a.published {
		p := &a.published[i]
		if p.Area == e.Area {
			in.Earlier = append(in.Earlier, compose.Published{Slug: p.Slug, Period: p.Period.String(), Edition: p.Number, On: p.PublishedOn.String(), Snapshot: p.snapshot})
		}
		if p.Slug == e.Slug && p.Number > 1 {
			in.Correction = append(in.Correction, compose.Correction{Edition: p.Number, On: p.PublishedOn.String(), What: p.What, Why: p.Why})
		}
	}
	if e.Number > 1 {
		in.Correction = append(in.Correction, compose.Correction{Edition: e.Number, On: in.PublishedOn, What: e.What, Why: e.Why})
	}
	in.Waived = e.waivers(e.Waived)
	for _, r := range e.EarlyAccess {
		in.EarlyAccess = append(in.EarlyAccess, compose.Reader{Who: r.Who, Why: r.Why})
	}
	c, err := b.compose(in)
	if err != nil {
		return nil, err
	}
	findings := append(e.overtaken(s, a), b.check(in, c)...)
	if stands := e.standing(findings); len(stands) < len(e.Waived) { // of what is not found any more the bulletin must not say that it was let pass
		in.Waived = e.waivers(stands)
		if c, err = b.compose(in); err != nil {
			return nil, err
		}
	}
	return &composed{edition: e, snapshot: s, content: c, findings: findings, turn: a.turn}, nil
}

// waivers are some that were given, with what was found in words, for the bulletin.
func (e *Edition) waivers(given []compose.Waiver) []compose.Waiver {
	var list []compose.Waiver
	for _, w := range given {
		list = append(list, compose.Waiver{Check: e.waivedWhat[w.Check], Reason: w.Reason})
	}
	return list
}

// standing are the waivers that still let something pass.
func (e *Edition) standing(findings []compose.Finding) []compose.Waiver {
	var list []compose.Waiver
	for _, w := range e.Waived {
		if slices.ContainsFunc(findings, func(f compose.Finding) bool { return f.Key == w.Check && e.waives(&f) }) {
			list = append(list, w)
		}
	}
	return list
}

// waives reports whether a finding was let pass as it is now. Where its words have changed, so have its numbers, and whoever let it
// pass has not seen them.
func (e *Edition) waives(f *compose.Finding) bool {
	what, there := e.waivedWhat[f.Key]
	return there && f.Waive && what == f.What
}

// overtaken finds editions that were published after this one's figures were frozen and show some of the same: its small
// numbers were hidden without regard to them.
func (e *Edition) overtaken(s *frozen.Snapshot, a *around) []compose.Finding {
	var list []compose.Finding
	for i := range a.published {
		p := &a.published[i]
		if p.turn <= e.seen || !slices.ContainsFunc(s.ReleaseKeys, func(key string) bool { return slices.Contains(p.snapshot.ReleaseKeys, key) }) {
			continue
		}
		list = append(list, compose.Finding{
			Key: "frozen:" + p.Slug + "/" + fmt.Sprint(p.Number), Where: "figures",
			What: fmt.Sprintf("%s was published after these figures were frozen, and shows some of the same: with both at hand a small number that is hidden here might be worked out.", p.name()),
			Hint: "Freeze the figures again.",
		})
	}
	return list
}

// arranged is a template in the order chosen, with what was left out. Chapters that came to the template later stand at
// the end, as it has them.
func (e *Edition) arranged(t compose.Template) compose.Template {
	if e.Chapters == nil {
		return t
	}
	at := map[string]int{}
	for i, key := range e.Chapters {
		at[key] = i
	}
	t.Chapters = slices.Clone(t.Chapters)
	for i := range t.Chapters {
		ch := &t.Chapters[i]
		if _, chosen := at[ch.Key]; chosen {
			ch.Out = slices.Contains(e.LeftOut, ch.Key)
		} else {
			at[ch.Key] = len(e.Chapters)
		}
	}
	slices.SortStableFunc(t.Chapters, func(a, b compose.ChapterTemplate) int { return at[a.Key] - at[b.Key] })
	return t
}

// Template is an edition's chapters in the order chosen, with those left out marked.
func (b *Bulletins) Template(ctx context.Context, id int) (t compose.Template, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		e, err := readEdition(ctx, tx, id)
		if err != nil {
			return err
		}
		t, err = b.templateIn(ctx, tx, e)
		return err
	})
	return t, err
}

func (b *Bulletins) templateIn(ctx context.Context, tx *store.Tx, e *Edition) (compose.Template, error) {
	snap, err := b.reg.In(ctx, tx)
	if err != nil {
		return compose.Template{}, err
	}
	nation := ""
	if n := snap.Area(e.nation); n != nil {
		nation = n.Code
	}
	return e.arranged(b.usual(e.Kind, nation)), nil
}

// Check is what must be mended or waived before signing; waived are those that were. Nothing of a published edition is open.
func (b *Bulletins) Check(ctx context.Context, id int) (open, waived []compose.Finding, err error) {
	c, err := b.composed(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	open, waived = c.open()
	return open, waived, nil
}

// open parts the findings into those that are open and those that were waived.
func (c *composed) open() (open, waived []compose.Finding) {
	for _, f := range c.findings {
		if c.edition.waives(&f) {
			waived = append(waived, f)
		} else {
			open = append(open, f)
		}
	}
	return open, waived
}

// Content composes a draft, or gives a published edition's as it was composed. It is shared: do not change it.
func (b *Bulletins) Content(ctx context.Context, id int) (*content.Content, error) {
	c, err := b.composed(ctx, id)
	if err != nil || c.content != nil {
		return contentOf(c), err
	}
	var stored *content.Content
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		var body []byte
		found, err := tx.Get(ctx, []any{&body}, "SELECT body FROM bulletin_content WHERE edition = ?", id)
		if err == nil && !found {
			err = fmt.Errorf("bulletin: edition %d has no content", id)
		}
		if err != nil {
			return err
		}
		stored, err = unpackContent(body)
		return err
	})
	return stored, err
}

func contentOf(c *composed) *content.Content {
	if c == nil {
		return nil
	}
	return c.content
}

// chapterTitle is what a chapter is called, for the history.
func chapterTitle(t compose.Template, key string) (string, bool) {
	i := slices.IndexFunc(t.Chapters, func(c compose.ChapterTemplate) bool { return c.Key == key })
	if i < 0 {
		return "", false
	}
	if title := t.Chapters[i].Title; title != "" {
		return title, true
	}
	return strings.ReplaceAll(key, "_", " "), true
}
