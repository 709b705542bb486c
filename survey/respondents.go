package survey

import (
	"context"
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

const mostRespondents = 5000

// askAuthorities puts every authority that stood on the last day of the period into a draft, with the address that the
// nation's latest round had for it.
func (s *Survey) askAuthorities(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, r *Round) error {
	addresses := map[int]string{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var email string
		err := scan(&area, &email)
		addresses[area] = email // the latest round comes last
		return err
	}, `SELECT w.area, w.email FROM survey_respondent w JOIN survey_round r ON r.id = w.round WHERE r.nation = ? AND w.kind = ? AND w.email <> '' AND r.id <> ? ORDER BY r.id`,
		r.Nation, int(Authority), r.ID)
	if err != nil {
		return err
	}
	var list []Respondent
	for i, a := range snap.AuthoritiesOf(r.Nation, r.Period.Last()) {
		list = append(list, Respondent{Number: i + 1, Kind: Authority, Area: a.ID, Code: a.Code, Name: a.Name, Email: addresses[a.ID]})
	}
	return insertRespondents(ctx, tx, r.ID, notAsked, list)
}

func insertRespondents(ctx context.Context, tx *store.Tx, round int, asked asked, list []Respondent) error {
	const columns = 8
	values := make([]any, 0, columns*len(list))
	for _, p := range list {
		values = append(values, p.Area, round, p.Number, int(p.Kind), p.Code, p.Name, p.Email, int(asked))
	}
	_, err := tx.Insert(ctx, "INSERT INTO survey_respondent (area, round, number, kind, code, name, email, asked) VALUES", columns, values, "")
	return err
}

// SaveRespondents sets who a draft asks, in place of those there were; authorities of the nation on the period's last day
// are there from the start. One with a number keeps it, others get the next ones. Code and name of an authority are the
// registry's. Faults are at "respondents.3.name", where 3 is the index. Refused once the round was sent.
func (s *Survey) SaveRespondents(ctx context.Context, by staff.Person, round int, list []Respondent) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		r, err := lockRound(ctx, tx, by, round)
		if err != nil {
			return err
		}
		if r.State != Draft {
			return fault.New(fault.Refused, "this round was sent: who is asked no longer changes").Hint("an address can be corrected on the respondent's own page")
		}
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		tidied, bad := tidyRespondents(snap, r, list)
		if err := bad.Err(); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM survey_respondent WHERE round = ?", r.ID); err != nil {
			return err
		}
		if err := insertRespondents(ctx, tx, r.ID, notAsked, tidied); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, by.Area, "set survey respondents", subject(r.ID), fmt.Sprintf("%d asked", len(tidied)))
	})
}

func tidyRespondents(snap *registry.Snapshot, r *Round, given []Respondent) ([]Respondent, fault.List) {
	var bad fault.List
	if len(given) > mostRespondents {
		return nil, append(bad, fault.New(fault.Invalid, "a round asks at most %d", mostRespondents).At("respondents"))
	}
	list := make([]Respondent, len(given))
	numbers, names := map[int]bool{}, map[string]bool{}
	last := 0
	for _, p := range given {
		last = max(last, p.Number)
	}
	for i, p := range given {
		add := func(field, format string, args ...any) {
			bad = append(bad, fault.New(fault.Invalid, format, args...).At(fmt.Sprintf("respondents.%d.%s", i, field)))
		}
		p.Code, p.Name, p.Email = strings.TrimSpace(p.Code), strings.Join(strings.Fields(p.Name), " "), strings.TrimSpace(p.Email)
		if p.Number == 0 {
			last++
			p.Number = last
		}
		if p.Number < 0 || numbers[p.Number] {
			add("number", "two have the number %d", p.Number)
		}
		numbers[p.Number] = true
		p.tidyPlace(snap, r, add)
		if words := textFault(p.Name, mostTitle, true); words != "" {
			add("name", "%s", words)
		}
		if words := textFault(p.Code, mostKey, false); words != "" {
			add("code", "%s", words)
		}
		if p.Email != "" {
			if err := mail.CheckAddress(p.Email); err != nil {
				add("email", "this is not an e-mail address; write it like name@example.org")
			}
		}
		if self := fmt.Sprint(p.Kind, p.Area, strings.ToLower(p.Name)); names[self] {
			add("name", "%s is there twice", p.Name)
		} else {
			names[self] = true
		}
		list[i] = p
	}
	return list, bad
}

// tidyPlace finds where a respondent is.
func (p *Respondent) tidyPlace(snap *registry.Snapshot, r *Round, add func(field, format string, args ...any)) {
	a := snap.Area(p.Area)
	nation := snap.NationOf(p.Area)
	within := nation != nil && nation.ID == r.Nation
	switch p.Kind {
	case Authority:
		if a == nil || !a.IsAuthority() || !within {
			add("area", "choose an authority of the nation that is asked")
			return
		}
		p.Code, p.Name = a.Code, a.Name
	case Prison, YoungOffender:
		if p.Area == 0 {
			p.Area = r.Nation
		} else if !within {
			add("area", "choose an authority of the nation that is asked, or none")
		}
	default:
		add("kind", "choose what this is: an authority, a prison or a young offender institution")
	}
}

// Prisons proposes the prisons of a nation that the registry knows and that were open at the end of a period, by name: to
// be added to who a round asks.
func (s *Survey) Prisons(ctx context.Context, nation int, p civil.Period) ([]Respondent, error) {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	var list []Respondent
	for _, o := range snap.Outlets() {
		of := snap.NationOf(o.Area)
		if o.Kind == registry.PrisonOutlet && of != nil && of.ID == nation && o.OpenOn(p.Last()) {
			list = append(list, Respondent{Kind: Prison, Area: o.Area, Code: o.Code, Name: o.Name, Email: o.Email})
		}
	}
	return list, nil
}
