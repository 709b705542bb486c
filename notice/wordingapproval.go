package notice

import (
	"cmp"
	"context"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"unicode"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

//go:embed wording.sql
var wordingSchema1 string

// WordingSchema is the table of approvals, for store.Migrate.
var WordingSchema = []store.Step{{Name: "wording/1", SQL: wordingSchema1}}

// mostApprover bounds the name and the role of who approves, in letters.
const mostApprover = 100

// Wordings gives all texts for the public as they are now, by key, each with who approved this version of it.
func Wordings(ctx context.Context, db *store.DB) (map[string]Wording, error) {
	all := maps.Clone(wordings)
	err := db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var key string
			var version, on int
			var a Approval
			if err := scan(&key, &version, &a.Name, &a.Role, &on); err != nil {
				return err
			}
			if w, ok := all[key]; ok && w.Version == version {
				a.On = civil.Date(on)
				w.Approved = &a
				all[key] = w
			}
			return nil
		}, "SELECT wording, version, name, role, on_day FROM wording_approval")
	})
	return all, err
}

// SortedWordings are texts in the order of their keys.
func SortedWordings(all map[string]Wording) []Wording {
	return slices.SortedFunc(maps.Values(all), func(a, b Wording) int { return cmp.Compare(a.Key, b.Key) })
}

// ApproveWording writes down that a clinician approved a version of a text on a day. Whoever writes it down is an
// administrator. Only the version that is shown today can be approved, once: NotFound for an unknown text, Conflict for
// another version, or one that is approved already. today is the civil date at the outlets.
func ApproveWording(ctx context.Context, db *store.DB, who staff.Person, key string, version int, a Approval, today civil.Date) error {
	if err := who.Must(staff.ManageRegistry, staff.Place{}); err != nil {
		return err
	}
	w, ok := wordings[key]
	if !ok {
		return fault.New(fault.NotFound, "there is no such text")
	}
	if w.Version != version {
		return fault.New(fault.Conflict, "this is not the version that people see today").Hint("read the text again, as it is now")
	}
	a.Name, a.Role = strings.TrimSpace(a.Name), strings.TrimSpace(a.Role)
	bad := checkApprover(nil, "name", "the name of the clinician", a.Name)
	bad = checkApprover(bad, "role", "what the clinician is", a.Role)
	if a.On > today || a.On < today-maxApprovalAge {
		bad = append(bad, fault.New(fault.Invalid, "give the day of the approval, not in the future").At("on"))
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "INSERT INTO wording_approval (wording, version, name, role, on_day, made_at, staff) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (wording, version) DO NOTHING",
			key, version, a.Name, a.Role, int(a.On), tx.Now.UnixMilli(), who.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "this version is approved already")
		}
		return staff.Audit(ctx, tx, who, 0, "approve wording", w.ID(), "")
	})
}

// maxApprovalAge is how many days ago an approval may have been given: more is a slip of the hand.
const maxApprovalAge = 3660

func checkApprover(bad fault.List, field, what, value string) fault.List {
	switch {
	case value == "":
		return append(bad, fault.New(fault.Invalid, "give %s", what).At(field))
	case len([]rune(value)) > mostApprover || strings.ContainsFunc(value, unicode.IsControl):
		return append(bad, fault.New(fault.Invalid, "%s must be one line of at most %d letters", what, mostApprover).At(field))
	}
	return bad
}
