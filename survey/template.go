package survey

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed template.json
var templateText []byte

// Template gives the built-in questions: those of the report's questionnaire for authorities, extended so that they ask what
// recommendations 1 to 6 need, and those for prisons and young offender institutions. Findings and the scorecard know them by
// their keys. Each call gives a list of its own.
func Template() []Question {
	var list []Question
	if err := json.Unmarshal(templateText, &list); err != nil {
		panic(fmt.Sprintf("the built-in questions cannot be read: %v", err)) // a test reads them
	}
	return list
}
