package request

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
)

// markBytes is how much of a keyed hash is kept: enough that two never meet and none can be guessed.
const markBytes = 16

// keys are what this room does with the program's secret. Each use has a key of its own, so that what one gives away says
// nothing about another.
type keys struct {
	aead                         cipher.AEAD
	reference, kept, body, forms []byte
}

// newKeys gives nil without a secret.
func newKeys(secret []byte) *keys {
	if len(secret) == 0 {
		return nil
	}
	derive := func(use string) []byte {
		k, err := hkdf.Key(sha256.New, secret, nil, "everykit request 1 "+use, 32)
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
	return &keys{aead, derive("reference"), derive("kept reference"), derive("body"), derive("forms")}
}

// formKey marks forms. Without a secret it is a chance one, which is good as long as this process runs.
func (k *keys) formKey() []byte {
	if k != nil {
		return k.forms
	}
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key
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

// personal is all that a request says about a person.
type personal struct {
	Name    string `json:"n,omitempty"`
	Address string `json:"a,omitempty"`
	Contact string `json:"c,omitempty"`
}

// bound is what something is sealed for: it cannot be moved to another row.
func bound(area int, id uuid.UUID) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(area)), id[:]...)
}

// close seals what is personal; nil if there is nothing.
func (k *keys) close(area int, id uuid.UUID, p personal) ([]byte, error) {
	if p == (personal{}) {
		return nil, nil
	}
	plain, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, k.aead.NonceSize())
	rand.Read(nonce) // never fails
	return k.aead.Seal(nonce, nonce, plain, bound(area, id)), nil
}

// errSealed is what a row gives that was sealed with another key. The right one may be brought back.
var errSealed = errors.New("request: sealed with a key that this process does not have")

func (k *keys) open(area int, id uuid.UUID, sealed []byte) (p personal, err error) {
	if len(sealed) == 0 {
		return p, nil
	}
	if k == nil || len(sealed) < k.aead.NonceSize() {
		return p, errSealed
	}
	n := k.aead.NonceSize()
	plain, err := k.aead.Open(nil, sealed[:n], sealed[n:], bound(area, id))
	if err != nil || json.Unmarshal(plain, &p) != nil {
		return personal{}, errSealed
	}
	return p, nil
}
