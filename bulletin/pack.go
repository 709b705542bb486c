package bulletin

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
)

func packSnapshot(s *frozen.Snapshot) ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return zipped(text, gzip.DefaultCompression), nil
}

func unpackSnapshot(body []byte) (*frozen.Snapshot, error) {
	text, err := unzipped(body)
	if err != nil {
		return nil, fmt.Errorf("bulletin: snapshot: %w", err)
	}
	s := &frozen.Snapshot{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("bulletin: snapshot: %w", err)
	}
	return s, nil
}

func packContent(c *content.Content) ([]byte, error) {
	text, err := c.Encode()
	if err != nil {
		return nil, err
	}
	return zipped(text, gzip.DefaultCompression), nil
}

func unpackContent(body []byte) (*content.Content, error) {
	text, err := unzipped(body)
	if err != nil {
		return nil, fmt.Errorf("bulletin: content: %w", err)
	}
	return content.Decode(text)
}

// zipped packs by gzip, without a time: the same bytes give the same.
func zipped(body []byte, level int) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		panic(err) // only for a level that there is not
	}
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

func unzipped(body []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// brotliBest is up to which size a file is packed as tightly as brotli can, which takes it nearly two seconds a megabyte. Larger
// ones are packed a fifth less tightly, forty times as fast: publishing a nation must not keep two processors for seconds.
const brotliBest = 256 << 10

func brotlied(body []byte) []byte {
	level := brotli.BestCompression
	if len(body) > brotliBest {
		level = 9
	}
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, level)
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}
