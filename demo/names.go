package demo

import (
	"fmt"
	"strings"

	"everykit/registry"
)

// madeUp ends every name of the demonstration that might else be taken for a real one.
const madeUp = " (made up)"

var (
	nameColours = strings.Fields(`Amber Azure Brindle Bronze Calico Cobalt Copper Coral Dapple Dusky Ember Fawn Gilded Hazel Heather Indigo
		Ivory Jade Lemon Lilac Marigold Mint Mossy Ochre Pebble Plum Russet Saffron Silver Slate Speckled Tawny Teal Umber Velvet Willow`)
	nameThings = strings.Fields(`Acorn Anchor Badger Beacon Bramble Button Candle Clover Compass Cricket Curlew Daisy Feather Finch Gander Harbour
		Heron Kettle Kite Lantern Magpie Meadow Mitten Moth Otter Paddle Parasol Pippin Plover Puddle Quill Robin Sparrow Teapot Thimble
		Thistle Tulip Wagtail Windmill Wren`)
	providers = []string{"Lantern Trust", "Open Gate", "Riverbank", "Common Thread", "Stepping Stones", "Harbour Light", "Two Bridges", "Fieldfare"}
)

// namer gives names that no other outlet has.
type namer struct {
	order []int
	next  int
}

func newNamer(d dice) *namer { return &namer{order: d.Perm(len(nameColours) * len(nameThings))} }

// name gives an outlet's name, as "Russet Teapot pharmacy (made up)".
func (n *namer) name(k registry.OutletKind) string {
	i, round := n.order[n.next%len(n.order)], n.next/len(n.order)
	n.next++
	name := nameColours[i%len(nameColours)] + " " + nameThings[i/len(nameColours)] + " " + lowerFirst(k.Words())
	if round > 0 {
		name += fmt.Sprintf(" %d", round+1)
	}
	return name + madeUp
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
