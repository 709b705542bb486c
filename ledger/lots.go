package ledger

import (
	"context"
	"strings"

	"everykit/store"
	"everykit/table"
)

// lotBook holds all lots during an import, so that a file of millions asks the database once.
type lotBook struct {
	byKey  map[lotRef]*Lot // by product and folded number
	asRead map[lotRef]*Lot // by product and number as the file writes it
	ids    map[int]*Lot
}

type lotRef struct {
	product int
	number  string
}

func readLotBook(ctx context.Context, tx *store.Tx) (*lotBook, error) {
	b := &lotBook{byKey: map[lotRef]*Lot{}, asRead: map[lotRef]*Lot{}, ids: map[int]*Lot{}}
	all, err := findLots(ctx, tx, "1 = 1")
	for i := range all {
		b.put(&all[i])
	}
	return b, err
}

func (b *lotBook) put(l *Lot) {
	b.byKey[lotRef{l.Product, lotKey(l.Number)}] = l
	b.ids[l.ID] = l
}

func (b *lotBook) byID(id int) *Lot { return b.ids[id] }

// find gives the lot of a product by its number, nil if there is none.
func (b *lotBook) find(product int, number string) *Lot {
	ref := lotRef{product, number}
	if l := b.asRead[ref]; l != nil {
		return l
	}
	l := b.byKey[lotRef{product, lotKey(number)}]
	if l != nil && len(b.asRead) < 100_000 {
		b.asRead[lotRef{product, strings.Clone(number)}] = l
	}
	return l
}

// unknownLot says why a lot was not found, with the nearest that is known.
func (b *lotBook) unknownLot(product int, number string) string {
	var known []string
	for ref, l := range b.byKey {
		if ref.product == product {
			known = append(known, l.Number)
		}
	}
	msg := "no lot of this number of this product was ever received"
	if near := table.Nearest(number, known); near != "" {
		return msg + "; did you mean " + near + "?"
	}
	return msg
}
