package ledger

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/google/uuid"
)

// NewID makes the id of a movement: a UUIDv7, so that ids made in the order of time lie together.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// RowID is the id of a file's row that brings none of its own: made from the kind and name of the file (and the scope of
// who imports it) and the row's number, so that the same file twice is the same ids, and two rows alike stay two. The
// rows of a file lie together in the order of their numbers, which is what makes large imports quick.
func RowID(scope, kind, file string, row int) uuid.UUID {
	h := sha256.Sum256([]byte("row\x00" + scope + "\x00" + kind + "\x00" + file))
	var id uuid.UUID
	copy(id[:9], h[:9])
	binary.BigEndian.PutUint32(id[9:13], uint32(row))
	copy(id[13:], h[13:16])
	return marked(id)
}

// TextID is the id for one that is not a UUID in a file from elsewhere.
func TextID(kind, text string) uuid.UUID {
	h := sha256.Sum256([]byte("id\x00" + kind + "\x00" + text))
	return marked(uuid.UUID(h[:16]))
}

// partID is the id of a further movement that belongs to the deed with the given id.
func partID(id uuid.UUID, part string) uuid.UUID {
	h := sha256.Sum256(append([]byte("part\x00"+part+"\x00"), id[:]...))
	return marked(uuid.UUID(h[:16]))
}

// marked sets version 8 and the variant of RFC 9562.
func marked(id uuid.UUID) uuid.UUID {
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}
