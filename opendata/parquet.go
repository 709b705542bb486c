package opendata

import (
	"bytes"
	"fmt"
	"reflect"

	"everykit/civil"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// writeParquet writes a table as Apache Parquet: real types, null for what is absent or hidden, columns in their order.
func writeParquet(t *Table) ([]byte, error) {
	var b bytes.Buffer
	w := parquet.NewWriter(&b, schemaOf(t), parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}), parquet.CreatedBy("everykit", "1", ""),
		parquet.KeyValueMetadata("title", t.Title), parquet.KeyValueMetadata("licence", OpenGovernment.Name), parquet.KeyValueMetadata("definition", t.Definition))
	rows := make([]parquet.Row, 0, len(t.Rows))
	for _, values := range t.Rows {
		row := make(parquet.Row, len(values))
		for i, v := range values {
			p, err := parquetValue(t.Columns[i], v)
			if err != nil {
				return nil, err
			}
			level := 0
			if !t.Columns[i].Need && !p.IsNull() {
				level = 1
			}
			if t.Columns[i].Need && p.IsNull() {
				return nil, fmt.Errorf("opendata: %s has a row without %s", t.Name, t.Columns[i].Name)
			}
			row[i] = p.Level(0, level, i)
		}
		rows = append(rows, row)
	}
	if _, err := w.WriteRows(rows); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// schemaOf makes the schema from a struct, since that keeps the order of columns, which a group by name would not.
func schemaOf(t *Table) *parquet.Schema {
	var fields []reflect.StructField
	for i, c := range t.Columns {
		tag := c.Name
		if !c.Need {
			tag += ",optional"
		}
		var kind reflect.Type
		switch c.Type {
		case Integer:
			kind = reflect.TypeFor[int64]()
		case Number:
			kind = reflect.TypeFor[float64]()
		case Boolean:
			kind = reflect.TypeFor[bool]()
		case Date:
			kind, tag = reflect.TypeFor[int32](), tag+",date"
		default:
			kind = reflect.TypeFor[string]()
		}
		fields = append(fields, reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: kind, Tag: reflect.StructTag(`parquet:"` + tag + `"`)})
	}
	row := reflect.New(reflect.StructOf(fields)).Elem().Interface()
	return parquet.NewSchema(t.Name, parquet.SchemaOf(row))
}

func parquetValue(c Column, v any) (parquet.Value, error) {
	switch v := v.(type) {
	case nil, hidden:
		return parquet.NullValue(), nil
	case string:
		if c.Type == Date {
			d, err := civil.ParseDate(v)
			return parquet.Int32Value(int32(d)), err
		}
		return parquet.ByteArrayValue([]byte(v)), nil
	case int64:
		return parquet.Int64Value(v), nil
	case float64:
		return parquet.DoubleValue(v), nil
	case bool:
		return parquet.BooleanValue(v), nil
	}
	return parquet.Value{}, fmt.Errorf("opendata: column %s: a value of no known type", c.Name)
}
