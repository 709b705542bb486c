package demo

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// dice are a stream of chance of their own: what is drawn for one authority does not depend on any other.
type dice struct{ *rand.Rand }

// diceFor gives the stream for a seed and a name.
func diceFor(seed uint64, name ...any) dice {
	h := fnv.New64a()
	fmt.Fprint(h, name...)
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between gives a whole number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// around gives a factor whose middle is 1 and that is as often doubled as halved: log-normal.
func (d dice) around(sigma float64) float64 { return math.Exp(sigma * d.NormFloat64()) }

// poisson draws how often something happens that is expected mean times. Means here are small, so counting is quick.
func (d dice) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	if mean > 50 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*d.NormFloat64())))
	}
	limit, n := math.Exp(-mean), 0
	for p := d.Float64(); p > limit; p *= d.Float64() {
		n++
	}
	return n
}

// weighted is a choice with a weight.
type weighted[T any] struct {
	of     T
	weight float64
}

func pick[T any](d dice, from []weighted[T]) T {
	sum := 0.0
	for _, w := range from {
		sum += w.weight
	}
	at := d.Float64() * sum
	for _, w := range from {
		if at -= w.weight; at < 0 {
			return w.of
		}
	}
	return from[len(from)-1].of
}

func one[T any](d dice, from []T) T { return from[d.IntN(len(from))] }
