package content

// Figure is a number as bulletin.json has it.
type Figure struct {
	ID          string   `json:"id"`
	Measure     string   `json:"measure"`
	Definition  string   `json:"definition"` // coverage/1
	Area        string   `json:"area"`
	AreaName    string   `json:"area_name"`
	Period      string   `json:"period"`
	Split       string   `json:"split,omitempty"` // channel=prison; empty for the whole
	State       string   `json:"state"`
	Value       *float64 `json:"value"` // null where there is none or it is hidden
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	Low         *float64 `json:"low,omitempty"`
	High        *float64 `json:"high,omitempty"`
	Covers      string   `json:"covers,omitempty"` // 2/3
	Marks       []Mark   `json:"marks,omitempty"`
	Was         *float64 `json:"was,omitempty"` // what the last edition that had it said, where that differs
	Source      string   `json:"source,omitempty"`
}

// Definition is what a measure counts, as bulletin.json and the metadata chapter say it.
type Definition struct {
	Version     string `json:"version"`
	Name        string `json:"name"`
	Unit        string `json:"unit"`
	Counts      string `json:"counts"`
	Numerator   string `json:"numerator,omitempty"`
	Denominator string `json:"denominator,omitempty"`
	Source      string `json:"source,omitempty"`
	Not         string `json:"not,omitempty"`
}
