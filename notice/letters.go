package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
	"everykit/token"
)

// letterKey is the key of a letter about a notice. Whoever has had one gets no second.
func letterKey(notice int, to string) string { return fmt.Sprintf("notice/%d/%s", notice, to) }

// writeLetters puts a letter for each person with an account into the outbox.
func (n *Notices) writeLetters(ctx context.Context, tx *store.Tx, p *plan) error {
	text := n.letter(p)
	for _, a := range p.letters {
		if err := n.put(ctx, tx, p.Notice, a, accountHolder(a.Account), p.Subject(), text); err != nil {
			return err
		}
	}
	return nil
}

func (n *Notices) put(ctx context.Context, tx *store.Tx, of *Notice, a staff.Addressee, key, subject, text string) error {
	_, err := n.post.Put(ctx, tx, mail.Message{Area: a.Area, Key: letterKey(of.ID, key), To: a.Email, Subject: subject, Text: text})
	return err
}

// writeLinks makes the personal links and puts their letters into the outbox. A holder who has a link for this notice gets
// no other.
func (n *Notices) writeLinks(ctx context.Context, tx *store.Tx, p *plan) error {
	for _, l := range p.links {
		link, hash := token.New(l.area)
		fresh, err := tx.Exec(ctx, "INSERT INTO notice_link (area, notice, holder, kind, token, made_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (area, notice, holder) DO NOTHING",
			l.area, p.ID, l.holder, int(l.kind), hash, tx.Now.UnixMilli())
		if err != nil {
			return err
		}
		if fresh == 0 {
			continue
		}
		who := sha256.Sum256([]byte(l.holder))
		m := mail.Message{
			Area: l.area, Key: letterKey(p.ID, "link/"+hex.EncodeToString(who[:8])), To: l.email, Subject: p.Subject(),
			Text: n.linkLetter(p, l, n.site+"/n/"+link), Private: true,
		}
		_, err = n.post.Put(ctx, tx, m)
		if fault.Is(err, fault.Unavailable) { // no key to seal it with: better sent unsealed than not
			m.Private = false
			_, err = n.post.Put(ctx, tx, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
