package reminder

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// markBytes is how much of a keyed hash is kept or sent: enough that two never meet and none can be guessed.
const markBytes = 16

// keys are what this room does with the program's secret. Each use has a key of its own, so that what one gives away says
// nothing about another.
type keys struct {
	aead             cipher.AEAD
	row, count, link []byte
}

// newKeys gives nil without a secret.
func newKeys(secret []byte) *keys {
	if len(secret) == 0 {
		return nil
	}
	derive := func(use string) []byte {
		k, err := hkdf.Key(sha256.New, secret, nil, "everykit reminder 1 "+use, 32)
		if err != nil {
			panic(err) // only when more bytes are asked for than there can be
		}
		return k
	}
	block, err := aes.NewCipher(derive("seal"))
	if err != nil {
		panic(err) // only when the key has a wrong length
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return &keys{aead: aead, row: derive("row"), count: derive("count"), link: derive("link")}
}

// mark is a keyed hash of some parts. Their lengths go in too, so that no two lists of parts give the same text.
func mark(key []byte, parts ...string) []byte {
	m := hmac.New(sha256.New, key)
	for _, p := range parts {
		m.Write(binary.BigEndian.AppendUint32(nil, uint32(len(p))))
		m.Write([]byte(p))
	}
	return m.Sum(nil)[:markBytes]
}

// close seals an address for one row: it cannot be moved to another.
func (k *keys) close(id []byte, address string) []byte {
	nonce := make([]byte, k.aead.NonceSize())
	rand.Read(nonce)
	return k.aead.Seal(nonce, nonce, []byte(address), id)
}

// errSealed is what a row gives that was sealed with another key.
var errSealed = errors.New("reminder: sealed with a key that this process does not have")

func (k *keys) open(id, sealed []byte) (string, error) {
	n := k.aead.NonceSize()
	if len(sealed) < n {
		return "", errSealed
	}
	plain, err := k.aead.Open(nil, sealed[:n], sealed[n:], id)
	if err != nil {
		return "", errSealed
	}
	return string(plain), nil
}

// token is what stands in a link: the row's random number and a keyed hash of it.
func (k *keys) token(nonce []byte) string {
	return base64.RawURLEncoding.EncodeToString(append(nonce[:len(nonce):len(nonce)], mark(k.link, string(nonce))...))
}

// nonceOf gives the random number of a token that was made here.
func (k *keys) nonceOf(token string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != 2*markBytes {
		return nil, false
	}
	nonce := b[:markBytes:markBytes]
	return nonce, hmac.Equal(b[markBytes:], mark(k.link, string(nonce)))
}
