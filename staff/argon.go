package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"everykit/fault"
)

// Argon is the cost of one argon2id hash. It is stored with each hash, so that a change here leaves old hashes good.
type Argon struct {
	KiB    uint32 // memory
	Passes uint32
	Lanes  uint8
}

// Sizes in bytes. hashesAtOnce keeps a rush of sign-ins from taking all memory and both cores; hashWait is how long one
// waits for its turn.
const (
	saltSize     = 16
	hashSize     = 32
	hashesAtOnce = 2
	hashWait     = 10 * time.Second
)

var b64 = base64.RawStdEncoding

// hash makes the PHC string of a secret: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func (a Argon) hash(secret string) string {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return a.phc(salt, argon2.IDKey([]byte(secret), salt, a.Passes, a.KiB, a.Lanes, hashSize))
}

// decoy is a hash of this cost that no secret has: what is compared when there is no account, so that the answer takes
// as long as any other.
func (a Argon) decoy() string {
	b := make([]byte, saltSize+hashSize)
	rand.Read(b)
	return a.phc(b[:saltSize], b[saltSize:])
}

func (a Argon) phc(salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, a.KiB, a.Passes, a.Lanes, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// matches reports whether a PHC string is that of secret. One that cannot be read matches nothing.
func matches(phc, secret string) bool {
	a, salt, sum, ok := readPHC(phc)
	if !ok {
		return false
	}
	got := argon2.IDKey([]byte(secret), salt, a.Passes, a.KiB, a.Lanes, uint32(len(sum)))
	return subtle.ConstantTimeCompare(got, sum) == 1
}

// readPHC takes a PHC string apart. It refuses what argon2 would panic on, and an empty hash, which everything matches.
func readPHC(phc string) (a Argon, salt, sum []byte, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return a, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &a.KiB, &a.Passes, &a.Lanes); n != 3 || err != nil {
		return a, nil, nil, false
	}
	salt, err1 := b64.DecodeString(parts[4])
	sum, err2 := b64.DecodeString(parts[5])
	ok = err1 == nil && err2 == nil && a.Passes > 0 && a.Lanes > 0 && len(salt) >= 8 && len(sum) >= 16
	return a, salt, sum, ok
}

// turn waits for one of the places to hash a password; call the function it gives when done.
func (s *Staff) turn(ctx context.Context) (done func(), err error) {
	wait := time.NewTimer(hashWait)
	defer wait.Stop()
	select {
	case s.slots <- struct{}{}:
		return func() { <-s.slots }, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-wait.C:
	}
	return nil, fault.New(fault.Unavailable, "too many people are signing in at this moment").Hint("try again in a minute").Because(err)
}

// hashPassword hashes a password in its turn.
func (s *Staff) hashPassword(ctx context.Context, password string) (string, error) {
	done, err := s.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return s.opts.Password.hash(password), nil
}
