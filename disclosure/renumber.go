package disclosure

// Renumber gives releases that were protected apart the revisions that they have together, oldest first: two cells of one ID and
// value are one count. It changes nothing in what it is given.
func Renumber(list []Release) []Release {
	type count struct {
		id    string
		value int64
	}
	number, next := map[count]int{}, map[string]int{}
	out := make([]Release, len(list))
	for i, r := range list {
		out[i] = r
		out[i].Cells = make([]Cell, len(r.Cells))
		for j, c := range r.Cells {
			key := count{c.ID, c.Value}
			n, seen := number[key]
			if !seen {
				n = next[c.ID]
				number[key], next[c.ID] = n, n+1
			}
			c.Revision = n
			out[i].Cells[j] = c
		}
	}
	return out
}
