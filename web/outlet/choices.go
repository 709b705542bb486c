package outlet

import (
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/page"
)

// unsaid is the answer that leaves a fact unrecorded. It is the first of every list about a person.
var unsaid = page.Option{Label: "Not recorded"}

// choices makes the options of a field from words of the ledger.
func choices(of []ledger.Option, first ...page.Option) []page.Option {
	list := first
	for _, o := range of {
		list = append(list, page.Option{Value: o.Key, Label: o.Words})
	}
	return list
}

// wordsOf is how a page writes a small number of a list; empty for 0, not recorded.
func wordsOf(n uint8, of []ledger.Option) string {
	if n == 0 || int(n) > len(of) {
		return ""
	}
	return of[n-1].Words
}

// yesNo are the answers to a question that may be left open.
var yesNo = []ledger.Option{{Key: "yes", Words: "Yes"}, {Key: "no", Words: "No"}}

// pickReasons are why a lot was given that is not the one to expire first.
var pickReasons = []ledger.Option{
	{Key: "asked", Words: "The person asked for this kind"},
	{Key: "not_found", Words: "The one to give first could not be found"},
	{Key: "too_few", Words: "Too few left of the one to give first"},
	{Key: "short_told", Words: "Nothing longer here: told them to come back before it expires"},
	{Key: "soon_used", Words: "For use straight away, or for training"},
	{Key: "other", Words: "Another reason (say it in the note)"},
}

// settings are where a kit was used. They are fixed, so that no address of a person is ever typed.
var settings = []ledger.Option{
	{Key: "home", Words: "Their own home"},
	{Key: "other_home", Words: "Somebody else’s home"},
	{Key: "hostel", Words: "Hostel or supported housing"},
	{Key: "street", Words: "Street or public place"},
	{Key: "service", Words: "At this or another service"},
	{Key: "custody", Words: "Prison or custody"},
	{Key: "other", Words: "Somewhere else"},
}

// channelOptions are the ways out, the outlet's own first.
func channelOptions(o *registry.Outlet) []page.Option {
	usual := "The usual one here"
	if o.Channel != 0 {
		usual += ": " + o.Channel.Words()
	}
	list := []page.Option{{Label: usual}}
	for _, c := range registry.Channels() {
		if c != o.Channel {
			list = append(list, page.Option{Value: c.String(), Label: c.Words()})
		}
	}
	return list
}

// productOptions are all products, those that the outlet gives first.
func productOptions(snap *registry.Snapshot, o *registry.Outlet, first ...page.Option) []page.Option {
	list, rest := first, []page.Option(nil)
	for _, p := range snap.Products() {
		option := page.Option{Value: p.Code, Label: p.Name}
		if gives(o, p) {
			list = append(list, option)
		} else {
			rest = append(rest, option)
		}
	}
	return append(list, rest...)
}

func gives(o *registry.Outlet, p *registry.Product) bool {
	for _, g := range o.Gives {
		if g == p.Code || g == p.Form.String() {
			return true
		}
	}
	return false
}
