package gs1

import (
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// words are the names that the first edition of GS1 Digital Link let stand for identifiers.
var words = map[string]string{
	"gtin": aiGTIN, "lot": aiLot, "ser": aiSerial, "exp": aiExpiry, "expdate": aiExpiry, "proddate": aiMade, "bestbefore": aiBestBefore,
	"count": aiContents, "itemcount": aiCount,
}

// isLink reports whether a text is a web address rather than an element string. One without https:// counts if it has a
// product in its path.
func isLink(text string) bool {
	lower := strings.ToLower(text[:min(len(text), 300)])
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return true
	}
	return strings.Contains(lower, "/01/") || strings.Contains(lower, "/gtin/")
}

// readLink reads a GS1 Digital Link on any host: the product and what belongs to it as pairs at the end of the path, the rest
// as parameters. A parameter whose name is no identifier is somebody else's and is left out.
func readLink(text string, today civil.Date) (Code, error) {
	k := maker{today: today, loose: true}
	address, _, _ := strings.Cut(text, "#")
	path, query, _ := strings.Cut(address, "?")
	elements, bad := pathElements(path)
	if bad != nil {
		return Code{}, bad
	}
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		ai := linkIdentifier(name)
		if ai == "" {
			continue
		}
		value, err := url.PathUnescape(value)
		if err != nil {
			return Code{}, badAddress().Because(err)
		}
		elements = append(elements, Element{ai, value})
	}
	return k.sure(elements)
}

func badAddress() *fault.Error {
	return fault.New(fault.Invalid, "the web address in this code is damaged").Hint("scan again, or type the lot and the expiry as printed on the pack")
}

// pathElements takes the pairs from the last product number in the path to its end.
func pathElements(path string) ([]Element, *fault.Error) {
	segments := strings.Split(strings.TrimRight(path, "/"), "/")
	at := -1
	for i := range len(segments) - 1 {
		if linkIdentifier(segments[i]) == aiGTIN && isNumberLength(len(segments[i+1])) && allDigits(segments[i+1]) {
			at = i
		}
	}
	if at < 0 {
		return nil, fault.New(fault.Invalid, "this code is a web address, and there is no product in it").
			Hint("look for another code on the pack, or type the lot and the expiry as printed")
	}
	var elements []Element
	for ; at+1 < len(segments); at += 2 {
		value, err := url.PathUnescape(segments[at+1])
		ai := linkIdentifier(segments[at])
		if err != nil || ai == "" {
			return nil, badAddress().Because(err)
		}
		elements = append(elements, Element{ai, value})
	}
	return elements, nil
}

// linkIdentifier gives the identifier of a name in an address: its digits, or an old word for it.
func linkIdentifier(name string) string {
	if ai := identifier(name); ai == name {
		return ai
	}
	return words[strings.ToLower(name)]
}

// Link writes the code as a GS1 Digital Link under a base such as https://everykit.example; "" if it has no product. What is
// skipped is left out, and a lot that no element string could hold is written all the same.
func (c Code) Link(base string) string {
	if c.GTIN == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(base, "/") + "/01/" + c.GTIN)
	var rest []string
	for _, e := range c.elements() {
		switch {
		case e.AI == aiGTIN:
		case (e.AI == aiLot || e.AI == aiSerial) && strings.Trim(e.Value, ".") != "": // dots alone would be a way up the path
			b.WriteString("/" + e.AI + "/" + url.PathEscape(e.Value))
		default:
			rest = append(rest, e.AI+"="+url.PathEscape(e.Value))
		}
	}
	if len(rest) > 0 {
		b.WriteString("?" + strings.Join(rest, "&"))
	}
	return b.String()
}
