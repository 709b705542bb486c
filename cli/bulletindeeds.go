package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/compose"
	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
)

func faultClosed() error {
	return fault.New(fault.Forbidden, "this account is closed").Hint("everykit staff enable EMAIL opens it again")
}

func (b *bulletins) draft(ctx context.Context) error {
	period, err := civil.ParsePeriod(b.period)
	if err != nil {
		return usage("%s", err).try("--period 2021/22-Q2")
	}
	of := bulletin.DraftOf{Period: period}
	if b.asOf != "" {
		if of.AsOf, err = civil.ParseDate(b.asOf); err != nil {
			return usage("--as-of: %s", err).try("--as-of 2021-12-31")
		}
	}
	area, err := areaNamed(b.snap, b.area)
	if err != nil {
		return err
	}
	of.Area = area.Code
	id, err := b.rooms.Bulletins.Draft(ctx, b.who, of)
	if err != nil {
		return err
	}
	return b.begun(ctx, id)
}

// begun says what was begun, and how much the checks find.
func (b *bulletins) begun(ctx context.Context, id int) error {
	e, err := b.rooms.Bulletins.Get(ctx, b.who, id)
	if err != nil {
		return err
	}
	open, _, err := b.rooms.Bulletins.Check(ctx, id)
	if err != nil {
		return err
	}
	b.say("%s: draft of edition %d, figures as of %s, %s open", e.Slug, e.Number, e.AsOf.Words(), plural(len(open), "check"))
	return nil
}

// areaNamed finds a nation or an authority by its code, or by its name in any case.
func areaNamed(snap *registry.Snapshot, word string) (*registry.Area, error) {
	word = strings.TrimSpace(word)
	if a, ok := snap.AreaByCode(word); ok {
		return a, nil
	}
	var same []*registry.Area
	standing := 0
	for _, a := range snap.Areas() {
		nation := snap.NationOf(a.ID)
		if strings.EqualFold(a.Name, word) && (a.IsAuthority() || nation != nil && nation.ID == a.ID) {
			same = append(same, a)
			if a.ValidTo == civil.None {
				standing++
			}
		}
	}
	if standing == 1 { // the others of this name are no more
		for _, a := range same {
			if a.ValidTo == civil.None {
				return a, nil
			}
		}
	}
	switch len(same) {
	case 0:
		var names []string
		for _, a := range snap.Areas() {
			names = append(names, strings.ToLower(a.Name))
		}
		return nil, fault.New(fault.NotFound, "there is no area %q%s", word, meant(word, names)).Hint("give the code or the name of a nation or an authority; everykit export areas lists them")
	case 1:
		return same[0], nil
	}
	var codes []string
	for _, a := range same {
		codes = append(codes, a.Code)
	}
	return nil, fault.New(fault.Invalid, "there are %d areas named %s", len(same), same[0].Name).Hint("give the code: %s", strings.Join(codes, ", "))
}

func (b *bulletins) note(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	text, err := readNote(b.args[2])
	if err != nil {
		return err
	}
	if err := b.rooms.Bulletins.Note(ctx, b.who, e.ID, e.Version, b.args[1], text); err != nil {
		return err
	}
	b.say("%s: commentary of %s set", e.Slug, b.args[1])
	return nil
}

func readNote(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fault.New(fault.NotFound, "the file %s cannot be read", path).Hint("check its name").Because(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 8*bulletin.MostNote))
	if err != nil {
		return "", fault.New(fault.Unavailable, "the file %s cannot be read", path).Hint("check that it is a file of text").Because(err)
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// waive lets one finding stand, or all whose names begin as the one given does up to its *.
func (b *bulletins) waive(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	keys := []string{b.args[1]}
	if begins, many := strings.CutSuffix(b.args[1], "*"); many {
		open, _, err := b.rooms.Bulletins.Check(ctx, e.ID)
		if err != nil {
			return err
		}
		keys = nil
		for _, f := range open {
			if f.Waive && strings.HasPrefix(f.Key, begins) {
				keys = append(keys, f.Key)
			}
		}
		if len(keys) == 0 {
			return fault.New(fault.NotFound, "no open finding that may be waived begins with %q", begins).Hint("everykit bulletin check %s lists them", e.Slug)
		}
	}
	for _, key := range keys {
		if e, err = b.rooms.Bulletins.Get(ctx, b.who, e.ID); err != nil {
			return err
		}
		if err := b.rooms.Bulletins.Waive(ctx, b.who, e.ID, e.Version, key, b.args[2]); err != nil {
			return err
		}
	}
	open, _, err := b.rooms.Bulletins.Check(ctx, e.ID)
	if err != nil {
		return err
	}
	b.say("%s: %s waived, %s open", e.Slug, plural(len(keys), "check"), plural(len(open), "check"))
	return nil
}

func (b *bulletins) sign(ctx context.Context) error {
	embargo, err := b.embargoTime()
	if err != nil {
		return err
	}
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	if err := b.rooms.Bulletins.Sign(ctx, b.who, e.ID, e.Version, embargo); err != nil {
		return err
	}
	if embargo.IsZero() {
		b.say("%s: signed; everykit bulletin publish %s makes it public", e.Slug, e.Slug)
	} else {
		b.say("%s: signed, to be published at %s", e.Slug, embargo.Format("15:04 MST on 2 January 2006"))
	}
	return nil
}

func (b *bulletins) embargoTime() (time.Time, error) {
	if b.embargo == "" {
		return time.Time{}, nil
	}
	zone, err := b.zone()
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", strings.Replace(b.embargo, "T", " ", 1), zone)
	if err != nil {
		return at, usage("--embargo: %q is not a time", b.embargo).try(`--embargo "2026-12-15 09:30"`)
	}
	return at, nil
}

func (b *bulletins) unsign(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	if err := b.rooms.Bulletins.Unsign(ctx, b.who, e.ID, e.Version, b.why); err != nil {
		return err
	}
	b.say("%s: a draft again", e.Slug)
	return nil
}

func (b *bulletins) drop(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	if err := b.rooms.Bulletins.Drop(ctx, b.who, e.ID, e.Version); err != nil {
		return err
	}
	b.say("%s: dropped", e.Slug)
	return nil
}

func (b *bulletins) publish(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	if err := b.rooms.Bulletins.Publish(ctx, b.who, e.ID, e.Version); err != nil {
		return err
	}
	b.say("%s: edition %d published", e.Slug, e.Number)
	if c, err := b.rooms.Mail.Counts(ctx); err == nil && c.Waiting > 0 && !b.rooms.Mail.Sends() {
		b.say("  letters about it wait: nothing here sends e-mail; see everykit serve --mail")
	}
	return nil
}

func (b *bulletins) correct(ctx context.Context) error {
	id, err := b.rooms.Bulletins.Correct(ctx, b.who, b.slug, b.what, b.why)
	if err != nil {
		return err
	}
	return b.begun(ctx, id)
}

func (b *bulletins) check(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	open, waived, err := b.rooms.Bulletins.Check(ctx, e.ID)
	if err != nil {
		return err
	}
	if e, err = b.rooms.Bulletins.Get(ctx, b.who, e.ID); err != nil {
		return err
	}
	reasons := map[string]string{}
	for _, w := range e.Waived {
		reasons[w.Check] = w.Reason
	}
	var rows [][]string
	add := func(state string, list []compose.Finding) {
		for _, f := range list {
			may := "no"
			if f.Waive {
				may = "yes"
			}
			rows = append(rows, []string{f.Key, state, f.What, f.Where, f.Hint, may, reasons[f.Key]})
		}
	}
	add("open", open)
	add("waived", waived)
	if err := b.printFindings(rows); err != nil {
		return err
	}
	if len(open) > 0 {
		return fault.New(fault.Refused, "%s: %s open", e.Slug, plural(len(open), "check")).Hint("mend each, or waive it where that is offered: everykit bulletin waive %s FINDING REASON", e.Slug)
	}
	b.say("%s: nothing is open, %s waived", e.Slug, plural(len(waived), "check"))
	return nil
}

// printFindings writes a row each, or for people a few lines each: sentences are too long for a table.
func (b *bulletins) printFindings(rows [][]string) error {
	if b.format != "table" {
		return b.print(b.format, []string{"finding", "state", "what", "where", "do", "may_be_waived", "reason"}, rows)
	}
	for _, r := range rows {
		next := "waived: " + r[6]
		if r[1] == "open" {
			next = "try: " + r[4]
			if r[5] == "no" {
				next += " (it cannot be waived)"
			}
		}
		if _, err := fmt.Fprintf(b.Out, "%s: %s\n  %s\n  %s\n", r[1], r[0], r[2], next); err != nil {
			return err
		}
	}
	return nil
}

func (b *bulletins) write(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	paths, err := b.rooms.Bulletins.WriteTo(ctx, e.ID, b.out)
	if err != nil {
		return err
	}
	b.say("%s: %s, edition %d, %s", b.out, plural(len(paths), "file"), e.Number, e.State.Words())
	return nil
}
