package sheets

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"time"

	"everykit/bulletin/content"
	"everykit/civil"
)

// part is a file within a zip.
type part struct {
	name string
	body []byte
}

// pack puts parts into a zip in their order, all of one day, so that the same parts make the same bytes. The first is stored
// as it is and without anything beside its name if bare is set, as OpenDocument asks for its mimetype.
func pack(parts []part, day time.Time, bare bool) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, p := range parts {
		if i == 0 && bare {
			n := uint64(len(p.body))
			w, err := z.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(p.body), CompressedSize64: n, UncompressedSize64: n})
			if err != nil {
				return nil, err
			}
			if _, err := w.Write(p.body); err != nil {
				return nil, err
			}
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: day})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.body); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// dayOf is the day of publication, empty if there is none.
func dayOf(c *content.Content) string {
	if day, err := civil.ParseDate(c.PublishedOn); err == nil {
		return day.String()
	}
	return ""
}

// stamp is the time that the parts of a zip bear: noon of the day, in no zone a day early or late; the first that a zip can
// have where there is none.
func stamp(day string) time.Time {
	if d, err := civil.ParseDate(day); err == nil {
		return d.Time().Add(12 * time.Hour)
	}
	return time.Date(1980, 1, 1, 12, 0, 0, 0, time.UTC)
}
