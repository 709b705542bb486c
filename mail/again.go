package mail

import (
	"context"

	"everykit/fault"
	"everykit/store"
)

// SendAgain puts a message back that is Unsure, Refused or GaveUp, because a person decided so: after Unsure it may then
// arrive twice. It is tried for TryFor from now. NotFound if there is none, Refused if it is in another state or its
// text has been erased. Who may is the caller's to say, and to write into the audit log in the same transaction.
func SendAgain(ctx context.Context, tx *store.Tx, area int, id ID) error {
	now := tx.Now.UnixMilli()
	n, err := tx.Exec(ctx, `UPDATE outbox SET state = ?, due_at = ?, give_up_at = ?, at = ?, try = NULL, why = ''
WHERE area = ? AND id = ? AND state IN (?, ?, ?) AND (body IS NOT NULL OR sealed IS NOT NULL)`,
		int(Waiting), now, now+TryFor.Milliseconds(), now, area, id[:], int(Unsure), int(Refused), int(GaveUp))
	if err != nil || n > 0 {
		return err
	}
	var state State
	found, err := tx.Get(ctx, []any{&state}, "SELECT state FROM outbox WHERE area = ? AND id = ?", area, id[:])
	switch {
	case err != nil:
		return err
	case !found:
		return noSuch()
	case state == Unsure || state == Refused || state == GaveUp:
		return fault.New(fault.Refused, "the text of this message has been erased").Hint("send a new one")
	}
	return fault.New(fault.Refused, "this message is %s, so it is not sent again", words[state]).Hint("look at the list again: it may have changed")
}

var words = map[State]string{Waiting: "waiting to be sent", Sending: "being sent", Closing: "being sent", Sent: "sent", Dropped: "taken out"}

// Drop takes a message out that is not sent yet or Unsure, and erases its address and text. dropped is false if there is
// none or it is too late: it is sent, or the mail server is just taking it.
func Drop(ctx context.Context, tx *store.Tx, area int, id ID) (dropped bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE outbox SET state = ?, at = ?, try = NULL, why = '', `+erased+`
WHERE area = ? AND id = ? AND state IN (?, ?, ?, ?, ?)`,
		int(Dropped), tx.Now.UnixMilli(), area, id[:], int(Waiting), int(Sending), int(Unsure), int(Refused), int(GaveUp))
	return n > 0, err
}

// erased is what a row is set to that shall know nobody any more.
const erased = "recipient = NULL, body = NULL, unsubscribe = NULL, sealed = NULL"
