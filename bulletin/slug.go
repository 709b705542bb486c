package bulletin

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

// slugFor chooses the name in addresses of a new bulletin: the period's for the first nation that has one of that period on
// this site, else the period's with the area's name behind, and its code where another area has that name.
func slugFor(ctx context.Context, tx *store.Tx, a *registry.Area, p civil.Period) (string, error) {
	named := p.Slug() + "-" + slugOf(a.Name)
	options := []string{named, named + "-" + slugOf(a.Code)}
	if a.Kind == registry.Nation {
		options = append([]string{p.Slug()}, options...)
	}
	for _, slug := range options {
		var other int
		found, err := tx.Get(ctx, []any{&other}, "SELECT id FROM bulletin_edition WHERE slug = ? AND area <> ? AND state <> ? LIMIT 1", slug, a.ID, int(Dropped))
		if err != nil || !found {
			return slug, err
		}
	}
	return "", fault.New(fault.Conflict, "another area has every name that the bulletin of %s could have", a.Name).Hint("give the area another name first")
}

// slugOf is a name in small letters and digits without accents, parted by "-".
func slugOf(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’': // an accent that NFD parted from its letter
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		default:
			gap = true
		}
	}
	return b.String()
}

// noSecond is nil where an area has no bulletin of a period yet, and else says what to do with the one there is.
func noSecond(ctx context.Context, tx *store.Tx, a *registry.Area, p civil.Period) error {
	list, err := readEditions(ctx, tx, "e.area = ? AND e.period = ? AND e.state <> ? ORDER BY e.number DESC LIMIT 1", a.ID, p.String(), int(Dropped))
	if err != nil || len(list) == 0 {
		return err
	}
	return list[0].inTheWay()
}

// inTheWay says that an edition stands where another is to begin.
func (e *Edition) inTheWay() error {
	if e.State == Published {
		return fault.New(fault.Conflict, "%s was published on %s", e.Slug, e.PublishedOn.Words()).At("period").Hint("to put something right, begin a correction of it")
	}
	return fault.New(fault.Conflict, "there is a draft already: %s", e.name()).At("period").Hint("go on with that one, or drop it first")
}

// name is how staff call an edition: 2021-22-q2, edition 2.
func (e *Edition) name() string {
	if e.Number == 1 {
		return e.Slug
	}
	return fmt.Sprintf("%s, edition %d", e.Slug, e.Number)
}
