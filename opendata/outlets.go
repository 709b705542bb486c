package opendata

import (
	"context"
	"strings"

	"everykit/civil"
	"everykit/registry"
)

// outletsTable is the outlets that anybody may be told of and that have not closed. Of an outlet of which nobody has said so,
// nobody is told.
func (s *Store) outletsTable(ctx context.Context) (*Table, error) {
	t := &Table{
		Name: "outlets", Title: "Outlets", Text: "Places that give kits out, that are open and that anybody may be told of.", Source: "What each outlet's authority has told this site.", Key: []string{"code"},
		Columns: []Column{
			{Name: "code", Type: String, Title: "Code", Description: "What files call it.", Need: true, Unique: true},
			{Name: "name", Type: String, Title: "Name", Description: "Name of the outlet.", Need: true},
			{Name: "kind", Type: String, Title: "Kind", Description: "Drug service, pharmacy, hostel and so on, as files have it.", Need: true},
			{Name: "authority", Type: String, Title: "Authority", Description: "Code of its authority's area.", Need: true},
			{Name: "channel", Type: String, Title: "Channel", Description: "Whom its kits go to: community, prison, post and so on.", Need: true},
			{Name: "provider", Type: String, Title: "Provider", Description: "The organisation that runs it."},
			{Name: "postcode", Type: String, Title: "Postcode", Description: "Of the outlet."},
			latColumn("the outlet"), lonColumn("the outlet"),
			{Name: "open", Type: String, Title: "Open", Description: "Opening hours, as OpenStreetMap writes them."},
			{Name: "walk_in", Type: String, Title: "Walk in", Description: "Whether somebody can come without an appointment. Absent: not known.", Words: []string{"yes", "no", "appointment"}},
			{Name: "requires", Type: String, Title: "Requires", Description: "What it asks for first, with spaces between; none where it asks for nothing. Absent: not known."},
			{Name: "gives", Type: String, Title: "Gives", Description: "Codes of products, or forms, with spaces between."},
			{Name: "phone", Type: String, Title: "Telephone", Description: "Of the outlet."},
			{Name: "step_free", Type: Boolean, Title: "Step-free", Description: "Whether one can get in without steps. Absent: not known."},
			{Name: "languages", Type: String, Title: "Languages", Description: "Languages spoken."},
			{Name: "confirmed_on", Type: Date, Title: "Confirmed", Description: "When these facts were last confirmed."},
		},
	}
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range snap.Outlets() {
		if o.Public != registry.Yes || !o.OpenOn(s.today()) {
			continue
		}
		t.Rows = append(t.Rows, []any{
			o.Code, o.Name, o.Kind.String(), snap.Area(o.Area).Code, o.Channel.String(), orNothing(o.Provider), orNothing(o.Postcode), decimal(o.Lat), decimal(o.Lon),
			orNothing(o.Open), orNothing(o.WalkIn.String()), orNothing(o.Requires.String()), orNothing(strings.Join(o.Gives, " ")), orNothing(o.Phone), yesNo(o.StepFree),
			orNothing(o.Languages), day(o.ConfirmedOn),
		})
	}
	return t, nil
}

func yesNo(a registry.Answer) any {
	if a == 0 {
		return nil
	}
	return a == registry.Yes
}

func day(d civil.Date) any {
	if d == civil.None {
		return nil
	}
	return d.String()
}
