package notice

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Bounds that only a slip of the hand passes, in letters or lots.
const (
	mostNumber = 100
	mostTitle  = 200
	mostText   = 20_000
	mostSource = 1000

	// MostLines is how many lots one notice may name.
	MostLines = 2000
)

// mayWrite is the right to make, publish and close notices. A notice is about lots, and lots know no borders.
func mayWrite(who staff.Person) error {
	return who.Must(staff.WriteNotices, staff.Place{Nation: who.Area})
}

// Save keeps a draft: a new one if of.ID is 0, else the one with that id as it is to be from now on. It gives the id. Every
// fault is at its field; those of a lot at "lines.3.lot", where 3 is its index in Lines. Conflict if the number is taken,
// or if the notice has been published. What makes a draft a drill (see MakeDrill) stays as it is.
func (n *Notices) Save(ctx context.Context, who staff.Person, of Notice) (id int, err error) {
	if err := mayWrite(who); err != nil {
		return 0, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		snap, err := n.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		draft, err := n.tidied(tx, snap, of)
		if err != nil {
			return err
		}
		if id, err = n.saveIn(ctx, tx, who, draft); err != nil {
			return err
		}
		deed := "change draft notice"
		if of.ID == 0 {
			deed = "draft notice"
		}
		return staff.Audit(ctx, tx, who, who.Area, deed, subject(id), summary(draft))
	})
	return id, err
}

func subject(notice int) string { return fmt.Sprintf("notice %d", notice) }

// summary is what the audit log keeps of a notice.
func summary(n *Notice) string {
	s := fmt.Sprintf("%s, %d lots", n.Action, len(n.Lines))
	if n.Drill {
		s += ", drill"
	}
	return s
}

// tidied gives a notice as it is kept, or all that is wrong with it.
func (n *Notices) tidied(tx *store.Tx, snap *registry.Snapshot, of Notice) (*Notice, error) {
	bad := of.tidy(snap, n.led.Day(tx.Now))
	return &of, bad.Err()
}

// tidy takes spaces away and gives every fault.
func (n *Notice) tidy(snap *registry.Snapshot, today civil.Date) fault.List {
	var bad fault.List
	add := func(field, format string, args ...any) {
		bad = append(bad, fault.New(fault.Invalid, format, args...).At(field))
	}
	n.Number, n.Regulator = strings.Join(strings.Fields(n.Number), " "), strings.Join(strings.Fields(n.Regulator), " ")
	n.Title, n.Severity = strings.Join(strings.Fields(n.Title), " "), strings.Join(strings.Fields(n.Severity), " ")
	n.Text, n.Source = strings.TrimSpace(strings.ReplaceAll(n.Text, "\r\n", "\n")), strings.TrimSpace(n.Source)
	for _, f := range []struct {
		field, value string
		most         int
		need         bool
	}{
		{"number", n.Number, mostNumber, true},
		{"regulator", n.Regulator, mostNumber, true},
		{"title", n.Title, mostTitle, true},
		{"severity", n.Severity, mostTitle, false},
		{"text", n.Text, mostText, false},
		{"source", n.Source, mostSource, false},
	} {
		switch {
		case f.need && f.value == "":
			add(f.field, "must be filled in")
		case utf8.RuneCountInString(f.value) > f.most:
			add(f.field, "this is longer than %d letters", f.most)
		case !utf8.ValidString(f.value) || strings.ContainsFunc(f.value, unprintable):
			add(f.field, "this holds a character that cannot be stored")
		}
	}
	n.checkDays(today, add)
	if n.Action < Withdraw || n.Action > Inform {
		add("action", "choose what the notice asks for")
	}
	if n.Level == 0 {
		n.Level = Outlets
	}
	if n.Level > People {
		add("level", "choose whom the notice is for")
	}
	if n.Class < 0 || n.Class > 4 {
		add("class", "a class is a number from 1 to 4")
	}
	n.checkLines(snap, add)
	return bad
}

func unprintable(r rune) bool {
	return r == utf8.RuneError || (unicode.IsControl(r) && r != '\n' && r != '\t')
}

func (n *Notice) checkDays(today civil.Date, add func(field, format string, args ...any)) {
	switch {
	case n.IssuedOn == 0 || n.IssuedOn == civil.None:
		add("issued_on", "give the day the notice was issued")
	case n.IssuedOn > today+1: // one day of grace: somewhere it is tomorrow already
		add("issued_on", "%s is in the future", n.IssuedOn.Words())
	}
	if n.DueOn == 0 {
		n.DueOn = civil.None
	}
	if n.DueOn != civil.None && n.IssuedOn != 0 && n.DueOn < n.IssuedOn {
		add("due_on", "%s is before the notice was issued", n.DueOn.Words())
	}
}

func (n *Notice) checkLines(snap *registry.Snapshot, add func(field, format string, args ...any)) {
	if len(n.Lines) == 0 {
		add("lines", "name at least one lot")
	}
	if len(n.Lines) > MostLines {
		add("lines", "a notice names at most %d lots", MostLines)
		return
	}
	type ref struct {
		product int
		number  string
	}
	seen := map[ref]int{}
	lines := make([]Line, len(n.Lines)) // the caller's stay as they are
	for i, l := range n.Lines {
		at := func(column string) string { return fmt.Sprintf("lines.%d.%s", i, column) }
		l.Number, l.Lot = strings.TrimSpace(l.Number), 0
		if snap.Product(l.Product) == nil {
			add(at("product"), "this product is not known")
		}
		if words := lotFault(l.Number); words != "" {
			add(at("lot"), "%s", words)
		} else if first, twice := seen[ref{l.Product, numberKey(l.Number)}]; twice {
			add(at("lot"), "lot %s is there already, as number %d", l.Number, first+1)
		}
		seen[ref{l.Product, numberKey(l.Number)}] = i
		switch {
		case n.Action == ChangeExpiry && !l.NewExpiry.Known:
			add(at("new_expiry"), "give the new expiry date of this lot")
		case n.Action != ChangeExpiry && l.NewExpiry.Known:
			add(at("new_expiry"), "only a notice that changes the expiry gives a new one")
		case n.Action == ChangeExpiry && l.Expiry.Known && l.Expiry.Last == l.NewExpiry.Last:
			add(at("new_expiry"), "this is the same as before")
		}
		lines[i] = l
	}
	n.Lines = lines
}

// lotFault says what is wrong with a lot number, as the ledger would.
func lotFault(number string) string {
	switch {
	case number == "":
		return "the lot number is missing"
	case len(number) > ledger.MostLotLetters:
		return fmt.Sprintf("the lot number is longer than %d letters", ledger.MostLotLetters)
	case !utf8.ValidString(number) || strings.ContainsFunc(number, unicode.IsControl):
		return "the lot number holds a character that cannot be printed"
	}
	return ""
}

// SourceLink gives the address of a source that is one, fit for a link; empty if it is none.
func (n *Notice) SourceLink() string {
	u, err := url.Parse(n.Source)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || strings.ContainsAny(n.Source, " \n\t") {
		return ""
	}
	return n.Source
}

// saveIn writes a draft that is right in itself.
func (n *Notices) saveIn(ctx context.Context, tx *store.Tx, who staff.Person, of *Notice) (int, error) {
	drill := 0
	if of.ID != 0 {
		if err := lockDraft(ctx, tx, of, &drill); err != nil {
			return 0, err
		}
	} else if of.Drill {
		if _, err := tx.Get(ctx, []any{&drill}, "SELECT COALESCE(MAX(drill), 0) + 1 FROM notice WHERE regulator_key = ? AND number_key = ?", numberKey(of.Regulator), numberKey(of.Number)); err != nil {
			return 0, err
		}
	}
	var taken int
	found, err := tx.Get(ctx, []any{&taken}, "SELECT id FROM notice WHERE regulator_key = ? AND number_key = ? AND drill = ?", numberKey(of.Regulator), numberKey(of.Number), drill)
	if err != nil {
		return 0, err
	}
	if found && taken != of.ID {
		return 0, numberTaken(of)
	}
	values := []any{
		of.Number, numberKey(of.Number), of.Regulator, numberKey(of.Regulator), drill, null(of.Of), int(of.IssuedOn), of.Title, of.Text, of.Source, int(of.Action),
		of.Severity, of.Class, int(of.Level), dayValue(of.DueOn),
	}
	if of.ID != 0 {
		_, err = tx.Exec(ctx, `UPDATE notice SET number = ?, number_key = ?, regulator = ?, regulator_key = ?, drill = ?, copy_of = ?, issued_on = ?, title = ?, body = ?,
			source = ?, action = ?, severity = ?, class = ?, level = ?, due_on = ? WHERE id = ?`, append(values, of.ID)...)
		if err == nil {
			_, err = tx.Exec(ctx, "DELETE FROM notice_line WHERE notice = ?", of.ID)
		}
		if err != nil {
			return 0, err
		}
		return of.ID, insertLines(ctx, tx, of.ID, of.Lines)
	}
	made, err := tx.Exec(ctx, `INSERT INTO notice (number, number_key, regulator, regulator_key, drill, copy_of, issued_on, title, body, source, action, severity, class, level, due_on, state, made_at, made_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (regulator_key, number_key, drill) DO NOTHING`,
		append(values, int(Draft), tx.Now.UnixMilli(), who.ID)...)
	if err != nil {
		return 0, err
	}
	if made == 0 { // another was quicker by a moment
		return 0, numberTaken(of)
	}
	var id int
	if _, err := tx.Get(ctx, []any{&id}, "SELECT id FROM notice WHERE regulator_key = ? AND number_key = ? AND drill = ?", numberKey(of.Regulator), numberKey(of.Number), drill); err != nil {
		return 0, err
	}
	return id, insertLines(ctx, tx, id, of.Lines)
}

func numberTaken(of *Notice) error {
	return fault.New(fault.Conflict, "there is a notice %s of %s already", of.Number, of.Regulator).At("number").Hint("open that one; or check the number")
}

// lockDraft takes hold of a draft's row and of what makes it a drill.
func lockDraft(ctx context.Context, tx *store.Tx, of *Notice, drill *int) error {
	held, err := tx.Exec(ctx, "UPDATE notice SET state = state WHERE id = ? AND state = ?", of.ID, int(Draft))
	if err != nil {
		return err
	}
	found, err := tx.Get(ctx, []any{drill, &of.Of}, "SELECT drill, COALESCE(copy_of, 0) FROM notice WHERE id = ?", of.ID)
	switch {
	case err != nil:
		return err
	case !found:
		return noNotice()
	case held == 0:
		return fault.New(fault.Conflict, "this notice has been published and no longer changes").Hint("close it, and write another")
	}
	of.Drill = *drill > 0
	return nil
}

func insertLines(ctx context.Context, tx *store.Tx, id int, lines []Line) error {
	const columns = 8
	values := make([]any, 0, columns*len(lines))
	for i, l := range lines {
		values = append(values, id, i, l.Product, l.Number, expiryValue(l.Expiry), bit(l.Expiry.Day), expiryValue(l.NewExpiry), bit(l.NewExpiry.Day))
	}
	_, err := tx.Insert(ctx, "INSERT INTO notice_line (notice, line, product, number, expiry, expiry_day, becomes, becomes_day) VALUES", columns, values, "")
	return err
}
