package opendata

import (
	"bytes"
	"encoding/json"
)

// writeJSON writes a table as a list of objects, a row a line: numbers as numbers, null for what is absent or hidden. A column
// that can be hidden has its state beside it.
func writeJSON(t *Table) ([]byte, error) {
	keys := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		k, err := json.Marshal(c.Name)
		if err != nil {
			return nil, err
		}
		keys[i] = append(k, ':')
	}
	var b bytes.Buffer
	b.WriteByte('[')
	for n, row := range t.Rows {
		if n > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		for i, v := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(keys[i])
			if _, not := v.(hidden); not {
				v = nil
			}
			one, err := json.Marshal(v)
			if err != nil {
				return nil, err
			}
			b.Write(one)
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}
