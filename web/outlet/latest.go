package outlet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// mostLatest bounds the list on the page; the stock card has all.
const mostLatest = 20

// latestTable is what happened today and yesterday, newest first.
func latestTable(v *desk.Visit) (page.Table, error) {
	at := desk.OutletPath(v.Outlet.ID)
	t := page.Table{
		Caption: "Today and yesterday", Hide: true, Stack: true, CSV: at + "/entries.csv", Empty: "No entries for today or yesterday.",
		Columns: page.Columns("What", "Put right"),
	}
	card, today, err := latest(v)
	if err != nil {
		return t, err
	}
	lines := card.Lines
	slices.Reverse(lines)
	names, err := v.Staff.Names(v.Ctx(), accounts(lines)...)
	if err != nil {
		return t, err
	}
	may := v.May(staff.Reverse)
	for _, line := range lines[:min(len(lines), mostLatest)] {
		what, right := page.LinkCell(headline(line.Movement), entryPath(v, line.ID)), page.Cell{}
		undone := line.Reverses != uuid.Nil || line.ReversedBy != uuid.Nil
		switch {
		case line.ReversedBy != uuid.Nil:
			what = what.Tagged(page.Tag{Text: "reversed", Tone: page.Quiet})
		case may && !undone:
			right = page.LinkCell("Reverse", entryPath(v, line.ID)+"/reverse")
		}
		if line.Flags&ledger.ExpiredWhenSupplied != 0 {
			what = what.Tagged(page.Tag{Text: "expired when supplied", Tone: page.Bad})
		}
		said := []string{dayWords(line.OccurredOn, today)}
		if line.LotNumber != "" {
			said = append(said, "lot "+line.LotNumber)
		}
		if name := names[line.Staff]; name != "" {
			said = append(said, name)
		}
		t.Rows = append(t.Rows, page.Row{Quiet: undone, Cells: []page.Cell{what.Under(strings.Join(said, " · ")), right}})
	}
	if n := len(lines) - mostLatest; n > 0 {
		t.Note = "And " + page.Plural(int64(n), "entry", "entries") + " more: see the stock card."
	}
	return t, nil
}

// accounts are those that made the entries.
func accounts(lines []ledger.CardLine) []int {
	var ids []int
	for _, l := range lines {
		if l.Staff != 0 && !slices.Contains(ids, l.Staff) {
			ids = append(ids, l.Staff)
		}
	}
	return ids
}

// latestCSV is the same entries as a file, all of them.
func latestCSV(v *desk.Visit) error {
	card, _, err := latest(v)
	if err != nil {
		return err
	}
	names, err := v.Staff.Names(v.Ctx(), accounts(card.Lines)...)
	if err != nil {
		return err
	}
	out := csvFile(v, "entries", "id", "what", "lot", "kits", "in", "out", "occurred_on", "entered_on", "entered_by", "reverses", "reversed_by")
	for _, l := range card.Lines {
		err := out.Write(l.ID.String(), l.Kind.Words(), l.LotNumber, strconv.Itoa(l.Kits), strconv.Itoa(l.In), strconv.Itoa(l.Out),
			l.OccurredOn.String(), v.Ledger.EnteredOn(l.Movement).String(), names[l.Staff], idWords(l.Reverses), idWords(l.ReversedBy))
		if err != nil {
			return err
		}
	}
	return out.Close()
}

func idWords(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
