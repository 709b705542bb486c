package bulletin

import (
	"context"
	"fmt"
	"time"

	"everykit/bulletin/content"
	"everykit/fault"
	"everykit/mail"
	"everykit/store"
	"everykit/token"
)

// earlyPath is where the page of a link of early access is.
const earlyPath = "/early/"

// writeToReaders puts a letter with a link of their own to each early reader with an address, and keeps the hash of the link.
func (b *Bulletins) writeToReaders(ctx context.Context, tx *store.Tx, e *Edition, embargo time.Time) error {
	for i, r := range e.EarlyAccess {
		if r.Email == "" || b.site == "" {
			continue
		}
		text, hash := token.New(e.Area)
		if _, err := tx.Exec(ctx, "UPDATE bulletin_reader SET token = ? WHERE edition = ? AND number = ?", hash, e.ID, i+1); err != nil {
			return err
		}
		err := b.put(ctx, tx, mail.Message{
			Area: e.Area, Key: fmt.Sprintf("bulletin/%d/early/%d/%d", e.ID, i+1, e.Version), To: r.Email,
			Subject: "Early access to a bulletin under embargo", Text: earlyLetter(e, embargo, b.site+earlyPath+text),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func earlyLetter(e *Edition, embargo time.Time, link string) string {
	until := "until it is published"
	if !embargo.IsZero() {
		until = "until " + moment(embargo)
	}
	return fmt.Sprintf(`Hello,

You have early access to this bulletin:
%s

It is under embargo %s. Until then please do not share it, quote it or write about it.

Read it here. You need no account and no password:
%s

The link is for you alone. The bulletin names everybody who had early access, and why.
`, e.Title, until, link)
}

// put puts a letter, sealed where there is a key to seal it with: it holds a link that needs no password.
func (b *Bulletins) put(ctx context.Context, tx *store.Tx, m mail.Message) error {
	m.Private = true
	_, err := b.outbox.Put(ctx, tx, m)
	if fault.Is(err, fault.Unavailable) { // no key: better sent unsealed than not
		m.Private = false
		_, err = b.outbox.Put(ctx, tx, m)
	}
	return err
}

// Early gives a signed, not yet published edition to whoever has a link of early access. NotFound for a link that was never
// given out or has ended, as all do when the edition is published or its signature is taken back. The edition tells nothing of
// other readers or of staff.
func (b *Bulletins) Early(ctx context.Context, link string) (*Edition, *content.Content, error) {
	none := fault.New(fault.NotFound, "this link is not known here, or has ended").Hint("published bulletins are at /bulletins; if the signature was taken back you will have another letter")
	area, hash, ok := token.Read(link)
	if !ok {
		return nil, nil, none
	}
	id := 0
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.Get(ctx, []any{&id}, `SELECT e.id FROM bulletin_reader r JOIN bulletin_edition e ON e.id = r.edition
			WHERE r.token = ? AND e.area = ? AND e.state = ?`, hash, area, int(Signed))
		if err == nil && !found {
			err = none
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	c, err := b.composed(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if c.content == nil || c.edition.State != Signed { // published, or its signature taken back, at this moment
		return nil, nil, none
	}
	e := c.edition.public()
	return &e, c.content, nil
}

// public is an edition without what is for staff: names, addresses, reasons, and the hash of figures of which some are hidden.
func (e *Edition) public() Edition {
	p := *e
	p.MadeBy, p.SignedBy, p.MadeName, p.SignedName, p.Version = 0, 0, "", "", 0
	p.waivedWhat, p.Hash = nil, ""
	p.Commentary, p.Titles, p.Waived, p.EarlyAccess, p.Chapters, p.LeftOut = nil, nil, nil, nil, nil, nil
	return p
}
