package request

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"everykit/mail"
	"everykit/store"
)

// ProgressPath is where a reference is looked up, and QueuePath where those who answer find what waits.
const (
	ProgressPath = "/request/progress"
	QueuePath    = "/requests"
)

// The letters to whoever asked may be seen by somebody else who shares the account. They name no medicine, no service and
// no place, and the subject says least. The reference is no secret from who can read their mail.
const letterSubject = "Your request"

var letterTexts = map[State]string{
	Asked: `We have got your request. You need not do anything.

Your reference is %[1]s. With it you can look up how far we are:

%[2]s

If you did not ask us for anything, you can use the reference to take it back there.
`,
	Sent: `What you asked for was sent to you today, in a plain envelope.

Your reference was %[1]s. We delete your address soon.

%[2]s
`,
	Ready: `What you asked for is ready for you to collect. To see where, look up your reference %[1]s here:

%[2]s
`,
	Refused: `We are sorry: we cannot do what you asked for. To see why, look up your reference %[1]s here:

%[2]s
`,
}

// tell puts a letter to whoever asked into the outbox, if they left an e-mail address, and mail can be sent with a
// link to where a reference is looked up.
func (r *Requests) tell(ctx context.Context, tx *store.Tx, contact, reference string, s State) error {
	text, is := letterTexts[s]
	if !is || !r.outbox.Sends() || r.site == "" || !isEmail(contact) {
		return nil
	}
	key := make([]byte, 16)
	rand.Read(key) // never fails; the key is kept, so it must say nothing about the request
	_, err := r.outbox.Put(ctx, tx, mail.Message{
		Key: "request/" + hex.EncodeToString(key), To: contact, Subject: letterSubject, Text: fmt.Sprintf(text, reference, r.site+ProgressPath),
		GiveUpAfter: 3 * 24 * time.Hour, Private: true,
	})
	return err
}
