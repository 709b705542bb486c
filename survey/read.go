package survey

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

const roundColumns = "id, slug, title, nation, period, act, state, questions, letter, contact, imported, sent_on, due_on, closes_on, closed_on, made_by"

// readRounds reads rounds by a condition.
func readRounds(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Round, error) {
	var all []Round
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var r Round
		var period, questions string
		var imported int
		var sent, due, closes, closed *int
		err := scan(&r.ID, &r.Key, &r.Title, &r.Nation, &period, &r.Act, &r.State, &questions, &r.Letter, &r.Contact, &imported, &sent, &due, &closes, &closed, &r.MadeBy)
		if err != nil {
			return err
		}
		r.Imported = imported == 1
		r.SentOn, r.DueOn, r.ClosesOn, r.ClosedOn = dayOf(sent), dayOf(due), dayOf(closes), dayOf(closed)
		if r.Period, err = civil.ParsePeriod(period); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(questions), &r.Questions); err != nil {
			return err
		}
		all = append(all, r)
		return nil
	}, "SELECT "+roundColumns+" FROM survey_round WHERE "+where, args...)
	return all, err
}

func noRound() error {
	return fault.New(fault.NotFound, "there is no such round").Hint("the list of rounds shows those that there are")
}

func noRespondent() error {
	return fault.New(fault.NotFound, "nobody has this number in this round").Hint("open the round to see who is asked")
}

// roundByID reads one.
func roundByID(ctx context.Context, tx *store.Tx, id int) (*Round, error) {
	found, err := readRounds(ctx, tx, "id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noRound()
	}
	return &found[0], nil
}

// Rounds lists rounds of a nation (0: all), the latest period first.
func (s *Survey) Rounds(ctx context.Context, nation int) ([]Round, error) {
	var all []Round
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = readRounds(ctx, tx, "? = 0 OR nation = ?", nation, nation)
		return err
	})
	slices.SortFunc(all, func(a, b Round) int {
		if a.Period.From != b.Period.From {
			return int(b.Period.From - a.Period.From)
		}
		return b.ID - a.ID
	})
	return all, err
}

// Round reads one by its key, in any case; a financial year (2017/18) stands for the key made of it.
func (s *Survey) Round(ctx context.Context, key string) (*Round, error) {
	var r *Round
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		found, err := roundsCalled(ctx, tx, key)
		if err == nil && len(found) == 0 {
			err = noRound()
		}
		if err == nil {
			r = &found[0]
		}
		return err
	})
	return r, err
}

// roundsCalled reads the round of a key as somebody typed it, or none. What can be no key is not looked for: a database may
// refuse to read it.
func roundsCalled(ctx context.Context, tx *store.Tx, typed string) ([]Round, error) {
	key := slugOf(typed)
	if !plainKey.MatchString(key) {
		return nil, nil
	}
	return readRounds(ctx, tx, "slug = ?", key)
}

// slugOf is how a key is kept.
func slugOf(key string) string {
	key = strings.ToLower(strings.TrimSpace(key))
	if p, err := civil.ParseSlug(key); err == nil && p.IsFinancialYear() {
		return p.Slug()
	}
	return key
}

const recordColumns = `area, number, kind, code, name, email, asked, sent_at, sent_on, opened_at, acknowledged_on, due_on, paused_on, paused_for, extended_for,
	answered_on, refused_on, refused_for, reminders, reminded_on, done, letter, answers, aside, version, ledger_bought, ledger_given, ledger_at`

// readRecords reads respondents of a round by a condition, with status and lateness as of today.
func (s *Survey) readRecords(ctx context.Context, tx *store.Tx, r *Round, where string, args ...any) ([]record, error) {
	var all []record
	today := s.today()
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var w record
		var sentAt, openedAt, ledgerAt *int64
		var sent, acknowledged, due, paused, answered, refused, reminded *int
		var done int
		var answers, aside string
		err := scan(&w.Area, &w.Number, &w.Kind, &w.Code, &w.Name, &w.Email, &w.asked, &sentAt, &sent, &openedAt, &acknowledged, &due, &paused, &w.PausedFor, &w.ExtendedFor,
			&answered, &refused, &w.RefusedFor, &w.Reminders, &reminded, &done, &w.Letter, &answers, &aside, &w.Version, &w.ledger.bought, &w.ledger.given, &ledgerAt)
		if err != nil {
			return err
		}
		w.SentAt, w.OpenedAt, w.ledger.at = instant(sentAt), instant(openedAt), instant(ledgerAt)
		w.SentOn, w.AcknowledgedOn, w.DueOn, w.PausedOn = dayOf(sent), dayOf(acknowledged), dayOf(due), dayOf(paused)
		w.AnsweredOn, w.RefusedOn, w.RemindedOn = dayOf(answered), dayOf(refused), dayOf(reminded)
		w.done = done == 1
		if w.Answers, err = unpack(answers); err != nil {
			return err
		}
		if w.Aside, err = unpack(aside); err != nil {
			return err
		}
		w.settle(r, today)
		all = append(all, w)
		return nil
	}, "SELECT "+recordColumns+" FROM survey_respondent WHERE "+where, args...)
	return all, err
}

// everybody reads all respondents of a round, by name.
func (s *Survey) everybody(ctx context.Context, tx *store.Tx, r *Round) ([]record, error) {
	all, err := s.readRecords(ctx, tx, r, "round = ?", r.ID)
	slices.SortFunc(all, func(a, b record) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return a.Number - b.Number
	})
	return all, err
}

// one reads a respondent.
func (s *Survey) one(ctx context.Context, tx *store.Tx, r *Round, number int) (*record, error) {
	found, err := s.readRecords(ctx, tx, r, "round = ? AND number = ?", r.ID, number)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noRespondent()
	}
	return &found[0], nil
}

// Replies are all respondents of a round by name.
func (s *Survey) Replies(ctx context.Context, round int) ([]Reply, error) {
	var all []Reply
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		r, err := roundByID(ctx, tx, round)
		if err != nil {
			return err
		}
		records, err := s.everybody(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := s.doubt(ctx, tx, r, records); err != nil {
			return err
		}
		all = make([]Reply, len(records))
		for i := range records {
			all[i] = records[i].Reply
		}
		return nil
	})
	return all, err
}

// Reply is one.
func (s *Survey) Reply(ctx context.Context, round, respondent int) (*Reply, error) {
	var reply *Reply
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		r, err := roundByID(ctx, tx, round)
		if err == nil {
			reply, err = s.replyIn(ctx, tx, r, respondent)
		}
		return err
	})
	return reply, err
}

func (s *Survey) replyIn(ctx context.Context, tx *store.Tx, r *Round, respondent int) (*Reply, error) {
	w, err := s.one(ctx, tx, r, respondent)
	if err != nil {
		return nil, err
	}
	list := []record{*w}
	if err := s.doubt(ctx, tx, r, list); err != nil {
		return nil, err
	}
	return &list[0].Reply, nil
}

// ForPeriod gives the round of a nation for a period that the scorecard and other rooms read: the latest one not in
// draft, with its replies of authorities by area. Nil if there is none. Doubts are not read: see Replies for those.
func (s *Survey) ForPeriod(ctx context.Context, nation int, p civil.Period) (*Round, map[int]*Reply, error) {
	var round *Round
	var replies map[int]*Reply
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		round, replies = nil, nil
		if round, err = latestFor(ctx, tx, nation, p, 0); err != nil || round == nil {
			return err
		}
		records, err := s.readRecords(ctx, tx, round, "round = ? AND kind = ?", round.ID, int(Authority))
		replies = make(map[int]*Reply, len(records))
		for i := range records {
			replies[records[i].Area] = &records[i].Reply
		}
		return err
	})
	return round, replies, err
}

// latestFor is the latest round of a nation for a period that is not in draft, passing over one; nil if there is none.
func latestFor(ctx context.Context, tx *store.Tx, nation int, p civil.Period, not int) (*Round, error) {
	found, err := readRounds(ctx, tx, "nation = ? AND period = ? AND state > ? AND id <> ? ORDER BY id DESC LIMIT 1", nation, p.String(), int(Draft), not)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// History lists what happened to a respondent, oldest first.
func (s *Survey) History(ctx context.Context, round, respondent int) ([]Event, error) {
	var all []Event
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		r, err := roundByID(ctx, tx, round)
		if err != nil {
			return err
		}
		w, err := s.one(ctx, tx, r, respondent)
		if err != nil {
			return err
		}
		all = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var e Event
			var at int64
			err := scan(&at, &e.Staff, &e.What)
			e.At = time.UnixMilli(at)
			all = append(all, e)
			return err
		}, "SELECT at, staff, what FROM survey_event WHERE area = ? AND round = ? AND number = ? ORDER BY seq", w.Area, round, respondent)
	})
	return all, err
}

func dayOf(d *int) civil.Date {
	if d == nil {
		return civil.None
	}
	return civil.Date(*d)
}

func instant(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// dayValue is a day as it is stored.
func dayValue(d civil.Date) any {
	if d == civil.None || d == 0 {
		return nil
	}
	return int(d)
}

func instantValue(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
