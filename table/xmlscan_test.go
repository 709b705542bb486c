package table

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// spellOut reads XML with the scanner and writes each token in one form.
func spellOut(r io.Reader) (string, error) {
	x := newXMLScanner(r)
	var b strings.Builder
	for {
		t, err := x.next()
		if err == io.EOF {
			return b.String(), nil
		} else if err != nil {
			return b.String(), err
		}
		switch t.kind {
		case startTag:
			fmt.Fprintf(&b, "<%s", t.name)
			for _, a := range t.attrs {
				fmt.Fprintf(&b, " %s=%q %v", a.name, a.value, a.prefixed)
			}
			b.WriteString(">")
		case endTag:
			fmt.Fprintf(&b, "</%s>", t.name)
		case charData:
			b.Write(t.text)
		}
	}
}

// spellStandard does the same with encoding/xml.
func spellStandard(content string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(content))
	var b strings.Builder
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return b.String(), nil
		} else if err != nil {
			return b.String(), err
		}
		switch e := t.(type) {
		case xml.StartElement:
			fmt.Fprintf(&b, "<%s", e.Name.Local)
			for _, a := range e.Attr {
				fmt.Fprintf(&b, " %s=%q %v", a.Name.Local, a.Value, a.Name.Space != "")
			}
			b.WriteString(">")
		case xml.EndElement:
			fmt.Fprintf(&b, "</%s>", e.Name.Local)
		case xml.CharData:
			b.Write(e)
		case xml.Directive:
			return "", errDoctype
		}
	}
}

func TestXMLScannerReadsAsEncodingXML(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"<a>", "</a>", "<x:row r=\"1\">", "<c r='A1' t=\"s\"/>", "<b x:id = \"&lt;1&#10;\" />", "text é", " ", "\r\n", "\r", "&amp;", "&#x1F600;",
		"<!-- <a> -- >-->", "<![CDATA[<&\r\n]]>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<a b=\"x>y\">", "&bad;", "<", "&", "\"", "<a b=c>", "<!DOCTYPE a>", "]",
	})
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		content := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		want, err := spellStandard(content)
		if err != nil {
			return
		}
		accepted++
		for name, r := range map[string]io.Reader{
			"whole": strings.NewReader(content), "bytes": iotest.OneByteReader(strings.NewReader(content)),
		} {
			if got, err := spellOut(r); got != want || err != nil {
				t.Fatalf("%s, %q: %s, %v; encoding/xml reads %s", name, content, got, err, want)
			}
		}
	})
	if accepted == 0 {
		t.Error("nothing was compared")
	}
}

func TestXMLScannerRefuses(t *testing.T) {
	for content, want := range map[string]error{
		"<!DOCTYPE a>":      errDoctype,
		"<!ENTITY a \"b\">": errDoctype,
		"<?xml version='1.0' encoding='UTF-16'?><a>": errEncoding,
		"\xFF\xFE<\x00a\x00":                         errEncoding,
		"<a>\xE9</a>":                                errEncoding,
		"<a b=c>":                                    errXML,
		"<a b>":                                      errXML,
		"<a b=\"&nbsp;\">":                           errXML,
		"<>":                                         errXML,
		"</>":                                        errXML,
		"</>x":                                       errXML,
		"< a>":                                       errXML,
		"a & b":                                      errXML,
		"&#xD800;":                                   errXML,
		"<a":                                         io.ErrUnexpectedEOF,
		"<a b='>":                                    io.ErrUnexpectedEOF,
		"<!-- ":                                      io.ErrUnexpectedEOF,
		"<![CDATA[ ]]":                               io.ErrUnexpectedEOF,
		"<":                                          io.ErrUnexpectedEOF,
		strings.Repeat("x", longestToken+1):          errLongToken,
		"<!--" + strings.Repeat("x", longestToken):   errLongToken,
		"<a b='" + strings.Repeat("x", longestToken): errLongToken,
	} {
		if got, err := spellOut(strings.NewReader(content)); !errors.Is(err, want) {
			t.Errorf("%.40q: read as %.40q with %v, want %v", content, got, err, want)
		}
	}
	long := "<a>" + strings.Repeat("x", longestToken-100) + "</a>"
	if got, err := spellOut(strings.NewReader(long)); got != long || err != nil {
		t.Errorf("a long text that is allowed: %d bytes, %v", len(got), err)
	}
}

func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a_x000D_b": "a\rb", "_x005F_x000D_": "_x000D_", "_x00e9_": "é", "_xD800_": "_xD800_", "_x000": "_x000", "__x0041_": "_A", "_xzzzz_": "_xzzzz_",
	} {
		if got := unescape(in); got != want {
			t.Errorf("unescape(%q) = %q, want %q", in, got, want)
		}
	}
}
