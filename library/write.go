package library

import (
	"fmt"
	"io"
	"strings"

	"everykit/table"
)

// MediaType is what a download of the format is labelled with.
func (f Format) MediaType() string {
	switch f {
	case RIS:
		return "application/x-research-info-systems; charset=utf-8"
	case BibTeX:
		return "application/x-bibtex; charset=utf-8"
	case PubMed:
		return "application/xml; charset=utf-8"
	case CSLJSON:
		return "application/vnd.citationstyles.csl+json"
	}
	return "text/csv; charset=utf-8"
}

// Ending is the ending of a file's name, without the dot.
func (f Format) Ending() string {
	switch f {
	case RIS:
		return "ris"
	case BibTeX:
		return "bib"
	case PubMed:
		return "xml"
	case CSLJSON:
		return "json"
	}
	return "csv"
}

// Write writes items in a format. Read gives them back equal.
func Write(w io.Writer, format Format, items []Item) error {
	if format == CSV {
		out := table.NewWriter(w, File.Names()...)
		for i := range items {
			if err := out.Write(csvCells(&items[i])...); err != nil {
				return err
			}
		}
		return out.Close()
	}
	head, part, foot := "", "", ""
	switch format {
	case PubMed:
		head, foot = pubmedHead, pubmedFoot
	case CSLJSON:
		head, part, foot = "[\n", ",", "]\n"
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	for i := range items {
		var b strings.Builder
		if i > 0 {
			b.WriteString(part)
		}
		switch format {
		case RIS:
			writeRIS(&b, &items[i])
		case BibTeX:
			writeBibTeX(&b, &items[i])
		case PubMed:
			writePubMed(&b, &items[i])
		case CSLJSON:
			if err := writeCSL(&b, &items[i]); err != nil {
				return err
			}
		default:
			return fmt.Errorf("no writer of %q", format)
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, foot)
	return err
}
