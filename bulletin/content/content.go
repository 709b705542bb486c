package content

// Content is what a bulletin says, whole: nothing is computed after it. It has no clock, no number of the database and no
// hidden value in it. A list that is empty and one that is nil mean the same; Decode gives nil.
type Content struct {
	Title       string       `json:"title"`
	Subtitle    string       `json:"subtitle,omitempty"`
	Language    string       `json:"language"`               // en-GB
	Slug        string       `json:"slug"`                   // in addresses: 2021-22-q2
	Edition     int          `json:"edition"`                // 1, 2 ...
	Draft       bool         `json:"draft"`                  // not published: said on every page
	PublishedOn string       `json:"published_on,omitempty"` // 2022-03-29: what files give as their day; may be empty
	Area        string       `json:"area"`                   // code
	AreaName    string       `json:"area_name"`
	Period      string       `json:"period"`         // 2021/22-Q2
	Meta        []Pair       `json:"meta,omitempty"` // period, published on, edition, ledger mark ... under the title
	Chapters    []Chapter    `json:"chapters,omitempty"`
	Figures     []Figure     `json:"figures,omitempty"` // every figure shown or stood on, by ID, for bulletin.json
	Definitions []Definition `json:"definitions,omitempty"`
}

// Pair is a name and a value.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Chapter is a heading and what stands under it. Key is its fragment in the page and its name for commentary.
type Chapter struct {
	Key, Title string
	Blocks     []Block
}

// Tables are all tables in their order.
func (c *Content) Tables() []*Table {
	var list []*Table
	for _, ch := range c.Chapters {
		for _, b := range ch.Blocks {
			if t, ok := b.(*Table); ok {
				list = append(list, t)
			}
		}
	}
	return list
}

// Chapter gives the chapter with a key, nil if there is none.
func (c *Content) Chapter(key string) *Chapter {
	for i := range c.Chapters {
		if c.Chapters[i].Key == key {
			return &c.Chapters[i]
		}
	}
	return nil
}
