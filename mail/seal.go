package mail

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"

	"everykit/fault"
)

// contents are what is personal in a message.
type contents struct {
	To, Text, Unsubscribe string
}

// sealer seals and opens what is private, with AES-256-GCM. Its key is made from the program's secret for this use
// alone, so that nothing that is done with the secret elsewhere says anything about it.
type sealer struct{ aead cipher.AEAD }

func newSealer(secret []byte) *sealer {
	if len(secret) == 0 {
		return &sealer{}
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "everykit mail 1", 32)
	if err != nil {
		panic(err) // only when more bytes are asked for than there can be
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // only when the key has a wrong length
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return &sealer{aead}
}

// close seals contents for one row: what is sealed for one cannot be moved to another.
func (s *sealer) close(area int, id ID, c contents) ([]byte, error) {
	if s.aead == nil {
		return nil, fault.New(fault.Unavailable, "personal addresses cannot be taken: no key file is set").Hint("start Everykit with --key FILE")
	}
	plain, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce)
	return s.aead.Seal(nonce, nonce, plain, bound(area, id)), nil
}

// errSealed is what a row gives that was sealed with another key. It is never an end: the right key may be brought back.
var errSealed = errors.New("sealed with a key that this process does not have")

func (s *sealer) open(area int, id ID, sealed []byte) (c contents, err error) {
	if s.aead == nil || len(sealed) < s.aead.NonceSize() {
		return c, errSealed
	}
	n := s.aead.NonceSize()
	plain, err := s.aead.Open(nil, sealed[:n], sealed[n:], bound(area, id))
	if err != nil {
		return c, errSealed
	}
	return c, json.Unmarshal(plain, &c)
}

func bound(area int, id ID) []byte {
	return binary.BigEndian.AppendUint64(id[:len(id):len(id)], uint64(area))
}
