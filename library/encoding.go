package library

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"everykit/fault"
)

// decode gives a file's text: UTF-8 or UTF-16 with or without byte order mark, else Latin-1 as Windows writes it, which no
// bytes can contradict. Line ends become "\n".
func decode(data []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case zeros(data, 1):
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros(data, 0):
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.Valid(data):
		from = charmap.Windows1252
	}
	if from != nil {
		plain, err := from.NewDecoder().Bytes(data)
		if err != nil {
			return "", fault.New(fault.Invalid, "the file is in no encoding that can be read").Hint("save it as UTF-8").Because(err)
		}
		data = plain
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fault.New(fault.Invalid, "the file is not text").Hint("give a RIS, BibTeX, PubMed XML, CSL-JSON or CSV file; a compressed one must be unpacked")
	}
	s := strings.ToValidUTF8(string(data), "\uFFFD")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), nil
}

// zeros reports whether most bytes at odd (1) or even (0) places are nought and few of the others are: UTF-16 without a
// mark, of a text in a European language.
func zeros(data []byte, odd int) bool {
	data = data[:min(len(data), 1000)&^1]
	if len(data) < 8 {
		return false
	}
	here, there := 0, 0
	for i, c := range data {
		if c == 0 {
			if i%2 == odd {
				here++
			} else {
				there++
			}
		}
	}
	return here*2 > len(data)/2 && there*10 < len(data)/2
}
