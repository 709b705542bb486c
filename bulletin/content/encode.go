package content

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Encode writes the content as JSON, to be stored. The same content gives the same bytes. It fails where a number is none
// (NaN or infinite) or a block is of no known kind.
func (c *Content) Encode() ([]byte, error) {
	return encode(c)
}

// Decode reads what Encode wrote. Fields that it does not know are passed over, so that an older program reads what a newer
// one stored; a kind of block that it does not know is an error, for words would be missing.
func Decode(stored []byte) (*Content, error) {
	c := &Content{}
	if err := json.Unmarshal(stored, c); err != nil {
		return nil, fmt.Errorf("content of a bulletin: %w", err)
	}
	return c, nil
}

// encode leaves <, > and & as they are, for pictures are full of them.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// chapterJSON is a chapter as it is stored: each block is an object with one member, named for its kind.
type chapterJSON struct {
	Key    string      `json:"key"`
	Title  string      `json:"title"`
	Blocks []blockJSON `json:"blocks,omitempty"`
}

type blockJSON struct {
	Heading    *Heading    `json:"heading,omitempty"`
	Para       *Para       `json:"para,omitempty"`
	Points     *Points     `json:"points,omitempty"`
	Commentary *Commentary `json:"commentary,omitempty"`
	Table      *Table      `json:"table,omitempty"`
	Picture    *Picture    `json:"picture,omitempty"`
}

// MarshalJSON writes the kind of each block with it.
func (ch Chapter) MarshalJSON() ([]byte, error) {
	out := chapterJSON{Key: ch.Key, Title: ch.Title}
	for _, b := range ch.Blocks {
		var j blockJSON
		switch b := b.(type) {
		case Heading:
			j.Heading = &b
		case Para:
			j.Para = &b
		case Points:
			j.Points = &b
		case Commentary:
			j.Commentary = &b
		case *Table:
			j.Table = b
		case *Picture:
			j.Picture = b
		}
		if j == (blockJSON{}) {
			return nil, fmt.Errorf("chapter %s: a block of kind %T", ch.Key, b)
		}
		out.Blocks = append(out.Blocks, j)
	}
	return encode(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (ch *Chapter) UnmarshalJSON(stored []byte) error {
	var in chapterJSON
	if err := json.Unmarshal(stored, &in); err != nil {
		return err
	}
	*ch = Chapter{Key: in.Key, Title: in.Title}
	for i, j := range in.Blocks {
		b := j.block()
		if b == nil {
			return fmt.Errorf("chapter %s: block %d is of a kind that is not known", in.Key, i+1)
		}
		ch.Blocks = append(ch.Blocks, b)
	}
	return nil
}

// block is the one that is there, nil if none or more than one is.
func (j blockJSON) block() Block {
	var found []Block
	if j.Heading != nil {
		found = append(found, *j.Heading)
	}
	if j.Para != nil {
		found = append(found, *j.Para)
	}
	if j.Points != nil {
		found = append(found, *j.Points)
	}
	if j.Commentary != nil {
		found = append(found, *j.Commentary)
	}
	if j.Table != nil {
		found = append(found, j.Table)
	}
	if j.Picture != nil {
		found = append(found, j.Picture)
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}
