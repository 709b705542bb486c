package draw

// Described is the text alternative that the chart is drawn with: Desc, or if that is empty words made from its figures.
func (c Chart) Described() string { return c.describe() }

// Described is the text alternative that the funnel is drawn with: Desc, or if that is empty words made from its points.
func (f FunnelChart) Described() string { return f.describe() }
