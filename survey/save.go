package survey

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/table"
)

// Bounds that only a slip of the hand passes, in letters.
const (
	mostKey    = 60
	mostTitle  = 200
	mostLetter = 10_000
	mostReason = 1000
)

var plainKey = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reserved are words of addresses, so that no round can be called so.
var reserved = []string{"new", "compare"}

// mayRun is the right to every deed of staff in this room.
func mayRun(by staff.Person, nation int) error {
	return by.Must(staff.RunSurvey, staff.Place{Nation: nation})
}

func subject(round int) string { return fmt.Sprintf("survey %d", round) }

// Save makes a draft (ID 0) or changes a round. Key, Title, Nation, Period, Act, Letter, Contact, Questions, DueOn and ClosesOn
// are read; r is as it was stored afterwards. A new round without a key takes that of its period, one without questions the
// built-in ones, and asks every authority of the nation, with the address that the round before had. Of a round that was
// sent only the title, the contact and the closing day may change; Refused for anything else. Every fault is at its field,
// those of a question at "questions.3.text", where 3 is its index.
func (s *Survey) Save(ctx context.Context, by staff.Person, r *Round) error {
	if err := mayRun(by, r.Nation); err != nil {
		return err
	}
	var saved *Round
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		draft := *r
		draft.Questions = slices.Clone(r.Questions)
		if err := draft.tidy(snap).Err(); err != nil {
			return err
		}
		deed := "change survey round"
		if draft.ID == 0 {
			deed = "draft survey round"
			err = s.make(ctx, tx, snap, &draft, by.ID)
		} else {
			err = s.rewrite(ctx, tx, by, snap, &draft)
		}
		if err != nil {
			return err
		}
		if saved, err = roundByID(ctx, tx, draft.ID); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, by.Area, deed, subject(draft.ID), fmt.Sprintf("%s, %d questions", draft.Key, len(draft.Questions)))
	})
	if err == nil {
		*r = *saved
	}
	return err
}

// tidy takes spaces away, fills in what may be left out, and gives every fault.
func (r *Round) tidy(snap *registry.Snapshot) fault.List {
	var bad fault.List
	add := func(field, format string, args ...any) {
		bad = append(bad, fault.New(fault.Invalid, format, args...).At(field))
	}
	r.Title, r.Contact = strings.Join(strings.Fields(r.Title), " "), strings.Join(strings.Fields(r.Contact), " ")
	r.Letter = tidyText(r.Letter)
	for _, f := range []struct {
		field, value string
		most         int
		need         bool
	}{{"title", r.Title, mostTitle, true}, {"contact", r.Contact, mostTitle, false}, {"letter", r.Letter, mostLetter, false}} {
		if words := textFault(f.value, f.most, f.need); words != "" {
			add(f.field, "%s", words)
		}
	}
	if a := snap.Area(r.Nation); a == nil || a.Kind != registry.Nation {
		add("nation", "choose the nation whose authorities are asked")
	}
	if r.Period.IsZero() || !r.Period.IsFinancialYear() {
		add("period", "choose the financial year that the questions are about, as 2021/22")
	}
	if r.Act > ActScotland {
		add("act", "choose the law by which they are asked")
	}
	if r.Key = slugOf(r.Key); r.Key != "" && (len(r.Key) > mostKey || !plainKey.MatchString(r.Key)) {
		add("key", "use small letters, digits and single hyphens, at most %d, as 2021-22", mostKey)
	} else if slices.Contains(reserved, r.Key) {
		add("key", "%s means something else in addresses; choose another", r.Key)
	}
	if r.DueOn == 0 {
		r.DueOn = civil.None
	}
	if r.ClosesOn == 0 {
		r.ClosesOn = civil.None
	}
	if r.DueOn != civil.None && r.ClosesOn != civil.None && r.ClosesOn <= r.DueOn {
		add("closes_on", "%s is not after the day by which they are to answer", r.ClosesOn.Words())
	}
	if len(r.Questions) == 0 && r.ID == 0 {
		r.Questions = Template()
	}
	return append(bad, checkQuestions(r.Questions)...)
}

func tidyText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// textFault says what is wrong with a text that somebody typed, empty if nothing.
func textFault(s string, most int, need bool) string {
	switch {
	case need && s == "":
		return "must be filled in"
	case utf8.RuneCountInString(s) > most:
		return fmt.Sprintf("this is longer than %d letters", most)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable):
		return "this holds a character that cannot be stored"
	}
	return ""
}

func unprintable(r rune) bool {
	return r == utf8.RuneError || (unicode.IsControl(r) && r != '\n' && r != '\t')
}

// make writes a new round and asks every authority.
func (s *Survey) make(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, r *Round, by int) error {
	r.State, r.MadeBy = Draft, by
	r.SentOn, r.ClosedOn = civil.None, civil.None
	if err := insertRound(ctx, tx, snap, r); err != nil {
		return err
	}
	return s.askAuthorities(ctx, tx, snap, r)
}

// insertRound writes a round under its key, or the first free one made from its period and nation.
func insertRound(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, r *Round) error {
	questions, err := json.Marshal(r.Questions)
	if err != nil {
		return err
	}
	keys := []string{r.Key}
	if r.Key == "" {
		slug := r.Period.Slug()
		keys = []string{slug, slug + "-" + strings.ReplaceAll(table.Fold(snap.Area(r.Nation).Name), "_", "-")}
		for n := 2; n < 10; n++ {
			keys = append(keys, fmt.Sprintf("%s-%d", slug, n))
		}
	}
	for _, key := range keys {
		made, err := tx.Exec(ctx, `INSERT INTO survey_round (slug, title, nation, period, act, state, questions, letter, contact, imported, due_on, closes_on, made_at, made_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO NOTHING`, key, r.Title, r.Nation, r.Period.String(), int(r.Act), int(r.State), string(questions),
			r.Letter, r.Contact, bit(r.Imported), dayValue(r.DueOn), dayValue(r.ClosesOn), tx.Now.UnixMilli(), r.MadeBy)
		if err != nil {
			return err
		}
		if made == 1 {
			r.Key = key
			_, err := tx.Get(ctx, []any{&r.ID}, "SELECT id FROM survey_round WHERE slug = ?", key)
			return err
		}
		if !r.Imported {
			continue
		}
		there, err := readRounds(ctx, tx, "slug = ? AND nation = ? AND period = ? AND state > ?", key, r.Nation, r.Period.String(), int(Draft))
		if err != nil {
			return err
		}
		if len(there) == 1 { // made by another file at the same moment
			*r = there[0]
			return nil
		}
	}
	return fault.New(fault.Conflict, "there is a round called %s already", keys[0]).At("key").Hint("open that one; or choose another key")
}

// rewrite changes a round that is there.
func (s *Survey) rewrite(ctx context.Context, tx *store.Tx, by staff.Person, snap *registry.Snapshot, r *Round) error {
	before, err := lockRound(ctx, tx, by, r.ID)
	if err != nil {
		return err
	}
	if before.State != Draft {
		return s.rewriteSent(ctx, tx, before, r)
	}
	if r.Key == "" {
		r.Key = before.Key
	}
	questions, err := json.Marshal(r.Questions)
	if err != nil {
		return err
	}
	var other int
	found, err := tx.Get(ctx, []any{&other}, "SELECT id FROM survey_round WHERE slug = ? AND id <> ?", r.Key, r.ID)
	if err != nil {
		return err
	}
	if found {
		return fault.New(fault.Conflict, "there is a round called %s already", r.Key).At("key").Hint("open that one; or choose another key")
	}
	_, err = tx.Exec(ctx, `UPDATE survey_round SET slug = ?, title = ?, nation = ?, period = ?, act = ?, questions = ?, letter = ?, contact = ?, due_on = ?, closes_on = ? WHERE id = ?`,
		r.Key, r.Title, r.Nation, r.Period.String(), int(r.Act), string(questions), r.Letter, r.Contact, dayValue(r.DueOn), dayValue(r.ClosesOn), r.ID)
	if err != nil || (before.Nation == r.Nation && before.Period == r.Period) {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM survey_respondent WHERE round = ?", r.ID); err != nil {
		return err
	}
	return s.askAuthorities(ctx, tx, snap, r)
}

// rewriteSent changes what may change of a round that was sent.
func (s *Survey) rewriteSent(ctx context.Context, tx *store.Tx, before, r *Round) error {
	was, err := json.Marshal(before.Questions)
	if err != nil {
		return err
	}
	is, err := json.Marshal(r.Questions)
	if err != nil {
		return err
	}
	if string(was) != string(is) || r.Nation != before.Nation || r.Period != before.Period || r.Act != before.Act || r.Letter != before.Letter || r.DueOn != before.DueOn ||
		(r.Key != "" && r.Key != before.Key) {
		return fault.New(fault.Refused, "this round was sent: only its title, its contact and the day it closes may still change").
			Hint("what people were asked stays as it was; write another round for other questions")
	}
	if before.Ended() && r.ClosesOn != before.ClosesOn {
		return fault.New(fault.Refused, "this round has closed already").At("closes_on")
	}
	if before.State == Open && r.ClosesOn != before.ClosesOn && r.ClosesOn != civil.None && r.ClosesOn <= s.today() {
		return fault.New(fault.Invalid, "%s is not in the future", r.ClosesOn.Words()).At("closes_on").Hint("close the round by hand to close it today")
	}
	_, err = tx.Exec(ctx, "UPDATE survey_round SET title = ?, contact = ?, closes_on = ? WHERE id = ?", r.Title, r.Contact, dayValue(r.ClosesOn), r.ID)
	return err
}

// lockRound takes hold of a round's row, so that of two deeds on it one waits, and checks that somebody may run it.
func lockRound(ctx context.Context, tx *store.Tx, by staff.Person, id int) (*Round, error) {
	if _, err := tx.Exec(ctx, "UPDATE survey_round SET state = state WHERE id = ?", id); err != nil {
		return nil, err
	}
	r, err := roundByID(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	return r, mayRun(by, r.Nation)
}
