package library

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"everykit/fault"
	"everykit/store"
)

// A form token says when a form was made, so that one that comes back at once is known for a program's: no person reads
// and types in less than MinFormAge. It names nobody, and no cookie goes with it.
const (
	MinFormAge = 3 * time.Second
	MaxFormAge = 24 * time.Hour
)

const tokenSize = 8 + 8 + 16 // milliseconds, chance, mark

// FormToken makes the token for a new form.
func (l *Library) FormToken(ctx context.Context) (string, error) {
	secret, err := l.tokenSecret(ctx)
	if err != nil {
		return "", err
	}
	raw := make([]byte, 16, tokenSize)
	binary.BigEndian.PutUint64(raw, uint64(l.db.Now().UnixMilli()))
	rand.Read(raw[8:]) // never fails
	return base64.RawURLEncoding.EncodeToString(append(raw, tokenMark(secret, raw)...)), nil
}

func tokenMark(secret, raw []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write(raw)
	return h.Sum(nil)[:16]
}

func checkToken(secret []byte, token string, now time.Time) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenSize || !hmac.Equal(raw[16:], tokenMark(secret, raw[:16])) {
		return fault.New(fault.Refused, "this form was not made here, or has been changed").At("token").Hint("send it once more from this page")
	}
	age := now.Sub(time.UnixMilli(int64(binary.BigEndian.Uint64(raw))))
	switch {
	case age < MinFormAge:
		return fault.New(fault.Refused, "this form came back faster than anybody types").At("token").Hint("wait a moment, then send it once more")
	case age > MaxFormAge:
		return fault.New(fault.Refused, "this form has been open for more than a day").At("token").Hint("send it once more from this page")
	}
	return nil
}

// tokenSecret gives the secret, made the first time it is needed. It is in the database so that several servers on one
// know each other's forms; it guards nothing but the speed of senders.
func (l *Library) tokenSecret(ctx context.Context) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.secret != nil {
		return l.secret, nil
	}
	const name = "form-secret"
	var secret []byte
	read := func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&secret}, "SELECT value FROM library_kept WHERE name = ?", name)
		return err
	}
	if err := l.db.Read(ctx, read); err != nil {
		return nil, err
	}
	if secret == nil {
		fresh := make([]byte, 32)
		rand.Read(fresh) // never fails
		err := l.db.Write(ctx, func(tx *store.Tx) error {
			if _, err := tx.Exec(ctx, "INSERT INTO library_kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, fresh); err != nil {
				return err
			}
			return read(tx)
		})
		if err != nil {
			return nil, err
		}
	}
	l.secret = secret
	return secret, nil
}
