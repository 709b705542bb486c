package reminder

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"everykit/civil"
	"everykit/mail"
	"everykit/store"
)

// The mails of this room may be seen by whoever looks over a shoulder or shares an account. They name no medicine, no
// service and no place; the subject says least.
const (
	linkSubject = "Please confirm your reminder"
	dueSubject  = "Your reminder"

	linkText = `Somebody asked us to send one reminder to this address. If it was you, open this page and press the button:

%[1]s

If it was not you, do nothing. We delete what was asked within 48 hours, and do not write again because of it.

You can use the same page to delete the reminder at any time. So you may want to keep this message.
`
	dueText = `This is about the thing you asked us to remind you about. Its last day is %[1]s.

Have it with you, and open this page to see what to do:

%[2]s

This was the only reminder. We have deleted your address.
`
	noticeText = `This is about the thing you asked us to remind you about. There is news about it.

Have it with you, and open this page to see what to do:

%[1]s

This was the only reminder. We have deleted your address.
`
)

// LinkPath is where the page of a link is.
const LinkPath = "/reminders/"

// sendLink puts the mail with the link into the outbox.
func (r *Reminders) sendLink(ctx context.Context, tx *store.Tx, address string, nonce []byte) error {
	at := r.site + LinkPath + r.keys.token(nonce)
	_, err := r.post.Put(ctx, tx, mail.Message{
		Key: randomKey(), To: address, Subject: linkSubject, Text: fmt.Sprintf(linkText, at), Unsubscribe: at + "/delete",
		GiveUpAfter: ConfirmWithin, Private: true,
	})
	return err
}

// sendReminder puts the one reminder into the outbox.
func (r *Reminders) sendReminder(ctx context.Context, tx *store.Tx, address, lot string, e civil.Expiry, byNotice bool) error {
	at := r.site + "/check?" + url.Values{"lot": {lot}, "expiry": {e.String()}}.Encode()
	text := fmt.Sprintf(dueText, e.Last.Words(), at)
	if byNotice {
		text = fmt.Sprintf(noticeText, at)
	}
	_, err := r.post.Put(ctx, tx, mail.Message{
		Key: randomKey(), To: address, Subject: dueSubject, Text: text, GiveUpAfter: 14 * 24 * time.Hour, Private: true,
	})
	return err
}
