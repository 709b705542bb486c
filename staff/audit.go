package staff

import (
	"context"
	"encoding/hex"
	"math"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/store"
)

// Entry is one line of the audit log.
type Entry struct {
	ID      string // hexadecimal; in the order of recording; pass the last one to AuditLog to go on from there
	At      time.Time
	Account int
	Name    string // of the account today; empty for the operator of the machine
	Deed    string
	Subject string
	Detail  string
}

// auditMost is how many entries one call gives at most.
const auditMost = 1000

// Audit writes down, inside the caller's transaction, that p did something in an area (0: in none). deed is a few lower
// case words ("give out", "change outlet"), subject what it was done to ("outlet 12", "movement 0199..."), detail what
// else is worth keeping. None of them may hold personal data: no names, addresses, client codes or free text that
// people typed. The log is never shortened, and is read by more people than what it speaks of.
func Audit(ctx context.Context, tx *store.Tx, p Person, area int, deed, subject, detail string) error {
	id, err := uuid.NewV7() // in order within a process, by the machine's clock between processes
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO audit (area, id, at, account, deed, subject, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
		area, id[:], tx.Now.UnixMilli(), p.ID, deed, subject, detail)
	return err
}

// AuditLog gives an area's entries, the newest first, those before the entry named (empty: from the newest). limit is
// from 1 to 1,000. An entry of no area (Place{}) only an administrator may see.
func (s *Staff) AuditLog(ctx context.Context, by Person, at Place, before string, limit int) ([]Entry, error) {
	if at.Area == 0 {
		at = Place{}
	}
	if err := by.Must(SeeAudit, at); err != nil {
		return nil, err
	}
	from, err := hex.DecodeString(before)
	if err != nil || (before != "" && len(from) != len(uuid.UUID{})) {
		return nil, fault.New(fault.Invalid, "there is no such place in the audit log").At("before").Hint("start again from the newest entry")
	}
	if before == "" {
		from = make([]byte, len(uuid.UUID{}))
		for i := range from {
			from[i] = math.MaxUint8
		}
	}
	var log []Entry
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var e Entry
			var id []byte
			var ms int64
			if err := scan(&id, &ms, &e.Account, &e.Name, &e.Deed, &e.Subject, &e.Detail); err != nil {
				return err
			}
			e.ID, e.At = hex.EncodeToString(id), time.UnixMilli(ms)
			log = append(log, e)
			return nil
		}, `SELECT u.id, u.at, u.account, COALESCE(a.name, ''), u.deed, u.subject, u.detail
			FROM audit u LEFT JOIN account a ON a.id = u.account
			WHERE u.area = ? AND u.id < ? ORDER BY u.id DESC LIMIT ?`, at.Area, from, min(max(limit, 1), auditMost))
	})
	return log, err
}
