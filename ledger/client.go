package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"strings"

	"everykit/fault"
	"everykit/store"
)

// clientBytes is how much of the keyed hash is kept: enough that two people never meet, too little to be more.
const clientBytes = 16

// LoadKey reads the secret for client codes from a file, or makes one that only its owner can read. It belongs outside
// the database and its backups: without it a code cannot be tried against the marks that are kept.
func LoadKey(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		key := make([]byte, 32)
		rand.Read(key)
		data = []byte(hex.EncodeToString(key) + "\n")
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "the key file %s cannot be read or made", path).Hint("check the folder's permissions, or name another file with --key").Because(err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(key) != 32 {
		return nil, fault.New(fault.Invalid, "the key file %s does not hold a key", path).Hint("restore the file that belongs to this database")
	}
	return key, nil
}

// clientMark turns a client code into the keyed hash that is kept: HMAC-SHA256, without case or spaces, cut to 16 bytes.
func (l *Ledger) clientMark(code string) ([]byte, error) {
	folded := lotKey(code)
	if folded == "" {
		return nil, nil
	}
	if len(code) > 64 {
		return nil, fault.New(fault.Invalid, "the client code is longer than 64 letters").At("client_code")
	}
	if len(l.key) == 0 {
		return nil, fault.New(fault.Unavailable, "client codes cannot be taken: no key file is set").At("client_code").Hint("start Everykit with --key FILE, or leave the code empty")
	}
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(folded))
	return mac.Sum(nil)[:clientBytes], nil
}

// seenBefore reports whether a client was supplied in this authority on or before a day.
func seenBefore(ctx context.Context, tx *store.Tx, area int, client []byte, day int) (bool, error) {
	var n int
	return tx.Get(ctx, []any{&n}, "SELECT 1 FROM client_day WHERE area = ? AND client = ? AND day <= ? LIMIT 1", area, client, day)
}
