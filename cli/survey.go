package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/survey"
)

var surveyCommand = command{
	name: "survey", args: "list|open|show|remind|close|publish|findings [ROUND]", brief: "Ask every authority, and read what they answered",
	more: `list      rounds, with what has become of each
open      send ROUND. A round that is not there is made from the built-in questions: --period 2025/26 --nation E92000001;
          --contacts FILE (columns code, email) says where to write; --act 2000, scotland or none sets the clock
show      who has answered ROUND, a row each
remind    write once more to all who have not answered, at most once a day each
close     take no more answers by link; who said nothing is "no reply"
publish   make findings and answers of a closed ROUND public
findings  the report of ROUND; --out FILE.pdf or FILE.html writes it, else its sentences are printed

Answers from elsewhere come in with: everykit import answers FILE`,
	setup: func(s *session) func(context.Context, []string) error {
		q := &asking{session: s}
		s.useDatabase()
		s.useKey()
		s.flags.StringVar(&q.nation, "nation", "E92000001", "`CODE` of the nation")
		s.flags.StringVar(&q.period, "period", "", "financial `YEAR` a new round asks about")
		s.flags.StringVar(&q.title, "title", "", "`TITLE` of a new round")
		s.flags.StringVar(&q.act, "act", "2000", "`ACT` of a new round: 2000, scotland or none")
		s.flags.StringVar(&q.due, "due", "", "`DATE` by which to answer, in place of 20 working days")
		s.flags.StringVar(&q.contacts, "contacts", "", "CSV `FILE` with columns code and email")
		s.flags.StringVar(&q.out, "out", "", "`FILE` for findings: .pdf or .html")
		s.flags.StringVar(&q.format, "format", "table", "`FORMAT` of list and show: table, csv or json")
		return q.run
	},
}

// asking is one run of the survey command.
type asking struct {
	*session
	nation, period, title, act, due, contacts, out, format string

	rooms *rooms
	snap  *registry.Snapshot
	key   string
}

var surveyDeeds = map[string]func(*asking, context.Context) error{
	"list": (*asking).list, "open": (*asking).open, "show": (*asking).show, "remind": (*asking).remind,
	"close": (*asking).close, "publish": (*asking).publish, "findings": (*asking).findings,
}

func (q *asking) run(ctx context.Context, args []string) error {
	words := []string{"list", "open", "show", "remind", "close", "publish", "findings"}
	if len(args) == 0 {
		return usage("survey needs one of %s", strings.Join(words, ", ")).try("everykit survey --help")
	}
	deed, ok := surveyDeeds[args[0]]
	if !ok {
		return usage("survey cannot %q%s", args[0], meant(args[0], words)).try("everykit survey %s", strings.Join(words, "|"))
	}
	if err := q.arguments(args[0], args[1:]); err != nil {
		return err
	}
	q.wantsKey = true // letters with links wait sealed
	var err error
	if q.rooms, err = q.existing(ctx); err != nil {
		return err
	}
	defer q.rooms.DB.Close()
	if q.snap, err = q.rooms.Registry.Now(ctx); err != nil {
		return err
	}
	return deed(q, ctx)
}

// arguments checks what was given before any database is opened.
func (q *asking) arguments(deed string, args []string) error {
	if err := checkFormat(q.format); err != nil {
		return err
	}
	if _, err := parseAct(q.act); err != nil {
		return err
	}
	if deed == "list" {
		return q.want(args)
	}
	if err := q.want(args, "the ROUND"); err != nil {
		return err
	}
	q.key = args[0]
	return nil
}

func parseAct(s string) (survey.Act, error) {
	switch strings.ToLower(s) {
	case "2000":
		return survey.Act2000, nil
	case "scotland", "2002":
		return survey.ActScotland, nil
	case "none":
		return survey.NoAct, nil
	}
	return 0, usage("there is no act %q", s).try("--act 2000, scotland or none")
}

func (q *asking) list(ctx context.Context) error {
	rounds, err := q.rooms.Surveys.Rounds(ctx, 0)
	if err != nil {
		return err
	}
	var rows [][]string
	for i := range rounds {
		r := &rounds[i]
		replies, err := q.rooms.Surveys.Replies(ctx, r.ID)
		if err != nil {
			return err
		}
		answered := 0
		for j := range replies {
			if s := replies[j].Status; s == survey.Answered || s == survey.InPart {
				answered++
			}
		}
		rows = append(rows, []string{
			r.Key, r.Title, q.snap.Area(r.Nation).Code, r.Period.String(), r.State.String(), dayOrNone(r.SentOn), dayOrNone(r.DueOn),
			strconv.Itoa(len(replies)), strconv.Itoa(answered),
		})
	}
	return q.print(q.format, []string{"round", "title", "nation", "period", "state", "sent_on", "due_on", "asked", "answered"}, rows, "asked", "answered")
}

func dayOrNone(d civil.Date) string {
	if d == civil.None || d == 0 {
		return ""
	}
	return d.String()
}

func (q *asking) round(ctx context.Context) (*survey.Round, error) {
	return q.rooms.Surveys.Round(ctx, q.key)
}

func (q *asking) open(ctx context.Context) error {
	r, err := q.round(ctx)
	if fault.Is(err, fault.NotFound) && q.period != "" {
		r, err = q.made(ctx)
	}
	if err != nil {
		return err
	}
	if q.contacts != "" {
		if err := q.writeTo(ctx, r); err != nil {
			return err
		}
	}
	if err := q.rooms.Surveys.Open(ctx, staff.Operator(), r.ID); err != nil {
		return err
	}
	if r, err = q.round(ctx); err != nil {
		return err
	}
	replies, err := q.rooms.Surveys.Replies(ctx, r.ID)
	if err != nil {
		return err
	}
	letters := 0
	for i := range replies {
		if replies[i].Email != "" {
			letters++
		}
	}
	q.say("%s: %s to %d asked, due %s", r.Key, plural(letters, "letter"), len(replies), r.DueOn.Words())
	if !q.rooms.Mail.Sends() {
		q.say("  the letters wait: nothing here sends e-mail; see everykit serve --mail")
	}
	return nil
}

// made makes a round from the built-in questions.
func (q *asking) made(ctx context.Context) (*survey.Round, error) {
	period, err := civil.ParsePeriod(q.period)
	if err != nil {
		return nil, usage("%s", err).try("--period 2025/26")
	}
	nation, ok := q.snap.AreaByCode(q.nation)
	if !ok {
		return nil, fault.New(fault.NotFound, "%s", q.snap.UnknownArea(q.nation)).Hint("everykit export areas lists them")
	}
	act, err := parseAct(q.act)
	if err != nil {
		return nil, err
	}
	r := &survey.Round{Key: q.key, Title: q.title, Nation: nation.ID, Period: period, Act: act, Questions: survey.Template(), SentOn: civil.None, DueOn: civil.None, ClosesOn: civil.None, ClosedOn: civil.None}
	if r.Title == "" {
		r.Title = "Take-home naloxone in " + nation.Name + ", " + period.String()
	}
	if q.due != "" {
		if r.DueOn, err = civil.ParseDate(q.due); err != nil {
			return nil, usage("%s", err).try("--due 2026-12-31")
		}
	}
	return r, q.rooms.Surveys.Save(ctx, staff.Operator(), r)
}

// writeTo sets the addresses of the respondents named in a file of contacts.
func (q *asking) writeTo(ctx context.Context, r *survey.Round) error {
	f, err := os.Open(q.contacts)
	if err != nil {
		return fault.New(fault.NotFound, "the file of contacts %s cannot be read", q.contacts).Hint("check its name").Because(err)
	}
	defer f.Close()
	emails, err := readContacts(f)
	if err != nil {
		return err
	}
	replies, err := q.rooms.Surveys.Replies(ctx, r.ID)
	if err != nil {
		return err
	}
	var list []survey.Respondent
	for i := range replies {
		one := replies[i].Respondent
		if email, ok := emails[one.Code]; ok {
			one.Email = email
			delete(emails, one.Code)
		}
		list = append(list, one)
	}
	if len(emails) > 0 {
		var codes []string
		for code := range emails {
			codes = append(codes, code)
		}
		slices.Sort(codes)
		return fault.New(fault.Invalid, "nobody in this round has the code %s", strings.Join(codes, ", ")).Hint("everykit survey show %s lists who is asked", r.Key)
	}
	return q.rooms.Surveys.SaveRespondents(ctx, staff.Operator(), r.ID, list)
}

// readContacts reads rows of code and e-mail address, under a head that names them.
func readContacts(from io.Reader) (map[string]string, error) {
	in := csv.NewReader(from)
	in.FieldsPerRecord = 2
	emails := map[string]string{}
	for line := 1; ; line++ {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return emails, nil
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "the file of contacts cannot be read: %s", err).Hint("two columns: code, email")
		}
		code, email := strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(row[0], "\ufeff"))), strings.TrimSpace(row[1])
		if line == 1 && code == "CODE" {
			continue
		}
		if _, twice := emails[code]; twice {
			return nil, fault.New(fault.Invalid, "row %d of the file of contacts names %s a second time", line, code).Hint("keep one address for each")
		}
		emails[code] = email
	}
}

func (q *asking) show(ctx context.Context) error {
	r, err := q.round(ctx)
	if err != nil {
		return err
	}
	replies, err := q.rooms.Surveys.Replies(ctx, r.ID)
	if err != nil {
		return err
	}
	var rows [][]string
	for i := range replies {
		p := &replies[i]
		late := ""
		if p.Late {
			late = "late"
		}
		rows = append(rows, []string{p.Code, p.Name, p.Status.String(), late, dayOrNone(p.DueOn), dayOrNone(p.AnsweredOn), strconv.Itoa(len(p.Answers)), strconv.Itoa(len(p.Doubts)), p.RefusedFor})
	}
	return q.print(q.format, []string{"code", "name", "status", "late", "due_on", "answered_on", "answers", "doubts", "refused_for"}, rows, "answers", "doubts")
}

func (q *asking) remind(ctx context.Context) error {
	r, err := q.round(ctx)
	if err != nil {
		return err
	}
	n, err := q.rooms.Surveys.Remind(ctx, staff.Operator(), r.ID)
	if err != nil {
		return err
	}
	q.say("%s: %s", r.Key, plural(n, "reminder"))
	return nil
}

func (q *asking) close(ctx context.Context) error {
	return q.step(ctx, q.rooms.Surveys.Close, "closed")
}

func (q *asking) publish(ctx context.Context) error {
	return q.step(ctx, q.rooms.Surveys.Publish, "published")
}

func (q *asking) step(ctx context.Context, take func(context.Context, staff.Person, int) error, said string) error {
	r, err := q.round(ctx)
	if err != nil {
		return err
	}
	if err := take(ctx, staff.Operator(), r.ID); err != nil {
		return err
	}
	fmt.Fprintf(q.Err, "%s: %s\n", r.Key, said)
	return nil
}
